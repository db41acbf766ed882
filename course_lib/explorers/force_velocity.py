"""A muscle that lifts a load: how fast, and with how much power."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from numpy.typing import NDArray

from course_lib.physiology import force_velocity as model
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.canvas import PredictionLike
from course_lib.ui.explorer import Prediction

LOADS = np.linspace(0, 1, 121)
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
FASTEST_L0_per_s = 3.0  # of the slider; the speed axis is made for it
LIFT_S = 0.1  # the muscle is drawn so long after its start
FOUND = 0.999  # share of the highest power at which the best load counts as found

# The drawing, in its own units.
BEAM, TENDON, REST, HALF_WIDTH = 6.0, 0.25, 2.9, 0.55
HOOK = BEAM - 2 * TENDON - REST  # where the load hangs before the muscle shortens
BLOCK = 1.3  # side of the heaviest block; its area follows the load
ARROW_X, ARROW_FOOT = 1.6, 0.8
ARROW_PER_L0_per_s = 1.6
CLEAR = {"fc": style.PAPER, "ec": "none", "pad": 1}  # so that no line runs through a word
SPINDLE = np.linspace(0, 1, 40)


def compute(load: float, a_over_F0: float, vmax_L0_per_s: float) -> model.Lift:
    """Lift a load, as a fraction of F0, with a muscle of given curvature and highest speed."""
    return model.lift(load, model.HillMuscle(a_over_F0, vmax_L0_per_s))


class ForceVelocityScene(Scene[model.Lift]):
    """A muscle hanging from a beam, beside its curves of speed and of power."""

    wide = (9.0, 4.7)
    narrow = (4.2, 8.2)

    def draw(self, start: model.Lift) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "speed"], ["drawing", "power"]],
            [["drawing"], ["speed"], ["power"]],
            widths=[1, 1.55], heights=[1.25, 1], narrow_heights=[1.4, 1.2, 1], gap=0.14,
        )  # fmt: skip
        self._draw_muscle(style.bare(axes["drawing"]))
        self._draw_speed(axes["speed"], start)
        self._draw_power(axes["power"], start)

    def _draw_muscle(self, ax: Axes) -> None:
        bold = self.look.lines
        ax.set(xlim=(-2.1, 2.8), ylim=(-0.45, 6.35), aspect="equal")
        beam = Rectangle((-1.6, BEAM), 3.2, 0.25, fc=style.PALE, ec=style.QUIET, hatch="///", lw=0)
        ax.add_patch(beam)
        ax.plot([-1.6, 1.6], [BEAM, BEAM], color=style.QUIET, lw=2 * bold)
        ax.plot([-1.05, 1.05], [HOOK, HOOK], "--", color=style.QUIET, lw=1 * bold)
        style.label(ax, -1.15, HOOK, "start", ha="right", color=style.QUIET)
        words = {"color": style.VERMILION_TEXT}
        style.label(ax, -0.8, BEAM - TENDON - REST / 2, "muscle", ha="right", **words)
        style.label(ax, ARROW_X + 0.35, 1.15, "speed", **words)
        self.tendons = LineCollection([], colors=style.QUIET, linewidths=2.5 * bold)
        self.fibres = LineCollection([], colors=style.VERMILION, linewidths=1 * bold)
        faint = {"alpha": 0.3, "lw": 0}
        self.muscle = Polygon([(0, 0)], fc=style.VERMILION, **faint)  # type: ignore[arg-type]
        self.block = Rectangle((0, 0), 0, 0, fc=style.QUIET, lw=0)
        self.arrow = Polygon([(0, 0)], fc=style.VERMILION, lw=0)
        for patch in (self.muscle, self.block, self.arrow):
            ax.add_patch(self.moving(patch))
        for lines in (self.fibres, self.tendons):
            ax.add_collection(self.moving(lines))
        self.weight = self.moving(style.label(ax, -0.06, 0.45, "", ha="right"))
        style.label(ax, 0.06, 0.45, "of F₀")
        style.label(ax, 0, -0.15, f"{LIFT_S:g} s after the start", ha="center", color=style.QUIET)

    def _draw_speed(self, ax: Axes, start: model.Lift) -> None:
        self.plot = ax
        ax.set(xlim=(0, 1), ylim=(0, 3.3), yticks=(0, 1, 2, 3), ylabel="speed (lengths/s)")
        ax.set_xticks(TICKS, [])
        ax.plot(LOADS, _speeds(start), color=style.PALE, lw=1.4 * self.look.lines)
        ax.plot(start.load, start.speed_L0_per_s, "o", mfc=style.PAPER, mec=style.QUIET)
        self.area = Rectangle((0, 0), 0, 0, fc=style.GREEN, alpha=0.3, lw=0)
        ax.add_patch(self.moving(self.area))
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.drop = self.moving(ax.plot([], [], ":", color=style.VERMILION, lw=1.5)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        self.words = self._number(ax, 3.05, "lengths/s", style.VERMILION_TEXT)
        style.label(ax, 0.99, 2.6, "shaded: power; grey: frog", ha="right", color=style.QUIET)

    def _draw_power(self, ax: Axes, start: model.Lift) -> None:
        self.power_plot = ax
        ax.set(
            xlim=(0, 1), ylim=(0, 24), yticks=(0, 5, 10, 15), ylabel="power (% F₀·Vmax)",
            xlabel="load (fraction of maximum force F₀)",
        )  # fmt: skip
        ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        ax.plot(LOADS, _powers(start), color=style.PALE, lw=1.4 * self.look.lines)
        ax.plot(start.load, 100 * start.power, "s", mfc=style.PAPER, mec=style.QUIET)
        self.power_curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.power_drop = self.moving(ax.plot([], [], ":", color=style.GREEN, lw=1.5)[0])
        self.summit = self.moving(
            ax.plot(
                [], [], "o", mfc=style.PAPER, mec=style.GREEN, mew=1.6 * self.look.lines, zorder=4
            )[0]
        )
        self.summit_name = self.moving(
            style.label(ax, 0, 0, "highest", ha="center", color=style.GREEN_TEXT, bbox=CLEAR)
        )
        self.power_point = self.moving(
            ax.plot([], [], "s", color=style.GREEN, clip_on=False, zorder=5)[0]
        )
        self.power_words = self._number(ax, 22.2, "% of highest power", style.GREEN_TEXT)

    def _number(self, ax: Axes, y: float, words: str, colour: str) -> Text:
        """Write words that stay, and before them a number that moves: short texts draw fast."""
        style.label(ax, 0.44, y, words, color=colour)
        number: Text = style.label(ax, 0.42, y, "", ha="right", color=colour)
        return self.moving(number)

    def update(self, result: model.Lift) -> None:
        """Shorten the muscle and move both points."""
        self._shorten(result)
        load, speed, power = result.load, result.speed_L0_per_s, 100 * result.power
        self.curve.set_data(LOADS, _speeds(result))
        self.area.set_bounds(0, 0, load, speed)
        self.drop.set_data([load, load], [0, speed])
        self.point.set_data([load], [speed])
        self.words.set_text(f"{speed:#.2g}")
        self.power_curve.set_data(LOADS, _powers(result))
        self.summit.set_data([result.best_load], [100 * result.best_power])
        self.summit_name.set_position((result.best_load, 100 * result.best_power + 3))
        self.power_drop.set_data([load, load], [0, power])
        self.power_point.set_data([load], [power])
        self.power_words.set_text(f"{100 * result.share_of_best:.0f}")

    def _shorten(self, result: model.Lift) -> None:
        shortened = LIFT_S * result.speed_L0_per_s  # a fraction of the resting length
        top, bottom = BEAM - TENDON, BEAM - TENDON - REST * (1 - shortened)
        hook = bottom - TENDON
        # Muscle keeps its volume, so a shorter one is thicker.
        bulge = HALF_WIDTH * np.sin(np.pi * SPINDLE) ** 0.8 / np.sqrt(1 - shortened)
        y = top + (bottom - top) * SPINDLE
        sides = [np.column_stack([share * bulge, y]) for share in (-1, -0.5, 0, 0.5, 1)]
        self.fibres.set_segments(sides)
        self.muscle.set_xy(np.concatenate([sides[0], sides[-1][::-1]]))
        self.tendons.set_segments([[(0, BEAM), (0, top)], [(0, bottom), (0, hook)]])
        side = BLOCK * np.sqrt(result.load)
        self.block.set_bounds(-side / 2, hook - side, side, side)
        self.arrow.set_xy(_arrow(ARROW_X, ARROW_FOOT, ARROW_PER_L0_per_s * result.speed_L0_per_s))
        self.weight.set_text(f"{result.load:.2f}")

    def show_prediction(self, prediction: PredictionLike) -> None:
        """Draw the student's load through both curves, up to the words above them."""
        super().show_prediction(prediction)
        if isinstance(prediction.value, float | int):
            self._marks[0].set(ydata=(0, 0.7))
            line = {"color": style.BLUE, "lw": 2 * self.look.lines, "zorder": 6}
            self._marks.append(
                self.power_plot.axvline(float(prediction.value), 0, 0.84, ls=(0, (4, 2)), **line)
            )


def _speeds(result: model.Lift) -> NDArray[np.float64]:
    """Speed, in lengths per second, at each of ``LOADS``."""
    muscle = result.muscle
    return model.relative_speed(LOADS, muscle.a_over_F0) * muscle.vmax_L0_per_s


def _powers(result: model.Lift) -> NDArray[np.float64]:
    """Power, in % of F0 Vmax, at each of ``LOADS``."""
    return 100 * LOADS * model.relative_speed(LOADS, result.muscle.a_over_F0)


def _arrow(x: float, y: float, length: float) -> list[tuple[float, float]]:
    """Outline of an arrow that points up; a short one is all head, none has no size."""
    head = min(0.4, length)
    shaft = 0.09 if length > head else 0.0
    wing = 0.24 if length > 0 else 0.0
    neck = y + length - head
    left = [(x - shaft, y), (x - shaft, neck), (x - wing, neck)]
    return [*left, (x, y + length), *((2 * x - u, v) for u, v in reversed(left))]


def _where_is_most_power(result: model.Lift) -> str:
    """Say where to look for the best load, and give it away only once it is found."""
    if result.share_of_best >= FOUND:
        return "here"
    return "at a lighter load" if result.load > result.best_load else "at a heavier load"


def read(result: model.Lift) -> Reading:
    """Give the reading of a lift."""
    return reading(
        ("load", f"{result.load:.2f}", "of the maximum force F₀"),
        ("speed", result.speed_L0_per_s, "muscle lengths/s"),
        (
            "share of the highest speed",
            100 * result.speed_L0_per_s / result.muscle.vmax_L0_per_s,
            "%",
        ),
        ("power", 100 * result.power, "% of F₀ × highest speed"),
        ("power, compared with its highest", 100 * result.share_of_best, "%"),
        ("highest power", _where_is_most_power(result)),
    )


def describe(result: model.Lift) -> str:
    """Say what the picture shows."""
    muscle = result.muscle
    return (
        f"A muscle (a/F0 {muscle.a_over_F0:.2f}, highest speed {muscle.vmax_L0_per_s:.2f} lengths "
        f"per second) lifts {result.load:.2f} of its maximum force at "
        f"{result.speed_L0_per_s:#.2g} lengths per second. Its power is "
        f"{100 * result.share_of_best:.0f} % of the highest it can give, which is "
        f"{_where_is_most_power(result)}."
    )


def force_velocity(prediction: Prediction | None = None) -> Explorer[model.Lift]:
    """Lift loads with a muscle and look for the one that gives the most power."""
    muscles = {
        "frog muscle, 0 °C": model.FROG, "slow fibre": model.SLOW, "fast fibre": model.FAST
    }  # fmt: skip
    return Explorer(
        "force_velocity",
        "Force, speed and power",
        controls=(
            Slider("load", "load", "of maximum force", 0.8, 0, 1, 0.01),
            Slider("a_over_F0", "curvature a/F₀", "", model.FROG.a_over_F0, 0.1, 0.6, 0.01),
            Slider("vmax_L0_per_s", "highest speed", "muscle lengths/s",
                   model.FROG.vmax_L0_per_s, 0.3, FASTEST_L0_per_s, 0.05),
        ),
        presets={
            words: {"a_over_F0": m.a_over_F0, "vmax_L0_per_s": m.vmax_L0_per_s}
            for words, m in muscles.items()
        },
        compute=compute,
        scene=ForceVelocityScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
