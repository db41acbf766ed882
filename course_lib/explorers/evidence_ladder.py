"""A ladder of studies: which of them can answer which question."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import cite
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

Answer = Literal["yes", "partly", "no"]
QUESTIONS = {
    "dish": "Does it happen in cells?",
    "people": "Does it happen in people?",
    "helps": "Does it help people with cramps?",
    "cause": "Is low magnesium the cause?",
}
SIGNS = {"yes": "✓", "partly": "~", "no": "✗"}
FACES = {"yes": style.GREEN, "partly": style.ORANGE, "no": style.PALE}
MOST_LETTERS = 34


@dataclass(frozen=True)
class Rung:
    """A kind of study, what it can answer in the order of ``QUESTIONS``, and an example."""

    name: str
    answers: tuple[Answer, Answer, Answer, Answer]
    example: str
    source: str

    def answer(self, question: str) -> Answer:
        """Say whether it can answer a question."""
        return self.answers[list(QUESTIONS).index(question)]


RUNGS = (
    Rung("a story", ("no", "no", "no", "no"),
         "Two patients with very low magnesium got a drip and felt better in days.", "bilbey1996"),
    Rung("cells in a dish", ("yes", "no", "no", "no"),
         "Magnesium plugs the NMDA receptor of rat nerve cells, 1 µmol/L to 10 mmol/L.",
         "jahr1990"),
    Rung("animals", ("yes", "partly", "no", "partly"),
         "Rats fed too little for four weeks: melatonin 50 instead of 75 pg/mL.",
         "billyard2006"),
    Rung("people observed", ("no", "partly", "no", "partly"),
         "Of 210 Ironman triathletes, blood salts did not tell those who cramped from the others.",
         "schwellnus2011"),
    Rung("before and after", ("no", "partly", "partly", "no"),
         "48 patients took magnesium for a month: pressure fell by 8.9 mmHg. No control group.",
         "banjanin2018"),
    Rung("a trial with placebo", ("no", "yes", "yes", "partly"),
         "94 people with night cramps: 3.4 fewer a week on magnesium, 3.0 fewer on placebo.",
         "roguinmaor2017"),
    Rung("trials, pooled", ("no", "yes", "yes", "partly"),
         "Five trials, 307 older adults: 0.18 cramps a week fewer, from 0.84 fewer to 0.49 more.",
         "garrison2020"),
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """A rung, counted from 1 at the bottom, and a question."""

    step: int
    question: str

    @property
    def rung(self) -> Rung:
        """The kind of study."""
        return RUNGS[self.step - 1]


def compute(step: float, question: str) -> View:
    """Stand on a rung and ask."""
    return View(round(step), question)


class LadderScene(Scene[View]):
    """The ladder, and an example of the rung one stands on."""

    wide = (9.0, 4.8)
    narrow = (4.2, 7.8)

    def draw(self, start: View) -> None:
        """Draw both panels."""
        del start
        axes = style.panels(
            self.figure, self.look, [["ladder", "example"]], [["ladder"], ["example"]],
            widths=[1, 1.15], narrow_heights=[1.5, 1], gap=0.06,
        )  # fmt: skip
        self._draw_ladder(style.bare(axes["ladder"]))
        self._draw_example(style.bare(axes["example"]))

    def _draw_ladder(self, ax: Axes) -> None:
        self.plot = ax
        ax.set(xlim=(0, 10), ylim=(0, 8.2))
        bold = self.look.lines
        for x in (0.5, 9.5):
            ax.plot([x, x], [0.2, 7.9], color=style.QUIET, lw=4 * bold)
        self.steps, self.names = [], []
        for row in range(len(RUNGS)):
            y = 0.5 + 1.05 * row
            step = Rectangle((0.5, y), 9, 0.8, fc=style.PALE, lw=0)
            ax.add_patch(step)
            self.steps.append(self.moving(step))
            self.names.append(
                self.moving(style.label(ax, 1.0, y + 0.38, "", color=style.INK, zorder=5))
            )
        self.here = self.moving(
            ax.plot([9.0], [0], "<", color=style.INK, ms=10 * bold, zorder=6)[0]
        )

    def _draw_example(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 8.2))
        ax.add_patch(
            FancyBboxPatch((0.2, 1.4), 9.6, 5.4, fc="#EEF3F7", lw=0,
                           boxstyle="round,pad=0,rounding_size=0.3")
        )  # fmt: skip
        self.question = self.moving(style.label(ax, 0.2, 7.5, "", color=style.BLUE_TEXT))
        self.example = self.moving(style.label(ax, 0.6, 4.1, "", color=style.INK, linespacing=1.5))
        for x, kind, word in ((0.2, "yes", "can"), (3.2, "partly", "hints"), (6.4, "no", "cannot")):
            ax.add_patch(Rectangle((x, 0.25), 0.6, 0.6, fc=FACES[kind], lw=0))
            style.label(ax, x + 0.9, 0.55, f"{SIGNS[kind]} {word}", color=style.INK,
                        fontsize="small")  # fmt: skip

    def update(self, result: View) -> None:
        """Colour the rungs and write the example."""
        for row, rung in enumerate(RUNGS):
            answer = rung.answer(result.question)
            self.steps[row].set_facecolor(FACES[answer])
            self.steps[row].set_alpha(1.0 if row == result.step - 1 else 0.55)
            self.names[row].set_text(f"{SIGNS[answer]}   {rung.name}")
        self.here.set_ydata([0.9 + 1.05 * (result.step - 1)])
        self.question.set_text(QUESTIONS[result.question])
        example = fill(result.rung.example, MOST_LETTERS - 6 * self.look.narrow)
        self.example.set_text(f"{example}\n\n{cite(result.rung.source)}")


def _words(answer: Answer) -> str:
    return {"yes": "can answer it", "partly": "can only hint", "no": "cannot answer it"}[answer]


def read(result: View) -> Reading:
    """Give the reading of the rung."""
    rung = result.rung
    able = [r.name for r in RUNGS if r.answer(result.question) == "yes"]
    return reading(
        ("the question", QUESTIONS[result.question]),
        (rung.name, _words(rung.answer(result.question))),
        ("can answer it", ", ".join(able) if able else "none of these alone"),
        ("for example", rung.example),
        ("read in", cite(rung.source)),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    rung = result.rung
    return (
        f"Rung {result.step} of {len(RUNGS)}, {rung.name}: for the question "
        f"\u201c{QUESTIONS[result.question]}\u201d it {_words(rung.answer(result.question))}. "
        f"For example: {rung.example}"
    )


def evidence_ladder(prediction: Prediction | None = None) -> Explorer[View]:
    """Climb from a story to pooled trials, and see what each can answer."""
    return Explorer(
        "evidence_ladder",
        "What can a study answer?",
        controls=(
            Slider("step", "rung", "", 1, 1, len(RUNGS), 1),
            Choice("question", "question", "helps", QUESTIONS),
        ),
        presets={
            "a story about help": {"step": 1, "question": "helps"},
            "a trial about help": {"step": 6, "question": "helps"},
            "cells, about people": {"step": 2, "question": "people"},
        },
        compute=compute,
        scene=LadderScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
