"""One twitch, and what equal twitches add up to.

The twitch is critically damped, f(t) = P (t/T) exp(1 - t/T), with T the contraction time. Slow
twitches just add up; as they fuse, each adds less, by the gain of Fuglevand, Winter & Patla 1993
(J Neurophysiol 70:2470, doi:10.1152/jn.1993.70.6.2470): with x the contraction time over the
interval between spikes, the mean force is 1 - exp(-2 x^3) of the tetanic one, and below x = 0.4
it is proportional to x. Human calf: Sale et al. 1982 (doi:10.1152/jappl.1982.52.6.1636).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
HALF_RELAXATION = 1.6783469900166605  # x - 1 where x exp(1 - x) = 1/2
LINEAR_BELOW = 0.4  # contraction time over interval, up to which twitches just add up
SLOPE = float(-np.expm1(-2 * LINEAR_BELOW**3)) / LINEAR_BELOW  # of fusion against x, up to there
TWITCH_TO_TETANUS = SLOPE / np.e  # since the area of a twitch is e P T


@dataclass(frozen=True)
class HumanCalf:
    """Twitch of the human calf."""

    contraction_time_ms: float = parameter(
        112.4, "ms", "time from the start to the peak of a twitch", status="published",
        source="sale1982", species="human", note="plus or minus 11.1; read in the abstract",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("contraction_time_ms", self.contraction_time_ms, 5, 500, "ms")


CALF = HumanCalf()
PARAMETERS = CALF


def twitch(time_ms: ArrayLike, muscle: HumanCalf = CALF) -> Array:
    """Force of one twitch, 1 at its peak, 0 before it starts."""
    u = within("time_ms", time_ms, -1e9, 1e9, "ms") / muscle.contraction_time_ms
    late = np.maximum(u, 0)
    return np.asarray(late * np.exp(1 - late))


def fusion(relative_rate: ArrayLike) -> Array:
    """Mean force over tetanic force at contraction time / interval between spikes."""
    x = within("relative_rate", relative_rate, 0, 1e3)
    return np.where(x < LINEAR_BELOW, SLOPE * x, -np.expm1(-2 * x**3))


def gain(relative_rate: ArrayLike) -> Array:
    """Give what a twitch adds at contraction time / interval, relative to a lone one."""
    x = np.maximum(within("relative_rate", relative_rate, 0, 1e3), LINEAR_BELOW)
    return np.asarray(fusion(x) / (SLOPE * x))


def steady(phase: ArrayLike, rate_Hz: float, muscle: HumanCalf = CALF) -> Array:
    """Sum of equal twitches at a phase (0 to 1) between two spikes of an endless train."""
    part = within("phase", phase, 0, 1)
    gap = 1000 / one_within("rate_Hz", rate_Hz, 0.1, 200, "1/s") / muscle.contraction_time_ms
    q = np.exp(-gap)
    return np.asarray(np.exp(1 - part * gap) * gap * (part / (1 - q) + q / (1 - q) ** 2))
