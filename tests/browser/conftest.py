"""One browser for all browser tests; notebooks take turns in one page of one JupyterLab."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.lab import (
    chromium,
    jupyterlab,
    open_notebook,
    run_all,
    window,
)
from tests.notebooks.store import FOLDER


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def lab(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the notebooks, so that a test cannot change the stored ones."""
    folder = tmp_path_factory.mktemp("course") / "notebooks"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    with jupyterlab(folder, home) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def loopback(browser: Browser) -> Iterator[BrowserContext]:
    """A window that fails when a page reaches for anything beyond loopback."""
    foreign: set[str] = set()
    with window(browser) as context:
        context.on("request", lambda r: foreign.add(r.url) if is_foreign(r.url) else None)
        yield context
    assert foreign == set()


@pytest.fixture(scope="session")
def desk(loopback: BrowserContext) -> Iterator[Page]:
    with loopback.new_page() as page:
        yield page


@pytest.fixture(scope="module")
def page(lab: str, desk: Page, name: str) -> Page:
    """The notebook that the module calls ``name``, opened and run from top to bottom."""
    open_notebook(desk, lab, name)
    run_all(desk)
    return desk


def is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost"
