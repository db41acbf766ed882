"""Every notebook in the real JupyterLab: it runs, each control moves, axe is content."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import explorers, serious, settled, until
from tests.notebooks.store import FOLDER

NOTEBOOKS = [path.name for path in sorted(FOLDER.glob("[01]*.ipynb"))]
PARTS = (".course-explorer", ".course-form", ".course-claim", ".course-sources")


@pytest.fixture(scope="module", params=NOTEBOOKS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def cells_with_an_explorer(name: str) -> int:
    cells = nbformat.read(FOLDER / name, as_version=4).cells
    return sum(c.cell_type == "code" and "explorers." in c.source for c in cells)


def test_opens_without_a_pop_up(page: Page) -> None:
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".jp-toast, .Toastify__toast").count() == 0


def test_runs_without_an_error(page: Page, name: str) -> None:
    assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
    assert page.locator(".jp-RenderedError").count() == 0
    assert page.get_by_text("Error displaying widget").count() == 0
    expect(page.locator(".course-explorer")).to_have_count(cells_with_an_explorer(name))


# Of an explorer's sliders: what each says, and the key that takes it to its other end.
SLIDERS = """(root) => [...root.querySelectorAll('input[type=range]')].map((slider) =>
  [slider.getAttribute('aria-valuetext'), slider.value === slider.max ? 'Home' : 'End'])"""
AT_REST = "(image) => image.dataset.quality === 'rest'"
MOVED = "(image, before) => image.dataset.shown !== before"
ANOTHER = "(image, before) => image.dataset.quality === 'rest' && image.dataset.shown !== before"
AGAIN = "(image, alt) => image.alt === alt && image.dataset.quality === 'rest'"


def test_every_slider_moves_by_keyboard(page: Page) -> None:
    for explorer in explorers(page):
        start, shown = settled(explorer), until(explorer, AT_REST)
        before = explorer.evaluate(SLIDERS)
        for number, (_, key) in enumerate(before):
            explorer.locator("input[type=range]").nth(number).press(key)
            shown = until(explorer, MOVED, shown)
        until(explorer, AT_REST)
        # With the picture come the values for which Python drew it, and the sliders show them.
        after = explorer.evaluate(SLIDERS)
        assert [a for a, b in zip(after, before, strict=True) if a[0] == b[0]] == []
        assert settled(explorer) != start
        explorer.get_by_role("button", name="Reset").press("Enter")
        until(explorer, AGAIN, start)
        assert explorer.evaluate(SLIDERS) == before
        expect(explorer.locator("[role=status]")).to_have_text(start)


def test_presets_choices_and_reset(page: Page) -> None:
    for explorer in explorers(page):
        start, shown = settled(explorer), until(explorer, AT_REST)
        for preset in explorer.locator(".ce-buttons button").all()[:-1]:
            preset.press("Enter")
            shown = until(explorer, ANOTHER, shown)
        for select in explorer.locator("select").all():
            select.select_option(index=1)
        explorer.get_by_role("button", name="Reset").click()
        until(explorer, AGAIN, start)
        assert explorer.locator(".ce-problem").is_hidden()


def test_axe_finds_nothing_serious_in_our_output(page: Page) -> None:
    assert serious(page, *(part for part in PARTS if page.locator(part).count())) == []
