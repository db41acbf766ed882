"""A small artery in cross-section: its muscle, its radius, and the fourth power of the radius."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import vessel as model
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.2, 10, 80)
RADII = np.linspace(0.5, 1.4, 120)
LABORATORY_mM = 6.0
WALL = 0.35  # thickness of the wall at rest, in radii
STATES = ("free", "phosphorylated", "attached, phosphorylated", "attached (latched)")
COLOURS = (style.PALE, style.SKY, style.ORANGE, style.VERMILION)


@dataclass(frozen=True)
class View:
    """An artery's tone, and a narrowing by something else than its muscle."""

    tone: model.Tone
    narrowing: float

    @property
    def radius(self) -> float:
        """Inner radius, relative to the artery at its reference."""
        return self.tone.radius * (1 - self.narrowing)

    @property
    def resistance(self) -> float:
        """Resistance to flow, relative to the artery at its reference."""
        return float(model.resistance(self.radius))

    @property
    def wall(self) -> float:
        """Thickness of the wall, whose cross-section does not change, in reference radii."""
        area = (1 + WALL) ** 2 - 1
        return math.sqrt(self.radius**2 + area) - self.radius


def compute(mg_mM: float, calcium_mM: float, drive_per_s: float, narrowing: float) -> View:
    """Give the artery at its surroundings, its drive and a narrowing in percent."""
    tone = model.tone(mg_mM, calcium_mM=calcium_mM, drive_per_s=drive_per_s)
    return View(tone, narrowing / 100)


def resistances(view: View) -> np.ndarray:
    """Give the resistance at each of ``MAGNESIUM_mM``, all else as it is."""
    tone = view.tone
    radii = np.array([
        model.tone(float(mg), calcium_mM=tone.calcium_mM, drive_per_s=tone.drive_per_s).radius
        for mg in MAGNESIUM_mM
    ])  # fmt: skip
    return model.resistance(radii * (1 - view.narrowing))


class VesselScene(Scene[View]):
    """The cross-section, the muscle's heads, and resistance against magnesium and radius."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.6)

    def draw(self, start: View) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "magnesium"], ["heads", "radius"]],
            [["drawing"], ["heads"], ["magnesium"], ["radius"]],
            widths=[1, 1.7], heights=[1.55, 1], narrow_heights=[1.8, 0.75, 1.3, 1.3], gap=0.42,
        )  # fmt: skip
        self._draw_section(style.bare(axes["drawing"]))
        self._draw_heads(style.bare(axes["heads"]))
        self._draw_magnesium(axes["magnesium"], start)
        self._draw_radius(axes["radius"])

    def _draw_section(self, ax: Axes) -> None:
        ax.set(xlim=(-2, 2), ylim=(-1.95, 1.95), aspect="equal")
        self.outer = Circle((0, 0), 1, fc="#E9B7A6", ec=style.VERMILION, lw=1.5 * self.look.lines)
        self.inner = Circle((0, 0), 1, fc="#FBEFEF", ec=style.QUIET, lw=1.2 * self.look.lines)
        for patch in (self.outer, self.inner):
            ax.add_patch(patch)
            self.moving(patch)
        turn = np.linspace(0, 2 * np.pi, 90)
        ghost = self.moving(
            ax.plot(np.cos(turn), np.sin(turn), color=style.QUIET, lw=1, ls=(0, (2, 2)))[0]
        )
        ghost.set_zorder(3)
        self.size = self.moving(style.label(ax, 0, 0, "", ha="center", color=style.INK))
        style.label(ax, 0, 1.82, "wall with muscle", ha="center", fontsize="small",
                    color=style.VERMILION_TEXT)  # fmt: skip
        style.label(ax, 0, -1.84, "dashed: at rest", ha="center", fontsize="small",
                    color=style.QUIET)  # fmt: skip

    def _draw_heads(self, ax: Axes) -> None:
        ax.set(xlim=(0, 1), ylim=(-0.2, 5.1))
        self.bars = []
        for row, (state, colour) in enumerate(zip(STATES, COLOURS, strict=True)):
            bar = Rectangle((0, 3 - row + 0.02), 0, 0.42, fc=colour, lw=0)
            ax.add_patch(bar)
            self.bars.append(self.moving(bar))
            style.label(ax, 0, 3 - row + 0.68, state, fontsize="small", color=style.INK)
        style.label(ax, 0, 4.85, "heads of the muscle:", color=style.QUIET, fontsize="small")

    def _draw_magnesium(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], 10.5), ylim=(0, 2.6), yticks=(0, 0.5, 1, 1.5),
            xlabel="ionised magnesium (mmol/L)", ylabel="resistance (1: at rest)",
        )  # fmt: skip
        ax.set_xticks([0.2, 0.5, 1, 2, 5, 10], ["0.2", "0.5", "1", "2", "5", "10"])
        ax.minorticks_off()
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.6, 2.45, "by mouth", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.215, 2.22, "deficiency", color=style.QUIET, **small)
        style.label(ax, 1.9, 1.99, "intravenous", ha="right", color=style.BLUE_TEXT, **small)
        style.label(ax, 9.6, 2.22, "laboratory", color=style.ORANGE_TEXT, ha="right", **small)
        ax.plot(MAGNESIUM_mM, resistances(start), color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def _draw_radius(self, ax: Axes) -> None:
        ax.set(
            xlim=(0.5, 1.4), ylim=(0, 4), yticks=(0, 1, 2, 3, 4), xticks=(0.6, 0.8, 1, 1.2, 1.4),
            xlabel="radius (1: at rest)", ylabel="resistance",
        )  # fmt: skip
        ax.plot(RADII, model.resistance(RADII), color=style.QUIET)
        style.label(ax, 0.88, 3.2, "1 / radius to the 4th", color=style.QUIET,
                    fontsize="small")  # fmt: skip
        self.on_power = self.moving(ax.plot([], [], "o", color=style.VERMILION)[0])

    def update(self, result: View) -> None:
        """Widen or narrow the vessel, and move bars, curve and points."""
        self.inner.set_radius(result.radius)
        self.outer.set_radius(result.radius + result.wall)
        self.size.set_text(f"radius\n{result.radius:.3f}")
        heads = result.tone.heads
        shares = (
            heads.free, heads.phosphorylated, heads.attached_phosphorylated, heads.attached,
        )  # fmt: skip
        for bar, share in zip(self.bars, shares, strict=True):
            bar.set_width(share)
        self.curve.set_data(MAGNESIUM_mM, resistances(result))
        self.point.set_data([result.tone.magnesium_mM], [min(result.resistance, 2.6)])
        self.on_power.set_data([result.radius], [min(result.resistance, 4)])


def _change(result: View, mg_mM: float) -> str:
    """Resistance at a magnesium against that at the usual one, in percent, all else as it is."""
    tone = result.tone

    def at(mg: float) -> float:
        return model.tone(mg, calcium_mM=tone.calcium_mM, drive_per_s=tone.drive_per_s).resistance

    usual = tone.artery.magnesium_mM
    return number(100 * (at(mg_mM) / at(usual) - 1), 1, sign=True)


def read(result: View) -> Reading:
    """Give the reading of the artery."""
    tone, mouth = result.tone, band("serum_ionised", "by mouth").high
    dish = f"resistance at {LABORATORY_mM:.0f} mmol/L in a dish"
    return reading(
        ("ionised magnesium", f"{tone.magnesium_mM:.2f}", "mmol/L"),
        ("sites held by calcium", f"{100 * tone.sites:.1f}", "%"),
        ("stress of the muscle", f"{tone.heads.stress:.3f}", "of all heads attached"),
        ("radius", f"{result.radius:.3f}", "of that at rest"),
        ("resistance", f"{result.resistance:.2f}", "of that at rest"),
        ("tension of the wall at the same pressure", f"{result.radius:.2f}", "of that at rest"),
        ("resistance at the top of by mouth", _change(result, mouth), "%"),
        (dish, _change(result, LABORATORY_mM), "%"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    tone = result.tone
    return (
        f"A small artery at {tone.magnesium_mM:.2f} mmol/L ionised magnesium and "
        f"{tone.calcium_mM:.2f} mmol/L calcium, driven at {tone.drive_per_s:.2f} per second and "
        f"narrowed by {100 * result.narrowing:.0f} %: its radius is {result.radius:.3f} and its "
        f"resistance {result.resistance:.2f} of that at rest. By mouth magnesium would change the "
        f"resistance by {_change(result, band('serum_ionised', 'by mouth').high)} %."
    )


def vessel(prediction: Prediction | None = None) -> Explorer[View]:
    """Change what surrounds a small artery and see its resistance."""
    return Explorer(
        "vessel",
        "A small artery (teaching model: published parts, joined by us)",
        controls=(
            Slider("mg_mM", "ionised magnesium", "mmol/L", 0.55, 0.2, 10.0, 0.005, "log"),
            Slider("calcium_mM", "ionised calcium", "mmol/L", 1.2, 0.6, 2.0, 0.01),
            Slider("drive_per_s", "drive to the muscle", "per second", 0.1, 0.02, 1.0, 0.01, "log"),
            Slider("narrowing", "narrowed by something else", "%", 0.0, 0.0, 30.0, 0.5),
        ),
        presets={
            "top of by mouth": {"mg_mM": 0.58},
            "intravenous": {"mg_mM": 1.5},
            "6 mmol/L in a dish": {"mg_mM": 6.0},
            "10 % narrower": {"mg_mM": 0.55, "narrowing": 10.0},
        },
        compute=compute,
        scene=VesselScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
