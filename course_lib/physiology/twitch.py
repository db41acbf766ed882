"""One twitch, and what a train of them adds up to.

The twitch is critically damped, f(t) = P (t/T) exp(1 - t/T), with T the contraction time. Twitches
are added as they are; real fibres gain less where they are already fused (see ``motor_pool``).
Human calf: Sale et al. 1982 (doi:10.1152/jappl.1982.52.6.1636).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
HALF_RELAXATION = 1.6783469900166605  # x - 1 where x exp(1 - x) = 1/2


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


@dataclass(frozen=True)
class Train:
    """Force of a train of spikes in twitches; arrays of shape (points,)."""

    muscle: HumanCalf
    rate_Hz: float
    time_ms: Array
    force: Array
    mean: float
    ripple: float


def twitch(time_ms: ArrayLike, muscle: HumanCalf = CALF) -> Array:
    """Force of one twitch, 1 at its peak, 0 before it starts."""
    u = within("time_ms", time_ms, -1e9, 1e9, "ms") / muscle.contraction_time_ms
    return np.where(u > 0, u * np.exp(1 - np.maximum(u, 0)), 0.0)


def steady(phase: ArrayLike, rate_Hz: float, muscle: HumanCalf = CALF) -> Array:
    """Force at a phase (0 to 1) between two spikes of an endless train, summed in closed form."""
    part = within("phase", phase, 0, 1)
    gap = 1000 / one_within("rate_Hz", rate_Hz, 0.1, 200, "1/s") / muscle.contraction_time_ms
    q = np.exp(-gap)
    return np.asarray(np.exp(1 - part * gap) * gap * (part / (1 - q) + q / (1 - q) ** 2))


def train(rate_Hz: float, muscle: HumanCalf = CALF, *, end_ms: float = 1000.0) -> Train:
    """Follow the force from the first spike on.

    Parameters
    ----------
    rate_Hz
        Spikes per second, 0.1 to 200.

    Raises
    ------
    ValueError
        For a rate outside that range, or an end outside 1 to 10000 ms.
    """
    end = one_within("end_ms", end_ms, 1, 10_000, "ms")
    wave = steady(np.linspace(0, 1, 400), rate_Hz, muscle)
    mean = float(np.e * muscle.contraction_time_ms * rate_Hz / 1000)
    time = np.linspace(0, end, 500)
    spikes = np.arange(0, end, 1000 / rate_Hz)
    force = twitch(time[:, None] - spikes, muscle).sum(axis=1)
    ripple = float((wave.max() - wave.min()) / wave.max())
    return Train(muscle, rate_Hz, time, force, mean, ripple)
