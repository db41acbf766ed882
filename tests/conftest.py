"""Shared by all tests, and by the kernels that nbval starts."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.browser.lab import CHROMIUM, HOW_TO_GET_IT

# Nobody's own answers are read or written while tests run.
os.environ["COURSE_PROGRESS"] = str(Path(tempfile.mkdtemp(prefix="course-")) / "progress.json")


def pytest_report_header() -> str | None:
    """Say in one line how to get the browser that is missing."""
    return HOW_TO_GET_IT if CHROMIUM is None else None
