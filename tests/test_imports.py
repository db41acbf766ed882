"""Who may import whom: models, evidence and interface stay apart."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "course_lib"
MAY_IMPORT = {
    "physiology": set[str](),
    "evidence": set[str](),
    "ui": set[str](),
    "explorers": {"physiology", "evidence", "ui"},
    "learning": {"ui", "evidence"},
    "publish": {"evidence", "ui", "explorers", "learning"},
}
NUMBERS = {"numpy", "scipy"}
FILES = sorted(LIBRARY.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def imported(source: str, package: tuple[str, ...] = ()) -> set[str]:
    """Full names of the modules that a source text imports, wherever in it the statement stands.

    Parameters
    ----------
    source
        Python source.
    package
        Package that holds the module, for relative imports: ``("course_lib", "ui")``.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            # "from course_lib import ui" names a package too; a name too many does no harm.
            found |= {".".join([*base, alias.name]) for alias in node.names}
    return found


def parts_imported(names: set[str]) -> set[str]:
    """Parts of course_lib among imported names: "ui" for "course_lib.ui.style"."""
    split = [name.split(".") for name in names]
    return {name[1] for name in split if name[0] == "course_lib" and len(name) > 1}


def names_in(file: Path) -> set[str]:
    """Full names of what a file of the library imports."""
    return imported(file.read_text(encoding="utf-8"), file.relative_to(ROOT).parent.parts)


def part_of(file: Path) -> str | None:
    """Part of the library that holds a file; None for the files at its top."""
    inside = file.relative_to(LIBRARY).parts
    return inside[0] if len(inside) > 1 else None


@pytest.mark.parametrize(
    ("source", "package", "parts"),
    [
        ("import course_lib.ui.style as s", (), {"ui"}),
        ("from course_lib import evidence, ui", (), {"evidence", "ui"}),
        ("from course_lib.physiology.sarcomere import FROG", (), {"physiology"}),
        ("from ..ui import style", ("course_lib", "evidence"), {"ui"}),
        ("from .. import physiology", ("course_lib", "ui"), {"physiology"}),
        ("from ...ui import x", ("course_lib", "learning", "deep"), {"ui"}),
        ("from . import canvas", ("course_lib", "ui"), {"ui"}),
        ("def late():\n    import course_lib.learning", (), {"learning"}),
        ("if TYPE_CHECKING:\n    from course_lib.ui import Scene", (), {"ui"}),
        ("import numpy.typing\nfrom course_libs import ui", (), set()),
    ],
)
def test_the_reader_of_imports_sees(source: str, package: tuple[str, ...], parts: set[str]) -> None:
    assert parts_imported(imported(source, package)) == parts


def test_every_part_of_the_library_has_a_rule() -> None:
    assert {part_of(file) for file in FILES} == {None, *MAY_IMPORT}


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(LIBRARY)))
def test_parts_import_only_what_they_may(file: Path) -> None:
    part = part_of(file)
    allowed = {part, *MAY_IMPORT[part]} if part else set[str]()
    beyond = parts_imported(names_in(file)) - allowed
    assert not beyond, f"{file.relative_to(ROOT)} must not import {', '.join(sorted(beyond))}"


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if part_of(file) == "physiology"],
    ids=lambda f: str(f.relative_to(LIBRARY)),
)
def test_models_use_numpy_and_scipy_only(file: Path) -> None:
    packages = {name.split(".")[0] for name in names_in(file)}
    beyond = packages - sys.stdlib_module_names - NUMBERS - {"course_lib"}
    assert not beyond, f"{file.relative_to(ROOT)} must not import {', '.join(sorted(beyond))}"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda f: f.stem)
def test_notebooks_import_no_other_library(file: Path) -> None:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    packages = {name.split(".")[0] for source in code for name in imported(source)}
    assert not packages - {"course_lib"}
