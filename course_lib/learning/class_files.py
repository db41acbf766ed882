"""Reading the progress files that a class handed in, none of which is to be trusted.

A file is read only if it is a plain file of the right size; a link is not followed, for it could
lead anywhere on the instructor's disk. Of what it says only answers to questions and votes on
claims of this course are kept, and whether an answer is right is looked up in the course.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from course_lib import evidence
from course_lib.evidence.claims import Verdict
from course_lib.learning import record as rec
from course_lib.learning.questions import QuestionLibrary
from course_lib.learning.record import Answer, Phase, Progress

LONGEST = 40  # letters of a name
LONGEST_REASON = 160


@dataclass(frozen=True)
class Student:
    """What one file says, cut down to questions, predictions and claims of this course.

    ``first`` holds the first answer to each question by id, ``right`` whether it was right;
    ``votes`` the verdicts by phase and claim; ``unknown`` counts answers that belong to no
    question of this course; ``last`` is the day of the last answer, as the file has it.
    """

    name: str
    first: Mapping[str, str]
    right: Mapping[str, bool]
    predictions: frozenset[str]
    votes: Mapping[Phase, Mapping[str, str]]
    unknown: int
    last: date | None


@dataclass(frozen=True)
class Skipped:
    """A thing in the folder that could not be read, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class ClassFiles:
    """All that was found in a folder, in the order of the file names."""

    students: tuple[Student, ...]
    skipped: tuple[Skipped, ...]


def read_folder(folder: Path, library: QuestionLibrary) -> ClassFiles:
    """Read every file of a folder, and change nothing there.

    Files whose names begin with a dot are passed over, for the course keeps its locks in such.

    Raises
    ------
    NotADirectoryError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{printable(str(folder), 200)} is not a folder")
    students, skipped = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        try:
            progress = rec.as_progress(rec.from_bytes(_content(path)))
        except OSError as problem:
            skipped.append(_skipped(path, problem.strerror or str(problem)))
        except rec.NewerRecordError as problem:
            skipped.append(_skipped(path, f"from a later version of the course: {problem}"))
        except rec.DamagedRecordError as problem:
            skipped.append(_skipped(path, f"not a progress file, or damaged: {problem}"))
        else:
            students.append(_student(printable(path.stem, LONGEST), progress, library))
    return ClassFiles(tuple(students), tuple(skipped))


def printable(text: str, longest: int) -> str:
    """Give text that is safe on a screen: one line, no hidden character, not too long.

    Control characters could rewrite what stands on a terminal, and marks for the direction of
    writing could show one name as another; both are shown by number.
    """
    kept = text[: longest + 1]
    if len(kept) > longest:
        kept = kept[: longest - 1] + "…"
    return "".join(map(_shown, kept))


def _shown(letter: str) -> str:
    # Cc control, Cf format and direction, Cs half a character, Co private, Cn not in use,
    # Zl and Zp ends of line
    if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return letter.encode("unicode_escape").decode("ascii")
    return letter


def _skipped(path: Path, why: str) -> Skipped:
    return Skipped(printable(path.name, LONGEST), printable(why, LONGEST_REASON))


def _content(path: Path) -> bytes:
    """Read a plain file; anything else raises OSError."""
    if path.is_symlink():  # where O_NOFOLLOW is missing; elsewhere it gives the clearer words
        raise OSError("a link to elsewhere, which is not followed")
    if path.is_dir():
        raise OSError("a folder; only files are read")
    # O_NONBLOCK: opening a pipe would wait for ever. Both flags are missing on Windows.
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a plain file")
        return file.read(rec.LARGEST_BYTES + 1)


def _student(name: str, progress: Progress, library: QuestionLibrary) -> Student:
    known = {k: v for k, v in progress.answers.items() if k in library.questions}
    first, right = {}, {}
    for id_, answer in known.items():
        option = library.questions[id_].option(answer.first)
        # The words of an option may have been edited since; then only the file can tell.
        right[id_] = answer.first_correct if option is None else option.correct
        first[id_] = "(words no longer in the question)" if option is None else option.text
    return Student(
        name=name,
        first=first,
        right=right,
        predictions=frozenset(progress.predictions) & frozenset(library.predictions),
        votes={"before": _cast(progress, "before"), "after": _cast(progress, "after")},
        unknown=len(progress.answers) - len(known),
        last=max(_days(known.values()), default=None),
    )


def _cast(progress: Progress, phase: Phase) -> dict[str, str]:
    """Give the votes that are verdicts, on claims of the course."""
    cast = {id_: getattr(votes, phase) for id_, votes in progress.votes.items()}
    claims, verdicts = evidence.claims(), get_args(Verdict)
    return {id_: verdict for id_, verdict in cast.items() if id_ in claims and verdict in verdicts}


def _days(answers: Iterable[Answer]) -> Iterator[date]:
    """Give the days that can be read; a student's clock may be wrong, and a file edited."""
    for answer in answers:
        try:
            yield date.fromisoformat(answer.last_at[:10])
        except ValueError:
            continue
