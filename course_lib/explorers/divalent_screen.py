"""Calcium and magnesium outside a nerve: both hold its gates shut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.evidence import bands
from course_lib.physiology import hodgkin_huxley as axon
from course_lib.physiology import surface_charge as model
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

CALCIUM_mM = np.geomspace(0.3, 3.0, 60)
MAGNESIUM_mM = np.geomspace(0.1, 6.0, 60)
NORMAL_CA_mM, SEVERE_CA_mM = (1.15, 1.32), 0.9
STEADY_uA_per_cm2 = 6.28  # what makes the axon fire for as long as it flows
BY_ITSELF_mV = -5.9
BEFORE_ms, END_ms, STEP_ms = 8.0, 72.0, 0.025
USUAL_REST = (-64.996, 0.05296, 0.59599, 0.31773)  # V, m, h, n; a test holds it to the model
SPOTS = np.random.default_rng(5).uniform((0.4, 5.7), (9.6, 8.9), (60, 2))
CHARGES = np.arange(0.75, 9.8, 1.06)
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """A nerve whose calcium and magnesium have just changed; arrays of shape (points,)."""

    calcium_mM: float
    magnesium_mM: float
    drive: float
    shift_mV: float
    time_ms: Array
    voltage_mV: Array
    spikes: int
    rate_Hz: float

    @property
    def behaviour(self) -> str:
        """What the nerve does, in words."""
        if self.rate_Hz:
            return "fires on and on" if self.drive else "fires by itself"
        return {0: "stays silent", 1: "fires once"}.get(self.spikes, "fires a few times")


def compute(calcium_mM: float, magnesium_mM: float, drive: float) -> Picture:
    """Change calcium and magnesium around an axon at its usual rest, and drive it from then on."""
    shift = float(model.shift_mV(calcium_mM, magnesium_mM))
    current = axon.Stimulus(drive / 100 * STEADY_uA_per_cm2)
    s = axon.fire(current, end_ms=END_ms, shift_mV=shift, start=USUAL_REST, step_ms=STEP_ms)
    thin = slice(None, None, 4)
    time = np.concatenate([[-BEFORE_ms, 0.0], s.time_ms[thin]])
    voltage = np.concatenate([[USUAL_REST[0]] * 2, s.voltage_mV[thin]])
    return Picture(
        calcium_mM, magnesium_mM, drive, shift, time, voltage, s.spikes_ms.size, s.rate_Hz
    )


class DivalentScreenScene(Scene[Picture]):
    """The charged membrane, the shift against calcium and magnesium, and the nerve's voltage."""

    wide = (9.0, 5.8)
    narrow = (4.2, 12.2)

    def draw(self, start: Picture) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "calcium"], ["trace", "magnesium"]],
            [["drawing"], ["calcium"], ["magnesium"], ["trace"]],
            widths=[1, 1.1], heights=[1, 1], narrow_heights=[1.2, 1, 1.15, 0.9], gap=0.34,
        )  # fmt: skip
        self._draw_membrane(style.bare(axes["drawing"]))
        self._draw_calcium(axes["calcium"], start)
        self._draw_magnesium(axes["magnesium"], start)
        self._draw_trace(axes["trace"], start)

    def _draw_membrane(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(-0.7, 10))
        small: dict[str, Any] = {"fontsize": "small"}
        ax.add_patch(Rectangle((0, 3.0), 10, 1.3, color=style.PALE, alpha=0.6, lw=0))
        for x in CHARGES:
            style.label(ax, x, 4.8, "−", ha="center", fontsize="large", weight="bold")
        style.label(ax, 0.15, 9.6, "● calcium", color=style.ORANGE_TEXT, **small)
        style.label(ax, 9.85, 9.6, "◆ magnesium", ha="right", color=style.PURPLE_TEXT, **small)
        style.label(ax, 5, 3.62, "nerve membrane", ha="center", color=style.QUIET, **small)
        style.label(ax, 0.15, 2.2, "inside", color=style.QUIET, **small)
        size = self.look.lines
        self.calcium = self.moving(
            ax.plot([], [], "o", color=style.ORANGE, ms=7 * size, mew=0, ls="none")[0]
        )
        self.magnesium = self.moving(
            ax.plot([], [], "D", color=style.PURPLE, ms=5.5 * size, mew=0, ls="none")[0]
        )
        style.label(ax, 0.15, 0.9, "shift of the gates", color=style.INK)
        style.label(ax, 0.15, -0.3, "(below 0: they open too easily)", color=style.QUIET, **small)
        self.felt = self.moving(style.label(ax, 9.85, 0.9, "", ha="right", color=style.INK))

    def _axes(self, ax: Axes, ends: Array, name: str, ticks: list[float]) -> None:
        ax.set_xscale("log")
        ax.set(
            xlim=(ends[0], ends[-1]), ylim=(-12, 16), yticks=(-10, 0, 10), ylabel="shift (mV)",
            xlabel=f"ionised {name} (mmol/L)",
        )  # fmt: skip
        ax.set_xticks(ticks, [f"{t:g}" for t in ticks])
        ax.minorticks_off()
        ax.axhline(0, color=style.PALE, lw=0.8)
        ax.axhspan(-12, BY_ITSELF_mV, color=style.VERMILION, alpha=0.12, lw=0)
        style.label(
            ax, ends[-1] * 0.96, -9.2, "fires by itself", ha="right", color=style.VERMILION_TEXT,
            fontsize="small",
        )  # fmt: skip

    def _draw_calcium(self, ax: Axes, start: Picture) -> None:
        self._axes(ax, CALCIUM_mM, "calcium", [0.3, 0.6, 1.2, 2.0, 3.0])
        ax.axvspan(*NORMAL_CA_mM, color=style.GREEN, alpha=0.22, lw=0)
        ax.axvspan(CALCIUM_mM[0], SEVERE_CA_mM, color=style.PALE, alpha=0.3, lw=0)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.31, 13.5, "very low", color=style.QUIET, **small)
        style.label(ax, 1.36, 13.5, "normal", color=style.GREEN_TEXT, **small)
        ax.plot(
            CALCIUM_mM, model.shift_mV(CALCIUM_mM, start.magnesium_mM), color=style.PALE, lw=1.4
        )
        self.ca_curve = self.moving(ax.plot([], [], color=style.ORANGE)[0])
        self.ca_point = self.moving(ax.plot([], [], "o", color=style.ORANGE, clip_on=False)[0])

    def _draw_magnesium(self, ax: Axes, start: Picture) -> None:
        self.plot = ax
        self._axes(ax, MAGNESIUM_mM, "magnesium", [0.1, 0.2, 0.5, 1, 2, 5])
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.12, 13.5, "low", color=style.QUIET, **small)
        style.label(ax, 0.115, 9.8, "line:\nby mouth", va="center", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.69, 13.5, "normal", color=style.GREEN_TEXT, **small)
        style.label(ax, 1.45, -4.4, "drip", ha="center", color=style.BLUE_TEXT, **small)
        style.label(ax, 3.4, -4.4, "dish", ha="center", color=style.ORANGE_TEXT, **small)
        ax.plot(
            MAGNESIUM_mM, model.shift_mV(start.calcium_mM, MAGNESIUM_mM), color=style.PALE, lw=1.4
        )
        self.mg_curve = self.moving(ax.plot([], [], color=style.PURPLE)[0])
        self.mg_point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def _draw_trace(self, ax: Axes, start: Picture) -> None:
        ax.set(
            xlim=(-BEFORE_ms, END_ms), ylim=(-90, 75), xticks=(0, 20, 40, 60), yticks=(-50, 0, 50),
            xlabel="time after the change (ms)", ylabel="voltage (mV)",
        )  # fmt: skip
        ax.axvline(0, color=style.PALE, lw=1, ls=(0, (4, 3)))
        ax.plot(start.time_ms, start.voltage_mV, color=style.PALE, lw=1.4)
        self.trace = self.moving(ax.plot([], [], color=style.INK, lw=1.5)[0])
        self.words = self.moving(style.label(ax, 70, 64, "", ha="right"))

    def update(self, result: Picture) -> None:
        """Place ions, curves, points and the trace."""
        calcium = SPOTS[: round(8 * result.calcium_mM)]
        magnesium = SPOTS[::-1][: round(8 * min(result.magnesium_mM, 4.5))]
        self.calcium.set_data(calcium[:, 0], calcium[:, 1])
        self.magnesium.set_data(magnesium[:, 0], magnesium[:, 1])
        self.felt.set_text(f"{number(result.shift_mV, 1, sign=True)} mV")
        self.ca_curve.set_data(CALCIUM_mM, model.shift_mV(CALCIUM_mM, result.magnesium_mM))
        self.mg_curve.set_data(MAGNESIUM_mM, model.shift_mV(result.calcium_mM, MAGNESIUM_mM))
        self.ca_point.set_data([result.calcium_mM], [result.shift_mV])
        self.mg_point.set_data([result.magnesium_mM], [result.shift_mV])
        self.trace.set_data(result.time_ms, result.voltage_mV)
        self.words.set_text(result.behaviour)


def read(result: Picture) -> Reading:
    """Give the reading of the nerve."""
    shift = number(result.shift_mV, 1, sign=True)
    low_mg, low_ca = (float(model.shift_mV(*pair)) for pair in ((1.2, 0.25), (0.6, 0.55)))
    low, high = NORMAL_CA_mM
    calcium = "normal" if low <= result.calcium_mM <= high else (
        "low" if result.calcium_mM < low else "high")  # fmt: skip
    return reading(
        ("ionised calcium", f"{result.calcium_mM:.2f}", f"mmol/L ({calcium})"),
        ("ionised magnesium", f"{result.magnesium_mM:.2f}", "mmol/L (normal 0.45 to 0.65)"),
        ("shift of the gates", shift, "mV (below 0: easier to fire)"),
        ("other drive", f"{result.drive:.0f}", "% of what makes the usual nerve fire steadily"),
        ("the nerve", result.behaviour),
        ("steady rate", f"{result.rate_Hz:.0f}", "spikes per second"),
        ("for comparison, magnesium alone at 0.25", number(low_mg, 1, sign=True), "mV"),
        ("for comparison, calcium alone at 0.60", number(low_ca, 1, sign=True), "mV"),
    )


def describe(result: Picture) -> str:
    """Say what the picture shows."""
    shift = number(result.shift_mV, 1, sign=True)
    return (
        f"A nerve with {result.calcium_mM:.2f} mmol/L ionised calcium and "
        f"{result.magnesium_mM:.2f} mmol/L ionised magnesium outside: its gates are shifted by "
        f"{shift} mV. With a drive of {result.drive:.0f} % of what makes the "
        f"usual nerve fire steadily it {result.behaviour}, at {result.rate_Hz:.0f} spikes per "
        "second. By itself it fires from a shift of about \u22125.9 mV."
    )


def divalent_screen(prediction: Prediction | None = None) -> Explorer[Picture]:
    """Take calcium or magnesium away from a nerve until it fires by itself."""
    return Explorer(
        "divalent_screen",
        "Calcium and magnesium calm a nerve (teaching model on a squid axon)",
        controls=(
            Slider("magnesium_mM", "ionised magnesium", "mmol/L", 0.55, 0.1, 6.0, 0.01, "log"),
            Slider("calcium_mM", "ionised calcium", "mmol/L", 1.2, 0.3, 3.0, 0.01, "log"),
            Slider("drive", "other drive to the nerve", "% of steady firing", 0.0, 0.0, 95.0, 1.0),
        ),
        presets={
            "magnesium alone very low": {"magnesium_mM": 0.25, "calcium_mM": 1.2},
            "fast breathing: calcium 1.0": {"magnesium_mM": 0.55, "calcium_mM": 1.0},
            "low magnesium pulls calcium down": {"magnesium_mM": 0.2, "calcium_mM": 0.85},
            "both extremely low": {"magnesium_mM": 0.2, "calcium_mM": 0.5},
        },
        compute=compute,
        scene=DivalentScreenScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
