"""The cramping pool: folds, threshold, episodes, stretch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import cramp
from course_lib.physiology.cramp import POOL, Stretch


def at_the_end_of_the_stimulus(rate_Hz: float, baseline: float, pool: cramp.CrampPool) -> float:
    episode = cramp.stimulate(rate_Hz, baseline, end_s=6, pool=pool)
    return float(np.interp(4.99, episode.time_s, episode.share))


def test_folds_in_closed_form() -> None:
    on, off = cramp.folds()
    assert on == pytest.approx(27.114, abs=5e-4)
    assert off == pytest.approx(2.886, abs=5e-4)


def test_folds_are_where_the_steady_input_turns() -> None:
    """Input at which p is steady, over a fine grid of p: its two turning points."""
    p = np.linspace(1e-4, 1 - 1e-4, 400_001)
    needed = POOL.threshold + POOL.steepness * np.log(p / (1 - p)) - POOL.feedback * p
    turn = needed[1:-1][np.diff(np.sign(np.diff(needed))) != 0]
    assert sorted(turn, reverse=True) == pytest.approx(cramp.folds(), abs=1e-6)


@pytest.mark.parametrize(("baseline", "threshold"), [(12, 15.1), (5, 22.1), (15, 12.1)])
def test_threshold_frequency_is_the_fold_less_the_baseline(
    baseline: float, threshold: float
) -> None:
    fresh = replace(POOL, tiring=0.0)
    assert cramp.threshold_Hz(baseline) == pytest.approx(threshold, abs=0.05)
    low, high = 0.0, 40.0
    while high - low > 0.05:
        middle = (low + high) / 2
        caught = at_the_end_of_the_stimulus(middle, baseline, fresh) > cramp.CRAMPING
        low, high = (low, middle) if caught else (middle, high)
    assert high == pytest.approx(cramp.threshold_Hz(baseline), abs=1)


@pytest.mark.parametrize(
    ("baseline", "seconds", "rate"), [(12, 21.6, 12.1), (15, 33.8, None), (5, 2.1, None)]
)
def test_how_long_a_cramp_goes_on(baseline: float, seconds: float, rate: float | None) -> None:
    """Stimulated at 2 per second above the threshold, which gives all three references."""
    episode = cramp.stimulate(cramp.threshold_Hz(baseline) + 2, baseline)
    assert episode.cramp_s == pytest.approx(seconds, abs=0.15)
    if rate is not None:
        assert episode.cramp_Hz == pytest.approx(rate, abs=0.1)


def test_a_quiet_baseline_cannot_hold_a_cramp() -> None:
    assert cramp.stimulate(40, 2).cramp_s < 1


def test_without_enough_feedback_there_is_no_cramp() -> None:
    weak = replace(POOL, feedback=8.0)
    assert not weak.bistable
    assert cramp.stimulate(60, 12, pool=weak).cramp_s < 0.5
    with pytest.raises(ValueError, match="feedback is 8"):
        cramp.folds(weak)


@pytest.mark.parametrize("baseline", [8, 12, 15])
def test_a_stretch_ends_every_cramp(baseline: float) -> None:
    rate = cramp.threshold_Hz(baseline) + 2
    stretched = cramp.stimulate(rate, baseline, stretches=[Stretch(8.0, 1.5)])
    assert stretched.cramp_s < 4.5
    assert cramp.stimulate(rate, baseline).cramp_s > 8
    assert stretched.share[-1] < 0.05


def test_a_solver_at_tight_tolerance_agrees() -> None:
    mine = cramp.stimulate(20, 12, end_s=40)

    def slope(t: float, y: np.ndarray) -> list[float]:
        p, h = y
        u = 12 + (20 if t < 5 else 0) + 40 * h * p
        return [(1 / (1 + np.exp(-(u - 35) / 2)) - p) / 0.3, (1 - 0.6 * p - h) / 45]

    state = [mine.share[0], mine.left[0]]
    for low, high in ((0, 5), (5, 20)):
        seen = (mine.time_s >= low) & (mine.time_s <= high)
        run = solve_ivp(
            slope, (low, high), state, rtol=1e-10, atol=1e-12, max_step=0.05,
            t_eval=np.clip(mine.time_s[seen], low, high),
        )  # fmt: skip
        assert np.abs(run.y[0] - mine.share[seen]).max() < 0.01
        assert np.abs(run.y[1] - mine.left[seen]).max() < 0.002
        state = list(run.y[:, -1])


@pytest.mark.parametrize(
    ("wrong", "name"),
    [((-1, 5), "rate_Hz"), ((10, float("nan")), "baseline"), ((101, 5), "rate_Hz")],
)
def test_bad_input_is_refused(wrong: tuple[float, float], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        cramp.stimulate(*wrong)
