import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from course_lib.learning import record as rec
from course_lib.learning import store as store_module
from course_lib.learning.store import ProgressStore, current_store, progress_path

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def store(path):
    return ProgressStore(path, lock_timeout_s=0.1)


def on_disk(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_file_is_small_readable_json_with_the_first_answer_kept(store, path):
    store.answer("01-a", "It falls", correct=False)
    store.answer("01-a", "It rises µ", correct=True)
    store.lock("01-p", 0.7)
    store.vote("C18", "before", "partly")
    record = on_disk(path)
    assert record["format"] == 1
    assert record["course"] == "Magnesium and muscle cramps: six claims, tested"
    answer = record["answers"]["01-a"]
    assert (answer["first"], answer["first_correct"]) == ("It falls", False)
    assert (answer["last"], answer["attempts"]) == ("It rises µ", 2)
    assert record["predictions"]["01-p"]["value"] == 0.7
    assert record["votes"] == {"C18": {"before": "partly"}}
    assert "It rises µ" in path.read_text(encoding="utf-8")


def test_reading_writes_nothing(store, path):
    assert store.read() == rec.Progress({}, {}, {})
    assert list(path.parent.iterdir()) == []


def test_a_restarted_kernel_finds_everything(store, path):
    done = store.answer("q", "a", correct=True)
    again = ProgressStore(path)
    assert again.read() == done


def test_two_kernels_in_turn_lose_nothing(store, path):
    other = ProgressStore(path)
    other.read()
    store.answer("q1", "a", correct=True)
    other.answer("q2", "b", correct=False)
    other.lock("p", 1.0)
    assert store.lock("p", 2.0).predictions["p"].value == 1.0
    assert set(store.read().answers) == {"q1", "q2"}


WRITER = """
import sys
from course_lib.learning.store import ProgressStore
store = ProgressStore(sys.argv[1], lock_timeout_s=60)
print("ready", flush=True)
sys.stdin.readline()
for i in range(20):
    progress = store.answer(f"{sys.argv[2]}-{i}", "a", correct=True)
    assert not progress.notice, progress.notice
    store.answer("shared", sys.argv[2], correct=True)
"""


def test_two_kernels_at_once_lose_nothing(path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("left", "right")
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate(timeout=120) and writer.returncode for writer in writers] == [0, 0]
    answers = on_disk(path)["answers"]
    expected = {f"{name}-{i}" for name in ("left", "right") for i in range(20)}
    assert set(answers) == expected | {"shared"}
    assert answers["shared"]["attempts"] == 40


# ---- files that cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"{ not json", "damaged"),
        (rec.to_text(rec.empty())[:50].encode(), "damaged"),
        (b"7" * 10_000_000, "damaged"),
        (json.dumps(rec.empty() | {"answers": {"q": 5}}).encode(), "damaged"),
        (json.dumps(rec.empty() | {"format": 2, "future": [1]}).encode(), "newer"),
    ],
)
def test_an_unusable_file_is_set_aside_unchanged(store, path, content, kind):
    path.write_bytes(content)
    before = store.read()
    assert "will be set aside" in before.notice
    assert str(path) in before.notice
    assert path.read_bytes() == content  # reading alone moves nothing
    after = store.answer("q1", "a", correct=True)
    (aside,) = path.parent.glob(f"progress.{kind}-????????-??????.json")
    assert aside.read_bytes() == content
    assert str(aside) in after.notice
    assert set(on_disk(path)["answers"]) == {"q1"}
    assert store.read().notice == ""


def test_setting_aside_never_replaces_what_was_set_aside_before(store, path, monkeypatch):
    class Clock(store_module.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2025, 3, 1, 12, 0, 0, tzinfo=tz)

    monkeypatch.setattr(store_module, "datetime", Clock)
    for text in ("one", "two", "three"):
        path.write_text(text)
        store.answer("q", "a", correct=True)
    kept = {p.name: p.read_text() for p in path.parent.glob("*damaged*")}
    assert kept == {
        "progress.damaged-20250301-120000.json": "one",
        "progress.damaged-20250301-120000-2.json": "two",
        "progress.damaged-20250301-120000-3.json": "three",
    }


def test_what_this_kernel_knows_outlives_damage_to_the_file(store, path):
    store.answer("q1", "a", correct=True)
    path.write_text("{")
    store.answer("q2", "b", correct=True)
    assert set(on_disk(path)["answers"]) == {"q1", "q2"}


def test_a_deleted_file_means_a_new_beginning(store, path):
    store.answer("q1", "a", correct=True)
    path.unlink()
    assert store.read().answers == {}
    store.answer("q2", "a", correct=True)
    assert set(on_disk(path)["answers"]) == {"q2"}


def test_a_symbolic_link_is_followed_and_stays(path, tmp_path):
    target = tmp_path / "elsewhere" / "real.json"
    target.parent.mkdir()
    path.symlink_to(target)
    ProgressStore(path).answer("q1", "a", correct=True)
    assert path.is_symlink()
    ProgressStore(target).answer("q2", "a", correct=True)
    assert set(on_disk(path)["answers"]) == {"q1", "q2"}


def test_a_missing_folder_is_made(tmp_path):
    path = tmp_path / "new" / "folder" / "progress.json"
    ProgressStore(path).answer("q", "a", correct=True)
    assert set(on_disk(path)["answers"]) == {"q"}


# ---- when nothing can be written ---------------------------------------------------------------


def in_the_way(path, how):
    if how == "folder":
        path.mkdir()
    elif how == "pipe":
        os.mkfifo(path)
    elif how == "link to itself":
        path.symlink_to(path)


def clear(path):
    path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("how", ["folder", "pipe", "link to itself"])
def test_something_in_the_way_keeps_answers_in_memory_until_it_is_gone(store, path, how):
    in_the_way(path, how)
    told = store.answer("q1", "a", correct=False)
    assert told.answers["q1"].first == "a"
    assert "only until this notebook's kernel stops" in told.notice
    assert store.read().answers == told.answers
    assert os.path.lexists(path)
    clear(path)
    saved = store.answer("q1", "b", correct=True)
    assert saved.notice == ""
    assert on_disk(path)["answers"]["q1"]["first"] == "a"
    assert on_disk(path)["answers"]["q1"]["attempts"] == 2


@pytest.mark.parametrize(
    ("function", "number"),
    [("fsync", errno.ENOSPC), ("replace", errno.EROFS), ("open", errno.EACCES)],
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(path, monkeypatch, function, number):
    store, words = ProgressStore(path, lock_timeout_s=0.1), os.strerror(number)
    store.answer("q1", "a", correct=True)
    content = path.read_bytes()

    def fail(*_args, **_options):
        raise OSError(number, words)

    with monkeypatch.context() as patch:
        patch.setattr(store_module.os, function, fail)
        told = store.answer("q2", "b", correct=True)
    assert words in told.notice
    assert set(told.answers) == {"q1", "q2"}
    assert path.read_bytes() == content
    assert {p.name for p in path.parent.iterdir()} <= {path.name, f".{path.name}.lock"}
    assert words in store.read().notice  # not yet saved, so still said
    store.vote("C01", "after", "partly")
    assert set(on_disk(path)["answers"]) == {"q1", "q2"}
    assert store.read().notice == ""


FULL_DISK = """
import resource, sys
from course_lib.learning.store import ProgressStore
store = ProgressStore(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
told = store.answer("q", "a", correct=True)
assert "kernel stops" in told.notice and "q" in told.answers
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert store.lock("p", 1.0).notice == ""
"""


def test_a_write_cut_short_by_the_system_is_repeated_later(path):
    subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], cwd=REPOSITORY, check=True)
    assert set(on_disk(path)["answers"]) == {"q"}
    assert not list(path.parent.glob(".*.tmp"))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_keeps_answers_in_memory(store, path):
    path.parent.chmod(0o500)
    try:
        assert "kernel stops" in store.answer("q", "a", correct=True).notice
    finally:
        path.parent.chmod(0o700)


def test_a_lock_that_is_never_released_does_not_hang_the_student(store, path):
    with FileLock(path.with_name(f".{path.name}.lock")):
        told = store.answer("q", "a", correct=True)
    assert "another notebook is writing it" in told.notice
    assert not path.exists()
    store.answer("q", "a", correct=True)
    assert on_disk(path)["answers"]["q"]["attempts"] == 2


def test_a_temporary_file_left_by_a_killed_kernel_is_no_obstacle(store, path):
    path.with_name(f".{path.name}.tmp").write_text("half")
    assert store.answer("q", "a", correct=True).notice == ""
    assert not path.with_name(f".{path.name}.tmp").exists()


# ---- exporting ---------------------------------------------------------------------------------


def test_export_copies_everything_known(store, path, tmp_path):
    store.answer("q1", "a", correct=True)
    assert on_disk(store.export(tmp_path / "hand-in.json")) == on_disk(path)


def test_export_saves_what_is_only_in_memory(store, path, tmp_path):
    path.mkdir()
    store.answer("q1", "a", correct=True)
    assert set(on_disk(store.export(tmp_path / "hand-in.json"))["answers"]) == {"q1"}


def test_export_refuses_to_replace_a_file(store, path, tmp_path):
    store.answer("q1", "a", correct=True)
    mine = tmp_path / "essay.json"
    mine.write_text("my essay")
    for taken in (mine, path, tmp_path):
        with pytest.raises(FileExistsError, match="exists already and was left as it is"):
            store.export(taken)
    assert mine.read_text() == "my essay"
    assert set(on_disk(path)["answers"]) == {"q1"}


def test_export_says_what_it_cannot_do(store, tmp_path):
    with pytest.raises(ValueError, match="nothing to export yet"):
        store.export(tmp_path / "hand-in.json")
    store.answer("q1", "a", correct=True)
    with pytest.raises(OSError, match="Choose a folder that exists"):
        store.export(tmp_path / "missing" / "hand-in.json")


# ---- which file --------------------------------------------------------------------------------


def test_the_file_is_in_the_home_folder_unless_chosen(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_PROGRESS")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert progress_path() == tmp_path / "magnesium-course-progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "mine.json"))
    assert progress_path() == tmp_path / "mine.json"


def test_one_kernel_has_one_store_per_file(monkeypatch, tmp_path):
    first = current_store()
    assert current_store() is first
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "other.json"))
    assert current_store() is not first
