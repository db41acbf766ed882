"""Servers that our commands start: only this machine reaches them, and only with the token."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest

ROOT = Path(__file__).parents[1]
LOOPBACK = {"127.0.0.1", "::1"}
BEHIND_THE_TOKEN = {
    "lab": ("lab/tree/00_start_here.ipynb", "api/contents", "api/kernels"),
    "present": ("", "voila/render/00_start_here.ipynb"),
}

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="the commands need make")


def command(name: str) -> list[str]:
    """Give the words that ``make`` would run, with the Python of these tests."""
    quiet = ["LAB_ARGS=--no-browser --ServerApp.port=0", "PRESENT_ARGS=--no-browser"]
    make = ["make", "--dry-run", "--no-print-directory", name, f"VENV={sys.prefix}", *quiet]
    # Not as a part of the make that may be running these tests.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    output = subprocess.check_output(make, cwd=ROOT, text=True, env=environment)
    lines = output.strip().splitlines()
    return shlex.split(lines[-1])


@pytest.fixture(params=list(BEHIND_THE_TOKEN))
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, psutil.Process]]:
    environment = {k: v for k, v in os.environ.items() if k != "JUPYTER_TOKEN"}
    environment |= {"HOME": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    with (tmp_path / "log").open("w") as log:
        started = subprocess.Popen(
            command(request.param), cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        yield request.param, psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(20)


def listening(server: psutil.Process) -> list[tuple[str, int]]:
    """Give the addresses on which the server waits for requests, once it does."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        ports = server.net_connections(kind="tcp")
        found = [tuple(c.laddr) for c in ports if c.status == psutil.CONN_LISTEN]
        if found:
            return found
        time.sleep(0.1)  # a server says on no channel that it now listens
    raise RuntimeError("the server does not listen after 60 s")


def answer(url: str, **headers: str) -> tuple[int, str]:
    """Status and address of the page that is shown in the end."""
    try:
        with urlopen(Request(url, headers=headers), timeout=20) as page:
            return page.status, page.url
    except HTTPError as refusal:
        return refusal.code, refusal.url


def test_loopback_only_and_nothing_without_the_token(server: tuple[str, psutil.Process]) -> None:
    name, process = server
    sockets = listening(process)
    assert {ip for ip, _ in sockets} <= LOOPBACK
    port = sockets[0][1]
    for page in BEHIND_THE_TOKEN[name]:
        for token in ("", "?token=", "?token=wrong"):
            status, shown = answer(f"http://localhost:{port}/{page}{token}")
            assert status == 403 or "/login" in shown, page
        # A page of another name that leads here (DNS rebinding) is refused, too.
        assert answer(f"http://localhost:{port}/{page}", Host="example.org")[0] == 403
