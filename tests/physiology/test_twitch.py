"""Twitches that add up, and the law by which they fuse."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.physiology import twitch


def test_twitch_peaks_and_relaxes_when_it_should() -> None:
    time = twitch.CALF.contraction_time_ms
    assert float(twitch.twitch(time)) == pytest.approx(1)
    assert float(twitch.twitch(time * (1 + twitch.HALF_RELAXATION))) == pytest.approx(0.5)
    assert float(twitch.twitch(-1.0)) == 0


@pytest.mark.parametrize(
    ("rate_Hz", "mean", "ripple"),
    [(5, 1.52, 0.318), (10, 3.04, 0.094), (15, 4.57, 0.043), (20, 6.09, 0.025),
     (30, 9.13, 0.011), (60, 18.3, 0.0028)],
)  # fmt: skip
def test_equal_twitches_add_up(rate_Hz: float, mean: float, ripple: float) -> None:
    muscle = twitch.HumanCalf(112.0)
    wave = twitch.steady(np.linspace(0, 1, 4001), rate_Hz, muscle)
    assert np.trapezoid(wave, dx=1 / 4000) == pytest.approx(mean, rel=5e-3)
    assert 1 - wave.min() / wave.max() == pytest.approx(ripple, rel=0.025)


def test_fusion_and_gain_are_the_published_law() -> None:
    assert float(twitch.fusion(0.4)) == pytest.approx(0.12015, abs=5e-6)
    assert pytest.approx(0.30037, abs=5e-6) == twitch.SLOPE
    assert float(twitch.gain(0.2)) == 1
    for x in (0.4, 0.7, 1.5):
        assert float(twitch.gain(x)) == pytest.approx(
            (1 - np.exp(-2 * x**3)) / x / 0.30037, rel=1e-4
        )
    assert 5 < 1 / twitch.TWITCH_TO_TETANUS < 10  # recalled range of whole human muscles


def test_thenar_units_reach_half_their_force_near_the_measured_rate() -> None:
    """12 +- 4 Hz was measured; their contraction time, about 50 ms, is that of other work."""
    rates = np.linspace(1, 60, 600)
    half = np.interp(0.5, twitch.fusion(rates * 0.050), rates)
    assert 8 < half < 16


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="rate_Hz is 0"):
        twitch.steady(0.5, 0)
