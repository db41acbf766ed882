"""What else was tried against cramps: each in its own unit, with what its control group did."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import comparators as data
from course_lib.ui import Explorer, Reading, Scene, Slider, Switch, number, reading, style
from course_lib.ui.explorer import Prediction

ROWS = data.comparators()
LETTERS = 40
REACH = 1.15  # of a row's own scale, on which the far end of its interval is -1


@dataclass(frozen=True)
class View:
    """The treatment looked at, and whether intervals are drawn."""

    at: int
    intervals: bool

    @property
    def row(self) -> data.Comparator:
        """The treatment."""
        return ROWS[self.at]


def compute(row: float, intervals: bool) -> View:
    """Look at a treatment, counted from 1."""
    return View(round(row) - 1, intervals)


class ComparatorsScene(Scene[View]):
    """The treatments one under the other, and the card of the one looked at."""

    wide = (9.0, 4.8)
    narrow = (4.2, 8.0)

    def draw(self, start: View) -> None:
        """Draw both panels."""
        del start
        axes = style.panels(
            self.figure, self.look, [["rows", "card"]], [["rows"], ["card"]],
            widths=[1.25, 1], narrow_heights=[1.25, 1], gap=0.16,
        )  # fmt: skip
        self._draw_rows(axes["rows"])
        self._draw_card(style.bare(axes["card"]))

    def _draw_rows(self, ax: Axes) -> None:
        self.plot = ax
        count = len(ROWS)
        ax.set(xlim=(-REACH, 0.75), ylim=(-0.75, count - 0.1), yticks=(), xticks=(),
               xlabel="each row has its own scale")  # fmt: skip
        ax.spines["left"].set_visible(False)
        ax.axvline(0, color=style.QUIET, lw=1)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.02, -0.55, "no effect", color=style.QUIET, **small)
        style.label(ax, -REACH, -0.55, "fewer or shorter", color=style.BLUE_TEXT, **small)
        self.mark = Rectangle((-REACH, 0), REACH + 0.75, 0.86, fc=style.YELLOW, alpha=0.35, lw=0)
        ax.add_patch(self.mark)
        self.moving(self.mark)
        lines = []
        for at, row in enumerate(ROWS):
            y, scale = count - 1 - at, -row.low
            lines.append([(row.low / scale, y), (row.high / scale, y)])
            self.moving(ax.plot(row.effect / scale, y, "s", color=style.BLUE,
                                ms=8 * self.look.lines)[0])  # fmt: skip
            self.moving(style.label(ax, -REACH + 0.02, y + 0.4, row.treatment, color=style.INK,
                                    zorder=5))  # fmt: skip
            self.moving(style.label(ax, 0.73, y + 0.4, number(row.effect, _digits(row)),
                                    ha="right", color=style.BLUE_TEXT, zorder=5))  # fmt: skip
        self.lines = self.moving(LineCollection(lines, color=style.BLUE, lw=1.8 * self.look.lines))
        ax.add_collection(self.lines)

    def _draw_card(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        ax.add_patch(
            FancyBboxPatch((0.2, 0.4), 9.6, 9.2, fc="#EEF3F7", lw=0,
                           boxstyle="round,pad=0,rounding_size=0.3")
        )  # fmt: skip
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.6, 5.9, "the control group", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.6, 2.9, "harm", color=style.VERMILION_TEXT, **small)
        self.name = self.moving(style.label(ax, 0.6, 8.9, "", color=style.INK))
        self.what = self.moving(style.label(ax, 0.6, 7.5, "", color=style.INK, **small))
        self.control = self.moving(style.label(ax, 0.6, 4.5, "", color=style.INK, **small))
        self.harm = self.moving(style.label(ax, 0.6, 1.6, "", color=style.INK, **small))

    def update(self, result: View) -> None:
        """Mark the row and fill its card."""
        row = result.row
        self.mark.set_y(len(ROWS) - 1 - result.at - 0.23)
        style.visible(self.lines, on=result.intervals)
        letters = LETTERS - 4 * self.look.present
        self.name.set_text(row.treatment)
        self.what.set_text(f"{_effect(row)}\n{row.people} people, {row.trials}")
        self.control.set_text(fill(row.control, letters))
        self.harm.set_text(fill(row.harm, letters))


def _digits(row: data.Comparator) -> int:
    return 0 if abs(row.effect) > 10 else 2


def _effect(row: data.Comparator) -> str:
    return f"{number(row.effect, _digits(row), sign=True)} {row.unit}"


def _interval(row: data.Comparator) -> str:
    return f"{number(row.low, _digits(row))} to {number(row.high, _digits(row))}"


def read(result: View) -> Reading:
    """Give the reading of the treatment."""
    row = result.row
    return reading(
        (row.treatment, _effect(row)),
        ("95 % interval", _interval(row) if result.intervals else "not drawn", f"({row.status})"),
        ("studied in", f"{row.people} people", row.trials),
        ("the control group", row.control),
        ("harm", row.harm),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    row = result.row
    span = f", 95 % interval {_interval(row)}" if result.intervals else ""
    return (
        f"Five treatments, each in its own unit. Looked at: {row.treatment}, {_effect(row)}{span}, "
        f"in {row.people} people, {row.trials}. {row.control} Harm: {row.harm}"
    )


def comparators(prediction: Prediction | None = None) -> Explorer[View]:
    """Look at what else was tried, one treatment after the other."""
    return Explorer(
        "comparators",
        "What else was tried (units differ: not a ranking, not advice)",
        controls=(
            Slider("row", "treatment", "", 1, 1, len(ROWS), 1),
            Switch("intervals", "show 95 % intervals", True),
        ),
        presets={row.treatment: {"row": at + 1} for at, row in enumerate(ROWS) if at},
        compute=compute,
        scene=ComparatorsScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
