"""The map of the course: its notebooks in order, their minutes, and where each claim is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from .claims import CLAIM_IDS, claims


@dataclass(frozen=True)
class Lesson:
    """One notebook: its file, what it asks, its minutes, and the claims whose verdict it holds."""

    name: str
    title: str
    asks: str
    minutes: int
    needs: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """File name in the folder of notebooks."""
        return f"{self.name}.ipynb"

    @property
    def number(self) -> str:
        """The two digits it begins with."""
        return self.name[:2]


LESSONS = (
    Lesson("00_start_here", "Start here", "What is this, and what do you think now?", 20),
    Lesson("01_how_muscle_contracts", "How muscle contracts", "What pulls?", 40),
    Lesson("02_from_nerve_to_force", "From nerve to force", "Who gives the command?", 40, ("01",)),
    Lesson("03_electrolytes_and_the_membrane", "Electrolytes and the membrane",
           "What do salts do to a nerve?", 45, ("02",)),
    Lesson("04_what_is_a_cramp", "What is a cramp?", "Who cramps, and what ends it?", 50,
           ("01", "02", "03"), ("C01", "C02", "C03", "C04", "C05", "C06", "C13")),
    Lesson("05_magnesium_in_the_body", "Magnesium in the body", "How long does it last?", 35,
           ("03",), ("C09", "C10", "C11")),
    Lesson("06_mechanism_1_calcium", "Mechanism 1: magnesium against calcium",
           "Does it loosen muscle?", 45, ("01", "02", "03"), ("C18", "C19", "C20", "C21")),
    Lesson("07_mechanism_2_potassium", "Mechanism 2: potassium", "More uptake, or less loss?", 30,
           ("03", "05"), ("C22",)),
    Lesson("08_mechanism_3_nmda_and_pain", "Mechanism 3: the NMDA receptor and pain",
           "Is the plug missing?", 40, ("03", "04"), ("C23",)),
    Lesson("09_mechanism_4_inflammation", "Mechanism 4: inflammation", "Is calmer better?", 40,
           ("04", "05"), ("C24",)),
    Lesson("10_mechanism_5_blood_vessels", "Mechanism 5: blood vessels",
           "How far do arteries widen?", 35, ("01",), ("C25",)),
    Lesson("11_mechanism_6_sleep", "Mechanism 6: sleep", "Do you fall asleep sooner?", 30,
           ("05",), ("C26",)),
    Lesson("12_magnesium_through_the_skin", "Magnesium through the skin", "Does it get in?", 25,
           ("05",), ("C15", "C16", "C17")),
    Lesson("13_weighing_the_evidence", "Weighing the evidence", "What did people in trials get?",
           60, ("04",), ("C07", "C08", "C12", "C14", "C27")),
    Lesson("14_case_clinic", "The case clinic", "What would it do for these people?", 50,
           ("03", "04", "05")),
)  # fmt: skip


def lesson_of(claim_id: str) -> Lesson:
    """Give the notebook that holds the verdict on a claim.

    Raises
    ------
    ValueError
        For a claim that is not in the course.
    """
    for lesson in LESSONS:
        if claim_id in lesson.claims:
            return lesson
    raise ValueError(f"{claim_id!r} is not a claim: allowed is {CLAIM_IDS[0]} to {CLAIM_IDS[-1]}")


def minutes() -> int:
    """Give the minutes of the whole course."""
    return sum(lesson.minutes for lesson in LESSONS)


@dataclass(frozen=True, repr=False)
class CourseMap:
    """The notebooks as a table, with links."""

    def __iter__(self) -> Iterator[Lesson]:
        return iter(LESSONS)

    def __str__(self) -> str:
        rows = [
            f"{n.number} {n.title}, {n.minutes} minutes"
            + (f", after {', '.join(n.needs)}" if n.needs else "")
            + f": {n.asks}"
            for n in LESSONS
        ]
        return "\n".join([*rows, f"In all: {minutes()} minutes"])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><td style="text-align: left"><a href="{n.file}">{n.number} '
            f"{escape(n.title)}</a></td>"
            f'<td style="text-align: left">{escape(n.asks)}</td>'
            f"<td>{n.minutes}</td><td>{', '.join(n.needs)}</td></tr>"
            for n in LESSONS
        )
        return (
            '<table class="course-sources" aria-label="Map of the course"><thead><tr>'
            "<th>notebook</th><th>it asks</th><th>minutes</th><th>after</th></tr></thead>"
            f"<tbody>{rows}</tbody></table><p>In all {minutes()} minutes.</p>"
        )


@dataclass(frozen=True, repr=False)
class Article:
    """What the article says, claim by claim in its order, each with the notebook that tests it."""

    def __str__(self) -> str:
        return "\n".join(
            f"{c.id}. {c.source_words} [notebook {lesson_of(c.id).number}]"
            for c in claims().values()
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li><strong>{c.id}</strong> <q>{escape(c.source_words)}</q> "
            f'<a href="{lesson_of(c.id).file}" aria-label="{c.id} is tested in notebook '
            f'{lesson_of(c.id).number}">notebook {lesson_of(c.id).number}</a></li>'
            for c in claims().values()
        )
        return f'<ol class="course-article" style="list-style: none">{rows}</ol>'


def course_map() -> CourseMap:
    """Give the map of the course."""
    return CourseMap()


def article() -> Article:
    """Give the article, claim by claim."""
    return Article()
