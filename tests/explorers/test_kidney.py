"""What the pictures of notebook 07 show, against the models."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.explorers import potassium_balance, romk_block
from course_lib.explorers.potassium_balance import conditions, settled
from course_lib.explorers.romk_block import PORES, secretions
from course_lib.physiology import potassium_balance as model
from course_lib.physiology import romk


@pytest.mark.parametrize("mg_mM", [0.05, 0.28, 3.0])
def test_point_lies_on_the_curve_and_pores_are_plugged_in_proportion(mg_mM: float) -> None:
    explorer = romk_block()
    explorer.set(mg_mM=mg_mM)
    view = explorer.result
    magnesium = np.geomspace(0.05, 10, 60)
    on_curve = np.interp(np.log(mg_mM), np.log(magnesium), secretions(view))
    assert 100 * view.block.secretion == pytest.approx(on_curve, rel=0.01)
    assert view.plugged == round(PORES * (1 - float(romk.open_share(mg_mM, -30.0))))


@pytest.mark.parametrize("sodium", [90, 100, 130])
def test_curve_of_settled_levels_is_the_steady_state(sodium: float) -> None:
    explorer = potassium_balance()
    explorer.set(sodium=sodium)
    magnesium, level = settled(explorer.result)
    for at in (5, magnesium.size // 2, -5):
        expected = model.steady_mM(conditions(float(magnesium[at]), sodium))
        assert level[at] == pytest.approx(expected, abs=1e-6)


def test_two_hits_leave_the_normal_range_and_one_does_not() -> None:
    explorer = potassium_balance()
    found = {}
    for name in ("low magnesium alone", "more sodium alone", "both"):
        explorer.reset()
        explorer.set(**explorer.presets[name])
        found[name] = explorer.result.settled_mM
    assert found["low magnesium alone"] > 3.5
    assert found["more sodium alone"] > 3.5
    assert found["both"] < 3.5


def test_gut_takes_up_the_same_whatever_the_magnesium() -> None:
    explorer = potassium_balance()
    found = []
    for mg in (0.2, 0.8):
        explorer.set(mg_mM=mg)
        found.append(explorer.result.at_day(explorer.result.course.absorbed_mmol_per_d))
    assert found[0] == pytest.approx(found[1], rel=1e-9) == pytest.approx(0.9 * 70, rel=1e-6)
