"""The pore of the NMDA receptor, with a magnesium ion in it most of the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import nmda as model
from course_lib.ui import Explorer, Reading, Scene, Slider, Switch, number, reading, style
from course_lib.ui.explorer import Prediction

USUAL_mM, REST_mV = model.RAT.csf_mM, -65.0
LABORATORY_mM, FIVE_PERCENT = 3.0, 1.05
VOLTS = np.linspace(-90, 40, 131)
MAGNESIUM_mM = np.linspace(0, 3, 91)
MOST_IONS = 30  # drawn outside at the highest magnesium
_DICE = np.random.default_rng(8)
OUTSIDE = np.column_stack(
    [(_DICE.permutation(MOST_IONS) + 0.5) / MOST_IONS, _DICE.uniform(7.1, 9.0, MOST_IONS)]
)
INSIDE = np.column_stack([_DICE.uniform(0.3, 0.7, 16), _DICE.uniform(0.9, 2.3, 16)])


def _moments() -> np.ndarray:
    """Give 120 moments in one channel's time, as the plugged share from which each is plugged."""
    noise = np.random.default_rng(3).normal(size=126)
    smooth = np.convolve(noise, [1, 2, 3, 4, 3, 2, 1], "valid")
    return np.asarray((smooth.argsort().argsort() + 0.5) / len(smooth))


MOMENTS = _moments()


@dataclass(frozen=True)
class View:
    """The pore, and whether glutamate has opened its gate."""

    pore: model.Pore
    glutamate: bool

    @property
    def current(self) -> float:
        """Current over that of unplugged channels at rest, whose sign is kept: inward is -1."""
        return self.pore.current / -REST_mV if self.glutamate else 0.0

    def change(self, mg_mM: float) -> float:
        """Change of the current in percent, at this voltage, from the usual magnesium."""
        before, after = model.unblocked(self.pore.voltage_mV, [USUAL_mM, mg_mM])
        return float(100 * (after / before - 1))


def compute(mg_mM: float, voltage_mV: float, glutamate: bool) -> View:
    """Give the pore at a magnesium outside and a membrane voltage."""
    return View(model.pore(mg_mM, voltage_mV), glutamate)


def currents(magnesium_mM: float) -> np.ndarray:
    """Give the current at each of ``VOLTS``, as ``View.current`` does."""
    return model.current(VOLTS, magnesium_mM) / -REST_mV


def shares(voltage_mV: float) -> np.ndarray:
    """Give the percent of channels free at each of ``MAGNESIUM_mM``."""
    return 100 * model.unblocked(voltage_mV, MAGNESIUM_mM)


class NmdaBlockScene(Scene[View]):
    """The pore and one channel's time beside current and free channels."""

    wide = (9.0, 5.8)
    narrow = (4.2, 10.4)

    def draw(self, start: View) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "plot"], ["time", "current"]],
            [["drawing"], ["time"], ["plot"], ["current"]],
            widths=[1, 1.4], heights=[1.35, 1], narrow_heights=[1.6, 0.6, 1.2, 1.1], gap=0.36,
        )  # fmt: skip
        self._draw_pore(style.bare(axes["drawing"]))
        self._draw_time(style.bare(axes["time"]))
        self._draw_magnesium(axes["plot"], start)
        self._draw_current(axes["current"], start)

    def _draw_pore(self, ax: Axes) -> None:
        ax.set(xlim=(-0.06, 1.06), ylim=(-0.7, 10.4))
        ax.add_patch(Rectangle((-0.04, 3.3), 1.08, 2.4, color=style.YELLOW, alpha=0.35, lw=0))
        style.label(ax, -0.02, 4.5, "membrane", color=style.QUIET, fontsize="small")
        bold = self.look.lines
        for left in (0.31, 0.56):
            half = FancyBboxPatch(
                (left, 2.8), 0.13, 3.4, fc=style.SKY, ec=style.BLUE, lw=1.5,
                boxstyle="round,pad=0,rounding_size=0.03", mutation_aspect=9,
            )  # fmt: skip
            ax.add_patch(half)
        self.gate = Rectangle((0.43, 2.9), 0.14, 0.5, color=style.BLUE, lw=0)
        ax.add_patch(self.gate)
        self.moving(self.gate)
        (self.bound,) = ax.plot(
            [0.375, 0.625], [6.25, 6.25], "o", color=style.GREEN, ms=11 * bold, mec=style.PAPER
        )
        self.moving(self.bound)
        dots: dict[str, Any] = {"ls": "none", "mew": 0}
        (self.outside,) = ax.plot([], [], "D", color=style.PURPLE, ms=6 * bold, **dots)
        (self.plug,) = ax.plot([0.5], [4.3], "D", color=style.PURPLE, ms=15 * bold, mew=0)
        (self.inside,) = ax.plot([], [], "o", color=style.ORANGE, ms=5 * bold, **dots)
        for artist in (self.outside, self.plug, self.inside):
            self.moving(artist)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, -0.04, 9.9, "◆ magnesium, outside", color=style.PURPLE_TEXT, **small)
        style.label(ax, 0.72, 6.45, "● glutamate", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.72, 4.5, "channel", color=style.BLUE_TEXT, **small)
        style.label(ax, -0.04, 0.2, "inside: ● sodium, calcium", color=style.ORANGE_TEXT, **small)
        self.volts = self.moving(style.label(ax, 0.02, 1.5, "", color=style.INK))

    def _draw_time(self, ax: Axes) -> None:
        ax.set(xlim=(-4, len(MOMENTS) + 4), ylim=(-1.6, 1.75))
        style.label(ax, 0, 1.5, "one channel, moment by moment", color=style.QUIET,
                    fontsize="small")  # fmt: skip
        ax.axhline(0, color=style.PALE, lw=1)
        self.trace = self.moving(
            ax.plot([], [], color=style.BLUE, lw=1.2 * self.look.lines, drawstyle="steps-mid")[0]
        )
        style.label(ax, 0, -1.45, "line: plugged or shut; off it: current", color=style.BLUE_TEXT,
                    fontsize="small")  # fmt: skip

    def _draw_magnesium(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 3), ylim=(0, 172), xticks=np.arange(0, 3.5, 0.5), yticks=(0, 25, 50, 75, 100),
            xlabel="ionised magnesium (mmol/L)", ylabel="channels free (%)",
        )  # fmt: skip
        style.show_bands(ax, bands("csf_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 2.95, 163, "laboratory: 0.001 to 10", ha="right",
                    color=style.ORANGE_TEXT, **small)  # fmt: skip
        style.label(ax, 1.02, 144, "intravenous: to 0.95", color=style.BLUE_TEXT, **small)
        style.label(ax, 1.02, 128, "by mouth: no change", color=style.GREEN_TEXT, **small)
        style.label(ax, 1.02, 112, "grey: deficiency (assumed)", color=style.QUIET, **small)
        ax.plot(MAGNESIUM_mM, shares(start.pore.voltage_mV), color=style.PALE, lw=1.6)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def _draw_current(self, ax: Axes, start: View) -> None:
        ax.set(
            xlim=(-90, 40), ylim=(-1.1, 0.7), yticks=(-1, -0.5, 0, 0.5), xticks=(-80, -40, 0, 40),
            xlabel="membrane voltage (mV)", ylabel="current",
        )  # fmt: skip
        ax.axhline(0, color=style.PALE, lw=0.9)
        ax.plot(VOLTS, currents(0), ls=(0, (4, 2)), color=style.QUIET, lw=1.3)
        style.label(ax, -38, -0.85, "dashed: no magnesium", color=style.QUIET, fontsize="small")
        style.label(ax, -85, 0.5, "inward is down", color=style.QUIET, fontsize="small")
        ax.plot(VOLTS, currents(start.pore.magnesium_mM), color=style.PALE, lw=1.6)
        self.line = self.moving(ax.plot([], [], color=style.BLUE)[0])
        self.on_line = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Plug or free the pore, and move curves and points."""
        pore, on = result.pore, result.glutamate
        ions = round(MOST_IONS * pore.magnesium_mM / MAGNESIUM_mM[-1])
        self.outside.set_data(*OUTSIDE[:ions].T)
        self.plug.set_alpha(pore.plugged if on else 0.0)
        style.visible(self.bound, on=on)
        style.visible(self.gate, on=not on)
        self.inside.set_data(*INSIDE[: round(16 * min(1.0, max(0.0, -result.current)) ** 0.5)].T)
        self.volts.set_text(f"{number(pore.voltage_mV)} mV")
        height = min(1.2, max(-1.2, pore.voltage_mV / -REST_mV)) if on else 0.0
        self.trace.set_data(np.arange(len(MOMENTS)), np.where(pore.plugged > MOMENTS, 0, height))
        self.curve.set_data(MAGNESIUM_mM, shares(pore.voltage_mV))
        self.point.set_data([pore.magnesium_mM], [100 * pore.unblocked])
        self.line.set_data(VOLTS, currents(pore.magnesium_mM) if on else 0 * VOLTS)
        self.on_line.set_data([pore.voltage_mV], [max(result.current, -1.1)])


def read(result: View) -> Reading:
    """Give the reading of the pore."""
    pore, drip = result.pore, band("csf_ionised", "intravenous").high
    mouth = band("csf_ionised", "by mouth").high
    half = f"{number(pore.half_mV, 1)} mV" if pore.magnesium_mM > 0 else "no voltage"
    return reading(
        ("open channels plugged by magnesium", f"{100 * pore.plugged:.1f}", "%"),
        ("open channels free", f"{100 * pore.unblocked:.1f}", "%"),
        ("current", number(result.current, 3), "(−1: at rest, none plugged)"),
        ("half of them plugged at", half),
        (
            "current at the top of by mouth", number(result.change(mouth), 1, sign=True),
            "%: no change of magnesium was shown",
        ),
        (
            "current if magnesium did rise by 5 %",
            number(result.change(FIVE_PERCENT * USUAL_mM), 1, sign=True), "%",
        ),
        (f"current after a drip, {drip:g} mmol/L", number(result.change(drip), 1, sign=True), "%"),
        (
            f"current in a dish, {LABORATORY_mM:g} mmol/L",
            number(result.change(LABORATORY_mM), sign=True), "%",
        ),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    pore = result.pore
    gate = (
        "Glutamate holds the channel open" if result.glutamate else "Without glutamate it is shut"
    )
    return (
        f"An NMDA receptor at {number(pore.voltage_mV)} mV in {pore.magnesium_mM:.2f} mmol/L "
        f"magnesium. {gate}; magnesium plugs {100 * pore.plugged:.1f} % of open channels, and the "
        f"current is {number(result.current, 3)} of that of unplugged channels at rest. By mouth "
        f"magnesium around brain cells did not change; {LABORATORY_mM:g} mmol/L in a dish changes "
        f"the current by {number(result.change(LABORATORY_mM), sign=True)} %."
    )


def nmda_block(prediction: Prediction | None = None) -> Explorer[View]:
    """Move magnesium and voltage and see how often the pore is plugged."""
    return Explorer(
        "nmda_block",
        "The magnesium plug of the NMDA receptor",
        controls=(
            Slider("mg_mM", "ionised magnesium", "mmol/L", 0.8, 0.0, 3.0, 0.01),
            Slider("voltage_mV", "membrane voltage", "mV", REST_mV, -90.0, 40.0, 1.0),
            Switch("glutamate", "glutamate bound", True),
        ),
        presets={
            "5 % more magnesium": {"mg_mM": 0.84, "voltage_mV": REST_mV},
            "after a drip": {"mg_mM": 0.95, "voltage_mV": REST_mV},
            "a dish without magnesium": {"mg_mM": 0.0, "voltage_mV": REST_mV},
            "depolarised: −20 mV": {"mg_mM": 0.8, "voltage_mV": -20.0},
        },
        compute=compute,
        scene=NmdaBlockScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
