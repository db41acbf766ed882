"""From twitch to tetanus: how spikes that come faster add up to a smooth, stronger pull.

A teaching model of this course in three stages. Each spike switches on a share of what is still
off in the fibre; the switch fades. Heads attach with the third power of what is switched on, and
let go at a fixed rate. A tendon in series smooths the force:

    a -> a + share (1 - a) at each spike,   da/dt = -a / fading
    dx/dt = attach a^3 (1 - x) - detach x,   dy/dt = (x - y) / tendon

Its constants are tuned to four measured numbers: contraction and half-relaxation time of the human
calf (Sale et al. 1982, doi:10.1152/jappl.1982.52.6.1636), twitch over tetanus and the rate of half
force of human thumb units (Thomas et al. 1999, J Neurophysiol 82:3188; 1991,
doi:10.1152/jn.1991.65.6.1509). Another contraction time stretches all times alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
STEP_ms, PHASES = 1.0, 120
TETANIC_Hz = 100.0  # rate whose force counts as 1
_TUNED = (
    "tuned with the others to a twitch of 112 and 100 ms (Sale 1982, calf), 0.137 of the tetanus "
    "(derived from Thomas 1999, thumb) and half force at 12 per second (Thomas 1991, thumb)"
)


@dataclass(frozen=True)
class HumanCalf:
    """Teaching model of twitch and tetanus in the human calf."""

    share: float = parameter(
        0.53, "1", "of what is off, switched on by one spike", status="fitted",
        source="thomas1999", note=_TUNED,
    )  # fmt: skip
    fading_ms: float = parameter(
        160.0, "ms", "time constant of the switch", status="fitted", source="sale1982", note=_TUNED
    )
    attach_per_ms: float = parameter(
        0.045, "1/ms", "attaching of heads, all switched on", status="fitted",
        source="thomas1991", note=_TUNED,
    )  # fmt: skip
    detach_per_ms: float = parameter(
        0.019, "1/ms", "letting go of heads", status="fitted", source="sale1982", note=_TUNED
    )
    steepness: float = parameter(3.0, "1", "power of what is switched on", status="assumed")
    tendon_ms: float = parameter(
        51.0, "ms", "time constant of the tendon", status="fitted", source="sale1982", note=_TUNED
    )

    @cached_property
    def contraction_time_ms(self) -> float:
        """Time from the spike to the peak of a twitch."""
        time, force = _course(self, 0.0, 0.5, np.zeros(1), 600.0)
        return float(time[force.argmax()])

    @cached_property
    def tetanic(self) -> float:
        """Share of heads attached at ``TETANIC_Hz``, by which force is divided."""
        return float(_cycle(self, np.array([TETANIC_Hz]))[0].mean())


@dataclass(frozen=True)
class Measured:
    """What was measured in people, to hold against the model."""

    contraction_time_ms: float = parameter(
        112.4, "ms", "calf: from stimulus to peak", status="published", source="sale1982",
        species="human", note="plus or minus 11.1; read in the abstract",
    )  # fmt: skip
    half_relaxation_ms: float = parameter(
        99.6, "ms", "calf: from the peak to half of it", status="published", source="sale1982",
        species="human", note="plus or minus 14.4; read in the abstract",
    )  # fmt: skip
    fusion_Hz: float = parameter(
        60.0, "1/s", "calf: rate of a fused tetanus", status="published", source="sale1982",
        species="human", note="read in the abstract",
    )  # fmt: skip
    half_force_Hz: float = parameter(
        12.0, "1/s", "thumb units: rate of half the highest force", status="published",
        source="thomas1991", species="human", note="plus or minus 4; read in the abstract",
    )  # fmt: skip
    twitch_to_tetanus: float = parameter(
        0.137, "1", "thumb units: twitch over highest force", status="derived",
        source="thomas1999", species="human", note="48 % of it for a pair, 3.5 times the twitch",
    )  # fmt: skip
    cramp_Hz: float = parameter(
        14.5, "1/s", "motor units during a cramp of a foot muscle", status="published",
        source="minetto2009", species="human", note="plus or minus 5.1; read in the abstract",
    )  # fmt: skip


CALF = HumanCalf()
MEASURED = Measured()
PARAMETERS = CALF


@dataclass(frozen=True)
class Train:
    """A train of spikes and its force, as a fraction of the tetanic one.

    ``time_ms`` and ``force`` have shape (points,), ``spikes_ms`` (spikes,). ``mean`` and ``ripple``
    belong to an endless train: mean force, and (highest - lowest) / highest.
    """

    rate_Hz: float
    duration_ms: float
    contraction_time_ms: float
    spikes_ms: Array
    time_ms: Array
    force: Array
    mean: float
    ripple: float

    @property
    def peak(self) -> float:
        """Highest force reached."""
        return float(self.force.max())


def train(
    rate_Hz: float,
    *,
    duration_ms: float = 1000.0,
    contraction_time_ms: float | None = None,
    end_ms: float = 2000.0,
    muscle: HumanCalf = CALF,
) -> Train:
    """Follow the force of a train of spikes from its start.

    Parameters
    ----------
    rate_Hz
        Spikes per second, 0.5 to 150.
    duration_ms
        How long spikes keep coming, 0 to 5000; the first always comes.
    contraction_time_ms
        From spike to peak of one twitch, 40 to 250; the muscle's own if not given.
    end_ms
        How long the force is followed, 100 to 5000.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    rate = one_within("rate_Hz", rate_Hz, 0.5, 150, "1/s")
    duration = one_within("duration_ms", duration_ms, 0, 5000, "ms")
    end = one_within("end_ms", end_ms, 100, 5000, "ms")
    own = muscle.contraction_time_ms
    slow = own if contraction_time_ms is None else contraction_time_ms
    slower = one_within("contraction_time_ms", slow, 40, 250, "ms") / own
    spikes = np.arange(0, duration + 1e-6, 1000 / rate)
    time, heads = _course(muscle, rate * slower, STEP_ms / slower, spikes / slower, end / slower)
    cycle = _cycle(muscle, np.array([rate * slower]))[0]
    return Train(
        rate, duration, slow, spikes, time * slower, heads / muscle.tetanic,
        float(cycle.mean() / muscle.tetanic), float(1 - cycle.min() / cycle.max()),
    )  # fmt: skip


def steady_force(
    rate_Hz: ArrayLike, contraction_time_ms: float | None = None, muscle: HumanCalf = CALF
) -> Array:
    """Mean force of endless trains, as a fraction of the tetanic one.

    Parameters
    ----------
    rate_Hz
        Spikes per second, 0.5 to 150, shape (rates,).
    contraction_time_ms
        Of one twitch, 40 to 250; the muscle's own if not given.
    """
    rates = np.atleast_1d(within("rate_Hz", rate_Hz, 0.5, 150, "1/s"))
    own = muscle.contraction_time_ms
    slow = one_within("contraction_time_ms", contraction_time_ms or own, 40, 250, "ms")
    return np.asarray(_cycle(muscle, rates * slow / own).mean(axis=1) / muscle.tetanic)


def _course(
    p: HumanCalf, rate_Hz: float, step_ms: float, spikes_ms: Array, end_ms: float
) -> tuple[Array, Array]:
    """Attached heads, after the tendon, for spikes at a fixed rate that begin at 0."""
    time = np.arange(0, end_ms + step_ms / 2, step_ms)
    count = np.searchsorted(spikes_ms, time + 1e-9, side="right") - 1
    fade = np.exp(-1000 / rate_Hz / p.fading_ms) if rate_Hz else 0.0
    keep = (1 - p.share) * fade
    top = p.share / (1 - keep)  # just after a spike, in an endless train
    on = (top - (top - p.share) * keep**count) * np.exp((spikes_ms[count] - time) / p.fading_ms)
    attach: Array = np.asarray(p.attach_per_ms * on**p.steepness, dtype=np.float64)
    heads = _relax(attach, attach + p.detach_per_ms, step_ms)
    return time, _relax(heads / p.tendon_ms, np.full(time.size, 1 / p.tendon_ms), step_ms)


def _relax(drive: Array, rate: Array, step: float) -> Array:
    """Solve dx/dt = drive - rate x from x = 0; both are taken as constant over a step."""
    rates, drives = (rate[1:] + rate[:-1]) / 2, (drive[1:] + drive[:-1]) / 2
    fall = np.concatenate([[0.0], np.cumsum(rates) * step])
    gained = drives / rates * -np.expm1(-rates * step)
    return np.asarray(np.exp(-fall) * np.concatenate([[0.0], np.cumsum(gained * np.exp(fall[1:]))]))


def _cycle(p: HumanCalf, rates_Hz: Array) -> Array:
    """Attached heads, after the tendon, over one interval of endless trains; (rates, phases)."""
    gap = 1000 / rates_Hz[:, None]
    step = gap / PHASES
    time = step * np.arange(PHASES + 1)
    top = p.share / (1 - (1 - p.share) * np.exp(-gap / p.fading_ms))
    attach = p.attach_per_ms * (top * np.exp(-time / p.fading_ms)) ** p.steepness
    heads = _repeat(attach, attach + p.detach_per_ms, step)
    return _repeat(heads / p.tendon_ms, np.full(time.shape, 1 / p.tendon_ms), step)[:, :-1]


def _repeat(drive: Array, rate: Array, step: Array) -> Array:
    """Solve the same equation over one interval that ends as it began."""
    rates, drives = (rate[:, 1:] + rate[:, :-1]) / 2, (drive[:, 1:] + drive[:, :-1]) / 2
    start = np.zeros((len(rate), 1))
    fall = np.concatenate([start, np.cumsum(rates * step, axis=1)], axis=1)
    gained = drives / rates * -np.expm1(-rates * step)
    # Taken back from the end, so that no exponent grows: what is gained at t fades until the end.
    left = np.exp(fall - fall[:, -1:])
    from_zero = np.concatenate([start, np.cumsum(gained * left[:, 1:], axis=1)], axis=1) / left
    first = from_zero[:, -1:] / -np.expm1(-fall[:, -1:])
    return np.asarray(from_zero + first * np.exp(-fall))
