"""People who join a trial in a bad fortnight, and feel better without any treatment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.evidence.enrolment import (
    PUBLISHED_FALL_PERCENT,
    WEEKS,
    Crampers,
    Enrolment,
    enrol,
)
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

X = np.arange(len(WEEKS))
MOST = 30  # cramps a week; what lies above is drawn at the top
ACROSS = 20  # people in a row of the drawing
SHOWN = 25  # people whose own counts are drawn


@dataclass(frozen=True)
class View:
    """The people who asked to join, and what they were chosen by."""

    result: Enrolment
    threshold: int


def compute(threshold: float, within: float, between: float, people: float, seed: float) -> View:
    """Let people in by their fortnight, and follow them."""
    crampers = Crampers(between=between, within=within)
    return View(enrol(crampers, round(threshold), round(people), round(seed)), round(threshold))


class RegressionScene(Scene[View]):
    """Who is let in, and the weekly counts around it."""

    wide = (9.0, 4.8)
    narrow = (4.2, 8.2)

    def draw(self, start: View) -> None:
        """Draw both panels; the mean of the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "plot"]], [["drawing"], ["plot"]],
            widths=[1, 1.7], narrow_heights=[1, 1.3], gap=0.2,
        )  # fmt: skip
        drawing = style.bare(axes["drawing"])
        drawing.set(xlim=(-0.8, ACROSS - 0.2), ylim=(-20.6, 3.6))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(drawing, -0.6, 2.9, "● let in", color=style.VERMILION_TEXT, **small)
        style.label(drawing, -0.6, 1.3, "○ too few cramps then", color=style.QUIET, **small)
        self.icons = self.moving(
            drawing.scatter([], [], s=16 * self.look.lines, lw=0.8, edgecolors=style.QUIET)
        )
        self._draw_weeks(axes["plot"], start)

    def _draw_weeks(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(xlim=(-0.4, 7.4), ylim=(0, MOST), xticks=X, yticks=(0, 10, 20, 30),
               xlabel="week of the trial", ylabel="cramps a week")  # fmt: skip
        ax.set_xticklabels([number(w) for w in WEEKS])
        ax.axvspan(1.5, 3.5, color="#F4ECDD", lw=0)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 2.5, 28.6, "chosen by", ha="center", color=style.ORANGE_TEXT, **small)
        style.label(ax, 5.5, 28.6, "no treatment", ha="center", color=style.QUIET, **small)
        (self.people,) = ax.plot([], [], "o", color=style.SKY, ms=3)
        ax.plot(X, start.result.weekly_means, color=style.PALE, lw=1.8)
        (self.mean,) = ax.plot([], [], "o-", color=style.VERMILION)
        (self.mark,) = ax.plot([], [], "--", color=style.PURPLE)
        style.label(ax, 5.5, 25.6, "- - published fall", ha="center", color=style.PURPLE_TEXT,
                    **small)  # fmt: skip
        for artist in (self.people, self.mean, self.mark):
            self.moving(artist)

    def update(self, view: View) -> None:
        """Colour who is let in, and move dots, mean and mark."""
        result = view.result
        k = np.arange(len(result.enrolled))
        self.icons.set_offsets(np.column_stack([k % ACROSS, -(k // ACROSS)]))
        self.icons.set_facecolor([style.VERMILION if e else style.PAPER for e in result.enrolled])
        own = np.minimum(result.counts[result.enrolled][:SHOWN], MOST)
        shift = np.linspace(-0.2, 0.2, SHOWN)[: len(own), None]
        self.people.set_data((X + shift).ravel(), own.ravel())
        means = result.weekly_means
        self.mean.set_data(X, np.minimum(means, MOST))
        expected = means[2:4].mean() * (1 - PUBLISHED_FALL_PERCENT / 100)
        self.mark.set_data([3.6, 7.4], [expected, expected])


def read(view: View) -> Reading:
    """Give the reading of the enrolment."""
    result = view.result
    if not result.joined:
        return reading(
            ("let in", "0", f"of {len(result.enrolled)} people"),
            ("change by itself", "none", "nobody cramped so often"),
        )
    means = result.weekly_means
    return reading(
        ("let in", str(result.joined), f"of {len(result.enrolled)} people"),
        ("in the fortnight they were chosen by", f"{means[2:4].mean():.1f}", "cramps a week"),
        ("in the four weeks after", f"{means[4:].mean():.1f}", "cramps a week, no treatment"),
        ("in the fortnight before", f"{means[:2].mean():.1f}", "cramps a week"),
        ("change by itself", number(-result.fall_percent, 0, sign=True), "%"),
        ("published, placebo arms in four weeks", number(-PUBLISHED_FALL_PERCENT, 1), "%"),
    )


def describe(view: View) -> str:
    """Say what the picture shows."""
    result = view.result
    asked = f"Of {len(result.enrolled)} simulated people {result.joined} had {view.threshold} or "
    if not result.joined:
        return asked + "more cramps in a fortnight, so that no trial begins."
    means = result.weekly_means
    return asked + (
        f"more cramps in a fortnight and were let in. They went from {means[2:4].mean():.1f} to "
        f"{means[4:].mean():.1f} cramps a week without treatment, a change of "
        f"{number(-result.fall_percent, 0, sign=True)} %; published placebo arms changed by "
        f"{number(-PUBLISHED_FALL_PERCENT, 1)} %."
    )


def regression_to_the_mean(prediction: Prediction | None = None) -> Explorer[View]:
    """Choose people by a bad fortnight, treat nobody, and count again."""
    return Explorer(
        "regression_to_the_mean",
        "Regression to the mean (teaching model)",
        controls=(
            Slider("threshold", "cramps in the fortnight to be let in", "", 12, 0, 24, 1),
            Slider("within", "spread of one person's weeks", "× mean", 0.5, 0.1, 1.2, 0.05),
            Slider("between", "spread between people", "× mean", 0.6, 0.1, 1.2, 0.05),
            Slider("people", "people who ask to join", "", 200, 40, 400, 10),
            Slider("seed", "again, with other people", "", 1, 1, 50, 1),
        ),
        presets={
            "let everybody in": {"threshold": 0},
            "only a bad fortnight": {"threshold": 20},
            "steady people, chance left": {"threshold": 12, "within": 0.1},
        },
        compute=compute,
        scene=RegressionScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
