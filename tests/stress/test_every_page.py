"""Every notebook on a real page over a real kernel: floods, the Tab key, twice the size."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest
from playwright.sync_api import Page, expect

# Fixtures, and tests that make test runs on one notebook only.
from tests.browser.conftest import desk, home, lab, page  # noqa: F401
from tests.browser.lab import explorers, settled, until
from tests.browser.test_every_notebook import ANOTHER, AT_REST, name  # noqa: F401
from tests.browser.test_notebook_01 import (  # noqa: F401
    test_nothing_of_ours_moves_by_itself_when_motion_is_reduced,
    test_tab_reaches_every_control_and_shows_where_one_is,
    test_twice_the_size_needs_no_sideways_scrolling,
)
from tests.stress.test_page import FLOOD, Traffic

LARGEST_GROWTH_MB = 10
LAST = "(image, alt) => image.dataset.quality === 'rest' && image.alt === alt"


@pytest.fixture(scope="module", autouse=True)  # before the page opens its first socket
def traffic(desk: Page) -> Traffic:  # noqa: F811
    return Traffic(desk)


def kernel() -> psutil.Process:
    """Give the kernel of the notebook that is open; earlier ones have ended."""
    every = psutil.Process().children(recursive=True)
    return next(p for p in every if "ipykernel_launcher" in p.cmdline())


@pytest.mark.timeout(600)
def test_ten_seconds_of_two_hundred_events_each_end_in_the_last_state(
    traffic: Traffic,
    page: Page,  # noqa: F811
    record_property: Callable[[str, object], None],
) -> None:
    for explorer in explorers(page):
        sliders = explorer.locator("input[type=range]")
        shown = until(explorer, AT_REST)
        explorer.evaluate(FLOOD, [0, None])  # only the last position
        until(explorer, ANOTHER, shown)
        last = settled(explorer)
        explorer.evaluate(FLOOD, [1, None])  # warms every cache
        until(explorer, LAST, last)
        before = kernel().memory_info().rss
        traffic.most = 0
        frames = explorer.evaluate(FLOOD, [10, None])
        # A rest in mid-flood, when the machine halts for a moment, is not the last one.
        until(explorer, LAST, last)
        words = explorer.locator(".ce-title").inner_text()
        # At rest the slider shows the value of which Python sent the picture.
        assert sliders.first.evaluate("(slider) => slider.value === slider.max"), words
        assert 1 <= traffic.most <= 2, words
        assert traffic.open == set(), words
        assert frames >= 50, words
        expect(explorer.locator(".ce-problem")).to_be_hidden()
        grown = (kernel().memory_info().rss - before) / 1e6
        assert grown < LARGEST_GROWTH_MB, f"{words}: {grown:.1f} MB"
        record_property("floods", 1)
