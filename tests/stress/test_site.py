"""The whole web site: each page by keyboard, enlarged, in the dark, and on a phone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.lab import serious
from tests.browser.test_every_notebook import NOTEBOOKS

# Tests that make test runs on one notebook only.
from tests.browser.test_notebook_01 import (  # noqa: F401
    test_nothing_of_ours_moves_by_itself_when_motion_is_reduced,
    test_tab_reaches_every_control_and_shows_where_one_is,
    test_twice_the_size_needs_no_sideways_scrolling,
)
from tests.browser.test_site import opened, width_on_a_phone

LESSONS = [name.replace(".ipynb", ".html") for name in NOTEBOOKS]
OTHERS = ["index.html", "glossary.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("publish") / "site"
    subprocess.run([sys.executable, "-m", "course_lib.publish.site", str(out)], check=True)
    return out


@pytest.fixture(scope="module", params=LESSONS)
def page(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, site, request.param) as page:
        yield page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", [*LESSONS, *OTHERS])
def test_axe_finds_nothing_serious(browser: Browser, site: Path, name: str, dark: bool) -> None:
    with opened(browser, site, name, dark=dark) as page:
        assert serious(page) == []


@pytest.mark.parametrize("name", [*LESSONS, *OTHERS])
def test_a_phone_does_not_scroll_sideways(browser: Browser, site: Path, name: str) -> None:
    assert width_on_a_phone(browser, site, name) == 390
