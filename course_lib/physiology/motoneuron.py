"""A motoneuron that can be switched on and off: bistable firing.

The single-compartment model of Molkov et al. 2025 (doi:10.3389/fncel.2025.1710893), written anew
from its equations. Sodium, potassium, calcium and leak currents make the spikes. Calcium that
enters with them opens a *persistent inward current* (through CAN channels), and the potassium
channel Kv1 inactivates over seconds: both outlast a push, and keep the cell firing::

    C dV/dt = I - (g_Kdr n^4 + g_Kv1 q k + g_KCa Ca / (Ca + K_d)) (V - E_K)
                - g_CAN Ca / (Ca + K_CAN) V - g_Ca m h (V - E_Ca) - g_L (V - E_L)
                - (g_NaF s^3 r + g_NaP p) (V - E_Na)
    dCa/dt  = -alpha g_Ca m h (V - E_Ca) - Ca / tau_Ca,     E_K = 26.54 mV ln(K_o / K_i)

A shift moves the voltage that the gates sense and leaves the driving forces as they are, as surface
charge does. The cell is that of a mouse in a slice: it shows bistability, not human rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, within
from course_lib.physiology.provenance import parameter

STEP_ms = 0.02
SPIKE_mV = 0.0  # a spike is counted where the voltage rises through this
# Each gate is open to 1 / (1 + exp(-(V - half) / width)); the first three follow at once.
GATES = ("s", "p", "q", "m", "h", "r", "n", "k")
HALF_mV = np.array([-35, -53, -46, -27.5, -52.4, -55, -28, -54])
WIDTH_mV = np.array([7.8, 3, 6.9, 5.7, -5.2, -7, 15, -7.1])
# The rates of r, n and k hold further exponentials of (V + at) / per.
AT_mV = np.array([50, 50, 40, 40, 13, 68])
PER_mV = np.array([15, -16, 40, -50, -15, -12])
_SLOPE = np.concatenate([-1 / WIDTH_mV, 1 / PER_mV])[:, None]
_SHARE = np.concatenate([HALF_mV / WIDTH_mV, AT_mV / PER_mV])[:, None]


# What was read in the code of the model's authors.
_published = partial(parameter, status="published", source="molkov2025", species="mouse")


@dataclass(frozen=True)
class Motoneuron:
    """Bistable motoneuron of Molkov and colleagues."""

    sodium_mS_per_cm2: float = _published(120.0, "mS/cm²", "g_NaF: fast sodium channels")
    persistent_sodium_mS_per_cm2: float = _published(0.0, "mS/cm²", "g_NaP: those that stay open")
    potassium_mS_per_cm2: float = _published(100.0, "mS/cm²", "g_Kdr: delayed rectifier")
    slow_potassium_mS_per_cm2: float = _published(1.0, "mS/cm²", "g_Kv1: inactivates over seconds")
    calcium_potassium_mS_per_cm2: float = _published(0.25, "mS/cm²", "g_KCa: opened by calcium")
    can_mS_per_cm2: float = _published(
        1.0, "mS/cm²", "g_CAN: persistent inward current, opened by calcium"
    )
    calcium_mS_per_cm2: float = _published(0.01, "mS/cm²", "g_Ca: calcium channels")
    leak_mS_per_cm2: float = _published(0.1, "mS/cm²", "g_L: channels that are always open")
    e_sodium_mV: float = _published(55.0, "mV", "equilibrium of sodium")
    e_calcium_mV: float = _published(80.0, "mV", "E_Ca, held fixed")
    e_leak_mV: float = _published(-80.0, "mV", "equilibrium of the leak")
    nernst_mV: float = _published(26.54, "mV", "RT/F")
    potassium_inside_mM: float = _published(140.0, "mmol/L", "K_i: potassium inside")
    can_half_mM: float = _published(0.74e-3, "mmol/L", "K_CAN: calcium that half opens CAN")
    kca_half_mM: float = _published(0.2e-3, "mmol/L", "K_d: calcium that half opens KCa")
    calcium_per_current: float = _published(
        5e-6, "mmol/L cm²/(µA ms)", "alpha: rise of calcium by its current"
    )
    calcium_ms: float = _published(250.0, "ms", "tau_Ca: how fast calcium is cleared")
    capacitance_uF_per_cm2: float = _published(1.0, "µF/cm²", "C: of the membrane")


CELL = Motoneuron()
PARAMETERS = CELL


def gates(voltage_mV: ArrayLike) -> dict[str, Floats]:
    """Give the steady share of each gate that is open, 0 to 1, at the voltage it senses.

    Parameters
    ----------
    voltage_mV
        -200 to 200 mV, any shape.

    Raises
    ------
    ValueError
        For a voltage outside this range.
    """
    v = within("voltage_mV", voltage_mV, -200, 200, "mV")
    return {
        name: np.asarray(1 / (1 + np.exp(-(v - half) / width)))
        for name, half, width in zip(GATES, HALF_mV, WIDTH_mV, strict=True)
    }


def start(cells: int = 1) -> Floats:
    """Give the state the authors start from: shape (7, cells); V, Ca, m, h, r, n, k."""
    return np.repeat([[-80.0], [0.0], [0.0], [1.0], [1.0], [0.0], [1.0]], cells, axis=1)


def slope(
    state: Floats,
    current_uA_per_cm2: ArrayLike,
    *,
    potassium_mM: ArrayLike = 4.0,
    shift_mV: ArrayLike = 0.0,
    can_mS_per_cm2: ArrayLike | None = None,
    cell: Motoneuron = CELL,
) -> Floats:
    """Give the rate of change of the state, shape (7, cells), each per millisecond.

    The other arguments are one number, or one for each cell; without ``can_mS_per_cm2`` the
    persistent inward current is that of ``cell``.
    """
    v, calcium, m, h, r, n, k = state
    can = cell.can_mS_per_cm2 if can_mS_per_cm2 is None else np.asarray(can_mS_per_cm2)
    e_k = cell.nernst_mV * np.log(np.asarray(potassium_mM) / cell.potassium_inside_mM)
    e = np.exp(_SLOPE * (v - shift_mV) + _SHARE)
    ends = 1 / (1 + e[:8])
    g_k = (
        cell.potassium_mS_per_cm2 * (n * n) ** 2
        + cell.slow_potassium_mS_per_cm2 * ends[2] * k
        + cell.calcium_potassium_mS_per_cm2 * calcium / (calcium + cell.kca_half_mM)
    )
    g_na = cell.sodium_mS_per_cm2 * ends[0] ** 3 * r + cell.persistent_sodium_mS_per_cm2 * ends[1]
    of_calcium = cell.calcium_mS_per_cm2 * m * h * (v - cell.e_calcium_mV)
    net = (
        current_uA_per_cm2
        - g_k * (v - e_k)
        - can * calcium / (calcium + cell.can_half_mM) * v
        - of_calcium
        - cell.leak_mS_per_cm2 * (v - cell.e_leak_mV)
        - g_na * (v - cell.e_sodium_mV)
    )
    out = np.empty_like(state)
    out[0] = net / cell.capacitance_uF_per_cm2
    out[1] = -cell.calcium_per_current * of_calcium - calcium / cell.calcium_ms
    out[2:] = ends[3:] - state[2:]
    out[2] /= 0.5
    out[3] /= 18.0
    out[4] *= (e[8] + e[9]) / 30
    out[5] *= (e[10] + e[11]) / 7
    out[6] *= (0.00015 * e[12] + 0.06 / (1 + e[13])) / (20 * 3.737)
    return out


@dataclass(frozen=True)
class Firing:
    """What cells did: ``spikes_ms`` of each cell, and the state they ended in, (7, cells)."""

    spikes_ms: tuple[Floats, ...]
    state: Floats


def follow(
    state: Floats,
    time_ms: Sequence[float],
    current_uA_per_cm2: ArrayLike,
    *,
    potassium_mM: ArrayLike = 4.0,
    shift_mV: ArrayLike = 0.0,
    can_mS_per_cm2: ArrayLike | None = None,
    step_ms: float = STEP_ms,
) -> Firing:
    """Follow cells through a current that runs straight from knot to knot.

    Fourth-order Runge-Kutta with a fixed step; each stretch between two knots is a whole number
    of steps.

    Parameters
    ----------
    state
        State at the first knot, shape (7, cells).
    time_ms
        Knots, rising; a current that jumps has two knots at the same time.
    current_uA_per_cm2
        Current at the knots, shape (knots,) or (knots, cells), -100 to 100.
    potassium_mM, shift_mV, can_mS_per_cm2
        1 to 20 mmol/L, -30 to 30 mV, 0 to 5 mS/cm²: one number, or one for each cell.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    knots = within("current_uA_per_cm2", current_uA_per_cm2, -100, 100, "µA/cm²")
    potassium = within("potassium_mM", potassium_mM, 1, 20, "mmol/L")
    shift = within("shift_mV", shift_mV, -30, 30, "mV")
    can = CELL.can_mS_per_cm2 if can_mS_per_cm2 is None else can_mS_per_cm2
    can = within("can_mS_per_cm2", can, 0, 5, "mS/cm²")
    cells = state.shape[1]
    found: list[tuple[np.ndarray, Floats]] = []

    def rate(y: Floats, current: Floats) -> Floats:
        return slope(y, current, potassium_mM=potassium, shift_mV=shift, can_mS_per_cm2=can)

    for begin, end, low, high in zip(time_ms, time_ms[1:], knots, knots[1:], strict=False):
        steps = round((end - begin) / step_ms)
        for count in range(steps):
            here, half, there = (low + (high - low) * (count + c) / steps for c in (0, 0.5, 1))
            a = rate(state, here)
            b = rate(state + 0.5 * step_ms * a, half)
            c = rate(state + 0.5 * step_ms * b, half)
            d = rate(state + step_ms * c, there)
            new = state + step_ms / 6 * (a + 2 * (b + c) + d)
            up = np.flatnonzero((state[0] < SPIKE_mV) & (new[0] >= SPIKE_mV))
            if up.size:
                part = (SPIKE_mV - state[0, up]) / (new[0, up] - state[0, up])
                found.append((up, begin + step_ms * (count + part)))
            state = new
    who = np.concatenate([i for i, _ in found]) if found else np.empty(0, dtype=int)
    when = np.concatenate([t for _, t in found]) if found else np.empty(0)
    return Firing(tuple(when[who == i] for i in range(cells)), state)
