"""The instructor guide says what the notebooks ask and what the explorers show."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_lib.evidence import LESSONS, Lesson
from course_lib.explorers import CATALOGUE
from course_lib.learning.questions import load_questions
from course_lib.ui.explorer import Explorer
from tests.notebooks.store import FOLDER

GUIDE = FOLDER.parent / "docs" / "instructors"
HEADINGS = [
    "Aim",
    "Minutes",
    "What students get wrong",
    "Questions to ask",
    "Answers",
    "If time is short",
]
MOST_WORDS = 620  # about one printed page
STATE = re.compile(r"`(\w+)\(([^`]*)\)`")
SHOWN = re.compile(STATE.pattern + r" shows: (.+)")
ID = re.compile(r"`(\d\d-[\w-]+)`")
ANSWER = re.compile(r"^- " + ID.pattern + r": (.+)$", re.M)
PRESSED = re.compile(r"[Pp]ress \*([^*]+)\*")
ADVICE = re.compile(r"\b(should|must|ought to) (take|avoid|stop taking|try taking)\b", re.I)

LIBRARY = load_questions()
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


@cache
def text_of(lesson: Lesson) -> str:
    return (GUIDE / f"{lesson.name}.md").read_text(encoding="utf-8")


@cache
def parts_of(lesson: Lesson) -> dict[str, str]:
    pieces = re.split(r"^## (.+)$", text_of(lesson), flags=re.M)[1:]
    return {heading: body.strip() for heading, body in zip(pieces[::2], pieces[1::2], strict=True)}


@cache
def notebook(lesson: Lesson) -> tuple[str, str]:
    """Give the code and the prose of a notebook."""
    cells = nbformat.read(FOLDER / lesson.file, 4).cells
    code, prose = (
        "\n".join(cell.source for cell in cells if cell.cell_type == kind)
        for kind in ("code", "markdown")
    )
    return code, prose


@cache
def explorer(name: str) -> Explorer[Any]:
    return CATALOGUE[name]()


def names_used(lesson: Lesson) -> set[str]:
    return set(re.findall(r"explorers\.(\w+)\(", notebook(lesson)[0])) & set(CATALOGUE)


def values(arguments: str) -> dict[str, Any]:
    call = ast.parse(f"state({arguments})", mode="eval").body
    assert isinstance(call, ast.Call)
    assert not call.args
    return {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}


@each_lesson
def test_page_has_the_headings_in_order_and_fits_a_page(lesson: Lesson) -> None:
    assert text_of(lesson).startswith(f"# {lesson.title}\n")
    assert list(parts_of(lesson)) == HEADINGS
    assert all(parts_of(lesson).values()), "an empty section"
    assert len(text_of(lesson).split()) <= MOST_WORDS
    assert not ADVICE.search(text_of(lesson))


@each_lesson
def test_minutes_follow_the_notebook_and_sum_up(lesson: Lesson) -> None:
    part = parts_of(lesson)["Minutes"]
    assert part.startswith(f"{lesson.minutes} in all.")
    rows = re.findall(r"^\| (.+) \| (\d+) \|$", part, flags=re.M)
    assert sum(int(minutes) for _, minutes in rows) == lesson.minutes
    named = [name for sections, _ in rows for name in sections.split(" + ")]
    headings = re.findall(r"^###? (.+)$", notebook(lesson)[1], flags=re.M)
    assert set(named) <= set(headings), set(named) - set(headings)
    assert named == sorted(named, key=headings.index), "not in the notebook's order"


@each_lesson
def test_every_question_of_the_notebook_is_answered(lesson: Lesson) -> None:
    asked = re.findall(r'\b(?:ask|predict)\("([^"]+)"\)', notebook(lesson)[0])
    answers = dict(ANSWER.findall(parts_of(lesson)["Answers"]))
    assert list(answers) == sorted(asked, key=lambda id_: id_ in LIBRARY.questions)
    assert set(ID.findall(text_of(lesson))) <= {*LIBRARY.questions, *LIBRARY.predictions}
    for id_, said in answers.items():
        if id_ in LIBRARY.questions:
            options = {option.text: option.correct for option in LIBRARY.questions[id_].options}
            meant = [text for text in options if text.startswith(said.rstrip(".…"))]
            assert [options[text] for text in meant] == [True], f"{id_}: {said}"
        elif number := LIBRARY.predictions[id_].number:
            found = re.match(r"−?[\d.]*\d", said)
            assert found, f"{id_} wants a number"
            assert number.minimum <= float(found[0].replace("−", "-")) <= number.maximum
        else:
            choices = [text for text, _ in LIBRARY.predictions[id_].values]
            assert len([text for text in choices if text.startswith(said.rstrip(".…"))]) == 1


@each_lesson
def test_explorers_show_what_the_page_says(lesson: Lesson) -> None:
    page = text_of(lesson)
    for name, arguments in STATE.findall(page):
        assert name in names_used(lesson), f"{name} is not in the notebook"
        shown = explorer(name)
        shown.reset()
        for control, value in values(arguments).items():
            shown.set(**{control: value})
            assert shown.controls[control].value == value, f"{name}: {control} cannot be {value}"
        if "teaching model" in shown.title:
            assert "teaching model" in page, f"{name} is a teaching model; the page must say so"
    for name, arguments, facts in SHOWN.findall(page):
        shown = explorer(name)
        shown.reset()
        shown.set(**values(arguments))
        lines = str(shown.reading).splitlines()
        for fact in facts.rstrip(".").split("; "):
            assert fact.replace(" = ", ": ", 1) in lines, f"{name}({arguments}): {fact}"


@each_lesson
def test_each_open_question_has_a_state_and_an_answer_that_was_run(lesson: Lesson) -> None:
    asked, answered = (
        re.findall(r"^\d\. .+?(?=^\d\. |^- |\Z)", parts_of(lesson)[part], flags=re.M | re.S)
        for part in ("Questions to ask", "Answers")
    )
    assert len(asked) == len(answered) >= 2
    for question, answer in zip(asked, answered, strict=True):
        states = STATE.findall(question)
        assert states, f"no explorer state: {question}"
        assert "?" in question
        assert set(states) <= {(name, given) for name, given, _ in SHOWN.findall(answer)}


@each_lesson
def test_buttons_named_are_there(lesson: Lesson) -> None:
    there = {preset for name in names_used(lesson) for preset in explorer(name).presets}
    assert set(PRESSED.findall(text_of(lesson))) <= {*there, "Reset", "Present"}


def test_guide_has_no_page_without_a_notebook() -> None:
    pages = {path.name for path in GUIDE.glob("*.md")}
    assert pages == {"README.md", *(f"{lesson.name}.md" for lesson in LESSONS)}


def test_guide_is_not_linked_from_what_students_read() -> None:
    files = [path for path in FOLDER.rglob("*") if path.suffix in {".ipynb", ".md", ".html"}]
    assert len(files) > len(LESSONS)
    linking = [path.name for path in files if "instructors/" in path.read_text(encoding="utf-8")]
    assert not linking


def test_front_page_links_every_page() -> None:
    page = (GUIDE / "README.md").read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)]+)\)", page) if "://" not in target]
    assert [target for target in linked if not (GUIDE / Path(target)).exists()] == []
    assert {f"{lesson.name}.md" for lesson in LESSONS} <= set(linked)
    assert not ADVICE.search(page)


def test_sessions_fill_their_time() -> None:
    page = (GUIDE / "README.md").read_text(encoding="utf-8")
    sessions = re.findall(r"^##+ ([^\n]*?(\d+)[- ]minute.*?)(?=^##|\Z)", page, flags=re.M | re.S)
    assert len(sessions) == 5
    for part, minutes in sessions:
        rows = re.findall(r"^\| .+ \| (\d+) \|$", part, flags=re.M)
        assert sum(map(int, rows)) == int(minutes), part.splitlines()[0]
