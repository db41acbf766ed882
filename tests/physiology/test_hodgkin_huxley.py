"""The squid axon, against published behaviour and a second solution at tight tolerance."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from course_lib.physiology import hodgkin_huxley as hh
from course_lib.physiology.hodgkin_huxley import Stimulus


def slope(_t: float, y: NDArray[np.float64], current: float) -> list[float]:
    """Write the equations out once more, with scalars."""
    v, m, h, n = y
    am = 0.1 * (v + 40) / (1 - math.exp(-(v + 40) / 10))
    an = 0.01 * (v + 55) / (1 - math.exp(-(v + 55) / 10))
    bm, bn = 4 * math.exp(-(v + 65) / 18), 0.125 * math.exp(-(v + 65) / 80)
    ah, bh = 0.07 * math.exp(-(v + 65) / 20), 1 / (1 + math.exp(-(v + 35) / 10))
    ionic = 120 * m**3 * h * (v - 50) + 36 * n**4 * (v + 77) + 0.3 * (v + 54.387)
    return [current - ionic, am * (1 - m) - bm * m, ah * (1 - h) - bh * h, an * (1 - n) - bn * n]


def exact(current: float, on_ms: float, time_ms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the voltage after a pulse from time 0, by LSODA, split where the pulse ends."""
    start = np.array(hh.resting())
    tight: dict[str, Any] = {"method": "LSODA", "rtol": 1e-9, "atol": 1e-10}
    first: Any = solve_ivp(slope, (0, on_ms), start, args=(current,), dense_output=True, **tight)
    rest: Any = solve_ivp(
        slope, (on_ms, time_ms[-1]), first.y[:, -1], args=(0.0,), dense_output=True, **tight
    )
    return np.asarray(np.where(time_ms < on_ms, first.sol(time_ms)[0], rest.sol(time_ms)[0]))


def lowest(fires: Callable[[float], bool], low: float, high: float, to: float) -> float:
    """Find by halving the smallest current at which ``fires`` is true."""
    while high - low > to:
        middle = (low + high) / 2
        low, high = (low, middle) if fires(middle) else (middle, high)
    return high


def test_rest() -> None:
    v, m, h, n = hh.resting()
    assert v == pytest.approx(-64.996, abs=5e-4)
    assert (m, h, n) == pytest.approx((0.05296, 0.59599, 0.31773), abs=1e-5)
    still = hh.fire(end_ms=50)
    assert np.abs(still.voltage_mV - v).max() < 0.01


def test_spike() -> None:
    spike = hh.fire(Stimulus(20, 0, 0.5), end_ms=20)
    assert spike.voltage_mV.max() == pytest.approx(39.3, abs=0.5)
    assert spike.voltage_mV.max() - spike.voltage_mV[0] == pytest.approx(104.3, abs=0.5)
    assert spike.voltage_mV.min() == pytest.approx(-76.2, abs=0.5)
    half = (spike.voltage_mV.max() + spike.voltage_mV[0]) / 2
    above = spike.time_ms[spike.voltage_mV > half]
    assert above[-1] - above[0] == pytest.approx(1.44, abs=0.04)


def test_course_of_a_spike_against_a_tight_solution() -> None:
    spike = hh.fire(Stimulus(20, 0, 0.5), end_ms=20)
    true = exact(20, 0.5, spike.time_ms)
    # Voltages are given half a step late against the gates: a shift in time, not in shape.
    steepest = np.abs(np.gradient(true, spike.time_ms)).max()
    assert np.abs(spike.voltage_mV - true).max() < 0.5 * hh.STEP_ms * steepest
    assert spike.voltage_mV.max() == pytest.approx(true.max(), abs=0.05)
    assert spike.voltage_mV.min() == pytest.approx(true.min(), abs=0.01)


@pytest.mark.parametrize(("duration", "size"), [(0.2, 32.66), (0.5, 13.275), (1.0, 6.919)])
def test_thresholds_of_brief_pulses(duration: float, size: float) -> None:
    found = lowest(
        lambda i: hh.fire(Stimulus(i, 0, duration), end_ms=20).spikes_ms.size > 0, 1, 60, 1e-3
    )
    assert found == pytest.approx(size, abs=0.01)
    assert 6.5 <= found * duration <= 6.93  # the charge hardly depends on the duration


def test_rheobase_of_a_single_spike() -> None:
    found = lowest(lambda i: hh.fire(Stimulus(i), end_ms=60).spikes_ms.size > 0, 1, 5, 1e-3)
    assert found == pytest.approx(2.240, abs=0.01)


@pytest.mark.parametrize(
    ("current", "rate"),
    [(6.3, 52), (6.5, 55.1), (7, 58.3), (8, 62.5), (10, 68.3), (15, 78.6), (20, 86.5),
     (30, 98.7), (50, 117.0)],
)  # fmt: skip
def test_steady_rates(current: float, rate: float) -> None:
    assert hh.fire(Stimulus(current), end_ms=400).rate_Hz == pytest.approx(rate, abs=1)


def test_too_weak_or_too_strong_a_current_does_not_keep_it_firing() -> None:
    assert hh.fire(Stimulus(6.2), end_ms=400).rate_Hz == 0
    assert hh.fire(Stimulus(100), end_ms=400).rate_Hz == 0


@pytest.mark.parametrize(
    ("shift", "current"), [(0, 6.28), (-2, 4.17), (-4, 2.01), (3, 9.44), (5, 11.45)]
)
def test_a_shift_of_the_gates_moves_the_current_for_steady_firing(
    shift: float, current: float
) -> None:
    found = lowest(
        lambda i: hh.fire(Stimulus(i), end_ms=500, shift_mV=shift).rate_Hz > 0, 0, 20, 0.02
    )
    assert found == pytest.approx(current, abs=0.06)


@pytest.mark.parametrize(("shift", "size"), [(-2, 10.87), (3, 16.7), (5, 19.0)])
def test_a_shift_of_the_gates_moves_the_threshold(shift: float, size: float) -> None:
    found = lowest(
        lambda i: hh.fire(Stimulus(i, 0, 0.5), end_ms=20, shift_mV=shift).spikes_ms.size > 0,
        1, 60, 0.01,
    )  # fmt: skip
    assert found == pytest.approx(size, abs=0.05)


@pytest.mark.parametrize(
    ("shift", "spikes", "rate"),
    [(-2, 0, 0), (-4, 1, 0), (-5.7, 1, 0), (-6, None, 45), (-10, None, 62)],
)
def test_it_fires_by_itself_from_minus_5_9_mV(
    shift: float, spikes: int | None, rate: float
) -> None:
    """Switch the gates of an axon at its usual rest, without any current."""
    fired = hh.fire(end_ms=600, shift_mV=shift, start=hh.resting())
    assert fired.rate_Hz == pytest.approx(rate, abs=1)
    if spikes is not None:
        assert fired.spikes_ms.size == spikes


def test_rates_are_smooth_where_the_formula_is_0_over_0() -> None:
    for gate, v in (("m", -40.0), ("n", -55.0)):
        at, near = (hh.rates(x)[gate][0] for x in (v, v + 1e-4))
        assert at == pytest.approx(near, rel=1e-4)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"end_ms": 0}, "end_ms is 0: allowed is 1 to 1000 ms"),
     ({"shift_mV": 40}, "shift_mV is 40: allowed is -30 to 30 mV")],
)  # fmt: skip
def test_out_of_range_is_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        hh.fire(**arguments)
    with pytest.raises(ValueError, match="size_uA_per_cm2 is 900: allowed is -500 to 500"):
        hh.fire(Stimulus(900))
