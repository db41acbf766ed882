"""Who cramps: what surveys counted, each with its own definition."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course_lib.evidence import Prevalence, prevalences
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, Switch, reading, style
from course_lib.ui.explorer import Prediction

STRANDS = {
    "older/general": "at home, older or any age",
    "pregnancy": "in pregnancy",
    "dialysis": "on dialysis",
    "endurance race": "in an endurance race",
    "other disease": "with liver or heart disease",
}
ROWS = 5  # the most that any group has
ACROSS = 10  # people in a row of the drawing


@dataclass(frozen=True)
class View:
    """Surveys of one kind of people, and a group of people to think of."""

    strand: str
    surveys: tuple[Prevalence, ...]
    people: int
    intervals: bool

    @property
    def shares(self) -> list[float]:
        """Percentages, in the order of the surveys."""
        return [float(s.percent) for s in self.surveys if s.percent is not None]

    @property
    def between(self) -> tuple[int, int]:
        """How many of the people would say that they cramp, by the lowest and the highest."""
        low, high = min(self.shares), max(self.shares)
        return round(self.people * low / 100), round(self.people * high / 100)


def compute(people: float, strand: str, intervals: bool) -> View:
    """Give the surveys of a kind of people."""
    rows = tuple(r for r in prevalences(use=("yes",)) if r.strand == strand)
    return View(strand, rows, round(people), intervals)


class WhoScene(Scene[View]):
    """People to think of, and the surveys as dots with their intervals."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.6)

    def draw(self, start: View) -> None:
        """Draw both panels; nothing of the start stays, since the groups are not compared."""
        del start
        axes = style.panels(
            self.figure, self.look, [["drawing", "surveys"]], [["drawing"], ["surveys"]],
            widths=[1, 2.2], narrow_heights=[1, 1.9], gap=0.12,
        )  # fmt: skip
        self._draw_people(style.bare(axes["drawing"]))
        self._draw_surveys(axes["surveys"])

    def _draw_people(self, ax: Axes) -> None:
        ax.set(xlim=(-0.8, ACROSS - 0.2), ylim=(-11.2, 2.4))
        size = (40 if self.look.narrow else 62) * self.look.lines
        self.icons = self.moving(ax.scatter([], [], s=size, lw=1.0, edgecolors=style.QUIET))
        style.label(ax, -0.6, 2.0, "● say that they cramp", color=style.VERMILION_TEXT,
                    fontsize="small")  # fmt: skip
        style.label(ax, -0.6, 1.1, "● only in some surveys", color=style.ORANGE_TEXT,
                    fontsize="small")  # fmt: skip
        self.words = self.moving(style.label(ax, -0.6, -10.7, "", color=style.INK))

    def _draw_surveys(self, ax: Axes) -> None:
        self.plot = ax
        ax.set(xlim=(0, 102), ylim=(-0.35, ROWS - 0.1), yticks=(), xlabel="people who cramp (%)",
               xticks=(0, 25, 50, 75, 100))  # fmt: skip
        ax.spines["left"].set_visible(False)
        lines = LineCollection([], colors=style.INK, linewidths=2 * self.look.lines)
        ax.add_collection(lines)
        self.spans = self.moving(lines)
        self.dots = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        text: dict[str, Any] = {"fontsize": "small"}
        self.groups = [
            self.moving(style.label(ax, 1, y + 0.62, "", color=style.INK, **text))
            for y in range(ROWS)
        ]
        self.definitions = [
            self.moving(style.label(ax, 1, y + 0.36, "", color=style.QUIET, **text))
            for y in range(ROWS)
        ]

    def update(self, result: View) -> None:
        """Colour the people, and move dots, intervals and words."""
        people = np.arange(result.people)
        low, high = result.between
        self.icons.set_offsets(np.column_stack([people % ACROSS, -(people // ACROSS)]))
        colours = [style.VERMILION] * low + [style.ORANGE] * (high - low)
        self.icons.set_facecolor(colours + [style.PAPER] * (result.people - high))
        self.words.set_text(
            f"{low} to {high} of {result.people}" if low < high else f"{low} people"
        )
        heights = [float(ROWS - 1 - k) for k in range(len(result.surveys))]
        self.dots.set_data(result.shares, heights)
        known: list[Any] = [
            [(s.low, y), (s.high, y)]
            for s, y in zip(result.surveys, heights, strict=True)
            if s.low is not None and s.high is not None
        ]
        self.spans.set_segments(known if result.intervals else [])
        most = (38 if self.look.present else 46) if self.look.narrow else 60
        for row in range(ROWS):
            shown = result.surveys[row] if row < len(result.surveys) else None
            y = ROWS - 1 - row
            self.groups[y].set_text("" if shown is None else _short(shown.group, most))
            self.definitions[y].set_text("" if shown is None else _short(shown.definition, most))


def _short(words: str, most: int) -> str:
    return shorten(words, most, placeholder=" …")


def _interval(survey: Prevalence) -> str:
    if survey.low is None or survey.high is None:
        return "(no interval: the count was not printed)"
    return f"(95 % interval {survey.low:.0f} to {survey.high:.0f}, {survey.interval})"


def read(result: View) -> Reading:
    """Give the reading of the surveys."""
    low, high = result.between
    rows: list[tuple[str, str, str]] = [
        (
            f"{s.group}: {s.definition}",
            f"{s.percent:g} %",
            _interval(s) if result.intervals else "",
        )
        for s in result.surveys
    ]
    return reading(
        (f"of {result.people} such people", f"{low} to {high}", "would say that they cramp"), *rows
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    low, high = result.between
    shown = "with" if result.intervals else "without"
    return (
        f"{len(result.surveys)} surveys of people {STRANDS[result.strand]} found cramps in "
        f"{min(result.shares):g} to {max(result.shares):g} %, each by its own definition, drawn "
        f"{shown} intervals: {low} to {high} of {result.people} people."
    )


def who_cramps(prediction: Prediction | None = None) -> Explorer[View]:
    """Look at what surveys counted, one kind of people at a time."""
    return Explorer(
        "who_cramps",
        "Who cramps (surveys with different definitions: do not rank them)",
        controls=(
            Slider("people", "people to think of", "", 50, 10, 100, 1),
            Choice("strand", "people", "older/general", STRANDS),
            Switch("intervals", "show 95 % intervals", True),
        ),
        presets={
            "pregnancy, by trimester": {"strand": "pregnancy"},
            "races": {"strand": "endurance race"},
            "a full train carriage": {"people": 80, "strand": "older/general"},
        },
        compute=compute,
        scene=WhoScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
