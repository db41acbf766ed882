"""The NMDA receptor: a channel that a magnesium ion plugs unless the cell is depolarised.

Jahr and Stevens (1990, doi:10.1523/JNEUROSCI.10-09-03178.1990) described how much of the current
of such channels is left at a membrane voltage V and a magnesium concentration outside::

    unblocked = 1 / (1 + (Mg / K0) exp(-k V))        current = g * unblocked * (V - E)

This is Woodhull's law for an ion that enters the pore from outside: its affinity falls e-fold for
every ``1 / k`` millivolts of depolarisation, as if it sat at ``delta`` of the way through the
field of the membrane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.provenance import parameter

FARADAY_C_per_mol, GAS_J_per_mol_K, VALENCE = 96485.33212, 8.314462618, 2
ZERO_CELSIUS_K = 273.15
_RAT = "rat, cultured hippocampal neurons"
_ROOM = "room temperature"
_CODES = "seen in many public codes that cite the paper; its abstract does not print it"


@dataclass(frozen=True)
class Receptor:
    """Constants of the magnesium block after Jahr and Stevens."""

    affinity_mM: float = parameter(
        3.57, "mmol/L", "magnesium that plugs half of the channels at 0 mV", status="textbook",
        source="jahr1990", species=_RAT, temperature=_ROOM, note=_CODES,
    )  # fmt: skip
    steepness_per_mV: float = parameter(
        0.062, "1/mV", "by how much depolarisation loosens the ion", status="textbook",
        source="jahr1990", species=_RAT, temperature=_ROOM, note=_CODES,
    )  # fmt: skip
    reversal_mV: float = parameter(
        0.0, "mV", "voltage at which the current turns round", status="textbook",
        source="jahr1990", species=_RAT, temperature=_ROOM,
        note="usual rounding for a channel that passes sodium and potassium alike",
    )  # fmt: skip
    csf_mM: float = parameter(
        0.8, "mmol/L", "ionised magnesium of the cerebrospinal fluid", status="published",
        source="mckee2005", species="man, after brain injury", temperature="body temperature",
        note="± 0.10 (SD); the total, 1.1 to 1.25, would overstate the block",
    )  # fmt: skip


RAT = Receptor()
PARAMETERS = RAT


@dataclass(frozen=True)
class Pore:
    """A receptor's pore at one voltage; ``unblocked`` and ``plugged`` are shares, 0 to 1.

    ``current`` is that of open channels, in units of their conductance times one millivolt:
    negative is inward. ``half_mV`` is the voltage at which half of the channels are plugged,
    minus infinity without magnesium.
    """

    magnesium_mM: float
    voltage_mV: float
    unblocked: float
    current: float
    half_mV: float

    @property
    def plugged(self) -> float:
        """Share of open channels that hold a magnesium ion."""
        return 1 - self.unblocked


def _voltages(voltage_mV: ArrayLike) -> Floats:
    return within("voltage_mV", voltage_mV, -200, 200, "mV")


def _magnesium(magnesium_mM: ArrayLike) -> Floats:
    return within("magnesium_mM", magnesium_mM, 0, 20, "mmol/L")


def unblocked(voltage_mV: ArrayLike, magnesium_mM: ArrayLike, receptor: Receptor = RAT) -> Floats:
    """Give the share of open channels that no magnesium ion plugs.

    Parameters
    ----------
    voltage_mV
        Membrane voltage, in mV, -200 to 200; broadcast with ``magnesium_mM``.
    magnesium_mM
        Free magnesium outside the cell, in mmol/L, 0 to 20.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    held = _magnesium(magnesium_mM) / receptor.affinity_mM
    return np.asarray(1 / (1 + held * np.exp(-receptor.steepness_per_mV * _voltages(voltage_mV))))


def current(voltage_mV: ArrayLike, magnesium_mM: ArrayLike, receptor: Receptor = RAT) -> Floats:
    """Give the current of open channels for a conductance of 1; negative is inward.

    Takes and raises what :func:`unblocked` does; the unit is mV.
    """
    volts = _voltages(voltage_mV)
    return np.asarray(unblocked(volts, magnesium_mM, receptor) * (volts - receptor.reversal_mV))


def half_mV(magnesium_mM: float, receptor: Receptor = RAT) -> float:
    """Give the voltage at which magnesium plugs half of the channels.

    Raises
    ------
    ValueError
        For magnesium that is not above 0 and at most 20 mmol/L: without it none is plugged.
    """
    magnesium = one_within("magnesium_mM", magnesium_mM, 1e-9, 20, "mmol/L")
    return math.log(magnesium / receptor.affinity_mM) / receptor.steepness_per_mV


def peak_inward_mV(magnesium_mM: float, receptor: Receptor = RAT) -> float:
    """Give the voltage at which most current flows into the cell.

    With ``x = k (V - E)`` and ``a`` the plugged-to-free ratio at E the slope of the current is
    zero where ``1 + a e^-x (1 + x) = 0``: a Lambert function gives x at once.

    Raises
    ------
    ValueError
        As :func:`half_mV`.
    """
    from scipy.special import lambertw  # noqa: PLC0415  SciPy loads only when it is asked for

    magnesium = one_within("magnesium_mM", magnesium_mM, 1e-9, 20, "mmol/L")
    k = receptor.steepness_per_mV
    at_reversal = magnesium / receptor.affinity_mM * math.exp(-k * receptor.reversal_mV)
    # 1 + x = -e^x / a, hence -(1 + x) e^-(1 + x) = 1 / (a e).
    x = -1 - float(lambertw(1 / (at_reversal * math.e)).real)
    return receptor.reversal_mV + x / k


def elasticity(voltage_mV: ArrayLike, magnesium_mM: ArrayLike, receptor: Receptor = RAT) -> Floats:
    """Give the percent by which the current changes per percent of magnesium, d ln B / d ln Mg.

    Takes and raises what :func:`unblocked` does.
    """
    return np.asarray(unblocked(voltage_mV, magnesium_mM, receptor) - 1)


def electrical_depth(temperature_C: float, receptor: Receptor = RAT) -> float:
    """Give how deep in the membrane's field the ion seems to sit: 0 outside, 1 inside.

    Raises
    ------
    ValueError
        For a temperature outside 0 to 50 °C.
    """
    celsius = one_within("temperature_C", temperature_C, 0, 50, "°C")
    thermal_mV = 1e3 * GAS_J_per_mol_K * (celsius + ZERO_CELSIUS_K) / FARADAY_C_per_mol
    return receptor.steepness_per_mV * thermal_mV / VALENCE


def pore(magnesium_mM: float, voltage_mV: float, receptor: Receptor = RAT) -> Pore:
    """Describe a pore, for a picture and its reading; raises as :func:`unblocked` does."""
    share = float(unblocked(voltage_mV, magnesium_mM, receptor))
    half = half_mV(magnesium_mM, receptor) if magnesium_mM > 1e-9 else -math.inf
    flow = share * (voltage_mV - receptor.reversal_mV)
    return Pore(magnesium_mM, voltage_mV, share, flow, half)
