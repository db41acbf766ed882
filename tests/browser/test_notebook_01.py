"""Notebook 01 as a student uses it: focus, zoom, floods, predictions, answers and a restart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import explorers, restart_kernel, run_all, settled, until

PARTS = ".course-explorer, .course-form"
OPERABLE = "input, select, button"
# Which of some controls has the focus, and style and width of its outline.
FOCUS = """(controls) => {
  const s = getComputedStyle(document.activeElement);
  return [controls.indexOf(document.activeElement), s.outlineStyle, parseFloat(s.outlineWidth)];
}"""

# A lossless picture has come, the narrow one if the explorer is narrow now.
FITS = """(image) => {
  const width = image.closest('.course-explorer').clientWidth < 560 ? '420' : '900';
  return image.getAttribute('width') === width && image.dataset.quality === 'rest';
}"""
# A lossless picture of this width is shown, with one pixel for each of CSS.
SHOWN = "(image, width) => image.naturalWidth === width && image.dataset.quality === 'rest'"


@pytest.fixture(scope="module")
def name() -> str:
    return "01_how_muscle_contracts.ipynb"


def test_tab_reaches_every_control_and_shows_where_one_is(page: Page) -> None:
    for part in page.locator(PARTS).all():
        controls = part.locator(f":is({OPERABLE}):visible:enabled")
        count = controls.count()
        if not count:
            continue
        controls.first.focus()
        page.keyboard.press("Shift+Tab")  # so that focus arrives from the keyboard
        missed = set(range(count))
        for _ in range(count + 2):  # JupyterLab has stops of its own between cells
            page.keyboard.press("Tab")
            at, style, width = controls.evaluate_all(FOCUS)
            missed.discard(at)
            assert at < 0 or (style != "none" and width >= 1), controls.nth(at).inner_html()
        # Of radio buttons one is a stop of the Tab key, and arrows lead to the others.
        left = [controls.nth(n) for n in missed if controls.nth(n).get_attribute("type") != "radio"]
        assert [control.evaluate("(e) => e.outerHTML") for control in left] == []


def test_twice_the_size_needs_no_sideways_scrolling(page: Page) -> None:
    """A window of half the width with two pixels for each of CSS is what zooming to 200 % gives."""
    page.set_viewport_size({"width": 640, "height": 400})
    try:
        for explorer in explorers(page):
            until(explorer, FITS)
        for part in page.locator(PARTS).all():
            wide, room = part.evaluate("(e) => [e.scrollWidth, e.clientWidth]")
            assert wide <= room, part.inner_text()[:60]
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})
    for explorer in explorers(page):
        until(explorer, FITS)


def test_a_picture_for_another_width_is_drawn_once(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    try:
        before = [until(explorer, SHOWN, 420) for explorer in explorers(page)]
    finally:
        page.set_viewport_size({"width": 1280, "height": 800})
    after = [until(explorer, SHOWN, 900) for explorer in explorers(page)]
    assert after == [str(int(shown) + 1) for shown in before]


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


def test_a_flood_of_events_ends_in_the_last_state(page: Page) -> None:
    """200 slider events in two seconds: few frames, no queue, and the last state drawn."""
    explorer = explorers(page)[0]
    settled(explorer)
    frames = explorer.evaluate(
        """async (root) => {
          const slider = root.querySelector('input[type=range]');
          let frames = 0;
          const count = new MutationObserver(() => { frames += 1; });
          count.observe(root.querySelector('img'), { attributeFilter: ['src'] });
          for (let i = 0; i < 200; i++) {
            slider.value = String(1.3 + i * 0.014);
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise((next) => setTimeout(next, 10));
          }
          count.disconnect();
          return frames;
        }"""
    )
    assert 10 <= frames <= 199
    expect(explorer.locator("img[data-quality=rest]")).to_have_attribute(
        "alt", re.compile("4.09 µm")
    )
    explorer.get_by_role("button", name="Reset").click()


def test_present_mode_enlarges_and_ends(page: Page) -> None:
    explorer = explorers(page)[0]
    button = explorer.get_by_role("button", name="Present")
    small = explorer.evaluate("(root) => parseFloat(getComputedStyle(root).fontSize)")
    button.click()
    expect(explorer).to_have_class(re.compile("ce-present"))
    large = explorer.evaluate("(root) => parseFloat(getComputedStyle(root).fontSize)")
    assert large >= 1.3 * small
    button.click()
    expect(explorer).not_to_have_class(re.compile("ce-present"))
    expect(button).to_have_attribute("aria-pressed", "false")


def test_prediction_locks_and_is_drawn(page: Page, home: Path) -> None:
    form = page.locator(".course-form").filter(has_text="sarcomere length of 2.95")
    explorer = explorers(page)[0]
    source = explorer.locator("img").get_attribute("src")
    form.locator("input").fill("0.8")
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("0.8")
    expect(form.locator("input")).to_be_disabled()
    expect(explorer.locator("img")).not_to_have_attribute("src", source or "")
    expect(explorer.locator(".ce-reading")).to_contain_text("your prediction")
    assert saved(home)["predictions"]["01-half-overlap"]


def test_an_answer_gets_its_reason_and_survives_a_restart(page: Page, home: Path) -> None:
    form = page.locator(".course-form").filter(has_text="A sarcomere shortens from 2.6 to 2.2")
    wrong = form.get_by_label("The thin filaments shorten, like a spring")
    wrong.check()
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("two groups measured")
    right = form.get_by_label("Thick and thin filaments keep their lengths")
    right.check()
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("number of heads that can reach actin")
    answer = saved(home)["answers"]["01-what-shortens"]
    assert answer["attempts"] == 2
    assert not answer["first_correct"]

    restart_kernel(page)
    run_all(page)
    kept = page.locator(".course-form").filter(has_text="A sarcomere shortens from 2.6 to 2.2")
    expect(kept.get_by_label("Thick and thin filaments keep")).to_be_checked()
    expect(explorers(page)[0].locator(".ce-reading")).to_contain_text("your prediction")
    assert saved(home)["answers"]["01-what-shortens"] == answer


def test_radio_buttons_answer_to_the_keyboard(page: Page) -> None:
    form = page.locator(".course-form").filter(has_text="Why is a cramp not the same thing")
    options = form.locator("input[type=radio]")
    options.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_be_checked()


def saved(home: Path) -> Any:
    return json.loads((home / "progress.json").read_text())
