"""What the two explorers of inflammation draw, against their models."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from course_lib import explorers
from course_lib.explorers.inflammation import STRIPS, InflammationScene, MAGNESIUM_mM
from course_lib.explorers.nfkb_feedback import FeedbackScene
from course_lib.physiology import inflammation as body
from course_lib.physiology import nfkb
from course_lib.physiology.inflammation_threshold import thresholds


def test_the_four_strips_are_the_course_under_square_roots() -> None:
    explorer = explorers.inflammation()
    explorer.set(germs=1.5, mg_mM=1.9)
    scene = explorer.canvas.scene
    assert isinstance(scene, InflammationScene)
    run = body.course(1.5, brake=float(body.brake(1.9)))
    drawn = (run.germs, run.defence, run.damage, run.own_brake)
    for row, (line, values) in enumerate(zip(scene.lines, drawn, strict=True)):
        x, y = (np.asarray(v, float) for v in line.get_data())
        np.testing.assert_allclose(x, run.time_h / 24)
        shown = ((y - 3 + row) / 0.85) ** 2 * STRIPS[row][1]
        np.testing.assert_allclose(shown, values, rtol=1e-3, atol=1e-4)


def test_the_borders_are_the_thresholds_and_meet() -> None:
    explorer = explorers.inflammation()
    explorer.set(growth_per_h=0.5)
    scene = explorer.canvas.scene
    assert isinstance(scene, InflammationScene)
    stays, wins = (np.asarray(b.get_ydata(), float) for b in (scene.stays, scene.wins))
    found = thresholds(body.brake(MAGNESIUM_mM), 0.5)
    np.testing.assert_allclose(np.fmax(stays, wins), found.germs)
    assert np.isfinite(stays).sum() + np.isfinite(wins).sum() == MAGNESIUM_mM.size + 1
    assert np.all(np.isnan(stays) == found.lost_to_germs)


@pytest.mark.parametrize(
    ("preset", "ending"),
    [
        ("heals", "heals"),
        ("inflammation stays", "germs gone, inflammation stays"),
        ("the same on a drip: 1.9", "heals"),
        ("fast germs, just healing", "heals"),
        ("the same, 6 in a dish", "infection wins"),
    ],
)
def test_the_presets_end_as_they_say(preset: str, ending: str) -> None:
    explorer = explorers.inflammation()
    explorer.set(**explorer.presets[preset])
    assert next(iter(explorer.reading)).value == ending


def test_without_an_assumed_brake_magnesium_changes_nothing() -> None:
    explorer = explorers.inflammation()
    explorer.set(brake=1.0)
    before = explorer.result.course.defence
    explorer.set(mg_mM=10.0)
    np.testing.assert_array_equal(explorer.result.course.defence, before)


def test_the_reading_sets_by_mouth_beside_the_dish() -> None:
    for explorer in (explorers.inflammation(), explorers.nfkb_feedback()):
        labels = [row.label for row in explorer.reading]
        assert any("top of by mouth" in label for label in labels)
        assert any("6 mmol/L in a dish" in label for label in labels)


def test_the_spikes_are_the_rhythm_and_the_points_lie_on_the_curves() -> None:
    explorer = explorers.nfkb_feedback()
    explorer.set(mg_mM=1.9, ikk=0.03)
    scene = explorer.canvas.scene
    assert isinstance(scene, FeedbackScene)
    run = nfkb.rhythm(extra=0.003, cell=replace(nfkb.CELL, ikk=0.03), settle=300)
    assert np.asarray(scene.nuclear.get_ydata(), float).max() == pytest.approx(
        run.highest, rel=0.01
    )
    for line, value in ((scene.highest, run.highest), (scene.mean, run.mean)):
        on_curve = float(np.interp(1.9, MAGNESIUM_mM, np.asarray(line.get_ydata(), float)))
        assert on_curve == pytest.approx(value, rel=0.015)
    np.testing.assert_allclose(
        np.asarray(scene.points.get_ydata(), float), [run.highest, run.mean], rtol=0.015
    )
    assert np.size(scene.inside.get_xdata()) == round(30 * run.highest)
