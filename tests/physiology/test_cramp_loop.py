"""What adds to the drive of a cramping pool, and the stretch that ends it."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.physiology import cramp_loop
from course_lib.physiology.cramp import threshold_Hz

WORST = {"fatigue": 1.0, "short": 1.0, "pain": 0.5}


def test_a_rested_muscle_has_the_measured_threshold() -> None:
    run = cramp_loop.contract()
    assert threshold_Hz(run.baseline) == pytest.approx(25.5, abs=0.1)
    assert run.episode.cramp_s < 1


def test_pain_lowers_the_threshold_as_measured() -> None:
    before, after = cramp_loop.contract(), cramp_loop.contract(pain=1)
    fall = threshold_Hz(before.baseline) - threshold_Hz(after.baseline)
    assert fall == pytest.approx(31.2 - 25.7)


def test_fatigue_and_a_short_position_make_a_cramp_of_measured_rate() -> None:
    episode = cramp_loop.contract(**WORST).episode
    assert episode.cramp_s > 20
    assert episode.cramp_Hz == pytest.approx(14.5, abs=5.1)  # measured mean and deviation


def test_a_stretch_ends_it_at_once_and_a_weak_one_does_not() -> None:
    strong = cramp_loop.contract(**WORST, stretch=18.0).episode
    last = strong.time_s[strong.share > 0.5].max()
    assert 12 < last < 14
    weak = cramp_loop.contract(**WORST, stretch=3.0).episode
    assert weak.cramp_s > strong.cramp_s + 10


def test_low_magnesium_alone_starts_none() -> None:
    """About 1 mV: what isolated low magnesium does to the gates of a nerve."""
    assert cramp_loop.contract(shift_mV=-1.1).episode.cramp_s < 1


def test_each_part_adds() -> None:
    names = ("fatigue", "short", "pain")
    drives = [cramp_loop.contract(**{n: 1.0}).baseline for n in names]
    rested = cramp_loop.contract().baseline
    whole = cramp_loop.contract(fatigue=1, short=1, pain=1, shift_mV=-4).baseline
    assert whole == pytest.approx(rested + sum(d - rested for d in drives) + 2.4)
    assert np.isfinite(cramp_loop.contract(**WORST).episode.firing_Hz).all()


@pytest.mark.parametrize("name", ["fatigue", "short", "pain", "stretch", "shift_mV"])
def test_bad_input_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        cramp_loop.contract(**{name: 31.0})
