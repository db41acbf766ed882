"""The body of a hundred squares, its flows and the plasma curves, against the model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from course_lib.explorers._body import SPOTS
from course_lib.explorers.magnesium_balance import (
    MagnesiumBalanceScene,
    TOP_mM,
    flows,
    magnesium_balance,
)
from course_lib.explorers.missed_meals import Missed, MissedMealsScene, missed_meals
from course_lib.physiology import magnesium_balance as model
from course_lib.ui import Explorer


def balance(**values: float) -> tuple[Explorer[model.History], MagnesiumBalanceScene]:
    explorer = magnesium_balance()
    explorer.set(**values)
    scene = explorer.canvas.scene
    assert isinstance(scene, MagnesiumBalanceScene)
    return explorer, scene


def missed(**values: float | bool) -> tuple[Explorer[Missed], MissedMealsScene]:
    explorer = missed_meals()
    explorer.set(**values)
    scene = explorer.canvas.scene
    assert isinstance(scene, MissedMealsScene)
    return explorer, scene


def rows(explorer: Explorer[model.History] | Explorer[Missed]) -> dict[str, str]:
    return {row.label: f"{row.value} {row.unit}" for row in explorer.reading}


def test_the_body_is_a_hundred_different_squares() -> None:
    assert len({tuple(spot) for spot in SPOTS}) == 100


@pytest.mark.parametrize(("uptake", "gone"), [(100, 0), (50, 3), (10, 8)])
def test_squares_are_empty_by_the_loss_and_each_is_drawn_once(uptake: float, gone: int) -> None:
    explorer, scene = balance(uptake=uptake)
    squares = scene.squares
    drawn = [
        tuple(spot)
        for line in (squares.outside, squares.cells, squares.slow, squares.gone)
        for spot in line.get_xydata()
    ]
    assert len(drawn) == len(set(drawn)) == 100
    assert len(squares.gone.get_xdata()) == gone == round(explorer.result.lost_percent[-1])
    share = 100 * explorer.result.cells_mmol[-1] / explorer.result.body.total_mmol
    assert len(squares.cells.get_xdata()) == pytest.approx(share, abs=0.5)


@pytest.mark.parametrize(
    ("values", "plasma", "urine"),
    [
        ({}, 0.850, 98), ({"intake_mg": 150}, 0.805, 70), ({"shift_mM": 0.019}, 0.832, 99),
        ({"uptake": 50}, 0.771, 55), ({"shift_mM": 0.15}, 0.708, 103),
    ],
)  # fmt: skip
def test_points_and_arrows_show_the_calibration(
    values: dict[str, float], plasma: float, urine: float
) -> None:
    explorer, scene = balance(**values)
    assert scene.point.get_xydata()[0] == pytest.approx([365, plasma], abs=1e-3)
    assert scene.flows[2][1].get_text() == f"{urine}"
    assert scene.flows[2][0].get_linewidth() == pytest.approx(urine / 50, rel=0.01)
    assert scene.wave.get_ydata() == pytest.approx(
        np.append(explorer.result.day_mM, explorer.result.day_mM[0])
    )


def test_what_comes_in_goes_out_after_a_year_of_balance() -> None:
    explorer, _ = balance()
    _, taken, urine, other = flows(explorer.result)
    assert taken == pytest.approx(urine + other, abs=0.2)


def test_one_meal_mark_for_each_dose_and_none_without_food() -> None:
    for doses in (1, 2, 3, 6):
        _, scene = balance(doses=doses)
        assert len(scene.meals.get_xdata()) == doses
    _, scene = balance(intake_mg=0)
    assert len(scene.meals.get_xdata()) == 0


def test_no_curve_leaves_the_axes() -> None:
    explorer = magnesium_balance()
    scene = explorer.canvas.scene
    assert isinstance(scene, MagnesiumBalanceScene)
    ends = [(0, 800), (1, 3, 6), (20, 100), (0.0, 0.15), (10, 100)]
    for values in itertools.product(*ends):
        explorer.set(**dict(zip(explorer.controls, values, strict=True)))
        assert 0 < explorer.result.low_mM.min() <= explorer.result.high_mM.max() < TOP_mM


def test_a_supplement_is_named_with_its_small_rise() -> None:
    explorer, _ = balance(intake_mg=670)
    assert rows(explorer)["against 300 mg/day, healthy"] == "+0.046 mmol/L"


@pytest.mark.parametrize(
    ("days", "plasma", "gone"), [(0.5, 0.792, 0.19), (7, 0.704, 1.8), (100, 0.365, 9.6)]
)
def test_points_of_the_fast(days: float, plasma: float, gone: float) -> None:
    _, scene = missed(days=days)
    assert scene.point.get_xydata()[0] == pytest.approx([days, plasma], abs=1e-3)
    assert scene.left_point.get_xydata()[0] == pytest.approx([days, 100 - gone], abs=0.06)
    assert scene.lost.get_text() == f"{gone:.2g}"
    for point, curve in ((scene.point, scene.curve), (scene.left_point, scene.left)):
        x, y = point.get_xydata()[0]
        assert y == pytest.approx(np.interp(x, *curve.get_data()), rel=1e-9)


def test_crossing_times_lie_on_the_curve() -> None:
    explorer, scene = missed()
    said = rows(explorer)
    assert said["plasma below 0.70 mmol/L"] == "after 7.4 days "
    assert said["plasma below 0.50 mmol/L"] == "after 41 days "
    assert np.interp([7.4, 41], *scene.curve.get_data()) == pytest.approx([0.7, 0.5], abs=0.005)
    explorer.set(intake_mg=150, shift_mM=0.3, stores=False)
    assert rows(explorer)["plasma below 0.50 mmol/L"].startswith("after")


def test_kidney_and_stores_each_hold_plasma_up() -> None:
    held, _ = missed(days=1)
    bare, _ = missed(days=1, stores=False)
    wasting, _ = missed(days=1, shift_mM=0.3)
    assert bare.result.plasma_mM < held.result.plasma_mM - 0.1
    assert wasting.result.plasma_mM < held.result.plasma_mM - 0.1
    assert wasting.result.lost_percent > held.result.lost_percent
