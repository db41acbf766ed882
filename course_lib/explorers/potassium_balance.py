"""The body's potassium over half a year: two hits on the kidney, and aldosterone against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, FancyArrowPatch, Polygon, Rectangle

from course_lib.evidence import bands
from course_lib.physiology import potassium_balance as model
from course_lib.physiology import romk
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

HALF_BLOCK_mM = 1.0  # assumed, as in the pore at -30 mV
NORMAL_mM = romk.PORE.normal_mM
LABORATORY_mM = 0.05
USUAL_MG_mM, LOW_MG_mM, HIGH_MG_mM = 0.56, 0.2, 1.2
LEVELS_mM = np.linspace(2.85, 6.2, 60)
NORMAL_RANGE_mM = (3.5, 5.0)
TWO_HITS = {"mg_mM": 0.28, "sodium": 120.0}
GUT = np.linspace(0, 1, 60)


@dataclass(frozen=True)
class View:
    """A course of potassium, the day looked at, and what it settles to."""

    mg_mM: float
    day: float
    start: str
    course: model.Course
    settled_mM: float
    alone_mM: float
    dish_mM: float

    def at_day(self, values: np.ndarray) -> float:
        """Give a quantity of the course at the day looked at."""
        return float(np.interp(self.day, self.course.time_d, values))


def conditions(mg_mM: float, sodium: float, intake_mmol_per_d: float = 70.0) -> model.Conditions:
    """Turn the sliders into what is asked of the kidney; sodium in percent."""
    factor = float(romk.relative_secretion(mg_mM, HALF_BLOCK_mM))
    return model.Conditions(factor, sodium / 100, intake_mmol_per_d)


DEPLETED = model.steady_state(conditions(**TWO_HITS))
# From the slider's own start, or its rounding would show as a drift.
STARTS = {"healthy": model.steady_state(conditions(USUAL_MG_mM, 100)), "depleted": DEPLETED}


def compute(mg_mM: float, sodium: float, intake_mmol_per_d: float, day: float, start: str) -> View:
    """Follow the body for half a year from a start."""
    now = conditions(mg_mM, sodium, intake_mmol_per_d)
    return View(
        mg_mM, day, start,
        model.follow(now, STARTS[start]),
        model.steady_mM(now),
        model.steady_mM(conditions(mg_mM, 100)),
        model.steady_mM(conditions(LABORATORY_mM, 100)),
    )  # fmt: skip


def settled(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Give magnesium and the level plasma settles to, along the curve."""
    factor = model.secretion_for(LEVELS_mM, view.course.conditions)
    mg = HALF_BLOCK_mM * ((1 + NORMAL_mM / HALF_BLOCK_mM) / factor - 1)
    shown = (mg > 0) & (mg < 2 * HIGH_MG_mM)
    return mg[shown], LEVELS_mM[shown]


class PotassiumBalanceScene(Scene[View]):
    """Gut, plasma, cells and kidney; the course of weeks; and where it settles."""

    wide = (9.0, 5.6)
    narrow = (4.2, 9.8)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "time"], ["drawing", "settled"]],
            [["drawing"], ["time"], ["settled"]],
            widths=[1, 1.15], heights=[1, 1.15], narrow_heights=[1.4, 0.9, 1], gap=0.45,
        )  # fmt: skip
        self._draw_body(style.bare(axes["drawing"]))
        self._draw_time(axes["time"], start)
        self._draw_settled(axes["settled"], start)

    def _draw_body(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        ax.plot(1.3 + 0.6 * np.sin(18 * GUT), 4.6 + 2.0 * GUT, color=style.GREEN, lw=4 * bold)
        style.label(ax, 1.3, 7.1, "gut", color=style.GREEN_TEXT, **small)
        style.label(ax, 1.3, 2.95, "taken up\nper day", color=style.GREEN_TEXT, **small)
        ax.add_patch(Rectangle((3.4, 4.5), 2.5, 2.4, fc=style.PAPER, ec=style.VERMILION,
                               lw=1.8 * bold))  # fmt: skip
        style.label(ax, 4.65, 7.35, "plasma", color=style.VERMILION_TEXT, **small)
        style.label(ax, 4.65, 5.0, "mmol/L", color=style.QUIET, **small)
        for x, y in ((3.5, 1.5), (4.65, 1.2), (5.8, 1.5), (4.05, 2.5), (5.25, 2.5)):
            ax.add_patch(Ellipse((x, y), 1.05, 1.0, fc=style.SKY, alpha=0.6, lw=0))
        style.label(ax, 4.65, 0.25, "in cells, mmol/L", color=style.BLUE_TEXT, **small)
        ax.add_patch(Ellipse((8.4, 5.6), 1.6, 3.0, fc="#C97F6B", ec=style.INK, lw=1.0 * bold))
        ax.add_patch(Ellipse((7.6, 5.6), 0.7, 1.1, fc=style.PAPER, lw=0))
        ax.add_patch(Polygon([(7.8, 7.1), (9.0, 7.1), (8.4, 8.0)], fc=style.ORANGE, ec=style.INK,
                             lw=1.0 * bold))  # fmt: skip
        style.label(ax, 9.95, 9.75, "aldosterone", color=style.ORANGE_TEXT, fontsize="small",
                    ha="right")  # fmt: skip
        ax.add_patch(Rectangle((6.4, 8.75), 3.5, 0.4, fc=style.PALE, lw=0))
        ax.plot([8.15, 8.15], [8.55, 9.35], color=style.INK, lw=1.2 * bold, zorder=5)
        self.hormone = Rectangle((6.4, 8.75), 0, 0.4, fc=style.ORANGE, lw=0)
        ax.add_patch(self.hormone)
        self.moving(self.hormone)
        style.label(ax, 9.95, 3.75, "kidney", color=style.QUIET, fontsize="small", ha="right")
        style.label(ax, 8.6, 0.25, "urine per day", color=style.VERMILION_TEXT, **small)
        for begin, end, colour, head in (
            ((2.2, 5.7), (3.3, 5.7), style.GREEN, "-|>"),
            ((6.0, 5.7), (7.4, 5.7), style.VERMILION, "-|>"),
            ((4.65, 4.4), (4.65, 3.1), style.QUIET, "<|-|>"),
        ):
            ax.add_patch(FancyArrowPatch(begin, end, color=colour, arrowstyle=head, lw=2 * bold,
                                         mutation_scale=12 * bold))  # fmt: skip
        self.urine = FancyArrowPatch((8.4, 4.1), (8.4, 1.7), color=style.VERMILION, lw=2 * bold,
                                     arrowstyle="-|>", mutation_scale=12 * bold)  # fmt: skip
        ax.add_patch(self.urine)
        self.moving(self.urine)
        words = {
            "day": (0.2, 9.6, style.INK, "left"), "plasma": (4.65, 6.0, style.INK, "center"),
            "gut": (1.3, 4.1, style.GREEN_TEXT, "center"),
            "cells": (4.65, 1.9, style.BLUE_TEXT, "center"),
            "urine": (8.6, 1.1, style.VERMILION_TEXT, "center"),
        }  # fmt: skip
        self.words = {
            name: self.moving(style.label(ax, x, y, "", color=colour, ha=side, zorder=6))
            for name, (x, y, colour, side) in words.items()
        }
        self.words["plasma"].set(fontsize="x-large", fontweight="bold")

    def _draw_time(self, ax: Axes, start: View) -> None:
        ax.set(
            xlim=(0, model.END_d), ylim=(2.7, 6.4), yticks=(3, 4, 5, 6), xlabel="days",
            xticks=(30, 60, 90, 120, 150), ylabel="plasma K (mmol/L)",
        )  # fmt: skip
        ax.axhspan(*NORMAL_RANGE_mM, color=style.PALE, alpha=0.35, lw=0, zorder=0)
        style.label(ax, 177, 4.78, "normal: 3.5 to 5.0", color=style.QUIET, fontsize="small",
                    ha="right")  # fmt: skip
        ax.plot(start.course.time_d, start.course.plasma_mM, color=style.PALE, lw=1.4)
        self.line = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.here = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def _draw_settled(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(0.04, HIGH_MG_mM), ylim=(2.7, 6.4), yticks=(3, 4, 5, 6),
            xlabel="free magnesium in duct cells (mmol/L)", ylabel="K, once settled",
        )  # fmt: skip
        ax.set_xticks([0.05, 0.1, 0.2, 0.5, 1], ["0.05", "0.1", "0.2", "0.5", "1"])
        ax.minorticks_off()
        style.show_bands(ax, bands("muscle_free"))
        ax.axhspan(*NORMAL_RANGE_mM, color=style.PALE, alpha=0.3, lw=0, zorder=0)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.042, 6.2, "laboratory", color=style.ORANGE_TEXT, **small)
        style.label(ax, 0.52, 5.6, "by mouth, by vein:\nno change shown", ha="right",
                    color=style.GREEN_TEXT, **small)  # fmt: skip
        style.label(ax, 0.34, 2.95, "deficiency", color=style.QUIET, ha="right", **small)
        ax.plot(*settled(start), color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Move the numbers of the body, the course and the point."""
        course = result.course
        urine = result.at_day(course.urine_mmol_per_d)
        for name, words in {
            "day": f"day {result.day:.0f}",
            "plasma": f"{result.at_day(course.plasma_mM):.1f}",
            "gut": f"{result.at_day(course.absorbed_mmol_per_d):.0f} mmol",
            "cells": f"{result.at_day(course.cell_mM):.0f}",
            "urine": f"{urine:.0f} mmol",
        }.items():
            self.words[name].set_text(words)
        self.urine.set_linewidth(self.look.lines * urine / 25)
        self.hormone.set_width(1.75 * min(result.at_day(course.aldosterone), 2))
        self.line.set_data(course.time_d, course.plasma_mM)
        self.here.set_data([result.day], [result.at_day(course.plasma_mM)])
        self.curve.set_data(*settled(result))
        self.point.set_data([result.mg_mM], [result.settled_mM])


def read(result: View) -> Reading:
    """Give the reading of the day and of what follows."""
    course = result.course
    return reading(
        ("plasma potassium", f"{result.at_day(course.plasma_mM):.2f}", "mmol/L"),
        ("it settles at", f"{result.settled_mM:.2f}", "mmol/L"),
        ("secretion by the magnesium", f"{100 * course.conditions.secretion:.0f}", "% of normal"),
        ("taken up from the gut", f"{result.at_day(course.absorbed_mmol_per_d):.0f}", "mmol/day"),
        ("lost in urine", f"{result.at_day(course.urine_mmol_per_d):.0f}", "mmol/day"),
        ("aldosterone", f"{100 * result.at_day(course.aldosterone):.0f}", "% of normal"),
        ("the body has gained", number(float(np.interp(result.day, course.time_d,
         course.body_mmol) - course.body_mmol[0]), sign=True), "mmol"),
        ("by mouth, in the replete", "no change: the magnesium of cells did not move"),
        ("at 0.05 mmol/L (laboratory), alone", f"{result.dish_mM:.2f}", "mmol/L"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    course = result.course
    begin = "from the steady state of health" if result.start == "healthy" else "from both hits"
    return (
        f"Free magnesium of {result.mg_mM:.2f} mmol/L in the duct's cells, "
        f"{100 * course.conditions.sodium:.0f} % of the usual sodium reaching them, and "
        f"{course.conditions.intake_mmol_per_d:.0f} mmol potassium eaten a day, {begin}: on day "
        f"{result.day:.0f} plasma holds {result.at_day(course.plasma_mM):.2f} mmol/L potassium, "
        f"and it settles at {result.settled_mM:.2f}. The gut takes up "
        f"{result.at_day(course.absorbed_mmol_per_d):.0f} mmol a day whatever the magnesium."
    )


def potassium_balance(prediction: Prediction | None = None) -> Explorer[View]:
    """Lower the magnesium of the duct's cells, raise their sodium, and wait."""
    return Explorer(
        "potassium_balance",
        "The body's potassium, with magnesium added to a published model",
        controls=(
            Slider("mg_mM", "free magnesium of the duct's cells", "mmol/L", 0.56, LOW_MG_mM,
                   0.8, 0.01),
            Slider("sodium", "sodium reaching the duct", "%", 100, 90, 140, 5),
            Slider("intake_mmol_per_d", "potassium eaten", "mmol/day", 70, 60, 90, 5),
            Slider("day", "day", "", 90, 0, 180, 5),
            Choice("start", "begin", "healthy",
                   {"healthy": "healthy", "depleted": "after both hits"}),
        ),
        presets={
            "low magnesium alone": {"mg_mM": 0.28, "sodium": 100, "start": "healthy"},
            "more sodium alone": {"mg_mM": 0.56, "sodium": 120, "start": "healthy"},
            "both": {**TWO_HITS, "start": "healthy"},
            "magnesium put right": {"mg_mM": 0.56, "sodium": 120, "start": "depleted"},
        },
        compute=compute,
        scene=PotassiumBalanceScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
