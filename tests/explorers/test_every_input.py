"""Whatever the page sends, an explorer answers in words and keeps its state."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.explorers import CATALOGUE
from course_lib.ui import Choice, Explorer, Slider, Switch
from course_lib.ui.view import Request

# What JSON can carry into a control, Python's NaN and Infinity included.
NONSENSE: list[Any] = [
    None, "", "1", "text", "NaN", "<script>alert(1)</script>", "\u202e1", "x" * 1_000_000,
    math.nan, math.inf, -math.inf, 1e308, -1e308, 10**400, [], [1.0], {}, {"value": 1},
]  # fmt: skip


@pytest.fixture(params=list(CATALOGUE))
def explorer(request: pytest.FixtureRequest, record_property: Any) -> Explorer[Any]:
    record_property("explorer", request.param)
    return CATALOGUE[request.param]()


def refused(control: Any) -> list[Any]:
    """What this control must not take."""
    if isinstance(control, Slider):
        span = control.max - control.min
        return [*NONSENSE, True, False, control.min - span / 1e6, control.max + span / 1e6]
    if isinstance(control, Choice):
        return [*NONSENSE, *({True, False} - set(control.words)), -1]
    assert isinstance(control, Switch)
    return [*NONSENSE, 0, 1, "true", "on"]


def test_nonsense_from_the_page_gets_a_message_and_changes_nothing(
    explorer: Explorer[Any], record_property: Callable[[str, object], None]
) -> None:
    before, result, words = explorer.values, explorer.result, str(explorer)
    tried = 0
    for name, control in explorer.controls.items():
        for value in refused(control):
            explorer._answer(Request(values={name: value}))
            assert explorer.error is not None
            assert name in explorer.error
            assert "use" in explorer.error
            assert len(explorer.error) < 500
            assert explorer.values == before
            assert explorer.result is result
            tried += 1
    for unknown in ("__class__", "value", "", "<img src=x onerror=alert(1)>", "y" * 1_000_000):
        explorer._answer(Request(values={unknown: 1.0}))
        assert explorer.error is not None
        assert "unknown control" in explorer.error
        assert len(explorer.error) < 500
        tried += 1
    assert explorer.result is result
    assert str(explorer) == words
    record_property("inputs", tried)
