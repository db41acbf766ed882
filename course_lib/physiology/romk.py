"""The potassium channel ROMK of the collecting duct, and the magnesium ion that plugs it.

A blocker of charge z that enters the pore from inside feels a share d of the membrane voltage
(Woodhull's block). With magnesium inside the cell, the share of open pores is::

    I / I0 = 1 / (1 + Mg / K(V)),      K(V) = K(0) exp(-z d F V / (R T)),      z = 2

V is the cell's voltage against the urine. The current outward, into the urine, is taken as ohmic
but for the block. Magnesium in the cell brakes the secretion of potassium: Huang & Kuo 2007
(doi:10.1681/ASN.2007070792), Yang, Frindt & Palmer 2010 (doi:10.1681/ASN.2010060617).

A teaching model: no inhibition constant was read, so K(0) and d are choices of this course.
ROMK is a weak rectifier, and less potassium in the urine makes magnesium bind more tightly
(direction only), which this model leaves to whoever sets K(0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.provenance import parameter
from course_lib.physiology.resting_potential import nernst_mV, thermal_mV

Z = 2  # charge of the magnesium ion
MG_HIGH_mM = 20.0


@dataclass(frozen=True)
class Pore:
    """Teaching model of magnesium in the ROMK pore."""

    k0_mM: float = parameter(
        0.5, "mmol/L", "magnesium that plugs half of the pores at 0 mV", status="assumed",
        note="no value was read; 4 mmol/L would be a weak block, and 0.5 makes half block "
        "1 mmol/L at -30 mV",
    )  # fmt: skip
    distance: float = parameter(
        0.3, "1", "share of the membrane voltage that the ion has crossed in the pore",
        status="assumed", note="no value was read",
    )  # fmt: skip
    temperature_C: float = parameter(
        25.0, "°C", "temperature of the pore", status="assumed",
        note="as in a patch on a laboratory bench; 37 °C makes little difference",
    )  # fmt: skip
    cell_potassium_mM: float = parameter(
        130.0, "mmol/L", "potassium in the cell", status="published", source="stadt2022",
        species="human", note="of muscle cells, in the model's code; used here for the duct cell",
    )  # fmt: skip
    normal_mM: float = parameter(
        0.557, "mmol/L", "free magnesium of the cell to which secretion is compared",
        status="assumed",
        note="mean of human muscle [ryschon1996]; the cells of the duct were not measured",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("k0_mM", self.k0_mM, 0.01, 100, "mmol/L")
        one_within("distance", self.distance, 0, 1)
        one_within("temperature_C", self.temperature_C, 0, 45, "°C")
        one_within("cell_potassium_mM", self.cell_potassium_mM, 1, 200, "mmol/L")
        one_within("normal_mM", self.normal_mM, 0, MG_HIGH_mM, "mmol/L")


PORE = Pore()
PARAMETERS = PORE


@dataclass(frozen=True)
class Block:
    """One pore at one voltage; ``open_share`` and ``secretion`` are fractions.

    ``secretion`` is relative to the same cell with normal magnesium; ``current`` is the outward
    driving force times the share of open pores, in mV.
    """

    pore: Pore
    mg_mM: float
    voltage_mV: float
    urine_potassium_mM: float
    half_block_mM: float
    open_share: float
    reversal_mV: float
    current: float
    secretion: float


def half_block_mM(voltage_mV: ArrayLike, pore: Pore = PORE) -> Floats:
    """Magnesium that plugs half of the pores, in mmol/L.

    Parameters
    ----------
    voltage_mV
        Voltage of the cell against the urine in mV, -150 to 150, any shape.

    Raises
    ------
    ValueError
        For a voltage outside that range.
    """
    voltage = within("voltage_mV", voltage_mV, -150, 150, "mV")
    return np.asarray(
        pore.k0_mM * np.exp(-Z * pore.distance * voltage / thermal_mV(pore.temperature_C))
    )


def open_share(mg_mM: ArrayLike, voltage_mV: ArrayLike, pore: Pore = PORE) -> Floats:
    """Share of the pores without a magnesium ion in them, 0 to 1.

    Parameters
    ----------
    mg_mM
        Free magnesium in the cell in mmol/L, 0 to 20; broadcast with ``voltage_mV``.

    Raises
    ------
    ValueError
        For a value outside its range.
    """
    mg = within("mg_mM", mg_mM, 0, MG_HIGH_mM, "mmol/L")
    return np.asarray(1 / (1 + mg / half_block_mM(voltage_mV, pore)))


def reversal_mV(urine_potassium_mM: float, pore: Pore = PORE) -> float:
    """Give the voltage at which no potassium flows, in mV; potassium 0.1 to 200 mmol/L."""
    outside = one_within("urine_potassium_mM", urine_potassium_mM, 0.1, 200, "mmol/L")
    return float(nernst_mV(outside, pore.cell_potassium_mM, 1, pore.temperature_C))


def current(
    voltage_mV: ArrayLike, mg_mM: ArrayLike, urine_potassium_mM: float, pore: Pore = PORE
) -> Floats:
    """Give the current into the urine as driving force times open pores, in mV.

    Raises ``ValueError`` as :func:`open_share` and :func:`reversal_mV` do.
    """
    drive = np.asarray(voltage_mV, dtype=float) - reversal_mV(urine_potassium_mM, pore)
    return np.asarray(drive * open_share(mg_mM, voltage_mV, pore))


def relative_secretion(
    mg_mM: ArrayLike, half_block: float, normal_mM: float = PORE.normal_mM
) -> Floats:
    """Secretion relative to normal magnesium, at an unchanged driving force.

    ``f = (1 + normal / Ki) / (1 + Mg / Ki)``

    Parameters
    ----------
    mg_mM
        Free magnesium in the cell in mmol/L, 0 to 20, any shape.
    half_block
        Ki, the magnesium that plugs half of the pores: 0.01 to 1000 mmol/L.

    Raises
    ------
    ValueError
        For a value outside its range.
    """
    mg = within("mg_mM", mg_mM, 0, MG_HIGH_mM, "mmol/L")
    ki = one_within("half_block", half_block, 0.01, 1000, "mmol/L")
    normal = one_within("normal_mM", normal_mM, 0, MG_HIGH_mM, "mmol/L")
    return np.asarray((1 + normal / ki) / (1 + mg / ki))


def block(
    mg_mM: float, voltage_mV: float = -30.0, urine_potassium_mM: float = 10.0, pore: Pore = PORE
) -> Block:
    """Describe the pore at one magnesium, voltage and urine, for a picture and its reading.

    Raises ``ValueError`` as the functions above do.
    """
    ki = float(half_block_mM(voltage_mV, pore))
    return Block(
        pore, mg_mM, voltage_mV, urine_potassium_mM, ki,
        open_share=float(open_share(mg_mM, voltage_mV, pore)),
        reversal_mV=reversal_mV(urine_potassium_mM, pore),
        current=float(current(voltage_mV, mg_mM, urine_potassium_mM, pore)),
        secretion=float(relative_secretion(mg_mM, ki, pore.normal_mM)),
    )  # fmt: skip
