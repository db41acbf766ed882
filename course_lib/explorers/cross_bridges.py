"""Myosin heads that attach, pull, brake and let go, and the force and fuel that follow."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon
from matplotlib.text import Text
from numpy.typing import NDArray

from course_lib.physiology import cross_bridges as model
from course_lib.physiology import force_velocity as hill
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

SPEEDS = np.linspace(0, 1, 81)  # fractions of the highest speed
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
COLUMNS = 12  # heads on each side of the thick filament in the drawing
HEADS = 2 * COLUMNS
SPACING_nm = 43.0  # of the heads in the drawing; their lean is then to scale
FASTEST_L_per_s = 5.2  # just above the highest speed that the sliders reach
ORDER = 7 * np.arange(HEADS) % HEADS  # in which heads attach: spread out, and each head once
THICK, ACTIN, NECK = 2.0, 1.55, 0.3  # heights in the drawing: filament, and away from it


def compute(
    relative_speed: float, f1_per_s: float, g1_per_s: float, g2_per_s: float
) -> model.CrossBridges:
    """Let heads cycle at a fraction of their highest speed, with given rates."""
    return model.cross_bridges(relative_speed, model.Huxley(f1_per_s, g1_per_s, g2_per_s))


class CrossBridgesScene(Scene[model.CrossBridges]):
    """Heads between filaments above their distances; force and fuel beside them."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.4)

    def draw(self, start: model.CrossBridges) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["heads", "force"], ["profile", "fuel"]],
            [["heads"], ["profile"], ["force"], ["fuel"]],
            widths=[1.1, 1], heights=[1, 1], narrow_heights=[1.1, 1, 1, 1],
            gap=0.38 if self.look.narrow else 0.2,
        )  # fmt: skip
        self._draw_heads(style.bare(axes["heads"]))
        self._draw_profile(axes["profile"], start)
        self._draw_force(axes["force"], start)
        self._draw_fuel(axes["fuel"], start)

    def _draw_heads(self, ax: Axes) -> None:
        bold = self.look.lines
        width = COLUMNS * SPACING_nm
        ax.set(xlim=(-0.03 * width, 1.03 * width), ylim=(-0.65, 6.0))
        beads = np.arange(0, width, 11.0)
        for side in (-1, 1):
            ax.plot(
                beads, np.full(beads.size, THICK + side * ACTIN), "o", color=style.SKY,
                ms=5.5 * bold, mec=style.PAPER, mew=0.6,
            )  # fmt: skip
        ax.plot([0, width], [THICK, THICK], color=style.QUIET, lw=8 * bold, solid_capstyle="butt")
        thin = {"ha": "center", "color": style.QUIET}
        style.label(ax, width / 2, -0.35, "myosin between two actin filaments", **thin)
        self.free = _rods(style.PALE, 2.2 * bold)
        self.pulling = _rods(style.VERMILION, 2.8 * bold)
        self.braking = _rods(style.PURPLE_TEXT, 2.8 * bold)
        for rods in (self.free, self.pulling, self.braking):
            ax.add_collection(self.moving(rods))
        tip: dict[str, Any] = {"ls": "none", "mec": style.PAPER, "mew": 0.8}
        self.pulling_tips = Line2D([], [], marker="o", color=style.VERMILION, ms=7 * bold, **tip)
        self.braking_tips = Line2D(
            [], [], marker="s", color=style.PURPLE_TEXT, ms=6.5 * bold, **tip
        )
        for tips in (self.pulling_tips, self.braking_tips):
            ax.add_line(self.moving(tips))
        self.arrow = Polygon([(0, 0)], fc=style.SKY, lw=0)
        ax.add_patch(self.moving(self.arrow))
        style.label(ax, 0, 5.65, "■ brakes", color=style.PURPLE_TEXT)
        style.label(ax, width / 2, 5.65, "● pulls", ha="center", color=style.VERMILION_TEXT)
        style.label(ax, width, 5.65, "free", ha="right", color=style.QUIET)
        self.sliding = self._number(ax, 4.6, "lengths/s: actin slides", style.BLUE_TEXT)

    def _draw_profile(self, ax: Axes, start: model.CrossBridges) -> None:
        ax.set(
            xlim=(start.x_nm[0], start.x_nm[-1]), ylim=(0, 1.32), yticks=(0, 0.5, 1),
            xlabel="distance x from resting place (nm)", ylabel="attached share",
        )  # fmt: skip
        ax.axvline(0, color=style.QUIET, lw=1)
        ax.plot(*_outline(start, ahead=True).T, color=style.PALE, lw=1.4 * self.look.lines)
        self.pull_area = Polygon([(0, 0)], fc="#F3C9AE", ec=style.VERMILION, lw=1.6)
        self.brake_area = Polygon(
            [(0, 0)], fc="#F0DFE8", ec=style.PURPLE_TEXT, lw=1.6, hatch="////"
        )
        for area in (self.pull_area, self.brake_area):
            ax.add_patch(self.moving(area))
        self.brake_words = self.moving(
            style.label(ax, -12, 1.17, "", ha="center", color=style.PURPLE_TEXT)
        )
        self.pull_words = self.moving(
            style.label(ax, 9.5, 1.17, "", ha="center", color=style.VERMILION_TEXT)
        )

    def _draw_force(self, ax: Axes, start: model.CrossBridges) -> None:
        ax.set(xlim=(0, 1), ylim=(0, 1.62), yticks=(0, 0.5, 1), ylabel="force (of max)")
        ax.set_xticks(TICKS, [])
        ax.plot(SPEEDS, _forces(start), color=style.PALE, lw=1.4 * self.look.lines)
        ax.plot(SPEEDS, hill.relative_force(SPEEDS), "--", color=style.INK,
                lw=1.1 * self.look.lines)  # fmt: skip
        small = {"ha": "right", "color": style.QUIET}
        style.label(ax, 0.99, 0.92, "dashed: Hill", **small)
        style.label(ax, 0.99, 0.72, "grey: frog", **small)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.drop = self.moving(ax.plot([], [], ":", color=style.VERMILION, lw=1.5)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        self.words = self._number(ax, 1.47, "of maximum force", style.VERMILION_TEXT)
        self.top_speed = self._number(ax, 1.26, "lengths/s, highest speed", style.INK)

    def _draw_fuel(self, ax: Axes, start: model.CrossBridges) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 1), yscale="log", ylim=(1, 220), ylabel="fuel (relative)",
            xlabel="speed (fraction of highest)",
        )  # fmt: skip
        ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        ax.set_yticks((1, 3, 10, 30), ("1", "3", "10", "30"))
        ax.minorticks_off()
        ax.plot(SPEEDS, _fuels(start), color=style.PALE, lw=1.4 * self.look.lines)
        self.fuel_curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.fuel_bar = self.moving(
            ax.plot([], [], color=style.ORANGE, lw=6 * self.look.lines, solid_capstyle="butt")[0]
        )
        self.fuel_point = self.moving(ax.plot([], [], "D", color=style.ORANGE, clip_on=False)[0])
        self.fuel_words = self._number(ax, 120, "× fuel (ATP) of holding still", style.ORANGE_TEXT)

    def _number(self, ax: Axes, y: float, words: str, colour: str) -> Text:
        """Write words that stay, and before them a number that moves: short texts draw fast."""
        low, high = ax.get_xlim()
        left, right = low + 0.15 * (high - low), low + 0.17 * (high - low)
        style.label(ax, right, y, words, color=colour)
        number: Text = style.label(ax, left, y, "", ha="right", color=colour)
        return self.moving(number)

    def update(self, result: model.CrossBridges) -> None:
        """Set each head, refill the profile and move both points."""
        self._set_heads(result)
        self.pull_area.set_xy(_outline(result, ahead=True))
        self.brake_area.set_xy(_outline(result, ahead=False))
        style.visible(self.brake_area, on=result.braking_share > 0)
        self.pull_words.set_text(f"pull: {100 * result.pulling_share:.0f} %")
        self.brake_words.set_text(f"brake: {100 * result.braking_share:.0f} %")
        u = result.speed_L_per_s / result.vmax_L_per_s
        self.curve.set_data(SPEEDS, _forces(result))
        self.point.set_data([u], [result.force])
        self.drop.set_data([u, u], [0, result.force])
        self.words.set_text(_plain(result.force))
        self.top_speed.set_text(f"{result.vmax_L_per_s:.2f}")
        self.fuel_curve.set_data(SPEEDS, _fuels(result))
        self.fuel_bar.set_data([u, u], [1, result.fuel])
        self.fuel_point.set_data([u], [result.fuel])
        self.fuel_words.set_text(f"{result.fuel:.1f}")

    def _set_heads(self, result: model.CrossBridges) -> None:
        attached = round(HEADS * result.attached_share)
        pulling = min(round(HEADS * result.pulling_share), attached)
        ahead = _rooted(ORDER[:pulling])
        behind = _rooted(ORDER[pulling:attached])
        idle = _rooted(ORDER[attached:])
        x, n = result.x_nm, result.attached
        for places, part, rods, tips in (
            (ahead, x > 0, self.pulling, self.pulling_tips),
            (behind, x <= 0, self.braking, self.braking_tips),
        ):
            lean = _spread(x[part], n[part], len(places))
            rods.set_segments(_strokes(places, lean, ACTIN))
            tips.set_data(places[:, 0] + lean, THICK + places[:, 1] * (ACTIN - 0.28))
        self.free.set_segments(_strokes(idle, np.full(len(idle), -7.0), 0.95))
        width = COLUMNS * SPACING_nm
        self.sliding.set_text(f"{result.speed_L_per_s:.2f}")
        length = width * result.speed_L_per_s / FASTEST_L_per_s
        self.arrow.set_xy(_arrow(width, THICK + ACTIN + 0.5, length))


def _rods(colour: str, width: float) -> LineCollection:
    rods = LineCollection([], colors=colour, linewidths=width)
    rods.set_capstyle("round")
    return rods


def _rooted(heads: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where heads grow from the thick filament, in nm, and on which side of it (1 or -1)."""
    return np.column_stack([(heads // 2 + 0.5) * SPACING_nm, 2.0 * (heads % 2) - 1])


def _strokes(
    places: NDArray[np.float64], lean_nm: NDArray[np.float64], reach: float
) -> list[NDArray[np.float64]]:
    """Give a stroke for each head, from the thick filament to its tip."""
    x, side = places.T
    feet = np.column_stack([x, THICK + side * NECK])
    tips = np.column_stack([x + lean_nm, THICK + side * (reach - 0.28)])
    return list(np.stack([feet, tips], axis=1))


def _outline(result: model.CrossBridges, *, ahead: bool) -> NDArray[np.float64]:
    """Outline of the area under n(x), ahead of the resting place (to x = h) or behind it."""
    x, n, h = result.x_nm, result.attached, result.constants.h_nm
    part = (x > 0) & (x < h) if ahead else x <= 0
    left, right = (0.0, h) if ahead else (x[0], 0.0)
    at_rest = float(model.attached(0.0, result.speed_L_per_s, result.constants))
    return np.concatenate(
        [
            [(left, 0.0), (left, n[part][0])],
            np.column_stack([x[part], n[part]]),
            [(right, n[part][-1] if ahead else at_rest), (right, 0.0)],
        ]
    )


def _spread(
    x_nm: NDArray[np.float64], attached: NDArray[np.float64], heads: int
) -> NDArray[np.float64]:
    """Give distances for a few heads that are spread as n(x) says."""
    area = np.cumsum(attached)
    if not heads or area[-1] <= 0:
        return np.zeros(heads)
    return np.interp((np.arange(heads) + 0.5) / heads, area / area[-1], x_nm)


def _forces(result: model.CrossBridges) -> NDArray[np.float64]:
    """Force, as a fraction of the isometric force, at each of ``SPEEDS``."""
    return model.force(SPEEDS * result.vmax_L_per_s, result.constants)


def _fuels(result: model.CrossBridges) -> NDArray[np.float64]:
    """Fuel, relative to holding still, at each of ``SPEEDS``."""
    return model.fuel(SPEEDS * result.vmax_L_per_s, result.constants)


def _arrow(x: float, y: float, length: float) -> list[tuple[float, float]]:
    """Outline of an arrow that points to the left; a short one is all head."""
    head = min(14.0, length)
    shaft = 0.07 if length > head else 0.0
    wing = 0.24 if length > 0 else 0.0
    neck = x - length + head
    upper = [(x, y + shaft), (neck, y + shaft), (neck, y + wing)]
    return [*upper, (x - length, y), *((u, 2 * y - v) for u, v in reversed(upper))]


def _plain(force: float) -> str:
    """Force without the minus sign that rounding leaves at the highest speed."""
    return f"{max(force, 0):.2f}"


def read(result: model.CrossBridges) -> Reading:
    """Give the reading of the heads."""
    return reading(
        ("heads that pull", 100 * result.pulling_share, "% of those within reach"),
        ("heads that brake", 100 * result.braking_share, "% of those within reach"),
        ("force", _plain(result.force), "of maximum"),
        ("speed", f"{result.speed_L_per_s:.2f}", "muscle lengths/s"),
        ("highest speed", f"{result.vmax_L_per_s:.2f}", "muscle lengths/s"),
        ("fuel (ATP) relative to holding still", result.fuel, "times"),
    )


def describe(result: model.CrossBridges) -> str:
    """Say what the picture shows."""
    share = result.speed_L_per_s / result.vmax_L_per_s
    return (
        f"At {100 * share:.0f} % of the highest speed ({result.vmax_L_per_s:.2f} muscle lengths "
        f"per second), {100 * result.pulling_share:.0f} % of the myosin heads within reach pull "
        f"and {100 * result.braking_share:.0f} % brake. Force is {_plain(result.force)} of its "
        f"maximum, and fuel (ATP) {result.fuel:.1f} times that of holding still."
    )


def cross_bridges(prediction: Prediction | None = None) -> Explorer[model.CrossBridges]:
    """Let actin slide past myosin heads and count those that pull and those that brake.

    "Little ATP" lets heads go slowly (g1 = 2 and g2 = 50 per second), as if they waited for the
    ATP that frees them. The two rates are a teaching choice, not a measured state.
    """
    frog = model.FROG
    rates = {"f1_per_s": frog.f1_per_s, "g1_per_s": frog.g1_per_s, "g2_per_s": frog.g2_per_s}
    return Explorer(
        "cross_bridges",
        "Cross-bridges",
        controls=(
            Slider("relative_speed", "speed of shortening", "of highest", 0, 0, 1, 0.01),
            Slider("f1_per_s", "heads attach, f₁", "1/s", frog.f1_per_s, 5, 70, 0.1, "log"),
            Slider("g1_per_s", "pulling heads let go, g₁", "1/s", frog.g1_per_s, 2, 60, 0.1, "log"),
            Slider("g2_per_s", "braking heads let go, g₂", "1/s", frog.g2_per_s, 50, 800, 1, "log"),
        ),
        presets={
            "holding still": {"relative_speed": 0.0},
            "a fifth of the highest speed": {"relative_speed": 0.2},
            "highest speed": {"relative_speed": 1.0},
            "little ATP (a teaching choice)": {"g1_per_s": 2.0, "g2_per_s": 50.0},
            "frog muscle, 0 °C, half speed": {"relative_speed": 0.5, **rates},
        },
        compute=compute,
        scene=CrossBridgesScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
