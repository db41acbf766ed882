"""Every slide of every notebook in a room: nothing is cut, and axe-core finds nothing serious."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.lab import serious
from tests.browser.test_every_notebook import NOTEBOOKS
from tests.browser.test_present import (  # noqa: F401
    address,
    beyond,
    look_at_every_slide,
    page,
    slides,
)


@pytest.mark.parametrize("name", NOTEBOOKS, ids=lambda name: name[:2])
def test_every_slide_is_whole_and_usable(
    page: Page,  # noqa: F811
    address: str,  # noqa: F811
    beyond: list[str],  # noqa: F811
    name: str,
) -> None:
    with slides(page, address, name) as deck:

        def usable(slide: str) -> None:
            assert serious(deck, "#cs-stage") == [], slide

        look_at_every_slide(deck, usable)
    assert beyond == []
