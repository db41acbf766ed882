"""What holds for every explorer of the catalogue."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from course_lib.explorers import CATALOGUE
from course_lib.ui import Explorer, Slider
from course_lib.ui.style import Look
from tests.explorers.states import Layout, anywhere, check, corners, extremes

LOOKS = [Look(present, narrow) for present in (False, True) for narrow in (False, True)]


@pytest.fixture
def look() -> Look:
    """Give the look of a test that asks for none."""
    return Look()


@pytest.fixture(params=list(CATALOGUE))
def explorer(request: pytest.FixtureRequest, look: Look) -> Explorer[Any]:
    """One explorer for all tests of its name, reset before each, as in a student's hands."""
    explorer = open_explorer(request.param)
    explorer._look = look
    explorer.reset()
    return explorer


@cache
def open_explorer(name: str) -> Explorer[Any]:
    return CATALOGUE[name]()


def test_name_is_the_catalogue_name(explorer: Explorer[Any]) -> None:
    assert open_explorer(explorer.name) is explorer


def test_three_to_five_controls_with_units_and_limits(explorer: Explorer[Any]) -> None:
    assert 2 <= len(explorer.controls) <= 5
    for name, control in explorer.controls.items():
        assert control.label
        if isinstance(control, Slider):
            assert control.min <= control.value <= control.max, name
            assert control.scale in ("linear", "log")


def test_ends_of_every_control(explorer: Explorer[Any]) -> None:
    for state in extremes(explorer):
        explorer.reset()
        explorer.set(**state)
        check(explorer)


def test_every_control_changes_the_picture_and_the_words(explorer: Explorer[Any]) -> None:
    start = explorer.frame, str(explorer)
    changed = dict.fromkeys(explorer.controls, False)
    for state in extremes(explorer):
        explorer.reset()
        explorer.set(**state)
        if explorer.frame != start[0] and str(explorer) != start[1]:
            changed[next(iter(state))] = True
    assert all(changed.values()), changed


def test_corners_and_random_states(explorer: Explorer[Any]) -> None:
    dice = random.Random(20)
    states = corners(explorer, 32) + [anywhere(explorer, dice) for _ in range(50)]
    for state in states:
        explorer.set(**state)
        check(explorer)
        explorer.canvas.pixels()


def test_presets_in_any_order(explorer: Explorer[Any]) -> None:
    alts = set()
    for words in [*explorer.presets, *reversed(explorer.presets)]:
        explorer.reset()
        explorer.set(**explorer.presets[words])
        check(explorer)
        alts.add(explorer.alt)
    assert len(alts) == len(explorer.presets)


def test_alternative_text_follows_the_first_slider(explorer: Explorer[Any]) -> None:
    first = next(n for n, c in explorer.controls.items() if isinstance(c, Slider))
    control = explorer.controls[first]
    assert isinstance(control, Slider)
    seen = set()
    for value in (control.min, (control.min + control.max) / 2, control.max):
        explorer.set(**{first: value})
        seen.add(explorer.alt)
    assert len(seen) == 3


def test_reset_gives_the_first_picture(explorer: Explorer[Any]) -> None:
    first = CATALOGUE[explorer.name]().frame
    explorer.set(**corners(explorer, 1, seed=3)[0])
    explorer.reset()
    assert explorer.frame == first


@pytest.mark.parametrize("look", LOOKS, ids=["wide", "narrow", "present", "present-narrow"])
def test_words_are_neither_cut_nor_on_each_other(explorer: Explorer[Any]) -> None:
    start = explorer.values
    dice = random.Random(5)
    states: list[dict[str, Any]] = [{}, *extremes(explorer), *explorer.presets.values()]
    states += corners(explorer, 12) + [anywhere(explorer, dice) for _ in range(12)]
    layout = Layout(explorer)
    for state in states:
        explorer.set(**start | state)
        assert layout.faults() == [], state


def test_axes_stay_still(explorer: Explorer[Any]) -> None:
    def frames() -> list[Any]:
        return [(a.get_position().bounds, a.get_xlim(), a.get_ylim()) for a in explorer.figure.axes]

    before = frames()
    for state in corners(explorer, 16):
        explorer.set(**state)
    assert frames() == before
