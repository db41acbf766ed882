"""The body's magnesium from hours to a year: meals, plasma, cells, bone and kidney.

A teaching model of this course, tuned to published anchors. With g in the gut, E outside cells,
I in cells, S in bone and other slow stores (mmol), and plasma C = E / V::

    dg/dt = -kg g                                                  (+ absorbed at each meal)
    dE/dt = kg g - U(C) - L C/C0 - kEI E + kIE I - kES E + kSE S
    dI/dt = kEI E - kIE I        dS/dt = kES E - kSE S

Absorption, U and the parameters are in ``magnesium_body``.
What it leaves out: no hormone adapts, so urine falls more slowly than a person's in the first
days; after a large dose it keeps more than people do; bone, with all slow stores, is one box.

Meals repeat, so a year is not stepped meal by meal: the daily wave round a mean level is found as
a periodic solution, and only the mean, with that wave's mean urine, is followed through time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import within
from course_lib.physiology.magnesium_body import (
    BODY,
    HEALTHY,
    MG_PER_MMOL,
    Array,
    Body,
    Person,
    absorbed,
    fractional_excretion,
    urine,
    urine_mmol_per_d,
)  # fmt: skip

PARAMETERS = BODY
Loss = Callable[[float], tuple[float, float]]
POINTS_PER_DAY = 96
LEVELS_mM = np.linspace(0.05, 2.05, 33)  # where waves are found; between them, interpolated
YEAR_d = 365 * np.linspace(0, 1, 61) ** 2.2  # dense at first, when most happens

__all__ = [
    "BODY",
    "HEALTHY",
    "MG_PER_MMOL",
    "Body",
    "History",
    "Person",
    "YEAR_d",
    "absorbed",
    "follow",
    "fractional_excretion",
    "stop",
    "urine",
]  # fmt: skip


@dataclass(frozen=True)
class History:
    """Daily means at ``time_d``, all of shape (times,); ``urine`` and ``other`` add up from 0.

    ``day_mM`` is the wave of the last day at ``day_h``; it is flat without meals.
    """

    person: Person
    body: Body
    time_d: Array
    gut_mmol: Array
    outside_mmol: Array
    cells_mmol: Array
    bone_mmol: Array
    urine_mmol: Array
    other_mmol: Array
    low_mM: Array = field(repr=False)
    high_mM: Array = field(repr=False)
    urine_mg_per_d: Array = field(repr=False)
    day_mM: Array = field(repr=False)

    @cached_property
    def plasma_mM(self) -> Array:
        """Plasma magnesium."""
        return self.outside_mmol / self.body.volume_L

    @cached_property
    def total_mmol(self) -> Array:
        """Magnesium of the body, with what the gut will still hand over."""
        return self.gut_mmol + self.outside_mmol + self.cells_mmol + self.bone_mmol

    @cached_property
    def lost_percent(self) -> Array:
        """Loss since the start, % of the body's magnesium at rest."""
        lost = self.total_mmol[0] - self.total_mmol
        return np.asarray(100 / self.body.total_mmol * lost)


def follow(person: Person = HEALTHY, times_d: ArrayLike = YEAR_d, body: Body = BODY) -> History:
    """Follow the daily means of a person who starts in balance at the normal level.

    Parameters
    ----------
    times_d
        Times to report, rising from 0, at most 4000 days. They are also the steps: take them
        dense where things change fast.

    Raises
    ------
    ValueError
        For times that do not rise from 0.
    """
    time = _checked(times_d)
    start = (0.0, body.outside_mmol, body.cells_mmol, body.bone_mmol)
    return _history(person, body, time, start, person.intake_mg_per_d > 0)


def stop(
    times_d: ArrayLike,
    before: Person = HEALTHY,
    after: Person | None = None,
    body: Body = BODY,
) -> History:
    """Follow a person who takes no magnesium from midnight after a year of the same meals.

    The last meal was at 19:00 (13:00 if it was the only one), and the gut still hands over a rest.

    Parameters
    ----------
    times_d
        As for :func:`follow`, in days from midnight.
    after
        The same person from midnight on, for kidneys that change then; its intake is ignored.
    body
        From midnight on; without exchange, say, to see what the stores do.
    """
    time = _checked(times_d)
    year = _a_year_of(before)
    dose = float(absorbed(before.intake_mg_per_d / before.doses_per_day, before.uptake))
    waited_d = 1 - before.meal_hours / 24
    rest = np.exp(-BODY.gut_per_d * waited_d).sum() / (1 - math.exp(-BODY.gut_per_d))
    start = (
        dose / MG_PER_MMOL * float(rest), float(year.day_mM[0]) * BODY.volume_L,
        float(year.cells_mmol[-1]) + _cells_at_midnight(year), float(year.bone_mmol[-1]),
    )  # fmt: skip
    fasting = replace(after or before, intake_mg_per_d=0.0)
    return _history(fasting, body, time, start, False)


def _cells_at_midnight(year: History) -> float:
    """Give what cells hold at midnight above their daily mean: supper is still on its way in."""
    omega = 2j * math.pi * np.arange(1, POINTS_PER_DAY // 2 + 1)
    (uptake, back), _, _ = _rates(year.person, year.body)
    waves = np.fft.rfft(year.day_mM)[1:] / POINTS_PER_DAY * year.body.volume_L
    return float(2 * (waves * uptake / (omega + back)).real.sum())


@lru_cache(maxsize=64)
def _a_year_of(person: Person) -> History:
    return follow(person)


def _checked(times_d: ArrayLike) -> Array:
    time = within("times_d", times_d, 0, 4000, "d")
    if time.ndim != 1 or len(time) < 2 or time[0] != 0 or (np.diff(time) <= 0).any():
        raise ValueError("times_d must be one row that rises from 0")
    return time


def _history(
    person: Person, body: Body, time: Array, start: tuple[float, ...], eating: bool
) -> History:
    levels = LEVELS_mM
    wave = _wave(levels, person, body) if eating else np.zeros((len(levels), POINTS_PER_DAY))
    loss = urine_mmol_per_d(levels[:, None] + wave, person, body).mean(axis=1)
    extra = loss - urine_mmol_per_d(
        levels, person, body
    )  # urine bends upwards: waves cost magnesium
    meals = person.doses_per_day * float(
        absorbed(person.intake_mg_per_d / person.doses_per_day, person.uptake, body)
    )
    lose = _loss(person, body, extra.tolist())
    rows = _march(person, body, time, start, lose, inflow=meals / MG_PER_MMOL)
    gut, outside, cells, bone, lost, other = rows.T
    plasma = outside / body.volume_L
    mean = urine_mmol_per_d(plasma, person, body) + np.interp(plasma, levels, extra)
    last = _wave(plasma[-1:], person, body)[0] if eating else np.zeros(POINTS_PER_DAY)
    return History(
        person, body, time, gut, outside, cells, bone, lost, other,
        plasma + np.interp(plasma, levels, wave.min(axis=1)),
        plasma + np.interp(plasma, levels, wave.max(axis=1)),
        mean * MG_PER_MMOL, plasma[-1] + last,
    )  # fmt: skip


def _wave(levels_mM: Array, person: Person, body: Body) -> Array:
    """Deviation of plasma from each mean level over one of many equal days, (levels, points).

    Linear compartments answer each harmonic of the meals on their own; what is curved in the urine
    is fed back until it settles (a few rounds, since it is small).
    """
    omega = 2j * math.pi * np.arange(POINTS_PER_DAY // 2 + 1)
    dose = float(absorbed(person.intake_mg_per_d / person.doses_per_day, person.uptake, body))
    pulses = np.exp(-np.outer(person.meal_hours / 24, omega)).sum(axis=0)
    meals = dose / MG_PER_MMOL * pulses * body.gut_per_d / (body.gut_per_d + omega)
    cells, bone, other = _rates(person, body)
    exchange = other + sum(out * omega / (omega + back + 1e-300) for out, back in (cells, bone))
    filtered = person.kidney_function * body.filtered_L_per_d
    over = (levels_mM - body.threshold_mM - person.threshold_shift_mM) / body.spread_mM
    slope = (filtered * (body.least_excreted + 0.5 * (1 + np.tanh(over / 2))))[:, None]
    answer = 1 / (omega + exchange + slope / body.volume_L)
    answer[:, [0, -1]] = 0  # no mean: that is the level; no sign at the fastest
    level, at_rest = levels_mM[:, None], urine_mmol_per_d(levels_mM, person, body)[:, None]
    wave = np.zeros((len(levels_mM), POINTS_PER_DAY))
    for _ in range(3):
        curved = (
            urine_mmol_per_d(np.maximum(level + wave, 0), person, body) - at_rest - slope * wave
        )
        spectrum = (meals * POINTS_PER_DAY - np.fft.rfft(curved)) * answer
        wave = np.fft.irfft(spectrum, POINTS_PER_DAY) / body.volume_L
    return wave


def _rates(person: Person, body: Body) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Rates (1/d) into cells and back, into bone and back, and of the losses besides urine."""
    outside = body.outside_mmol
    cells = (body.cell_uptake_per_d, body.cell_uptake_per_d * outside / body.cells_mmol)
    bone = (body.bone_return_per_d * body.bone_mmol / outside, body.bone_return_per_d)
    other = (body.other_losses_mg_per_d + person.extra_losses_mg_per_d) / MG_PER_MMOL / outside
    return cells, bone, other


# Alexander's diagonally implicit Runge-Kutta method of order 3 (1977): stiffly accurate, so that
# the fast exchange between plasma and cells does not limit the step.
_GAMMA = 0.4358665215084590
_STAGES = (
    (),
    ((1 - _GAMMA) / 2,),
    (-(6 * _GAMMA**2 - 16 * _GAMMA + 1) / 4, (6 * _GAMMA**2 - 20 * _GAMMA + 5) / 4),
)


def _march(
    person: Person,
    body: Body,
    time: Array,
    start: tuple[float, ...],
    lose: Loss,
    *,
    inflow: float,
) -> Array:
    """Step gut, outside, cells, bone, and urine and other losses so far; shape (times, 6)."""
    (kei, kie), (kes, kse), k_other = _rates(person, body)
    kg = body.gut_per_d
    gut, outside, cells, bone = start
    lost = other = 0.0
    rows = [(gut, outside, cells, bone, lost, other)]
    for h in np.diff(time).tolist():
        q = h * _GAMMA
        slopes: list[tuple[float, ...]] = []
        e = outside
        for weights in _STAGES:
            g0, e0, i0, s0 = gut, outside, cells, bone
            for w, (dg, de, di, ds, _, _) in zip(weights, slopes, strict=True):
                g0, e0, i0, s0 = g0 + h * w * dg, e0 + h * w * de, i0 + h * w * di, s0 + h * w * ds
            # The linear compartments are eliminated; one equation for e is left.
            g = g0 / (1 + q * kg)
            back_i, back_s = kie / (1 + q * kie), kse / (1 + q * kse)
            known = e0 + q * (inflow + kg * g + back_i * i0 + back_s * s0)
            stiff = 1 + q * (k_other + kei * (1 - q * back_i) + kes * (1 - q * back_s))
            for _ in range(12):
                u, du = lose(e)
                step = (stiff * e + q * u - known) / (stiff + q * du)
                e -= step
                if abs(step) < 1e-10:
                    break
            u = lose(e)[0]
            i = (i0 + q * kei * e) / (1 + q * kie)
            s = (s0 + q * kes * e) / (1 + q * kse)
            de = inflow + kg * g - u - k_other * e - kei * e + kie * i - kes * e + kse * s
            slopes.append((-kg * g, de, kei * e - kie * i, kes * e - kse * s, u, k_other * e))
        b1, b2 = _STAGES[2]
        gut, outside, cells, bone, lost, other = (
            y + h * (b1 * k1 + b2 * k2 + _GAMMA * k3)
            for y, k1, k2, k3 in zip(rows[-1], *slopes, strict=True)
        )
        rows.append((gut, outside, cells, bone, lost, other))
    return np.array(rows)


def _loss(person: Person, body: Body, extra: list[float]) -> Callable[[float], tuple[float, float]]:
    """Urine (mmol/d) from magnesium outside cells, and its slope; plain floats are fastest."""
    volume, spread, least = body.volume_L, body.spread_mM, body.least_excreted
    threshold = body.threshold_mM + person.threshold_shift_mM
    filtered = person.kidney_function * body.filtered_L_per_d
    exp, log1p, last = math.exp, math.log1p, len(extra) - 2
    first, gap = float(LEVELS_mM[0]), float(LEVELS_mM[1] - LEVELS_mM[0])

    def lose(outside_mmol: float) -> tuple[float, float]:
        plasma = outside_mmol / volume
        over = (plasma - threshold) / spread
        if over > 0:
            tail = exp(-over)
            soft, rise = over + log1p(tail), 1 / (1 + tail)
        else:
            tail = exp(over)
            soft, rise = log1p(tail), tail / (1 + tail)
        place = min(max((plasma - first) / gap, 0.0), last + 0.999)
        k = int(place)
        tilt = extra[k + 1] - extra[k]
        more = extra[k] + (place - k) * tilt
        slope = filtered * (least + rise) + tilt / gap
        return filtered * (least * plasma + spread * soft) + more, slope / volume

    return lose
