"""Faults that a class meets: each leaves the old or the new file, words for it, and no gap."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from course_lib import learning
from course_lib.learning import record as rec
from course_lib.learning import store as store_module
from course_lib.learning.store import ProgressStore, current_store, progress_path
from tests.learning import hostile

Count = Callable[[str, object], None]
IN_MEMORY = "only until this notebook's kernel stops"
CALLS = ["open", "fsync", "replace", "fdopen"]  # of the os module, on the way of every write
NUMBERS = [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EPERM, errno.EROFS]


def everything(folder: Path) -> dict[str, bytes]:
    """Every file but the empty lock."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix != ".lock"}


@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
@pytest.mark.parametrize("function", CALLS)
def test_a_fault_of_the_disk_loses_nothing(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    number: int,
    record_property: Count,
) -> None:
    store = ProgressStore(path, lock_timeout_s=0.1)
    store.answer("before", "a", correct=True)
    old = everything(path.parent)

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(store_module.os, function, fail)
        told = [store.answer(f"during-{i}", "b", correct=False) for i in range(3)]
    for one in told:
        assert os.strerror(number) in one.notice
        assert IN_MEMORY in one.notice
        assert "\n" not in one.notice
    assert everything(path.parent) == old
    assert ProgressStore(path).read().answers.keys() == {"before"}
    store.answer("after", "a", correct=True)
    kept = ProgressStore(path).read()
    expected = {"before", "during-0", "during-1", "during-2", "after"}
    assert kept.notice == ""
    assert kept.answers.keys() == expected
    record_property("faults", 3)
    record_property("answers", 5)
    record_property("lost", len(expected - kept.answers.keys()))


GOOD = rec.to_text(
    rec.empty() | {"votes": {"C01": {"before": "partly"}}, "diary": "grüße"}
).encode()


@pytest.mark.parametrize("length", range(0, len(GOOD) - 1, 7))
def test_a_file_cut_anywhere_is_kept_aside(path: Path, length: int, record_property: Count) -> None:
    unusable(path, GOOD[:length], record_property)


@pytest.mark.parametrize("position", range(0, len(GOOD), 11))
def test_a_file_with_a_broken_byte_is_never_lost(
    path: Path, position: int, record_property: Count
) -> None:
    """Whether or not what is left can be read, no byte of it goes."""
    content = GOOD[:position] + b"\xff" + GOOD[position + 1 :]
    unusable(path, content, record_property)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00" * 4096, b"PK\x03\x04", b"7" * 10_000_000, b'{"a":' * 200_000,
        b"[" + b"1," * 5_000_000 + b"1]", GOOD.replace(b'"format": 1', b'"format": 2'),
        GOOD.replace(b'"format": 1', b'"format": 1e999'), GOOD.decode().encode("utf-16"),
    ],
    ids=["empty", "zeros", "zip", "10 MB", "deep", "10 MB list", "newer", "infinite", "utf-16"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_kept_aside(
    path: Path, content: bytes, record_property: Count
) -> None:
    unusable(path, content, record_property)


def unusable(path: Path, content: bytes, count: Count) -> None:
    path.write_bytes(content)
    store = ProgressStore(path)
    assert "nothing in it will be lost" in store.read().notice
    told = store.answer("q", "a", correct=True)
    assert "It is unchanged, now named" in told.notice
    assert len(told.notice) < 1000
    left = everything(path.parent)
    assert content in left.values()
    assert set(json.loads(left[path.name])["answers"]) == {"q"}
    assert ProgressStore(path).read().notice == ""
    count("faults", 1)
    count("answers", 1)
    count("lost", 0 if "q" in ProgressStore(path).read().answers else 1)


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(days=400), timedelta(days=19000)])
def test_a_clock_set_back_changes_no_order(
    path: Path, monkeypatch: pytest.MonkeyPatch, back: timedelta, record_property: Count
) -> None:
    """The first answer is the first given, whatever the clock said then."""
    store = ProgressStore(path)
    store.answer("q", "first", correct=False)
    past = datetime(2026, 3, 1, tzinfo=UTC) - back

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return past.astimezone(tz)

    monkeypatch.setattr(store_module, "datetime", Clock)
    store.answer("q", "second", correct=True)
    answer = ProgressStore(path).read().answers["q"]
    assert (answer.first, answer.last, answer.attempts) == ("first", "second", 2)
    assert answer.first_at > answer.last_at
    record_property("faults", 1)
    record_property("answers", 2)
    record_property("lost", 2 - answer.attempts)


def test_a_home_that_may_not_be_written_keeps_answers_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Count
) -> None:
    """As on some hubs. The superuser may write anywhere, so the refusal is injected."""
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setenv("HOME", str(tmp_path))
    store = current_store()
    assert store.path == tmp_path / "magnesium-course-progress.json"

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)  # the lock's file too
        told = store.answer("q", "a", correct=True)
    assert IN_MEMORY in told.notice
    assert list(tmp_path.iterdir()) == []
    assert current_store().read().answers["q"].first == "a"
    assert learning.export_progress(tmp_path / "copy.json").exists()
    record_property("faults", 1)


def test_a_user_without_a_home_has_a_file_all_the_same(
    course: Path,  # noqa: ARG001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Count,
) -> None:
    """HOME unset and a user number that has no name, as in some containers."""
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.chdir(tmp_path)

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert progress_path() == tmp_path / "magnesium-course-progress.json"
    learning.ask("99-slide").form.submit("They slide")
    assert "99-slide" in current_store().read().answers
    record_property("faults", 1)


@pytest.mark.parametrize("text", [t for t in hostile.TEXTS if "\x00" not in t])
def test_hostile_words_come_back_as_they_were_given(
    path: Path, text: str, record_property: Count
) -> None:
    ProgressStore(path).answer("q", text, correct=True)
    ProgressStore(path).answer("q2", "a", correct=True)
    assert ProgressStore(path).read().answers["q"].first == text
    record_property("inputs", 1)
