"""The pages' words and data, and the budgets that a site must keep to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course_lib.learning import load_questions
from course_lib.publish import pages, site
from tests.notebooks.store import FOLDER

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LIBRARY = load_questions()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_widget_of_a_notebook_has_its_element(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    text, explorers = pages.page(notebook, LIBRARY)
    assert re.findall(r"explorers\.(\w+)\(", code) == [
        *explorers, *(name for name in pages.PERSONAL if f"explorers.{name}(" in code)
    ]  # fmt: skip
    scripts = re.findall(r'<script type="application/json">(.*?)</script>', text)
    ids = [json.loads(script).get("id") for script in scripts]
    asked = re.findall(r'(?:ask|predict|vote)\("([^"]+)"', code)
    assert [id_ for id_ in asked if id_ not in ids] == []
    assert ".ipynb" not in text


def test_a_budget_that_is_passed_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text('<script src="a.js?v=1"></script>', encoding="utf-8")
    (tmp_path / "a.js").write_bytes(b" " * 1000)
    assert site.page_weight(tmp_path / "index.html") == 32 + 1000
    site.check_sizes(tmp_path)
    monkeypatch.setattr(site, "LARGEST_PAGE", 1031)
    with pytest.raises(site.SiteError, match=r"index\.html has 1032 bytes; at most 1031"):
        site.check_sizes(tmp_path)
    monkeypatch.setattr(site, "LARGEST_SITE", 1031)
    with pytest.raises(site.SiteError, match="site has 1032 bytes; at most 1031"):
        site.check_sizes(tmp_path)


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(site.SiteError, match="no site of this course"):
        site.build(tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_notebook_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(site.SiteError, match="99_nowhere"):
        site.build(tmp_path / "site", only=["99_nowhere"])
