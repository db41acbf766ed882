"""The motor-unit pool: recruitment, rates, force, spikes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course_lib.physiology import motor_pool
from course_lib.physiology.twitch import TWITCH_TO_TETANUS, HumanCalf, fusion, gain, twitch


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


def test_curves_are_many_efforts() -> None:
    drives = np.linspace(0, 1, 9)
    efforts = [motor_pool.effort(float(d)) for d in drives]
    force, recruited = motor_pool.curves(drives)
    assert force == pytest.approx([e.force for e in efforts])
    assert 120 * recruited == pytest.approx([e.recruited for e in efforts])
    with pytest.raises(ValueError, match=r"drive is 1\.5"):
        motor_pool.curves([0.5, 1.5])


def test_small_units_come_first() -> None:
    for drive in (0.05, 0.3, 0.6):
        firing = motor_pool.effort(drive).rates_Hz > 0
        assert firing[: firing.sum()].all()


def test_bad_drive_is_refused() -> None:
    with pytest.raises(ValueError, match=r"drive is 1\.2"):
        motor_pool.effort(1.2)


def test_regular_trains_make_the_steady_force() -> None:
    pool = replace(motor_pool.POOL, interval_variation=0.0)
    for drive in (0.1, 0.4, 1.0):
        effort = motor_pool.effort(drive, pool)
        force = motor_pool.play(effort).force
        assert force.mean() == pytest.approx(effort.force, rel=0.02)


def test_irregular_trains_make_nearly_that_force() -> None:
    for drive in (0.1, 0.4, 1.0):
        effort = motor_pool.effort(drive)
        assert motor_pool.play(effort).force.mean() == pytest.approx(effort.force, rel=0.05)


def test_force_is_the_sum_of_every_twitch() -> None:
    """Against a plain double sum over the units and their spikes."""
    pool = motor_pool.Pool(units=3)
    effort = motor_pool.effort(0.4, pool)
    trains = motor_pool.play(effort)
    force = np.zeros(trains.time_s.size)
    for unit in range(effort.recruited):
        time_ms = float(pool.contraction_times_ms[unit])
        spikes = 1000 * trains.spike_s[trains.unit == unit]
        sizes = pool.twitches[unit] * gain(time_ms / np.diff(spikes))
        sum_of = twitch(1000 * trains.time_s[:, None] - spikes[1:], HumanCalf(time_ms)) @ sizes
        force += sum_of * TWITCH_TO_TETANUS
    tetanic = pool.twitches @ fusion(
        motor_pool.rates_Hz(1.0, pool) * pool.contraction_times_ms / 1000
    )
    late = trains.time_s > 1.2  # what fired before the two seconds has died away
    assert effort.recruited == 2
    assert trains.force[late] == pytest.approx(force[late] / tetanic, rel=0.01)


def test_spikes_keep_their_rates() -> None:
    trains = motor_pool.play(motor_pool.effort(0.6))
    counts = np.bincount(trains.unit, minlength=120)
    rates = trains.effort.rates_Hz
    assert counts[rates == 0].sum() == 0
    assert counts[rates > 0] / 2 == pytest.approx(rates[rates > 0], rel=0.25)
    one = np.diff(trains.spike_s[trains.unit == 3])
    assert one.min() >= 0.01
    every = [np.diff(trains.spike_s[trains.unit == u]) for u in range(100)]
    spread = np.mean([gaps.std() / gaps.mean() for gaps in every])
    assert spread == pytest.approx(0.2, abs=0.03)


def test_signal_on_the_skin_grows_with_the_drive() -> None:
    size = [float(np.std(motor_pool.play(motor_pool.effort(d)).skin)) for d in (0, 0.1, 0.4, 1)]
    assert size[0] == 0
    assert size == sorted(size)
