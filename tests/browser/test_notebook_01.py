"""Floods, predictions, answers and a restart, in notebook 01 as a student uses it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import (
    explorers,
    restart_kernel,
    run_all,
    settled,
)


@pytest.fixture(scope="module")
def name() -> str:
    return "01_how_muscle_contracts.ipynb"


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
