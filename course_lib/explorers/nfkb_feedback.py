"""NF-kB and the inhibitor that it calls for itself: spikes, and what extra inhibitor does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, FancyArrowPatch

from course_lib.evidence import band, bands
from course_lib.physiology import nfkb as model
from course_lib.physiology.nfkb_settled import near, settled
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.2, 10, 90)
LABORATORY_mM = 6.0
MOST_INHIBITOR = 0.03  # full height of the inhibitor's curve, in the model's scale
IONS = 30  # NF-kB dots in the drawing, all of them
_DICE = np.random.default_rng(8)
_TURN = _DICE.uniform(0, 2 * np.pi, IONS)
_AWAY = np.sqrt(_DICE.uniform(0, 1, IONS))
INSIDE = np.column_stack([6.4 + 1.75 * _AWAY * np.cos(_TURN), 5.3 + 1.75 * _AWAY * np.sin(_TURN)])
OUTSIDE = np.column_stack([_DICE.uniform(1.3, 3.2, IONS), _DICE.uniform(3.6, 6.8, IONS)])


@dataclass(frozen=True)
class View:
    """A settled cell; spikes and means over magnesium; gene drive at three levels of it."""

    magnesium_mM: float
    rhythm: model.Rhythm
    highest: np.ndarray
    mean: np.ndarray
    usual: float
    mouth: float
    dish: float


def compute(mg_mM: float, ikk: float, extra: float) -> View:
    """Give the cell's rhythm; ``extra`` is the inhibitor added at the top of an infusion."""
    cell = replace(model.CELL, ikk=ikk, extra_at_infusion=extra)
    three = [cell.usual_mM, band("serum_ionised", "by mouth").high, LABORATORY_mM]
    found = near(ikk, model.extra([*three, *MAGNESIUM_mM], cell))
    run = settled(float(model.extra(mg_mM, cell)), cell)
    usual, mouth, dish = found.drive[:3].tolist()
    return View(mg_mM, run, found.highest[3:], found.mean[3:], usual, mouth, dish)


class FeedbackScene(Scene[View]):
    """The loop in a cell, eight hours of it, and its spikes against magnesium."""

    wide = (9.0, 6.0)
    narrow = (4.2, 10.2)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look, [["drawing", "course"], ["drawing", "map"]],
            [["drawing"], ["course"], ["map"]],
            widths=[1, 1.35], heights=[1, 1.15], narrow_heights=[1.4, 1, 1.2], gap=0.3,
        )  # fmt: skip
        self._draw_cell(style.bare(axes["drawing"]))
        self._draw_course(axes["course"], start)
        self._draw_map(axes["map"], start)

    def _draw_cell(self, ax: Axes) -> None:
        ax.set(xlim=(-0.2, 10), ylim=(-1.6, 11.4))
        ax.add_patch(Ellipse((4.9, 5.0), 9.8, 9.6, fc="#F3F3F3", ec=style.QUIET, lw=1.2))
        nucleus = Circle((6.4, 5.3), 2.2, fc="#E4ECF4", ec=style.QUIET, lw=1.2)
        ax.add_patch(nucleus)
        style.label(ax, 6.4, 8.0, "nucleus", ha="center", color=style.QUIET)
        dots: dict[str, Any] = {"ls": "none", "mew": 0, "ms": 6 * self.look.lines}
        (self.inside,) = ax.plot([], [], "o", color=style.VERMILION, **dots)
        (self.held,) = ax.plot([], [], "o", color=style.VERMILION, alpha=0.45, **dots)
        self.moving(self.inside)
        self.moving(self.held)
        style.label(ax, 2.3, 7.5, "held back", ha="center", color=style.VERMILION_TEXT,
                    fontsize="small")  # fmt: skip
        style.label(ax, 5.6, 1.75, "inhibitor", ha="center", color=style.BLUE_TEXT)
        for begin, end, flat in (((6.6, 3.0), (6.0, 2.2), False), ((4.1, 2.0), (2.6, 3.3), True)):
            ax.add_patch(
                FancyArrowPatch(
                    begin, end, arrowstyle="|-|,widthA=0,widthB=5" if flat else "-|>", lw=1.6,
                    color=style.BLUE, mutation_scale=1 if flat else 12, shrinkA=0, shrinkB=0,
                )
            )  # fmt: skip
        small: dict[str, Any] = {"fontsize": "small", "color": style.BLUE_TEXT}
        style.label(ax, 6.8, 2.6, "its gene", **small)
        style.label(ax, 1.35, 2.5, "holds", **small)
        style.label(ax, 9.9, -0.9, "IKK destroys", ha="right", color=style.QUIET)
        style.label(ax, 0.0, -0.9, "magnesium adds?", color=style.PURPLE_TEXT)
        self.destroys = self.moving(
            ax.plot([8.0, 6.6], [-0.3, 1.2], color=style.QUIET, solid_capstyle="butt")[0]
        )
        self.adds = self.moving(
            ax.plot([2.6, 4.4], [-0.3, 1.2], color=style.PURPLE, solid_capstyle="butt")[0]
        )
        style.label(ax, 4.9, 10.9, "● NF-κB, at the top of a spike", ha="center",
                    color=style.VERMILION_TEXT, fontsize="small")  # fmt: skip

    def _draw_course(self, ax: Axes, start: View) -> None:
        ax.set(xlim=(0, 8), ylim=(0, 1.16), xlabel="hours", ylabel="share of all NF-κB",
               xticks=(0, 2, 4, 6, 8), yticks=(0, 0.2, 0.4, 0.6, 0.8))  # fmt: skip
        ax.plot(start.rhythm.time_h, start.rhythm.nuclear, color=style.PALE, lw=1.4)
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.1, 1.09, "NF-κB in the nucleus", color=style.VERMILION_TEXT, **small)
        style.label(ax, 0.1, 0.95, "dashed: inhibitor (scaled)", color=style.BLUE_TEXT, **small)
        style.label(ax, 7.95, 1.09, "grey: the start", color=style.QUIET, ha="right", **small)
        self.nuclear = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.inhibitor = self.moving(
            ax.plot([], [], color=style.BLUE, ls=(0, (4, 2)), lw=1.4 * self.look.lines)[0]
        )

    def _draw_map(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], 10.5), ylim=(0, 1.3), yticks=(0, 0.2, 0.4, 0.6, 0.8),
            xlabel="ionised magnesium (mmol/L)", ylabel="share of all NF-κB",
        )  # fmt: skip
        ax.set_xticks([0.2, 0.5, 1, 2, 5, 10], ["0.2", "0.5", "1", "2", "5", "10"])
        ax.minorticks_off()
        style.show_bands(ax, bands("serum_ionised"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.6, 1.24, "by mouth", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.215, 1.12, "deficiency", color=style.QUIET, **small)
        style.label(ax, 1.9, 1.0, "intravenous", ha="right", color=style.BLUE_TEXT, **small)
        style.label(ax, 9.6, 1.12, "laboratory", color=style.ORANGE_TEXT, ha="right", **small)
        style.label(ax, 0.215, 0.88, "solid: top of the spikes", color=style.VERMILION_TEXT,
                    **small)  # fmt: skip
        style.label(ax, 9.6, 0.88, "dotted: mean", color=style.INK, ha="right", **small)
        ax.plot(MAGNESIUM_mM, start.highest, color=style.PALE, lw=1.4)
        self.highest = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.mean = self.moving(ax.plot([], [], color=style.INK, ls=(0, (1, 1)))[0])
        self.points = self.moving(
            ax.plot([], [], "D", ls="none", color=style.PURPLE, clip_on=False)[0]
        )

    def update(self, result: View) -> None:
        """Move dots, arrows, curves and points."""
        run = result.rhythm
        count = round(IONS * min(run.highest, 1))
        self.inside.set_data(*INSIDE[:count].T)
        self.held.set_data(*OUTSIDE[count:].T)
        self.destroys.set_linewidth(1 + 80 * run.cell.ikk * self.look.lines)
        self.adds.set_linewidth(min(500 * run.extra, 12) * self.look.lines)
        self.nuclear.set_data(run.time_h, run.nuclear)
        self.inhibitor.set_data(run.time_h, np.minimum(run.inhibitor / MOST_INHIBITOR, 0.85))
        self.highest.set_data(MAGNESIUM_mM, result.highest)
        self.mean.set_data(MAGNESIUM_mM, result.mean)
        self.points.set_data([result.magnesium_mM] * 2, [run.highest, run.mean])


def _against(drive: float, usual: float) -> str:
    return number(100 * (drive / usual - 1), 1, sign=True)


def _rhythm(run: model.Rhythm) -> tuple[str, str]:
    if run.period_min is None:
        return "none", "(no spikes)"
    return f"{run.period_min:.0f}", "minutes apart"


def read(result: View) -> Reading:
    """Give the reading of the cell."""
    run = result.rhythm
    return reading(
        ("inhibitor added, by an assumed line", f"{run.extra:.4f}", "(scaled)"),
        ("spikes", *_rhythm(run)),
        ("NF-κB in the nucleus at the top of a spike", f"{100 * run.highest:.0f}", "%"),
        ("its mean", f"{100 * run.mean:.1f}", "%"),
        ("gene drive (mean of its square)", f"{1000 * run.drive:.1f}", "thousandths"),
        (
            "gene drive at the top of by mouth", _against(result.mouth, result.usual),
            "% against 0.55 mmol/L",
        ),
        (
            f"gene drive at {LABORATORY_mM:.0f} mmol/L in a dish",
            _against(result.dish, result.usual), "%",
        ),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    run = result.rhythm
    period = "no spikes" if run.period_min is None else f"spikes {run.period_min:.0f} minutes apart"
    return (
        f"A cell at {result.magnesium_mM:.2f} mmol/L ionised magnesium, assumed to add "
        f"{run.extra:.4f} of inhibitor, with IKK at {run.cell.ikk:.3f}: {period}, with up to "
        f"{100 * run.highest:.0f} % of all NF-κB in the nucleus and {100 * run.mean:.1f} % in the "
        f"mean. By mouth the gene drive would change by {_against(result.mouth, result.usual)} %, "
        f"at {LABORATORY_mM:.0f} mmol/L by {_against(result.dish, result.usual)} %."
    )


def nfkb_feedback(prediction: Prediction | None = None) -> Explorer[View]:
    """Add inhibitor to a cell, or weaken the enzyme that destroys it, and watch the spikes."""
    usual: dict[str, Any] = {"mg_mM": 0.55, "ikk": 0.035}
    return Explorer(
        "nfkb_feedback",
        "NF-κB and its inhibitor (published model; what magnesium adds is assumed)",
        controls=(
            Slider("mg_mM", "ionised magnesium", "mmol/L", 0.55, 0.2, 10.0, 0.01, "log"),
            Slider("ikk", "activity of IKK", "", 0.035, 0.01, 0.1, 0.001, "log"),
            Slider("extra", "assumed: inhibitor added at 1.9 mmol/L", "", 0.003, 0, 0.006, 2e-4),
        ),
        presets={
            "the published cell": usual,
            "top of by mouth": usual | {"mg_mM": 0.58},
            "top of a drip: 1.9": usual | {"mg_mM": 1.9},
            "6 mmol/L in a dish": usual | {"mg_mM": 6.0},
            "weaker IKK": usual | {"ikk": 0.02},
        },
        compute=compute,
        scene=FeedbackScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
