"""The action potential of a muscle fibre, against reference values and a second solution."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from course_lib.physiology import muscle_membrane as mm
from tests.physiology.bad_input import NOT_A_QUANTITY


@pytest.mark.parametrize(
    ("k", "rest", "available"),
    [(2.5, -104.1, 0.986), (4.2, -91.1, 0.877), (5.0, -86.6, 0.764), (6.5, -79.7, 0.484)],
)
def test_rest_and_share_of_sodium_channels_ready(k: float, rest: float, available: float) -> None:
    pulse = mm.stimulate(0, k, end_ms=2)
    assert pulse.rest_mV == pytest.approx(rest, abs=0.1)
    assert pulse.available == pytest.approx(available, abs=0.003)


# From 8 mmol/L on the reference depends on how far slow inactivation has come; here it has settled,
# and the fibre rests lower by up to 2.6 mV.
@pytest.mark.parametrize(("k", "rest", "off"), [(8.0, -73.4, 0.7), (10.0, -65.7, 2.7)])
def test_rest_at_high_potassium_comes_near(k: float, rest: float, off: float) -> None:
    assert -off < mm.resting(k)[0] - rest < 0


@pytest.mark.parametrize(("k", "size"), [(2.5, 259), (4.2, 164), (5.0, 130), (6.5, 82)])
def test_thresholds_lie_within_8_percent_of_the_reference(k: float, size: float) -> None:
    assert mm.threshold_uA_per_cm2(k) == pytest.approx(size, rel=0.08)


def test_peak_at_normal_potassium() -> None:
    assert mm.stimulate(200, 4.2).peak_mV == pytest.approx(49.6, abs=1)


def test_mild_excess_excites_and_strong_excess_silences() -> None:
    low, usual, mild = (mm.threshold_uA_per_cm2(k) for k in (2.5, 4.2, 6.5))
    assert low is not None
    assert usual is not None
    assert mild is not None
    assert mild < 0.6 * usual < usual < 0.7 * low
    peaks = [mm.stimulate(250, k).peak_mV for k in (4.2, 6.5, 8.0, 10.0)]
    assert peaks == sorted(peaks, reverse=True)
    assert mm.threshold_uA_per_cm2(10) is None


def slope(_t: float, y: NDArray[np.float64], size: float, k: float) -> NDArray[np.float64]:
    """Give the twelve equations without tables."""
    fibre, out = mm.FIBRE, np.empty(12)
    volts = y[:2]
    na, dr, other = mm.currents(volts, k)
    steady = np.array(list(mm.gates(volts).values()))
    gates = y[2:].reshape(5, 2)
    m, h, s, n, slow = gates
    dense = np.array([[1, 1], [fibre.sodium_in_tubules, fibre.potassium_in_tubules]])
    ionic = dense[:, 0] * na * m**3 * h * s + dense[:, 1] * dr * n**4 * slow
    ionic += np.array([other[0, 0], other[1, 1]])
    link = (volts[0] - volts[1]) * 1000 / fibre.access_ohm_cm2
    out[:2] = -ionic + np.array([size - link, link / fibre.tubules])
    out[2:] = ((steady[:, 0] - gates) / steady[:, 1]).ravel()
    return out


@pytest.mark.parametrize(("k", "size"), [(4.2, 200), (6.5, 120), (10.0, 200)])
def test_course_against_a_tight_solution(k: float, size: float) -> None:
    pulse = mm.stimulate(size, k, start_ms=0.0, step_ms=0.01)
    volts = np.array(mm.resting(k))
    start = np.concatenate([volts, np.array([s for s, _ in mm.gates(volts).values()]).ravel()])
    tight: dict[str, Any] = {"method": "LSODA", "rtol": 1e-8, "atol": 1e-9, "dense_output": True}
    first: Any = solve_ivp(slope, (0, mm.PULSE_ms), start, args=(size, k), **tight)
    rest: Any = solve_ivp(slope, (mm.PULSE_ms, 8), first.y[:, -1], args=(0.0, k), **tight)
    at = pulse.time_ms
    true = np.asarray(np.where(at < mm.PULSE_ms, first.sol(at)[0], rest.sol(at)[0]))
    assert pulse.peak_mV == pytest.approx(true.max(), abs=0.1)
    steepest = np.abs(np.gradient(true, pulse.time_ms)).max()
    assert np.abs(pulse.voltage_mV - true).max() < 0.01 * steepest
    assert pulse.voltage_mV[-1] == pytest.approx(true[-1], abs=0.1)


@pytest.mark.parametrize("k", [2.5, 4.2, 6.5, 10.0])
def test_rest_stays_at_rest(k: float) -> None:
    assert np.ptp(mm.stimulate(0, k, end_ms=40).voltage_mV) < 0.02


def test_steps_twice_as_long_give_the_same_spike() -> None:
    fine, coarse = (mm.stimulate(200, 4.2, step_ms=dt).peak_mV for dt in (0.005, mm.STEP_ms))
    assert coarse == pytest.approx(fine, abs=0.05)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"size_uA_per_cm2 is .*: allowed is 0 to 1000 µA/cm²"):
        mm.stimulate(bad)
    with pytest.raises(ValueError, match=r"potassium_mM is .*: allowed is 2 to 12 mmol/L"):
        mm.resting(bad)
