"""Adds up what the stress tests did; ``make stress`` prints it as the README's table."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.browser.conftest import browser, loopback  # noqa: F401  fixtures, once for all files

# What a test counts with pytest's record_property, and the words for it in the table.
COUNTED = {
    "explorers": "explorers",
    "states": "control states tried",
    "redraws": "pictures redrawn while memory was watched",
    "floods": "floods of 2,000 slider events in 10 s on a real page",
    "inputs": "hostile or nonsensical inputs tried",
    "faults": "faults injected into the progress file",
    "answers": "answers given while faults were injected",
    "lost": "answers lost",
}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table, counted over the tests that passed."""
    total: Counter[str] = Counter()
    names: set[str] = set()
    for report in terminalreporter.getreports("passed"):
        for key, value in report.user_properties:
            if key == "explorer":
                names.add(value)
            elif key in COUNTED:
                total[key] += value
    total["explorers"] = len(names)
    terminalreporter.section("What is tested")
    for key, words in COUNTED.items():
        terminalreporter.line(f"| {words} | {total[key]:,} |")


@pytest.fixture(autouse=True)
def path(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A progress file of the test's own; it does not exist yet."""
    chosen = tmp_path / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(chosen))
    return chosen
