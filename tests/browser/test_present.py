"""Slides with live explorers in Chromium, with the network refused.

Every slide of three notebooks is looked at, those with the tightest slides among them; ``make
stress`` looks at all fifteen.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from matplotlib.text import Text
from playwright.sync_api import Browser, Locator, Page, expect

from course_lib import explorers
from tests.browser.lab import TOKEN, serious, window
from tests.browser.test_every_notebook import NOTEBOOKS

FIRST = "01_how_muscle_contracts.ipynb"
OTHERS = ["02_from_nerve_to_force.ipynb", "14_case_clinic.ipynb"]
SMALLEST = 14  # pixels, on a projector of 1280 x 720

# What is cut: the stage or a part of it that is larger inside than outside.
CUT = """() => {
  const stage = document.getElementById('cs-stage');
  const inside = ':is(.course-explorer, .ce-reading, .course-form, table)';
  const parts = [...stage.querySelectorAll(`.cs-cell:not([hidden]) ${inside}`)];
  const tooSmall = (n) => n.clientWidth > 0
    && (n.scrollHeight > n.clientHeight + 2 || n.scrollWidth > n.clientWidth + 2);
  const below = (n) => n.getBoundingClientRect().bottom > stage.getBoundingClientRect().bottom + 1;
  return [stage, ...parts].filter((n) => tooSmall(n) || below(n)).map((n) => n.id || n.className);
}"""
FONTS = """(root) => [root, ...root.querySelectorAll('*')]
  .filter((n) => n.offsetParent && !n.matches('.ce-status') &&
    [...n.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim()))
  .map((n) => [parseFloat(getComputedStyle(n).fontSize), n.textContent])"""
SCALE = """(image) => Math.min(image.clientWidth / image.getAttribute('width'),
  image.clientHeight / image.getAttribute('height'))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the slides as ``make present`` does, with nobody's progress."""
    home = tmp_path_factory.mktemp("presenter")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "HOME": str(home),
        "COURSE_PROGRESS": str(home / "progress.json"),
        "JUPYTER_TOKEN": TOKEN,
    }
    command = [sys.executable, "-m", "course_lib.publish.present", "--no-browser"]
    with (home / "present.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
    try:
        yield answering(server, f"http://localhost:{port}", home / "present.log")
    finally:
        server.terminate()
        server.wait(20)


def answering(server: subprocess.Popen[bytes], address: str, log: Path) -> str:
    """Wait until the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}/", timeout=5):
                return address
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"the slides did not start within 60 s:\n{log.read_text()}")


@pytest.fixture(scope="module")
def beyond() -> list[str]:
    """Addresses beyond loopback that a page has asked for; each was refused."""
    return []


@pytest.fixture(scope="module")
def page(browser: Browser, address: str, beyond: list[str]) -> Iterator[Page]:
    with window(browser, 1280, 720) as context:
        page = context.new_page()
        refuse_network(page, address, beyond)
        page.goto(f"{address}/?token={TOKEN}")  # a cookie then replaces it
        open_slides(page, address, FIRST)
        yield page


def refuse_network(page: Page, address: str, beyond: list[str]) -> None:
    def answer(route: Any) -> None:
        if route.request.url.startswith((f"{address}/", "data:", "blob:")):
            route.continue_()
        else:
            beyond.append(route.request.url)
            route.abort()

    page.context.route("**/*", answer)


def open_slides(page: Page, address: str, name: str) -> None:
    # The page has come when the notebook has been run from top to bottom.
    page.goto(f"{address}/voila/render/{name}", timeout=120_000)
    page.locator("html[data-ready]").wait_for(timeout=60_000)
    # Hidden slides hold their widgets already.
    page.locator(".course-explorer").first.wait_for(state="attached", timeout=60_000)


def go(page: Page, slide: str) -> None:
    page.evaluate("(slide) => { location.hash = slide; }", slide)
    page.locator(f".cs-cell:not([hidden])[data-id={slide}]").wait_for()


def explorer_on(page: Page, slide: str) -> Locator:
    """Go to a slide and give its explorer, drawn for a room."""
    go(page, slide)
    explorer = page.locator(".course-explorer:visible")
    expect(explorer).to_have_class(re.compile("ce-present"))
    explorer.locator("img[data-quality=rest]").wait_for()
    return explorer


def hash_of(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_the_list_leads_to_every_notebook(page: Page, address: str, beyond: list[str]) -> None:
    index = page.context.new_page()
    index.goto(f"{address}/")
    expect(index.get_by_role("listitem")).to_have_count(len(NOTEBOOKS))
    links = [link.get_attribute("href") or "" for link in index.get_by_role("link").all()]
    assert [link.rsplit("/", 1)[1] for link in links] == NOTEBOOKS
    assert serious(index) == []
    index.close()
    assert beyond == []


def test_keys_turn_slides_and_move_sliders(page: Page) -> None:
    go(page, "explore")
    page.keyboard.press("ArrowRight")
    assert hash_of(page) == "#explorer-sarcomere"
    explorer = explorer_on(page, "explorer-sarcomere")
    image, slider = explorer.locator("img"), explorer.locator("input[type=range]").first
    alt, source = image.get_attribute("alt") or "", image.get_attribute("src") or ""
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(image).not_to_have_attribute("src", source)
    expect(image).not_to_have_attribute("alt", alt)
    assert hash_of(page) == "#explorer-sarcomere"
    explorer.get_by_role("button", name="Reset").click()
    expect(image).to_have_attribute("alt", alt)
    slider.focus()
    page.keyboard.press("PageDown")  # what a clicker sends
    assert hash_of(page) == "#after-sarcomere"
    page.keyboard.press("ArrowLeft")
    assert hash_of(page) == "#explorer-sarcomere"
    page.locator(".course-explorer:visible input").first.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert hash_of(page) == "#after-sarcomere"


def test_code_is_hidden_until_asked_for(page: Page) -> None:
    go(page, "how-the-model-works")
    page.keyboard.press("End")
    code = page.locator(".jp-CodeCell .jp-InputArea:visible")
    assert code.count() == 0
    go(page, "explorer-sarcomere")
    page.keyboard.press("c")
    expect(code.first).to_be_visible()
    page.keyboard.press("c")
    expect(code).to_have_count(0)


def test_a_prediction_is_drawn_and_an_answer_explained(page: Page) -> None:
    go(page, "predict-overlap")
    form = page.locator(".course-form:visible")
    form.locator("input").fill("0.8")
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).to_contain_text("0.8")
    explorer = explorer_on(page, "explorer-sarcomere")
    expect(explorer.locator(".ce-reading")).to_contain_text("your prediction")
    go(page, "ask-power")
    form = page.locator(".course-form:visible")
    form.locator("input").first.check()
    form.get_by_role("button").click()
    expect(form.locator("[role=status]")).not_to_be_empty()
    page.wait_for_function(f"({CUT})().length === 0")  # type shrinks to make room for the reason


def test_speaker_notes_follow_and_lead(page: Page) -> None:
    go(page, "explore")
    with page.context.expect_page() as opening:
        page.keyboard.press("s")
    notes = opening.value
    expect(notes.locator("#title")).to_have_text(re.compile("Sliding filaments"))
    expect(notes.locator("#now")).to_contain_text("Pull the sarcomere")
    expect(notes.locator("#next")).to_have_text("Sliding filaments")
    expect(notes.locator("#planned")).to_contain_text("40 min")
    expect(notes.locator("#clock")).to_have_text(re.compile(r"^\d+:\d\d$"))
    assert serious(notes) == []
    notes.get_by_role("button", name="Next").click()
    expect(page.locator(".cs-cell[data-id=explorer-sarcomere]")).to_be_visible()
    expect(notes.locator("#place")).to_have_text(page.locator("#cs-place").inner_text())
    notes.close()


def test_a_term_is_explained_on_the_spot(page: Page) -> None:
    go(page, "predict")
    page.locator("a:visible", has_text="muscle fibre").click()
    meaning = page.get_by_role("dialog")
    expect(meaning).to_contain_text("One muscle cell")
    assert serious(page) == []
    meaning.get_by_role("button", name="Close").click()
    expect(meaning).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert hash_of(page) == "#predict.2"


def test_help_and_dark(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("choose and move a slider")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.keyboard.press("d")
    assert page.evaluate(colour) != light
    assert serious(page) == []
    page.keyboard.press("d")
    assert page.evaluate(colour) == light


@pytest.mark.parametrize("slide", ["the-claim", "explorer-calcium-switch", "ask-rigor", "verdict"])
def test_axe_finds_nothing_serious(page: Page, slide: str) -> None:
    go(page, slide)
    assert serious(page) == []


def test_no_slide_of_the_first_notebook_is_cut(page: Page, beyond: list[str]) -> None:
    look_at_every_slide(page)
    assert beyond == []


@pytest.mark.parametrize("name", OTHERS, ids=lambda name: name[:2])
def test_no_slide_is_cut(page: Page, address: str, name: str, beyond: list[str]) -> None:
    with slides(page, address, name) as other:
        look_at_every_slide(other)
    assert beyond == []


@contextmanager
def slides(page: Page, address: str, name: str) -> Iterator[Page]:
    """Open another page with the slides of a notebook, whose kernel goes with that page."""
    other = page.context.new_page()
    open_slides(other, address, name)
    yield other
    kernel = other.evaluate(
        "JSON.parse(document.getElementById('jupyter-config-data').text).kernelId"
    )
    other.close(run_before_unload=True)
    page.wait_for_function(f"fetch('/api/kernels/{kernel}').then((r) => r.status === 404)")


def look_at_every_slide(page: Page, also: Callable[[str], None] = lambda _: None) -> None:
    """Turn through the slides: nothing is cut, and what belongs to an explorer is legible."""
    page.keyboard.press("Home")
    before, seen = "", 0
    while (here := hash_of(page)) != before:
        explorer = page.locator(".course-explorer:visible")
        if explorer.count():
            expect(explorer).to_have_class(re.compile("ce-present"))
            explorer.locator("img[data-quality=rest]").wait_for()
            assert smallest_text(explorer) >= SMALLEST, here
        assert page.evaluate(CUT) == [], here
        also(here)
        before, seen = here, seen + 1
        page.keyboard.press("PageDown")
    assert seen > 15


def smallest_text(explorer: Locator) -> float:
    """Smallest text on the page or in the picture, in pixels as shown."""
    pixels = [size for size, _ in explorer.evaluate(FONTS)]
    picture = smallest_in_picture(explorer.locator(".ce-title").inner_text())
    return min(*pixels, picture * float(explorer.locator("img").evaluate(SCALE)))


@cache
def smallest_in_picture(title: str) -> float:
    """Smallest text of an explorer's picture as drawn for a room, in pixels."""
    explorer = next(e for build in explorers.CATALOGUE.values() if (e := build()).title == title)
    explorer.present = True
    texts = [t for t in explorer.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return float(min(t.get_fontsize() for t in texts) * 100 / 72)
