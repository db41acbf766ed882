"""Huxley's two-state model: the table, and the rate equation solved a second way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.integrate import quad, solve_ivp

from course_lib.physiology import cross_bridges as cb
from course_lib.physiology import force_velocity, sources
from course_lib.physiology.cross_bridges import FROG, Huxley
from tests.physiology.bad_input import NOT_A_QUANTITY

VMAX = cb.vmax()
SPEEDS = st.floats(0.0, 1.0)
SLIDERS = st.builds(
    Huxley, f1_per_s=st.floats(5, 150), g1_per_s=st.floats(2, 60), g2_per_s=st.floats(50, 800)
)
TABLE = pytest.mark.parametrize(
    ("u", "huxley", "hill"),
    [
        (0.1, 0.6279, 0.6429),
        (0.2, 0.4142, 0.4444),
        (0.3, 0.2949, 0.3182),
        (0.5, 0.1618, 0.1667),
        (0.8, 0.0517, 0.0476),
    ],
)


def by_rate_equation(speed_L_per_s: float, p: Huxley) -> tuple[float, float, float, float]:
    """Solve -v dn/dx = f (1 - n) - g n from x = h downwards, with its integrals.

    Returns force and fuel relative to holding still, and the attached heads ahead of and behind
    the resting place. Nothing here uses the closed form.
    """
    v_nm_per_s = 1e3 * p.s_um * speed_L_per_s / 2
    far_nm = -45 * v_nm_per_s / p.g2_per_s  # behind it fewer than e^-45 of the heads are left

    def slopes(x: float, y: np.ndarray[Any, Any], ahead: bool) -> list[float]:
        n = y[0]
        f = p.f1_per_s * x / p.h_nm if ahead else 0.0
        g = p.g1_per_s * x / p.h_nm if ahead else p.g2_per_s
        return [-(f * (1 - n) - g * n) / v_nm_per_s, n, n * x, f * (1 - n)]

    def run(start: list[float], span: tuple[float, float], ahead: bool) -> list[float]:
        found = solve_ivp(
            slopes, span, start, args=(ahead,), method="DOP853", rtol=1e-13, atol=1e-15
        )
        return [float(value) for value in found.y[:, -1]]

    # Integrals run from h down, hence the minus signs.
    n0, heads_ahead, force_ahead, fuel = run([0.0, 0.0, 0.0, 0.0], (p.h_nm, 0.0), True)
    _, heads_behind, force_behind, _ = run([n0, 0.0, 0.0, 0.0], (0.0, far_nm), False)
    held = p.f1_per_s / (p.f1_per_s + p.g1_per_s)
    force_held = held * p.h_nm**2 / 2
    fuel_held = p.f1_per_s * (1 - held) * p.h_nm / 2
    return (
        -(force_ahead + force_behind) / force_held,
        -fuel / fuel_held,
        -heads_ahead / p.h_nm,
        -heads_behind / p.h_nm,
    )


def test_constants_of_the_second_reading_and_how_well_they_are_known() -> None:
    values = (FROG.f1_per_s, FROG.g1_per_s, FROG.g2_per_s, FROG.h_nm, FROG.s_um)
    assert values == (43.3, 10.0, 209.0, 15.6, 2.5)
    assert {about.status for _, _, about in sources(cb)} == {"textbook"}


def test_unit_of_speed_and_highest_speed() -> None:
    assert FROG.phi_per_s == pytest.approx(0.33259, abs=5e-6)
    assert cb.vmax() == pytest.approx(1.3310, abs=5e-5)
    assert VMAX / FROG.phi_per_s == pytest.approx(4.002, abs=5e-4)


def test_a_sarcomere_of_2_2_um_makes_all_speeds_higher_and_changes_nothing_else() -> None:
    short = replace(FROG, s_um=2.2)
    assert short.phi_per_s == pytest.approx(0.3779, abs=5e-5)
    assert cb.vmax(short) == pytest.approx(1.51, abs=5e-3)
    assert cb.vmax(short) / VMAX == pytest.approx(2.5 / 2.2, rel=1e-9)
    u = np.linspace(0, 1, 21)
    np.testing.assert_allclose(cb.force(u * cb.vmax(short), short), cb.force(u * VMAX), atol=1e-9)


@TABLE
def test_force_of_the_table(u: float, huxley: float, hill: float) -> None:
    assert cb.force(u * VMAX) == pytest.approx(huxley, abs=1e-4)
    assert cb.cross_bridges(u).force == pytest.approx(huxley, abs=1e-4)
    assert force_velocity.relative_force(u) == pytest.approx(hill, abs=1e-4)


@pytest.mark.parametrize(("u", "share"), [(0.0, 0.8124), (0.2, 0.4912), (1.0, 0.2144)])
def test_attached_heads_of_the_table(u: float, share: float) -> None:
    assert cb.cross_bridges(u).attached_share == pytest.approx(share, abs=1e-4)


@pytest.mark.parametrize(("u", "fuel"), [(0.0, 1.0), (0.2, 3.47), (1.0, 4.83)])
def test_fuel_of_the_table(u: float, fuel: float) -> None:
    assert cb.cross_bridges(u).fuel == pytest.approx(fuel, abs=5e-3)


def test_power_is_greatest_at_a_third_of_the_highest_speed() -> None:
    u = np.linspace(0, 1, 100_001)
    power = u * cb.force(u * VMAX)
    best = power.argmax()
    assert u[best] == pytest.approx(0.3236, abs=1e-4)
    assert cb.force(u[best] * VMAX) == pytest.approx(0.2739, abs=1e-4)


def test_distance_from_hills_curve() -> None:
    u = np.linspace(0, 1, 10_001)
    apart = cb.force(u * VMAX) - force_velocity.relative_force(u)
    assert apart.min() == pytest.approx(-0.030, abs=5e-4)
    assert u[apart.argmin()] == pytest.approx(0.19, abs=0.01)
    assert apart.max() == pytest.approx(0.013, abs=5e-4)
    assert u[apart.argmax()] == pytest.approx(0.03, abs=0.005)


def test_limits_of_force() -> None:
    assert cb.force(0.0) == 1
    assert cb.force(1e-7) == pytest.approx(1.0, abs=1e-6)
    assert abs(cb.force(4 * FROG.phi_per_s)) < 2e-3
    assert cb.force(VMAX) == pytest.approx(0.0, abs=1e-10)
    assert cb.force(1.1 * VMAX) < 0


def test_nothing_jumps_where_holding_still_ends() -> None:
    below, above = cb.STILL * 0.5, cb.STILL * 2
    assert cb.force(below) == pytest.approx(float(cb.force(above)), abs=1e-7)
    assert cb.fuel(below) == pytest.approx(float(cb.fuel(above)), abs=1e-7)
    assert cb.shares(below) == pytest.approx(cb.shares(above), abs=1e-7)
    x = np.linspace(-5, 15, 41)
    x = x[x != 0]  # at rest nothing is attached behind 0, in movement heads are carried past it
    np.testing.assert_allclose(cb.attached(x, below), cb.attached(x, above), atol=1e-7)


@pytest.mark.parametrize("u", [0.03, 0.1, 0.2, 0.5, 0.8, 1.0])
@pytest.mark.parametrize(
    "p",
    [FROG, Huxley(150.0, 2.0, 50.0), Huxley(5.0, 60.0, 800.0), replace(FROG, s_um=2.2, h_nm=10.0)],
    ids=["frog", "sticky", "slippery", "other lengths"],
)
def test_closed_form_is_the_solution_of_the_rate_equation(u: float, p: Huxley) -> None:
    speed = u * cb.vmax(p)
    force, fuel, ahead, behind = by_rate_equation(speed, p)
    assert cb.force(speed, p) == pytest.approx(force, abs=1e-9)
    assert cb.fuel(speed, p) == pytest.approx(fuel, abs=1e-9, rel=1e-9)
    assert cb.shares(speed, p) == pytest.approx((ahead, behind), abs=1e-9)


@settings(max_examples=40)
@given(SLIDERS, st.floats(0.02, 1.0))
def test_closed_form_is_the_integral_of_the_drawn_curve(p: Huxley, u: float) -> None:
    speed = u * cb.vmax(p)
    carried_nm = 1e3 * p.s_um * speed / (2 * p.g2_per_s)  # how far heads are carried on average

    def heads(x: float) -> float:
        return float(cb.attached(x, speed, p))

    def over(power: int, low: float, high: float) -> float:
        return float(
            quad(lambda x: heads(x) * x**power, low, high, epsabs=1e-11, epsrel=1e-11, limit=200)[0]
        )

    force_held = p.f1_per_s / (p.f1_per_s + p.g1_per_s) * p.h_nm**2 / 2
    far = -45 * carried_nm
    ahead, behind = cb.shares(speed, p)
    assert over(0, 0, p.h_nm) / p.h_nm == pytest.approx(ahead, abs=1e-9)
    assert over(0, far, 0) / p.h_nm == pytest.approx(behind, abs=1e-9)
    force = (over(1, 0, p.h_nm) + over(1, far, 0)) / force_held
    assert cb.force(speed, p) == pytest.approx(force, abs=1e-9)


@given(SLIDERS, SPEEDS)
def test_every_number_of_a_picture_stays_in_its_bounds(p: Huxley, u: float) -> None:
    found = cb.cross_bridges(u, p)
    assert found.x_nm.shape == found.attached.shape == (240,)
    assert found.speed_L_per_s == pytest.approx(u * found.vmax_L_per_s, rel=1e-12)
    assert np.all((found.attached >= 0) & (found.attached <= 1))
    assert -1e-9 <= found.force <= 1
    assert 0 <= found.pulling_share <= 1
    assert found.braking_share >= 0
    assert found.attached_share == found.pulling_share + found.braking_share
    assert found.fuel >= 1 - 1e-12
    assert found.fuel <= 1 + p.f1_per_s / p.g1_per_s + 1e-9


@given(SLIDERS)
def test_faster_means_less_force_fewer_pulling_heads_and_more_fuel(p: Huxley) -> None:
    speeds = np.linspace(0, 1, 41) * cb.vmax(p)
    assert np.all(np.diff(cb.force(speeds, p)) < 0)
    assert np.all(np.diff(cb.fuel(speeds, p)) > 0)
    pulling, braking = np.transpose([cb.shares(speed, p) for speed in speeds])
    assert np.all(np.diff(pulling) < 0)
    assert np.all(np.diff(braking) > 0)


@given(SLIDERS, st.floats(1.05, 2.0))
def test_highest_speed_rises_when_heads_let_go_faster_behind(p: Huxley, times: float) -> None:
    assert cb.vmax(replace(p, g2_per_s=times * p.g2_per_s)) > cb.vmax(p)


@given(SLIDERS, st.floats(0.05, 1.0))
def test_attached_heads_change_without_a_jump(p: Huxley, u: float) -> None:
    speed = u * cb.vmax(p)
    for place in (0.0, p.h_nm):
        low, high = cb.attached([place - 1e-9, place + 1e-9], speed, p)
        assert low == pytest.approx(high, abs=1e-6)
    assert cb.attached(1.1 * p.h_nm, speed, p) == 0


def test_holding_still_all_heads_in_reach_are_in_balance() -> None:
    inside, outside = cb.attached([1.0, 8.0, 15.0], 0.0), cb.attached([-1.0, 16.0], 0.0)
    np.testing.assert_allclose(inside, 43.3 / 53.3, rtol=1e-15)
    np.testing.assert_array_equal(outside, 0.0)


@given(arrays(float, array_shapes(min_dims=0, max_dims=3, max_side=4), elements=st.floats(0, 1.4)))
def test_the_shape_is_kept(values: np.ndarray[Any, Any]) -> None:
    assert cb.force(values).shape == values.shape
    assert cb.fuel(values).shape == values.shape
    assert cb.attached(10 * values, 0.5).shape == values.shape


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    for call in (cb.force, cb.fuel, cb.shares, lambda v: cb.force([0.1, v])):
        with pytest.raises(ValueError, match=r"speed_L_per_s is .*: allowed is 0 to inf L/s"):
            call(bad)
    with pytest.raises(ValueError, match=r"relative_speed is .*: allowed is 0 to 1"):
        cb.cross_bridges(bad)
    with pytest.raises(ValueError, match=r"x_nm is .*: allowed is -inf to inf nm"):
        cb.attached(bad, 0.5)


def test_lengthening_is_refused() -> None:
    for call in (cb.force, cb.fuel, cb.shares, lambda v: cb.attached(1.0, v)):
        with pytest.raises(ValueError, match=r"speed_L_per_s is -0.1: allowed is 0 to inf L/s"):
            call(-0.1)


@pytest.mark.parametrize("bad", [-0.01, 1.01])
def test_relative_speeds_outside_0_to_1_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"relative_speed is {bad:g}: allowed is 0 to 1"):
        cb.cross_bridges(bad)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("f1_per_s", "1e-06 to 1e.06 1/s"),
        ("g1_per_s", "1e-06 to 1e.06 1/s"),
        ("g2_per_s", "1e-06 to 1e.06 1/s"),
        ("h_nm", "0.001 to 1000 nm"),
        ("s_um", "0.001 to 1000 µm"),
    ],
)
def test_constants_that_are_not_positive_are_refused(name: str, bad: float, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is {bad:g}: allowed is {allowed}"):
        replace(FROG, **{name: bad})
