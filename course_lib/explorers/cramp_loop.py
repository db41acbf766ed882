"""The loop of a cramp: spindle, motoneuron, muscle and tendon organ."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch, Rectangle

from course_lib.physiology import cramp_loop as model
from course_lib.physiology.cramp import folds, threshold_Hz
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

SHOWN_s = 45.0
PARTS = ("rested", "fatigue", "short", "pain", "electrolytes")
COLOURS = dict(
    zip(PARTS, (style.PALE, style.ORANGE, style.SKY, style.PURPLE, style.GREEN), strict=True)
)


def compute(
    fatigue: float, short: float, pain: float, shift_mV: float, stretch: float
) -> model.Run:
    """Contract for three seconds and see what follows; sliders in percent."""
    return model.contract(
        fatigue=fatigue / 100, short=short / 100, pain=pain / 100, shift_mV=shift_mV,
        stretch=stretch, end_s=SHOWN_s,
    )  # fmt: skip


class CrampLoopScene(Scene[model.Run]):
    """The loop, the drive and what it is made of, and the firing in time."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.4)

    def draw(self, start: model.Run) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "time"], ["drawing", "drive"]],
            [["drawing"], ["time"], ["drive"]],
            widths=[1, 1.4], heights=[1.5, 1], narrow_heights=[1.5, 1.1, 0.9], gap=0.5,
        )  # fmt: skip
        self._draw_loop(style.bare(axes["drawing"]))
        self._draw_time(axes["time"], start)
        self._draw_drive(axes["drive"])

    def _draw_loop(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        ax.add_patch(Ellipse((5, 8.3), 6.0, 2.2, fc="#EEF3F7", lw=0))
        self.cell = Circle((5, 8.1), 0.55, fc=style.PALE, lw=0, zorder=3)
        ax.add_patch(self.cell)
        self.moving(self.cell)
        style.label(ax, 5, 9.65, "spinal cord: motoneurons", color=style.BLUE_TEXT, **small)
        self.muscle = Ellipse((5, 2.6), 7.4, 1.7, fc=style.PALE, lw=0)
        ax.add_patch(self.muscle)
        self.moving(self.muscle)
        style.label(ax, 5, 1.3, "muscle", color=style.VERMILION_TEXT, **small)
        ax.plot([8.7, 9.7], [2.6, 2.6], color=style.QUIET, lw=3 * bold)
        for patch in (
            Ellipse((3.2, 2.6), 1.7, 0.5, fc=style.PAPER, ec=style.GREEN, lw=1.6 * bold),
            Rectangle((8.8, 2.35), 0.7, 0.5, fc=style.PAPER, ec=style.PURPLE, lw=1.6 * bold),
        ):
            ax.add_patch(patch)
            self.moving(patch)  # or the muscle, which moves, would cover it
        style.label(ax, 1.4, 4.1, "spindle", color=style.GREEN_TEXT, **small)
        style.label(ax, 8.5, 1.3, "tendon organ", color=style.PURPLE_TEXT, **small)
        self.arrows = {
            name: self._arrow(ax, begin, end, bend, colour)
            for name, begin, end, bend, colour in (
                ("out", (5.0, 7.5), (5.0, 3.5), 0.0, style.BLUE),
                ("spindle", (3.2, 2.9), (4.4, 8.1), -0.35, style.GREEN),
                ("organ", (9.1, 2.9), (5.6, 8.1), 0.35, style.PURPLE),
            )
        }
        style.label(ax, 1.7, 6.6, "+", fontsize="x-large", color=style.GREEN_TEXT, ha="center")
        style.label(ax, 8.7, 6.6, "\u2212", fontsize="x-large", color=style.PURPLE_TEXT,
                    ha="center")  # fmt: skip
        self.words = self.moving(style.label(ax, 5, 0.4, "", ha="center", color=style.INK))

    def _arrow(
        self,
        ax: Axes,
        begin: tuple[float, float],
        end: tuple[float, float],
        bend: float,
        colour: str,
    ) -> FancyArrowPatch:
        arrow = FancyArrowPatch(
            begin, end, connectionstyle=f"arc3,rad={bend}", color=colour, lw=1,
            arrowstyle="-|>", mutation_scale=13 * self.look.lines, shrinkA=0, shrinkB=0,
        )  # fmt: skip
        ax.add_patch(arrow)
        return self.moving(arrow)

    def _draw_time(self, ax: Axes, start: model.Run) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, SHOWN_s), ylim=(0, 36), yticks=(0, 10, 20), xticks=(0, 10, 20, 30, 40),
            xlabel="time (s)", ylabel="spikes per second",
        )  # fmt: skip
        ax.axvspan(0, model.CONTRACTION_s, color=style.SKY, alpha=0.3, lw=0, zorder=0)
        style.label(ax, 0.4, 33.5, "you contract", color=style.BLUE_TEXT, fontsize="small")
        self.stretched = Rectangle(
            (model.STRETCH_AT_s, 0), model.STRETCH_FOR_s, 36, fc=style.PURPLE, alpha=0.25, lw=0
        )
        ax.add_patch(self.stretched)
        self.moving(self.stretched)
        at = model.STRETCH_AT_s + 2.4
        self.stretch_word = self.moving(
            style.label(ax, at, 29, "stretch", color=style.PURPLE_TEXT, fontsize="small")
        )
        ax.plot(start.episode.time_s, start.episode.firing_Hz, color=style.PALE, lw=1.4)
        self.firing: Line2D = self.moving(ax.plot([], [], color=style.VERMILION)[0])

    def _draw_drive(self, ax: Axes) -> None:
        on, off = folds()
        ax.set(xlim=(0, 29), ylim=(-0.5, 1.9), yticks=(), xlabel="baseline drive",
               xticks=(0, 5, 10, 15, 20, 25))  # fmt: skip
        ax.spines["left"].set_visible(False)
        ax.axvline(off, color=style.QUIET, ls=(0, (3, 2)), lw=1.4)
        ax.axvline(on, color=style.VERMILION, ls=(0, (3, 2)), lw=1.4)
        style.label(ax, off + 0.4, 1.6, "can hold a cramp from here", color=style.QUIET,
                    fontsize="small")  # fmt: skip
        style.label(ax, on - 0.4, 0.3, "by itself", ha="right", color=style.VERMILION_TEXT,
                    fontsize="small")  # fmt: skip
        names = (
            (3.3, "fatigue", style.ORANGE_TEXT), (8.6, "short", style.BLUE_TEXT),
            (12.8, "pain", style.PURPLE_TEXT), (16.6, "Ca, Mg", style.GREEN_TEXT),
        )  # fmt: skip
        for x, name, colour in names:
            style.label(ax, x, 1.1, name, color=colour, fontsize="small")
        self.bars = {}
        for name in PARTS:
            bar = Rectangle((0, -0.1), 0, 0.8, fc=COLOURS[name], lw=0)
            ax.add_patch(bar)
            self.bars[name] = self.moving(bar)

    def update(self, result: model.Run) -> None:
        """Move bars and firing, and light up what is active."""
        episode = result.episode
        self.firing.set_data(episode.time_s[::5], episode.firing_Hz[::5])
        left = 0.0
        for name in PARTS:
            self.bars[name].set_x(left)
            self.bars[name].set_width(result.parts[name])
            left += result.parts[name]
        style.visible(self.stretched, self.stretch_word, on=result.stretch > 0)
        cramps = episode.cramp_s >= 1
        self.cell.set_facecolor(style.BLUE if cramps else style.PALE)
        self.muscle.set_facecolor(style.VERMILION if cramps else style.PALE)
        self.muscle.set_height(2.1 if cramps else 1.6)
        bold = self.look.lines
        self.arrows["out"].set_linewidth((1 + episode.cramp_Hz / 4) * bold)
        self.arrows["spindle"].set_linewidth((1 + result.baseline / 5) * bold)
        self.arrows["organ"].set_linewidth((0.8 + result.stretch / 4) * bold)
        self.words.set_text(f"cramp: {episode.cramp_s:.0f} s" if cramps else "no cramp")


def read(result: model.Run) -> Reading:
    """Give the reading of the loop."""
    episode = result.episode
    made_of = ", ".join(f"{n} {result.parts[n]:.1f}" for n in PARTS if result.parts[n] > 0)
    return reading(
        ("baseline drive", f"{result.baseline:.1f}", f"({made_of})"),
        ("cramp threshold", f"{threshold_Hz(result.baseline):.1f}", "stimuli per second"),
        ("the muscle goes on for", f"{episode.cramp_s:.1f}", "s"),
        ("at", f"{episode.cramp_Hz:.1f}", "spikes per second"),
        ("stretch at 12 s brakes by", f"{result.stretch:.0f}"),
        ("measured in cramps", "24 ± 16 s at 14.5 ± 5.1 spikes per second"),
    )


def describe(result: model.Run) -> str:
    """Say what the picture shows."""
    episode = result.episode
    after = (
        f"the muscle cramps for {episode.cramp_s:.1f} s at {episode.cramp_Hz:.1f} per second"
        if episode.cramp_s >= 1
        else "the muscle relaxes"
    )
    brake = f"a stretch of {result.stretch:.0f}" if result.stretch else "no stretch"
    return (
        f"After a contraction of 3 s with a baseline drive of {result.baseline:.1f} {after}, with "
        f"{brake} at 12 s. The cramp threshold is {threshold_Hz(result.baseline):.1f} per second."
    )


def cramp_loop(prediction: Prediction | None = None) -> Explorer[model.Run]:
    """Push the loop towards a cramp, and stretch it away."""
    return Explorer(
        "cramp_loop",
        "The loop of a cramp (teaching model: directions measured, sizes chosen)",
        controls=(
            Slider("fatigue", "fatigue", "%", 60.0, 0.0, 100.0, 5.0),
            Slider("short", "short position of the muscle", "%", 100.0, 0.0, 100.0, 5.0),
            Slider("pain", "pain", "%", 40.0, 0.0, 100.0, 5.0),
            Slider("shift_mV", "gates shifted by low Ca or Mg", "mV", 0.0, -6.0, 0.0, 0.1),
            Slider("stretch", "stretch at 12 s", "", 0.0, 0.0, 25.0, 1.0),
        ),
        presets={
            "rested": {"fatigue": 0.0, "short": 0.0, "pain": 0.0, "shift_mV": 0.0, "stretch": 0.0},
            "low magnesium alone": {
                "fatigue": 0.0, "short": 0.0, "pain": 0.0, "shift_mV": -1.1, "stretch": 0.0,
            },
            "stretch it": {"stretch": 18.0},
        },
        compute=compute,
        scene=CrampLoopScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
