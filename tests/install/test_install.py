"""environment.yml, pyproject.toml and the locks agree, and Binder would use them."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tests.install.fresh import pip_list
from tests.install.pythons import version

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, TOOLS = PYPROJECT["project"], PYPROJECT["tool"]
README = (ROOT / "README.md").read_text()
FIRST = min((ROOT / "notebooks").glob("*.ipynb"))


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


@pytest.mark.filterwarnings("ignore:pythonjsonlogger:DeprecationWarning")
def test_binders_recipe_installs_our_environment_once_our_files_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pip list names the lock and the checkout, so both must be there before it is used."""
    from repo2docker.app import Repo2Docker  # noqa: PLC0415  warns while it is imported

    monkeypatch.chdir(ROOT)
    app = Repo2Docker()
    pack = next(p for p in (pack(app.base_image) for pack in app.buildpacks) if p.detect())
    pack.platform = "linux/amd64"
    recipe = pack.render({})
    copied = recipe.index("COPY --chown=1000:1000 src/ ${REPO_DIR}/")
    installed = recipe.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    assert copied < installed
    assert "requirements.txt" not in recipe  # nothing is installed a second time beside it


def test_the_badge_opens_the_first_notebook() -> None:
    badge = re.search(r"\(https://mybinder\.org/v2/gh/OWNER/NAME/HEAD\?urlpath=([^)]+)\)", README)
    assert badge is not None
    path = badge[1].removeprefix("lab/tree/")
    assert path != badge[1]  # the address at which the table of contents opens
    assert path == str(FIRST.relative_to(ROOT))


def test_the_panel_that_opens_the_contents_is_installed_where_jupyterlab_looks() -> None:
    shared = TOOLS["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    (source,) = (s for s, to in shared.items() if to.startswith("share/jupyter/labextensions/"))
    package = json.loads((ROOT / source / "package.json").read_text())
    assert shared[source] == f"share/jupyter/labextensions/{package['name']}"
    script = (ROOT / source / package["jupyterlab"]["_build"]["load"]).read_text()
    assert f'window._JUPYTERLAB["{package["name"]}"]' in script
    assert f'id: "{package["name"]}:plugin"' in script
    assert package["version"] == PROJECT["version"]


def test_pip_list_of_the_slow_check_is_binders() -> None:
    assert pip_list() == ["-r", "requirements.txt", "-e", "."]


def test_a_program_that_is_no_python_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    assert version(str(broken)) is None
    assert version(str(tmp_path / "nothing")) is None
    assert version(sys.executable) == sys.version_info[:2]
