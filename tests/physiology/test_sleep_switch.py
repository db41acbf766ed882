"""The flip-flop model of sleep, against the values of the science pack and its own limits."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

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


def test_a_stiff_solver_at_tight_tolerance_agrees() -> None:
    """Radau, from the equations as the authors print them, over the settled day."""

    def right(hours: float, y: list[float]) -> list[float]:
        sleep, arousal, pressure = y
        fast, slow = (100 / (1 + np.exp((10 - v) / 3)) for v in (arousal, sleep))
        clock = SWITCH.offset + np.cos(2 * np.pi * hours / 24)
        push = SWITCH.from_clock_mV * clock + SWITCH.from_pressure * pressure
        return [
            360 * (SWITCH.from_arousal * fast + push - sleep),
            360 * (SWITCH.from_sleep * slow + SWITCH.arousal_mV - arousal),
            (SWITCH.pressure_gain * fast - pressure) / SWITCH.pressure_h,
        ]

    assert SWITCH.cell_s == 10  # 360 times an hour
    settled = day()
    time = 24 * (1 + np.arange(1, settled.time_h.size + 1) / settled.time_h.size)  # the second day
    begin = (-10.0, 0.0, settled.pressure_nM[-1])
    run = solve_ivp(right, (0, 48), begin, method="Radau", rtol=1e-8, atol=1e-8, t_eval=time)
    spread = np.ptp(settled.pressure_nM)
    np.testing.assert_allclose(run.y[2], settled.pressure_nM, atol=0.01 * spread)
    awake = 100 / (1 + np.exp((10 - run.y[1]) / 3)) >= sleep_switch.AWAKE_per_s
    assert 24 * float(np.mean(~awake)) == pytest.approx(settled.sleep_h, abs=0.01 * 24)
