"""The class table from files that anyone may have written."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_lib.learning import class_table as table
from course_lib.learning import record as rec
from course_lib.learning.class_files import ClassFiles, printable, read_folder
from course_lib.learning.questions import QuestionLibrary, load_questions
from course_lib.learning.store import ProgressStore

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def library(course: Path) -> QuestionLibrary:
    return load_questions(course)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handed in"
    made.mkdir()
    return made


def hand_in(folder: Path, name: str, first: str, *, votes: str = "partly") -> None:
    store = ProgressStore(folder / f"{name}.json")
    store.answer("99-slide", first, correct=first == "They slide")
    store.answer("99-slide", "They slide", correct=True)
    store.lock("99-force", 0.5)
    store.vote("C01", "before", votes)
    store.vote("C01", "after", "partly")


def as_file(**changes: Any) -> bytes:
    return json.dumps(rec.empty() | changes).encode()


def answer(**changes: Any) -> dict[str, Any]:
    entry = {"first": "They fold", "first_correct": False, "first_at": "2026-01-02T10:00:00",
             "last": "They fold", "last_at": "2026-01-02T10:00:00", "attempts": 1}  # fmt: skip
    return entry | changes


def rows(found: ClassFiles, library: QuestionLibrary) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.as_csv(found.students, library))))


def test_a_class_of_three(folder: Path, library: QuestionLibrary) -> None:
    hand_in(folder, "Bea", "They fold", votes="supported")
    hand_in(folder, "Ana", "They slide")
    hand_in(folder, "Cem", "They fold")
    found = read_folder(folder, library)
    assert [s.name for s in found.students] == ["Ana", "Bea", "Cem"]
    assert [s.right["99-slide"] for s in found.students] == [True, False, False]
    assert found.skipped == ()
    (missed,) = table.most_missed(found.students, library)
    assert (missed.answered, missed.missed, missed.chosen) == (3, 2, "They fold")
    (moved,) = table.votes_moved(found.students)
    assert (moved.before, moved.agreed_before, moved.after, moved.agreed_after) == (3, 2, 3, 3)
    text = table.as_text(found, library)
    assert "2 of 3  99-slide" in text
    assert "most chosen instead: They fold" in text
    assert "C01    2 of 3                 3 of 3  A cramp is brief." in text
    assert "Skipped" not in text


def test_csv_has_a_row_for_each_student_and_a_column_for_each_question(
    folder: Path, library: QuestionLibrary
) -> None:
    hand_in(folder, "Ana, the first", "They fold")
    head, row = rows(read_folder(folder, library), library)
    found = dict(zip(head, row, strict=True))
    assert found["student"] == "Ana, the first"
    assert (found["done"], found["right_first_time"], found["predictions"]) == ("1", "0", "1")
    assert (found["99-slide"], found["C01 before"], found["C02 after"]) == ("wrong", "partly", "")


def test_nothing_in_the_folder_changes(folder: Path, library: QuestionLibrary) -> None:
    hand_in(folder, "Ana", "They slide")
    (folder / "damaged.json").write_text("{")
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    table.as_text(read_folder(folder, library), library)
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (b"__import__('os').system('touch hacked')", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"9" * 10_000, "not valid JSON"),
        (b'{"format": NaN}', "not valid JSON"),
        (b"[]", "no format number"),
        (as_file(format=99), "later version"),
        (as_file(format=10**4200), "later version"),
        (as_file(course="another"), "does not belong"),
        (as_file(answers=[]), "'answers' is not a table"),
        (as_file(answers={"q": answer(attempts="1")}), "wrong type"),
        (as_file(answers={"q": answer(first=None)}), "wrong type"),
        (as_file(answers={"\x1b[2J\u202e" + "k" * 9999: 1}), "wrong type"),
        (as_file(votes={"C01": {"before": ["partly"]}}), "wrong type"),
        (b" " * 10_000_000, "larger than 5,000,000 bytes"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_bad_file_is_named_and_the_others_are_read(
    folder: Path, library: QuestionLibrary, content: bytes, why: str
) -> None:
    hand_in(folder, "Ana", "They slide")
    (folder / "bad.json").write_bytes(content)
    found = read_folder(folder, library)
    assert [s.name for s in found.students] == ["Ana"]
    (skipped,) = found.skipped
    assert skipped.name == "bad.json"
    assert why in skipped.why or why in table.as_text(found, library)
    assert len(skipped.why) < 300
    assert skipped.why.isprintable()
    assert not (folder / "hacked").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_folders_links_and_pipes_are_not_opened(folder: Path, library: QuestionLibrary) -> None:
    hand_in(folder.parent, "elsewhere", "They slide")
    (folder / "inner.json").mkdir()
    (folder / "link.json").symlink_to(folder.parent / "elsewhere.json")
    (folder / "round.json").symlink_to(folder / "round.json")
    os.mkfifo(folder / "pipe.json")
    found = read_folder(folder, library)
    assert found.students == ()
    assert {s.name: s.why.split(",")[0].split(";")[0] for s in found.skipped} == {
        "inner.json": "a folder",
        "link.json": "a link to elsewhere",
        "pipe.json": "not a plain file",
        "round.json": "a link to elsewhere",
    }
    assert "No progress file was found" in table.as_text(found, library)


def test_hostile_entries_in_a_valid_file_reach_no_table(
    folder: Path, library: QuestionLibrary
) -> None:
    content = as_file(
        answers={
            "99-slide": answer(first="\x1b[31m" + "A" * 100_000, last_at="yesterday"),
            "=1+1": answer(),
            "\u202egnp": answer(),
        },
        predictions={"=cmd": {"value": "=1+1", "at": "\x1b"}},
        votes={"C01": {"before": "=HYPERLINK()"}, "C99": {"after": "partly"}},
    )
    (folder / "Ana.json").write_bytes(content)
    found = read_folder(folder, library)
    (student,) = found.students
    assert student.first == {"99-slide": "(words no longer in the question)"}
    assert (student.unknown, student.predictions, student.last) == (2, frozenset(), None)
    assert student.votes == {"before": {}, "after": {}}
    text, sheet = table.as_text(found, library), table.as_csv(found.students, library)
    assert "not counted: Ana (2)" in text
    for words in (text, sheet):
        assert len(words) < 2000
        assert all(line.isprintable() for line in words.split("\n"))
        assert "=" not in words


NAMES = st.sampled_from(
    ["99-slide", "99-force", "C01", "before", "after", "first", "last_at", "=1"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
    | st.sampled_from(["They slide", "partly"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
WORDS = st.text(max_size=5) | st.sampled_from(["They fold", "partly", "2026-01-02", "9999-99-99"])
ANSWERS = st.dictionaries(
    NAMES,
    st.builds(answer, first=WORDS, last_at=WORDS, attempts=st.integers(1, 9)) | ANYTHING,
    max_size=4,
)
VOTE = st.fixed_dictionaries({}, optional={"before": WORDS, "after": WORDS})
VOTES = st.dictionaries(NAMES, VOTE, max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS | ANYTHING, predictions=st.just({}) | ANYTHING, votes=VOTES | ANYTHING)
def test_no_file_stops_the_table(
    folder: Path, library: QuestionLibrary, answers: Any, predictions: Any, votes: Any
) -> None:
    (folder / "Ana.json").write_bytes(
        as_file(answers=answers, predictions=predictions, votes=votes)
    )
    found = read_folder(folder, library)
    assert len(found.students) + len(found.skipped) == 1
    text = table.as_text(found, library)
    assert all(line.isprintable() for line in text.split("\n"))
    assert len(rows(found, library)) == 1 + len(found.students)


def test_a_right_answer_is_right_by_the_course_and_not_by_the_file(
    folder: Path, library: QuestionLibrary
) -> None:
    claimed = {"99-slide": answer(first="They fold", first_correct=True)}
    (folder / "Ana.json").write_bytes(as_file(answers=claimed))
    assert read_folder(folder, library).students[0].right == {"99-slide": False}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", " =", "'"])
def test_a_file_name_is_no_formula(folder: Path, library: QuestionLibrary, sign: str) -> None:
    hand_in(folder, f"{sign}HYPERLINK(1)", "They slide")
    _, row = rows(read_folder(folder, library), library)
    assert row[0] == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize("name", ["Zoë", "李雷", "O'Brien", "Ana-2"])
def test_names_of_people_stay_as_they_are(
    folder: Path, library: QuestionLibrary, name: str
) -> None:
    hand_in(folder, name, "They slide")
    found = read_folder(folder, library)
    assert rows(found, library)[1][0] == name
    assert f"\n{name}  " in table.as_text(found, library)


def test_hidden_characters_are_shown_and_long_names_cut() -> None:
    assert printable("a\u202eb\x1b[0m\r\n\u200b\udcff", 40) == (r"a\u202eb\x1b[0m\r\n\u200b\udcff")
    assert printable("x" * 41, 40) == "x" * 39 + "…"
    assert printable("x" * 40, 40) == "x" * 40


def test_the_command_prints_where_letters_cannot_be_shown(folder: Path) -> None:
    hand_in(folder, "Ω\u202e", "They slide")
    (folder / "bad.json").write_text("{")
    done = subprocess.run(
        [sys.executable, "-m", "course_lib.learning.class_table", str(folder), "--csv"],
        cwd=REPOSITORY, env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert r"\u03a9\u202e" in done.stdout
    assert "skipped bad.json: not a progress file" in done.stderr


def test_a_folder_that_is_none_ends_with_a_clear_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        table.main([str(tmp_path / "nowhere")])
    assert stopped.value.code == 2
    assert "nowhere is not a folder" in capsys.readouterr().err
