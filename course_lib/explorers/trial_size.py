"""How likely a trial is to find an effect: its power, against the people in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.evidence.power import Design, Trial, people_needed, power
from course_lib.evidence.prevalence import Z_95
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

PEOPLE = np.array([2, 4, 7, 10, 15, 20, 30, 40, 50, 65, 80, 100, 130, 160, 200, 250, 300])
MOST = 300
# People analysed per arm, or in all when crossed over; the height only sets the marks apart.
TRIALS = (("Roffe 2002", 46, 0.02), ("Roguin Maor 2017", 47, 0.09), ("Frusso 1999", 42, 0.16))
DESIGNS = {"parallel": "two arms (parallel)", "crossover": "both in turn (crossover)"}


@dataclass(frozen=True)
class View:
    """A trial, its power, the power with other sizes, and the people needed for 80 %."""

    trial: Trial
    percent: float
    curve: np.ndarray
    needed: int | None


def compute(people: float, effect: float, sd: float, design: Design) -> View:
    """Plan a trial."""
    trial = Trial(effect, sd, round(people), design)
    curve = np.array([100 * power(replace(trial, people=int(n))) for n in PEOPLE])
    return View(trial, 100 * power(trial), curve, people_needed(trial))


class TrialSizeScene(Scene[View]):
    """A hundred trials as squares, and power against people."""

    wide = (9.0, 4.8)
    narrow = (4.2, 8.2)

    def draw(self, start: View) -> None:
        """Draw both panels; the curve of the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "plot"]], [["drawing"], ["plot"]],
            widths=[1, 1.9], narrow_heights=[1, 1.3], gap=0.2,
        )  # fmt: skip
        self._draw_trials(style.bare(axes["drawing"]))
        self._draw_power(axes["plot"], start)

    def _draw_trials(self, ax: Axes) -> None:
        ax.set(xlim=(-0.8, 9.8), ylim=(-11.2, 2.6))
        size = (55 if self.look.narrow else 75) * self.look.lines
        self.squares = self.moving(
            ax.scatter([k % 10 for k in range(100)], [-(k // 10) for k in range(100)],
                       s=size, marker="s", lw=1.0, edgecolors=style.QUIET)
        )  # fmt: skip
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, -0.6, 2.1, "100 such trials", color=style.INK)
        style.label(ax, -0.6, 1.1, "■ find the effect", color=style.BLUE_TEXT, **small)
        self.words = self.moving(style.label(ax, -0.6, -10.6, "", color=style.INK))

    def _draw_power(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(xlim=(0, MOST + 20), ylim=(0, 100), xticks=(0, 100, 200, 300),
               yticks=(0, 20, 50, 80, 100), xlabel="people per arm (crossover: in all)",
               ylabel="power (%)")  # fmt: skip
        ax.axhline(80, color=style.GREEN, ls="--", lw=1.3)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 296, 84, "usual aim", ha="right", color=style.GREEN_TEXT, **small)
        ax.plot(PEOPLE, start.curve, color=style.PALE, lw=1.8)
        style.label(ax, 310, 4, "▼ size only", ha="right", color=style.ORANGE_TEXT, **small)
        for name, people, height in TRIALS:
            ax.plot([people], [100 * height + 1], "v", color=style.ORANGE, ms=6)
            style.label(ax, people + 9, 100 * height + 1, name, color=style.ORANGE_TEXT, **small)
        (self.curve,) = ax.plot([], [], color=style.BLUE)
        (self.point,) = ax.plot([], [], "D", color=style.VERMILION, clip_on=False)
        self.moving(self.curve)
        self.moving(self.point)

    def update(self, result: View) -> None:
        """Colour the trials, and move the curve and the point."""
        found = round(result.percent)
        self.squares.set_facecolor([style.BLUE] * found + [style.PAPER] * (100 - found))
        self.words.set_text(f"{found} of 100")
        self.curve.set_data(PEOPLE, result.curve)
        self.point.set_data([result.trial.people], [result.percent])


def _needed(result: View) -> str:
    return "more than 100000" if result.needed is None else str(result.needed)


def _each(result: View) -> str:
    return "in all" if result.trial.design == "crossover" else "per arm"


def read(result: View) -> Reading:
    """Give the reading of the trial."""
    trial = result.trial
    return reading(
        ("power", f"{result.percent:.0f} %", "chance to find the effect, if it is real"),
        ("trials of a hundred that miss it", str(100 - round(result.percent))),
        ("people needed for 80 %", _needed(result), _each(result)),
        ("standard error", f"{trial.standard_error:.2f}", "cramps a week"),
        ("95 % interval about the result", f"± {Z_95 * trial.standard_error:.1f}",
         "cramps a week, roughly"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    trial = result.trial
    return (
        f"A trial with {trial.people} people {_each(result)} ({DESIGNS[trial.design]}), for an "
        f"effect of {trial.effect:.1f} cramps a week with a standard deviation of {trial.sd:.1f}, "
        f"has a power of {result.percent:.0f} %; 80 % needs {_needed(result)}."
    )


def trial_size(prediction: Prediction | None = None) -> Explorer[View]:
    """Plan a trial and see how often it would find what is there."""
    return Explorer(
        "trial_size",
        "How many people a cramp trial needs",
        controls=(
            Slider("people", "people per arm (crossover: in all)", "", 47, 5, 300, 1),
            Slider("effect", "effect to be found", "cramps a week", 1.0, 0.2, 3.0, 0.1),
            Slider("sd", "standard deviation", "cramps a week", 4.3, 1.0, 8.0, 0.1),
            Choice("design", "design", "parallel", DESIGNS),
        ),
        presets={
            "as Roguin Maor 2017": {"people": 47, "sd": 4.3, "design": "parallel"},
            "as Frusso 1999": {"people": 42, "sd": 1.9, "design": "crossover"},
            "300 per arm": {"people": 300, "sd": 4.3, "design": "parallel"},
        },
        compute=compute,
        scene=TrialSizeScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
