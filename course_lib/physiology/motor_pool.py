"""A pool of motor units: who is recruited, how fast each fires, how much force results.

Fuglevand, Winter & Patla 1993, J Neurophysiol 70:2470 (doi:10.1152/jn.1993.70.6.2470), in steady
state. Unit i of n (i = 1 ... n) is recruited at the drive exp(ln(RR) i / n); its twitch has the
size exp(ln(RP) i / n) and the contraction time TL / size^(1/c), c = ln RP / ln RT. With x the
contraction time over the interval between spikes, the fused share of its force is
1 - exp(-2 x^3); below x = 0.4 twitches just add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
LINEAR_BELOW = 0.4
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

    def __post_init__(self) -> None:
        one_within("units", self.units, 2, 1000)
        for name in ("threshold_range", "force_range", "time_range"):
            one_within(name, getattr(self, name), 1.01, 1000)

    @property
    def thresholds(self) -> Array:
        """Drive at which each unit is recruited, shape (units,)."""
        return self._ladder(self.threshold_range)

    @property
    def twitches(self) -> Array:
        """Size of each unit's twitch, shape (units,)."""
        return self._ladder(self.force_range)

    @property
    def contraction_times_ms(self) -> Array:
        """Contraction time of each unit, shape (units,)."""
        return np.asarray(self.longest_ms / self._ladder(self.time_range))

    @property
    def highest_rates_Hz(self) -> Array:
        """Rate above which each unit does not go, shape (units,)."""
        fall = self.highest_falls_Hz * self.thresholds / self.thresholds[-1]
        return np.asarray(self.highest_Hz - fall)

    @property
    def full_drive(self) -> float:
        """Drive at which the last unit reaches its highest rate."""
        top = self.highest_rates_Hz[-1] - self.lowest_Hz
        return float(self.thresholds[-1] + top / self.gain_Hz)

    def _ladder(self, span: float) -> Array:
        n = int(self.units)
        return np.asarray(np.exp(np.log(span) * np.arange(1, n + 1) / n))


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


def fusion(relative_rate: ArrayLike) -> Array:
    """Mean force over tetanic force at contraction time / interval between spikes."""
    x = within("relative_rate", relative_rate, 0, 1e3)
    edge = -np.expm1(-2 * LINEAR_BELOW**3)
    return np.where(x < LINEAR_BELOW, edge * x / LINEAR_BELOW, -np.expm1(-2 * x**3))


def rates_Hz(drive: float, pool: Pool = POOL) -> Array:
    """Give the firing rate of each unit at a drive, as a fraction 0 to 1 of the full one."""
    excess = one_within("drive", drive, 0, 1) * pool.full_drive - pool.thresholds
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
    rate, full = rates_Hz(drive, pool), rates_Hz(1.0, pool)
    time_s = pool.contraction_times_ms / 1000
    fused = fusion(rate * time_s)
    forces = pool.twitches * fused
    whole = float((pool.twitches * fusion(full * time_s)).sum())
    return Effort(pool, drive, rate, fused, forces / whole, float(forces.sum() / whole))
