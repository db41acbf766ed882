"""When sleep comes: the two-process model of Borbely 1982 and Daan, Beersma & Borbely 1984.

A pressure H rises while one is awake and falls during sleep, both exponentially; a clock moves two
thresholds up and down once a day:

    awake:  H -> 1 with the time constant chi_w        asleep:  H -> 0 with chi_s
    sleep begins when H >= upper + a sin(2 pi t / 24 h), and one is in bed
    sleep ends when H <= lower + a sin(2 pi t / 24 h)

Between the crossings H is known in closed form; days are repeated until one is like the next.
Times are hours; the phase t is 0 where the sine rises through zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, pi, sin

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology.checks import one_within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
DAY_h, STEP_h, DAYS = 24.0, 0.25, 60
PER_h = 2 * pi / DAY_h
FINE_h = 1e-9
SAME_h = 1e-7  # two days that differ by less are the same day
_READ = "read in a figure of a later paper; the originals were not read"


@dataclass(frozen=True)
class Sleeper:
    """Two-process model of sleep."""

    rise_h: float = parameter(
        18.2, "h", "time constant of the pressure's rise, awake", status="textbook",
        source="daan1984", species="human", note=_READ,
    )  # fmt: skip
    fall_h: float = parameter(
        4.2, "h", "time constant of its fall, asleep", status="textbook", source="daan1984",
        species="human", note=_READ,
    )  # fmt: skip
    upper: float = parameter(
        0.67, "1", "threshold at which sleep begins", status="textbook", source="daan1984",
        species="human", note=_READ,
    )  # fmt: skip
    lower: float = parameter(
        0.17, "1", "threshold at which it ends", status="textbook", source="daan1984",
        species="human", note=_READ,
    )  # fmt: skip
    swing: float = parameter(
        0.12, "1", "by how much the clock moves both", status="textbook", source="daan1984",
        species="human", note=_READ,
    )  # fmt: skip
    clock_h: float = parameter(
        9.54, "h", "time of day at phase 0", status="assumed",
        note="chosen so that sleep begins at 23:00 if nothing keeps one up",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("rise_h", self.rise_h, 5, 60, "h")
        one_within("fall_h", self.fall_h, 1, 20, "h")
        one_within("swing", self.swing, 0, 0.16)
        one_within("upper", self.upper, 0.5, 0.8)
        one_within("lower", self.lower, 0.16, 0.3)


SLEEPER = Sleeper()
PARAMETERS = SLEEPER


@dataclass(frozen=True)
class Night:
    """One day of an endless row of equal days; phases in hours, in the order they come."""

    sleeper: Sleeper
    bed_h: float | None
    onset_h: float
    wake_h: float
    at_onset: float
    at_wake: float

    @property
    def sleep_h(self) -> float:
        """Length of the sleep."""
        return self.wake_h - self.onset_h

    @property
    def latency_h(self) -> float:
        """Time from going to bed to sleep; 0 if one is kept up until one falls asleep."""
        return 0.0 if self.bed_h is None else max(0.0, self.onset_h - self.bed_h)

    def pressure(self, phase_h: Array) -> Array:
        """Pressure at phases, of shape (points,); the days repeat."""
        since = (phase_h - self.onset_h) % DAY_h
        asleep = self.at_onset * np.exp(-since / self.sleeper.fall_h)
        awake = 1 - (1 - self.at_wake) * np.exp(-(since - self.sleep_h) / self.sleeper.rise_h)
        return np.where(since <= self.sleep_h, asleep, awake)

    def clock(self, phase_h: float) -> float:
        """Give the time of day of a phase."""
        return (phase_h + self.sleeper.clock_h) % DAY_h


def night(
    sleeper: Sleeper = SLEEPER, *, bed_h: float | None = None, like: Night | None = None
) -> Night:
    """Find the day that repeats.

    Parameters
    ----------
    bed_h
        Time of day of going to bed, 18 to 30 (24 is midnight); not given, one is always in bed.
    like
        A night to begin the search with; one that is similar makes it shorter.

    Raises
    ------
    ValueError
        For a time outside this range, or if no day repeats (sleep more or less often than daily).
    """
    if bed_h is not None:
        bed_h = one_within("bed_h", bed_h, 18, 30, "h") - sleeper.clock_h
    wake, level = (21.0 - DAY_h, 0.1) if like is None else (like.wake_h - DAY_h, like.at_wake)
    for _ in range(DAYS):
        onset = _onset(sleeper, wake, level, bed_h)
        high = 1 - (1 - level) * exp(-(onset - wake) / sleeper.rise_h)
        woken = _wake(sleeper, onset, high)
        level = high * exp(-(woken - onset) / sleeper.fall_h)
        if abs(woken - DAY_h - wake) < SAME_h:
            return Night(sleeper, bed_h, onset, woken, high, level)
        wake = woken - DAY_h
    raise ValueError("no day repeats with this sleeper: sleep comes more or less than once a day")


def _onset(sleeper: Sleeper, wake: float, level: float, bed: float | None) -> float:
    """Find when the rising pressure meets the upper threshold."""

    def over(phase: float) -> float:
        pressure = 1 - (1 - level) * exp(-(phase - wake) / sleeper.rise_h)
        return pressure - sleeper.upper - sleeper.swing * sin(PER_h * phase)

    return _first(over, wake if bed is None else max(wake, bed))


def _wake(sleeper: Sleeper, onset: float, high: float) -> float:
    """Find when the falling pressure meets the lower threshold."""

    def under(phase: float) -> float:
        pressure = high * exp(-(phase - onset) / sleeper.fall_h)
        return sleeper.lower + sleeper.swing * sin(PER_h * phase) - pressure

    return _first(under, onset)


def _first(above: Callable[[float], float], start: float) -> float:
    """Find the first phase from ``start`` on at which a function is not below zero."""
    if above(start) >= 0:
        return start
    low = start
    while above(low + STEP_h) < 0:
        low += STEP_h
        if low > start + 2 * DAY_h:
            raise ValueError("no crossing in two days: this sleeper never sleeps or never wakes")
    high = low + STEP_h
    while high - low > FINE_h:
        middle = (low + high) / 2
        low, high = (low, middle) if above(middle) >= 0 else (middle, high)
    return high
