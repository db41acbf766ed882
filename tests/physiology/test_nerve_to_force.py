"""Calcium and force of one fibre, trains of twitches and the motor-unit pool."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.physiology import excitation_contraction as coupling
from course_lib.physiology import motor_pool, twitch


def test_transient_is_the_published_one() -> None:
    response = coupling.respond()
    assert response.rise_uM == pytest.approx(18.48, abs=0.005)
    assert response.released_uM.max() == pytest.approx(368, abs=0.5)
    assert response.troponin_uM.max() == pytest.approx(113.7, abs=0.05)
    assert response.contraction_time_ms == pytest.approx(17.4, abs=0.06)
    assert response.peak_force == pytest.approx(0.636, abs=5e-4)
    # Published 4.9 +- 0.3 ms. The reference 4.90 counts points 0.1 ms apart above the half.
    time = np.arange(0, 20, 0.1)
    rise = np.interp(time, response.time_ms, response.calcium_uM) - response.calcium_uM[0]
    above = time[rise > response.rise_uM / 2]
    assert above[-1] - above[0] == pytest.approx(4.90, abs=0.01)
    assert response.half_duration_ms == pytest.approx(4.97, abs=0.01)


@pytest.mark.parametrize(
    ("mg_mM", "braked", "unbraked"),
    [(0.5, 16.8, 13.6), (1, 18.5, 18.5), (2, 16.3, 27.2), (3, 13.6, 37.3)],
)
def test_magnesium_has_two_opposite_effects(mg_mM: float, braked: float, unbraked: float) -> None:
    assert coupling.respond(mg_mM, end_ms=20).rise_uM == pytest.approx(braked, abs=0.06)
    off = coupling.respond(mg_mM, end_ms=20, brake_on=False)
    assert off.rise_uM == pytest.approx(unbraked, abs=0.06)


def test_the_human_range_changes_the_twitch_by_less_than_two_percent() -> None:
    forces = [coupling.respond(mg, end_ms=40).peak_force for mg in np.linspace(0.4, 0.8, 9)]
    assert max(forces) / min(forces) - 1 < 0.02


@pytest.mark.parametrize("mg_mM", [0.25, 1.0, 3.0])
def test_calcium_is_conserved(mg_mM: float) -> None:
    kept = coupling.respond(mg_mM, times_ms=(0, 15, 30)).calcium_kept_uM
    assert np.ptp(kept) / kept[0] < 1e-6


def test_rest_stays_at_rest() -> None:
    response = coupling.respond(0.5, times_ms=(99.9,))
    assert response.calcium_uM[0] == pytest.approx(0.05)
    assert response.parvalbumin_magnesium_uM[0] == pytest.approx(773.2, abs=0.1)


def test_release_weakens_in_a_train() -> None:
    shares = coupling.availability([k * 1000 / 67 for k in range(5)])
    assert shares == pytest.approx((1, 0.253, 0.138, 0.121, 0.118), abs=1e-3)


def test_brake_cuts_release_by_forty_percent_at_3_mM() -> None:
    assert coupling.release_brake(3) == pytest.approx(0.6)


@pytest.mark.parametrize("times", [(), (5, 5), (-1,), (200,)])
def test_bad_times_are_refused(times: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="times_ms"):
        coupling.respond(times_ms=times)


def test_twitch_peaks_and_relaxes_when_it_should() -> None:
    time = twitch.CALF.contraction_time_ms
    assert float(twitch.twitch(time)) == pytest.approx(1)
    assert float(twitch.twitch(time * (1 + twitch.HALF_RELAXATION))) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("rate_Hz", "mean", "ripple"),
    [(5, 1.52, 0.318), (10, 3.04, 0.094), (15, 4.57, 0.043), (20, 6.09, 0.025), (60, 18.3, 0.0028)],
)
def test_trains_add_up(rate_Hz: float, mean: float, ripple: float) -> None:
    train = twitch.train(rate_Hz, twitch.HumanCalf(112.0), end_ms=3000)
    assert train.mean == pytest.approx(mean, rel=5e-3)
    assert train.ripple == pytest.approx(ripple, rel=0.025)
    late = train.force[train.time_ms > 2000]
    assert late.mean() == pytest.approx(train.mean, rel=0.02)


def test_pool_is_the_published_one() -> None:
    pool = motor_pool.POOL
    assert pool.full_drive == pytest.approx(47.0)
    assert pool.thresholds[-1] / pool.full_drive == pytest.approx(0.638, abs=5e-4)
    assert pool.contraction_times_ms[[0, -1]] == pytest.approx((89.2, 30.0), abs=0.05)
    full = motor_pool.effort(1.0)
    assert full.fusion[[0, -1]] == pytest.approx((1.0, 0.570), abs=5e-4)
    assert full.force == pytest.approx(1)


@pytest.mark.parametrize(
    ("drive", "force", "units"),
    [(10 / 47, 0.109, 81), (20 / 47, 0.323, 105), (30 / 47 - 1e-6, 0.620, 119)],
)
def test_force_of_the_pool(drive: float, force: float, units: int) -> None:
    effort = motor_pool.effort(drive)
    assert effort.force == pytest.approx(force, abs=1.5e-3)
    assert effort.recruited == units


def test_small_units_come_first() -> None:
    for drive in (0.05, 0.3, 0.6):
        firing = motor_pool.effort(drive).rates_Hz > 0
        assert firing[: firing.sum()].all()


def test_bad_drive_is_refused() -> None:
    with pytest.raises(ValueError, match=r"drive is 1\.2"):
        motor_pool.effort(1.2)
