"""A first slider: how much of a swallowed dose of magnesium the body takes up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, FancyArrowPatch, Rectangle

from course_lib.physiology import magnesium_body as model
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

DOSES_mg = np.linspace(0, 1000, 101)
PER_DOT_mg = 10.0
GUT = np.linspace(0, 1, 80)
_DICE = np.random.default_rng(4)
INSIDE = np.column_stack([_DICE.uniform(6.0, 9.4, 110), _DICE.uniform(5.6, 9.0, 110)])
OUTSIDE = np.column_stack([_DICE.uniform(0.6, 9.4, 110), _DICE.uniform(0.5, 2.0, 110)])


@dataclass(frozen=True)
class View:
    """A day's dose, in how many parts it is swallowed, and what is taken up, in mg."""

    dose_mg: float
    parts: int
    absorbed_mg: float
    curve_mg: np.ndarray


def compute(dose_mg: float, parts: float) -> View:
    """Swallow a dose in equal parts, far enough apart."""
    count = round(parts)

    def taken_up(day_mg: Any) -> np.ndarray:
        return count * model.absorbed(np.asarray(day_mg) / count)

    return View(dose_mg, count, float(taken_up(dose_mg)), taken_up(DOSES_mg))


class FirstScene(Scene[View]):
    """A gut with its dots, and uptake against dose."""

    wide = (9.0, 4.4)
    narrow = (4.2, 7.6)

    def draw(self, start: View) -> None:
        """Draw both panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "plot"]], [["drawing"], ["plot"]],
            widths=[1, 1.3], narrow_heights=[1, 1.1], gap=0.1,
        )  # fmt: skip
        self._draw_gut(style.bare(axes["drawing"]))
        self._draw_plot(axes["plot"], start)

    def _draw_gut(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small"}
        ax.add_patch(Rectangle((5.6, 5.2), 4.2, 4.2, fc="#FAE9DF", lw=0))
        style.label(ax, 5.7, 9.75, "taken up", color=style.VERMILION_TEXT, **small)
        ax.plot(2.4 + 1.5 * np.sin(16 * GUT), 3.4 + 4.2 * GUT, color=style.ORANGE, lw=7 * bold,
                alpha=0.5)  # fmt: skip
        style.label(ax, 0.4, 9.75, "swallowed", color=style.PURPLE_TEXT, **small)
        self.tablet = Ellipse((2.4, 8.7), 2.0, 1.0, fc=style.PURPLE, lw=0)
        ax.add_patch(self.tablet)
        self.moving(self.tablet)
        ax.add_patch(
            FancyArrowPatch((4.2, 6.4), (5.5, 6.9), color=style.QUIET, lw=2 * bold,
                            arrowstyle="-|>", mutation_scale=13 * bold)
        )  # fmt: skip
        style.label(ax, 0.4, 2.5, "leaves by the gut", color=style.QUIET, **small)
        dots: dict[str, Any] = {"ls": "none", "mew": 0, "ms": 5 * bold}
        (self.inside,) = ax.plot([], [], "o", color=style.VERMILION, **dots)
        (self.outside,) = ax.plot([], [], "o", color=style.QUIET, **dots)
        self.moving(self.inside)
        self.moving(self.outside)
        style.label(ax, 9.7, 2.5, "a dot is 10 mg", ha="right", color=style.QUIET, **small)

    def _draw_plot(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 1000), ylim=(0, 400), xticks=(0, 250, 500, 750),
            yticks=(0, 100, 200, 300, 400), xlabel="swallowed (mg a day)",
            ylabel="taken up (mg a day)",
        )  # fmt: skip
        ax.plot([0, 400], [0, 400], color=style.QUIET, lw=1.2, ls=(0, (3, 2)))
        style.label(ax, 380, 345, "dashed: all of it", color=style.QUIET, fontsize="small")
        ax.plot(DOSES_mg, start.curve_mg, color=style.PALE, lw=1.6)
        style.label(ax, 980, 25, "grey: how it began", ha="right", color=style.QUIET,
                    fontsize="small")  # fmt: skip
        self.curve = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Move the dots, the curve and the point."""
        inside = round(result.absorbed_mg / PER_DOT_mg)
        self.inside.set_data(*INSIDE[:inside].T)
        self.outside.set_data(*OUTSIDE[: round(result.dose_mg / PER_DOT_mg) - inside].T)
        self.tablet.set_width(0.3 + 2.4 * np.sqrt(result.dose_mg / 1000))
        self.curve.set_data(DOSES_mg, result.curve_mg)
        self.point.set_data([result.dose_mg], [result.absorbed_mg])


def read(result: View) -> Reading:
    """Give the reading of the dose."""
    share = 100 * result.absorbed_mg / result.dose_mg
    return reading(
        ("swallowed", f"{result.dose_mg:.0f}", "mg a day"),
        ("taken up", f"{result.absorbed_mg:.0f}", "mg a day"),
        ("that is", f"{share:.0f}", "% of it"),
        ("leaves by the gut", f"{result.dose_mg - result.absorbed_mg:.0f}", "mg a day"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    return (
        f"Of {result.dose_mg:.0f} mg magnesium swallowed in a day, in {result.parts} part"
        f"{'s' if result.parts > 1 else ''}, {result.absorbed_mg:.0f} mg are taken up, "
        f"{100 * result.absorbed_mg / result.dose_mg:.0f} %. The curve flattens: the more is "
        "swallowed at once, the smaller the share."
    )


def first_slider(prediction: Prediction | None = None) -> Explorer[View]:
    """Swallow more, or the same in parts: a picture to learn on."""
    return Explorer(
        "first_slider",
        "How much of it do you take up? (teaching model)",
        controls=(
            Slider("dose_mg", "swallowed", "mg a day", 300, 20, 1000, 10),
            Slider("parts", "in equal parts", "", 1, 1, 6, 1),
        ),
        presets={
            "a large dose: 1,000 mg": {"dose_mg": 1000, "parts": 1},
            "the same in six parts": {"dose_mg": 1000, "parts": 6},
        },
        compute=compute,
        scene=FirstScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
