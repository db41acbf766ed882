"""What the slides are given besides the cells."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from course_lib.publish import present

NOTEBOOK = present.NOTEBOOKS / "05_magnesium_in_the_body.ipynb"


def test_the_guide_becomes_the_notes(tmp_path: Path) -> None:
    (tmp_path / "05_magnesium_in_the_body.md").write_text("## Aim\n\nTo *weigh* 24 g.\n")
    html = present.guide_of("05_magnesium_in_the_body", tmp_path)
    assert "Aim" in html
    assert "<em>weigh</em>" in html


def test_a_notebook_without_a_guide_has_no_notes(tmp_path: Path) -> None:
    assert present.guide_of("05_magnesium_in_the_body", tmp_path) == ""


def test_every_linked_term_has_its_meaning() -> None:
    meanings = present.glossary()
    for path in present.NOTEBOOKS.glob("[01]*.ipynb"):
        linked = re.findall(r"\(glossary\.ipynb#([\w-]+)\)", path.read_text())
        assert set(linked) <= set(meanings), path.name
    assert "contraction" in meanings["Sarcomere"]
    assert "¶" not in meanings["Sarcomere"]


def test_the_slides_know_title_and_minutes() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    before = [cell.source for cell in notebook.cells]
    prepared = present.prepare(SimpleNamespace(xsrf_token=b""), notebook, "")
    assert prepared.metadata.course["title"] == "Magnesium in the body"
    assert prepared.metadata.course["minutes"] == 35
    assert [cell.source for cell in prepared.cells] == before


def test_any_other_notebook_can_be_shown_too() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Just words.")])
    prepared = present.prepare(SimpleNamespace(xsrf_token=b""), notebook, "")
    assert prepared.metadata.course["title"] == "Slides"
    assert prepared.metadata.course["minutes"] is None


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        present.main(["notebooks/99_nothing.ipynb"])
    message = capsys.readouterr().err
    assert "99_nothing.ipynb" in message
    assert "notebooks/*.ipynb" in message


def test_the_template_loads_nothing_from_elsewhere() -> None:
    folder = present.HERE / "jupyter"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for path in files:
        assert "//" not in path.read_text().replace("// ", "").replace("//\n", ""), path


def test_html_in_notes_and_glossary_is_shown_not_obeyed() -> None:
    shown = present.as_html(
        "**A term.** <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n"
    )
    assert "<strong>A term.</strong>" in shown
    assert "<img" not in shown
    assert "<script" not in shown
