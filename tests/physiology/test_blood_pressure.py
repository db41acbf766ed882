"""The Windkessel, against the reference pressures and a solver."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology.blood_pressure import ADULT, Circulation, beat

YOUNG = Circulation(resistance=0.95, compliance=1.0666, impedance=0.0, stroke_mL=90)
STIFF = Circulation(resistance=0.90, compliance=1.0666, impedance=0.05, stroke_mL=90)


@pytest.mark.parametrize(
    ("circulation", "systolic", "diastolic", "mean"),
    [
        (YOUNG, 130.21, 77.37, 102.600),
        (STIFF, 135.996, 72.820, 102.600),
        (ADULT, 114.640, 72.413, 92.400),
    ],
)
def test_reference_pressures(
    circulation: Circulation, systolic: float, diastolic: float, mean: float
) -> None:
    now = beat(circulation)
    assert now.systolic_mmHg == pytest.approx(systolic, abs=0.05)
    assert now.diastolic_mmHg == pytest.approx(diastolic, abs=0.05)
    assert now.mean_mmHg == pytest.approx(mean, rel=1e-4)
    assert np.trapezoid(now.pressure_mmHg, now.time_s) / now.time_s[-1] == pytest.approx(
        mean, rel=1e-4
    )


@pytest.mark.parametrize(
    ("factor", "systolic", "diastolic"), [(0.98, 112.897, 70.659), (0.977, 112.635, 70.396)]
)
def test_the_trials_as_a_fall_of_resistance(
    factor: float, systolic: float, diastolic: float
) -> None:
    now = beat(replace(ADULT, resistance=factor * ADULT.resistance))
    assert now.systolic_mmHg == pytest.approx(systolic, abs=0.05)
    assert now.diastolic_mmHg == pytest.approx(diastolic, abs=0.05)


def test_a_solver_run_for_many_beats_agrees() -> None:
    whole = 60 / ADULT.rate_per_min
    ejecting = ADULT.ejection * whole
    top = ADULT.stroke_mL * np.pi / (2 * ejecting)
    pressure = 80.0
    for _ in range(40):
        for stop, flow in ((ejecting, top), (whole - ejecting, 0.0)):
            run = solve_ivp(
                lambda t, p, q=flow: (
                    (q * np.sin(np.pi * t / ejecting) - p / ADULT.resistance) / ADULT.compliance
                ),
                (0, stop), [pressure], rtol=1e-10, atol=1e-10,
            )  # fmt: skip
            pressure = float(run.y[0, -1])
    assert beat().pressure_mmHg[-1] == pytest.approx(pressure, abs=1e-5)
    assert beat().pressure_mmHg[0] == pytest.approx(beat().pressure_mmHg[-1])


def test_stiffer_arteries_widen_the_pulse_and_keep_the_mean() -> None:
    stiff = beat(replace(ADULT, compliance=0.6))
    assert stiff.mean_mmHg == beat().mean_mmHg
    assert stiff.systolic_mmHg - stiff.diastolic_mmHg > 1.5 * (
        beat().systolic_mmHg - beat().diastolic_mmHg
    )


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="resistance is 0"):
        Circulation(resistance=0)
