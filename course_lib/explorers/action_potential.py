"""A spike in a squid axon or a muscle fibre, and what potassium does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.physiology import hodgkin_huxley as squid
from course_lib.physiology import muscle_membrane as muscle
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

USUAL_mM = 4.2
PULSE_AT_ms, END_ms = 0.5, 10.0
SQUID_RT_F_mV = 8.314462618 * 279.45 / 96.48533212  # at 6.3 °C
# Smallest 0.5 ms current that fires each membrane at usual potassium; with the curves below
# computed from the models, to within a step of a slider, and tested against them.
THRESHOLD_uA_per_cm2 = {"muscle": 151.4, "squid": 13.28}
THRESHOLDS: dict[str, tuple[tuple[float, float], ...]] = {  # mmol/L potassium, % of usual
    "muscle": (
        (2.5, 162.6), (3, 140.9), (3.5, 122.2), (4, 105.9), (4.2, 100), (4.5, 91.9), (5, 79.8),
        (5.5, 69.6), (6, 61.5), (6.5, 55.4), (7, 51.6), (7.25, 51.9), (7.5, 68.3), (7.75, 134),
        (8, 152.4), (8.25, 180.6),
    ),
    "squid": (
        (2.5, 147.7), (3, 133.7), (3.5, 119.8), (4, 105.7), (4.2, 100), (4.5, 91.3), (5, 76.3),
        (5.5, 60.6), (6, 44.4), (6.5, 28.2), (7, 13.9), (7.25, 8.3), (7.5, 4.2), (7.75, 4.2),
        (8, 102.4),
    ),
}  # fmt: skip
CHANNELS = 9  # of each kind in the drawing
NAMES = {"muscle": "muscle fibre", "squid": "squid axon"}
NORMAL_mM, CUT_mM = (3.5, 5.0), 6.5
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """A membrane's answer to a pulse; arrays of shape (points,)."""

    membrane: str
    potassium_mM: float
    percent: float
    at_ms: float
    time_ms: Array
    voltage_mV: Array
    sodium_open: Array
    sodium_plugged: Array
    potassium_open: Array

    @property
    def peak_mV(self) -> float:
        """Highest voltage."""
        return float(self.voltage_mV.max())

    @property
    def fired(self) -> bool:
        """Whether the peak passed what counts as a spike in both membranes."""
        return self.peak_mV > muscle.FIRES_mV

    def now(self, course: Array) -> float:
        """Give a course at the time looked at."""
        return float(np.interp(self.at_ms, self.time_ms, course))


def axon(potassium_mM: float) -> squid.SquidAxon:
    """Give the squid axon with its own potassium changed by the same factor."""
    change = SQUID_RT_F_mV * math.log(potassium_mM / USUAL_mM)
    return replace(squid.SQUID, e_potassium_mV=squid.SQUID.e_potassium_mV + change)


def compute(percent: float, potassium_mM: float, at_ms: float, membrane: str) -> Picture:
    """Give a membrane's answer to a pulse in % of its usual threshold."""
    size = percent / 100 * THRESHOLD_uA_per_cm2[membrane]
    if membrane == "squid":
        pulse = squid.Stimulus(size, PULSE_AT_ms, muscle.PULSE_ms)
        s = squid.fire(pulse, end_ms=END_ms, axon=axon(potassium_mM))
        courses = s.time_ms, s.voltage_mV, s.m**3 * s.h, 1 - s.h, s.n**4
    else:
        p = muscle.stimulate(size, potassium_mM, end_ms=END_ms, start_ms=PULSE_AT_ms)
        m, h, slow, n, k = (p.gates[g] for g in muscle.GATES)
        courses = p.time_ms, p.voltage_mV, m**3 * h * slow, 1 - h * slow, n**4 * k
    return Picture(membrane, potassium_mM, percent, at_ms, *courses)


def threshold(membrane: str, potassium_mM: float) -> float | None:
    """Smallest stimulus that fires, in % of the usual one; None where none of 200 % does."""
    k, needed = zip(*THRESHOLDS[membrane], strict=True)
    return float(np.interp(potassium_mM, k, needed)) if potassium_mM <= k[-1] else None


class ActionPotentialScene(Scene[Picture]):
    """Channels in a membrane, the voltage, the share open, and which stimuli fire."""

    wide = (9.0, 5.8)
    narrow = (4.2, 12.0)

    def draw(self, start: Picture) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "voltage"], ["plane", "gates"]],
            [["drawing"], ["voltage"], ["gates"], ["plane"]],
            widths=[1, 1.1], heights=[1, 1], narrow_heights=[1.15, 1, 0.9, 1.15], gap=0.34,
        )  # fmt: skip
        self._draw_membrane(style.bare(axes["drawing"]))
        self._draw_voltage(axes["voltage"], start)
        self._draw_gates(axes["gates"])
        self._draw_plane(axes["plane"])

    def _draw_membrane(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        small: dict[str, Any] = {"fontsize": "small"}
        bold = self.look.lines
        self.spots = 1.0 + np.arange(CHANNELS)
        for y, colour in ((6.4, style.BLUE), (2.4, style.VERMILION)):
            ax.add_patch(Rectangle((0, y - 0.5), 10, 1.0, color=style.PALE, alpha=0.45, lw=0))
            for x in self.spots:
                for side in (-0.26, 0.26):
                    ax.plot([x + side] * 2, [y - 0.62, y + 0.62], color=colour, lw=3 * bold)
        style.label(ax, 0.1, 9.5, "outside", color=style.QUIET, **small)
        style.label(ax, 0.1, 0.3, "inside", color=style.QUIET, **small)
        style.label(ax, 0.1, 8.35, "sodium channels", color=style.BLUE_TEXT, **small)
        style.label(ax, 0.1, 4.35, "potassium channels", color=style.VERMILION_TEXT, **small)
        key = "● plugged (inactivated)"
        style.label(ax, 9.9, 9.5, key, ha="right", color=style.QUIET, **small)

        def moving(mark: str, colour: str, size: float) -> Any:
            (line,) = ax.plot([], [], mark, color=colour, ms=size * bold, mew=0, ls="none")
            return self.moving(line)

        self.inflow, self.outflow = moving("v", style.BLUE, 9), moving("^", style.VERMILION, 9)
        self.plugs = moving("o", style.INK, 6.5)
        self.shut = self.moving(
            ax.plot([], [], "_", color=style.QUIET, ms=9 * bold, mew=2 * bold, ls="none")[0]
        )

    def _clock(self, ax: Axes) -> Any:
        return self.moving(ax.axvline(0, ymax=0.87, color=style.INK, lw=1.2, ls=(0, (2, 2))))

    def _draw_voltage(self, ax: Axes, start: Picture) -> None:
        ax.set(
            xlim=(0, END_ms), ylim=(-112, 80), xticks=(0, 5, 10), yticks=(-100, -50, 0, 50),
            ylabel="voltage (mV)",
        )  # fmt: skip
        ax.axvspan(PULSE_AT_ms, PULSE_AT_ms + muscle.PULSE_ms, color=style.ORANGE, alpha=0.3, lw=0)
        style.label(ax, 2.7, 68, "orange: stimulus", color=style.ORANGE_TEXT, fontsize="small")
        ax.plot(start.time_ms, start.voltage_mV, color=style.PALE, lw=1.4)
        self.trace = self.moving(ax.plot([], [], color=style.INK)[0])
        self.clocks = [self._clock(ax)]
        self.verdict = self.moving(style.label(ax, 9.9, 40, "", ha="right"))

    def _draw_gates(self, ax: Axes) -> None:
        ax.set(
            xlim=(0, END_ms), ylim=(0, 1.22), xticks=(0, 5, 10), yticks=(0, 0.5, 1),
            xlabel="time (ms)", ylabel="share of channels",
        )  # fmt: skip
        small: dict[str, Any] = {"fontsize": "small"}
        self.open_na = self.moving(ax.plot([], [], color=style.BLUE)[0])
        self.open_k = self.moving(ax.plot([], [], color=style.VERMILION, ls=(0, (5, 1.5)))[0])
        self.plugged = self.moving(ax.plot([], [], color=style.QUIET, ls=(0, (1, 1.5)), lw=1.6)[0])
        self.clocks.append(self._clock(ax))
        style.label(ax, 0.15, 1.15, "Na open", color=style.BLUE_TEXT, **small)
        red: dict[str, Any] = {"color": style.VERMILION_TEXT, **small}
        style.label(ax, 4.6, 1.15, "dashes: K open", ha="center", **red)
        style.label(ax, 9.9, 1.15, "dots: plugged", ha="right", color=style.QUIET, **small)

    def _draw_plane(self, ax: Axes) -> None:
        self.plot = ax
        ax.set(
            xlim=(2.5, 10), ylim=(0, 200), xticks=(4, 6, 8, 10), yticks=(0, 100, 200),
            xlabel="potassium outside (mmol/L)", ylabel="stimulus (% of usual)",
        )  # fmt: skip
        ax.axvspan(*NORMAL_mM, color=style.GREEN, alpha=0.14, lw=0)
        ax.axvline(CUT_mM, color=style.QUIET, lw=1, ls=(0, (4, 3)))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 4.25, 11, "normal", ha="center", color=style.GREEN_TEXT, **small)
        style.label(ax, 5.7, 178, "fires", ha="center", color=style.BLUE_TEXT)
        style.label(ax, 9.2, 95, "cannot\nfire", ha="center", color=style.QUIET)
        style.label(ax, 3.35, 50, "too weak", ha="center", color=style.QUIET, **small)
        self.edge = self.moving(ax.plot([], [], color=style.BLUE)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.INK, clip_on=False)[0])

    def update(self, result: Picture) -> None:
        """Set the channels of the moment, the courses, and the point."""
        share_open, share_shut = (
            result.now(x) for x in (result.sodium_open, result.sodium_plugged)
        )
        opened = round(CHANNELS * share_open)
        plugged = min(CHANNELS - opened, round(CHANNELS * share_shut))
        out = round(CHANNELS * result.now(result.potassium_open))
        x, upper, lower = self.spots, 6.4, 2.4
        self.inflow.set_data(x[:opened], np.full(opened, upper))
        self.plugs.set_data(x[CHANNELS - plugged :], np.full(plugged, upper - 0.75))
        self.outflow.set_data(x[:out], np.full(out, lower))
        shut = [(a, upper) for a in x[opened:]] + [(a, lower) for a in x[out:]]
        self.shut.set_data(*np.array(shut or [(np.nan, np.nan)]).T)
        self.trace.set_data(result.time_ms, result.voltage_mV)
        for line, course in (
            (self.open_na, result.sodium_open),
            (self.open_k, result.potassium_open),
            (self.plugged, result.sodium_plugged),
        ):
            line.set_data(result.time_ms, course)
        for clock in self.clocks:
            clock.set_xdata([result.at_ms] * 2)
        self.verdict.set_text("fires" if result.fired else "does not fire")
        self.verdict.set_color(style.BLUE_TEXT if result.fired else style.QUIET)
        k, needed = (list(column) for column in zip(*THRESHOLDS[result.membrane], strict=True))
        self.edge.set_data([*k, k[-1]], [*needed, 200])
        self.point.set_data([result.potassium_mM], [result.percent])


def read(result: Picture) -> Reading:
    """Give the reading of a spike."""
    rest = float(result.voltage_mV[0])
    needed = threshold(result.membrane, result.potassium_mM)
    ready = 1 - float(result.sodium_plugged[0])
    what = "plasma" if result.membrane == "muscle" else "scaled to the squid's own sea water"
    return reading(
        ("membrane", NAMES[result.membrane]),
        ("potassium outside", f"{result.potassium_mM:.1f}", f"mmol/L ({what})"),
        ("rest", number(rest, 1), "mV"),
        ("sodium channels ready to open", f"{100 * ready:.0f}", "%"),
        ("stimulus", f"{result.percent:.0f}", "% of the usual threshold"),
        (
            "threshold here",
            "none: no stimulus on this scale fires it" if needed is None
            else f"about {needed:.0f} % of the usual one",
        ),
        ("result", "an action potential" if result.fired else "no action potential"),
        ("highest voltage", number(result.peak_mV), "mV"),
        (
            f"after {result.at_ms:.1f} ms",
            f"sodium open {100 * result.now(result.sodium_open):.0f} %, plugged "
            f"{100 * result.now(result.sodium_plugged):.0f} %; potassium open "
            f"{100 * result.now(result.potassium_open):.0f} %",
        ),
    )  # fmt: skip


def describe(result: Picture) -> str:
    """Say what the picture shows."""
    rest = number(result.voltage_mV[0], 1)
    peak = number(result.peak_mV)
    return (
        f"A {NAMES[result.membrane]} with {result.potassium_mM:.1f} mmol/L potassium outside rests "
        f"at {rest} mV with {100 * (1 - result.sodium_plugged[0]):.0f} % of its sodium channels "
        f"ready. A stimulus of {result.percent:.0f} % of the usual threshold "
        f"{'fires it' if result.fired else 'does not fire it'}: the voltage peaks at {peak} mV. At "
        f"{result.at_ms:.1f} ms {100 * result.now(result.sodium_open):.0f} % of the sodium "
        f"channels are open and {100 * result.now(result.potassium_open):.0f} % of the "
        "potassium channels."
    )


def action_potential(prediction: Prediction | None = None) -> Explorer[Picture]:
    """Stimulate a membrane at any potassium and see whether it fires."""
    return Explorer(
        "action_potential",
        "The action potential",
        controls=(
            Slider("percent", "stimulus", "% of usual threshold", 120.0, 0.0, 200.0, 1.0),
            Slider("potassium_mM", "potassium outside", "mmol/L", 4.2, 2.5, 10.0, 0.1),
            Slider("at_ms", "look at the time", "ms", 1.2, 0.0, 10.0, 0.1),
            Choice("membrane", "membrane", "muscle", {"muscle": NAMES["muscle"],
                                                      "squid": NAMES["squid"]}),
        ),
        presets={
            "just too weak": {"percent": 95.0, "potassium_mM": 4.2},
            "high potassium: 6.5": {"potassium_mM": 6.5, "percent": 80.0},
            "very high potassium: 9": {"potassium_mM": 9.0, "percent": 200.0},
            "low potassium: 2.5": {"potassium_mM": 2.5, "percent": 120.0},
        },
        compute=compute,
        scene=ActionPotentialScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
