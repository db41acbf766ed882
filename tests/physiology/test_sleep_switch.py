"""The flip-flop model of sleep, against the values of the science pack and its own limits."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from course_lib.physiology import sleep_switch
from course_lib.physiology.sleep_switch import SWITCH, Day, Switch


@lru_cache(maxsize=4)
def day(switch: Switch = SWITCH) -> Day:
    return sleep_switch.day(switch)


def test_a_person_sleeps_eight_and_a_half_hours_once_a_day() -> None:
    assert day().sleep_h == pytest.approx(8.5, abs=0.15)
    assert day().turns == 2


def test_sleep_pressure_and_arousal_move_as_in_the_pack() -> None:
    assert day().pressure_nM.min() == pytest.approx(12.51, abs=0.03)
    assert day().pressure_nM.max() == pytest.approx(15.07, abs=0.03)
    assert day().arousal_per_s.max() == pytest.approx(5.05, abs=0.05)


def test_without_the_offset_of_the_clock_it_sleeps_nineteen_hours() -> None:
    asleep = day(replace(SWITCH, offset=0.0)).sleep_h
    assert asleep == pytest.approx(18.75, abs=0.2)


def test_a_group_of_cells_fires_half_of_its_highest_rate_at_ten_millivolts() -> None:
    assert sleep_switch.firing_per_s(10.0) == pytest.approx(50)
    assert sleep_switch.firing_per_s(-4000.0) == pytest.approx(0)


def test_a_time_constant_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"pressure_h is 0: allowed is 1 to 500 h"):
        sleep_switch.day(replace(SWITCH, pressure_h=0.0))
