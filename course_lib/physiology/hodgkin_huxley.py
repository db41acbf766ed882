"""The action potential of the squid axon.

Hodgkin & Huxley 1952 (doi:10.1113/jphysiol.1952.sp004764)::

    C dV/dt = I - g_Na m^3 h (V - E_Na) - g_K n^4 (V - E_K) - g_L (V - E_L)

with gates that open and close at rates that depend on the voltage, in the modern sign (rest near
-65 mV) and at 6.3 °C. A shift moves the voltage that the gates sense and leaves the driving forces
as they are: so surface charge acts (see ``surface_charge``). Gates and voltage take exponential
steps (Rush & Larsen 1978), with the rates read from a table 0.01 mV fine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.numerics import linear_over_exp
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
STEP_ms = 0.02
LOWEST_mV, HIGHEST_mV, PER_mV = -160.0, 140.0, 100
SPIKE_mV = 0.0  # a spike is counted where the voltage rises through this
_NOT_READ = "as in every textbook; the paper was not read"


@dataclass(frozen=True)
class SquidAxon:
    """Squid axon of Hodgkin and Huxley."""

    capacitance_uF_per_cm2: float = parameter(
        1.0, "µF/cm²", "of the membrane", status="textbook", source="hodgkin1952",
        species="squid", temperature="6.3 °C", note=_NOT_READ,
    )  # fmt: skip
    sodium_mS_per_cm2: float = parameter(
        120.0, "mS/cm²", "all sodium channels open", status="textbook", source="hodgkin1952",
        species="squid", temperature="6.3 °C", note=_NOT_READ,
    )  # fmt: skip
    potassium_mS_per_cm2: float = parameter(
        36.0, "mS/cm²", "all potassium channels open", status="textbook", source="hodgkin1952",
        species="squid", temperature="6.3 °C", note=_NOT_READ,
    )  # fmt: skip
    leak_mS_per_cm2: float = parameter(
        0.3, "mS/cm²", "channels that are always open", status="textbook", source="hodgkin1952",
        species="squid", temperature="6.3 °C", note=_NOT_READ,
    )  # fmt: skip
    e_sodium_mV: float = parameter(
        50.0, "mV", "equilibrium of sodium", status="textbook", source="hodgkin1952",
        note=_NOT_READ,
    )  # fmt: skip
    e_potassium_mV: float = parameter(
        -77.0, "mV", "equilibrium of potassium", status="textbook", source="hodgkin1952",
        note=_NOT_READ,
    )  # fmt: skip
    e_leak_mV: float = parameter(
        -54.387, "mV", "equilibrium of the leak", status="fitted", source="hodgkin1952",
        note="chosen so that the axon rests at -65 mV",
    )  # fmt: skip

    def __post_init__(self) -> None:
        for name in ("sodium_mS_per_cm2", "potassium_mS_per_cm2", "leak_mS_per_cm2"):
            one_within(name, getattr(self, name), 0, 1000, "mS/cm²")


SQUID = SquidAxon()
PARAMETERS = SQUID


@dataclass(frozen=True)
class Stimulus:
    """A step of current through the membrane, from ``start_ms`` on."""

    size_uA_per_cm2: float
    start_ms: float = 0.0
    duration_ms: float = np.inf


@dataclass(frozen=True)
class Spikes:
    """Voltage in time; arrays of shape (points,), ``spikes_ms`` of shape (spikes,)."""

    time_ms: Array
    voltage_mV: Array
    m: Array
    h: Array
    n: Array
    spikes_ms: Array

    @property
    def rate_Hz(self) -> float:
        """Firing rate from the last two intervals, 0 if there are fewer or firing has stopped."""
        if self.spikes_ms.size < 3:
            return 0.0
        interval = (self.spikes_ms[-1] - self.spikes_ms[-3]) / 2
        still = self.time_ms[-1] - self.spikes_ms[-1] < 1.5 * interval
        return float(1000 / interval) if still else 0.0


def rates(voltage_mV: ArrayLike) -> dict[str, tuple[Array, Array]]:
    """Give the opening and closing rates of the gates m, h and n, in 1/ms.

    Parameters
    ----------
    voltage_mV
        Voltage across the membrane, -300 to 300 mV, any shape.
    """
    v = within("voltage_mV", voltage_mV, -300, 300, "mV")
    return {
        "m": (0.1 * 10 * linear_over_exp((v + 40) / 10), 4 * np.exp(-(v + 65) / 18)),
        "h": (0.07 * np.exp(-(v + 65) / 20), 1 / (1 + np.exp(-(v + 35) / 10))),
        "n": (0.01 * 10 * linear_over_exp((v + 55) / 10), 0.125 * np.exp(-(v + 65) / 80)),
    }


def resting(shift_mV: float = 0.0, axon: SquidAxon = SQUID) -> tuple[float, float, float, float]:
    """Voltage at which no net current flows, with m, h and n there."""
    from scipy.optimize import brentq  # noqa: PLC0415  loading it would slow every import down

    def gates(v: float) -> list[float]:
        return [float(a / (a + b)) for a, b in rates(v - shift_mV).values()]

    def net(v: float) -> float:
        m, h, n = gates(v)
        return (
            axon.sodium_mS_per_cm2 * m**3 * h * (v - axon.e_sodium_mV)
            + axon.potassium_mS_per_cm2 * n**4 * (v - axon.e_potassium_mV)
            + axon.leak_mS_per_cm2 * (v - axon.e_leak_mV)
        )

    low = min(axon.e_potassium_mV, axon.e_leak_mV) - 5
    grid = np.linspace(low, -20, 60)
    inward = next((k for k, v in enumerate(grid) if net(float(v)) > 0), None)
    if inward in (None, 0):
        raise ValueError(f"no resting voltage between {low:.0f} and -20 mV")
    v = float(brentq(net, grid[inward - 1], grid[inward], xtol=1e-10))
    return (v, *gates(v))  # type: ignore[return-value]


@lru_cache(maxsize=4)
def _tables(step_ms: float) -> tuple[list[float], ...]:
    """Steady value and remaining share after a step, for m, h and n at each voltage."""
    v = np.arange(LOWEST_mV, HIGHEST_mV + 0.5 / PER_mV, 1 / PER_mV)
    columns: list[list[float]] = []
    for opening, closing in rates(v).values():
        both = opening + closing
        columns += [(opening / both).tolist(), np.exp(-step_ms * both).tolist()]
    return tuple(columns)


def fire(
    *stimuli: Stimulus,
    end_ms: float = 30.0,
    shift_mV: float = 0.0,
    start: tuple[float, float, float, float] | None = None,
    axon: SquidAxon = SQUID,
    step_ms: float = STEP_ms,
) -> Spikes:
    """Follow the voltage from rest, or from a state ``(V, m, h, n)``, through stimuli.

    Parameters
    ----------
    stimuli
        Steps of current; they add up where they overlap.
    end_ms
        How long to follow the axon, 1 to 1000 ms.
    shift_mV
        By how much the voltage is higher at which the gates work, -30 to 30: below 0 they open
        at lower voltages.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    end = one_within("end_ms", end_ms, 1, 1000, "ms")
    shift = one_within("shift_mV", shift_mV, -30, 30, "mV")
    v, m, h, n = resting(shift, axon) if start is None else start
    count = round(end / step_ms)
    time = np.arange(count + 1, dtype=np.float64) * step_ms
    middle = time[:-1] + step_ms / 2
    current = np.zeros(count)
    for s in stimuli:
        size = one_within("size_uA_per_cm2", s.size_uA_per_cm2, -500, 500, "µA/cm²")
        current[(middle >= s.start_ms) & (middle < s.start_ms + s.duration_ms)] += size
    states = _run((v, m, h, n), current.tolist(), shift, axon, step_ms)
    voltage, *gates = states
    up = np.flatnonzero((voltage[1:] >= SPIKE_mV) & (voltage[:-1] < SPIKE_mV))
    part = (SPIKE_mV - voltage[up]) / (voltage[up + 1] - voltage[up])
    return Spikes(time, voltage, gates[0], gates[1], gates[2], step_ms * (up + part))


def _run(
    state: tuple[float, float, float, float],
    current: list[float],
    shift_mV: float,
    axon: SquidAxon,
    step_ms: float,
) -> Array:
    """Take a step for each current; gates first, then the voltage, each exactly for constants."""
    m_end, m_left, h_end, h_left, n_end, n_left = _tables(step_ms)
    na, k, leak = axon.sodium_mS_per_cm2, axon.potassium_mS_per_cm2, axon.leak_mS_per_cm2
    na_e, k_e, leak_e = na * axon.e_sodium_mV, k * axon.e_potassium_mV, leak * axon.e_leak_mV
    per_c, offset, last = (
        step_ms / axon.capacitance_uF_per_cm2,
        LOWEST_mV + shift_mV,
        len(m_end) - 1,
    )
    v, m, h, n = state
    vs, ms, hs, ns = [v], [m], [h], [n]
    for inward in current:
        at = int((v - offset) * PER_mV + 0.5)
        at = 0 if at < 0 else min(at, last)
        m = m_end[at] + (m - m_end[at]) * m_left[at]
        h = h_end[at] + (h - h_end[at]) * h_left[at]
        n = n_end[at] + (n - n_end[at]) * n_left[at]
        open_na, open_k = m * m * m * h, n * n * n * n
        g = na * open_na + k * open_k + leak
        # Exact to third order for constant conductances, and stable for any (Pade of exp).
        x = per_c * g
        v += (
            (na_e * open_na + k_e * open_k + leak_e + inward - g * v)
            * per_c
            / (1 + x / 2 + x * x / 12)
        )
        vs.append(v)
        ms.append(m)
        hs.append(h)
        ns.append(n)
    return np.array([vs, ms, hs, ns])
