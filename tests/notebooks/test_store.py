"""Storing a notebook keeps its cells and ids and leaves no trace of the machine."""

from __future__ import annotations

from pathlib import Path

import nbformat

from tests.notebooks.store import run

SOURCE = """
import os
from IPython.display import display
display({"text/plain": os.path.basename(os.environ["COURSE_PROGRESS"]),
         "application/vnd.jupyter.widget-view+json": {"model_id": "1"}}, raw=True)
"""


def test_outputs_are_stored_without_the_live_widget(tmp_path: Path) -> None:
    cells = [
        nbformat.v4.new_markdown_cell("# T", id="title"),
        nbformat.v4.new_code_cell(SOURCE, id="code"),
    ]
    path = tmp_path / "one.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    stored = run(path)
    assert [c.id for c in stored.cells] == ["title", "code"]
    assert stored.cells[1].outputs[0].data == {"text/plain": "progress.json"}
    assert stored.cells[1].execution_count == 1
    assert "version" not in stored.metadata.language_info
    assert str(tmp_path) not in nbformat.writes(stored)
