"""One JupyterLab for all browser tests; each test gets its own page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.lab import CHROMIUM, HOW_TO_GET_IT, jupyterlab
from tests.notebooks.store import FOLDER


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip without a browser, but never in CI, where they are required."""
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


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
