"""Wind-up: a cell of the dorsal horn that answers equal stimuli with more and more spikes.

A teaching model. A leaky integrate-and-fire cell gets twelve equal volleys of ten C-fibres. Each
fibre opens three kinds of channels, all with a reversal at 0 mV: fast (AMPA), slow with a
magnesium plug (NMDA, see :mod:`course_lib.physiology.nmda`), and very slow (peptides)::

    tau dV/dt = E - V - (g_AMPA s_A + g_NMDA s_N unblocked(V, Mg) + g_slow s_P) V

Each ``s`` is the mean over the fibres of a rise and a decay, scaled to a peak of 1. Only the very
slow kind still lasts when the next stimulus comes a second later: it lifts the voltage, that frees
NMDA channels, and the next volley finds a cell nearer to its threshold. Aguiar, Sousa and Lima
(2010) built wind-up from NMDA, calcium and cation channels instead; this is not their model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from course_lib.physiology.checks import Floats, one_within
from course_lib.physiology.nmda import RAT, Receptor
from course_lib.physiology.provenance import parameter

STIMULI, FIBRES = 12, 10
BEFORE_ms, AFTER_ms = 26.0, 54.0  # the window around a stimulus in which its volley arrives
FINE_ms, COARSE_ms = 1.0, 2.0  # steps in the window, and after it
WINDOW_STEPS = round((BEFORE_ms + AFTER_ms) / FINE_ms)
BLOCK_ms, SETTLED_ms = 150.0, 100.0  # how far to go at a time; what the voltage remembers
LATEST_SD = 3.0  # no fibre is earlier or later than this


@dataclass(frozen=True)
class DorsalHornCell:
    """Constants of the wind-up teaching model; conductances are relative to the leak."""

    rest_mV: float = parameter(-65.0, "mV", "voltage at rest", status="assumed")
    threshold_mV: float = parameter(-45.0, "mV", "threshold of a spike", status="assumed")
    reset_mV: float = parameter(-60.0, "mV", "voltage after a spike", status="assumed")
    refractory_ms: float = parameter(5.0, "ms", "rest after a spike", status="assumed")
    membrane_ms: float = parameter(20.0, "ms", "time constant of the membrane", status="assumed")
    ampa: float = parameter(0.6, "1", "peak of the AMPA conductance", status="assumed")
    ampa_rise_ms: float = parameter(0.2, "ms", "AMPA rise", status="assumed")
    ampa_decay_ms: float = parameter(2.0, "ms", "AMPA decay", status="assumed")
    nmda: float = parameter(2.0, "1", "peak of the NMDA conductance, unplugged", status="assumed")
    nmda_rise_ms: float = parameter(2.0, "ms", "NMDA rise", status="assumed")
    nmda_decay_ms: float = parameter(100.0, "ms", "NMDA decay", status="assumed")
    slow: float = parameter(0.12, "1", "peak of the slow, peptide conductance", status="assumed")
    slow_rise_ms: float = parameter(200.0, "ms", "slow rise", status="assumed")
    slow_decay_ms: float = parameter(3000.0, "ms", "slow decay", status="assumed")
    latency_sd_ms: float = parameter(
        8.0, "ms", "spread of the fibres' arrival (SD)", status="assumed"
    )


CELL = DorsalHornCell()
PARAMETERS = CELL


@dataclass(frozen=True)
class WindUp:
    """Answer to twelve stimuli.

    Attributes
    ----------
    spikes_ms
        For each stimulus the times of the spikes after it, in ms; a fibre may arrive early, so
        that a time can be a little below zero.
    lifted_mV
        Voltage, just before each volley, at which what earlier volleys left behind would hold the
        cell if it did not fire; above the threshold it fires on without a stimulus.
    """

    frequency_Hz: float
    magnesium_mM: float
    slow: float
    nmda: float
    spikes_ms: tuple[tuple[float, ...], ...]
    lifted_mV: tuple[float, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of spikes for each stimulus."""
        return tuple(len(times) for times in self.spikes_ms)

    @property
    def total(self) -> int:
        """Number of spikes for all stimuli."""
        return sum(self.counts)


def peak_ms(rise_ms: float, decay_ms: float) -> float:
    """Give when ``exp(-t/decay) - exp(-t/rise)`` peaks, in ms.

    Raises
    ------
    ValueError
        Unless the rise is above 0 and faster than the decay.
    """
    decay = one_within("decay_ms", decay_ms, 1e-3, 1e6, "ms")
    rise = one_within("rise_ms", rise_ms, 1e-3, 1e6, "ms")
    if rise >= decay:
        raise ValueError(f"rise_ms is {rise:g}: allowed is less than decay_ms, {decay:g} ms")
    return rise * decay / (decay - rise) * math.log(decay / rise)


def peak_scale(rise_ms: float, decay_ms: float) -> float:
    """Give the factor that scales ``exp(-t/decay) - exp(-t/rise)`` to a peak of 1.

    Raises what :func:`peak_ms` does.
    """
    at = peak_ms(rise_ms, decay_ms)
    return 1 / (math.exp(-at / decay_ms) - math.exp(-at / rise_ms))


def arrivals_ms(seed: int = 0, cell: DorsalHornCell = CELL) -> Floats:
    """Give when each fibre's spike arrives, in ms from the stimulus; shape (stimuli, fibres).

    ``seed`` starts the random generator, so that the same seed always gives the same fibres.
    """
    spread = np.random.default_rng(seed).normal(0, 1, (STIMULI, FIBRES))
    return cell.latency_sd_ms * np.clip(spread, -LATEST_SD, LATEST_SD)


@dataclass(frozen=True)
class _Volleys:
    """What each volley adds inside its window, as means over the steps, and leaves behind.

    ``ampa``, ``nmda`` and ``slow`` have the shape (stimuli, steps) and peak near 1; ``left`` has
    the shape (stimuli, 4): NMDA decay and rise, slow decay and rise at the end of the window.
    """

    ampa: Floats
    nmda: Floats
    slow: Floats
    left: Floats


@lru_cache(maxsize=8)
def _kinetics(cell: DorsalHornCell) -> tuple[Floats, Floats]:
    """Give time constants and signed sizes of the four exponentials that outlast a window."""
    taus = (cell.nmda_decay_ms, cell.nmda_rise_ms, cell.slow_decay_ms, cell.slow_rise_ms)
    n, p = peak_scale(taus[1], taus[0]), peak_scale(taus[3], taus[2])
    return np.array(taus), np.array([n, -n, p, -p])


@lru_cache(maxsize=8)
def _volleys(seed: int, cell: DorsalHornCell) -> _Volleys:
    edges = FINE_ms * np.arange(WINDOW_STEPS + 1) - BEFORE_ms
    starts = arrivals_ms(seed, cell)[:, :, None]
    since = np.maximum(edges - starts, 0.0)

    def mean(tau_ms: float, size: float) -> Floats:
        """Average the exponential, 0 before its start, over each step and over the fibres."""
        fallen = -np.diff(np.exp(-since / tau_ms)) * tau_ms / FINE_ms
        return np.asarray(size * fallen.mean(axis=1))

    a = peak_scale(cell.ampa_rise_ms, cell.ampa_decay_ms)
    taus, sizes = _kinetics(cell)
    four = [mean(float(tau), float(size)) for tau, size in zip(taus, sizes, strict=True)]
    left = sizes * np.exp((starts - AFTER_ms) / taus).mean(axis=1)
    return _Volleys(
        mean(cell.ampa_decay_ms, a) + mean(cell.ampa_rise_ms, -a),
        four[0] + four[1], four[2] + four[3], left,
    )  # fmt: skip


@lru_cache(maxsize=32)
def _means(step_ms: float, steps: int, cell: DorsalHornCell) -> Floats:
    """Average four exponentials that start at 1 over each of some steps; shape (4, steps)."""
    tau = _kinetics(cell)[0][:, None]
    return np.asarray(
        np.exp(-step_ms * np.arange(steps) / tau) * -np.expm1(-step_ms / tau) * tau / step_ms
    )


def _decay(state: Floats, duration_ms: float, cell: DorsalHornCell) -> Floats:
    return np.asarray(state * np.exp(-duration_ms / _kinetics(cell)[0]))


class _Membrane:
    """The cell between two stimuli: its voltage, and the spikes it fired."""

    def __init__(self, magnesium_mM: float, cell: DorsalHornCell, receptor: Receptor) -> None:
        self.cell = cell
        self.v = cell.rest_mV
        self.held = magnesium_mM / receptor.affinity_mM
        self.k = receptor.steepness_per_mV
        self.ready_ms = -math.inf  # end of the refractory time
        self.spikes: list[float] = []

    def follow(self, start_ms: float, step_ms: float, drive: Floats, nmda: Floats) -> None:
        """Go through equal steps with their mean conductances.

        ``drive`` is the leak and what magnesium does not touch. Within a step the plug is held at
        its value for the voltage expected halfway, if it goes on changing as in the last step;
        the rest is solved by the trapezoidal rule.
        """
        cell, rest = self.cell, self.cell.rest_mV
        tau, refractory, reset = cell.membrane_ms, cell.refractory_ms, cell.reset_mV
        threshold, exp, held, k = cell.threshold_mV, math.exp, self.held, self.k
        v, half_change, ready, start = self.v, 0.0, self.ready_ms, start_ms
        to_half = step_ms / (2 * tau)
        gain = 2 * to_half * rest
        for free, plugged in zip(
            (to_half * drive).tolist(), (to_half * nmda).tolist(), strict=True
        ):
            pull = free + plugged / (1 + held * exp(-k * (v + half_change)))
            begin = start
            start += step_ms
            if begin >= ready:
                after = (v * (1 - pull) + gain) / (1 + pull)
            elif start <= ready:
                continue
            else:
                begin, share = ready, (start - ready) / step_ms
                after = (v * (1 - share * pull) + share * gain) / (1 + share * pull)
            if after < threshold:
                v, half_change = after, (after - v) / 2
            else:
                spike = begin + (start - begin) * (threshold - v) / (after - v)
                self.spikes.append(spike)
                ready, v, half_change = spike + refractory, reset, 0.0
        self.v, self.ready_ms = v, ready

    def cannot_fire(self, drive: float, nmda: float) -> bool:
        """Say whether the voltage falls at threshold, with the most that will ever drive it."""
        v = self.cell.threshold_mV
        return self.cell.rest_mV < v * (drive + nmda / (1 + self.held * math.exp(-self.k * v)))

    def held_mV(self, drive: float, nmda: float, start_mV: float) -> float:
        """Give the voltage, first reached from a start, at which steady conductances hold it."""
        v = start_mV
        for _ in range(60):  # each round goes the same way as the last, until nothing changes
            last, v = (
                v,
                self.cell.rest_mV / (drive + nmda / (1 + self.held * math.exp(-self.k * v))),
            )
            if abs(v - last) < 1e-6:
                break
        return v


def wind_up(
    frequency_Hz: float,
    magnesium_mM: float = RAT.csf_mM,
    *,
    slow: float = CELL.slow,
    nmda: float = CELL.nmda,
    seed: int = 0,
    cell: DorsalHornCell = CELL,
    receptor: Receptor = RAT,
) -> WindUp:
    """Stimulate the fibres twelve times and count the cell's spikes.

    Parameters
    ----------
    frequency_Hz
        Stimuli per second, 0.05 to 2.
    magnesium_mM
        Free magnesium around the cell, in mmol/L, 0 to 20.
    slow, nmda
        Peak conductance of the slow kind, 0 to 1, and of unplugged NMDA channels, 0 to 10, in
        units of the leak.
    seed
        Of the fibres' arrivals.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    period = 1000 / one_within("frequency_Hz", frequency_Hz, 0.05, 2, "per second")
    magnesium = one_within("magnesium_mM", magnesium_mM, 0, 20, "mmol/L")
    slow = one_within("slow", slow, 0, 1, "of the leak")
    nmda = one_within("nmda", nmda, 0, 10, "of the leak")
    volleys, membrane = _volleys(seed, cell), _Membrane(magnesium, cell, receptor)
    means, state = _means(FINE_ms, WINDOW_STEPS, cell), np.zeros(4)
    trains, lifted = [], []
    for number in range(STIMULI):
        lifted.append(membrane.held_mV(*_conductances(state, slow, nmda), cell.rest_mV))
        membrane.spikes = []
        membrane.follow(
            -BEFORE_ms, FINE_ms,
            1 + cell.ampa * volleys.ampa[number]
            + slow * (volleys.slow[number] + state[2:] @ means[2:]),
            nmda * (volleys.nmda[number] + state[:2] @ means[:2]),
        )  # fmt: skip
        state = _decay(state, BEFORE_ms + AFTER_ms, cell) + volleys.left[number]
        state = _tail(membrane, state, period - BEFORE_ms, slow, nmda)
        membrane.ready_ms -= period
        trains.append(tuple(membrane.spikes))
    return WindUp(float(frequency_Hz), magnesium, slow, nmda, tuple(trains), tuple(lifted))


def _conductances(state: Floats, slow: float, nmda: float) -> tuple[float, float]:
    """Give leak and slow conductance together, and that of NMDA channels without their plug."""
    return 1 + slow * float(state[2] + state[3]), nmda * float(state[0] + state[1])


def _most_slow(state: Floats, within_ms: float, cell: DorsalHornCell) -> float:
    """Give the largest slow conductance within a time from now on."""
    rise, decay = cell.slow_rise_ms, cell.slow_decay_ms
    grows, falls = -state[3] / rise, state[2] / decay
    peak = rise * decay / (decay - rise) * math.log(grows / falls)
    at = min(max(peak, 0.0), within_ms)
    return float(state[2] * math.exp(-at / decay) + state[3] * math.exp(-at / rise))


def _tail(membrane: _Membrane, state: Floats, end_ms: float, slow: float, nmda: float) -> Floats:
    """Follow the cell until just before the next volley, and skip what cannot hold a spike.

    Takes and gives the state of the four exponentials.
    """
    cell, now = membrane.cell, AFTER_ms
    while now < end_ms - 1e-9:
        rest_ms = end_ms - now
        if rest_ms > SETTLED_ms:
            most = 1 + slow * _most_slow(state, rest_ms, cell)
            if membrane.cannot_fire(most, _conductances(state, slow, nmda)[1]):
                now, state = end_ms - SETTLED_ms, _decay(state, rest_ms - SETTLED_ms, cell)
                membrane.v = membrane.held_mV(*_conductances(state, slow, nmda), membrane.v)
        length = min(BLOCK_ms, end_ms - now)
        steps = math.ceil(length / COARSE_ms - 1e-9)
        means = _means(length / steps, steps, cell)
        membrane.follow(
            now, length / steps, 1 + slow * (state[2:] @ means[2:]), nmda * (state[:2] @ means[:2])
        )
        now, state = now + length, _decay(state, length, cell)
    return state
