"""Shared by all tests, and by the kernels that nbval starts."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from tests.browser.lab import CHROMIUM, HOW_TO_GET_IT

# Nobody's own answers are read or written while tests run.
os.environ["COURSE_PROGRESS"] = str(Path(tempfile.mkdtemp(prefix="course-")) / "progress.json")

# At home Hypothesis tries other examples each time, in CI always the same; no time is asserted.
settings.register_profile("course", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("course")


class OneThingAtATime(LoadFileScheduling):
    """Keep each file on one worker, but let the notebooks and explorers of "every" spread out."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        thing = re.search(r"\[(\w+)", test) if "/test_every_" in file else None
        return f"{file} {thing[1]}" if thing else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneThingAtATime:
    """Use it wherever tests run in parallel."""
    return OneThingAtATime(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what drives a browser where there is none, but never in CI, where it is required."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and "CI" not in os.environ:
                item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


def pytest_report_header() -> str | None:
    """Say in one line how to get the browser that is missing."""
    return HOW_TO_GET_IT if CHROMIUM is None else None
