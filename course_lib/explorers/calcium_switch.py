"""A thin filament that calcium switches on, and what free magnesium does to the switch."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course_lib.evidence import band, bands
from course_lib.physiology import calcium_switch as model
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

FIBRES = {"fast": model.FAST, "slow": model.SLOW}
CALCIUM_uM = np.geomspace(0.03, 30, 160)
MAGNESIUM_mM = np.geomspace(0.3, 3, 80)
LABORATORY_mM = (1.0, 2.0)  # the two highest concentrations of the frog experiment
UNITS = 7  # stretches of thin filament in the drawing, each with one troponin
SPOTS = np.random.default_rng(3).uniform((0.02, 3.9), (0.98, 5.4), (40, 2))


def compute(calcium_uM: float, mg_mM: float, fibre: str) -> model.Switch:
    """Give the state of the switch at a calcium and a magnesium concentration."""
    return model.switch(6 - math.log10(calcium_uM), mg_mM, FIBRES[fibre])


class CalciumSwitchScene(Scene[model.Switch]):
    """A thin filament with its heads, force against calcium, and force against magnesium."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.8)

    def draw(self, start: model.Switch) -> None:
        """Draw the three panels; the start stays behind as a grey curve."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "calcium"], ["drawing", "magnesium"]],
            [["drawing"], ["calcium"], ["magnesium"]],
            widths=[1, 1.45], heights=[1, 1], narrow_heights=[1.35, 1, 1], gap=0.48,
        )  # fmt: skip
        self._draw_filament(style.bare(axes["drawing"]))
        self._draw_calcium(axes["calcium"], start)
        self._draw_magnesium(axes["magnesium"])

    def _draw_filament(self, ax: Axes) -> None:
        ax.set(xlim=(-0.05, 1.05), ylim=(-0.45, 6.1))
        bold = self.look.lines
        across = np.linspace(0.03, 0.97, 19)
        bead: dict[str, Any] = {"s": 95 * bold, "color": style.SKY, "ec": style.PAPER, "lw": 0.6}
        ax.scatter(across, 2.0 + 0.09 * np.cos(np.pi * np.arange(19)), **bead)
        self.cover = self.moving(LineCollection([], colors=style.QUIET, linewidths=4 * bold))
        self.idle = self.moving(LineCollection([], colors=style.PALE, linewidths=3.5 * bold))
        self.pulling = self.moving(LineCollection([], colors=style.VERMILION, linewidths=4 * bold))
        for lines in (self.cover, self.idle, self.pulling):
            lines.set_capstyle("round")
            ax.add_collection(lines)
        ax.plot([0.0, 1.0], [0.35, 0.35], color=style.QUIET, lw=7 * bold, solid_capstyle="butt")
        centres = (np.arange(UNITS) + 0.5) / UNITS
        self.centres = centres
        ax.plot(
            centres, np.full(UNITS, 2.62), "s", ms=9 * bold, mfc="none", mec=style.QUIET, mew=1.3
        )
        ion: dict[str, Any] = {"ls": "none", "mew": 0}
        (self.bound,) = ax.plot([], [], "o", color=style.ORANGE, ms=7 * bold, **ion)
        (self.calcium,) = ax.plot([], [], "o", color=style.ORANGE, ms=6 * bold, **ion)
        (self.magnesium,) = ax.plot([], [], "D", color=style.PURPLE, ms=5 * bold, **ion)
        for artist in (self.bound, self.calcium, self.magnesium):
            self.moving(artist)
        style.label(ax, 0.0, 5.85, "● calcium", color=style.ORANGE_TEXT)
        style.label(ax, 1.0, 5.85, "◆ magnesium", ha="right", color=style.PURPLE_TEXT)
        style.label(ax, 0.5, -0.15, "thick filament with heads", ha="center", color=style.QUIET)
        self.state = self.moving(style.label(ax, 0.5, 3.35, "", ha="center", color=style.QUIET))

    def _draw_calcium(self, ax: Axes, start: model.Switch) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(CALCIUM_uM[0], CALCIUM_uM[-1]), ylim=(0, 1.15), yticks=(0, 0.5, 1),
            xlabel="free calcium (µmol/L)", ylabel="force (of max)",
        )  # fmt: skip
        ax.set_xticks([0.1, 1, 10], ["0.1\npCa 7", "1\npCa 6", "10\npCa 5"])
        ax.minorticks_off()
        ghost = model.force(6 - np.log10(CALCIUM_uM), start.mg_mM, start.fibre)
        ax.plot(CALCIUM_uM, ghost, color=style.PALE, lw=1.4)
        style.label(
            ax, 0.035, 1.07, "grey: 1 mmol/L Mg, fast fibre", color=style.QUIET, fontsize="small"
        )
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        self.drop = self.moving(ax.plot([], [], ":", color=style.VERMILION, lw=1.5)[0])
        self.words = self.moving(
            style.label(ax, 0.035, 0.82, "", color=style.VERMILION_TEXT, va="center")
        )

    def _draw_magnesium(self, ax: Axes) -> None:
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=(0, 1.5), yticks=(0, 0.5, 1),
            xlabel="free magnesium (mmol/L)", ylabel="force (of max)",
        )  # fmt: skip
        ax.set_xticks([0.5, 1, 2, 3], ["0.5", "1", "2", "3"])
        ax.minorticks_off()
        style.show_bands(ax, bands("muscle_free"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.68, 1.27, "by mouth: no change", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.68, 1.13, "pale: healthy, grey: low", color=style.GREEN_TEXT, **small)
        style.label(ax, 2.9, 1.42, "laboratory", color=style.ORANGE_TEXT, ha="right", **small)
        self.mg_curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.mg_point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def update(self, result: model.Switch) -> None:
        """Switch units on or off, and move curves and points."""
        self._switch(result)
        force = result.force
        self.curve.set_data(
            CALCIUM_uM, model.force(6 - np.log10(CALCIUM_uM), result.mg_mM, result.fibre)
        )
        self.point.set_data([result.calcium_uM], [force])
        self.drop.set_data([result.calcium_uM] * 2, [0, force])
        self.words.set_text(f"force {force:.2f}\npCa50 {result.pca50:.2f}")
        self.mg_curve.set_data(MAGNESIUM_mM, model.force(result.pca, MAGNESIUM_mM, result.fibre))
        self.mg_point.set_data([result.mg_mM], [force])

    def _switch(self, result: model.Switch) -> None:
        on = np.arange(UNITS) < round(result.force * UNITS)
        x, half = self.centres, 0.5 / UNITS
        height = np.where(on, 2.36, 1.72)  # the cover lies over the heads' side, or out of the way
        self.cover.set_segments(
            [[(c - 0.9 * half, y), (c + 0.9 * half, y)] for c, y in zip(x, height, strict=True)]
        )
        self.pulling.set_segments([[(c - 0.03, 0.5), (c + 0.03, 1.62)] for c in x[on]])
        self.idle.set_segments([[(c - 0.02, 0.5), (c - 0.05, 1.2)] for c in x[~on]])
        self.bound.set_data(x[on], np.full(on.sum(), 2.62))
        free = int(np.clip(4 * (1.6 + math.log10(result.calcium_uM)), 0, 12))
        salt = round(8 * result.mg_mM)
        self.calcium.set_data(SPOTS[:free].T)
        self.magnesium.set_data(SPOTS[40 - salt :].T)
        self.state.set_text(f"troponin: calcium on {on.sum()} of {UNITS}")


def by_mouth_and_laboratory(result: model.Switch) -> tuple[float, float]:
    """Give the change of force, in %, over the by-mouth band and from 1 to 2 mmol/L in a dish."""
    reach = band("muscle_free", "by mouth")

    def change(low: float, high: float) -> float:
        before, after = (float(model.force(result.pca, mg, result.fibre)) for mg in (low, high))
        return 100 * (after / before - 1)

    return change(reach.low, reach.high), change(*LABORATORY_mM)


def read(result: model.Switch) -> Reading:
    """Give the reading of the switch."""
    mouth, laboratory = by_mouth_and_laboratory(result)
    return reading(
        ("free calcium", f"{result.calcium_uM:.2f}", f"µmol/L (pCa {result.pca:.2f})"),
        ("free magnesium", f"{result.mg_mM:.2f}", "mmol/L"),
        ("force", f"{result.force:.2f}", "of maximum"),
        ("pCa50", f"{result.pca50:.2f}"),
        ("change of force by mouth", number(mouth), "%: no change of magnesium was measured"),
        ("change of force in a dish, 1 to 2 mmol/L", number(laboratory), "%"),
    )


def describe(result: model.Switch) -> str:
    """Say what the picture shows."""
    kind = next(name for name, fibre in FIBRES.items() if fibre == result.fibre)
    _, laboratory = by_mouth_and_laboratory(result)
    return (
        f"A {kind} fibre at {result.calcium_uM:.2f} µmol/L calcium (pCa {result.pca:.2f}) and "
        f"{result.mg_mM:.2f} mmol/L magnesium makes {result.force:.2f} of its maximum force. "
        f"Doubling magnesium from 1 mmol/L would change it by {number(laboratory)} %; "
        "magnesium by mouth did not change the magnesium in muscle."
    )


def calcium_switch(prediction: Prediction | None = None) -> Explorer[model.Switch]:
    """Move calcium and magnesium around a thin filament and see which force results."""
    return Explorer(
        "calcium_switch",
        "The calcium switch (the size of magnesium's effect is a teaching model)",
        controls=(
            Slider("calcium_uM", "free calcium", "µmol/L", 1.41, 0.03, 30, 0.01, "log"),
            Slider("mg_mM", "free magnesium", "mmol/L", 1.0, 0.3, 3.0, 0.01, "log"),
            Choice("fibre", "kind of fibre", "fast", {"fast": "fast", "slow": "slow"}),
        ),
        presets={
            "rest: pCa 7": {"calcium_uM": 0.1},
            "plenty of calcium: pCa 5": {"calcium_uM": 10.0},
            "magnesium of human muscle": {"mg_mM": 0.56},
        },
        compute=compute,
        scene=CalciumSwitchScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
