"""A muscle fibre's membrane at rest: gradients, equilibrium potentials, and the voltage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_lib.physiology import resting_potential as model
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

FIBRE = replace(model.FIBRE, sodium_out_mM=140.0, chloride_out_mM=104.0)
IONS = ("potassium", "chloride", "magnesium", "sodium", "calcium")
NAMES = dict(zip(IONS, ("K⁺", "Cl⁻", "Mg²⁺", "Na⁺", "Ca²⁺"), strict=True))
COLOURS = dict(
    zip(IONS, (style.VERMILION, style.GREEN, style.PURPLE, style.BLUE, style.ORANGE), strict=True)
)
MARKERS = dict(zip(IONS, "s^Dop", strict=True))
# Plasma: slider, normal range and the cut-offs usually quoted as severe, in mmol/L.
RANGES: dict[str, tuple[float, float, float, float, float | None, float | None]] = {
    "sodium": (110, 170, 135, 145, 120, 160),
    "potassium": (2, 10, 3.5, 5.0, 2.5, 6.5),
    "chloride": (80, 130, 96, 106, None, None),
}
POTASSIUM_mM = np.linspace(2, 10, 60)
PER_DOT_mM = 5.0
LEFT, RIGHT, MIDDLE = 0.3, 9.7, 5.0
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """A rest, and the plasma that it belongs to."""

    rest: model.Rest
    fibre: model.MuscleFibre
    plasma: dict[str, float]

    @property
    def inside(self) -> dict[str, float]:
        """Concentrations inside, in mmol/L."""
        return {
            "sodium": self.fibre.sodium_in_mM,
            "potassium": self.fibre.potassium_in_mM,
            "chloride": self.rest.chloride_in_mM,
        }

    def curve(self, potassium_mM: Array) -> Array:
        """Voltage at other potassium concentrations, chloride settled or held as here."""
        return model.goldman_mV(
            potassium_mM,
            sodium_mM=self.plasma["sodium"],
            chloride_mM=self.plasma["chloride"],
            chloride_in_mM=None if self.rest.chloride_settled else self.rest.chloride_in_mM,
            fibre=self.fibre,
        )


def compute(
    potassium_mM: float, sodium_mM: float, chloride_mM: float, ratio: float, chloride: str
) -> Picture:
    """Give the rest of a fibre in a plasma."""
    fibre = replace(FIBRE, sodium_over_potassium=ratio)
    rest = model.rest(
        potassium_mM,
        sodium_mM=sodium_mM,
        chloride_mM=chloride_mM,
        chloride_settled=chloride == "settled",
        fibre=fibre,
    )
    return Picture(
        rest, fibre, {"sodium": sodium_mM, "potassium": potassium_mM, "chloride": chloride_mM}
    )


def standing(ion: str, value_mM: float) -> str:
    """Say whether a plasma concentration is low, normal or high."""
    _, _, low, high, very_low, very_high = RANGES[ion]
    if low <= value_mM <= high:
        return "normal"
    side, limit = ("low", very_low) if value_mM < low else ("high", very_high)
    severe = limit is not None and (value_mM < limit if side == "low" else value_mM > limit)
    return f"very {side}" if severe else side


class RestingPotentialScene(Scene[Picture]):
    """The membrane with its ions, a ladder of potentials, voltage against K, and the plasma."""

    wide = (9.0, 5.6)
    narrow = (4.2, 12.4)

    def draw(self, start: Picture) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "curve"], ["ladder", "plasma"]],
            [["drawing"], ["ladder"], ["curve"], ["plasma"]],
            widths=[1, 1.05], heights=[1.05, 1], narrow_heights=[1.05, 1, 1.1, 0.85], gap=0.3,
        )  # fmt: skip
        self._draw_membrane(style.bare(axes["drawing"]))
        self._draw_ladder(axes["ladder"], start)
        self._draw_curve(axes["curve"], start)
        self._draw_plasma(axes["plasma"])

    def _draw_membrane(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        small: dict[str, Any] = {"fontsize": "small"}
        ax.add_patch(Rectangle((0, 4.75), 10, 0.75, color=style.PALE, alpha=0.6, lw=0))
        style.label(ax, 0.15, 9.55, "outside (mmol/L)", color=style.QUIET, **small)
        style.label(ax, 0.15, 0.35, "inside the fibre (mmol/L)", color=style.QUIET, **small)
        size = 3.6 * self.look.lines
        self.dots: dict[tuple[str, str], Any] = {}
        self.numbers: dict[tuple[str, str], Any] = {}
        for column, ion in enumerate(("potassium", "sodium", "chloride")):
            x = 1.7 + 3.3 * column
            dark = {"potassium": style.VERMILION_TEXT, "sodium": style.BLUE_TEXT}
            ink = dark.get(ion, style.GREEN_TEXT)
            style.label(ax, x, 5.12, NAMES[ion], ha="center", color=ink)
            for side, y in (("out", 8.75), ("in", 1.15)):
                (spots,) = ax.plot(
                    [], [], MARKERS[ion], color=COLOURS[ion], ms=size, mew=0, ls="none"
                )
                self.dots[ion, side] = self.moving(spots)
                words = style.label(ax, x, y, "", ha="center", color=ink)
                self.numbers[ion, side] = words
                moves = side == "out" or ion == "chloride"
                if moves:
                    self.moving(words)

    def _draw_ladder(self, ax: Axes, start: Picture) -> None:
        ax.set(xlim=(-0.6, 4.6), ylim=(-155, 160), yticks=(-100, 0, 100))
        ax.set_ylabel("mV", labelpad=0)
        ax.set_xticks(range(5), [NAMES[ion] for ion in IONS])
        ax.tick_params(axis="x", length=0)
        ax.axhline(start.rest.voltage_mV, color=style.PALE, lw=1.2)
        ax.axhline(0, color=style.PALE, lw=0.8, ls=(0, (1, 3)))
        self.pulls = self.moving(LineCollection([], colors=style.QUIET, linewidths=1.1))
        ax.add_collection(self.pulls)
        self.levels = {
            ion: self.moving(
                ax.plot([], [], MARKERS[ion], color=COLOURS[ion], ms=8 * self.look.lines)[0]
            )
            for ion in IONS
        }
        self.voltage = self.moving(ax.axhline(0, color=style.INK, lw=2 * self.look.lines))
        style.label(ax, -0.5, 142, "equilibrium potentials", color=style.QUIET, fontsize="small")
        self.words = self.moving(style.label(ax, 4.5, 0, "", ha="right", va="top"))

    def _draw_curve(self, ax: Axes, start: Picture) -> None:
        self.plot = ax
        ax.set(
            xlim=(2, 10), ylim=(-122, -48), xticks=(2, 4, 6, 8, 10),
            yticks=(-120, -100, -80, -60), xlabel="potassium outside (mmol/L)",
            ylabel="membrane voltage (mV)",
        )  # fmt: skip
        _, _, low, high, very_low, very_high = RANGES["potassium"]
        ax.axvspan(low, high, color=style.GREEN, alpha=0.14, lw=0)
        for edge in (very_low, very_high):
            ax.axvline(edge, color=style.QUIET, lw=1, ls=(0, (4, 3)))  # type: ignore[arg-type]
        small: dict[str, Any] = {"fontsize": "small", "va": "top"}
        style.label(ax, 4.25, -49, "normal", ha="center", color=style.GREEN_TEXT, **small)
        style.label(ax, 6.65, -49, "very high", color=style.QUIET, **small)
        ax.plot(
            POTASSIUM_mM, model.nernst_mV(POTASSIUM_mM, start.fibre.potassium_in_mM, 1),
            color=style.VERMILION, lw=1.3, ls=(0, (5, 2)),
        )  # fmt: skip
        style.label(
            ax, 9.9, -91, "dashes: K⁺\nequilibrium", ha="right",
            color=style.VERMILION_TEXT, **small,
        )  # fmt: skip
        ax.plot(POTASSIUM_mM, start.curve(POTASSIUM_mM), color=style.PALE, lw=1.4)
        self.line = self.moving(ax.plot([], [], color=style.INK)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.INK, clip_on=False)[0])

    def _draw_plasma(self, ax: Axes) -> None:
        ax.set(xlim=(-0.17, 1.03), ylim=(-0.6, 3.9))
        style.bare(ax)
        self.marks = {}
        small: dict[str, Any] = {"fontsize": "small", "va": "top", "color": style.QUIET}
        for row, (ion, ends) in enumerate(RANGES.items()):
            first, last, low, high, *_ = ends
            y = 2 - row
            style.label(ax, -0.03, y + 0.12, NAMES[ion], ha="right")
            ax.plot([0, 1], [y, y], color=style.PALE, lw=1.2)

            left, right = ((edge - first) / (last - first) for edge in (low, high))
            ax.add_patch(
                Rectangle((left, y), right - left, 0.34, color=style.GREEN, alpha=0.3, lw=0)
            )
            for edge in ends[4:]:
                if edge is not None:
                    x = (edge - first) / (last - first)
                    ax.plot([x, x], [y, y + 0.34], color=style.QUIET, lw=1, ls=(0, (2, 1.5)))
                    style.label(ax, x, y - 0.08, f"{edge:g}", ha="center", **small)
            style.label(ax, left, y - 0.08, f"{low:g}", ha="center", **small)
            style.label(ax, right, y - 0.08, f"{high:g}", ha="center", **small)
            (mark,) = ax.plot([], [], "v", color=COLOURS[ion], ms=8 * self.look.lines, mew=0)
            self.marks[ion] = self.moving(mark)
        style.label(
            ax, 0.0, 2.85, "plasma, mmol/L (green: normal)", color=style.GREEN_TEXT,
            fontsize="small",
        )  # fmt: skip

    def update(self, result: Picture) -> None:
        """Place ions, levels, curve and marks."""
        for column, ion in enumerate(("potassium", "sodium", "chloride")):
            middle = 1.7 + 3.3 * column
            for side, amount, y in (
                ("out", result.plasma[ion], 5.9),
                ("in", result.inside[ion], 4.35),
            ):
                count = max(1, round(amount / PER_DOT_mM))
                k = np.arange(count)
                across, up = k % 8, k // 8
                step = 0.55 if side == "out" else -0.55
                self.dots[ion, side].set_data(middle + 0.36 * (across - 3.5), y + step * up)
                text = f"{amount:.0f}" if amount >= 20 else f"{amount:.1f}"
                self.numbers[ion, side].set_text(text)
        rest = result.rest
        v = rest.voltage_mV
        for column, ion in enumerate(IONS):
            self.levels[ion].set_data([column], [rest.equilibrium_mV[ion]])
        self.pulls.set_segments(
            [[(c, v), (c, rest.equilibrium_mV[ion])] for c, ion in enumerate(IONS)]
        )
        self.voltage.set_ydata([v, v])
        self.words.set_y(v - 7)
        self.words.set_text(f"V = {_mV(v)}")
        self.line.set_data(POTASSIUM_mM, result.curve(POTASSIUM_mM))
        self.point.set_data([result.plasma["potassium"]], [v])
        for row, (ion, (first, last, *_)) in enumerate(RANGES.items()):
            x = (result.plasma[ion] - first) / (last - first)
            self.marks[ion].set_data([x], [2.2 - row])


def _mV(value: float) -> str:
    return f"{number(value, 1)} mV"


def read(result: Picture) -> Reading:
    """Give the reading of a rest."""
    rest, plasma = result.rest, result.plasma
    usual = compute(4.2, 140, 104, FIBRE.sodium_over_potassium, "settled").rest.voltage_mV
    chloride = "settled" if rest.chloride_settled else "still as before the change"
    return reading(
        ("membrane voltage", _mV(rest.voltage_mV)),
        ("change from the usual rest", number(rest.voltage_mV - usual, 1, sign=True), "mV"),
        *(
            (f"{ion} in plasma", f"{value:.{1 if ion == 'potassium' else 0}f}",
             f"mmol/L ({standing(ion, value)})")
            for ion, value in plasma.items()
        ),
        (
            "equilibrium potentials",
            ", ".join(f"{NAMES[ion]} {_mV(rest.equilibrium_mV[ion])}" for ion in IONS),
        ),
        ("chloride inside", f"{rest.chloride_in_mM:.1f}", f"mmol/L, {chloride}"),
        ("permeability to sodium over potassium", f"{result.fibre.sodium_over_potassium:.3f}"),
    )  # fmt: skip


def describe(result: Picture) -> str:
    """Say what the picture shows."""
    rest, plasma = result.rest, result.plasma
    chloride = "settled" if rest.chloride_settled else "not yet moved"
    return (
        f"A muscle fibre at rest in plasma with {plasma['potassium']:.1f} potassium "
        f"({standing('potassium', plasma['potassium'])}), {plasma['sodium']:.0f} sodium and "
        f"{plasma['chloride']:.0f} mmol/L chloride, permeability ratio "
        f"{result.fibre.sodium_over_potassium:.3f}: the membrane voltage is "
        f"{_mV(rest.voltage_mV)}, potassium's equilibrium {_mV(rest.equilibrium_mV['potassium'])} "
        f"and sodium's {_mV(rest.equilibrium_mV['sodium'])}. Chloride inside has {chloride}, at "
        f"{rest.chloride_in_mM:.1f} mmol/L."
    )


def resting_potential(prediction: Prediction | None = None) -> Explorer[Picture]:
    """Change the plasma around a muscle fibre and see which voltage it settles on."""
    return Explorer(
        "resting_potential",
        "The resting potential of a muscle fibre",
        controls=(
            Slider("potassium_mM", "potassium outside", "mmol/L", 4.2, 2.0, 10.0, 0.1),
            Slider("sodium_mM", "sodium outside", "mmol/L", 140.0, 110.0, 170.0, 1.0),
            Slider("chloride_mM", "chloride outside", "mmol/L", 104.0, 80.0, 130.0, 1.0),
            Slider(
                "ratio", "permeability, sodium over potassium", "", 0.01, 0.001, 0.1, 0.001, "log"
            ),
            Choice(
                "chloride", "chloride inside", "settled",
                {"settled": "has settled (minutes)", "held": "has not moved yet (at once)"},
            ),
        ),
        presets={
            "low potassium: 2.5": {"potassium_mM": 2.5},
            "high potassium: 6.5": {"potassium_mM": 6.5},
            "high potassium, at once": {"potassium_mM": 6.5, "chloride": "held"},
            "low sodium: 120": {"sodium_mM": 120.0},
        },
        compute=compute,
        scene=RestingPotentialScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
