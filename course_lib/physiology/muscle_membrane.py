"""The action potential of a skeletal muscle fibre, and what potassium does to it.

Two compartments, the surface and the tubules inside the fibre, with sodium, delayed and inward
rectifier potassium, chloride and pump currents: the membrane of Wallinga et al. (1999) as used by
Shorten et al. (2007, doi:10.1007/s10974-007-9125-6), at 20 °C. What this course leaves out is the
change of the concentrations during the spike: they are held. What it adds is a start at rest, with
every gate settled at that rest, as after minutes at one potassium concentration.

Gates take exponential steps (Rush & Larsen 1978), the two voltages a linearised trapezoidal one;
what depends on voltage alone is read from tables 0.05 mV fine.
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
RT_F_mV = 8.314462618 * 293.15 / 96.48533212  # at 20 °C
STEP_ms = 0.02
LOW_K_mM, HIGH_K_mM = 2.0, 12.0
LOWEST_mV, HIGHEST_mV, PER_mV = -160.0, 140.0, 20
GRID_mV = np.linspace(LOWEST_mV, HIGHEST_mV, round((HIGHEST_mV - LOWEST_mV) * PER_mV) + 1)
FIRES_mV = 10.0  # a peak above this counts as an action potential
PULSE_ms = 0.5
GATES = ("m", "h", "S", "n", "k")  # sodium: m, h and slow S; delayed rectifier: n and slow k
_CODE = "read in public code of this family of models; the papers were not read"
_SPLIT = "chloride is not measured in the model: it follows potassium so that E_Cl = E_K"


@dataclass(frozen=True)
class MuscleMembrane:
    """Membrane of a fast muscle fibre, surface and tubules."""

    sodium_mS_per_cm2: float = parameter(
        804.0, "mS/cm²", "all sodium channels open", status="textbook", source="shorten2007",
        temperature="20 °C", note=_CODE,
    )  # fmt: skip
    potassium_mS_per_cm2: float = parameter(
        64.8, "mS/cm²", "all delayed rectifiers open", status="textbook", source="shorten2007",
        temperature="20 °C", note=_CODE,
    )  # fmt: skip
    rectifier_mS_per_cm2: float = parameter(
        11.1, "mS/cm²", "all inward rectifiers open", status="textbook", source="shorten2007",
        temperature="20 °C", note=_CODE,
    )  # fmt: skip
    chloride_mS_per_cm2: float = parameter(
        19.65, "mS/cm²", "all chloride channels open", status="textbook", source="shorten2007",
        temperature="20 °C", note=_CODE,
    )  # fmt: skip
    pump_uA_per_cm2: float = parameter(
        59.9, "µA/cm²", "pump at full speed", status="textbook", source="shorten2007",
        temperature="20 °C", note="recalled; its form was read in public code",
    )  # fmt: skip
    potassium_in_mM: float = parameter(
        150.9, "mmol/L", "potassium inside", status="textbook", source="shorten2007", note=_CODE
    )
    sodium_in_mM: float = parameter(
        12.7, "mmol/L", "sodium inside", status="textbook", source="shorten2007", note=_CODE
    )
    sodium_out_mM: float = parameter(
        133.0, "mmol/L", "sodium outside", status="textbook", source="shorten2007", note=_CODE
    )
    anions_mM: float = parameter(
        156.5, "mmol/L", "chloride outside plus five times that inside", status="textbook",
        source="shorten2007", note=f"{_CODE}; {_SPLIT}",
    )  # fmt: skip
    tubules: float = parameter(
        4.8, "1", "membrane of the tubules over that of the surface", status="textbook",
        source="shorten2007", note=_CODE,
    )  # fmt: skip
    access_ohm_cm2: float = parameter(
        150.0, "Ω cm²", "resistance from the surface into the tubules", status="textbook",
        source="shorten2007", note=_CODE,
    )  # fmt: skip
    sodium_in_tubules: float = parameter(
        0.1, "1", "density of sodium channels in the tubules over the surface; the same for "
        "chloride and the pump", status="textbook", source="shorten2007", note=_CODE,
    )  # fmt: skip
    potassium_in_tubules: float = parameter(
        0.45, "1", "density of delayed rectifiers in the tubules over the surface",
        status="textbook", source="shorten2007", note=_CODE,
    )  # fmt: skip


FIBRE = MuscleMembrane()
PARAMETERS = FIBRE


@dataclass(frozen=True)
class Pulse:
    """A fibre's answer to a brief current; arrays of shape (points,), ``gates`` by name."""

    potassium_mM: float
    size_uA_per_cm2: float
    time_ms: Array
    voltage_mV: Array
    tubules_mV: Array
    gates: dict[str, Array]

    @property
    def rest_mV(self) -> float:
        """Voltage before the pulse."""
        return float(self.voltage_mV[0])

    @property
    def available(self) -> float:
        """Share of the sodium channels that is not inactivated at rest (gate h)."""
        return float(self.gates["h"][0])

    @property
    def peak_mV(self) -> float:
        """Highest voltage at the surface."""
        return float(self.voltage_mV.max())

    @property
    def fired(self) -> bool:
        """Whether there was an action potential: the voltage passed ``FIRES_mV``."""
        return self.peak_mV > FIRES_mV


def gates(voltage_mV: ArrayLike) -> dict[str, tuple[Array, Array]]:
    """Steady value and time constant in ms of each gate.

    Parameters
    ----------
    voltage_mV
        Voltage across the membrane, -200 to 200 mV, any shape.

    Raises
    ------
    ValueError
        For a voltage outside that range.
    """
    v = within("voltage_mV", voltage_mV, -200, 200, "mV")
    rates = {
        "m": (0.288 * 10 * linear_over_exp((v + 46) / 10), 1.38 * np.exp(-(v + 46) / 18)),
        "h": (0.0081 * np.exp(-(v + 45) / 14.7), 4.38 / (1 + np.exp(-(v + 45) / 9))),
        "n": (0.0131 * 7 * linear_over_exp((v + 40) / 7), 0.067 * np.exp(-(v + 40) / 40)),
    }
    settled = {g: (up / (up + down), 1 / (up + down)) for g, (up, down) in rates.items()}
    settled["k"] = 1 / (1 + np.exp((v + 40) / 7.5)), 1000 * np.exp(-(v + 40) / 25.75)
    slow = 8571 / (0.2 + 5.65 * ((v + 90) / 100) ** 2)
    settled["S"] = 1 / (1 + np.exp((v + 78) / 5.8)), slow
    return {g: settled[g] for g in GATES}


def currents(
    voltage_mV: Array, potassium_mM: float, fibre: MuscleMembrane = FIBRE
) -> tuple[Array, Array, Array]:
    """Give sodium and delayed-rectifier current with every gate open, and all other current.

    The driving forces are Goldman's, scaled as in the published model. Outward is positive,
    in uA/cm2 at the density of the surface; the other current is given for the surface and for
    the tubules, shape (2, ...).
    """
    p, x = fibre, voltage_mV / RT_F_mV
    falling = np.exp(-x)
    field = RT_F_mV * linear_over_exp(x)
    sodium = p.sodium_mS_per_cm2 * field * (p.sodium_in_mM - p.sodium_out_mM * falling) / 75
    drive = field * (p.potassium_in_mM - potassium_mM * falling) / 50
    equilibrium = np.log(potassium_mM / p.potassium_in_mM)
    chloride_in = p.anions_mM / (5 + np.exp(-equilibrium))
    chloride_out = p.anions_mM - 5 * chloride_in
    openness = (1 / (1 + np.exp((voltage_mV - 70) / 150))) ** 4
    anion = field * falling * (chloride_out * np.exp(x) - chloride_in) / 45
    chloride = p.chloride_mS_per_cm2 * openness * anion
    site = (potassium_mM * np.exp(-0.4 * equilibrium)) ** 2
    plugged = (1 + site / 950) * np.exp(-1.2 * x) / 100
    share = site / (950 + site) * plugged / (1 + plugged)
    inward = p.rectifier_mS_per_cm2 * share * drive
    outside = np.expm1(p.sodium_out_mM / 67.3) / 7
    speed = 1 / (1 + 0.12 * np.exp(-0.1 * x) + 0.04 * outside * falling)
    full = p.pump_uA_per_cm2 / ((1 + 1 / potassium_mM) ** 2 * (1 + 13 / p.sodium_in_mM) ** 3)
    # The surface passes no inward current through the rectifier, as in the published model.
    surface = np.where(drive > 0, inward, 0) + chloride + full * speed
    tubules = inward + p.sodium_in_tubules * (chloride + full * speed)
    return sodium, p.potassium_mS_per_cm2 * drive, np.stack([surface, tubules])


def resting(potassium_mM: float, fibre: MuscleMembrane = FIBRE) -> tuple[float, float]:
    """Voltage of surface and tubules at which no current flows and all gates have settled.

    Raises
    ------
    ValueError
        For potassium outside 2 to 12 mmol/L.
    """
    k = one_within("potassium_mM", potassium_mM, LOW_K_mM, HIGH_K_mM, "mmol/L")
    v = GRID_mV[(GRID_mV > -130) & (GRID_mV < -40)]
    net = _settled_current(v, k, fibre)
    access = fibre.access_ohm_cm2 / 1000
    inner = v + access * net[0]  # what leaves the surface must come out of the tubules
    leaving = fibre.tubules * np.interp(inner, v, net[1]) + net[0]
    at = int(np.flatnonzero(leaving > 0)[0])
    part = -leaving[at - 1] / (leaving[at] - leaving[at - 1])
    return tuple(float(y[at - 1] + part * (y[at] - y[at - 1])) for y in (v, inner))  # type: ignore[return-value]


def _settled_current(v: Array, potassium_mM: float, p: MuscleMembrane) -> Array:
    """Give current through surface and tubules with gates settled, shape (2, points)."""
    m, h, slow, n, k = (settled for settled, _ in gates(v).values())
    sodium, potassium, other = currents(v, potassium_mM, p)
    na, dr = sodium * m**3 * h * slow, potassium * n**4 * k
    inner = p.sodium_in_tubules * na + p.potassium_in_tubules * dr + other[1]
    return np.stack([na + dr + other[0], inner])


@lru_cache(maxsize=2)
def _gate_tables(step_ms: float) -> tuple[list[float], ...]:
    columns = [
        c
        for end, tau in gates(GRID_mV).values()
        for c in (end.tolist(), np.exp(-step_ms / tau).tolist())
    ]
    return tuple(columns)


@lru_cache(maxsize=4)
def _current_tables(potassium_mM: float, fibre: MuscleMembrane) -> tuple[list[float], ...]:
    """Tabulate each current and its slope with voltage."""
    sodium, potassium, (surface, tubules) = currents(GRID_mV, potassium_mM, fibre)
    return tuple(
        column.tolist()
        for current in (sodium, potassium, surface, tubules)
        for column in (current, np.gradient(current, GRID_mV))
    )


def stimulate(
    size_uA_per_cm2: float,
    potassium_mM: float = 4.2,
    *,
    end_ms: float = 8.0,
    start_ms: float = 0.5,
    duration_ms: float = PULSE_ms,
    fibre: MuscleMembrane = FIBRE,
    step_ms: float = STEP_ms,
) -> Pulse:
    """Follow a resting fibre through a brief inward current at its surface.

    Parameters
    ----------
    size_uA_per_cm2
        Size of the current, 0 to 1000.
    potassium_mM
        Potassium outside and in the tubules, 2 to 12 mmol/L.
    end_ms, start_ms, duration_ms
        How long to follow the fibre (1 to 100 ms), and when the current flows.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    size = one_within("size_uA_per_cm2", size_uA_per_cm2, 0, 1000, "µA/cm²")
    end = one_within("end_ms", end_ms, 1, 100, "ms")
    surface_mV, tubules_mV = resting(potassium_mM, fibre)
    count = round(end / step_ms)
    on, off = round(start_ms / step_ms), round((start_ms + duration_ms) / step_ms)
    push = [size if on <= i < off else 0.0 for i in range(count)]
    tables = _gate_tables(step_ms), _current_tables(potassium_mM, fibre)
    rows = _run((surface_mV, tubules_mV), push, tables, fibre, step_ms)
    time = np.arange(count + 1, dtype=np.float64) * step_ms
    named = dict(zip(GATES, rows[2:], strict=True))
    return Pulse(float(potassium_mM), size, time, rows[0], rows[1], named)


def _run(
    start_mV: tuple[float, float],
    push: list[float],
    tables: tuple[tuple[list[float], ...], tuple[list[float], ...]],
    p: MuscleMembrane,
    step_ms: float,
) -> Array:
    """Step the surface ``v`` and the tubules ``w`` with their gates; keep those of the surface."""
    m_end, m_left, h_end, h_left, s_end, s_left, n_end, n_left, k_end, k_left = tables[0]
    na_i, na_g, k_i, k_g, s_i, s_g, t_i, t_g = tables[1]
    v, w = start_mV
    link = 1000 / p.access_ohm_cm2
    back, half, last = link / p.tubules, step_ms / 2, len(m_end) - 2
    na_t, k_t = p.sodium_in_tubules, p.potassium_in_tubules
    m, h, s, n, k = (float(end) for end, _ in gates(v).values())
    a, b, c, d, e = (float(end) for end, _ in gates(w).values())
    kept = [(v, w, m, h, s, n, k)]
    for size in push:
        at = min(max(int((v - LOWEST_mV) * PER_mV + 0.5), 1), last)
        m = m_end[at] + (m - m_end[at]) * m_left[at]
        h = h_end[at] + (h - h_end[at]) * h_left[at]
        s = s_end[at] + (s - s_end[at]) * s_left[at]
        n = n_end[at] + (n - n_end[at]) * n_left[at]
        k = k_end[at] + (k - k_end[at]) * k_left[at]
        na, dr, off = m * m * m * h * s, n * n * n * n * k, v - LOWEST_mV - at / PER_mV
        g = na * na_g[at] + dr * k_g[at] + s_g[at]
        f = size - na * na_i[at] - dr * k_i[at] - s_i[at] - g * off - link * (v - w)
        at = min(max(int((w - LOWEST_mV) * PER_mV + 0.5), 1), last)
        a = m_end[at] + (a - m_end[at]) * m_left[at]
        b = h_end[at] + (b - h_end[at]) * h_left[at]
        c = s_end[at] + (c - s_end[at]) * s_left[at]
        d = n_end[at] + (d - n_end[at]) * n_left[at]
        e = k_end[at] + (e - k_end[at]) * k_left[at]
        na, dr = na_t * a * a * a * b * c, k_t * d * d * d * d * e
        off = w - LOWEST_mV - at / PER_mV
        gw = na * na_g[at] + dr * k_g[at] + t_g[at]
        fw = back * (v - w) - na * na_i[at] - dr * k_i[at] - t_i[at] - gw * off
        # (1 - J step/2) change = step f, with J the slopes of both equations, for 1 uF/cm2.
        a11, a22 = 1 + half * (g + link), 1 + half * (gw + back)
        a12, a21 = -half * link, -half * back
        scale = step_ms / (a11 * a22 - a12 * a21)
        v, w = v + scale * (f * a22 - fw * a12), w + scale * (fw * a11 - f * a21)
        kept.append((v, w, m, h, s, n, k))
    return np.array(kept).T


def threshold_uA_per_cm2(
    potassium_mM: float, *, most: float = 300.0, fibre: MuscleMembrane = FIBRE
) -> float | None:
    """Smallest 0.5 ms current that makes a resting fibre fire, to 0.2 uA/cm2.

    None if ``most`` does not. A current of 500 uA/cm2 and more would lift the voltage by itself,
    without any channel, so there is no point in asking for that much.
    """
    low, high = 0.0, one_within("most", most, 1, 1000, "µA/cm²")
    if not stimulate(high, potassium_mM, fibre=fibre).fired:
        return None
    while high - low > 0.2:
        middle = (low + high) / 2
        if stimulate(middle, potassium_mM, fibre=fibre).fired:
            high = middle
        else:
            low = middle
    return high
