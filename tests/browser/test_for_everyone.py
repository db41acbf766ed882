"""Keyboard focus, zoom and reduced motion, in notebook 01."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.lab import explorers, settled, until

PARTS = ".course-explorer, .course-form"
OPERABLE = "input, select, button"


@pytest.fixture(scope="module")
def name() -> str:
    return "01_how_muscle_contracts.ipynb"


def ring(control: Locator) -> tuple[str, float]:
    """Style and width of the outline."""
    style, width = control.evaluate(
        "(e) => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth)]"
    )
    return style, width


def test_tab_reaches_every_control_and_shows_where_one_is(page: Page) -> None:
    for part in page.locator(PARTS).all():
        controls = [c for c in part.locator(OPERABLE).all() if c.is_visible() and c.is_enabled()]
        if not controls:
            continue
        controls[0].focus()
        page.keyboard.press("Shift+Tab")  # so that focus arrives from the keyboard
        missed = set(range(len(controls)))
        for _ in range(len(controls) + 2):  # JupyterLab has stops of its own between cells
            page.keyboard.press("Tab")
            for number in list(missed):
                if controls[number].evaluate("(e) => e === document.activeElement"):
                    missed.remove(number)
                    style, width = ring(controls[number])
                    assert style != "none", controls[number].evaluate("(e) => e.outerHTML")
                    assert width >= 1
        # Of radio buttons one is a stop of the Tab key, and arrows lead to the others.
        left = [n for n in missed if controls[n].get_attribute("type") != "radio"]
        assert left == [], [controls[n].evaluate("(e) => e.outerHTML") for n in left]


def test_twice_the_size_needs_no_sideways_scrolling(page: Page) -> None:
    """A window of half the width with two pixels for each of CSS is what zooming to 200 % gives."""
    page.set_viewport_size({"width": 640, "height": 400})
    try:
        for explorer in explorers(page):
            until(explorer, "(image) => image.dataset.quality === 'rest' && image.naturalWidth > 0")
            settled(explorer)
        for part in page.locator(PARTS).all():
            wide, room = part.evaluate("(e) => [e.scrollWidth, e.clientWidth]")
            assert wide <= room, part.inner_text()[:60]
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})


def test_nothing_of_ours_moves_by_itself_when_motion_is_reduced(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    try:
        moving = page.locator(PARTS).evaluate_all(
            """(parts) => parts.flatMap((part) => [part, ...part.querySelectorAll('*')])
              .filter((e) => {
                const s = getComputedStyle(e);
                const lasts = (times) => times.split(',').some((t) => parseFloat(t) > 0);
                return lasts(s.transitionDuration) || lasts(s.animationDuration);
              }).map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert moving == []
    finally:
        page.emulate_media(reduced_motion="no-preference")
