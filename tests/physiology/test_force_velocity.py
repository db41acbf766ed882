"""Hill's hyperbola: the table of the science notes, its algebra, and its limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import minimize_scalar

from course_lib.physiology import force_velocity as fv
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

CURVATURES = st.floats(0.05, 1.0)
SHARES = st.floats(0.0, 1.0)
GRID = np.linspace(0, 1, 201)


@pytest.mark.parametrize(
    ("k", "best", "power"), [(0.15, 0.2653, 0.0704), (0.25, 0.3090, 0.0955), (0.40, 0.3483, 0.1213)]
)
def test_optimum_of_the_table(k: float, best: float, power: float) -> None:
    assert fv.best_load(k) == pytest.approx(best, abs=5e-5)
    assert fv.best_load(k) ** 2 == pytest.approx(power, abs=5e-5)


def test_optimum_of_frog_muscle_is_a_quarter_of_root_five_less_one() -> None:
    assert fv.best_load() == pytest.approx((np.sqrt(5) - 1) / 4, abs=1e-15)


@pytest.mark.parametrize(
    ("u", "force"), [(0.1, 0.6429), (0.2, 0.4444), (0.3, 0.3182), (0.5, 0.1667), (0.8, 0.0476)]
)
def test_frog_curve_of_the_table(u: float, force: float) -> None:
    assert fv.relative_force(u) == pytest.approx(force, abs=1e-4)


@pytest.mark.parametrize(
    ("muscle", "curvature", "vmax", "status"),
    [
        (fv.FROG, 0.25, (1.3, 1.3), "textbook"),
        (fv.SLOW, 0.15, (0.3, 0.8), "textbook"),
        (fv.FAST, 0.40, (1.1, 3.0), "textbook"),
    ],
    ids=["frog", "slow", "fast"],
)
def test_constants_and_how_well_they_are_known(
    muscle: fv.HillMuscle, curvature: float, vmax: tuple[float, float], status: str
) -> None:
    rows = {name: about for name, _, about in sources(muscle)}
    assert muscle.a_over_F0 == curvature
    assert vmax[0] <= muscle.vmax_L0_per_s <= vmax[1]
    assert rows["vmax_L0_per_s"].status == status
    assert "not" in rows["vmax_L0_per_s"].note, "no paper was read for it"


def test_frog_constants_give_b_of_the_hyperbola() -> None:
    assert fv.FROG.a_over_F0 * fv.FROG.vmax_L0_per_s == pytest.approx(0.325, abs=1e-12)


@pytest.mark.parametrize("muscle", [fv.FROG, fv.SLOW, fv.FAST])
def test_hill_1938_in_its_own_form(muscle: fv.HillMuscle) -> None:
    a, vmax = muscle.a_over_F0, muscle.vmax_L0_per_s
    b = a * vmax
    force = fv.relative_force(GRID, a)
    np.testing.assert_allclose((force + a) * (GRID * vmax + b), (1 + a) * b, rtol=1e-13)


@given(CURVATURES)
def test_ends_of_the_curve(k: float) -> None:
    np.testing.assert_array_equal(fv.relative_force([0.0, 1.0], k), [1.0, 0.0])
    np.testing.assert_allclose(fv.relative_speed([0.0, 1.0], k), [1.0, 0.0], atol=1e-15)


@given(CURVATURES)
def test_force_falls_and_the_curve_is_convex(k: float) -> None:
    force = fv.relative_force(GRID, k)
    assert np.all(np.diff(force) < 0)
    assert np.all(np.diff(force, 2) > 0)
    assert np.all((force >= 0) & (force <= 1))


@given(SHARES, CURVATURES)
def test_speed_and_force_are_one_curve(load: float, k: float) -> None:
    assert fv.relative_force(fv.relative_speed(load, k), k) == pytest.approx(load, abs=1e-12)


@given(CURVATURES)
def test_closed_optimum_is_the_numerical_one(k: float) -> None:
    found = minimize_scalar(
        lambda u: -u * float(fv.relative_force(u, k)),
        bounds=(0, 1), method="bounded", options={"xatol": 1e-9},
    )  # fmt: skip
    best = fv.best_load(k)
    assert best == pytest.approx(found.x, abs=1e-6)
    assert best**2 == pytest.approx(-found.fun, abs=1e-12)
    assert fv.relative_force(best, k) == pytest.approx(best, abs=1e-12)


@given(SHARES, CURVATURES)
def test_no_load_gives_more_than_the_best_power(load: float, k: float) -> None:
    lift = fv.lift(load, fv.HillMuscle(k, 2.0))
    assert 0 <= lift.power <= lift.best_power + 1e-15
    assert 0 <= lift.share_of_best <= 1 + 1e-12


@given(SHARES)
def test_a_lift_agrees_with_the_curve(load: float) -> None:
    lift = fv.lift(load, fv.SLOW)
    u = float(fv.relative_speed(load, fv.SLOW.a_over_F0))
    assert (lift.muscle, lift.load) == (fv.SLOW, load)
    assert lift.speed_L0_per_s == pytest.approx(u * fv.SLOW.vmax_L0_per_s, abs=1e-15)
    assert lift.power == pytest.approx(load * u, abs=1e-15)
    assert lift.best_power == pytest.approx(lift.best_load**2, abs=1e-15)


@pytest.mark.parametrize("load", [0.0, 1.0])
def test_an_empty_hand_and_a_load_too_heavy_give_no_power(load: float) -> None:
    assert fv.lift(load).power == 0


@given(arrays(float, array_shapes(min_dims=0, max_dims=3, max_side=4), elements=SHARES))
def test_the_shape_is_kept(values: np.ndarray[Any, Any]) -> None:
    assert fv.relative_force(values).shape == values.shape
    assert fv.relative_speed(values).shape == values.shape


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"relative_speed is .*: allowed is 0 to 1"):
        fv.relative_force(bad)
    with pytest.raises(ValueError, match=r"load is .*: allowed is 0 to 1 of F0"):
        fv.relative_speed([0.5, bad])
    with pytest.raises(ValueError, match=r"a_over_F0 is .*: allowed is 0.001 to 1000"):
        fv.best_load(bad)


@pytest.mark.parametrize("bad", [-0.01, 1.01, -5.0])
def test_shares_outside_0_to_1_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"relative_speed is {bad:g}: allowed is 0 to 1"):
        fv.relative_force(bad)
    with pytest.raises(ValueError, match=f"load is {bad:g}: allowed is 0 to 1 of F0"):
        fv.lift(bad)


@pytest.mark.parametrize("bad", [0.0, -0.25, 1e4])
def test_constants_outside_their_range_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"a_over_F0 is {bad:g}: allowed is 0.001 to 1000"):
        fv.lift(0.5, fv.HillMuscle(bad, 1.3))
    with pytest.raises(ValueError, match=f"vmax_L0_per_s is {bad:g}: allowed is 0.001 to 1000 L0"):
        fv.lift(0.5, fv.HillMuscle(0.25, bad))
