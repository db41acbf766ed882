"""The body's potassium: steady states, conservation, and the course against a stiff solver."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from course_lib.physiology import potassium_balance as model
from course_lib.physiology.potassium_balance import Conditions
from course_lib.physiology.potassium_body import BODY
from tests.physiology.bad_input import NOT_A_QUANTITY

FACTOR, SODIUM, INTAKE = st.floats(0.6, 1.6), st.floats(0.8, 1.5), st.floats(20, 200)


def published_rates(t: float, y: Any, f: float, s: float, intake: float) -> list[float]:
    """The equations once more, with their numbers as printed, to check the model against."""
    del t
    gut, plasma, between, cells, n = y
    kp, ke, kc = plasma / 4.5, between / 10, cells / 24
    c_al = 85 * max(n, 0)
    nka = (66.4 + 0.273 * c_al) / 89.605 * 130 * ke / (1.4 + ke)
    leak = 130 * 4.3 / (1.4 + 4.3) / (130 - 4.3) * (kc - ke)
    flow = 0.3 * (kp - ke)
    food = max(1, 0.250274 * (gut - 0.9 * 70 / 1440 / 0.01) + 1)
    distal = (1 - 0.92) * 0.125 * kp + 0.041 * f * s * 0.3475 * c_al**0.23792 * food
    urine = distal + 0.0022 * f * s * 0.161275 * c_al**0.410711 - 0.499994 * distal
    ecf = (plasma + between) / 14.5
    wanted = max(0, (ecf / 144) / (4.2 / 144 / 3) - 2)
    return [
        0.9 * intake / 1440 - 0.01 * gut, 0.01 * gut - flow - urine,
        flow - nka + leak, nka - leak, (wanted - n) / 60,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("factor", "level_mM"),
    [(1, 4.2054), (0.9, 4.474), (0.95, 4.335), (1.05, 4.085), (1.10, 3.974), (1.20, 3.777),
     (1.267, 3.663), (1.27, 3.658), (1.5, 3.358)],
)  # fmt: skip
def test_steady_states_at_nine_factors_of_secretion(factor: float, level_mM: float) -> None:
    assert model.steady_mM(Conditions(factor)) == pytest.approx(level_mM, abs=6e-4)


def test_two_hits_do_more_than_one() -> None:
    # 15 % more sodium, first alone and then with the factor 1.27.
    assert model.steady_mM(Conditions(1, 1.15)) == pytest.approx(3.872, abs=5e-4)
    assert model.steady_mM(Conditions(1.27, 1.15)) == pytest.approx(3.400, abs=5e-4)


def test_aldosterone_blunts_the_fall() -> None:
    assert model.steady_mM(Conditions(1.27), aldosterone_held=True) == pytest.approx(2.98, abs=5e-3)


def test_with_aldosterone_held_there_may_be_no_balance() -> None:
    with pytest.raises(ValueError, match="aldosterone held, more is secreted than taken up"):
        model.steady_mM(Conditions(1.5, 1.5), aldosterone_held=True)
    assert 2.8 < model.steady_mM(Conditions(1.5, 1.5)) < 3.2


def test_normal_aldosterone_multiplies_secretion_by_one() -> None:
    assert BODY.distal_gain == pytest.approx(1, abs=1e-3)
    assert BODY.duct_gain == pytest.approx(1, abs=1e-3)
    assert BODY.pumping(1.0) == pytest.approx(1, abs=1e-12)
    assert BODY.aldosterone_stops_mM == pytest.approx(2.8, abs=1e-12)


@given(FACTOR, SODIUM, INTAKE)
def test_a_steady_state_stands_still_in_the_equations_as_printed(
    factor: float, sodium: float, intake: float
) -> None:
    state = model.steady_state(Conditions(factor, sodium, intake))
    # Where aldosterone all but stops, n ** 0.24 makes more than 1e-9 of the level's last digit.
    assume(state[-1] == 0 or state[-1] > 1e-9)
    assert np.abs(published_rates(0, state, factor, sodium, intake)).max() < 1e-9


@given(st.floats(2.81, 9), SODIUM, INTAKE)
def test_the_factor_for_a_level_leads_back_to_the_level(
    level_mM: float, sodium: float, intake: float
) -> None:
    factor = float(model.secretion_for(level_mM, Conditions(1, sodium, intake)))
    if 0.2 <= factor <= 5:
        found = model.steady_mM(Conditions(factor, sodium, intake))
        assert found == pytest.approx(level_mM, abs=1e-9)


@given(FACTOR, FACTOR, SODIUM, INTAKE)
def test_more_secretion_never_raises_plasma(
    one: float, other: float, sodium: float, intake: float
) -> None:
    less, more = sorted((one, other))
    low = model.steady_mM(Conditions(more, sodium, intake))
    assert low <= model.steady_mM(Conditions(less, sodium, intake)) + 1e-12


@pytest.mark.parametrize(
    ("factor", "sodium", "intake"),
    [(1, 1, 70), (1.216, 1.2, 70), (1.5, 1.5, 50), (0.7, 0.8, 70), (1.2, 1, 100), (1.6, 1.5, 20)],
)
def test_the_course_is_that_of_a_stiff_solver(factor: float, sodium: float, intake: float) -> None:
    start = model.steady_state()
    course = model.follow(Conditions(factor, sodium, intake))
    exact = solve_ivp(
        published_rates, (0, 1440 * model.END_d), start, method="Radau",
        t_eval=1440 * course.time_d, args=(factor, sodium, intake), rtol=1e-9, atol=1e-9,
    )  # fmt: skip
    np.testing.assert_allclose(course.plasma_mM, exact.y[1] / 4.5, rtol=2e-6)
    np.testing.assert_allclose(course.cell_mM, exact.y[3] / 24, rtol=2e-6)
    np.testing.assert_allclose(course.aldosterone, exact.y[4], rtol=1e-5, atol=1e-6)


@given(FACTOR, SODIUM, st.floats(50, 100))
def test_what_the_body_gains_is_what_was_taken_up_less_the_urine(
    factor: float, sodium: float, intake: float
) -> None:
    time = np.linspace(0, 30, 3001)
    course = model.follow(Conditions(factor, sodium, intake), time_d=time)
    net = course.absorbed_mmol_per_d - course.urine_mmol_per_d
    added = np.trapezoid(net, time)
    assert course.body_mmol[-1] - course.body_mmol[0] == pytest.approx(added, abs=0.02)


def test_nine_tenths_of_the_intake_leave_with_the_urine_in_the_end() -> None:
    course = model.follow(Conditions(1.2, 1.1, 80), time_d=[0, 1000, 1200])
    assert course.urine_mmol_per_d[-1] == pytest.approx(72, abs=1e-3)
    assert course.plasma_mM[-1] == pytest.approx(
        model.steady_mM(Conditions(1.2, 1.1, 80)), abs=1e-4
    )


def test_magnesium_does_not_change_the_uptake_from_the_gut() -> None:
    course = model.follow(Conditions(1.5))
    np.testing.assert_allclose(course.absorbed_mmol_per_d, 63, rtol=1e-9)


def test_putting_the_channel_right_stops_the_loss_and_refills_the_body() -> None:
    short = model.steady_state(Conditions(1.216, 1.2))
    course = model.follow(Conditions(), short, time_d=np.linspace(0, 720, 61))
    assert np.all(course.urine_mmol_per_d[1:] < course.absorbed_mmol_per_d[1:])
    assert np.all(np.diff(course.plasma_mM) > 0)
    assert course.plasma_mM[-1] == pytest.approx(4.2054, abs=1e-3)


def test_a_course_has_one_value_for_each_time() -> None:
    course = model.follow(model.HEALTHY, time_d=[0, 1, 2, 3])
    shapes = {getattr(course, f.name).shape for f in fields(course) if f.name != "conditions"}
    assert shapes == {(4,)}


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"secretion is .*: allowed is 0.2 to 5"):
        Conditions(bad)
    with pytest.raises(ValueError, match=r"sodium is .*: allowed is 0.5 to 2"):
        Conditions(1, bad)
    with pytest.raises(ValueError, match=r"intake_mmol_per_d is .*: allowed is 20 to 200 mmol/d"):
        Conditions(1, 1, bad)


@pytest.mark.parametrize("bad", [2.8, 2.0, 15.1])
def test_a_level_that_no_secretion_gives_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"plasma_mM is {bad:g}: allowed is 2.8 to 15 mmol/L"):
        model.secretion_for(bad)


@pytest.mark.parametrize("bad", [[0], [1, 2], [0, 2, 1], 3.0])
def test_times_that_do_not_rise_from_0_are_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="time_d must be a rising list"):
        model.follow(model.HEALTHY, time_d=bad)
