"""Many trials, one number: fixed or random effects, and what one large trial does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from course_lib.evidence import meta_analysis as model
from course_lib.evidence.prevalence import Z_95
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, Switch, reading, style
from course_lib.ui.explorer import Prediction

NAMES = {
    "bcg": "BCG against tuberculosis",
    "heart_attack": "magnesium after heart attack",
}
MODELS = {
    "fixed": "fixed: one true effect",
    "DL": "random, DerSimonian-Laird",
    "REML": "random, REML",
    "PM": "random, Paule-Mandel",
}
MOST = 16  # rows in the forest
RATIOS = (0.05, 8.0)
TICKS = (0.1, 0.25, 0.5, 1, 2, 4)
LARGEST_ERROR = 1.8


@dataclass(frozen=True)
class View:
    """A pool, the people of each trial in it, and what the other model makes of them."""

    data: str
    pool: model.Pool
    people: np.ndarray
    largest: str
    fixed: model.Pool
    random: model.Pool

    @property
    def order(self) -> np.ndarray:
        """Trials from the smallest to the largest by their standard error."""
        return np.argsort(-self.pool.trials.errors)


@lru_cache(maxsize=256)
def compute(until: float, data: str, method: str, hartung_knapp: bool, largest: bool) -> View:
    """Pool the trials of a data set that were there by a year, with or without the largest."""
    name = cast(model.DataSet, data)
    trials, people = model.data_set(name)
    biggest = trials.names[int(people.argmax())]
    years = np.array([int(n[-4:]) for n in trials.names])
    # The two oldest always stay: one trial is no pool.
    keep = (years <= until) | np.isin(np.arange(years.size), np.argsort(years)[:2])
    keep &= np.array([largest or n != biggest for n in trials.names])
    trials = model.Trials(
        tuple(n for n, k in zip(trials.names, keep, strict=True) if k),
        trials.effects[keep],
        trials.errors[keep],
    )
    people = people[keep]
    how = cast(model.Model, method)
    return View(
        data,
        model.pool(trials, how, hartung_knapp=hartung_knapp),
        people,
        biggest,
        model.pool(trials, "fixed"),
        model.pool(trials, "REML"),
    )


class PoolingScene(Scene[View]):
    """The forest of trials above its diamond, and the funnel of their errors."""

    wide = (9.0, 5.4)
    narrow = (4.2, 8.8)

    def draw(self, start: View) -> None:
        """Draw both panels; the pool of the start stays behind as a grey line."""
        axes = style.panels(
            self.figure, self.look, [["forest", "funnel"]], [["forest"], ["funnel"]],
            widths=[1.5, 1], narrow_heights=[1.5, 1], gap=0.3,
        )  # fmt: skip
        self._draw_forest(axes["forest"], start)
        self._draw_funnel(axes["funnel"], start)

    def _ratio_axis(self, ax: Axes) -> None:
        ax.set_xlim(*np.log(RATIOS))
        ax.set_xticks(np.log(TICKS), [f"{t:g}" for t in TICKS])
        ax.axvline(0, color=style.QUIET, lw=1)

    def _draw_forest(self, ax: Axes, start: View) -> None:
        self.plot = ax
        self._ratio_axis(ax)
        ax.set(ylim=(-3.2, MOST + 1.6), yticks=(), xlabel="ratio, treated over control")
        ax.spines["left"].set_visible(False)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, np.log(0.053), MOST + 1, "less with treatment", color=style.BLUE_TEXT,
                    **small)  # fmt: skip
        style.label(ax, np.log(7.6), MOST + 1, "more", ha="right", color=style.VERMILION_TEXT,
                    **small)  # fmt: skip
        style.label(ax, np.log(7.6), 16.1, "small trials", ha="right", color=style.QUIET, **small)
        style.label(ax, np.log(7.6), 1.1, "large trials", ha="right", color=style.QUIET, **small)
        style.label(ax, np.log(7.6), -1.0, "pool", ha="right", color=style.VERMILION_TEXT, **small)
        style.label(ax, np.log(7.6), -2.3, "next trial", ha="right", color=style.PURPLE_TEXT,
                    **small)  # fmt: skip
        ax.axvline(start.pool.effect, color=style.PALE, lw=1.4)
        self.lines = self.moving(ax.plot([], [], color=style.BLUE, lw=1.4 * self.look.lines)[0])
        self.squares = self.moving(ax.scatter([], [], marker="s", color=style.BLUE, lw=0))
        self.diamond = self.moving(Polygon(np.zeros((4, 2)), fc=style.VERMILION, lw=0))
        ax.add_patch(self.diamond)
        self.next = self.moving(
            ax.plot([], [], color=style.PURPLE, lw=3 * self.look.lines, ls=(0, (2, 1)))[0]
        )

    def _draw_funnel(self, ax: Axes, start: View) -> None:
        self._ratio_axis(ax)
        ax.set(ylim=(LARGEST_ERROR, -0.35), yticks=(0, 0.5, 1, 1.5), ylabel="standard error",
               xlabel="ratio")  # fmt: skip
        ax.set_xticks(np.log((0.1, 0.5, 1, 4)), ["0.1", "0.5", "1", "4"])
        style.label(ax, np.log(0.053), -0.22, "large at the top", color=style.QUIET,
                    fontsize="small")  # fmt: skip
        ax.axvline(start.pool.effect, color=style.PALE, lw=1.4)
        self.dots = self.moving(ax.plot([], [], "o", color=style.BLUE, ms=6 * self.look.lines)[0])
        self.middle = self.moving(ax.plot([], [], color=style.VERMILION, lw=1.6)[0])
        self.sides = self.moving(ax.plot([], [], color=style.VERMILION, lw=1, ls=(0, (3, 2)))[0])

    def update(self, result: View) -> None:
        """Move squares, lines, diamond and funnel."""
        now, order = result.pool, result.order
        y = MOST - np.arange(order.size, dtype=float) - 1
        effects, errors = now.trials.effects[order], now.trials.errors[order]
        reach = Z_95 * errors
        low, high = np.log(RATIOS)
        gap = np.full(order.size, np.nan)
        ends = np.clip([effects - reach, effects + reach], low, high)
        self.lines.set_data(np.column_stack([*ends, gap]).ravel(),
                            np.column_stack([y, y, gap]).ravel())  # fmt: skip
        self.squares.set_offsets(np.column_stack([np.clip(effects, low, high), y]))
        self.squares.set_sizes(self.look.lines**2 * (6 + 260 * now.weights[order]))
        self.diamond.set_xy([(now.low, -1), (now.effect, -0.4), (now.high, -1), (now.effect, -1.6)])
        self.next.set_data(now.prediction("normal"), [-2.3, -2.3])
        self.dots.set_data(now.trials.effects, now.trials.errors)
        self.middle.set_data([now.effect] * 2, [0, LARGEST_ERROR])
        side = Z_95 * LARGEST_ERROR
        self.sides.set_data(
            [now.effect - side, now.effect, now.effect + side], [LARGEST_ERROR, 0, LARGEST_ERROR]
        )


def ratio(value: float) -> str:
    """Write a log ratio as a ratio."""
    return f"{np.exp(value):.2f}"


def _span(low: float, high: float) -> str:
    return f"({ratio(low)} to {ratio(high)})"


def read(result: View) -> Reading:
    """Give the reading of the pool."""
    now = result.pool
    at = int(now.weights.argmax())
    return reading(
        ("pooled ratio", f"{ratio(now.effect)} {_span(now.low, now.high)}"),
        ("variance between trials", f"{now.tau2:.4f}", "(tau squared)"),
        ("more than chance", f"{now.i2:.0f}", "% of the scatter"),
        ("a new trial would lie in", _span(*now.prediction("normal")), "(± 1.96 errors)"),
        ("heaviest trial", f"{now.trials.names[at]}: {100 * now.weights[at]:.0f} % of the weight"),
        ("fixed would say", f"{ratio(result.fixed.effect)}"),
        ("random would say", f"{ratio(result.random.effect)}"),
        ("trials", f"{now.trials.effects.size}", f"with {int(result.people.sum()):,} people"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    now = result.pool
    at = int(now.weights.argmax())
    return (
        f"{NAMES[result.data]}: {now.trials.effects.size} trials pooled by the model "
        f"\u201c{MODELS[now.model]}\u201d give a ratio of {ratio(now.effect)}, "
        f"{ratio(now.low)} to {ratio(now.high)}"
        f"{', by Hartung and Knapp' if now.hartung_knapp else ''}. The heaviest is "
        f"{now.trials.names[at]} with {100 * now.weights[at]:.0f} % of the weight. A new trial is "
        f"expected between {ratio(now.prediction()[0])} and {ratio(now.prediction()[1])}."
    )


def pooling(prediction: Prediction | None = None) -> Explorer[View]:
    """Pool trials, choose the model, and leave the largest one out."""
    return Explorer(
        "pooling",
        "Pooling trials",
        controls=(
            Slider("until", "trials until", "", 1995, 1950, 1995, 1),
            Choice("data", "trials", "bcg", NAMES),
            Choice("method", "model", "DL", MODELS),
            Switch("hartung_knapp", "Hartung and Knapp's interval", False),
            Switch("largest", "with the largest trial", True),
        ),
        presets={
            "magnesium until 1991": {"data": "heart_attack", "method": "fixed", "until": 1991},
            "magnesium, random": {"data": "heart_attack", "method": "REML", "largest": True},
            "magnesium, fixed": {"data": "heart_attack", "method": "fixed", "largest": True},
            "magnesium, without ISIS-4": {
                "data": "heart_attack", "method": "fixed", "largest": False,
            },
        },
        compute=compute,
        scene=PoolingScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
