"""Pictures drawn beforehand show what the explorer shows, and leave no control out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_lib.explorers import CATALOGUE
from course_lib.publish import frames
from course_lib.ui import Choice, Explorer, Slider
from course_lib.ui.style import Look
from tests.ui.toy import toy

SOME = ("sarcomere", "scoreboard")


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_control_of_every_explorer_has_its_sweep(name: str) -> None:
    explorer = CATALOGUE[name]()
    plan = frames.sweeps(explorer)
    assert list(plan.controls) == list(explorer.controls)
    assert plan.states[0] == {}
    for control, found in plan.controls.items():
        moved = explorer.controls[control]
        values = [value for value, _ in found]
        if isinstance(moved, Slider):
            assert values == sorted(set(values))
            assert {moved.min, moved.max, moved.default} <= set(values)
            fewest = min(frames.STOPS, 1 + round((moved.max - moved.min) / moved.step))
            assert len(values) >= (fewest if moved.scale == "linear" else 10)
        else:
            every = tuple(moved.options) if isinstance(moved, Choice) else (False, True)
            assert values == list(every)
        for value, index in found:
            expected = {} if value == moved.default else {control: value}
            assert plan.states[index] == expected
    for index, values in zip(plan.presets, explorer.presets.values(), strict=True):
        defaults = {n: c.default for n, c in explorer.controls.items()}
        assert defaults | dict(plan.states[index]) == defaults | dict(values)


def test_a_log_slider_stops_at_equal_ratios() -> None:
    lift = toy().controls["lift"]
    assert isinstance(lift, Slider)
    steps = np.diff(np.log(np.array(frames.stops(lift), float)))
    assert steps.max() < 1.5 * np.median(steps)


@pytest.fixture(params=SOME)
def baked(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Explorer[Any], Path]:
    monkeypatch.setattr(frames, "STOPS", 3)
    explorer = CATALOGUE[request.param]()
    frames.bake(explorer, tmp_path)
    return explorer, tmp_path


def states_in(folder: Path, name: str) -> list[dict[str, Any]]:
    text = (folder / "states.js").read_text(encoding="utf-8")
    head = f'courseStates("{name}",'
    assert text.startswith(head)
    states: list[dict[str, Any]] = json.loads(text[len(head) :].rstrip()[:-2])
    return states


def test_words_and_pictures_are_those_of_the_explorer(baked: tuple[Explorer[Any], Path]) -> None:
    explorer, folder = baked
    states = states_in(folder, explorer.name)
    canvases = {"w": explorer.canvas_in(Look()), "n": explorer.canvas_in(Look(narrow=True))}
    assert len(states) == len(frames.sweeps(explorer).states)
    for index, state in enumerate(states):
        explorer.reset()
        explorer.set(**state["values"])
        assert state["alt"] == explorer.alt
        assert [tuple(row) for row in state["reading"]] == explorer.reading.items()
        for key, canvas in canvases.items():
            canvas.scene.update(explorer.result)
            shown = np.asarray(frames.composed(folder, key, index), np.int16)
            drawn = canvas.pixels(frames.DENSITY)[..., :3].astype(np.int16)
            off = np.abs(shown - drawn).max(axis=2)
            assert (off > 40).mean() < 0.001, f"{key}{index}: colours are far off"
            assert (off > 0).mean() < 0.05, f"{key}{index}: flat colours are not exact"


def test_the_same_explorer_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "STOPS", 2)
    for folder in ("a", "b"):
        frames.bake(CATALOGUE["comparators"](), tmp_path / folder)
    files = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert files
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_state_that_cannot_be_computed_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="toy cannot be drawn at"):
        frames.bake(toy(), tmp_path)
