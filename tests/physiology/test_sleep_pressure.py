"""The two-process model, against its reference nights and a plain integration."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course_lib.physiology import sleep_pressure as model
from course_lib.physiology.sleep_pressure import SLEEPER, Sleeper


def test_the_reference_night() -> None:
    night = model.night()
    assert night.sleep_h == pytest.approx(7.940, abs=0.005)
    # Solved apart, with Brent's method on each crossing until nothing changed: the plan has 13.459
    # and 21.399, a thousandth of an hour later.
    assert night.onset_h == pytest.approx(13.458083, abs=1e-5)
    assert night.wake_h == pytest.approx(21.397765, abs=1e-5)
    assert night.at_onset == pytest.approx(0.6253, abs=5e-5)
    assert night.at_wake == pytest.approx(0.0944, abs=5e-5)
    assert night.clock(night.onset_h) == pytest.approx(23, abs=0.01)


@pytest.mark.parametrize(
    ("change", "sleep", "onset"),
    [
        ({"upper": 0.65}, 8.151, 13.013),
        ({"upper": 0.69}, 7.723, 13.919),
        ({"swing": 0.10}, 7.688, None),
    ],
)
def test_other_thresholds(change: dict[str, float], sleep: float, onset: float | None) -> None:
    night = model.night(replace(SLEEPER, **change))
    assert night.sleep_h == pytest.approx(sleep, abs=0.005)
    if onset is not None:
        assert night.onset_h == pytest.approx(onset, abs=0.005)


def test_seventeen_minutes_are_a_hundredth_of_the_threshold() -> None:
    sooner = model.night(replace(SLEEPER, upper=SLEEPER.upper - 0.013)).onset_h
    assert 60 * (model.night().onset_h - sooner) == pytest.approx(17.4, abs=0.6)


def test_a_plain_integration_agrees() -> None:
    """Small Euler steps and the two rules, for twenty days."""
    step, h, asleep, onsets = 0.0005, 0.5, False, []
    for k in range(round(20 * 24 / step)):
        t = k * step
        gate = SLEEPER.swing * np.sin(2 * np.pi * t / 24)
        h += step * (-h / SLEEPER.fall_h if asleep else (1 - h) / SLEEPER.rise_h)
        if not asleep and h >= SLEEPER.upper + gate:
            asleep = True
            onsets.append(t)
        elif asleep and h <= SLEEPER.lower + gate:
            asleep = False
    assert onsets[-1] % 24 == pytest.approx(model.night().onset_h, abs=0.01)
    assert onsets[-1] - onsets[-2] == pytest.approx(24, abs=0.01)


def test_latency_is_counted_from_going_to_bed() -> None:
    early = model.night(bed_h=22.5)
    assert early.latency_h == pytest.approx(0.5, abs=0.01)
    assert early.onset_h == pytest.approx(model.night().onset_h, abs=1e-4)
    late = model.night(bed_h=25)
    assert late.latency_h == 0
    assert late.clock(late.onset_h) == pytest.approx(1)
    assert late.sleep_h < early.sleep_h


def test_pressure_is_continuous_and_daily() -> None:
    night = model.night(bed_h=22.5)
    phase = np.linspace(-30, 60, 9001)
    pressure = night.pressure(phase)
    assert np.abs(np.diff(pressure)).max() < 0.003
    assert pressure[:-2400] == pytest.approx(pressure[2400:])


@pytest.mark.parametrize("bed", [17, 31, float("nan")])
def test_bad_bedtime_is_refused(bed: float) -> None:
    with pytest.raises(ValueError, match="bed_h"):
        model.night(bed_h=bed)


def test_bad_sleeper_is_refused() -> None:
    with pytest.raises(ValueError, match=r"swing is 0\.3"):
        Sleeper(swing=0.3)
