"""Install the course from nothing, as Binder's pip part does: ``make fresh``.

Into a new environment of its own, from a copy of the checkout: the ``pip`` list of
environment.yml. Then JupyterLab starts from there, has our settings and our panel, and notebook 00
runs. Prints how long it took and what it takes on the disk. Needs the network, for the packages.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PANEL = "magnesium-course-contents"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", "site", "__pycache__", ".*_cache")


def environment(folder: Path, python: str = sys.executable) -> Path:
    """Make an empty environment and give its Python."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    return next(p for p in (folder / "bin/python", folder / "Scripts/python.exe") if p.exists())


def install(python: Path, arguments: Sequence[str], folder: Path) -> None:
    """Install with pip, in a folder to which the arguments are relative."""
    quiet = [
        "--quiet",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-warn-script-location",
    ]
    command: list[str | Path] = [python, "-m", "pip", "install", *quiet, *arguments]
    subprocess.run(command, cwd=folder, check=True)


def pip_list() -> list[str]:
    """Words of the ``pip`` list in environment.yml: what Binder installs with pip."""
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    lines: list[str] = next(d["pip"] for d in dependencies if isinstance(d, dict))
    return " ".join(lines).split()


def megabytes(folder: Path) -> float:
    """Size of a folder's files, each counted once."""
    found = (path.lstat() for path in folder.rglob("*") if not path.is_symlink())
    return sum(stat.st_size for stat in found) / 1e6


def check_start(python: Path, course: Path, home: Path) -> None:
    """See that JupyterLab finds our panel and our settings, and run the first notebook."""
    keep = ("PATH", "SYSTEMROOT", "TEMP", "LANG")
    clean = {k: os.environ[k] for k in keep if k in os.environ} | {"HOME": str(home)}

    def run(*words: str) -> str:
        return subprocess.run(
            [python, "-m", *words], cwd=course, env=clean, check=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ).stdout  # fmt: skip

    listed = run("jupyter", "labextension", "list")
    if PANEL not in listed:
        raise RuntimeError(f"JupyterLab does not list {PANEL}:\n{listed}")
    prefix = python.parents[1]
    settings = prefix / "etc/jupyter/labconfig/default_setting_overrides.json"
    if json.loads(settings.read_text()) != json.loads(
        (ROOT / "course_lib/lab_settings.json").read_text()
    ):
        raise RuntimeError(f"{settings} does not hold the course's settings")
    run("jupyter", "execute", "notebooks/00_start_here.ipynb")


def main() -> None:
    """Install, check and print."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        course = folder / "course"
        shutil.copytree(ROOT, course, ignore=LEFT_OUT)
        began = time.perf_counter()
        python = environment(folder / "fresh")
        install(python, ["--no-cache-dir", *pip_list()], course)
        installed = time.perf_counter()
        size = megabytes(folder / "fresh")
        (folder / "home").mkdir()
        check_start(python, course, folder / "home")
        taken, start = installed - began, time.perf_counter() - installed
        print(f"Python {sys.version.split()[0]}: installed in {taken:.0f} s, {size:.0f} MB")
        print(f"JupyterLab has our settings and our panel, and notebook 00 ran, in {start:.0f} s")


if __name__ == "__main__":
    main()
