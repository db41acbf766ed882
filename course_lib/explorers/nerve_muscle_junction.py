"""A nerve ending on a muscle fibre: calcium releases the transmitter, magnesium competes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import neuromuscular as model
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.1, 14, 120)
LABORATORY_mM = 6.0  # blocks the rat's diaphragm completely at 37 °C
QUANTA = 20  # vesicles drawn for a normal release; a choice of the drawing
TOP = 2.4  # of the axis; a release above it is shown as an upward triangle
MOST = 36  # vesicles that the drawing can show released
_DICE = np.random.default_rng(8)
STORED = np.stack(np.meshgrid(np.linspace(0.2, 0.8, 7), [7.6, 6.85]), axis=-1).reshape(-1, 2)
DOCKED = np.column_stack(
    [0.5 + 0.31 * np.sin(np.arange(MOST) * 2.4), 5.12 - 0.95 * _DICE.random(MOST)]
)
SPOTS = np.column_stack([_DICE.uniform(0.0, 1.0, 60), _DICE.uniform(2.85, 3.75, 60)])


@dataclass(frozen=True)
class View:
    """The junction, and what it would be at the top of the by-mouth band and in a dish."""

    junction: model.Junction
    mouth: float
    laboratory: float


def compute(mg_mM: float, calcium_mM: float, safety_factor: float) -> View:
    """Give the state of the junction and the effect, in %, of two other magnesium levels."""
    reach = band("serum_ionised", "by mouth")
    low, high, dish = model.release(calcium_mM, [reach.low, reach.high, LABORATORY_mM])
    return View(
        model.junction(calcium_mM, mg_mM, safety_factor),
        100 * float(high / low - 1),
        100 * float(dish / low - 1),
    )


class NerveMuscleJunctionScene(Scene[View]):
    """Nerve ending, gap and end plate beside release against magnesium."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.2)

    def draw(self, start: View) -> None:
        """Draw both panels; the start stays behind as a grey curve."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "plot"]], [["drawing"], ["plot"]],
            widths=[1, 1.35], narrow_heights=[1.15, 1], gap=0.08,
        )  # fmt: skip
        self._draw_junction(style.bare(axes["drawing"]))
        self._draw_release(axes["plot"], start)

    def _draw_junction(self, ax: Axes) -> None:
        ax.set(xlim=(-0.06, 1.06), ylim=(-1.35, 9.6))
        bold = self.look.lines
        box: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.12", "mutation_aspect": 9}
        ax.add_patch(
            FancyBboxPatch((0.08, 4.0), 0.84, 4.5, fc="#EAF3FB", ec=style.BLUE, lw=2, **box)
        )
        style.label(ax, 0.5, 9.1, "nerve ending", ha="center", color=style.BLUE_TEXT)
        ax.plot(*STORED.T, "o", ms=10 * bold, mfc=style.PAPER, mec=style.GREEN, mew=1.6)
        style.label(
            ax, 0.5, 6.12, "packets of transmitter", ha="center", color=style.GREEN_TEXT,
            fontsize="small",
        )  # fmt: skip
        self.released = self.moving(
            EllipseCollection(
                np.full(MOST, 8.5 * bold), np.full(MOST, 8.5 * bold), np.zeros(MOST),
                units="points", offsets=np.zeros((0, 2)), offset_transform=ax.transData,
                facecolors=style.GREEN, edgecolors=style.PAPER, linewidths=0.6,
            )
        )  # fmt: skip
        ax.add_collection(self.released)
        dots: dict[str, Any] = {"ls": "none", "mew": 0}
        (self.calcium,) = ax.plot([], [], "o", color=style.ORANGE, ms=6 * bold, **dots)
        (self.magnesium,) = ax.plot([], [], "D", color=style.PURPLE, ms=5 * bold, **dots)
        self.moving(self.calcium)
        self.moving(self.magnesium)
        self.plate = Rectangle((-0.02, 1.25), 1.04, 1.2, ec=style.VERMILION, lw=2, fc=style.PAPER)
        ax.add_patch(self.plate)
        self.moving(self.plate)
        self.answer = self.moving(
            style.label(ax, 0.5, 1.85, "", ha="center", color=style.VERMILION_TEXT)
        )
        style.label(ax, 0.5, 0.6, "muscle fibre", ha="center", color=style.VERMILION_TEXT)
        style.label(ax, -0.04, -0.25, "● calcium: releases", color=style.ORANGE_TEXT)
        style.label(ax, -0.04, -0.95, "◆ magnesium: takes its place", color=style.PURPLE_TEXT)

    def _draw_release(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=(0, TOP), yticks=(0, 0.5, 1, 1.5),
            xlabel="free magnesium outside (mmol/L)", ylabel="release (normal = 1)",
        )  # fmt: skip
        ax.set_xticks([0.2, 0.5, 1, 2, 5, 10], ["0.2", "0.5", "1", "2", "5", "10"])
        ax.minorticks_off()
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small", "va": "center"}
        style.label(ax, 0.11, 2.3, "deficiency", color=style.QUIET, **small)
        style.label(ax, 0.6, 2.3, "by mouth", color=style.GREEN_TEXT, **small)
        drip = "drip\n(hospital)"
        style.label(ax, 1.45, 2.02, drip, color=style.BLUE_TEXT, ha="center", **small)
        style.label(ax, 5.2, 2.3, "laboratory", color=style.ORANGE_TEXT, ha="center", **small)
        ghost = model.release(start.junction.calcium_mM, MAGNESIUM_mM)
        ax.plot(MAGNESIUM_mM, ghost, color=style.PALE, lw=1.4)
        (self.need,) = ax.plot([], [], "--", color=style.VERMILION, lw=1.6)
        (self.curve,) = ax.plot([], [], color=style.QUIET)
        (self.point,) = ax.plot([], [], "D", color=style.PURPLE, clip_on=False)
        for artist in (self.need, self.curve, self.point):
            self.moving(artist)
        style.label(
            ax, 0.11, 0.68, "dashed: least that\nfires the fibre",
            color=style.VERMILION_TEXT, fontsize="small",
        )  # fmt: skip
        style.label(
            ax, 13, 1.3, "6: full block in rat", ha="right", color=style.ORANGE_TEXT,
            fontsize="small",
        )  # fmt: skip
        ax.plot([6, 6], [0, 1.22], ":", color=style.ORANGE_TEXT, lw=1.3)

    def update(self, result: View) -> None:
        """Release packets, move ions, and let the fibre answer or not."""
        now = result.junction
        released = int(np.clip(round(QUANTA * now.release), 0, MOST))
        self.released.set_offsets(DOCKED[:released])
        calcium, magnesium = round(6 * now.calcium_mM), min(30, round(4 * now.magnesium_mM) + 1)
        self.calcium.set_data(*SPOTS[:calcium].T)
        self.magnesium.set_data(*SPOTS[60 - magnesium :].T)
        self.plate.set_facecolor("#FBD9C2" if now.fires else style.PAPER)
        self.answer.set_text("fires" if now.fires else "silent: too little")
        release = model.release(now.calcium_mM, MAGNESIUM_mM)
        self.curve.set_data(MAGNESIUM_mM, np.where(release < TOP, release, np.nan))
        self.need.set_data([MAGNESIUM_mM[0], MAGNESIUM_mM[-1]], [1 / now.safety_factor] * 2)
        self.point.set_data([now.magnesium_mM], [min(now.release, TOP)])
        self.point.set_marker("D" if now.release < TOP else "^")


def read(result: View) -> Reading:
    """Give the reading of the junction."""
    now = result.junction
    blocks = model.magnesium_that_blocks_mM(now.safety_factor, now.calcium_mM)
    return reading(
        ("release", f"{now.release:.3f}", "of normal"),
        ("needed by the fibre", f"{1 / now.safety_factor:.2f}", "of normal"),
        ("muscle fibre", "fires" if now.fires else "stays silent"),
        ("sites held by calcium", f"{100 * now.calcium_share:.0f}", "%"),
        ("sites held by magnesium", f"{100 * now.magnesium_share:.0f}", "%"),
        ("falls silent above", f"{blocks:.1f}" if blocks > 0 else "any", "mmol/L magnesium"),
        ("change by mouth, 0.55 to 0.58 mmol/L", number(result.mouth, 1), "%"),
        ("change in a dish, 0.55 to 6 mmol/L", number(result.laboratory), "%"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    now = result.junction
    return (
        f"A nerve ending in {now.calcium_mM:.2f} mmol/L calcium and {now.magnesium_mM:.2f} mmol/L "
        f"magnesium releases {now.release:.3f} of the normal transmitter; the muscle fibre needs "
        f"{1 / now.safety_factor:.2f} and {'fires' if now.fires else 'stays silent'}. By mouth "
        f"magnesium changes release by {result.mouth:.1f} %, 6 mmol/L in a dish by "
        f"{result.laboratory:.0f} %."
    )


def nerve_muscle_junction(prediction: Prediction | None = None) -> Explorer[View]:
    """Move magnesium and calcium around a nerve ending and see whether the muscle answers."""
    return Explorer(
        "nerve_muscle_junction",
        "Calcium and magnesium at the nerve ending",
        controls=(
            Slider("mg_mM", "free magnesium", "mmol/L", 0.55, 0.1, 14, 0.01, "log"),
            Slider("calcium_mM", "free calcium", "mmol/L", 1.2, 0.3, 3.0, 0.05),
            Slider("safety_factor", "safety factor", "", 3.0, 2.0, 6.0, 0.1),
        ),
        presets={
            "top of by mouth": {"mg_mM": 0.58},
            "high drip": {"mg_mM": 1.9},
            "laboratory: 6 mmol/L": {"mg_mM": 6.0},
            "the same, more calcium": {"mg_mM": 6.0, "calcium_mM": 3.0},
        },
        compute=compute,
        scene=NerveMuscleJunctionScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
