"""The web site, opened from its folder with the network refused, as a reader without Python."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.lab import serious, window

KEY = "magnesium-course-progress"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site: two notebooks and three explorers."""
    out = tmp_path_factory.mktemp("publish") / "site"
    command = [sys.executable, "-m", "course_lib.publish.site", str(out)]
    subprocess.run([*command, "--only", "00", "glossary"], check=True)
    return out


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with opened(browser, site) as page:
        yield page


@contextmanager
def opened(
    browser: Browser, site: Path, name: str = "00_start_here.html", **look: Any
) -> Iterator[Page]:
    """A page of the site that fails the test if it asks for anything beyond its folder."""
    beyond: list[str] = []
    with window(browser, **look) as context:
        context.set_offline(True)
        page = context.new_page()
        page.on("request", lambda r: beyond.append(r.url) if _is_beyond(r.url) else None)
        page.on("pageerror", lambda problem: beyond.append(str(problem)))
        page.goto((site / name).as_uri())
        yield page
    assert beyond == []


def _is_beyond(url: str) -> bool:
    return not url.startswith(("file:", "data:"))


def first_explorer(page: Page) -> Locator:
    return page.locator("section.course-explorer").first


def test_a_slider_moves_picture_words_and_reading(page: Page) -> None:
    explorer = first_explorer(page)
    image, reading = explorer.locator("img"), explorer.locator(".ce-reading")
    source, alt = image.get_attribute("src"), image.get_attribute("alt") or ""
    told = reading.inner_text()
    explorer.locator("input[type=range]").first.press("ArrowRight")
    expect(image).not_to_have_attribute("alt", alt)
    expect(image).not_to_have_attribute("src", source or "")
    assert reading.inner_text() != told
    assert image.evaluate("(image) => image.complete && image.naturalWidth > 0")
    base = image.evaluate("(image) => getComputedStyle(image).backgroundImage")
    assert "w0.webp" in base
    explorer.get_by_role("button", name="Reset").click()
    expect(image).to_have_attribute("alt", alt)


def test_one_control_moves_at_a_time(page: Page) -> None:
    sliders = first_explorer(page).locator("input[type=range]")
    start = sliders.nth(0).input_value()
    sliders.nth(0).press("ArrowRight")
    expect(sliders.nth(0)).not_to_have_value(start)
    sliders.nth(1).press("ArrowRight")
    expect(sliders.nth(0)).to_have_value(start)


HOLD = """() => {
  const decode = HTMLImageElement.prototype.decode;
  const held = [];
  HTMLImageElement.prototype.decode = function () {
    return new Promise((done) => held.push(() => done(decode.call(this))));
  };
  window.release = () => {
    HTMLImageElement.prototype.decode = decode;
    held.splice(0).forEach((go) => go());
  };
}"""


def test_a_control_moved_while_another_s_picture_is_on_its_way_stays(
    browser: Browser, site: Path
) -> None:
    with opened(browser, site) as page:
        page.clock.install()
        explorer = first_explorer(page)
        first, second = (explorer.locator("input[type=range]").nth(n) for n in (0, 1))
        start = first.input_value()
        page.evaluate(HOLD)
        first.press("ArrowRight")
        second.press("ArrowRight")
        moved = second.input_value()
        page.clock.run_for(1000)  # both hands have rested long enough for the lossless picture
        page.evaluate("() => window.release()")
        expect(first).to_have_value(start)
        expect(explorer.locator("img")).to_have_attribute("data-quality", "rest")
        assert second.input_value() == moved


def test_a_preset_shows_its_own_state(page: Page) -> None:
    explorer = first_explorer(page)
    alts = {explorer.locator("img").get_attribute("alt")}
    for button in explorer.locator(".ce-buttons button").all()[:-1]:
        before = explorer.locator("img").get_attribute("alt") or ""
        button.click()
        expect(explorer.locator("img")).not_to_have_attribute("alt", before)
        alts.add(explorer.locator("img").get_attribute("alt"))
    assert len(alts) >= 3


def test_an_answer_gets_its_reason_and_is_kept(page: Page) -> None:
    form = page.locator("form.course-form").filter(has_text="Question")
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("Nothing is chosen yet")
    options = form.locator("input[type=radio]")
    seen = []
    for option in options.all():
        option.check()
        form.get_by_role("button").click()
        seen.append(form.locator("[role=status]").inner_text())
    assert sum(text.startswith("✓ Right") for text in seen) == 1
    assert len(set(seen)) == len(seen)
    page.reload()
    expect(form.locator("[role=status]")).to_have_text(re.compile(r"Right|Not yet"))
    expect(options.last).to_be_checked()
    kept = json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))
    (answer,) = kept["answers"].values()
    assert answer["attempts"] == len(seen)
    assert answer["first_correct"] == seen[0].startswith("✓")


def test_a_prediction_locks_and_joins_the_reading(page: Page) -> None:
    form = page.locator("form.course-form").filter(has_text="Lock my prediction").first
    field = form.locator("input").first
    if field.get_attribute("type") == "radio":
        field.check()
    else:
        field.fill("7")
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("locked")
    expect(first_explorer(page).locator(".ce-reading")).to_contain_text("predict")
    page.reload()
    expect(first_explorer(page).locator(".ce-reading")).to_contain_text("predict")


def test_what_cannot_be_read_is_set_aside(page: Page) -> None:
    page.evaluate("(key) => localStorage.setItem(key, '{broken')", KEY)
    page.reload()
    page.locator("form.course-form").first.wait_for(state="attached")
    kept = page.evaluate("() => Object.entries(localStorage)")
    assert [text for key, text in kept if key.startswith(f"{KEY}-set-aside-")] == ["{broken"]


def test_search_finds_a_word(browser: Browser, site: Path) -> None:
    with opened(browser, site, "index.html") as page:
        page.get_by_role("textbox", name="Search").fill("acetylcholine")
        page.keyboard.press("Enter")
        expect(page.locator("#search-results")).to_contain_text("Glossary")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "00_start_here.html", "glossary.html"])
def test_axe_finds_nothing_serious(browser: Browser, site: Path, name: str, dark: bool) -> None:
    with opened(browser, site, name, dark=dark) as page:
        assert serious(page) == []


@pytest.mark.parametrize("name", ["index.html", "00_start_here.html", "glossary.html"])
def test_a_phone_does_not_scroll_sideways(browser: Browser, site: Path, name: str) -> None:
    assert width_on_a_phone(browser, site, name) == 390


def width_on_a_phone(browser: Browser, site: Path, name: str) -> int:
    with opened(browser, site, name, width=390, height=844, density=2) as page:
        pictures = page.locator("section.course-explorer img")
        if pictures.count():  # the narrow look, made for a phone
            expect(pictures.first).to_have_attribute("src", re.compile("/n0.webp"))
        return int(page.evaluate("() => document.documentElement.scrollWidth"))


def test_without_a_script_picture_and_words_stand_there(site: Path) -> None:
    text = (site / "00_start_here.html").read_text(encoding="utf-8")
    assert re.search(
        r'<img class="ce-picture" src="explorers/\w+/w0.webp"[^>]* alt="[^"]{40,}"', text
    )
    assert "instructor" not in " ".join(path.name for path in site.rglob("*"))
