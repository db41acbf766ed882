"""A class table from the progress files that students handed in.

``python -m course_lib.learning.class_table FOLDER`` prints who did what, which questions were
missed most, and how the votes moved. A student's name is the name of the file. Nothing in the
folder is changed. ``--csv`` prints one row for each student, for a spreadsheet.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from course_lib import evidence
from course_lib.learning.class_files import ClassFiles, Student, printable, read_folder
from course_lib.learning.questions import QuestionData, QuestionLibrary, load_questions

MOST_MISSED = 10
WORDS = 70  # letters of a question or an option in the printed table


@dataclass(frozen=True)
class Missed:
    """How often a question was not right at the first try, and the wrong answer given most."""

    question: QuestionData
    answered: int
    missed: int
    chosen: str


@dataclass(frozen=True)
class Moved:
    """Votes on one claim, and how many of them were the course's own verdict."""

    claim: str
    text: str
    before: int
    agreed_before: int
    after: int
    agreed_after: int


def most_missed(students: Iterable[Student], library: QuestionLibrary) -> tuple[Missed, ...]:
    """Give the questions that anyone missed, those missed by most first."""
    wrong: dict[str, Counter[str]] = {id_: Counter() for id_ in library.questions}
    answered: Counter[str] = Counter()
    for student in students:
        for id_, right in student.right.items():
            answered[id_] += 1
            if not right:
                wrong[id_][student.first[id_]] += 1
    found = [
        Missed(library.questions[id_], answered[id_], count.total(), count.most_common(1)[0][0])
        for id_, count in wrong.items()
        if count
    ]
    return tuple(sorted(found, key=lambda m: (-m.missed, m.answered)))


def votes_moved(students: Sequence[Student]) -> tuple[Moved, ...]:
    """Give the claims that anyone voted on, in the order of the course."""
    found = []
    for id_, claim in evidence.claims().items():
        before, after = (
            [s.votes[phase][id_] for s in students if id_ in s.votes[phase]]
            for phase in ("before", "after")
        )
        if before or after:
            agreed = (before.count(claim.verdict), after.count(claim.verdict))
            found.append(Moved(id_, claim.text, len(before), agreed[0], len(after), agreed[1]))
    return tuple(found)


# ---- words ----------------------------------------------------------------------------------


def as_text(found: ClassFiles, library: QuestionLibrary) -> str:
    """Give all tables as text for a screen."""
    students, parts = found.students, []
    if students:
        notebooks = [name.split("_")[0] for name in library.notebooks]
        head = ("student", "done", "right", "locked", "before", "after", "last day", *notebooks)
        rows = [_row(student, library) for student in students]
        asked = [str(n) for n in _counted(library.questions, library)]
        total = (str(len(library.questions)), "", str(len(library.predictions)), *["", ""], "")
        parts += [
            f"Students: {len(students)}. Questions done, right at the first try, predictions\n"
            "locked, votes before and after, then questions done in each notebook:",
            _grid([head, *rows, ("in the course", *total, *asked)]),
        ]
        parts += _missed_text(students, library) + _votes_text(students)
    else:
        parts.append("No progress file was found that could be read.")
    if found.skipped:
        lines = [f"  {one.name}: {one.why}" for one in found.skipped]
        parts.append("\n".join(["Skipped:", *lines]))
    unknown = [f"{s.name} ({s.unknown})" for s in students if s.unknown]
    if unknown:
        parts.append(
            "Answers to questions that this version of the course does not have, not counted: "
            + ", ".join(unknown)
        )
    return "\n\n".join(parts)


def as_csv(students: Sequence[Student], library: QuestionLibrary) -> str:
    """Give one row for each student: sums, each question right or wrong, and each vote."""
    claims = evidence.claims()
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    sums = ("student", "done", "right_first_time", "predictions", "votes_before", "votes_after",
            "last_day")  # fmt: skip
    phases = [f"{id_} {phase}" for phase in ("before", "after") for id_ in claims]
    table.writerow([*sums, *library.questions, *phases])
    words = {True: "right", False: "wrong", None: ""}
    for student in students:
        name, *rest = _row(student, library)[: len(sums)]
        answers = [words[student.right.get(id_)] for id_ in library.questions]
        votes = [student.votes[p].get(id_, "") for p in ("before", "after") for id_ in claims]
        table.writerow([no_formula(name), *rest, *answers, *votes])
    return text.getvalue()


def no_formula(text: str) -> str:
    """Give text that a spreadsheet will not take for a formula."""
    # NFKC turns the wide signs of East Asian keyboards into those that begin a formula.
    first = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if first and first in "=+-@|%'" else text


def _row(student: Student, library: QuestionLibrary) -> tuple[str, ...]:
    sums = (
        len(student.right),
        sum(student.right.values()),
        len(student.predictions),
        len(student.votes["before"]),
        len(student.votes["after"]),
    )
    last = student.last.isoformat() if student.last else ""
    counted = _counted(student.right, library)
    return (student.name, *map(str, sums), last, *map(str, counted))


def _counted(ids: Iterable[str], library: QuestionLibrary) -> list[int]:
    """Count questions by notebook."""
    count = Counter(library.questions[id_].notebook for id_ in ids)
    return [count[notebook] for notebook in library.notebooks]


def _missed_text(students: Sequence[Student], library: QuestionLibrary) -> list[str]:
    parts = ["Missed most at the first try:"]
    missed = most_missed(students, library)[:MOST_MISSED]
    for one in missed:
        parts.append(
            f"  {one.missed} of {one.answered}  {one.question.id}\n"
            f"      {printable(one.question.prompt, WORDS)}\n"
            f"      most chosen instead: {printable(one.chosen, WORDS)}"
        )
    return ["\n".join(parts)] if missed else []


def _votes_text(students: Sequence[Student]) -> list[str]:
    moved = votes_moved(students)
    head = ("claim", "as the course, before", "after", "")
    rows = [
        (
            one.claim,
            f"{one.agreed_before} of {one.before}",
            f"{one.agreed_after} of {one.after}",
            printable(one.text, WORDS),
        )
        for one in moved
    ]
    return [f"Votes that were the course's own verdict:\n{_grid([head, *rows])}"] if moved else []


def _grid(rows: Sequence[Sequence[str]]) -> str:
    """Lay out cells in columns, the first to the left."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Give the places that text takes on a screen: none for an accent, two for a wide letter."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Read a folder and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m course_lib.learning.class_table",
        description="Print a class table from a folder of progress files; nothing is changed.",
    )
    parser.add_argument("folder", type=Path, help="where the students' files are")
    parser.add_argument("--csv", action="store_true", help="one row a student, for a spreadsheet")
    chosen = parser.parse_args(arguments)
    library = load_questions()
    try:
        found = read_folder(chosen.folder, library)
    except OSError as problem:
        parser.error(str(problem))
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name may hold what the screen cannot show
        sys.stdout.reconfigure(errors="backslashreplace")
    if chosen.csv:
        sys.stdout.write(as_csv(found.students, library))
        for one in found.skipped:
            print(f"skipped {one.name}: {one.why}", file=sys.stderr)
    else:
        print(as_text(found, library))


if __name__ == "__main__":
    main()
