"""What the course never does: unpickle, evaluate, reach out, listen to others, install unnamed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
FILES = sorted((REPOSITORY / "course_lib").rglob("*.py"))
LOCKS = ["requirements.txt", "requirements-publish.txt", "requirements-test.txt"]
FORBIDDEN_MODULES = {
    "pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "dbm",
    "socket", "requests", "urllib3", "httpx", "ftplib", "smtplib", "telnetlib", "xmlrpc",
}  # fmt: skip
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "system", "popen"}
FORBIDDEN_WORDS = {"allow_pickle", "shell"}  # keyword arguments


def misdeeds(source: str) -> list[str]:
    """What a file does that it must not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            found += [m for m in modules if m.split(".")[0] in FORBIDDEN_MODULES]
            found += [m for m in modules if m.startswith(("urllib.request", "http."))]
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", None)
            attribute = getattr(node.func, "attr", None)
            from_os = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "os"
            if name in FORBIDDEN_CALLS or (from_os and attribute in FORBIDDEN_CALLS):
                found.append(ast.unparse(node.func))
            loose = [k for k in node.keywords if ast.unparse(k.value) != "False"]
            found += [k.arg for k in loose if k.arg in FORBIDDEN_WORDS]
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from pickle import loads", "import socket", "eval('1')", "exec('x')",
        "import os\nos.system('ls')", "np.load(f, allow_pickle=True)", "run('x', shell=True)",
        "from urllib.request import urlopen", "import http.server",
    ],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert misdeeds(source)


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(REPOSITORY)))
def test_nothing_is_unpickled_evaluated_or_fetched(file: Path) -> None:
    assert misdeeds(file.read_text(encoding="utf-8")) == []


def test_no_script_of_the_course_writes_html_or_runs_text() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
    )
    # The slides hand on rendered Markdown: notes of the notebook, which runs code anyway, and the
    # glossary, in which the renderer has escaped any HTML.
    allowed = {"deck.js": ["innerHTML", "innerHTML"]}
    scripts = sorted((REPOSITORY / "course_lib").rglob("*.js"))
    assert scripts
    for script in scripts:
        found = forbidden.findall(script.read_text(encoding="utf-8"))
        assert found == allowed.get(script.name, []), script


# ---- servers ---------------------------------------------------------------------------------


def test_make_lab_listens_on_loopback_and_leaves_the_token_on() -> None:
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", "lab"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (command,) = [line for line in shown.splitlines() if "jupyter lab" in line]
    assert "--ServerApp.ip=localhost" in command
    for loose in ("token=", "password=", "0.0.0.0", "disable_check_xsrf", "allow_origin"):
        assert loose not in command


# ---- packages --------------------------------------------------------------------------------
# The databases of known faults that pip-audit asks cannot be reached where these tests run, so
# what is checked is what can be: that the lock is exact, consistent and of free licences.


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_the_lock_is_one_version_from_the_index(lock: str) -> None:
    pinned = re.compile(r"[a-z0-9.-]+(\[[a-z,]+\])?==[0-9][\w.!+-]*( ; .+)?")
    lines = (REPOSITORY / lock).read_text().splitlines()
    assert lines
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    assert not re.search(r"://|\bgit\+|@ |file:|--|^-e", "\n".join(lines), re.MULTILINE)


def test_each_requirement_of_the_course_is_locked() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    locked = {line.split("==")[0].split("[")[0] for line in
              (REPOSITORY / "requirements.txt").read_text().splitlines()}  # fmt: skip
    asked = {re.match(r"[\w.-]+", text)[0].lower() for text in project["dependencies"]}  # type: ignore[index]
    assert asked <= locked


def test_installed_packages_agree_with_each_other() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def licence(name: str) -> str:
    """Licence that an installed package states, in whichever of three places."""
    about = distribution(name).metadata
    said = [about.get("License-Expression"), *(about.get_all("Classifier") or [])]
    words = [s for s in said if s and (s == said[0] or s.startswith("License ::"))]
    return "; ".join(words) or (about.get("License") or "").splitlines()[0]


FREE = re.compile(
    r"BSD|MIT|Apache|ISC|PSF|Python Software|MPL|Mozilla|HPND|Unlicense|LGPL|zlib|CC0"
)


def test_every_package_that_a_student_installs_is_free_to_use() -> None:
    installed = {d.metadata["Name"].lower().replace("_", "-") for d in distributions()}
    names = {
        line.split("==")[0].split("[")[0]
        for line in (REPOSITORY / "requirements.txt").read_text().splitlines()
    }
    stated = {name: licence(name) for name in sorted(names & installed)}
    assert len(stated) > 60
    assert {n: words for n, words in stated.items() if not FREE.search(words)} == {}
