"""Builds the course as a static web site: ``python -m course_lib.publish.site site``.

Any host or folder can serve it; a page opened from a folder works too, with the network off.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

from sphinx.cmd.build import build_main

from course_lib.explorers import CATALOGUE
from course_lib.learning import load_questions
from course_lib.publish import frames
from course_lib.publish.pages import explorer, page, raw

LIBRARY = Path(__file__).parents[1]
ROOT = LIBRARY.parent
STATIC = Path(__file__).with_name("static")
LARGEST_SITE = 60_000_000  # bytes
LARGEST_PAGE = 5_000_000  # bytes, before a control is moved
PARTS = {
    "The basics": ("00", "01", "02", "03", "04", "05"),
    "Six mechanisms": ("06", "07", "08", "09", "10", "11"),
    "The evidence": ("12", "13", "14"),
    "Words": ("glossary",),
}


class SiteError(Exception):
    """The site could not be built, or is larger than it may be; the message says why."""


def build(out: Path, only: Collection[str] = (), cache: Path = ROOT / "build" / "frames") -> None:
    """Build the site into an empty folder.

    Parameters
    ----------
    out
        Folder of the site; what an earlier build left there is replaced.
    only
        Beginnings of the names of the notebooks to take; all if left out.
    cache
        Where pictures are kept from one build to the next.

    Raises
    ------
    SiteError
        If the pages have faults, the folder holds something else, or a budget is passed.
    """
    notebooks = [
        path
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        if not only or path.stem.startswith(tuple(only))
    ]
    if not notebooks:
        raise SiteError(f"no notebook in {ROOT / 'notebooks'} begins with {', '.join(only)}")
    if out.exists():
        if any(out.iterdir()) and not (out / "searchindex.js").exists():
            raise SiteError(f"{out} holds something that is no site of this course; choose another")
        shutil.rmtree(out)
    with tempfile.TemporaryDirectory() as folder:
        shown = _write_pages(Path(folder), notebooks)
        _run_sphinx(Path(folder), out, whole=not only)
    bake_all(shown, out / "explorers", cache)
    check_sizes(out)


# ---- pages --------------------------------------------------------------------------------------


def _write_pages(folder: Path, notebooks: Iterable[Path]) -> list[str]:
    """Write what Sphinx reads; give the names of the explorers shown."""
    library = load_questions()
    shown: list[str] = []
    titles: dict[str, str] = {}
    for notebook in notebooks:
        text, explorers = page(notebook, library)
        (folder / f"{notebook.stem}.md").write_text(text, encoding="utf-8")
        titles[notebook.stem] = text.split("\n", 1)[0].removeprefix("# ")
        shown += explorers
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for name in re.findall(r"<!-- explorer: (\w+) -->", index):
        index = index.replace(f"<!-- explorer: {name} -->", raw(explorer(name)))
        shown.append(name)
    index = index.replace("<!-- contents -->", contents(titles))
    (folder / "index.md").write_text(index, encoding="utf-8")
    shutil.copy(ROOT / "docs" / "conf.py", folder)
    static = folder / "_static"
    static.mkdir()
    (static / "course.js").write_text(script(), encoding="utf-8")
    sheets = [LIBRARY / "ui" / "explorer.css", LIBRARY / "ui" / "form.css", STATIC / "site.css"]
    (static / "course.css").write_text("\n".join(map(_read, sheets)), encoding="utf-8")
    return list(dict.fromkeys(shown))


def contents(titles: dict[str, str]) -> str:
    """List the pages in the parts of the course, for the front page and the side bar."""
    lists = []
    for part, numbers in PARTS.items():
        names = [name for name in titles if name.startswith(numbers)]
        entries = [
            f"{name[:2]} {titles[name]} <{name}>" if name[0].isdigit() else name for name in names
        ]
        if entries:
            lists.append(
                "\n".join(
                    [":::{toctree}", f":caption: {part}", ":maxdepth: 1", "", *entries, ":::"]
                )
            )
    return "\n\n".join(lists)


def script() -> str:
    """Give the page's script: the front ends of explorer and form, and a model for them.

    They are modules, which a page opened from a folder may not load; each becomes a function.
    """
    parts = ["const courseRender = {};"]
    for name in ("explorer", "form"):
        text = _read(LIBRARY / "ui" / f"{name}.js")
        if text.count("export default { render };") != 1:
            raise SiteError(
                f"{name}.js must end in 'export default {{ render }};' and export no more"
            )
        body = text.replace("export default { render };", f"courseRender.{name} = render;")
        parts.append(f"(() => {{\n{body}}})();")
    return "\n".join([*parts, _read(STATIC / "page.js")])


def _run_sphinx(source: Path, out: Path, *, whole: bool) -> None:
    options = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(source / "doctrees")]
    if not whole:  # links to pages that were not asked for
        options += ["-D", "suppress_warnings=myst.header,myst.xref_missing"]
    if build_main([*options, str(source), str(out)]):
        raise SiteError("the pages have the faults named above")
    (out / ".buildinfo").unlink(missing_ok=True)
    for file in out.glob("*.html"):  # Sphinx's captions are headings of no level
        html = _read(file).replace('role="heading"', 'role="heading" aria-level="2"')
        file.write_text(html, encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# ---- pictures -----------------------------------------------------------------------------------


def bake_all(names: Iterable[str], out: Path, cache: Path) -> None:
    """Draw the explorers in several processes, or take them from the cache."""
    kept = cache / _fingerprint()
    missing = [name for name in names if not (kept / name).is_dir()]
    if missing:
        began = time.monotonic()
        # Two threads of a linear-algebra library in each process would stand in each other's way.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
            list(pool.map(_bake, missing, [kept] * len(missing)))
        print(f"{len(missing)} explorers drawn in {time.monotonic() - began:.0f} s")
    for name in names:
        shutil.copytree(kept / name, out / name, copy_function=_link)
    for old in cache.iterdir():
        if old != kept:
            shutil.rmtree(old)


def _bake(name: str, kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    # Within: another build under way clears away only what has another fingerprint.
    with tempfile.TemporaryDirectory(dir=kept, prefix=".") as folder:
        frames.bake(CATALOGUE[name](), Path(folder) / name)
        (Path(folder) / name).rename(kept / name)  # whole, or not there


def _link(source: str, target: str) -> None:
    """Link a file instead of copying it, where the file system can."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _fingerprint() -> str:
    """Name everything that a picture depends on."""
    found = hashlib.sha256()
    for part in ("physiology", "evidence", "ui", "explorers", "publish/frames.py"):
        path = LIBRARY / part
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and file.suffix not in {".pyc", ".js", ".css"}:
                found.update(f"{file.relative_to(LIBRARY)}\n".encode() + file.read_bytes())
    for package in ("matplotlib", "numpy", "scipy", "pillow"):
        found.update(f"{package} {version(package)}\n".encode())
    return found.hexdigest()[:16]


# ---- sizes --------------------------------------------------------------------------------------


def check_sizes(out: Path) -> None:
    """Print what the site and its heaviest page weigh; refuse what is over budget."""
    whole = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    heaviest, weight = max(
        ((p.name, page_weight(p)) for p in out.glob("*.html")), key=lambda p: p[1]
    )
    print(f"site {whole / 1e6:.1f} MB of {LARGEST_SITE / 1e6:.0f}, heaviest page {heaviest} "
          f"{weight / 1e6:.2f} MB of {LARGEST_PAGE / 1e6:.0f}")  # fmt: skip
    if whole > LARGEST_SITE:
        raise SiteError(f"the site has {whole} bytes; at most {LARGEST_SITE} are allowed")
    if weight > LARGEST_PAGE:
        raise SiteError(f"{heaviest} has {weight} bytes; at most {LARGEST_PAGE} are allowed")


def page_weight(page: Path) -> int:
    """Count the bytes that a page loads before anything is touched."""
    html = _read(page)
    parts = set(re.findall(r'(?:src|srcset|href)="([^"?#:]+\.(?:css|js|webp|svg|png))', html))
    files = [page.parent / part for part in parts]
    loaded: int = sum(file.stat().st_size for file in files if file.is_file())
    return len(html.encode()) + loaded


def main() -> None:
    """Build the site that the command line asks for."""
    parser = argparse.ArgumentParser(description="Build the course as a static web site.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME",
                        help="beginnings of the names of the notebooks to take")  # fmt: skip
    chosen = parser.parse_args()
    try:
        build(chosen.out.resolve(), chosen.only)
    except SiteError as problem:
        sys.exit(f"site: {problem}")


if __name__ == "__main__":
    main()
