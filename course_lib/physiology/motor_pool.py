"""A pool of motor units: who is recruited, how fast each fires, how much force results.

Fuglevand, Winter & Patla 1993, J Neurophysiol 70:2470 (doi:10.1152/jn.1993.70.6.2470), in steady
state and as trains of spikes. Unit i of n (i = 1 ... n) is recruited at the drive
exp(ln(RR) i / n); its twitch has the size exp(ln(RP) i / n) and the contraction time
TL / size^(1/c), c = ln RP / ln RT. How far its twitches fuse is in ``twitch``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter
from course_lib.physiology.twitch import TWITCH_TO_TETANUS, fusion, gain

Array = NDArray[np.float64]
SECONDS, LEAD_s = 2.0, 0.5
STEP_s, SKIN_STEP_s = 0.004, 0.001
POINTS = round(SECONDS / STEP_s)
LENGTH = 1024  # points that the lead, the seconds and the last twitches need, and a power of two
_CODE = "read in public code of the model; the paper itself was not read"


@dataclass(frozen=True)
class Pool:
    """Motor-unit pool of Fuglevand, Winter and Patla."""

    units: int = parameter(
        120, "1", "motor units", status="textbook", source="fuglevand1993", note=_CODE
    )
    threshold_range: float = parameter(
        30.0, "1", "highest over lowest recruitment threshold", status="textbook",
        source="fuglevand1993", note=_CODE,
    )  # fmt: skip
    force_range: float = parameter(
        100.0, "1", "largest over smallest twitch", status="textbook", source="fuglevand1993",
        note=_CODE,
    )  # fmt: skip
    time_range: float = parameter(
        3.0, "1", "longest over shortest contraction time", status="textbook",
        source="fuglevand1993", note=_CODE,
    )  # fmt: skip
    longest_ms: float = parameter(
        90.0, "ms", "longest contraction time", status="textbook", source="fuglevand1993",
        note=_CODE,
    )  # fmt: skip
    lowest_Hz: float = parameter(
        8.0, "1/s", "rate at recruitment", status="textbook", source="fuglevand1993", note=_CODE
    )
    highest_Hz: float = parameter(
        35.0, "1/s", "highest rate of the first unit", status="textbook",
        source="fuglevand1993", note=_CODE,
    )  # fmt: skip
    highest_falls_Hz: float = parameter(
        10.0, "1/s", "by how much the highest rate of the last unit is lower", status="textbook",
        source="fuglevand1993", note=_CODE,
    )  # fmt: skip
    gain_Hz: float = parameter(
        1.0, "1/s", "rise of the rate per unit of drive", status="textbook",
        source="fuglevand1993", note=_CODE,
    )  # fmt: skip
    interval_variation: float = parameter(
        0.2, "1", "standard deviation over mean of the intervals between spikes",
        status="textbook", source="fuglevand1993", note="the paper was not read",
    )  # fmt: skip
    shortest_interval_ms: float = parameter(
        10.0, "ms", "below which no interval falls", status="assumed"
    )
    potential_ms: float = parameter(
        8.0, "ms", "length of one unit's potential on the skin", status="assumed",
        note="two phases; its height grows with the square root of the twitch",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("units", self.units, 2, 1000)
        for name in ("threshold_range", "force_range", "time_range"):
            one_within(name, getattr(self, name), 1.01, 1000)

    @cached_property
    def thresholds(self) -> Array:
        """Drive at which each unit is recruited, shape (units,)."""
        return self._ladder(self.threshold_range)

    @cached_property
    def twitches(self) -> Array:
        """Size of each unit's twitch, shape (units,)."""
        return self._ladder(self.force_range)

    @cached_property
    def contraction_times_ms(self) -> Array:
        """Contraction time of each unit, shape (units,)."""
        return _shared(self.longest_ms / self._ladder(self.time_range))

    @cached_property
    def highest_rates_Hz(self) -> Array:
        """Rate above which each unit does not go, shape (units,)."""
        fall = self.highest_falls_Hz * self.thresholds / self.thresholds[-1]
        return _shared(self.highest_Hz - fall)

    @cached_property
    def full_drive(self) -> float:
        """Drive at which the last unit reaches its highest rate."""
        top = self.highest_rates_Hz[-1] - self.lowest_Hz
        return float(self.thresholds[-1] + top / self.gain_Hz)

    def _ladder(self, span: float) -> Array:
        n = int(self.units)
        return _shared(np.exp(np.log(span) * np.arange(1, n + 1) / n))


def _shared(values: Array) -> Array:
    """Lock an array that is worked out once for a pool and given to everyone who asks."""
    values.flags.writeable = False
    return values


POOL = Pool()
PARAMETERS = POOL


@dataclass(frozen=True)
class Effort:
    """The pool at one drive; arrays of shape (units,), force as a fraction of the maximum."""

    pool: Pool
    drive: float
    rates_Hz: Array
    fusion: Array
    forces: Array
    force: float

    @property
    def recruited(self) -> int:
        """Number of units that fire."""
        return int(np.count_nonzero(self.rates_Hz))


@dataclass(frozen=True)
class Trains:
    """Two seconds of the pool: spikes of shape (spikes,), force and skin signal of shape (points,).

    ``unit`` counts from 0, the smallest. Force is a fraction of the maximum, the skin signal one of
    the largest single potential.
    """

    effort: Effort
    spike_s: Array
    unit: NDArray[np.int64]
    time_s: Array
    force: Array
    skin: Array


def rates_Hz(drive: ArrayLike, pool: Pool = POOL) -> Array:
    """Give the firing rate of each unit at drives, fractions 0 to 1 of the full one.

    The shape is that of ``drive`` with ``(units,)`` behind it.
    """
    excess = within("drive", drive, 0, 1)[..., None] * pool.full_drive - pool.thresholds
    rate = np.minimum(pool.lowest_Hz + pool.gain_Hz * excess, pool.highest_rates_Hz)
    return np.where(excess >= 0, rate, 0.0)


def effort(drive: float, pool: Pool = POOL) -> Effort:
    """Rates and steady force at a drive.

    Parameters
    ----------
    drive
        Excitation of the pool as a fraction of the one at which every unit fires its fastest.

    Raises
    ------
    ValueError
        For a drive outside 0 to 1.
    """
    rate = rates_Hz(one_within("drive", drive, 0, 1), pool)
    fused = _fused(rate, pool)
    forces = pool.twitches * fused / _whole(pool)
    return Effort(pool, drive, rate, fused, forces, float(forces.sum()))


def curves(drives: ArrayLike, pool: Pool = POOL) -> tuple[Array, Array]:
    """Give force, and the share of the units that fire, at each of many drives.

    Parameters
    ----------
    drives
        Fractions 0 to 1 of full drive, of any shape; both results have it.

    Raises
    ------
    ValueError
        For a drive outside 0 to 1.
    """
    rate = rates_Hz(drives, pool)
    fused = _fused(rate, pool)
    force = (pool.twitches * fused).sum(axis=-1) / _whole(pool)
    return force, np.count_nonzero(rate, axis=-1) / int(pool.units)


def _fused(rate_Hz: Array, pool: Pool) -> Array:
    """Mean force of each unit over its tetanic one; the last axis is that of the units."""
    return fusion(rate_Hz * pool.contraction_times_ms / 1000)


@lru_cache(maxsize=32)
def _whole(pool: Pool) -> float:
    """Force at full drive, in tetanic forces of a unit with a twitch of 1."""
    return float((pool.twitches * _fused(rates_Hz(1.0, pool), pool)).sum())


def play(effort: Effort) -> Trains:
    """Let the units of an effort fire, each at its rate with irregular intervals.

    The irregularity is the same at each call, so that a spike moves smoothly with the drive. The
    pool has fired for half a second when the two seconds begin.
    """
    pool = effort.pool
    order = _intervals(pool)
    firing = np.flatnonzero(effort.rates_Hz)
    rate = effort.rates_Hz[firing, None]
    gaps = np.maximum(order[firing] / rate, pool.shortest_interval_ms / 1000)
    times = np.cumsum(gaps, axis=1) - LEAD_s
    relative = pool.contraction_times_ms[firing, None] / 1000 / gaps
    seen = times < SECONDS
    unit = np.broadcast_to(firing[:, None], times.shape)[seen]
    spike_s = times[seen]
    force = _force(pool, unit, spike_s, gain(relative[seen]))
    shown = spike_s >= 0
    time_s = STEP_s * np.arange(force.size, dtype=np.float64)
    skin = _skin(pool, unit, spike_s)
    return Trains(effort, np.asarray(spike_s[shown]), unit[shown], time_s, force, skin)


def _force(pool: Pool, unit: NDArray[np.int64], spike_s: Array, sizes: Array) -> Array:
    """Sum of all twitches, each unit's spikes folded with its own twitch."""
    place = (spike_s + LEAD_s) / STEP_s
    first = place.astype(np.int64)
    share = place - first
    at = unit * LENGTH + first
    spikes = np.bincount(at, sizes * (1 - share), minlength=int(pool.units) * LENGTH)
    spikes += np.bincount(at + 1, sizes * share, minlength=spikes.size)[: spikes.size]
    seen = np.fft.rfft(spikes.reshape(int(pool.units), LENGTH), axis=1)
    force = np.fft.irfft((seen * _kernels(pool)).sum(axis=0), LENGTH)
    lead = round(LEAD_s / STEP_s)
    return np.asarray(force[lead : lead + POINTS])


def _skin(pool: Pool, unit: NDArray[np.int64], spike_s: Array) -> Array:
    """Potentials of all spikes, added as an electrode on the skin would."""
    place = np.clip(np.rint((spike_s + LEAD_s) / SKIN_STEP_s), 0, None).astype(np.int64)
    heights = np.sqrt(pool.twitches / pool.twitches[-1])[unit]
    count = round((LEAD_s + SECONDS) / SKIN_STEP_s)
    train = np.bincount(place[place < count], heights[place < count], minlength=count)
    u = np.arange(-pool.potential_ms, pool.potential_ms + 0.5) / (pool.potential_ms / 4)
    shape = -u * np.exp(0.5 - u * u / 2)
    return np.asarray(np.convolve(train, shape, "same")[round(LEAD_s / SKIN_STEP_s) :])


@lru_cache(maxsize=16)
def _intervals(pool: Pool) -> Array:
    """Intervals between spikes relative to their mean, shape (units, spikes)."""
    count = int(np.ceil(1.3 * (LEAD_s + SECONDS) * pool.highest_Hz))
    dice = np.random.default_rng(1993)
    gaps = 1 + pool.interval_variation * dice.standard_normal((int(pool.units), count))
    gaps[:, 0] = dice.uniform(0.1, 1.0, int(pool.units))  # where in its cycle a unit stands
    return np.maximum(gaps, 0.05)


@lru_cache(maxsize=16)
def _kernels(pool: Pool) -> NDArray[np.complex128]:
    """Give the transformed twitches, in the maximum force, shape (units, frequencies)."""
    u = STEP_s * np.arange(LENGTH) * 1000 / pool.contraction_times_ms[:, None]
    twitches = pool.twitches[:, None] * u * np.exp(1 - u) * TWITCH_TO_TETANUS / _whole(pool)
    twitches[:, LENGTH // 3 :] = 0  # long over by then; nothing may wrap round
    return np.asarray(np.fft.rfft(twitches, axis=1))
