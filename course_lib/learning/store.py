"""The student's progress: one small file that belongs to the student and never leaves the machine.

The file is ``magnesium-course-progress.json`` in the home folder, or the path in the
environment variable ``COURSE_PROGRESS``. It is written only when a student answers, and never
in a way that could lose an answer: under a lock, onto a copy, and only then in place.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from course_lib.learning import record as rec
from course_lib.learning.record import Action, Phase, Progress, Value

LOCK_TIMEOUT_S = 5.0


class ProgressStore:
    """Reads and writes one progress file; no fault of the file reaches the student as an error.

    What could not be written is kept in memory and written with the next action that can be.

    Parameters
    ----------
    path
        The file; it need not exist. A symbolic link is followed.
    lock_timeout_s
        How long to wait for another kernel that is writing.
    """

    def __init__(self, path: str | Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        # The real path, so that two kernels that come by different links share one lock.
        self.path = Path(os.path.realpath(Path(path).expanduser()))
        self._lock_path = self.path.with_name(f".{self.path.name}.lock")
        self._lock_timeout_s = lock_timeout_s
        self._unsaved: list[Action] = []
        self._last_read = rec.empty()
        self._trouble = ""

    # ---- what a student does ----------------------------------------------------------------

    def answer(self, question_id: str, value: Value, *, correct: bool) -> Progress:
        """Keep an answer; the first one to each question stays the first for ever."""
        return self._do(rec.GiveAnswer(question_id, value, correct, _now()))

    def lock(self, prediction_id: str, value: Value) -> Progress:
        """Lock a prediction; one that is locked already stays as it is."""
        return self._do(rec.LockPrediction(prediction_id, value, _now()))

    def vote(self, claim_id: str, phase: Phase, verdict: str) -> Progress:
        """Keep a vote; the first vote "before" stays, the vote "after" may change."""
        return self._do(rec.CastVote(claim_id, phase, verdict))

    # ---- reading ----------------------------------------------------------------------------

    def read(self) -> Progress:
        """Give what is known: the file, and what could not yet be written. Writes nothing."""
        return rec.as_progress(*self._current())

    def export(self, path: str | Path) -> Path:
        """Copy the progress to a new file, to hand in.

        Parameters
        ----------
        path
            A name that is not in use.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        FileExistsError
            If there is something of that name; it is left as it is.
        ValueError
            If there is nothing to export.
        OSError
            If the file cannot be written there.
        """
        target = Path(path).expanduser()
        record, notice = self._current()
        if not (record["answers"] or record["predictions"] or record["votes"]):
            raise ValueError(f"There is nothing to export yet. {notice}".rstrip())
        try:
            write_new(target, rec.to_text(record))
        except FileExistsError:
            raise FileExistsError(
                f"'{target}' exists already and was left as it is. Choose a name not in use."
            ) from None
        except OSError as problem:
            raise OSError(
                f"'{target}' could not be written ({problem.strerror}). Choose a folder that "
                "exists and in which you may write."
            ) from problem
        return target

    # ---- writing ----------------------------------------------------------------------------

    def _do(self, action: Action) -> Progress:
        self._unsaved.append(action)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock_path, timeout=self._lock_timeout_s):
                base, notice = self._load_or_set_aside()
                record = self._with_unsaved(base)
                self._replace(rec.to_text(record))
        except Timeout:
            return self._in_memory("another notebook is writing it and does not finish")
        except (OSError, NotImplementedError) as problem:  # the latter: no locks on this disk
            return self._in_memory(problem)
        self._unsaved.clear()
        self._trouble, self._last_read = "", record
        return rec.as_progress(record, notice)

    def _in_memory(self, problem: Exception | str) -> Progress:
        self._trouble = self._kept_in_memory(problem)
        with suppress(OSError, ValueError):
            self._last_read = self._load()
        return rec.as_progress(self._with_unsaved(self._last_read), self._trouble)

    def _current(self) -> tuple[dict[str, Any], str]:
        """Give the file together with what is not yet in it, and what to tell the student."""
        notice = self._trouble
        try:
            self._last_read = self._load()
        except (rec.DamagedRecordError, rec.NewerRecordError) as problem:
            notice = (
                f"Your progress file {self.path} cannot be used: {problem}. When you next answer, "
                "it will be set aside under another name; nothing in it will be lost."
            )
        except OSError as problem:
            notice = self._kept_in_memory(problem)
        return self._with_unsaved(self._last_read), notice

    def _load(self) -> dict[str, Any]:
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            return rec.empty()
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            raise OSError(f"{self.path} is not a file")
        with self.path.open("rb") as file:
            return rec.from_bytes(file.read(rec.LARGEST_BYTES + 1))

    def _load_or_set_aside(self) -> tuple[dict[str, Any], str]:
        try:
            return self._load(), ""
        except rec.DamagedRecordError as problem:
            why, aside = f"could not be used: {problem}", self._set_aside("damaged")
        except rec.NewerRecordError as problem:
            why, aside = f"is from a later version: {problem}", self._set_aside("newer")
        return self._last_read, (
            f"Your earlier progress file {why}. It is unchanged, now named {aside}. "
            f"A new file was begun: {self.path}"
        )

    def _set_aside(self, kind: str) -> Path:
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        stem, suffix = f"{self.path.stem}.{kind}-{stamp}", self.path.suffix
        names = (f"{stem}{'' if n == 1 else f'-{n}'}{suffix}" for n in count(1))
        # A free name is looked for first, because rename would silently replace a file.
        free = next(p for p in map(self.path.with_name, names) if not os.path.lexists(p))
        self.path.rename(free)
        return free

    def _replace(self, text: str) -> None:
        """Write beside the file, then put in place: at no moment is there half a file."""
        # One name is enough, since the lock is held; a stopped kernel leaves at most this one.
        temporary = self.path.with_name(f".{self.path.name}.tmp")
        temporary.unlink(missing_ok=True)
        write_new(temporary, text)
        try:
            os.replace(temporary, self.path)
        except OSError:
            _remove(temporary)
            raise

    def _with_unsaved(self, base: dict[str, Any]) -> dict[str, Any]:
        merged = rec.copy(base)
        for action in self._unsaved:
            action.apply(merged)
        return merged

    def _kept_in_memory(self, problem: Exception | str) -> str:
        why = problem.strerror or problem if isinstance(problem, OSError) else problem
        return (
            f"Your progress file {self.path} cannot be read or written: {why}. Your answers are "
            "kept only until this notebook's kernel stops. Free some space or make the file and "
            "its folder yours to write; your next answer then saves them all. Or keep a copy "
            'elsewhere now with export_progress("name.json").'
        )


def progress_path() -> Path:
    """Give the path of the student's file: ``COURSE_PROGRESS``, or one in the home folder.

    A user without a home (``HOME`` unset and no name, as in some containers) has it in the
    folder of the notebooks.
    """
    chosen = os.environ.get("COURSE_PROGRESS")
    if chosen:
        return Path(chosen)
    try:
        home = Path.home()
    except RuntimeError:
        home = Path.cwd()
    return home / "magnesium-course-progress.json"


def current_store() -> ProgressStore:
    """Give the store of this kernel, the same each time so that unsaved answers stay with it."""
    return _store(progress_path())


@cache
def _store(path: Path) -> ProgressStore:
    return ProgressStore(path)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet, and wait until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    """Remove our own unfinished file; the reason why it is unfinished is what gets reported."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
