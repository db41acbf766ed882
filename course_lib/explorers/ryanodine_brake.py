"""The calcium release channel at rest, and the two places where magnesium holds it shut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import ryanodine as model
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

CHANNELS = {"normal": model.NORMAL, "hyperthermia": model.HYPERTHERMIA}
MAGNESIUM_mM = np.geomspace(0.04, 10, 120)
LABORATORY_mM = 0.05  # the lowest of the laboratory band
OPENING = (1e-5, 3.0)  # limits of the axis
BAR = 2.4  # height of a full column of sites in the drawing
_DICE = np.random.default_rng(5)
OUT = np.column_stack([_DICE.uniform(0.25, 0.75, 40), _DICE.uniform(5.0, 6.15, 40)])


@dataclass(frozen=True)
class View:
    """The channel, how far it opens at the usual magnesium, and in a dish, over that."""

    kind: str
    brake: model.Brake
    usual: float
    mouth: float
    dish: float


def compute(mg_mM: float, calcium_uM: float, kind: str) -> View:
    """Give the state of a channel, and its opening by mouth and in a dish over the usual."""
    channel, reach = CHANNELS[kind], band("muscle_free", "by mouth")
    before, after, dish = model.opening(calcium_uM, [reach.low, reach.high, LABORATORY_mM], channel)
    return View(
        kind, model.brake(calcium_uM, mg_mM, channel), float(before),
        float(after / before), float(dish / before),
    )  # fmt: skip


class RyanodineBrakeScene(Scene[View]):
    """The channel in the wall of the calcium store, and its opening against magnesium."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.4)

    def draw(self, start: View) -> None:
        """Draw both panels; the normal channel at rest stays behind as a grey curve."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "plot"]], [["drawing"], ["plot"]],
            widths=[1, 1.3], narrow_heights=[1.15, 1], gap=0.08,
        )  # fmt: skip
        self._draw_channel(style.bare(axes["drawing"]))
        self._draw_opening(axes["plot"], start)

    def _draw_channel(self, ax: Axes) -> None:
        ax.set(xlim=(-0.06, 1.06), ylim=(-1.6, 9.7))
        ax.add_patch(Rectangle((-0.04, 2.6), 1.08, 0.75, color=style.PALE, alpha=0.6, lw=0))
        ax.add_patch(Rectangle((-0.04, -0.05), 1.08, 2.65, color=style.ORANGE, alpha=0.16, lw=0))
        style.label(ax, 0.5, 0.45, "calcium store", ha="center", color=style.ORANGE_TEXT)
        store = np.random.default_rng(2).uniform((0.0, 0.95), (1.0, 2.4), (34, 2))
        dots: dict[str, Any] = {"ls": "none", "mew": 0, "ms": 5 * self.look.lines}
        ax.plot(*store.T, "o", color=style.ORANGE, **dots)
        (self.out,) = ax.plot([], [], "o", color=style.ORANGE, **dots)
        self.moving(self.out)
        self.halves = []
        for left in (0.33, 0.52):
            half = FancyBboxPatch(
                (left, 2.3), 0.15, 2.2, fc=style.SKY, ec=style.BLUE, lw=1.5,
                boxstyle="round,pad=0,rounding_size=0.03", mutation_aspect=9,
            )  # fmt: skip
            ax.add_patch(half)
            self.halves.append(self.moving(half))
        style.label(ax, 0.02, 3.9, "channel", color=style.BLUE_TEXT)
        style.label(ax, 0.0, 9.25, "opening sites", color=style.ORANGE_TEXT)
        style.label(ax, 0.98, 9.25, "shutting sites", color=style.PURPLE_TEXT, ha="right")
        self.columns: dict[str, Rectangle] = {}
        for name, x in (("opens", 0.1), ("shuts", 0.72)):
            frame = Rectangle((x, 6.4), 0.18, BAR, fc=style.PAPER, ec=style.QUIET, lw=1.2, zorder=1)
            ax.add_patch(frame)
            for ion, colour in (("magnesium", style.PURPLE), ("calcium", style.ORANGE)):
                bar = Rectangle((x, 6.4), 0.18, 0, color=colour, lw=0, zorder=2)
                ax.add_patch(bar)
                self.columns[f"{name} {ion}"] = self.moving(bar)
        style.label(ax, 0.5, 7.6, "how full?", ha="center", color=style.QUIET, fontsize="small")
        style.label(ax, -0.04, -0.5, "● orange: calcium", color=style.ORANGE_TEXT, fontsize="small")
        style.label(
            ax, -0.04, -1.15, "◆ purple: magnesium", color=style.PURPLE_TEXT, fontsize="small"
        )

    def _draw_opening(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set_yscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=OPENING,
            xlabel="free magnesium in the fibre (mmol/L)", ylabel="opening (1 = no brake)",
        )  # fmt: skip
        ax.set_xticks([0.1, 0.3, 1, 3, 10], ["0.1", "0.3", "1", "3", "10"])
        ax.set_yticks([1e-4, 1e-3, 1e-2, 0.1, 1], ["10⁻⁴", "10⁻³", "0.01", "0.1", "1"])
        ax.minorticks_off()
        style.show_bands(ax, bands("muscle_free"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(
            ax, 0.72, 0.72, "by mouth, by vein:\nno change shown", color=style.GREEN_TEXT, **small
        )
        style.label(
            ax, 0.72, 0.17, "pale: healthy\ngrey: deficiency", color=style.GREEN_TEXT, **small
        )
        style.label(ax, 0.045, 1.65, "laboratory: 0.05 to 10", color=style.ORANGE_TEXT, **small)
        grey = model.opening(start.brake.calcium_uM, MAGNESIUM_mM, start.brake.channel)
        ax.plot(MAGNESIUM_mM, grey, color=style.PALE, lw=1.6)
        style.label(ax, 0.05, 3e-5, "grey: normal, at rest", color=style.QUIET, **small)
        (self.curve,) = ax.plot([], [], color=style.QUIET)
        (self.point,) = ax.plot([], [], "D", color=style.PURPLE, clip_on=False)
        self.moving(self.curve)
        self.moving(self.point)

    def update(self, result: View) -> None:
        """Fill the sites, open the channel, and move the point."""
        now = result.brake
        self._fill("opens", now.magnesium_on_activation, now.calcium_on_activation)
        share = now.calcium_uM / now.channel.inhibition_calcium_uM
        salt = now.magnesium_mM * 1000 / now.channel.inhibition_magnesium_uM
        self._fill("shuts", now.inhibited * salt / (salt + share), now.inhibited * share
                   / (salt + share))  # fmt: skip
        # The gap is drawn on a logarithmic scale, or a resting channel would always look shut.
        wide = float(np.clip((np.log10(now.opening) + 3) / 3, 0, 1))
        for half, left in zip(self.halves, (0.345 - 0.06 * wide, 0.505 + 0.06 * wide), strict=True):
            half.set_x(left)
        self.out.set_data(*OUT[: round(40 * wide)].T)
        self.curve.set_data(MAGNESIUM_mM, model.opening(now.calcium_uM, MAGNESIUM_mM, now.channel))
        self.point.set_data([now.magnesium_mM], [now.opening])

    def _fill(self, name: str, magnesium: float, calcium: float) -> None:
        lower, upper = self.columns[f"{name} magnesium"], self.columns[f"{name} calcium"]
        lower.set_height(BAR * magnesium)
        upper.set_y(6.4 + BAR * magnesium)
        upper.set_height(BAR * calcium)


def read(result: View) -> Reading:
    """Give the reading of the channel."""
    now = result.brake
    return reading(
        ("opening", now.opening, "(1 = calcium alone, no brake)"),
        ("against the same channel at 0.557 mmol/L", f"{now.opening / result.usual:.2f}", "times"),
        ("opening site: calcium", 100 * now.calcium_on_activation, "%"),
        ("opening site: magnesium", 100 * now.magnesium_on_activation, "%"),
        ("shutting site: filled", f"{100 * now.inhibited:.0f}", "%"),
        ("opening by mouth", f"{result.mouth:.2f}", "times: no change of magnesium was measured"),
        ("opening in a dish, 0.05 mmol/L", f"{result.dish:.1f}", "times"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    now = result.brake
    kind = "normal" if result.kind == "normal" else "malignant-hyperthermia"
    return (
        f"A {kind} release channel at {now.calcium_uM:.2f} µmol/L calcium and "
        f"{now.magnesium_mM:.2f} mmol/L magnesium opens to {now.opening:.2g} of full: magnesium "
        f"holds {100 * now.magnesium_on_activation:.0f} % of its opening sites, and "
        f"{100 * now.inhibited:.0f} % of its shutting sites are filled. By mouth magnesium in "
        f"muscle did not change; 0.05 mmol/L in a dish opens it {result.dish:.0f} times as far."
    )


def ryanodine_brake(prediction: Prediction | None = None) -> Explorer[View]:
    """Take magnesium away from the calcium release channel, normal or mutated."""
    return Explorer(
        "ryanodine_brake",
        "The brake on the calcium release channel",
        controls=(
            Slider("mg_mM", "free magnesium", "mmol/L", 0.56, 0.04, 10, 0.01, "log"),
            Slider("calcium_uM", "free calcium", "µmol/L", 0.1, 0.03, 10, 0.01, "log"),
            Choice(
                "kind", "channel", "normal",
                {"normal": "normal", "hyperthermia": "malignant hyperthermia"},
            ),
        ),
        presets={
            "resting muscle": {"mg_mM": 0.56, "calcium_uM": 0.1, "kind": "normal"},
            "magnesium of a dish: 0.05": {"mg_mM": 0.05},
            "the mutation": {"kind": "hyperthermia"},
        },
        compute=compute,
        scene=RyanodineBrakeScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
