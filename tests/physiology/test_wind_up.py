"""Wind-up: when it comes and when not, and the stepping against SciPy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from course_lib.physiology import sources, wind_up
from course_lib.physiology.checks import Floats
from course_lib.physiology.wind_up import CELL, STIMULI
from tests.physiology.bad_input import NOT_A_QUANTITY

run = wind_up.wind_up


@pytest.mark.parametrize(
    ("rise_ms", "decay_ms", "peak_ms", "scale"),
    [(0.2, 2, 0.5117, 1.4351), (2, 100, 7.98372, 1.105215), (3, 80, 10.234, 1.1807)],
)
def test_time_and_scale_of_the_peak(
    rise_ms: float, decay_ms: float, peak_ms: float, scale: float
) -> None:
    digits = 1e-6 if rise_ms == 2 else 5e-5
    assert wind_up.peak_ms(rise_ms, decay_ms) == pytest.approx(peak_ms, rel=digits)
    assert wind_up.peak_scale(rise_ms, decay_ms) == pytest.approx(scale, rel=digits)


def test_wind_up_at_one_per_second() -> None:
    # SciPy too gives 11 for the ninth and these fibres, where the reference has 10.
    expected = (0, 0, 1, 2, 4, 5, 7, 9, 10, 12, 13, 14)
    difference = np.subtract(run(1.0, 1.0).counts, expected)
    assert np.flatnonzero(difference).tolist() == [8]
    assert difference[8] == 1


@pytest.mark.parametrize("seed", range(5))
def test_each_stimulus_evokes_at_least_what_the_last_one_did(seed: int) -> None:
    counts = run(1.0, 1.0, seed=seed).counts
    assert counts[:2] == (0, 0)
    assert counts[-1] >= 13
    assert np.all(np.diff(counts) >= 0)


@pytest.mark.parametrize("frequency_Hz", [0.1, 0.3])
def test_no_wind_up_at_low_frequency(frequency_Hz: float) -> None:
    assert run(frequency_Hz, 1.0).total == 0


@pytest.mark.parametrize("frequency_Hz", [0.1, 0.3, 1.0])
def test_no_wind_up_without_the_slow_conductance(frequency_Hz: float) -> None:
    assert run(frequency_Hz, 1.0, slow=0.0).total == 0


def test_most_of_the_spikes_need_nmda() -> None:
    assert run(1.0, 1.0, nmda=0.0).total < run(1.0, 1.0).total / 5


def test_more_magnesium_fewer_spikes() -> None:
    totals = [run(1.0, magnesium).total for magnesium in (0.8, 1.0, 1.05, 1.2, 2.0, 5.0)]
    assert np.all(np.diff(totals) < 0)
    assert totals == pytest.approx([88, 77, 75, 69, 49, 26], abs=1)


def test_what_stays_behind_lifts_the_cell() -> None:
    lifted = run(1.0, 0.8).lifted_mV
    assert lifted[0] == CELL.rest_mV
    assert np.all(np.diff(lifted) > 0)
    assert run(1.0, 0.8, slow=0.0).lifted_mV[-1] == pytest.approx(CELL.rest_mV, abs=0.05)


def test_the_lift_balances_the_conductances_left() -> None:
    ages = 5 * 1000.0 - wind_up.BEFORE_ms - np.arange(5)[:, None] * 1000 - wind_up.arrivals_ms()[:5]
    slow, nmda = (
        wind_up.peak_scale(rise, decay)
        * float((np.exp(-ages / decay) - np.exp(-ages / rise)).sum()) / wind_up.FIBRES
        for rise, decay in ((200, 3000), (2, 100))
    )  # fmt: skip

    def slope(v: float) -> float:
        return -65 - v * (1 + 0.12 * slow + 2 * nmda / (1 + 0.8 / 3.57 * math.exp(-0.062 * v)))

    expected = brentq(slope, -65, -40, xtol=1e-9)
    assert run(1.0, 0.8).lifted_mV[5] == pytest.approx(expected, abs=1e-4)


def test_spikes_stand_apart_by_the_refractory_time_at_least() -> None:
    answer = run(2.0, 0.0, slow=0.2)
    times = np.concatenate(
        [500.0 * number + np.array(train) for number, train in enumerate(answer.spikes_ms)]
    )
    assert np.diff(times).min() > CELL.refractory_ms


KINDS = ((0.6, 0.2, 2.0), (2.0, 2.0, 100.0), (0.0, 200.0, 3000.0))  # AMPA, NMDA, slow


def exact(frequency_Hz: float, magnesium_mM: float, slow: float) -> list[Floats]:
    """Spike times after each stimulus by SciPy's LSODA, from the equations as they are printed.

    Solved anew from each fibre's arrival and from the end of each refractory time; between them
    the six exponentials of the conductances are known.
    """
    period = 1000 / frequency_Hz
    taus = np.array([[decay, rise] for _, rise, decay in KINDS])
    peaks = taus.prod(axis=1) / np.subtract(*taus.T) * np.log(taus[:, 0] / taus[:, 1])
    scales = 1 / (np.exp(-peaks / taus[:, 0]) - np.exp(-peaks / taus[:, 1]))
    sizes = np.array([KINDS[0][0], KINDS[1][0], slow]) * scales / wind_up.FIBRES
    jump = sizes[:, None] * [1.0, -1.0]
    starts = np.sort((np.arange(STIMULI)[:, None] * period + wind_up.arrivals_ms()).ravel())
    end = STIMULI * period - wind_up.BEFORE_ms

    def slope(t: float, v: Floats, start: float, state: Floats) -> Floats:
        ampa, nmda, peptide = (state * np.exp((start - t) / taus)).sum(axis=1)
        unplugged = 1 / (1 + magnesium_mM / 3.57 * np.exp(-0.062 * v))
        return (-65 - v - (ampa + nmda * unplugged + peptide) * v) / 20

    def threshold(t: float, v: Floats, *_: Any) -> float:  # noqa: ARG001  SciPy gives the time
        return float(v[0] + 45)

    threshold.terminal = True  # type: ignore[attr-defined]
    now, v, ready, state, spikes = float(starts[0]), -65.0, -math.inf, np.zeros((3, 2)), []
    for arrival, until in zip(starts, [*starts[1:], end], strict=True):
        state, now = state * np.exp((now - arrival) / taus) + jump, float(arrival)
        begin = max(now, ready)
        while begin < until:
            found = solve_ivp(
                slope, (begin, until), [v], "LSODA", events=threshold, args=(now, state),
                rtol=1e-9, atol=1e-9,
            )  # fmt: skip
            v, begin = float(found.y[0, -1]), float(found.t[-1])
            if found.status == 1:
                spikes.append(begin)
                v, ready = -60.0, begin + 5
                begin = ready
    edges = np.arange(STIMULI + 1) * period - wind_up.BEFORE_ms
    parts = np.split(spikes, np.searchsorted(spikes, edges[1:-1]))
    return [part - number * period for number, part in enumerate(parts)]


@pytest.mark.parametrize(
    ("frequency_Hz", "magnesium_mM", "slow"),
    [(1, 0.8, 0.12), (1, 0, 0.12), (1, 5, 0.12), (2, 0.8, 0.12), (2, 3, 0.2), (0.5, 0.8, 0.2),
     (0.3, 0, 0.05), (1.37, 0.4, 0.08), (1, 0.8, 0)],
)  # fmt: skip
def test_long_steps_and_skips_give_what_scipy_gives(
    frequency_Hz: float, magnesium_mM: float, slow: float
) -> None:
    expected, answer = (
        exact(frequency_Hz, magnesium_mM, slow),
        run(frequency_Hz, magnesium_mM, slow=slow),
    )
    counts = [times.size for times in expected]
    assert np.abs(np.subtract(answer.counts, counts)).max() <= 1
    assert answer.total == pytest.approx(sum(counts), rel=0.01, abs=1)


def test_every_constant_is_called_what_it_is() -> None:
    assert {about.status for _, _, about in sources(wind_up)} == {"assumed"}


def test_a_rise_slower_than_the_decay_is_refused() -> None:
    with pytest.raises(ValueError, match="rise_ms is 3: allowed is less than decay_ms, 2 ms"):
        wind_up.peak_ms(3.0, 2.0)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"frequency_Hz is .*: allowed is 0.05 to 2 per second"):
        run(bad)
    with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 20 mmol/L"):
        run(1.0, bad)
    with pytest.raises(ValueError, match=r"slow is .*: allowed is 0 to 1 of the leak"):
        run(1.0, slow=bad)
    with pytest.raises(ValueError, match=r"nmda is .*: allowed is 0 to 10 of the leak"):
        run(1.0, nmda=bad)
