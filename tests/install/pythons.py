"""Run the library's tests with every Python from 3.11 to 3.13 on this machine: ``make pythons``.

Looks along PATH, among those of pyenv and among those that uv knows. Each Python that is found gets
an environment of its own from the test lock; one that is not found is named.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.install.fresh import ROOT, environment, install

WANTED = ((3, 11), (3, 12), (3, 13))
TESTS = ("physiology", "evidence", "ui", "explorers", "learning", "test_imports.py")
ASK = "import sys, venv; print(*sys.version_info[:2])"


def candidates() -> Iterator[str]:
    """Programs that may be a Python; most fitting first."""
    for major, minor in WANTED:
        if found := shutil.which(f"python{major}.{minor}"):
            yield found
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted((home / "versions").glob("3.*/bin/python")))
    if uv := shutil.which("uv"):
        listed = subprocess.run(
            [uv, "python", "list", "--only-installed", "--output-format", "json"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        yield from (str(one["path"]) for one in _entries(listed.stdout))


def _entries(text: str) -> list[dict[str, object]]:
    try:
        found: list[dict[str, object]] = json.loads(text)
    except ValueError:
        return []
    return found


def version(program: str) -> tuple[int, ...] | None:
    """Ask a program which Python it is; None if it is none that can make an environment."""
    try:
        asked = subprocess.run([program, "-c", ASK], capture_output=True, text=True, check=True)
        return tuple(map(int, asked.stdout.split()))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def found() -> dict[tuple[int, ...], str]:
    """Give the first program of each version wanted."""
    programs: dict[tuple[int, ...], str] = {}
    for program in candidates():
        which = version(program)
        if which in WANTED:
            programs.setdefault(which, program)
    return programs


def main() -> int:
    """Test with each and give 1 if any fails."""
    programs = found()
    verdicts = {}
    for wanted in WANTED:
        name = ".".join(map(str, wanted))
        if wanted not in programs:
            verdicts[name] = "not on this machine"
            continue
        with tempfile.TemporaryDirectory() as place:
            python = environment(Path(place) / "python", programs[wanted])
            install(python, ["-r", "requirements-test.txt"], ROOT)
            tests = [f"tests/{name}" for name in TESTS]
            done = subprocess.run(
                [python, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *tests],
                cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False,
            )  # fmt: skip
            verdicts[name] = "passed" if done.returncode == 0 else "FAILED"
    for name, verdict in verdicts.items():
        print(f"Python {name}: {verdict}")
    return int("FAILED" in verdicts.values() or "passed" not in verdicts.values())


if __name__ == "__main__":
    sys.exit(main())
