"""Questions and predictions, read from TOML files that an instructor can edit.

One file per notebook, ``questions/<notebook>.toml``::

    [[question]]
    id = "01-stretch"            # unique over all files
    kind = "choice"
    tests = "objective 1"        # the objective or the claim that it tests
    prompt = "..."
    keep_order = true            # only where the options have an order of their own

    [[question.option]]          # two or more, exactly one of them correct
    text = "..."
    correct = true
    explanation = "..."          # every option has one

    [[prediction]]
    id = "01-half"
    kind = "number"              # or "choice", with [[prediction.option]] text, value
    prompt = "..."
    unit = "of maximum"
    min = 0.0
    max = 1.2
    step = 0.01                  # may be left out
    at = 2.95                    # x coordinate where an explorer draws it; may be left out
    label = "your prediction"    # short text for the picture; may be left out

Text is shown as it is: no Markdown, no HTML. Line breaks count as spaces.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from course_lib.learning.table import QuestionFileError, Table
from course_lib.ui.form import ChoiceField, NumberField

FOLDER = Path(__file__).with_name("questions")


@dataclass(frozen=True)
class Option:
    """One answer to a question, and what a student who chooses it should know."""

    text: str
    correct: bool
    explanation: str


@dataclass(frozen=True)
class QuestionData:
    """A question of which exactly one option is right, in the order in which it is shown."""

    id: str
    notebook: str
    tests: str
    prompt: str
    options: tuple[Option, ...]

    @property
    def field(self) -> ChoiceField:
        """What can be entered: the options' own words."""
        return ChoiceField({option.text: option.text for option in self.options})

    def option(self, text: object) -> Option | None:
        """Give the option with this text, if there still is one."""
        return next((option for option in self.options if option.text == text), None)


@dataclass(frozen=True)
class PredictionData:
    """A prediction; ``values`` gives what each option of a choice stands for."""

    id: str
    notebook: str
    prompt: str
    label: str
    at: float | None
    number: NumberField | None
    values: tuple[tuple[str, float | str], ...] = ()

    @property
    def field(self) -> ChoiceField | NumberField:
        """What can be entered."""
        return self.number or ChoiceField({text: text for text, _ in self.values})


@dataclass(frozen=True)
class QuestionLibrary:
    """All questions and predictions of the course, by id, in the order of the files."""

    questions: Mapping[str, QuestionData]
    predictions: Mapping[str, PredictionData]

    @property
    def notebooks(self) -> tuple[str, ...]:
        """Names of the notebooks that ask anything."""
        asking = {question.notebook for question in self.questions.values()}
        predicting = {prediction.notebook for prediction in self.predictions.values()}
        return tuple(sorted(asking | predicting))


def load_questions(folder: str | Path = FOLDER) -> QuestionLibrary:
    """Read and check every ``*.toml`` file of a folder.

    Raises
    ------
    QuestionFileError
        Names the file, the question, what is wrong with it, and what is allowed.
    """
    if not Path(folder).is_dir():
        raise QuestionFileError(f"{folder} is not a folder; question files are looked for there")
    questions: dict[str, QuestionData] = {}
    predictions: dict[str, PredictionData] = {}
    seen: dict[str, str] = {}
    for path in sorted(Path(folder).glob("*.toml")):
        file = _read(path)
        file.only("question", "prediction")
        for kind in ("question", "prediction"):
            for table in file.tables(kind):
                id_ = table.text("id")
                if id_ in seen:
                    raise table.error(f"the id is used already in {seen[id_]}; ids are unique")
                seen[id_] = path.name
                if kind == "question":
                    questions[id_] = _question(table, id_, path.stem)
                else:
                    predictions[id_] = _prediction(table, id_, path.stem)
    return QuestionLibrary(questions, predictions)


def _read(path: Path) -> Table:
    try:
        return Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except ValueError as problem:  # bad TOML, or bytes that are not UTF-8
        raise QuestionFileError(f"{path.name}: not a TOML file in UTF-8: {problem}") from problem


def _question(table: Table, id_: str, notebook: str) -> QuestionData:
    table.only("id", "kind", "tests", "prompt", "option", "keep_order")
    table.one_of("kind", ("choice",))
    options = []
    for entry in _options(table):
        entry.only("text", "correct", "explanation")
        options.append(Option(entry.text("text"), entry.flag("correct"), entry.text("explanation")))
    right = sum(option.correct for option in options)
    if right != 1:
        raise table.error(f"{right} options are correct = true; exactly one must be")
    _differ(table, "text", [option.text for option in options])
    if not table.flag("keep_order"):
        options.sort(key=lambda option: _shuffled(id_, option.text))
    return QuestionData(id_, notebook, table.text("tests"), table.text("prompt"), tuple(options))


def _prediction(table: Table, id_: str, notebook: str) -> PredictionData:
    common = ("id", "kind", "prompt", "label", "at")
    kind = table.one_of("kind", ("number", "choice"))
    prompt, label = table.text("prompt"), table.text("label", "your prediction")
    at = table.number("at", required=False)
    if kind == "choice":
        table.only(*common, "option")
        values = []
        for entry in _options(table):
            entry.only("text", "value")
            values.append((entry.text("text"), entry.value("value")))
        _differ(table, "text", [text for text, _ in values])
        _differ(table, "value", [value for _, value in values])
        return PredictionData(id_, notebook, prompt, label, at, None, tuple(values))
    table.only(*common, "unit", "min", "max", "step")
    minimum, maximum = table.number("min"), table.number("max")
    step = table.number("step", required=False)
    if minimum >= maximum:
        raise table.error(f"min = {minimum} must be below max = {maximum}")
    if step is not None and not 0 < step <= maximum - minimum:
        raise table.error(f"step = {step} must be above 0 and at most max - min")
    field = NumberField(table.text("unit", ""), minimum, maximum, step)
    return PredictionData(id_, notebook, prompt, label, at, field)


def _options(table: Table) -> list[Table]:
    options = table.tables("option")
    if len(options) < 2:
        raise table.error(f"{len(options)} options; at least 2 are needed")
    return options


def _differ(table: Table, key: str, entries: list[Any]) -> None:
    for entry in entries:
        if entries.count(entry) > 1:
            raise table.error(f"two options have the {key} {entry!r}; each must differ")


def _shuffled(id_: str, text: str) -> str:
    """Give a place in an order that tells nothing and yet is the same in every run."""
    return sha256(f"{id_}\n{text}".encode()).hexdigest()
