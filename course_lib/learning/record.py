"""What is remembered about a student, as plain JSON, and how an action changes it.

Nothing here touches a file; :mod:`course_lib.learning.store` does.
"""

from __future__ import annotations

import json
import reprlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

FORMAT = 1
COURSE = "Magnesium and muscle cramps: six claims, tested"
LARGEST_BYTES = 5_000_000  # the whole course answered a hundred times stays far below

Value = str | float
Phase = Literal["before", "after"]


class DamagedRecordError(ValueError):
    """The text is not a record of this course; the message says why."""


class NewerRecordError(ValueError):
    """The record was written by a later version of the course."""


@dataclass(frozen=True)
class Answer:
    """The answers given to one question; ``first`` is kept for ever."""

    first: Value
    first_correct: bool
    last: Value
    attempts: int
    first_at: str
    last_at: str


@dataclass(frozen=True)
class LockedPrediction:
    """A prediction that can no longer change."""

    value: Value
    at: str


@dataclass(frozen=True)
class Votes:
    """A student's verdicts on one claim; None where no vote was given."""

    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Progress:
    """All that a student has done, by id; ``notice`` says what went wrong with the file, if any."""

    answers: Mapping[str, Answer]
    predictions: Mapping[str, LockedPrediction]
    votes: Mapping[str, Votes]
    notice: str = ""


# ---- what a student does --------------------------------------------------------------------
# An action is kept as an object, so that it can be applied again to whatever another kernel
# has written to the file in the meantime.


@dataclass(frozen=True)
class GiveAnswer:
    """Answer a question; only the first answer decides ``first`` and ``first_correct``."""

    id: str
    value: Value
    correct: bool
    at: str

    def apply(self, record: dict[str, Any]) -> None:
        """Enter the answer into ``record``."""
        first = {"first": self.value, "first_correct": self.correct, "first_at": self.at}
        entry = record["answers"].setdefault(self.id, first | {"attempts": 0})
        entry |= {"last": self.value, "last_at": self.at, "attempts": entry["attempts"] + 1}


@dataclass(frozen=True)
class LockPrediction:
    """Lock a prediction; one that is locked already stays as it is."""

    id: str
    value: Value
    at: str

    def apply(self, record: dict[str, Any]) -> None:
        """Enter the prediction into ``record``."""
        record["predictions"].setdefault(self.id, {"value": self.value, "at": self.at})


@dataclass(frozen=True)
class CastVote:
    """Vote on a claim; the first vote "before" stays, the vote "after" may change."""

    claim_id: str
    phase: Phase
    verdict: str

    def apply(self, record: dict[str, Any]) -> None:
        """Enter the vote into ``record``."""
        entry = record["votes"].setdefault(self.claim_id, {})
        if self.phase == "after" or "before" not in entry:
            entry[self.phase] = self.verdict


Action = GiveAnswer | LockPrediction | CastVote


# ---- text and record ------------------------------------------------------------------------


def empty() -> dict[str, Any]:
    """Give the record of a student who has not begun."""
    return {"format": FORMAT, "course": COURSE, "answers": {}, "predictions": {}, "votes": {}}


def to_text(record: Mapping[str, Any]) -> str:
    """Write a record as JSON that a person can read."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def copy(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give a record that can be changed without changing this one."""
    duplicate: dict[str, Any] = json.loads(to_text(record))
    return duplicate


def from_bytes(content: bytes) -> dict[str, Any]:
    """Read a record, keeping entries that this version does not know.

    Raises
    ------
    DamagedRecordError
        If the content is not a record of this course with values of the right types.
    NewerRecordError
        If its format is later than this version can read.
    """
    if len(content) > LARGEST_BYTES:
        raise DamagedRecordError(f"it is larger than {LARGEST_BYTES:,} bytes")
    try:
        # utf-8-sig: Windows' Notepad puts a mark in front when it saves
        record = json.loads(content.decode("utf-8-sig"))
        to_text(record).encode()  # what could not be written back (NaN, half a character)
    except (ValueError, RecursionError) as problem:
        raise DamagedRecordError("it is not valid JSON in UTF-8") from problem
    if not isinstance(record, dict) or not _is_count(record.get("format")):
        raise DamagedRecordError("it has no format number")
    if record["format"] > FORMAT:
        raise NewerRecordError(
            f"its format is {reprlib.repr(record['format'])}, this course reads {FORMAT}"
        )
    if record.get("course") != COURSE:
        raise DamagedRecordError(f"it does not belong to the course '{COURSE}'")
    for part, check in (
        ("answers", _is_answer),
        ("predictions", _is_prediction),
        ("votes", _is_vote),
    ):
        entries = record.setdefault(part, {})
        if not isinstance(entries, dict):
            raise DamagedRecordError(f"'{part}' is not a table")
        for key, entry in entries.items():
            if not (isinstance(entry, dict) and check(entry)):
                # A key may be a megabyte long, or turn the direction of writing round.
                raise DamagedRecordError(
                    f"{reprlib.repr(key)} under '{part}' has a part of the wrong type"
                )
    return record


def as_progress(record: Mapping[str, Any], notice: str = "") -> Progress:
    """Give a typed view of a record."""
    names = Answer.__dataclass_fields__
    return Progress(
        {k: Answer(**{name: v[name] for name in names}) for k, v in record["answers"].items()},
        {k: LockedPrediction(v["value"], v["at"]) for k, v in record["predictions"].items()},
        {k: Votes(v.get("before"), v.get("after")) for k, v in record["votes"].items()},
        notice,
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_value(value: object) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return abs(value) <= sys.float_info.max  # JSON may hold whole numbers beyond it
    return isinstance(value, str)


def _is_answer(entry: Mapping[str, Any]) -> bool:
    return (
        _is_value(entry.get("first"))
        and _is_value(entry.get("last"))
        and isinstance(entry.get("first_correct"), bool)
        and _is_count(entry.get("attempts"))
        and all(isinstance(entry.get(name), str) for name in ("first_at", "last_at"))
    )


def _is_prediction(entry: Mapping[str, Any]) -> bool:
    return _is_value(entry.get("value")) and isinstance(entry.get("at"), str)


def _is_vote(entry: Mapping[str, Any]) -> bool:
    return all(isinstance(entry.get(phase, ""), str) for phase in ("before", "after"))
