"""What a stored notebook must hold that nbval does not look at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

SECTIONS = (
    "At a glance",
    "The claim",
    "Predict",
    "Explore",
    "How the model works",
    "Reality check",
    "Check yourself",
    "Verdict",
    "What to remember",
    "References",
)
# The first notebook opens the course: it judges nothing and has no model of its own.
START = (
    "At a glance",
    "How an explorer works",
    "The article",
    "Your first votes",
    "What can a study answer?",
    "The map of the course",
    "Before you go on",
    "References",
)
CITATION = re.compile(r"\]\((https?://[^)\s]+)\)")
PATHS = re.compile(r"/(home|root|tmp|Users|work)/|[A-Z]:\\\\")
EXPLORER = re.compile(r"^explorers\.\w+\(", re.MULTILINE)
MOST_LINES = 8


def code_cells(notebook: NotebookNode) -> list[Any]:
    return [c for c in notebook.cells if c.cell_type == "code"]


def headings(notebook: NotebookNode, level: int = 2) -> list[str]:
    """Headings of one level, in order."""
    mark = "#" * level + " "
    lines = [
        line for c in notebook.cells if c.cell_type == "markdown" for line in c.source.splitlines()
    ]
    return [line.removeprefix(mark).strip() for line in lines if line.startswith(mark)]


def faults(notebook: NotebookNode, key_of: dict[str, str]) -> list[str]:
    """Say what is wrong, one sentence each; an empty list for a sound notebook.

    ``key_of`` gives the key in the reference list for each address that may be linked.
    """
    found = [*_skeleton(notebook), *_cells(notebook), *_outputs(notebook)]
    return found + _references(notebook, key_of)


def _skeleton(notebook: NotebookNode) -> list[str]:
    wanted = START if headings(notebook, 1) == ["Start here"] else SECTIONS
    have = [h for h in headings(notebook) if h in wanted]
    missing = [f"section {s!r} is missing" for s in wanted if s not in have]
    if not missing and have != list(wanted):
        return [f"sections are out of order: {have}"]
    if len(headings(notebook, 1)) != 1:
        missing.append("there must be exactly one title")
    return missing


def _cells(notebook: NotebookNode) -> list[str]:
    found = []
    ids = [c.get("id", "") for c in notebook.cells]
    if len(set(ids)) != len(ids) or not all(re.fullmatch(r"[a-z0-9-]{3,64}", i) for i in ids):
        found.append("cell ids must be unique words that say what the cell is for")
    if any("slide_type" not in c.metadata.get("slideshow", {}) for c in notebook.cells):
        found.append("a cell has no slide metadata")
    for cell in code_cells(notebook):
        lines = cell.source.splitlines()
        if not 1 <= len(lines) <= MOST_LINES:
            found.append(f"cell {cell.id} has {len(lines)} lines; use 1 to {MOST_LINES}")
        if any(line.lstrip().startswith(("%", "!")) for line in lines):
            found.append(f"cell {cell.id} uses a magic")
        own = cell.metadata.get("slideshow", {}).get("slide_type") in ("slide", "subslide")
        if EXPLORER.search(cell.source) and not own:
            found.append(f"cell {cell.id} shows an explorer on a slide that is not its own")
    for cell in notebook.cells:
        if PATHS.search(cell.source):
            found.append(f"cell {cell.id} names a path of one machine")
    return found


def _outputs(notebook: NotebookNode) -> list[str]:
    found = []
    cells = code_cells(notebook)
    counts = [c.execution_count for c in cells]
    if counts != list(range(1, len(cells) + 1)):
        found.append(f"cells were not run in order in a fresh kernel: {counts}")
    if cells and sum(bool(c.outputs) for c in cells) < len(cells) / 2:
        found.append("outputs were cleared")
    for cell in cells:
        if "explorers." in cell.source and not _has_picture(cell):
            found.append(f"cell {cell.id} shows an explorer but stores no picture")
        for output in cell.outputs:
            found += [f"cell {cell.id}: {fault}" for fault in _output(output)]
    return found


def _has_picture(cell: NotebookNode) -> bool:
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def _output(output: Any) -> list[str]:
    if output.output_type == "error":
        return [f"an error is stored: {output.ename}"]
    if output.output_type == "stream":
        return ["stderr is stored"] if output.name == "stderr" else []
    data, found = output.get("data", {}), []
    if "text/plain" not in data:
        found.append("an output has no text")
    if PATHS.search(data.get("text/plain", "")) or PATHS.search(data.get("text/html", "")):
        found.append("an output names a path of one machine")
    if "image/png" in data and len(output.metadata.get("image/png", {}).get("alt", "")) < 40:
        found.append("a figure has no alternative text")
    if any("widget-view" in kind for kind in data):
        found.append("a live widget is stored; run make notebooks")
    return found


def _references(notebook: NotebookNode, key_of: dict[str, str]) -> list[str]:
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    listed = "\n".join(c.source for c in code_cells(notebook) if "references(" in c.source)
    found = []
    for address in sorted(set(CITATION.findall(text))):
        if address not in key_of:
            found.append(f"{address} is linked but has no key in the reference list")
        elif f'"{key_of[address]}"' not in listed:
            found.append(f"{key_of[address]} is cited but not listed at the end")
    return found


def broken_links(notebook: NotebookNode, folder: Path, anchors: dict[str, set[str]]) -> list[str]:
    """Links to other notebooks of the course whose file or heading does not exist."""
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    found = []
    for target, anchor in re.findall(r"\]\(([\w.-]+\.ipynb)(?:#([\w-]+))?\)", text):
        if not (folder / target).exists():
            found.append(f"{target} does not exist")
        elif anchor and anchor not in anchors[target]:
            found.append(f"{target} has no heading {anchor}")
    return found
