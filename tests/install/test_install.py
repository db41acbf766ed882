"""environment.yml, pyproject.toml and the locks agree, and Binder would use them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def lock(name: str) -> dict[str, list[Requirement]]:
    """Locked requirements by name; a name may stand more than once, for different Pythons."""
    locked: dict[str, list[Requirement]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if line and not line.startswith("#"):
            one = Requirement(line)
            locked.setdefault(one.name.lower(), []).append(one)
    return locked


LOCK, TEST_LOCK = lock("requirements.txt"), lock("requirements-test.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_lock_pins_exact_versions_from_no_named_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--" not in text
    for requirements in lock(name).values():
        for one in requirements:
            assert re.fullmatch(r"==[\w.]+", str(one.specifier)), one


@pytest.mark.parametrize("wanted", PROJECT["dependencies"])
def test_the_lock_holds_each_dependency_at_an_allowed_version(wanted: str) -> None:
    need = Requirement(wanted)
    for locked in LOCK[need.name.lower()]:
        version = str(locked.specifier).removeprefix("==")
        assert need.specifier.contains(Version(version)), (wanted, version)


@pytest.mark.parametrize("wanted", PROJECT["optional-dependencies"]["test"])
def test_the_test_lock_holds_each_test_dependency(wanted: str) -> None:
    need = Requirement(wanted)
    for locked in TEST_LOCK[need.name.lower()]:
        assert need.specifier.contains(Version(str(locked.specifier).removeprefix("==")))


def test_the_test_lock_contains_the_course_lock() -> None:
    for name, requirements in LOCK.items():
        ours, theirs = ({str(r.specifier) for r in rs} for rs in (requirements, TEST_LOCK[name]))
        assert ours == theirs, name


def test_environment_installs_the_lock_and_this_checkout() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["channels"][0] == "conda-forge"
    python, pip, rest = environment["dependencies"]
    allowed = Requirement("python" + PROJECT["requires-python"]).specifier
    assert allowed.contains(Version(python.removeprefix("python=")))
    assert pip == "pip"
    assert rest == {"pip": ["-r requirements.txt", "-e ."]}


def test_binder_finds_the_conda_environment_first() -> None:
    """repo2docker prefers binder/ and .binder/, and environment.yml to requirements.txt."""
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()
    assert not (ROOT / "Dockerfile").exists()
    assert (ROOT / "environment.yml").exists()


@pytest.mark.filterwarnings("ignore:pythonjsonlogger:DeprecationWarning")
def test_repo2docker_picks_the_conda_buildpack(monkeypatch: pytest.MonkeyPatch) -> None:
    from repo2docker.app import Repo2Docker  # noqa: PLC0415  warns while it is imported

    monkeypatch.chdir(ROOT)
    app = Repo2Docker()
    packs = (pack(app.base_image) for pack in app.buildpacks)
    chosen = next(pack for pack in packs if pack.detect())
    assert type(chosen).__name__ == "CondaBuildPack"
    assert chosen.python_version == "3.12"
