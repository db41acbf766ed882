"""Time from a key press to the new picture, in JupyterLab in Chromium."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.browser.lab import (
    CHROMIUM,
    HOW_TO_GET_IT,
    chromium,
    jupyterlab,
    open_notebook,
    run_all,
    window,
)
from tests.notebooks.store import FOLDER

KEYS = 20
SITE = FOLDER.parent / "site"
# One press, and an error in place of a picture that never comes.
ONE_PRESS = """(root) => new Promise((done, fail) => {
  const image = root.querySelector('img');
  const slider = root.querySelector('input[type=range]');
  let start = 0;
  const begin = () => { start = performance.now(); };
  slider.addEventListener('input', begin, { once: true, capture: true });
  image.addEventListener('load', () => done(performance.now() - start), { once: true });
  setTimeout(() => fail(new Error('no new picture within 20 s of a key press')), 20000);
})"""
AT_END = "(slider) => Number(slider.value) >= Number(slider.max)"


def presses(page: Page, explorer: Locator) -> list[float]:
    """Milliseconds of each press, one at a time: one step of the first slider and back."""
    slider = explorer.locator("input[type=range]").first
    slider.focus()
    away, back = ("Left", "Right") if slider.evaluate(AT_END) else ("Right", "Left")
    found = []
    for count in range(KEYS):
        explorer.evaluate(f"(root) => {{ window.press = ({ONE_PRESS})(root); }}")
        page.keyboard.press(f"Arrow{back if count % 2 else away}")
        found.append(float(page.evaluate("() => window.press")))
        # The lossless picture that follows at rest must not be taken for the next key's.
        explorer.locator("img[data-quality=rest]").wait_for()
    return found


def report() -> None:
    """Print the median and the 95th percentile over the explorers of each notebook."""
    if CHROMIUM is None:
        print(HOW_TO_GET_IT)
        return
    print("\nKey press to new picture, JupyterLab in Chromium (ms); reach: median 50")
    with (
        tempfile.TemporaryDirectory() as home,
        jupyterlab(FOLDER, Path(home)) as address,
        chromium() as browser,
    ):
        for density in (1, 2):
            every = []
            for path in sorted(FOLDER.glob("[0-9]*.ipynb")):
                with window(browser, density=density) as context:
                    page = context.new_page()
                    open_notebook(page, address, path.name)
                    run_all(page)
                    explorers = page.locator(".course-explorer")
                    explorers.last.locator("img[src^=data]").wait_for()
                    explorers = explorers.filter(has=page.locator("input[type=range]"))
                    spent = [t for e in explorers.all() for t in presses(page, e)]
                show(f"{path.stem:34}{density}x", spent)
                every += spent
            show(f"{'all notebooks':34}{density}x", every)


def show(name: str, spent: list[float]) -> None:
    """Print one row."""
    middle, late = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    print(f"{name}   median {middle:6.1f}   p95 {late:6.1f}", flush=True)


def report_site() -> None:
    """Print the same for the web site, opened from its folder, if it has been built."""
    if CHROMIUM is None or not (SITE / "index.html").exists():
        print("No web site to measure: it needs Chromium and `make site`.")
        return
    print("\nKey press to new picture, web site in Chromium (ms); reach: 50")
    with chromium() as browser, window(browser) as context:
        page = context.new_page()
        for path in sorted(SITE.glob("[0-9]*.html")):
            page.goto(path.as_uri())
            explorers = page.locator("section.course-explorer")
            explorers = explorers.filter(has=page.locator("input[type=range]"))
            spent = [t for e in explorers.all() for t in presses(page, e)]
            show(f"{path.stem:34}", spent)
