"""Every stored notebook passes the guard, and the guard catches what it is for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course_lib.evidence import references
from tests.notebooks.guard import broken_links, code_cells, faults, headings
from tests.notebooks.store import FOLDER

ALL = sorted(FOLDER.glob("*.ipynb"))
LESSONS = [path for path in ALL if path.name[0].isdigit()]
KEY_OF = {r.link: r.key for r in references() if r.link}


def read(path: Any) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def anchors() -> dict[str, set[str]]:
    """JupyterLab makes an anchor of each heading by putting hyphens for spaces."""
    return {
        path.name: {h.replace(" ", "-") for level in (1, 2, 3) for h in headings(read(path), level)}
        for path in ALL
    }


@pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)
def test_notebook_is_sound(path: Any) -> None:
    assert faults(read(path), KEY_OF) == []


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_links_lead_somewhere(path: Any) -> None:
    assert broken_links(read(path), FOLDER, anchors()) == []


def clear(nb: NotebookNode) -> None:
    for cell in code_cells(nb):
        cell.outputs = []


def fail(nb: NotebookNode) -> None:
    error = nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[])
    code_cells(nb)[0].outputs = [error]


def shuffle(nb: NotebookNode) -> None:
    code_cells(nb)[0].execution_count = 9


def drop_section(nb: NotebookNode) -> None:
    nb.cells = [c for c in nb.cells if not c.source.startswith("## Reality check")]


def drop_alt(nb: NotebookNode) -> None:
    for cell in code_cells(nb):
        for output in cell.outputs:
            output.get("metadata", {}).pop("image/png", None)


def drop_picture(nb: NotebookNode) -> None:
    for cell in code_cells(nb):
        for output in cell.outputs:
            output.get("data", {}).pop("image/png", None)


def cite_unknown(nb: NotebookNode) -> None:
    nb.cells[0].source += " [Nobody 1999](https://doi.org/10.1000/nobody)"


def warn(nb: NotebookNode) -> None:
    code_cells(nb)[0].outputs = [nbformat.v4.new_output("stream", name="stderr", text="careful")]


def grow(nb: NotebookNode) -> None:
    code_cells(nb)[0].source = "x = 1\n" * 9


def add_magic(nb: NotebookNode) -> None:
    code_cells(nb)[0].source = "%matplotlib inline"


def leak_path(nb: NotebookNode) -> None:
    code_cells(nb)[0].source = "open('/home/ada/notes.txt')"


def crowd(nb: NotebookNode) -> None:
    shown = next(c for c in code_cells(nb) if c.source.startswith("explorers."))
    shown.metadata.slideshow.slide_type = "-"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (clear, "cleared"),
        (fail, "error is stored"),
        (shuffle, "not run in order"),
        (drop_section, "'Reality check' is missing"),
        (drop_alt, "no alternative text"),
        (drop_picture, "stores no picture"),
        (cite_unknown, "10.1000/nobody is linked but has no key"),
        (warn, "stderr"),
        (grow, "lines"),
        (add_magic, "magic"),
        (leak_path, "path of one machine"),
        (crowd, "slide that is not its own"),
    ],
)
def test_the_guard_catches(spoil: Callable[[NotebookNode], None], words: str) -> None:
    notebook = copy.deepcopy(read(LESSONS[1]))
    spoil(notebook)
    assert any(words in fault for fault in faults(notebook, KEY_OF))
