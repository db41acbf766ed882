"""How calcium and magnesium outside a nerve hold its gates shut: the surface charge.

Membranes carry fixed negative charge on their outside. Divalent ions screen it; with less of them
the gates feel a membrane that seems depolarised, and open earlier. For the course the shift of the
gates is a formula of our own,

    shift = k ln[(Ca + r Mg + c0) / (Ca_ref + r Mg_ref + c0)]

tuned to frog nerve (Hille, Woodhull & Shapiro 1975, doi:10.1098/rstb.1975.0011: ten times a
divalent ion shifts by 20 to 25 mV, none at all by -18 mV) and to the finding that calcium acts 1.4
times as strongly as magnesium (Isaev et al. 2012). ``grahame_mV`` is the physics beneath, Grahame's
equation:

    sigma^2 = 2 eps eps0 k T sum_i c_i (exp(-z_i e psi / k T) - 1)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
WATER = 78.5  # relative permittivity
CHARGE_C, BOLTZMANN, AVOGADRO, VACUUM = 1.602176634e-19, 1.380649e-23, 6.02214076e23, 8.8541878e-12


@dataclass(frozen=True)
class Screen:
    """Teaching model of the shift of nerve gates by calcium and magnesium."""

    slope_mV: float = parameter(
        10.0, "mV", "shift for a factor e", status="fitted", source="hille1975", species="frog",
        note="tuned: 2 to 20 mmol/L calcium shifts by +21 mV, published 20 to 25",
    )  # fmt: skip
    magnesium_share: float = parameter(
        0.71, "1", "strength of magnesium, calcium being 1", status="fitted", source="isaev2012",
        species="rat", note="calcium acts 1.4 times as strongly",
    )  # fmt: skip
    floor_mM: float = parameter(
        0.40, "mmol/L", "screening that is left without divalent ions", status="fitted",
        source="hille1975", species="frog", note="tuned: 2 mmol/L to none shifts by -18 mV",
    )  # fmt: skip
    calcium_mM: float = parameter(
        1.2, "mmol/L", "ionised calcium at which the shift is 0", status="assumed",
        note="inside the normal range",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.55, "mmol/L", "ionised magnesium at which the shift is 0", status="assumed",
        note="inside the normal range",
    )  # fmt: skip


SCREEN = Screen()
PARAMETERS = SCREEN


def shift_mV(calcium_mM: ArrayLike, magnesium_mM: ArrayLike, screen: Screen = SCREEN) -> Array:
    """By how much gates work at higher voltages than usual; below 0 the nerve is more excitable.

    Parameters
    ----------
    calcium_mM, magnesium_mM
        Ionised concentrations outside, 0 to 50 mmol/L, broadcast together.
    """
    calcium = within("calcium_mM", calcium_mM, 0, 50, "mmol/L")
    magnesium = within("magnesium_mM", magnesium_mM, 0, 50, "mmol/L")
    share, floor = screen.magnesium_share, screen.floor_mM
    usual = screen.calcium_mM + share * screen.magnesium_mM + floor
    return np.asarray(screen.slope_mV * np.log((calcium + share * magnesium + floor) / usual))


def grahame_mV(
    divalent_mM: float,
    *,
    monovalent_mM: float = 115.0,
    charge_per_nm2: float = -1.15,
    binding_per_M: float = 1 / 28,
    temperature_C: float = 22.0,
) -> float:
    """Potential at a charged surface in a solution, from Grahame's equation.

    Parameters
    ----------
    divalent_mM, monovalent_mM
        Concentrations of the chloride salts of a divalent and a monovalent ion.
    charge_per_nm2
        Fixed charge in elementary charges, below 0.
    binding_per_M
        How strongly the divalent ion at the surface binds to a charge, in 1/(mol/L).

    Raises
    ------
    ValueError
        For a value outside 0 to 1000 mmol/L, or a charge that is not negative.
    """
    from scipy.optimize import brentq  # noqa: PLC0415  loading it would slow every import down

    two = one_within("divalent_mM", divalent_mM, 0, 1000, "mmol/L")
    one = one_within("monovalent_mM", monovalent_mM, 1, 1000, "mmol/L")
    one_within("charge_per_nm2", charge_per_nm2, -10, -1e-6, "e/nm²")
    kT = BOLTZMANN * (273.15 + temperature_C)
    scale = 2 * WATER * VACUUM * kT * AVOGADRO  # times mol/m^3, which is mmol/L

    def excess(y: float) -> float:
        """Bound-corrected charge minus what the ions screen, at the potential -y kT/e."""
        at_surface = two * np.exp(2 * y)
        bound = 1 + binding_per_M * at_surface / 1000
        fixed = charge_per_nm2 * 1e18 * CHARGE_C / bound
        ions = one * (np.expm1(y) + np.expm1(-y)) + two * (np.expm1(2 * y) + 2 * np.expm1(-y))
        return float(fixed**2 - scale * ions)

    return -1000 * kT / CHARGE_C * float(brentq(excess, 0.0, 15.0))
