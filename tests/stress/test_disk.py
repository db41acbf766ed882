"""Kills in mid-write, many kernels at once, and a disk that is really full."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_lib.learning.store import ProgressStore

Count = Callable[[str, object], None]
REPOSITORY = Path(__file__).parents[2]
KILLS = 200

# Answers without end; a child made by fork for each round, so that 200 rounds take seconds.
ENDLESS = """
import os, sys
from itertools import count
from course_lib.learning.store import ProgressStore
for line in sys.stdin:
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        store = ProgressStore(sys.argv[1])
        for i in count():
            progress = store.answer(f"{line.strip()}-{i}", "x" * 2000, correct=True)
            os.write(1, f"{line.strip()}-{i}\\n".encode())  # kept, as the student was told
    print("child", child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


def test_a_power_cut_in_mid_write_leaves_the_old_or_the_new_file(
    path: Path, record_property: Count
) -> None:
    """kill -9 at a random moment, 200 times: whatever was said to be kept is in the file."""
    dice = random.Random(7)
    kept: set[str] = set()
    told = interrupted = 0
    nursery = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(path)],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    with nursery:
        for kill in range(KILLS):
            if kill % 20 == 0:
                path.unlink(missing_ok=True)  # a small file again, or writing gets slow
                told, kept = told + len(kept), set()
            nursery.stdin.write(f"{kill}\n")
            nursery.stdin.flush()
            child = 0
            wanted = dice.randint(1, 4)  # answers to wait for
            while not child or wanted:
                word = nursery.stdout.readline().split()
                if word[0] == "child":
                    child = int(word[1])
                else:
                    kept.add(word[0])
                    wanted -= wanted > 0
            time.sleep(dice.uniform(0, 0.004))  # somewhere within the next write
            os.kill(child, 9)
            while (word := nursery.stdout.readline().split()) != ["dead"]:
                kept.add(word[0])
            progress = ProgressStore(path).read()
            assert progress.notice == ""
            assert kept <= progress.answers.keys()
            assert len(progress.answers) - len(kept) <= kill % 20 + 1  # written, not yet told
            interrupted += path.with_name(f".{path.name}.tmp").exists()
        nursery.stdin.close()
    assert interrupted > 0  # some kills did hit a write
    assert ProgressStore(path).answer("last", "a", correct=True).notice == ""
    record_property("faults", KILLS)
    record_property("answers", told + len(kept) + 1)
    record_property("lost", len(kept - ProgressStore(path).read().answers.keys()))


MANY = """
import sys
from course_lib.learning.store import ProgressStore
store = ProgressStore(sys.argv[1], lock_timeout_s=120)
print("ready", flush=True)
sys.stdin.readline()
for i in range(50):
    assert not store.answer(f"{sys.argv[2]}-{i}", "a", correct=True).notice
    store.answer("shared", sys.argv[2], correct=True)
"""


def test_four_kernels_at_once_lose_no_answer(path: Path, record_property: Count) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(path), str(name)],
            cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in range(4)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate(timeout=200) and writer.returncode for writer in writers] == [0] * 4
    answers = json.loads(path.read_text(encoding="utf-8"))["answers"]
    expected = {f"{name}-{i}" for name in range(4) for i in range(50)}
    assert answers["shared"]["attempts"] == 200
    assert expected <= answers.keys()
    record_property("answers", 400)
    record_property("lost", len(expected - answers.keys()) + 200 - answers["shared"]["attempts"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 kB, where one may mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("nothing may be mounted here; test_faults injects ENOSPC instead")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_the_old_file_and_the_answers(
    small_disk: Path, record_property: Count
) -> None:
    path = small_disk / "progress.json"
    store = ProgressStore(path)
    store.answer("q0", "a", correct=True)
    old = path.read_bytes()
    stuffing = small_disk / "holiday.mp4"
    with pytest.raises(OSError, match="No space left"):
        stuffing.write_bytes(b"x" * 100_000)
    for i in range(1, 11):
        told = store.answer(f"q{i}", "a", correct=True)
        assert "No space left" in told.notice
        assert len(told.answers) == i + 1
        assert path.read_bytes() == old
    stuffing.unlink()
    assert store.answer("q11", "a", correct=True).notice == ""
    kept = ProgressStore(path).read().answers.keys()
    assert {f"q{i}" for i in range(12)} == kept
    record_property("faults", 10)
    record_property("answers", 12)
    record_property("lost", 12 - len(kept))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may read; pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may become another user")
def test_a_file_and_folder_of_somebody_else_keep_answers_in_memory(
    open_folder: Path, record_property: Count
) -> None:
    """A real foreign owner: the writer becomes user 54321 before it answers."""
    path = open_folder / "progress.json"
    ProgressStore(path).answer("hers", "a", correct=True)
    path.chmod(0o644)
    old = path.read_bytes()
    script = (
        "import os, sys\n"
        "from course_lib.learning.store import ProgressStore\n"
        "store = ProgressStore(sys.argv[1])\n"
        "store.read()\n"
        "os.setgroups([]); os.setgid(54321); os.setuid(54321)\n"
        "told = store.answer('mine', 'a', correct=True)\n"
        "assert 'Permission denied' in told.notice, told.notice\n"
        "assert {'hers', 'mine'} == set(told.answers), told.answers\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=REPOSITORY, check=True)
    assert path.read_bytes() == old
    record_property("faults", 1)
    record_property("answers", 1)
