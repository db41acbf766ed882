"""A cell of the dorsal horn and equal stimuli: when its answers grow, and what they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse

from course_lib.evidence import band, bands
from course_lib.physiology import nmda
from course_lib.physiology import wind_up as model
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

STIMULI = np.arange(1, model.STIMULI + 1)
LABORATORY_mM = 3.0
MAGNESIUM_mM = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2, 2.5, 3])
MOST_SPIKES, MOST_TOTAL = 40, 300  # tops of the axes; what lies above is drawn at the top
LIFTED_mV = (-73.0, -36.0)
AXON = (4.85, 9.9)  # from the cell to the top of the drawing


@lru_cache(maxsize=256)
def _run(frequency_Hz: float, mg_mM: float, slow: float, nmda_g: float) -> model.WindUp:
    return model.wind_up(frequency_Hz, mg_mM, slow=slow, nmda=nmda_g)


@dataclass(frozen=True)
class View:
    """The cell's answer, and how many spikes it fires with two other concentrations."""

    answer: model.WindUp
    by_mouth: int
    in_a_dish: int

    @property
    def free(self) -> float:
        """Percent of NMDA channels without a plug, just before the last stimulus."""
        answer = self.answer
        return float(100 * nmda.unblocked(answer.lifted_mV[-1], answer.magnesium_mM))


def compute(frequency_Hz: float, mg_mM: float, slow: float, nmda_g: float) -> View:
    """Stimulate the cell twelve times."""
    mouth = band("csf_ionised", "by mouth").high
    return View(
        _run(frequency_Hz, mg_mM, slow, nmda_g),
        _run(frequency_Hz, mouth, slow, nmda_g).total,
        _run(frequency_Hz, LABORATORY_mM, slow, nmda_g).total,
    )


@lru_cache(maxsize=1)
def totals() -> np.ndarray:
    """Give the spikes in all at each of ``MAGNESIUM_mM``, for one stimulus a second."""
    cell = model.CELL
    return np.array([_run(1.0, float(mg), cell.slow, cell.nmda).total for mg in MAGNESIUM_mM])


class WindUpScene(Scene[View]):
    """The dorsal horn, spikes and lift for each stimulus, and spikes against magnesium."""

    wide = (9.0, 5.8)
    narrow = (4.2, 10.6)

    def draw(self, start: View) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "plot"], ["magnesium", "lift"]],
            [["drawing"], ["plot"], ["lift"], ["magnesium"]],
            widths=[1, 1.2], heights=[1.2, 1], narrow_heights=[1.35, 1.1, 1, 1.1], gap=0.36,
        )  # fmt: skip
        self._draw_horn(style.bare(axes["drawing"]))
        self._draw_spikes(axes["plot"], start)
        self._draw_lift(axes["lift"], start)
        self._draw_magnesium(axes["magnesium"])

    def _draw_horn(self, ax: Axes) -> None:
        ax.set(xlim=(-0.06, 1.06), ylim=(-0.2, 10.2))
        ax.add_patch(Ellipse((0.6, 3.4), 0.78, 6.4, fc="#F4ECDD", ec=style.QUIET, lw=1))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(
            ax, 0.6, 1.25, "dorsal horn\nof the cord", ha="center", color=style.QUIET, **small
        )
        for row in np.linspace(2.4, 5.4, model.FIBRES):
            near = 3.9 + (row - 3.9) * 0.4
            ax.plot([-0.04, 0.34, 0.46], [row, row, near], color=style.ORANGE, lw=1)
        style.label(ax, -0.04, 6.4, "ten C-fibres", color=style.ORANGE_TEXT, **small)
        ax.plot([0.6, 0.6], AXON, color=style.BLUE, lw=1.5 * self.look.lines)
        style.label(
            ax, 0.68, 8.3, "to the brain:\nspikes after the\nlast stimulus",
            color=style.VERMILION_TEXT, **small,
        )  # fmt: skip
        self.cell = Ellipse((0.6, 3.9), 0.26, 1.9, fc=style.PAPER, ec=style.BLUE, lw=2)
        ax.add_patch(self.cell)
        self.moving(self.cell)
        self.count = self.moving(style.label(ax, 0.6, 3.85, "", ha="center", color=style.INK))
        (self.train,) = ax.plot([], [], "_", color=style.VERMILION, ms=13, mew=1.2)
        self.moving(self.train)

    def _draw_spikes(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(
            xlim=(0.5, 12.5), ylim=(0, MOST_SPIKES), xticks=(1, 3, 6, 9, 12),
            yticks=(0, 10, 20, 30, 40), xlabel="stimulus", ylabel="spikes",
        )  # fmt: skip
        ax.plot(STIMULI, start.answer.counts, "o-", color=style.PALE, lw=1.4, ms=5)
        (self.spikes,) = ax.plot([], [], "o-", color=style.VERMILION, clip_on=False)
        self.moving(self.spikes)

    def _draw_lift(self, ax: Axes, start: View) -> None:
        ax.set(
            xlim=(0.5, 12.5), ylim=LIFTED_mV, xticks=(1, 3, 6, 9, 12), yticks=(-60, -50, -40),
            xlabel="stimulus", ylabel="lifted to (mV)",
        )  # fmt: skip
        threshold = model.CELL.threshold_mV
        ax.axhline(threshold, color=style.VERMILION, ls="--", lw=1.3)
        style.label(ax, 0.8, threshold + 3, "threshold", color=style.VERMILION_TEXT,
                    fontsize="small")  # fmt: skip
        ax.plot(STIMULI, start.answer.lifted_mV, color=style.PALE, lw=1.4)
        (self.lift,) = ax.plot([], [], "s-", color=style.BLUE, ms=5 * self.look.lines)
        self.moving(self.lift)
        style.label(ax, 12.3, -69.8, "just before each stimulus", ha="right", color=style.BLUE_TEXT,
                    fontsize="small")  # fmt: skip

    def _draw_magnesium(self, ax: Axes) -> None:
        ax.set(
            xlim=(0, 3), ylim=(0, 500), xticks=(0, 1, 2, 3), yticks=(0, 100, 200, 300),
            xlabel="ionised magnesium (mmol/L)", ylabel="spikes in all",
        )  # fmt: skip
        style.show_bands(ax, bands("csf_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 2.95, 474, "laboratory: 0.001 to 10", ha="right",
                    color=style.ORANGE_TEXT, **small)  # fmt: skip
        style.label(ax, 1.02, 418, "intravenous: to 0.95", color=style.BLUE_TEXT, **small)
        style.label(ax, 1.02, 370, "by mouth: no change", color=style.GREEN_TEXT, **small)
        style.label(ax, 1.02, 322, "grey: deficiency", color=style.QUIET, **small)
        ax.plot(MAGNESIUM_mM, totals(), color=style.PALE, lw=1.8)
        style.label(ax, 2.95, 110, "grey: 1 per second", ha="right", color=style.QUIET, **small)
        (self.point,) = ax.plot([], [], "D", color=style.PURPLE, clip_on=False)
        self.moving(self.point)

    def update(self, result: View) -> None:
        """Show the spikes of the last stimulus, and move the lines and the point."""
        answer = result.answer
        last = answer.counts[-1]
        self.count.set_text(str(last))
        self.cell.set_facecolor("#FBD9C2" if last else style.PAPER)
        shown = min(last, MOST_SPIKES)
        self.train.set_data(np.full(shown, 0.6), np.linspace(*AXON, shown + 2)[1:-1])
        self.spikes.set_data(STIMULI, np.minimum(answer.counts, MOST_SPIKES))
        self.lift.set_data(STIMULI, np.minimum(answer.lifted_mV, LIFTED_mV[1]))
        self.point.set_data([answer.magnesium_mM], [min(answer.total, MOST_TOTAL)])
        self.point.set_marker("D" if answer.total <= MOST_TOTAL else "^")


def read(result: View) -> Reading:
    """Give the reading of the cell."""
    answer = result.answer
    mouth = band("csf_ionised", "by mouth").high
    return reading(
        ("spikes after the first stimulus", str(answer.counts[0])),
        ("spikes after the twelfth", str(answer.counts[-1])),
        ("spikes in all", str(answer.total)),
        ("lifted before the twelfth to", number(answer.lifted_mV[-1], 1), "mV (at first −65)"),
        ("NMDA channels free there", f"{result.free:.0f}", "% of the open ones"),
        (f"in all at the top of by mouth, {mouth:.2f} mmol/L", str(result.by_mouth),
         "(no change of magnesium was shown)"),
        (f"in all in a dish, {LABORATORY_mM:g} mmol/L", str(result.in_a_dish)),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    answer = result.answer
    return (
        f"A dorsal horn cell gets twelve equal stimuli, {answer.frequency_Hz:.2f} per second, in "
        f"{answer.magnesium_mM:.2f} mmol/L magnesium: {answer.counts[0]} spikes after the first, "
        f"{answer.counts[-1]} after the twelfth, {answer.total} in all. Before the twelfth the "
        f"cell is lifted to {number(answer.lifted_mV[-1], 1)} mV. By mouth magnesium around it did "
        f"not change; with {LABORATORY_mM:g} mmol/L in a dish it fires {result.in_a_dish}."
    )


def wind_up(prediction: Prediction | None = None) -> Explorer[View]:
    """Stimulate a cell of the dorsal horn again and again and count its spikes."""
    cell = model.CELL
    return Explorer(
        "wind_up",
        "Wind-up of a cell in the dorsal horn (teaching model)",
        controls=(
            Slider("frequency_Hz", "stimuli", "per second", 1.0, 0.1, 2.0, 0.05),
            Slider("mg_mM", "ionised magnesium", "mmol/L", nmda.RAT.csf_mM, 0.0, 3.0, 0.01),
            Slider("slow", "slow conductance", "× leak", cell.slow, 0.0, 0.2, 0.01),
            Slider("nmda_g", "NMDA conductance", "× leak", cell.nmda, 0.0, 3.0, 0.1),
        ),
        presets={
            "one every ten seconds": {"frequency_Hz": 0.1},
            "no slow conductance": {"frequency_Hz": 1.0, "slow": 0.0},
            "no NMDA channels": {"frequency_Hz": 1.0, "nmda_g": 0.0},
            "5 % more magnesium": {"frequency_Hz": 1.0, "mg_mM": 0.84},
            "3 mmol/L in a dish": {"frequency_Hz": 1.0, "mg_mM": 3.0},
        },
        compute=compute,
        scene=WindUpScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
