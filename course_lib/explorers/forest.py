"""Magnesium for cramps: the two trials that can be rebuilt, and the pool that was published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Polygon

from course_lib.evidence import cramp_trials as data
from course_lib.evidence.meta_analysis import Pool, pool
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, Switch, number, reading, style
from course_lib.ui.explorer import Prediction

ROWS = {"Frusso 1999": 4.0, "Roguin Maor 2017": 3.0, "Barna 2021": 2.0}
OURS, PUBLISHED = 0.6, -0.8
REACH = 4.2
USUAL_PER_WEEK = 4.68  # cramps per week on placebo, as the review prints it


@dataclass(frozen=True)
class View:
    """Our pool of what can be rebuilt, and an effect that would matter to someone."""

    outcome: str
    sensitivity: bool
    pool: Pool
    wanted: float

    @property
    def inside(self) -> bool:
        """Whether the published interval still allows the wanted effect."""
        review = data.published()
        return review.low <= -self.wanted <= review.high


@lru_cache(maxsize=64)
def _pool(outcome: str, sensitivity: bool, hartung_knapp: bool) -> Pool:
    trials = data.rebuilt(cast(data.Outcome, outcome), sensitivity=sensitivity)
    return pool(trials, "DL", hartung_knapp=hartung_knapp)


def compute(outcome: str, sensitivity: bool, hartung_knapp: bool, wanted: float) -> View:
    """Pool the trials that can be rebuilt."""
    return View(outcome, sensitivity, _pool(outcome, sensitivity, hartung_knapp), wanted)


class ForestScene(Scene[View]):
    """A week of cramps beside the forest of the cramp trials."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.2)

    def draw(self, start: View) -> None:
        """Draw both panels; our pool at the start stays behind as a grey line."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "forest"]], [["drawing"], ["forest"]],
            widths=[1, 2.1], narrow_heights=[0.8, 1.7], gap=0.12,
        )  # fmt: skip
        self._draw_week(style.bare(axes["drawing"]))
        self._draw_forest(axes["forest"], start)

    def _draw_week(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        small: dict[str, Any] = {"fontsize": "small"}
        for y, words, colour in (
            (8.3, "on placebo, per week", style.QUIET),
            (5.2, "with the published effect", style.VERMILION_TEXT),
            (2.1, "with the effect you ask for", style.PURPLE_TEXT),
        ):
            style.label(ax, 0.3, y + 1.15, words, color=colour, **small)
        for k in range(5):
            share = min(USUAL_PER_WEEK - k, 1)
            ax.add_patch(Ellipse((1.2 + 1.8 * k, 8.3), 1.4 * share, 1.1, fc=style.QUIET, lw=0))
        left = USUAL_PER_WEEK + data.published().effect
        for k in range(5):
            share = max(min(left - k, 1), 0)
            ax.add_patch(Ellipse((1.2 + 1.8 * k, 5.2), 1.4 * share, 1.1, fc=style.VERMILION, lw=0))
        self.asked = []
        for k in range(5):
            cramp = Ellipse((1.2 + 1.8 * k, 2.1), 1.4, 1.1, fc=style.PURPLE, lw=0)
            ax.add_patch(cramp)
            self.asked.append(self.moving(cramp))
        self.words = self.moving(style.label(ax, 0.3, 0.6, "", color=style.INK, **small))

    def _draw_forest(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(
            xlim=(-REACH, REACH), ylim=(-1.7, 5.4), yticks=(), xticks=(-4, -2, 0, 2, 4),
            xlabel="difference in cramps per week",
        )  # fmt: skip
        ax.spines["left"].set_visible(False)
        ax.axvline(0, color=style.QUIET, lw=1)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, -4.1, 5.1, "fewer on magnesium", color=style.BLUE_TEXT, **small)
        style.label(ax, 4.1, 5.1, "more", ha="right", color=style.VERMILION_TEXT, **small)
        for name, y in ROWS.items():
            style.label(ax, -4.1, y + 0.38, name, color=style.INK, **small)
        style.label(ax, -4.1, OURS + 0.42, "our pool of these", color=style.BLUE_TEXT, **small)
        style.label(ax, -4.1, PUBLISHED + 0.5, "Cochrane 2020, as published: 5 trials",
                    color=style.VERMILION_TEXT, **small)  # fmt: skip
        style.label(ax, 4.1, ROWS["Barna 2021"] + 0.38, "hollow: sensitivity only", ha="right",
                    color=style.QUIET, **small)  # fmt: skip
        frusso = next(r for r in data.cramp_trials() if r.name.startswith("Frusso"))
        barna = next(r for r in data.cramp_trials() if r.use == "sensitivity")
        review = data.published()
        line: dict[str, Any] = {"lw": 1.6 * self.look.lines}
        size = 8 * self.look.lines
        ax.plot([frusso.low, frusso.high], [4, 4], color=style.BLUE, **line)
        ax.plot(frusso.effect, 4, "s", color=style.BLUE, ms=size)
        ax.plot([barna.low, barna.high], [2, 2], color=style.QUIET, ls=(0, (3, 2)), **line)
        ax.plot(barna.effect, 2, "s", mfc=style.PAPER, mec=style.QUIET, ms=size)
        ax.add_patch(_diamond(review.effect, review.low, review.high, PUBLISHED,
                              fc=style.VERMILION))  # fmt: skip
        ax.axvline(start.pool.effect, color=style.PALE, lw=1.2)
        self.line = self.moving(ax.plot([], [], color=style.BLUE, **line)[0])
        self.square = self.moving(ax.plot([], [], "s", color=style.BLUE, ms=size)[0])
        self.used = self.moving(
            ax.plot([], [], "s", mfc="none", mec=style.BLUE, mew=2.5, ms=1.6 * size)[0]
        )
        self.diamond = self.moving(_diamond(0, 0, 0, OURS, fc=style.BLUE))
        ax.add_patch(self.diamond)
        self.asked_line = self.moving(
            ax.plot([], [], color=style.PURPLE, lw=1.6, ls=(0, (4, 2)))[0]
        )

    def update(self, result: View) -> None:
        """Move our diamond, the second trial, and the effect asked for."""
        now = result.pool
        second = next(r for r in data.cramp_trials() if r.name == now.trials.names[1])
        self.line.set_data([second.low, second.high], [3, 3])
        self.square.set_data([second.effect], [3])
        barna = next(r for r in data.cramp_trials() if r.use == "sensitivity")
        self.used.set_data(*(([barna.effect], [2]) if result.sensitivity else ([], [])))
        low, high = np.clip([now.low, now.high], -REACH, REACH)
        self.diamond.set_xy(_corners(now.effect, float(low), float(high), OURS))
        self.asked_line.set_data([-result.wanted] * 2, [-1.6, 4.6])
        for k, cramp in enumerate(self.asked):
            cramp.set_width(1.4 * float(np.clip(USUAL_PER_WEEK - result.wanted - k, 0, 1)))
        self.words.set_text("not ruled out" if result.inside else "ruled out by the review")


def _corners(effect: float, low: float, high: float, y: float) -> list[tuple[float, float]]:
    return [(low, y), (effect, y + 0.26), (high, y), (effect, y - 0.26)]


def _diamond(effect: float, low: float, high: float, y: float, *, fc: str) -> Polygon:
    return Polygon(_corners(effect, low, high, y), fc=fc, lw=0)


def _say(effect: float, low: float, high: float) -> str:
    return f"{number(effect, 2, sign=True)} ({number(low, 2)} to {number(high, 2)})"


def read(result: View) -> Reading:
    """Give the reading of the pools."""
    now, review = result.pool, data.published()
    return reading(
        ("our pool", _say(now.effect, now.low, now.high), "cramps per week: not Cochrane's result"),
        ("trials in it", f"{now.trials.effects.size}", "(random effects, DerSimonian-Laird)"),
        ("variance between trials", f"{now.tau2:.3f}"),
        ("Cochrane 2020, as published", _say(review.effect, review.low, review.high)),
        ("people in it", "307 in 5 trials"),
        (f"{result.wanted:.2f} fewer cramps per week",
         "not ruled out" if result.inside else "ruled out by the published interval"),
        ("listed without numbers", "9 more trials: medians, other units, or not public"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    now, review = result.pool, data.published()
    return (
        f"Our pool of {now.trials.effects.size} rebuilt trials ({', '.join(now.trials.names)}): "
        f"{_say(now.effect, now.low, now.high)} cramps per week, magnesium minus placebo. The "
        f"review's own pool of 5 trials, as published: "
        f"{_say(review.effect, review.low, review.high)}. "
        f"{result.wanted:.2f} fewer cramps per week "
        f"{'are not ruled out' if result.inside else 'are ruled out'} by it."
    )


def forest(prediction: Prediction | None = None) -> Explorer[View]:
    """Pool the cramp trials that can be rebuilt, beside the published pool."""
    return Explorer(
        "forest",
        "Magnesium for cramps: what can be rebuilt, and what was published",
        controls=(
            Slider("wanted", "fewer cramps you ask for", "per week", 1.0, 0.0, 3.0, 0.05),
            Choice("outcome", "Roguin Maor", "change",
                   {"change": "change since the start", "end": "cramps at the end"}),
            Switch("sensitivity", "with Barna 2021", False),
            Switch("hartung_knapp", "Hartung and Knapp's interval", False),
        ),
        presets={
            "two trials, wide interval": {"hartung_knapp": True, "sensitivity": False},
            "with Barna": {"sensitivity": True, "hartung_knapp": False},
        },
        compute=compute,
        scene=ForestScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
