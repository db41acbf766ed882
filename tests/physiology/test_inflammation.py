"""The inflammation model: its reference courses, its thresholds, and a tight solver beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import inflammation as model
from course_lib.physiology.inflammation import BODY
from course_lib.physiology.inflammation_threshold import (
    BRAKES,
    MOST,
    TABLE,
    GROWTHS_per_h,
    find_threshold,
    thresholds,
)
from tests.physiology.bad_input import NOT_A_QUANTITY

TIGHT: dict[str, Any] = {"tolerance": 1e-9, "step_h": 0.1}


def growing(per_h: float) -> model.Body:
    return replace(BODY, growth_per_h=per_h)


def test_few_germs_are_cleared() -> None:
    run = model.course(0.5, **TIGHT)
    assert run.peak == pytest.approx(0.0523, abs=1e-4)
    assert run.peak_h == pytest.approx(5.2, abs=0.1)
    assert run.outcome == "heals"


def test_more_germs_leave_a_long_inflammation_that_heals() -> None:
    run = model.course(1.0, **TIGHT)
    assert run.peak == pytest.approx(0.1964, rel=1e-3)
    assert run.peak_h == pytest.approx(33.9, abs=0.1)
    assert run.damage.max() == pytest.approx(3.411, rel=1e-3)
    assert run.own_brake.max() == pytest.approx(0.513, rel=1e-3)
    assert run.outcome == "heals"


def test_still_more_leave_an_inflammation_that_keeps_itself_alive() -> None:
    run = model.course(1.5, end_h=900, **TIGHT)
    assert run.outcome == "own inflammation"
    assert run.germs[-1] == 0
    assert run.defence[-1] == pytest.approx(0.63501, rel=1e-4)
    assert run.damage[-1] == pytest.approx(17.399, rel=1e-4)
    assert run.own_brake[-1] == pytest.approx(0.52286, rel=1e-4)


@pytest.mark.parametrize("germs", [0.5, 1.0, 1.5])
def test_fast_germs_win_from_any_start(germs: float) -> None:
    run = model.course(germs, body=growing(0.6), end_h=900, **TIGHT)
    assert run.outcome == "infection"
    assert run.germs[-1] == pytest.approx(4.936, rel=1e-3)
    assert run.defence[-1] == pytest.approx(0.9810, rel=1e-3)
    assert run.damage[-1] == pytest.approx(17.4925, rel=1e-4)


@pytest.mark.parametrize(("q", "peak"), [(0.95, 0.1811), (0.9, 0.1697), (0.8, 0.1537)])
def test_a_brake_lowers_the_peak_of_an_inflammation_that_heals(q: float, peak: float) -> None:
    run = model.course(1.0, brake=q, **TIGHT)
    assert run.peak == pytest.approx(peak, rel=1e-3)
    assert run.outcome == "heals"


def test_a_weak_brake_does_not_rescue_and_a_stronger_one_does() -> None:
    weak = model.course(1.5, brake=0.8, end_h=900, **TIGHT)
    assert weak.outcome == "own inflammation"
    assert weak.defence[-1] == pytest.approx(0.548, rel=2e-3)
    assert model.course(1.5, brake=0.7).outcome == "heals"


def test_the_brake_costs_where_germs_grow_fast() -> None:
    fast = growing(0.5)
    assert model.course(0.485, body=fast).outcome == "heals"
    assert model.course(0.485, brake=0.37, body=fast).outcome == "infection"


@pytest.mark.parametrize(
    ("germs", "growth", "q"), [(0.5, 0.3, 1.0), (1.0, 0.3, 0.8), (1.0, 0.6, 1.0)]
)
def test_a_tight_solver_agrees(germs: float, growth: float, q: float) -> None:
    """Equations typed again, another method, and an event where the germs are cleared."""
    b = growing(growth)

    def slope(_t: float, y: Any) -> list[float]:
        p, n, d, c = y
        held = 1 + (c / b.c_inf) ** 2
        r = q * (b.k_nn * n + b.k_np * p + b.k_nd * d) / held
        w = (n + b.k_cnd * d) / held
        hit = (n / held) ** 6
        return [
            b.growth_per_h * p * (1 - p / b.p_inf)
            - b.killing_per_h * b.s_m * p / (b.mu_m + b.k_mp * p)
            - b.k_pn * n / held * p,
            b.s_nr * r / (b.mu_nr + r) - b.defence_decay_per_h * n,
            b.k_dn * hit / (b.x_dn**6 + hit) - b.repair_per_h * d,
            b.s_c + b.k_cn * w / (1 + w) - b.brake_decay_per_h * c,
        ]

    def cleared(_t: float, y: Any) -> float:
        return float(y[0] - model.CLEARED)

    cleared.terminal = True  # type: ignore[attr-defined]
    run = model.course(germs, brake=q, body=b)
    start = [germs, 0, 0, b.s_c / b.brake_decay_per_h]
    how: dict[str, Any] = {
        "method": "Radau", "rtol": 1e-9, "atol": 1e-12, "max_step": 1, "dense_output": True,
    }  # fmt: skip
    first = solve_ivp(slope, (0, 240), start, events=cleared, **how)
    end = first.t[-1]
    before = run.time_h <= end
    assert first.sol is not None
    expected = first.sol(run.time_h)
    if end < 240:
        late = solve_ivp(slope, (end, 240), [0, *first.y[1:, -1]], **how)
        assert late.sol is not None
        expected[:, ~before] = late.sol(run.time_h[~before])
    drawn = np.array([run.germs, run.defence, run.damage, run.own_brake])
    np.testing.assert_allclose(drawn, expected, rtol=2e-4, atol=2e-5)


def test_nothing_happens_to_a_body_at_rest_but_the_germs() -> None:
    run = model.course(0.01)
    assert run.outcome == "heals"
    assert run.own_brake[0] == pytest.approx(0.125, abs=1e-12)
    assert run.damage.max() < 1e-6


def test_magnesium_brakes_by_the_curve_that_was_assumed() -> None:
    assert float(model.brake(0.55)) == 1
    assert float(model.brake(1.9)) == pytest.approx(0.7, abs=1e-12)
    assert float(model.brake(0.58)) == pytest.approx(0.9906, abs=1e-4)
    assert np.all(np.diff(model.brake(np.linspace(0.2, 10, 50))) < 0)
    assert np.all(model.brake([0.2, 10], replace(BODY, brake_at_infusion=1.0)) == 1)


@pytest.mark.parametrize(("row", "column"), [(8, 30), (16, 20), (16, 28), (20, 5), (25, 33)])
def test_the_table_of_thresholds_can_be_computed_again(row: int, column: int) -> None:
    growth, q = float(GROWTHS_per_h[row]), float(BRAKES[column])
    cells = TABLE.read_text().splitlines()[1 + row * BRAKES.size + column].split(",")
    germs, beyond = find_threshold(q, growth)
    assert [float(c) for c in cells[:2]] == pytest.approx([growth, q], abs=1e-6)
    assert float(cells[2]) == pytest.approx(germs, rel=2e-4)
    assert cells[3] == beyond


@pytest.mark.parametrize(("growth", "q"), [(0.3, 1.0), (0.312, 0.72), (0.44, 0.83), (0.63, 0.4)])
def test_between_its_entries_the_table_is_near_the_model(growth: float, q: float) -> None:
    near = float(thresholds(q, growth).germs[0])
    assert near == pytest.approx(find_threshold(q, growth)[0], rel=0.02)
    body = growing(growth)
    assert model.course(0.95 * near, brake=q, body=body).outcome == "heals"
    beyond = model.course(1.05 * near, brake=q, body=body).outcome
    assert beyond != "heals"
    assert (beyond == "infection") == bool(thresholds(q, growth).lost_to_germs[0])


def test_a_brake_raises_the_threshold_of_slow_germs_and_lowers_that_of_fast_ones() -> None:
    slow, fast = (thresholds([1.0, 0.7], growth).germs for growth in (0.3, 0.6))
    assert slow[1] > 1.5 * slow[0]
    assert fast[1] < 0.98 * fast[0]
    assert thresholds(0.5, 0.1).germs[0] == pytest.approx(MOST)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"germs is .*: allowed is 0.01 to 10 million/mL"):
        model.course(bad)
    with pytest.raises(ValueError, match=r"brake is .*: allowed is 0.05 to 2"):
        model.course(1.0, brake=bad)
    with pytest.raises(ValueError, match=r"mg_mM is .*: allowed is 0.1 to 12 mmol/L"):
        model.brake(bad)
    with pytest.raises(ValueError, match=r"brake is .*: allowed is 0.1 to 1.4"):
        thresholds(bad, 0.3)


@pytest.mark.parametrize("bad", [0.0, 1.1, -0.3])
def test_a_growth_that_was_not_studied_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=r"growth_per_h is .*: allowed is 0.02 to 1 1/h"):
        growing(bad)
    with pytest.raises(ValueError, match=r"growth_per_h is .*: allowed is 0.1 to 0.8 1/h"):
        thresholds(1.0, bad)
