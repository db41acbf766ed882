"""Hours to months without magnesium: what plasma does, and how much of the body's 24 g is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.explorers._body import BodySquares, show_plasma_bands
from course_lib.physiology import magnesium_balance as model
from course_lib.ui import Explorer, Reading, Scene, Slider, Switch, reading, style
from course_lib.ui.explorer import Prediction

LONGEST_d = 160.0
GRID_d = np.concatenate([[0.0], np.geomspace(0.01, LONGEST_d, 56)])
FIRST_d = 0.2  # where the time axis starts
ALONE = replace(model.BODY, cell_uptake_per_d=0.0, bone_return_per_d=0.0)
LOW_mM, SYMPTOMS_mM = 0.70, 0.50
SYMPTOM_DAYS = (55, 100)  # two men, fed by tube (shils1964)
BREAKFAST_d = 7 / 24


@dataclass(frozen=True)
class Missed:
    """A time without magnesium and where in it we stand."""

    history: model.History
    at: int
    saves: bool
    has_stores: bool

    @property
    def days(self) -> float:
        """Time without magnesium."""
        return float(self.history.time_d[self.at])

    @property
    def plasma_mM(self) -> float:
        """Plasma magnesium then."""
        return float(self.history.plasma_mM[self.at])

    @property
    def lost_percent(self) -> float:
        """Lost by then, % of the body's magnesium."""
        return float(self.history.lost_percent[self.at])

    def below(self, plasma_mM: float) -> str:
        """Say when plasma falls below a level."""
        plasma = self.history.plasma_mM
        if plasma[0] < plasma_mM:
            return "from the start"
        if plasma[-1] > plasma_mM:
            return f"not within {LONGEST_d:.0f} days"
        when = float(np.interp(-plasma_mM, -plasma, self.history.time_d))
        return f"after {time_in_words(when)}"


def compute(days: float, intake_mg: float, shift_mM: float, stores: bool) -> Missed:
    """Stop eating magnesium after a year of three equal meals a day."""
    grid = np.union1d(GRID_d, [days])
    before = model.Person(intake_mg)
    after = replace(before, threshold_shift_mM=-shift_mM)
    history = model.stop(grid, before, after, model.BODY if stores else ALONE)
    return Missed(history, int(np.searchsorted(grid, days)), shift_mM == 0, stores)


def time_in_words(days: float) -> str:
    """Write a time in hours or days."""
    if days < 2:
        return f"{24 * days:.0f} hours"
    return f"{days:.1f} days" if days < 10 else f"{days:.0f} days"


class MissedMealsScene(Scene[Missed]):
    """The body in a hundred squares; plasma, and what is left of 24 g, against time."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.8)

    def draw(self, start: Missed) -> None:
        """Draw body and curves; the start stays behind as grey curves."""
        axes = style.panels(
            self.figure, self.look,
            [["body", "plasma"], ["body", "left"]],
            [["body"], ["plasma"], ["left"]],
            widths=[1, 1.9], heights=[1.35, 1], narrow_heights=[1.35, 1.2, 1], gap=0.3,
        )  # fmt: skip
        self._draw_body(style.bare(axes["body"]))
        self._draw_plasma(axes["plasma"], start)
        self._draw_left(axes["left"], start)

    def _draw_body(self, ax: Axes) -> None:
        ax.set(xlim=(-8, 9), ylim=(-9.2, 19.5))
        self.squares = BodySquares(ax, centre=0.0)
        for artist in self.squares.artists:
            self.moving(artist)
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        style.label(ax, 0, -2.0, "1 square = 1 % of 24 g", **small)
        style.label(ax, -1.2, -4.6, "% gone", color=style.INK)
        self.lost = self.moving(style.label(ax, -1.7, -4.6, "", ha="right"))
        style.label(ax, -1.2, -7.0, "mg/day in urine", color=style.ORANGE_TEXT)
        self.out = self.moving(style.label(ax, -1.7, -7.0, "", ha="right", color=style.ORANGE_TEXT))

    def _time_axis(self, ax: Axes) -> None:
        ax.set_xscale("log")
        ax.set_xlim(FIRST_d, 190)
        ax.set_xticks([0.25, 1, 7, 30, 100], ["6 h", "1 day", "7 days", "30 days", "100"])
        ax.minorticks_off()
        ax.axvline(BREAKFAST_d, color=style.BLUE, ls="--", lw=1.2)

    def _draw_plasma(self, ax: Axes, start: Missed) -> None:
        self._time_axis(ax)
        ax.set(ylim=(0, 1.2), yticks=(0, 0.5, 1), ylabel="plasma Mg (mmol/L)")
        show_plasma_bands(ax)
        small: dict[str, Any] = {"fontsize": "small"}
        ax.axhline(SYMPTOMS_mM, color=style.QUIET, ls=":", lw=1)
        for day in SYMPTOM_DAYS:
            ax.axvline(day, color=style.PURPLE, ls=":", lw=1.6)
        style.label(
            ax, 51, 0.1, "symptoms in two men ▸", color=style.PURPLE_TEXT, ha="right", **small
        )
        style.label(ax, 0.33, 1.11, "next breakfast", color=style.BLUE_TEXT, **small)
        style.label(ax, 0.33, 0.43, "symptoms mostly below 0.50", color=style.QUIET, **small)
        style.label(ax, 0.33, 0.63, "deficiency: below 0.70", color=style.QUIET, **small)
        style.label(ax, 0.33, 1.01, "pale: normal; dark: by mouth", color=style.GREEN_TEXT, **small)
        plasma = start.history.plasma_mM
        ax.plot(start.history.time_d, plasma, color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION)[0])
        self.words = self.moving(style.label(ax, 0.33, 0.1, "", color=style.VERMILION_TEXT))

    def _draw_left(self, ax: Axes, start: Missed) -> None:
        self.plot = ax
        self._time_axis(ax)
        ax.set(
            ylim=(0, 112), yticks=(0, 50, 100), xlabel="time without magnesium",
            ylabel="left of 24 g (%)",
        )  # fmt: skip
        style.label(
            ax, 0.33, 40, "no hormones, bone in one box", color=style.QUIET,
            fontsize="small",
        )  # fmt: skip
        ghost = 100 - start.history.lost_percent
        ax.plot(start.history.time_d, ghost, color=style.PALE, lw=1.4)
        self.left = self.moving(ax.plot([], [], color=style.BLACK)[0])
        self.left_point = self.moving(ax.plot([], [], "o", color=style.BLACK)[0])

    def update(self, result: Missed) -> None:
        """Empty squares and move the points."""
        history, days = result.history, result.days
        self.squares.show(history, result.at)
        self.lost.set_text(f"{result.lost_percent:.2g}")
        self.out.set_text(f"{history.urine_mg_per_d[result.at]:.0f}")
        left = 100 - history.lost_percent
        for line, point, y in (
            (self.curve, self.point, history.plasma_mM), (self.left, self.left_point, left)
        ):  # fmt: skip
            line.set_data(history.time_d[1:], y[1:])
            point.set_data([days], [y[result.at]])
        self.words.set_text(f"{result.plasma_mM:.2f}")


def read(result: Missed) -> Reading:
    """Give plasma, losses, and when the cut-offs are passed."""
    history, at = result.history, result.at
    lost_mg = float(history.total_mmol[0] - history.total_mmol[at]) * model.MG_PER_MMOL
    return reading(
        ("time without magnesium, from midnight", time_in_words(result.days)),
        ("plasma", f"{result.plasma_mM:.2f}", f"mmol/L (at first {history.plasma_mM[0]:.2f})"),
        ("gone from the body", f"{lost_mg:.0f}", f"mg of 24 g: {result.lost_percent:.2g} %"),
        ("urine now", float(history.urine_mg_per_d[at]), "mg/day"),
        ("plasma below 0.70 mmol/L", result.below(LOW_mM)),
        ("plasma below 0.50 mmol/L", result.below(SYMPTOMS_mM)),
    )


def describe(result: Missed) -> str:
    """Say what the picture shows."""
    kidney = "The kidney saves magnesium" if result.saves else "The kidney saves less than it could"
    stores = "cells and bone give back" if result.has_stores else "cells and bone give nothing back"
    return (
        f"After {time_in_words(result.days)} without magnesium plasma is {result.plasma_mM:.2f} "
        f"mmol/L and {100 - result.lost_percent:.1f} % of the body's magnesium is left. "
        f"{kidney}, and {stores}."
    )


def missed_meals(prediction: Prediction | None = None) -> Explorer[Missed]:
    """Take no magnesium for hours, days or months, and see what is left."""
    return Explorer(
        "missed_meals",
        "Without magnesium: hours to months (teaching model)",
        controls=(
            Slider("days", "time without magnesium", "days", 0.5, 0.25, LONGEST_d, 0.01, "log"),
            Slider("intake_mg", "eaten a day before", "mg/day", 300, 150, 500, 10),
            Slider("shift_mM", "kidney's threshold lowered from now on", "mmol/L", 0, 0, 0.3, 0.01),
            Switch("stores", "cells and bone give back", True),
        ),
        presets={
            "the next breakfast": {"days": 0.29},
            "one day": {"days": 1},
            "one week": {"days": 7},
            "100 days": {"days": 100},
            "one day, no stores": {"days": 1, "stores": False},
            "a week, wasting kidney": {"days": 7, "shift_mM": 0.3},
        },
        compute=compute,
        scene=MissedMealsScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
