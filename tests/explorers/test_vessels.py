"""What the pictures of notebook 10 draw, against their models and the trials."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.evidence import reference
from course_lib.explorers.blood_pressure import TRIALS, blood_pressure
from course_lib.explorers.vessel import MAGNESIUM_mM, vessel
from course_lib.physiology import vessel as model


def test_the_point_lies_on_its_curve() -> None:
    explorer = vessel()
    for state in ({"mg_mM": 2.0}, {"narrowing": 10.0}, {"drive_per_s": 0.03, "calcium_mM": 0.9}):
        explorer.set(**state)
        scene = explorer.canvas.scene
        ((x, y),) = scene.point.get_xydata()
        drawn = np.interp(np.log(x), np.log(MAGNESIUM_mM), scene.curve.get_ydata())
        assert drawn == pytest.approx(y, rel=1e-3)
        ((radius, resistance),) = scene.on_power.get_xydata()
        assert resistance == pytest.approx(float(model.resistance(radius)))


def test_heads_fill_one_row_in_all() -> None:
    scene = vessel().canvas.scene
    assert sum(bar.get_width() for bar in scene.bars) == pytest.approx(1)


def test_the_wall_keeps_its_cross_section() -> None:
    explorer = vessel()
    areas = []
    for narrowing in (0.0, 15.0, 30.0):
        explorer.set(narrowing=narrowing)
        view = explorer.result
        areas.append((view.radius + view.wall) ** 2 - view.radius**2)
    assert areas == pytest.approx([areas[0]] * 3)


def test_the_reading_puts_by_mouth_beside_the_laboratory() -> None:
    rows = {row.label: str(row.value) for row in vessel().reading}
    mouth, dish = (
        float(rows[label].replace("\u2212", "-"))
        for label in ("resistance at the top of by mouth", "resistance at 6 mmol/L in a dish")
    )
    assert -0.5 < mouth < 0
    assert dish < 20 * mouth


def test_the_preset_of_the_trials_falls_inside_their_interval() -> None:
    explorer = blood_pressure()
    explorer.set(**explorer.presets["magnesium in 34 trials"])
    assert explorer.result.change == pytest.approx(-1.74, abs=0.05)
    trial = TRIALS[0]
    assert trial.low is not None
    assert trial.high is not None
    assert trial.low < explorer.result.change < trial.high
    (x, _) = explorer.canvas.scene.line.get_xdata()
    assert x == explorer.result.change


def test_every_trial_has_its_reference() -> None:
    for trial in TRIALS:
        assert reference(trial.reference).link
