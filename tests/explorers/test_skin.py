"""The picture of magnesium on skin shows what the model says."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.explorers import skin
from course_lib.explorers.skin import CEILING, PIG, STRETCHED, SkinScene
from course_lib.physiology import skin as model


def test_the_point_is_the_models_amount() -> None:
    explorer = skin()
    scene = explorer.canvas.scene
    assert isinstance(scene, SkinScene)
    for kp, area, time_h in ((0.01, 600, 1), (50, 1200, 8), (1000, 2400, 12)):
        explorer.set(kp=kp, area_cm2=area, time_h=time_h)
        dose = float(model.magnesium_mg_per_mL(31))
        expected = dose * -np.expm1(-kp * 1e-6 * area * time_h)
        assert np.asarray(scene.point.get_ydata())[0] == pytest.approx(expected, rel=1e-9)
        drawn = np.size(scene.above.get_xdata()), np.size(scene.below.get_xdata())
        assert sum(drawn) == 100
        assert drawn[1] == round(100 * expected / dose)


def test_estimates_span_four_powers_of_ten() -> None:
    assert STRETCHED[0] == pytest.approx(0.0154, rel=1e-2)
    assert STRETCHED[1] == pytest.approx(9.51, rel=1e-3)
    assert pytest.approx(58.6, abs=0.1) == PIG
    assert np.log10(CEILING / STRETCHED[0]) > 4
