"""What the pictures of notebook 06 draw and say, against their models."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.explorers.calcium_balance import DIET_mg, calcium_balance, nerve
from course_lib.explorers.nerve_muscle_junction import MAGNESIUM_mM, nerve_muscle_junction
from course_lib.explorers.ryanodine_brake import ryanodine_brake
from course_lib.physiology import calcium_balance as balance
from course_lib.ui import Explorer


def row(explorer: Explorer[Any], start: str) -> str:
    (found,) = (r for r in explorer.reading if r.label.startswith(start))
    return str(found.value).replace("\u2212", "-")


def test_the_junction_point_lies_on_its_curve() -> None:
    explorer = nerve_muscle_junction()
    for state in ({"mg_mM": 2.0}, {"calcium_mM": 0.9}, {"mg_mM": 6.0, "calcium_mM": 3.0}):
        explorer.set(**state)
        scene: Any = explorer.canvas.scene
        ((x, y),) = scene.point.get_xydata()
        drawn = np.interp(np.log(x), np.log(MAGNESIUM_mM), scene.curve.get_ydata())
        assert drawn == pytest.approx(y, rel=2e-3)


def test_packets_follow_release_and_the_plate_follows_the_fibre() -> None:
    explorer = nerve_muscle_junction()
    scene: Any = explorer.canvas.scene
    assert len(scene.released.get_offsets()) == 20
    explorer.set(mg_mM=6.0)
    assert len(scene.released.get_offsets()) == 2
    assert row(explorer, "muscle fibre") == "stays silent"
    explorer.set(calcium_mM=3.0)
    assert row(explorer, "muscle fibre") == "fires"


def test_the_junction_reading_puts_by_mouth_beside_the_laboratory() -> None:
    explorer = nerve_muscle_junction()
    assert float(row(explorer, "change by mouth")) == pytest.approx(-1.8, abs=0.05)
    assert float(row(explorer, "change in a dish")) == pytest.approx(-91, abs=0.5)


def test_a_release_above_the_scale_is_marked() -> None:
    explorer = nerve_muscle_junction()
    scene: Any = explorer.canvas.scene
    assert scene.point.get_marker() == "D"
    explorer.set(calcium_mM=3.0, mg_mM=0.1)
    assert scene.point.get_marker() == "^"


def test_columns_of_the_channel_are_its_shares() -> None:
    explorer = ryanodine_brake()
    for state in ({"mg_mM": 0.05}, {"calcium_uM": 10.0}, {"kind": "hyperthermia"}):
        explorer.set(**state)
        scene: Any = explorer.canvas.scene
        now, columns = explorer.result.brake, scene.columns
        filled = {name: column.get_height() / 2.4 for name, column in columns.items()}
        assert filled["opens magnesium"] == pytest.approx(now.magnesium_on_activation)
        assert filled["opens calcium"] == pytest.approx(now.calcium_on_activation)
        both = filled["shuts magnesium"] + filled["shuts calcium"]
        assert both == pytest.approx(now.inhibited)


def test_by_mouth_leaves_the_channel_and_a_dish_opens_it() -> None:
    explorer = ryanodine_brake()
    assert row(explorer, "opening by mouth") == "1.00"
    assert float(row(explorer, "opening in a dish")) > 10


def test_the_balance_point_lies_on_both_curves() -> None:
    explorer = calcium_balance()
    for state in ({"diet_mg": 2500.0}, {"mg_mM": 0.2}, {"glands": "removed"}):
        explorer.set(**state)
        scene: Any = explorer.canvas.scene
        ((x, y),) = scene.point.get_xydata()
        assert np.interp(x, DIET_mg, scene.curve.get_ydata()) == pytest.approx(y, rel=2e-3)
        ((mg_mM, same),) = scene.mg_point.get_xydata()
        curve_x, curve_y = scene.mg_curve.get_data()
        assert same == y
        assert np.interp(mg_mM, curve_x, curve_y) == pytest.approx(y, rel=2e-3)


def test_low_calcium_excites_and_high_calcium_quiets() -> None:
    low, usual, high = (float(balance.threshold_shift_mV(c, 0.55)) for c in (0.75, 1.22, 1.5))
    assert nerve(low) == "fires far too easily"
    assert nerve(usual) == "as usual"
    assert nerve(high) == "quieter than usual"
