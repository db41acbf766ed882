"""Germs, inflammation and damage, and a brake that helps in one case and costs in another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import inflammation as model
from course_lib.physiology.inflammation_threshold import MOST, thresholds
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.2, 10, 90)
LABORATORY_mM = 6.0
TOLERANCE = 1e-5  # of the solver; thinner than any line
ENDINGS: dict[model.Outcome, str] = {
    "heals": "heals",
    "own inflammation": "germs gone, inflammation stays",
    "infection": "infection wins",
}
MARKS: dict[model.Outcome, tuple[str, str]] = {
    "heals": ("o", style.GREEN),
    "own inflammation": ("s", style.VERMILION),
    "infection": ("X", style.ORANGE),
}
# What is drawn of a course: words, full height, colours of line and words.
STRIPS = (
    ("germs", 15.0, style.ORANGE, style.ORANGE_TEXT),
    ("defence", 1.2, style.VERMILION, style.VERMILION_TEXT),
    ("damage", 20.0, style.PURPLE, style.PURPLE_TEXT),
    ("own brake", 0.6, style.BLUE, style.BLUE_TEXT),
)
JARS = {"germs": (0.9, 6.2), "defence": (6.7, 6.2), "damage": (6.7, 1.3), "own brake": (0.9, 1.3)}
JAR = 2.2


@dataclass(frozen=True)
class View:
    """A course, and the most germs that heal: over magnesium, and at three levels of it."""

    magnesium_mM: float
    course: model.Course
    threshold: np.ndarray
    lost_to_germs: np.ndarray
    usual: float
    mouth: float
    dish: float


def compute(mg_mM: float, germs: float, growth_per_h: float, brake: float) -> View:
    """Give the course of an infection; ``brake`` is q at the top of an infusion."""
    body = replace(model.BODY, growth_per_h=growth_per_h, brake_at_infusion=brake)
    run = model.course(
        germs, brake=float(model.brake(mg_mM, body)), body=body, tolerance=TOLERANCE
    )  # fmt: skip
    three = [body.usual_mM, band("serum_ionised", "by mouth").high, LABORATORY_mM]
    found = thresholds(model.brake([*three, *MAGNESIUM_mM], body), growth_per_h)
    usual, mouth, dish = found.germs[:3].tolist()
    return View(mg_mM, run, found.germs[3:], found.lost_to_germs[3:], usual, mouth, dish)


def heights(course: model.Course) -> list[np.ndarray]:
    """Give the four courses as drawn: roots, so that little is seen beside much."""
    drawn = (course.germs, course.defence, course.damage, course.own_brake)
    return [
        np.sqrt(np.clip(values / full, 0, 1))
        for values, (_, full, _, _) in zip(drawn, STRIPS, strict=True)
    ]


class InflammationScene(Scene[View]):
    """What calls for what, ten days of it, and which starts heal at which magnesium."""

    wide = (9.0, 5.8)
    narrow = (4.2, 10.6)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "course"], ["drawing", "map"]],
            [["drawing"], ["course"], ["map"]],
            widths=[1, 1.35], heights=[1, 1.15], narrow_heights=[1.5, 0.9, 1.2], gap=0.3,
        )  # fmt: skip
        self._draw_loop(style.bare(axes["drawing"]))
        self._draw_course(axes["course"], start)
        self._draw_map(axes["map"], start)

    def _draw_loop(self, ax: Axes) -> None:
        ax.set(xlim=(-0.2, 10), ylim=(-1.9, 10.6))
        self.fills = []
        for words, _, colour, dark in STRIPS:
            x, y = JARS[words]
            fill = Rectangle((x, y), JAR, 0, fc=colour, lw=0, alpha=0.75, zorder=1)
            ax.add_patch(fill)
            self.fills.append(self.moving(fill))
            ax.add_patch(Rectangle((x, y), JAR, JAR, fc="none", ec=style.QUIET, lw=1.4, zorder=2))
            above = y > 5
            style.label(ax, x + JAR / 2, y + (JAR + 0.5 if above else -0.5), words,
                        ha="center", color=dark)  # fmt: skip
        small: dict[str, Any] = {"fontsize": "small", "color": style.QUIET, "ha": "center"}
        for begin, end, flat, words, where in (
            ((3.3, 7.9), (6.5, 7.9), False, "calls", (4.05, 8.35)),
            ((6.5, 6.7), (3.3, 6.7), True, "kills", (4.9, 6.25)),
            ((8.4, 6.0), (8.4, 3.7), False, "harms", (9.45, 5.2)),
            ((7.2, 3.7), (7.2, 6.0), False, "calls", (6.45, 5.2)),
            ((6.5, 2.0), (3.3, 2.0), False, "calls", (4.9, 1.55)),
            ((3.2, 3.6), (6.5, 6.1), True, "brakes", (3.7, 5.1)),
        ):
            head = "|-|,widthA=0,widthB=5" if flat else "-|>"
            colour = style.BLUE if flat else style.QUIET
            ax.add_patch(
                FancyArrowPatch(begin, end, arrowstyle=head, color=colour, lw=1.6,
                                mutation_scale=12 if not flat else 1, shrinkA=0, shrinkB=0)
            )  # fmt: skip
            style.label(ax, *where, words, **small)
        style.label(ax, 4.9, 10.1, "magnesium: brakes all calls?", ha="center", fontsize="small",
                    color=style.PURPLE_TEXT)  # fmt: skip
        self.salt = self.moving(
            ax.plot([4.9, 4.9], [9.75, 8.05], color=style.PURPLE, solid_capstyle="butt")[0]
        )
        self.ending = self.moving(style.label(ax, 4.9, -0.7, "", ha="center", color=style.INK))
        style.label(ax, 4.9, -1.65, "jars: after ten days", **small)

    def _draw_course(self, ax: Axes, start: View) -> None:
        ax.set(xlim=(0, 10), ylim=(-0.08, 4.35), xlabel="days", xticks=(0, 2, 4, 6, 8, 10))
        ax.set_yticks([3.4 - row for row in range(4)], ["germs", "defence", "damage", "brake"])
        ax.tick_params("y", length=0, labelsize="small", pad=2)
        for words, (_, _, _, dark) in zip(ax.get_yticklabels(), STRIPS, strict=True):
            words.set_color(dark)
        ax.spines["left"].set_visible(False)
        self.lines = []
        grey = heights(start.course)
        for row, (_, _, colour, _) in enumerate(STRIPS):
            base = 3 - row
            ax.axhline(base, color=style.PALE, lw=0.8, zorder=0)
            ax.plot(start.course.time_h / 24, base + 0.85 * grey[row], color=style.PALE, lw=1.4)
            self.lines.append(self.moving(ax.plot([], [], color=colour, lw=2 * self.look.lines)[0]))
        style.label(ax, 9.95, 4.2, "grey: the start; heights: square roots", ha="right",
                    color=style.QUIET, fontsize="small")  # fmt: skip

    def _draw_map(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set_yscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], 10.5), ylim=(0.03, 75),
            xlabel="ionised magnesium (mmol/L)", ylabel="germs at start (10⁶/mL)",
        )  # fmt: skip
        ax.set_xticks([0.2, 0.5, 1, 2, 5, 10], ["0.2", "0.5", "1", "2", "5", "10"])
        ax.set_yticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
        ax.minorticks_off()
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.6, 54, "by mouth", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.215, 30, "deficiency", color=style.QUIET, **small)
        style.label(ax, 1.9, 17, "intravenous", ha="right", color=style.BLUE_TEXT, **small)
        style.label(ax, 9.6, 30, "laboratory", color=style.ORANGE_TEXT, ha="right", **small)
        style.label(ax, 0.215, 0.13, "below the line: heals", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.215, 0.072, "above a solid line: inflammation stays",
                    color=style.VERMILION_TEXT, **small)  # fmt: skip
        style.label(ax, 0.215, 0.04, "above a dotted line: infection wins",
                    color=style.ORANGE_TEXT, **small)  # fmt: skip
        ax.plot(MAGNESIUM_mM, _shown(start.threshold), color=style.PALE, lw=1.4)
        self.stays = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.wins = self.moving(
            ax.plot([], [], color=style.ORANGE, ls=(0, (1, 1)), lw=3 * self.look.lines)[0]
        )
        self.point = self.moving(
            ax.plot([], [], mec=style.PAPER, ms=11 * self.look.lines, clip_on=False, zorder=5)[0]
        )

    def update(self, result: View) -> None:
        """Fill the jars, and move lines, borders and point."""
        drawn = heights(result.course)
        days = result.course.time_h / 24
        for row, (line, fill, values) in enumerate(zip(self.lines, self.fills, drawn, strict=True)):
            line.set_data(days, 3 - row + 0.85 * values)
            fill.set_height(JAR * float(values[-1]))
        held = 1 - result.course.brake
        self.salt.set_linewidth(9 * max(held, 0.0) * self.look.lines)
        self.ending.set_text(ENDINGS[result.course.outcome])
        border = _shown(result.threshold)
        # The two kinds of border share a point, so that there is no gap between them.
        wins = result.lost_to_germs
        near = wins | np.append(wins[1:], False)
        self.stays.set_data(MAGNESIUM_mM, np.where(wins, np.nan, border))
        self.wins.set_data(MAGNESIUM_mM, np.where(near, border, np.nan))
        shape, colour = MARKS[result.course.outcome]
        self.point.set_marker(shape)
        self.point.set_markerfacecolor(colour)
        self.point.set_data([result.magnesium_mM], [result.course.germs[0]])


def _shown(threshold: np.ndarray) -> np.ndarray:
    """Thresholds as drawn: none where all starts that were tried heal."""
    return np.where(threshold > 0.97 * MOST, np.nan, threshold)


def _most(germs: float) -> str:
    return f"more than {MOST:.0f}" if germs > 0.97 * MOST else f"{germs:.2f}"


def _against(germs: float, usual: float) -> str:
    if max(germs, usual) > 0.97 * MOST:
        return "million/mL"
    return f"million/mL ({number(100 * (germs / usual - 1), 1, sign=True)} %)"


def read(result: View) -> Reading:
    """Give the reading of the infection."""
    run = result.course
    return reading(
        ("how it ends", ENDINGS[run.outcome], ""),
        ("calls for defence, by an assumed curve", f"{100 * run.brake:.1f}", "% get through"),
        ("highest defence in ten days", f"{run.peak:.3f}", f"after {run.peak_h / 24:.1f} days"),
        ("damage after ten days", number(run.damage[-1], 2), "(scaled)"),
        ("most germs that heal at 0.55 mmol/L", _most(result.usual), "million/mL"),
        ("at the top of by mouth", _most(result.mouth), _against(result.mouth, result.usual)),
        (
            f"at {LABORATORY_mM:.0f} mmol/L in a dish", _most(result.dish),
            _against(result.dish, result.usual),
        ),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    run = result.course
    return (
        f"An infection with {run.germs[0]:.2f} million germs per mL that grow by "
        f"{run.body.growth_per_h:.2f} per hour, at {result.magnesium_mM:.2f} mmol/L ionised "
        f"magnesium, assumed to let {100 * run.brake:.1f} % of the calls for defence through: "
        f"{ENDINGS[run.outcome]}. Defence peaks at {run.peak:.3f}. Up to {_most(result.usual)} "
        f"million per mL heal at the usual magnesium, {_most(result.mouth)} at the top of by mouth "
        f"and {_most(result.dish)} at {LABORATORY_mM:.0f} mmol/L."
    )


def inflammation(prediction: Prediction | None = None) -> Explorer[View]:
    """Brake an inflammation and see whether the body heals."""
    usual: dict[str, Any] = {"mg_mM": 0.55, "germs": 0.7, "growth_per_h": 0.3}
    return Explorer(
        "inflammation",
        "Germs, inflammation and a brake (published model; how magnesium brakes is assumed)",
        controls=(
            Slider("mg_mM", "ionised magnesium", "mmol/L", 0.55, 0.2, 10.0, 0.01, "log"),
            Slider("germs", "germs at the start", "million/mL", 0.7, 0.1, 4.0, 0.01, "log"),
            Slider("growth_per_h", "growth of the germs", "per hour", 0.3, 0.1, 0.8, 0.01),
            Slider("brake", "assumed: calls let through at 1.9 mmol/L", "", 0.7, 0.5, 1.0, 0.01),
        ),
        presets={
            "heals": usual,
            "inflammation stays": usual | {"germs": 1.5},
            "the same on a drip: 1.9": usual | {"germs": 1.5, "mg_mM": 1.9},
            "fast germs, just healing": usual | {"germs": 0.485, "growth_per_h": 0.5},
            "the same, 6 in a dish": usual | {"germs": 0.485, "growth_per_h": 0.5, "mg_mM": 6.0},
        },
        compute=compute,
        scene=InflammationScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
