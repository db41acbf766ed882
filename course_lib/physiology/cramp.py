"""When a burst of spikes goes on by itself: a cramp as a motoneuron pool with positive feedback.

A teaching model of this course, two equations. The input u, in "Hz-equivalents", is the baseline
drive b, the stimulation, the pool's own feedback and the brake of the tendon organs:

    u = b + w f [stimulus on] - g [stretch] + G h p
    tau_p dp/dt = 1 / (1 + exp(-(u - theta) / s)) - p          p: self-sustained share of the pool
    tau_h dh/dt = 1 - a p - h                                  h: what is left of the feedback

With h = 1 the state p is bistable for G > 4 s, and both folds are known in closed form, so that the
cramp threshold frequency is I_on - b. It is tuned to what was measured in people: cramps at 14.9 Hz
in the cramp-prone and 25.5 Hz in others (Miller & Knight 2009, doi:10.1002/mus.21170), 23.6 s of
14.5 spikes per second (Minetto et al. 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt, tanh

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology.checks import one_within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
STEP_s = 0.02
SETTLED = 1e-9
CRAMPING = 0.5  # share of the pool above which it counts as a cramp


@dataclass(frozen=True)
class CrampPool:
    """Teaching model of a cramping motoneuron pool."""

    feedback: float = parameter(
        40.0, "1", "G: how strongly the pool drives itself", status="assumed"
    )
    steepness: float = parameter(2.0, "1", "s: width of the switch", status="assumed")
    threshold: float = parameter(35.0, "1", "theta: input at half of the switch", status="assumed")
    weight: float = parameter(
        1.0, "1", "w: input by one stimulus per second", status="assumed",
        note="makes the input's unit a stimulus per second",
    )  # fmt: skip
    on_s: float = parameter(0.3, "s", "tau_p: how fast the pool switches", status="assumed")
    tiring: float = parameter(
        0.6, "1", "a: share of the feedback that a cramp uses up", status="fitted",
        source="minetto2009", note="with tau_h tuned to cramps of some 24 s",
    )  # fmt: skip
    tiring_s: float = parameter(
        45.0, "s", "tau_h: how fast it tires and recovers", status="fitted", source="minetto2009",
        note="with a tuned to cramps of some 24 s",
    )  # fmt: skip
    slowest_Hz: float = parameter(
        6.0, "1/s", "rate at which a unit begins", status="published", source="minetto2009",
        note="minimum 6.0, plus or minus 0.8; read in the abstract",
    )  # fmt: skip
    fastest_Hz: float = parameter(
        25.0, "1/s", "rate above which no unit goes", status="published", source="minetto2009",
        note="maximum 25.0, plus or minus 8.0; read in the abstract",
    )  # fmt: skip
    gain_Hz: float = parameter(0.45, "1/s", "rise of the rate with the input", status="assumed")

    def __post_init__(self) -> None:
        one_within("feedback", self.feedback, 0, 200)
        one_within("steepness", self.steepness, 0.1, 50)

    @property
    def bistable(self) -> bool:
        """Whether a cramp can outlast what set it off."""
        return self.feedback > 4 * self.steepness


POOL = CrampPool()
PARAMETERS = POOL


@dataclass(frozen=True)
class Stretch:
    """A stretch that drives the tendon organs; ``size`` in the unit of the input."""

    start_s: float
    duration_s: float
    size: float = 15.0


@dataclass(frozen=True)
class Episode:
    """What a pool did; arrays of shape (points,)."""

    pool: CrampPool
    baseline: float
    rate_Hz: float
    stimulus_s: float
    time_s: Array
    input: Array
    share: Array
    left: Array
    firing_Hz: Array

    @property
    def cramp_s(self) -> float:
        """How long the pool went on by itself after the stimulus, 0 if it did not."""
        after = self.time_s >= self.stimulus_s
        step = float(self.time_s[1] - self.time_s[0])
        going = (self.share >= CRAMPING) & after
        return float(step * np.count_nonzero(going))

    @property
    def cramp_Hz(self) -> float:
        """Mean firing rate while it cramped after the stimulus, 0 if it did not."""
        going = (self.share >= CRAMPING) & (self.time_s >= self.stimulus_s)
        return float(self.firing_Hz[going].mean()) if going.any() else 0.0


def folds(pool: CrampPool = POOL) -> tuple[float, float]:
    """Give the inputs at which the quiet state and the cramping state end, feedback fresh.

    Raises
    ------
    ValueError
        If the pool is not bistable, feedback at most four times the steepness.
    """
    if not pool.bistable:
        raise ValueError(
            f"feedback is {pool.feedback:g}: a cramp that lasts needs more than 4 x steepness, "
            f"{4 * pool.steepness:g}"
        )
    root = sqrt(1 - 4 * pool.steepness / pool.feedback)

    def fold(p: float) -> float:
        return pool.threshold + pool.steepness * log(p / (1 - p)) - pool.feedback * p

    return fold((1 - root) / 2), fold((1 + root) / 2)


def threshold_Hz(baseline: float, pool: CrampPool = POOL) -> float:
    """Cramp threshold frequency at a baseline drive; 0 if the pool cramps without a stimulus."""
    one_within("baseline", baseline, -50, 50)
    return max(0.0, folds(pool)[0] - baseline) / pool.weight


def stimulate(
    rate_Hz: float,
    baseline: float,
    *,
    stimulus_s: float = 5.0,
    end_s: float = 60.0,
    stretches: Sequence[Stretch] = (),
    pool: CrampPool = POOL,
    step_s: float = STEP_s,
) -> Episode:
    """Stimulate the nerve for a while and follow the pool, from its quiet state.

    Parameters
    ----------
    rate_Hz
        Stimuli per second, 0 to 100.
    baseline
        Drive before the stimulus, -50 to 50.
    stimulus_s, end_s
        How long to stimulate and to follow, 0 to 600 s.
    stretches
        When the tendon organs brake, and how strongly.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    rate = one_within("rate_Hz", rate_Hz, 0, 100, "1/s")
    base = one_within("baseline", baseline, -50, 50)
    one_within("stimulus_s", stimulus_s, 0, 600, "s")
    end = one_within("end_s", end_s, 1, 600, "s")
    count = round(end / step_s)
    time = np.asarray(step_s * np.arange(count + 1), dtype=np.float64)
    outside = np.where(time < stimulus_s, base + pool.weight * rate, base)
    for s in stretches:
        outside = outside - np.where(
            (time >= s.start_s) & (time < s.start_s + s.duration_s), s.size, 0.0
        )
    steady = _quiet(base, pool)
    p, h = steady, 1 - pool.tiring * steady
    feedback, theta, per_s = pool.feedback, pool.threshold, 1 / pool.steepness
    keep_p, keep_h = exp(-step_s / pool.on_s), exp(-step_s / pool.tiring_s)
    shares, lefts = [p], [h]
    for drive in outside[:-1].tolist():
        # A step with the aim at its start, then again with the mean of the aims at both ends.
        first = _switch((drive + feedback * h * p - theta) * per_s)
        guess = first + (p - first) * keep_p
        later = 1 - pool.tiring * p + (h - 1 + pool.tiring * p) * keep_h
        second = _switch((drive + feedback * later * guess - theta) * per_s)
        aim = (first + second) / 2
        p, goal = aim + (p - aim) * keep_p, 1 - pool.tiring * (p + guess) / 2
        h = goal + (h - goal) * keep_h
        shares.append(p)
        lefts.append(h)
    share, left = np.array(shares), np.array(lefts)
    whole = outside + feedback * left * share
    edge = theta - 2 * pool.steepness
    firing = np.where(
        whole > edge,
        np.clip(pool.slowest_Hz + pool.gain_Hz * (whole - edge), pool.slowest_Hz, pool.fastest_Hz),
        0.0,
    )
    whole = np.asarray(whole, dtype=np.float64)
    return Episode(pool, base, rate, stimulus_s, time, whole, share, left, firing)


def _switch(x: float) -> float:
    """Give 1 / (1 + exp(-x)) as a tanh, which does not overflow."""
    return 0.5 + 0.5 * tanh(x / 2)


def _quiet(baseline: float, pool: CrampPool) -> float:
    """Share of the pool in its quiet state: the lowest that holds itself."""
    p, before = 0.0, 1.0
    while abs(p - before) > SETTLED:
        before = p
        u = baseline + pool.feedback * (1 - pool.tiring * p) * p
        p += 0.5 * (_switch((u - pool.threshold) / pool.steepness) - p)
    return p
