"""Every explorer in hundreds of states, at all corners, after every order of presets."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.explorers import CATALOGUE
from course_lib.ui import Explorer, Slider
from tests.explorers.states import check, corners, ends

STATES = 500
WALKS = 20  # through all presets of an explorer
DRAWN = 25  # one state in so many is drawn to pixels as well
Count = Callable[[str, object], None]


@pytest.fixture(params=list(CATALOGUE))
def explorer(request: pytest.FixtureRequest, record_property: Count) -> Explorer[Any]:
    record_property("explorer", request.param)
    return CATALOGUE[request.param]()


def anything(explorer: Explorer[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """States within the limits; Hypothesis likes ends, zeros and tiny numbers."""
    return st.fixed_dictionaries(
        {
            name: st.floats(control.min, control.max)
            if isinstance(control, Slider)
            else st.sampled_from(ends(control))
            for name, control in explorer.controls.items()
        }
    )


def test_random_states(explorer: Explorer[Any], record_property: Count) -> None:
    tried = 0

    @settings(max_examples=STATES, derandomize=True, database=None)
    @given(anything(explorer))
    def holds(state: dict[str, Any]) -> None:
        nonlocal tried
        explorer.set(**state)
        check(explorer)
        assert explorer.values == state
        if tried % DRAWN == 0:
            assert explorer.frame.startswith(b"\x89PNG")
        tried += 1

    holds()
    record_property("states", tried)


def test_all_corners(explorer: Explorer[Any], record_property: Count) -> None:
    states = corners(explorer, most=10_000)
    for state in states:
        explorer.set(**state)
        check(explorer)
    record_property("states", len(states))


def test_presets_in_any_order(explorer: Explorer[Any], record_property: Count) -> None:
    """What is shown depends on where the controls stand, not on how they came there."""
    start = explorer.values
    shown: dict[str, set[str]] = {words: set() for words in explorer.presets}
    dice = random.Random(8)
    walks = [list(pair) for pair in itertools.permutations(explorer.presets, 2)]
    walks += [dice.sample(list(shown), len(shown)) for _ in range(WALKS)]
    for walk in walks:
        for words in walk:
            explorer.set(**explorer.presets[words])
            check(explorer)
        explorer.set(**start | explorer.presets[words])
        shown[words].add(f"{explorer}{explorer.alt}")
    assert all(len(texts) <= 1 for texts in shown.values())
    record_property("states", sum(len(walk) + 1 for walk in walks))
