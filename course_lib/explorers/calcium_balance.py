"""Gut, bone, kidney and four small glands that hold the calcium of the blood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import calcium_balance as model
from course_lib.physiology.checks import Floats
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

DIET_mg = np.linspace(100, 3000, 40)
MAGNESIUM_mM = np.geomspace(0.1, 3, 50)
LOW_mM, HIGH_mM, TETANY_mM = 1.15, 1.32, 0.9  # reference range, and the range of tetany
CALCIUM_AXIS = (0.5, 1.65)
LABORATORY_mM = 3.0  # inside the band of the organ bath, and the end of the axis
GLANDS = {"working": True, "removed": False}


@dataclass(frozen=True)
class View:
    """The steady state, its two curves, and the change of calcium by mouth and at 3 mmol/L."""

    state: model.Steady
    by_diet: Floats
    by_magnesium: Floats
    mouth: float
    laboratory: float


def compute(diet_mg: float, vitamin_d: float, mg_mM: float, glands: str) -> View:
    """Give where the balance settles, and its curves over diet and over magnesium."""
    works, reach = GLANDS[glands], band("serum_ionised", "by mouth")
    extra = np.array([reach.low, reach.high, LABORATORY_mM])
    diets = np.concatenate([DIET_mg, np.full(MAGNESIUM_mM.size + 3, diet_mg)])
    salts = np.concatenate([np.full(DIET_mg.size, mg_mM), MAGNESIUM_mM, extra])
    levels = model.calcium(diets, vitamin_d, salts, glands=works)
    by_diet, by_magnesium, (low, high, most) = np.split(
        levels, [DIET_mg.size, DIET_mg.size + MAGNESIUM_mM.size]
    )
    state = model.steady(diet_mg, vitamin_d, mg_mM, glands=works)
    return View(state, by_diet, by_magnesium, 100 * (high / low - 1), 100 * (most / low - 1))


def nerve(shift_mV: float) -> str:
    """Say what a shift of the threshold means for a nerve."""
    if shift_mV < -2:
        return "fires far too easily"
    if shift_mV < -0.5:
        return "fires more easily"
    return "as usual" if shift_mV <= 0.5 else "quieter than usual"


class CalciumBalanceScene(Scene[View]):
    """Where calcium flows, and ionised calcium against diet and against magnesium."""

    wide = (9.0, 5.4)
    narrow = (4.2, 9.6)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind as grey curves."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "diet"], ["drawing", "magnesium"]],
            [["drawing"], ["diet"], ["magnesium"]],
            widths=[1.1, 1.3], heights=[1, 1], narrow_heights=[1.25, 1, 1], gap=0.42,
        )  # fmt: skip
        self._draw_flows(style.bare(axes["drawing"]))
        self.plot = axes["diet"]
        self._draw_diet(axes["diet"], start)
        self._draw_magnesium(axes["magnesium"], start)

    def _draw_flows(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        organ: dict[str, Any] = {
            "boxstyle": "round,pad=0,rounding_size=0.4", "lw": 1.8, "fc": style.PAPER,
        }  # fmt: skip
        places = {
            "gut": (0.2, 4.6, style.GREEN, style.GREEN_TEXT),
            "kidney": (7.1, 4.6, style.BLUE, style.BLUE_TEXT),
            "bone": (3.65, 0.9, style.QUIET, style.QUIET),
        }
        for name, (x, y, edge, text) in places.items():
            ax.add_patch(FancyBboxPatch((x, y), 2.7, 1.3, ec=edge, **organ))
            style.label(ax, x + 1.35, y + 0.65, name, ha="center", color=text)
        ax.add_patch(Rectangle((3.75, 4.0), 2.5, 2.5, fc="#FBE3E0", ec=style.VERMILION, lw=1.8))
        style.label(ax, 5, 5.85, "blood", ha="center", color=style.VERMILION_TEXT)
        self.level = self.moving(style.label(ax, 5, 4.8, "", ha="center", color=style.INK))
        self.flows = [
            self._arrow(ax, (2.95, 5.25), (3.65, 5.25), style.GREEN),
            self._arrow(ax, (6.35, 5.25), (7.05, 5.25), style.BLUE),
            self._arrow(ax, (5, 2.3), (5, 3.85), style.QUIET),
        ]
        self.numbers = [
            self.moving(style.label(ax, x, y, "", ha=ha, color=style.QUIET, fontsize="small"))
            for x, y, ha in ((1.55, 4.05, "center"), (8.45, 4.05, "center"), (5.5, 3.0, "left"))
        ]
        style.label(ax, 0.0, 9.55, "parathyroid glands", color=style.PURPLE_TEXT)
        self.glands = self.moving(
            ax.plot([4.1, 4.7, 5.3, 5.9], [8.55] * 4, "o", ms=10 * self.look.lines,
                    color=style.PURPLE, mew=0)[0]
        )  # fmt: skip
        ax.plot([0.2, 3.6], [7.95, 7.95], color=style.PALE, lw=9 * self.look.lines,
                solid_capstyle="butt")  # fmt: skip
        self.hormone = self.moving(
            ax.plot([], [], color=style.PURPLE, lw=9 * self.look.lines, solid_capstyle="butt")[0]
        )
        style.label(ax, 0.2, 8.75, "hormone", color=style.PURPLE_TEXT, fontsize="small")
        self.nerve = self.moving(style.label(ax, 5, 0.25, "", ha="center", color=style.INK))

    def _arrow(
        self, ax: Axes, tail: tuple[float, float], head: tuple[float, float], colour: str
    ) -> Line2D:
        (line,) = ax.plot(
            [tail[0], head[0]], [tail[1], head[1]], color=colour, solid_capstyle="butt"
        )
        marker = ">" if head[0] > tail[0] else "^"
        ax.plot(*head, marker, color=colour, ms=13 * self.look.lines, mew=0)
        return self.moving(line)

    def _draw_calcium_axis(self, ax: Axes) -> None:
        ax.set(ylim=CALCIUM_AXIS, yticks=(0.6, 0.9, 1.2, 1.5), ylabel="ionised Ca (mmol/L)")
        ax.axhspan(LOW_mM, HIGH_mM, color=style.QUIET, alpha=0.14, lw=0, zorder=0)
        ax.axhline(TETANY_mM, color=style.VERMILION, ls="--", lw=1.4, zorder=1)

    def _draw_diet(self, ax: Axes, start: View) -> None:
        self._draw_calcium_axis(ax)
        ax.set(xlim=(0, 3100), xlabel="calcium eaten (mg a day)")
        ax.set_xticks([1000, 2000, 3000])
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 3060, 0.73, "below dashed: tetany", ha="right",
                    color=style.VERMILION_TEXT, **small)  # fmt: skip
        style.label(ax, 3060, 1.43, "grey band: normal", ha="right", color=style.QUIET, **small)
        style.label(ax, 40, 1.56, "high: nerve is quieter", color=style.BLUE_TEXT, **small)
        ax.plot(DIET_mg, start.by_diet, color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.ORANGE, clip_on=False)[0])

    def _draw_magnesium(self, ax: Axes, start: View) -> None:
        ax.set_xscale("log")
        self._draw_calcium_axis(ax)
        ax.set(xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), xlabel="ionised magnesium (mmol/L)")
        ax.set_xticks([0.2, 0.5, 1, 2], ["0.2", "0.5", "1", "2"])
        ax.minorticks_off()
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.105, 1.55, "deficiency", color=style.QUIET, **small)
        style.label(ax, 0.6, 1.55, "by mouth", color=style.GREEN_TEXT, **small)
        style.label(ax, 1.45, 1.42, "drip", ha="center", color=style.BLUE_TEXT, **small)
        style.label(ax, 2.95, 1.55, "lab", ha="right", color=style.ORANGE_TEXT, **small)
        ax.plot(MAGNESIUM_mM, start.by_magnesium, color=style.PALE, lw=1.4)
        self.mg_curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.mg_point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Move flows, hormone, curves and points."""
        now = result.state
        amounts = (now.absorbed, now.urine, now.from_bone)
        for line, words, amount in zip(self.flows, self.numbers, amounts, strict=True):
            line.set_linewidth(min(1.5 + abs(amount) / 45, 11) * self.look.lines)
            words.set_text(f"{number(amount, 0)} mg/day")
        self.level.set_text(f"{now.calcium_mM:.2f}")
        self.hormone.set_data([0.2, 0.2 + 3.4 * min(now.pth / 3, 1)], [7.95, 7.95])
        self.glands.set_markerfacecolor(style.PURPLE if now.glands else style.PAPER)
        self.glands.set_marker("o" if now.glands else "x")
        self.glands.set_markeredgewidth(0 if now.glands else 2)
        self.nerve.set_text(f"nerve {nerve(now.shift_mV)}")
        self.curve.set_data(DIET_mg, result.by_diet)
        self.point.set_data([now.diet_mg_per_day], [now.calcium_mM])
        self.mg_curve.set_data(MAGNESIUM_mM, result.by_magnesium)
        self.mg_point.set_data([now.magnesium_mM], [now.calcium_mM])


def read(result: View) -> Reading:
    """Give the reading of the balance."""
    now = result.state
    return reading(
        ("ionised calcium", f"{now.calcium_mM:.2f}", "mmol/L (normal 1.15 to 1.32)"),
        ("parathyroid hormone", f"{now.pth:.2f}", "of usual"),
        ("absorbed in the gut", f"{now.absorbed:.0f}", "mg a day"),
        ("lost in urine", f"{now.urine:.0f}", "mg a day"),
        ("given by bone", number(now.from_bone, 0), "mg a day"),
        ("nerve", nerve(now.shift_mV), f"(threshold {number(now.shift_mV, 1)} mV)"),
        ("change of calcium by mouth", number(result.mouth, 1), "% (magnesium 0.55 to 0.58)"),
        ("change of calcium at 3 mmol/L", number(result.laboratory, 0), "% (laboratory)"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    now = result.state
    return (
        f"With {now.diet_mg_per_day:.0f} mg of calcium a day, vitamin D {now.vitamin_d:.1f} times "
        f"the usual, {now.magnesium_mM:.2f} mmol/L magnesium and parathyroid glands "
        f"{'working' if now.glands else 'removed'}, ionised calcium settles at "
        f"{now.calcium_mM:.2f} mmol/L; nerve {nerve(now.shift_mV)}. By mouth magnesium changes "
        f"calcium by {result.mouth:.1f} %."
    )


def calcium_balance(prediction: Prediction | None = None) -> Explorer[View]:
    """Eat more or less calcium and see how far the calcium of the blood moves."""
    return Explorer(
        "calcium_balance",
        "Who holds the calcium of the blood (teaching model)",
        controls=(
            Slider("diet_mg", "calcium eaten", "mg a day", 1000, 100, 3000, 50),
            Slider("vitamin_d", "vitamin D", "times usual", 1.0, 0.2, 5.0, 0.1, "log"),
            Slider("mg_mM", "ionised magnesium", "mmol/L", 0.55, 0.1, 3.0, 0.01, "log"),
            Choice(
                "glands", "parathyroid glands", "working",
                {"working": "working", "removed": "removed"},
            ),
        ),
        presets={
            "much dairy and vitamin D": {"diet_mg": 2500, "vitamin_d": 3.0},
            "hardly any calcium": {"diet_mg": 200},
            "glands removed": {"glands": "removed"},
            "severe lack of magnesium": {"mg_mM": 0.12},
        },
        compute=compute,
        scene=CalciumBalanceScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
