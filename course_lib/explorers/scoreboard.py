"""The six mechanisms side by side: what a supplement moves, and what other doses move."""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from course_lib.explorers._mechanism_icons import draw_icon
from course_lib.explorers._mechanisms import MECHANISMS, Effect, effects
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

DOSES = {"by mouth": "by mouth", "intravenous": "by vein", "laboratory": "laboratory",
         "deficiency": "deficiency"}  # fmt: skip
SCALES = {"log": "logarithmic in both directions", "linear": "ordinary"}
HEADS = {"by mouth": "", "intravenous": "by\nvein", "laboratory": "in the\nlab",
         "deficiency": "when\nlacking"}  # fmt: skip
LEAST_percent, MOST_percent = 0.1, 110.0
TICKS = {"log": (-100, -10, -1, 0, 1, 10, 100), "linear": (-100, -50, 0, 50, 100)}
ROWS = tuple(MECHANISMS)
BOTTOM, TOP = -1.15, 6.35  # of the rows, each 1 high
LEFT, RIGHT, COLUMN = -1.06, 2.1, 1.56  # of the plot, and where the first numbers end
PLACES = {
    "serum_ionised": "in blood, ionised",
    "muscle_free": "in cells, free",
    "csf_ionised": "in the brain's fluid, ionised",
    "brain_free": "in brain cells, free",
}


@dataclass(frozen=True)
class View:
    """What a supplement does by each mechanism, what the chosen dose does, and how it is shown."""

    mouth: tuple[Effect, ...]
    shown: tuple[Effect, ...]
    dose: str
    row: int
    scale: str

    @property
    def chosen(self) -> tuple[Effect, Effect]:
        """The highlighted mechanism, by mouth and at the chosen dose."""
        return self.mouth[self.row], self.shown[self.row]


def compute(dose: str, laboratory_mM: float, highlight: str, scale: str) -> View:
    """Compute the effects at a dose."""
    return View(
        effects("by mouth"), effects(dose, laboratory_mM), dose, ROWS.index(highlight), scale
    )


def across(percent: float, scale: str) -> float:
    """Give the place of a change on the axis: -1 for the most downwards, 1 for the most upwards.

    The logarithmic scale is straight up to ``LEAST_percent`` and logarithmic beyond, over three
    tenfold steps; it is drawn by hand so that the axis itself never changes.
    """
    if scale == "linear":
        return percent / MOST_percent
    size = abs(percent) / LEAST_percent
    whole = 1 + log10(MOST_percent / LEAST_percent)
    return copysign((size if size < 1 else 1 + log10(size)) / whole, percent)


class ScoreboardScene(Scene[View]):
    """Six rows: a drawing and a name, the change by mouth, and the change at another dose."""

    wide = (9.0, 5.4)
    narrow = (4.2, 7.6)

    def draw(self, start: View) -> None:
        """Draw names, scales and what moves; the change by mouth is written once for all."""
        split = 0.19 if self.look.narrow else 0.31
        names = self.figure.add_axes((0.01, 0.13, split - 0.01, 0.86))
        self.plot = self.figure.add_axes((split, 0.13, 0.99 - split, 0.86))
        for ax in (names, self.plot):
            style.bare(ax).set(ylim=(BOTTOM, TOP))
        width, tall = self.figure.get_size_inches()
        row_inches = 0.86 * tall / (TOP - BOTTOM)  # a drawing is as wide as it is high
        names.set(xlim=(-0.45, -0.45 + (split - 0.01) * width / row_inches))
        self.plot.set(xlim=(LEFT, RIGHT))
        self._draw_rows(names)
        self._draw_scales(self.plot)
        self._draw_changes(self.plot, start)
        foot = style.bare(self.figure.add_axes((0.02, 0.01, 0.96, 0.11)))
        self.detail = self.moving(style.label(foot, 0, 0.45, "", color=style.INK, fontsize="small"))

    def _draw_rows(self, names: Axes) -> None:
        small: dict[str, Any] = {"fontsize": "small"}
        paper = {"fc": style.PAPER, "lw": 0, "pad": 1}  # the line at 0 must not strike words out
        for row, name in enumerate(ROWS):
            y, words = height(row), MECHANISMS[name]
            draw_icon(names, name, 0.0, y)
            if self.look.narrow:
                both = f"{words.words}: {words.what}"
                style.label(self.plot, -1.0, y + 0.36, both, color=style.INK, bbox=paper, **small)
            else:
                style.label(names, 0.7, y + 0.17, words.words, color=style.INK)
                style.label(names, 0.7, y - 0.2, words.what, color=style.QUIET, **small)
        self.strip = Rectangle(
            (LEFT, 0), RIGHT - LEFT, 0.92, fc=style.YELLOW, alpha=0.22, lw=0, zorder=0
        )
        self.plot.add_patch(self.strip)
        self.moving(self.strip)

    def _draw_scales(self, ax: Axes) -> None:
        """Draw both scales, the logarithmic one below and the ordinary above; one gets covered."""
        small: dict[str, Any] = {"fontsize": "small", "ha": "center", "color": style.QUIET}
        for scale, y in (("log", BOTTOM + 0.45), ("linear", TOP - 0.25)):
            for tick in TICKS[scale]:
                if abs(tick) == 10 and self.look.narrow:
                    continue  # no room between 1 and 100
                style.label(ax, across(tick, scale), y, number(tick), **small)
        ax.plot([0, 0], [-0.45, 5.5], color=style.QUIET, lw=1, zorder=1)
        covered = {"log": BOTTOM + 0.2, "linear": TOP - 0.5}
        style.label(ax, 0, BOTTOM + 0.05, "change (%)", **small | {"color": style.INK})
        self.covers = {}
        for scale, y in covered.items():
            cover = Rectangle(
                (-1.3, y),
                2.5 if scale == "log" else 2.36,
                0.5,
                fc=style.PAPER,
                lw=0,
                zorder=4,
                clip_on=False,
            )
            ax.add_patch(cover)
            self.covers[scale] = self.moving(cover)
        self.grid = self.moving(LineCollection([], colors=style.PALE, linewidths=0.8, zorder=0))
        ax.add_collection(self.grid, autolim=False)

    def _draw_changes(self, ax: Axes, start: View) -> None:
        small: dict[str, Any] = {"fontsize": "small", "ha": "right"}
        bold = self.look.lines
        self.bars = self.moving(LineCollection([], linewidths=9 * bold, capstyle="butt", zorder=2))
        ax.add_collection(self.bars, autolim=False)
        self.ends = self.moving(ax.plot([], [], "o", color=style.INK, ms=5 * bold)[0])
        self.mouth = self.moving(
            ax.plot([], [], "D", mfc=style.GREEN, mec=style.PAPER, mew=1.0, ms=9 * bold)[0]
        )
        style.label(ax, COLUMN, TOP - 0.36, "by\nmouth", color=style.GREEN_TEXT, **small)
        self.head = self.moving(style.label(ax, RIGHT, TOP - 0.36, "", color=style.INK, **small))
        self.numbers = []
        for row, effect in enumerate(start.mouth):
            y = height(row)
            style.label(ax, COLUMN, y, percent(effect), color=style.GREEN_TEXT, **small)
            self.numbers.append(
                self.moving(style.label(ax, RIGHT, y, "", color=style.INK, **small))
            )

    def update(self, result: View) -> None:
        """Move the bars, the marks, the numbers and the strip."""
        scale = result.scale
        face = style.BAND_FACE[result.dose][0]
        heights = [height(row) for row in range(len(ROWS))]
        ends = [across(effect.percent, scale) for effect in result.shown]
        self.bars.set_segments([[(0.0, y), (x, y)] for x, y in zip(ends, heights, strict=True)])
        self.bars.set_color(style.QUIET if face == style.PALE else face)
        self.ends.set_data(ends, heights)
        self.mouth.set_data([across(e.percent, scale) for e in result.mouth], heights)
        other = result.dose != "by mouth"
        for words, effect in zip(self.numbers, result.shown, strict=True):
            words.set_text(percent(effect) if other else "")
        self.head.set_text(HEADS[result.dose])
        self.strip.set_y(height(result.row) - 0.46)
        for name, cover in self.covers.items():
            cover.set_visible(name != scale)
        self.grid.set_segments(
            [
                [(across(tick, scale), y - 0.36), (across(tick, scale), y + 0.2)]
                for tick in TICKS[scale]
                for y in heights
            ]
        )
        self.detail.set_text(detail(result))


def height(row: int) -> float:
    """Give the height of a mechanism's row."""
    return float(len(ROWS) - 1 - row)


def percent(effect: Effect) -> str:
    """Write a change with the digits that it deserves."""
    if not effect.reaches:
        return "none"
    size = abs(effect.percent)
    digits = 0 if size >= 9.5 else 1 if size >= 0.095 else 2
    return f"{number(effect.percent, digits, sign=True)} %"


def detail(view: View) -> str:
    """Say which concentrations stand behind the highlighted row."""
    mouth, shown = view.chosen
    lines = [
        f"{MECHANISMS[mouth.mechanism].words}: {mouth.usual_mM:.3g} mmol/L "
        f"{PLACES[mouth.band.compartment]}",
        mouth.band.label,
    ]
    if view.dose != "by mouth":
        lines[1] += f"; {HEADS[view.dose].replace(chr(10), ' ')}: {shown.level_mM:.3g} mmol/L"
    return "\n".join(lines)


def read(result: View) -> Reading:
    """Give the reading of the scoreboard."""
    mouth, shown = result.chosen
    rows = [
        (f"{MECHANISMS[a.mechanism].words}: {MECHANISMS[a.mechanism].what}",
         f"{percent(a)} by mouth"
         + (f", {percent(b)} {DOSES[result.dose]}" if result.dose != "by mouth" else ""))
        for a, b in zip(result.mouth, result.shown, strict=True)
    ]  # fmt: skip
    largest = max(abs(e.percent) for e in result.mouth)
    return reading(
        *rows,
        ("highlighted", f"{MECHANISMS[mouth.mechanism].words} (notebook "
         f"{MECHANISMS[mouth.mechanism].notebook}): {mouth.usual_mM:.3g} mmol/L, by mouth "
         f"{mouth.level_mM:.3g}, shown {shown.level_mM:.3g}"),
        ("the largest change by mouth", f"{largest:.1f}", "%"),
        ("scale", SCALES[result.scale]),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    mouth, shown = result.chosen
    words = [
        f"{MECHANISMS[a.mechanism].words} {percent(a)} by mouth and {percent(b)}"
        for a, b in zip(result.mouth, result.shown, strict=True)
    ]
    scale = "logarithmic" if result.scale == "log" else "ordinary"
    return (
        f"Six mechanisms on one {scale} scale of percent, by mouth against "
        f"{DOSES[result.dose]}: {'; '.join(words)}. Highlighted is "
        f"{MECHANISMS[mouth.mechanism].words}, from {mouth.usual_mM:.3g} to {mouth.level_mM:.3g} "
        f"mmol/L by mouth and to {shown.level_mM:.3g} mmol/L at the other dose."
    )


def scoreboard(prediction: Prediction | None = None) -> Explorer[View]:
    """Set a supplement's effect by each mechanism beside that of another dose."""
    return Explorer(
        "scoreboard",
        "Scoreboard: six mechanisms, by mouth and otherwise (teaching models among them)",
        controls=(
            Choice("dose", "beside by mouth, show", "laboratory", DOSES),
            Slider("laboratory_mM", "magnesium in the laboratory", "mmol/L", 6.0, 1.0, 10.0, 0.1,
                   "log"),
            Choice("highlight", "highlight", "calcium",
                   {name: one.words for name, one in MECHANISMS.items()}),
            Choice("scale", "scale", "log", {"log": "logarithmic", "linear": "ordinary"}),
        ),
        presets={
            "by mouth alone": {"dose": "by mouth"},
            "a drip": {"dose": "intravenous"},
            "deficiency": {"dose": "deficiency"},
            "laboratory, ordinary scale": {"dose": "laboratory", "scale": "linear"},
        },
        compute=compute,
        scene=ScoreboardScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
