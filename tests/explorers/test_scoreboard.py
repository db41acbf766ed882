"""The scoreboard's numbers come from the models, and its bars from the numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course_lib.evidence import band
from course_lib.explorers import scoreboard
from course_lib.explorers._mechanisms import DOSES, MECHANISMS, Constants, effect, effects
from course_lib.explorers.scoreboard import across
from course_lib.physiology import cofactors, inflammation, neuromuscular, nmda, romk, vessel

USUAL = Constants()
CHANGED: dict[str, Constants] = {
    "calcium": replace(USUAL, nerve=replace(USUAL.nerve, k_magnesium_mM=1.5)),
    "potassium": replace(USUAL, pore=replace(USUAL.pore, k0_mM=1.0)),
    "nmda": replace(USUAL, receptor=replace(USUAL.receptor, affinity_mM=10.0)),
    "inflammation": replace(USUAL, body=replace(USUAL.body, brake_at_infusion=0.9)),
    "vessels": replace(USUAL, artery=replace(USUAL.artery, magnesium_per_mM=1.2)),
    "sleep": replace(USUAL, enzymes=replace(USUAL.enzymes, dissociation_mM=0.3)),
}


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("dose", DOSES)
def test_a_changed_constant_changes_its_own_number_and_no_other(mechanism: str, dose: str) -> None:
    before, after = effects(dose), effects(dose, constants=CHANGED[mechanism])
    for one, other in zip(before, after, strict=True):
        if one.mechanism == mechanism and one.level_mM != one.usual_mM:
            assert abs(other.percent - one.percent) > 0.01 * abs(one.percent) > 0
        else:
            assert other.percent == one.percent


def test_a_constant_changed_in_a_model_reaches_the_explorer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = scoreboard()
    monkeypatch.setattr(neuromuscular, "FROG", CHANGED["calcium"].nerve)
    after = scoreboard()
    assert str(before.reading) != str(after.reading)
    assert before.frame != after.frame


def test_numbers_are_those_of_the_notebooks() -> None:
    """By mouth and at 6 mmol/L, each formula written out once more."""
    found = {(e.mechanism, d): e.percent for d in DOSES for e in effects(d)}
    reach = band("serum_ionised", "by mouth")
    held = [1 + 1.2 / 1.1 + mg / 2.97 for mg in (reach.low, reach.high, 6.0)]
    assert found["calcium", "by mouth"] == pytest.approx(100 * ((held[0] / held[1]) ** 4 - 1))
    assert found["calcium", "laboratory"] == pytest.approx(100 * ((held[0] / held[2]) ** 4 - 1))
    half = 0.5 * 2.718281828459045 ** (2 * 0.3 * 30 / 25.6926)
    blocked = (1 + 0.557 / half) / (1 + 6 / half)
    assert found["potassium", "laboratory"] == pytest.approx(100 * (blocked - 1), abs=0.01)
    q = 1 / (1 + (reach.high - 0.55) / 1.35 * (1 / 0.7 - 1))
    assert found["inflammation", "by mouth"] == pytest.approx(100 * (q - 1))
    assert found["inflammation", "intravenous"] == pytest.approx(-30)
    assert found["nmda", "intravenous"] == pytest.approx(-14.8, abs=0.1)


def test_models_and_scoreboard_agree_on_what_is_usual() -> None:
    assert band("serum_ionised", "by mouth").low == neuromuscular.FROG.magnesium_mM
    assert band("serum_ionised", "by mouth").low == vessel.ARTERY.magnesium_mM
    assert band("serum_ionised", "by mouth").low == inflammation.BODY.usual_mM
    assert band("muscle_free", "by mouth").low == romk.PORE.normal_mM
    assert band("csf_ionised", "by mouth").low == nmda.RAT.csf_mM
    assert band("brain_free", "by mouth").low == cofactors.ENZYMES.magnesium_mM


def test_by_mouth_moves_nothing_by_more_than_a_few_percent() -> None:
    by_mouth = effects("by mouth")
    assert max(abs(e.percent) for e in by_mouth) < 3
    assert [e.mechanism for e in by_mouth if not e.reaches] == ["potassium", "nmda", "sleep"]
    assert all(e.percent == 0 for e in by_mouth if not e.reaches)


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_bars_end_at_the_changes(scale: str) -> None:
    explorer = scoreboard()
    explorer.set(dose="deficiency", scale=scale)
    scene: Any = explorer.canvas.scene
    ends = [segment[1][0] for segment in scene.bars.get_segments()]
    expected = [across(e.percent, scale) for e in effects("deficiency")]
    assert ends == pytest.approx(expected)
    assert list(scene.ends.get_xdata()) == pytest.approx(expected)


@pytest.mark.parametrize("scale", ["log", "linear"])
def test_scale_is_odd_rises_and_has_no_step(scale: str) -> None:
    at = [-110, -50, -1, -0.1001, -0.1, -0.01, 0, 0.01, 0.1, 0.1001, 1, 50, 110]
    places = [across(x, scale) for x in at]
    assert places == sorted(places)
    assert places[0] == pytest.approx(-1)
    assert [-p for p in reversed(places)] == pytest.approx(places)
    assert places[9] - places[8] < 1e-3


@pytest.mark.parametrize(
    ("mechanism", "dose", "message"),
    [("soap", "by mouth", "mechanism is 'soap': use one of calcium"),
     ("sleep", "by ear", "dose is 'by ear': use one of by mouth")],
)  # fmt: skip
def test_unknown_names_are_refused(mechanism: str, dose: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        effect(mechanism, dose)
