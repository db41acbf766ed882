"""The resting potential: Nernst's potential of each ion, and the voltage that they settle on.

    E = (RT / zF) ln(outside / inside)
    V = (RT / F) ln[(P_K K_o + P_Na Na_o + P_Cl Cl_i) / (P_K K_i + P_Na Na_i + P_Cl Cl_o)]

(Nernst 1889; Goldman 1943; Hodgkin & Katz 1949). Chloride in muscle is carried by no strong pump:
left alone it settles where it changes nothing, E_Cl = V. Right after a sudden change it has not yet
moved, and holds the voltage back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
BODY_C = 37.0
GAS, FARADAY, ZERO_C = 8.314462618, 96485.33212, 273.15  # CODATA
CHARGE = {"sodium": 1, "potassium": 1, "calcium": 2, "magnesium": 2, "chloride": -1}


@dataclass(frozen=True)
class MuscleFibre:
    """Human skeletal muscle fibre at rest, and what surrounds it."""

    sodium_in_mM: float = parameter(
        12.0, "mmol/L", "sodium inside", status="textbook", source="sjogaard1983", species="human",
        note="typical; measurements run from 7 to 26, the higher ones with some fluid from outside",
    )  # fmt: skip
    potassium_in_mM: float = parameter(
        155.0, "mmol/L", "potassium inside", status="textbook", source="sjogaard1983",
        species="human", note="typical; 161 in the biopsies of that paper, 151 in two models",
    )  # fmt: skip
    chloride_in_mM: float = parameter(
        4.2, "mmol/L", "chloride inside at rest", status="textbook", source="mccaig1984",
        species="rat", note="4 to 6; 4.6 in that paper",
    )  # fmt: skip
    calcium_in_mM: float = parameter(
        1e-4, "mmol/L", "free calcium inside", status="assumed", note="50 to 100 nmol/L at rest"
    )
    magnesium_in_mM: float = parameter(
        0.56, "mmol/L", "free magnesium inside", status="published", source="ryschon1996",
        species="human", note="0.557; read in the abstract",
    )  # fmt: skip
    sodium_out_mM: float = parameter(
        145.0, "mmol/L", "sodium outside", status="assumed", note="upper end of the normal range"
    )
    potassium_out_mM: float = parameter(
        4.2, "mmol/L", "potassium outside", status="assumed", note="inside the normal range"
    )
    chloride_out_mM: float = parameter(
        110.0, "mmol/L", "chloride outside", status="assumed", note="plasma has 96 to 106"
    )
    calcium_out_mM: float = parameter(
        1.25, "mmol/L", "ionised calcium outside", status="assumed", note="inside the normal range"
    )
    magnesium_out_mM: float = parameter(
        0.55, "mmol/L", "ionised magnesium outside", status="assumed",
        note="inside the normal range",
    )  # fmt: skip
    sodium_over_potassium: float = parameter(
        0.01, "1", "permeability of sodium over that of potassium", status="assumed",
        note="the value usually given for muscle; the original was not found",
    )  # fmt: skip
    chloride_over_potassium: float = parameter(
        3.0, "1", "permeability of chloride over that of potassium", status="assumed",
        note="chloride carries most of the resting conductance",
    )  # fmt: skip


FIBRE = MuscleFibre()
PARAMETERS = FIBRE


@dataclass(frozen=True)
class Rest:
    """Equilibrium potential of each ion and the resting voltage, in mV."""

    equilibrium_mV: dict[str, float]
    voltage_mV: float
    chloride_in_mM: float
    chloride_settled: bool


def thermal_mV(temperature_C: float = BODY_C) -> float:
    """Give RT/F: 26.73 mV at 37 °C."""
    one_within("temperature_C", temperature_C, -2, 60, "°C")
    return 1000 * GAS * (ZERO_C + temperature_C) / FARADAY


def nernst_mV(
    outside_mM: ArrayLike, inside_mM: ArrayLike, charge: int, temperature_C: float = BODY_C
) -> Array:
    """Voltage at which an ion would neither enter nor leave.

    Parameters
    ----------
    outside_mM, inside_mM
        Concentrations, above 0 up to 1000 mmol/L, broadcast together.
    charge
        -2, -1, 1 or 2.

    Raises
    ------
    ValueError
        For a concentration or a charge outside these.
    """
    if charge not in (-2, -1, 1, 2):
        raise ValueError(f"charge is {charge}: allowed are -2, -1, 1 and 2")
    out = within("outside_mM", outside_mM, 1e-9, 1000, "mmol/L")
    inside = within("inside_mM", inside_mM, 1e-9, 1000, "mmol/L")
    return np.asarray(thermal_mV(temperature_C) / charge * np.log(out / inside))


def goldman_mV(
    potassium_mM: ArrayLike,
    *,
    sodium_mM: float = FIBRE.sodium_out_mM,
    chloride_mM: float = FIBRE.chloride_out_mM,
    chloride_in_mM: float | None = None,
    fibre: MuscleFibre = FIBRE,
) -> Array:
    """Voltage at which no net current flows, by Goldman, Hodgkin and Katz.

    Parameters
    ----------
    potassium_mM
        Potassium outside, 0.1 to 200 mmol/L, any shape.
    sodium_mM, chloride_mM
        Sodium and chloride outside, in mmol/L.
    chloride_in_mM
        Chloride inside, if it is held; not given, chloride has settled and drops out.
    """
    k = within("potassium_mM", potassium_mM, 0.1, 200, "mmol/L")
    na = one_within("sodium_mM", sodium_mM, 0, 300, "mmol/L")
    cl = one_within("chloride_mM", chloride_mM, 1, 300, "mmol/L")
    out = k + fibre.sodium_over_potassium * na
    inside = fibre.potassium_in_mM + fibre.sodium_over_potassium * fibre.sodium_in_mM
    if chloride_in_mM is not None:
        held = one_within("chloride_in_mM", chloride_in_mM, 0.01, 300, "mmol/L")
        out = out + fibre.chloride_over_potassium * held
        inside = inside + fibre.chloride_over_potassium * cl
    return np.asarray(thermal_mV() * np.log(out / inside))


def settled_chloride_mM(voltage_mV: float, chloride_mM: float = FIBRE.chloride_out_mM) -> float:
    """Chloride inside once it has come to rest at a voltage."""
    return float(chloride_mM * np.exp(voltage_mV / thermal_mV()))


def rest(
    potassium_mM: float = FIBRE.potassium_out_mM,
    *,
    sodium_mM: float = FIBRE.sodium_out_mM,
    chloride_mM: float = FIBRE.chloride_out_mM,
    chloride_settled: bool = True,
    fibre: MuscleFibre = FIBRE,
) -> Rest:
    """Rest at given concentrations outside.

    Parameters
    ----------
    potassium_mM, sodium_mM, chloride_mM
        Outside, in mmol/L.
    chloride_settled
        Whether chloride inside has had its minutes to follow; if not, it is still where it was at
        the fibre's own surroundings.
    """
    usual = float(goldman_mV(fibre.potassium_out_mM, sodium_mM=fibre.sodium_out_mM, fibre=fibre))
    before = settled_chloride_mM(usual, fibre.chloride_out_mM)
    v = float(
        goldman_mV(
            potassium_mM, sodium_mM=sodium_mM, chloride_mM=chloride_mM,
            chloride_in_mM=None if chloride_settled else before, fibre=fibre,
        )
    )  # fmt: skip
    inside = settled_chloride_mM(v, chloride_mM) if chloride_settled else before
    pairs = {
        "sodium": (sodium_mM, fibre.sodium_in_mM),
        "calcium": (fibre.calcium_out_mM, fibre.calcium_in_mM),
        "magnesium": (fibre.magnesium_out_mM, fibre.magnesium_in_mM),
        "chloride": (chloride_mM, inside),
        "potassium": (potassium_mM, fibre.potassium_in_mM),
    }
    levels = {ion: float(nernst_mV(*pair, CHARGE[ion])) for ion, pair in pairs.items()}
    return Rest(levels, v, inside, chloride_settled)


def chord_mV(equilibrium_mV: Mapping[str, float], conductance: Mapping[str, float]) -> float:
    """Voltage as the mean of equilibrium potentials, weighted by conductance.

    Parameters
    ----------
    equilibrium_mV
        Equilibrium potential of each ion.
    conductance
        Conductance of each ion that counts, in any one unit, none below 0.

    Raises
    ------
    ValueError
        If a conductance is below 0, or none is above it.
    """
    weights = {
        ion: one_within(f"conductance[{ion!r}]", g, 0, 1e9) for ion, g in conductance.items()
    }
    total = sum(weights.values())
    if total == 0:
        raise ValueError("no conductance is above 0: give at least one")
    return sum(equilibrium_mV[ion] * g for ion, g in weights.items()) / total
