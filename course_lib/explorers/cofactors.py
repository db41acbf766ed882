"""What is needed to make serotonin, melatonin and GABA, and where magnesium comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle

from course_lib.evidence import bands
from course_lib.physiology import cofactors as model
from course_lib.ui import Explorer, Reading, Scene, Slider, Switch, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.02, 10, 50)  # the whole laboratory band
PRODUCTS = ("serotonin", "melatonin", "gaba")
NAMES = ("serotonin", "melatonin", "GABA")
COLOURS = dict(zip(PRODUCTS, (style.ORANGE, style.SKY, style.GREEN), strict=True))
TEXTS = dict(zip(PRODUCTS, (style.ORANGE_TEXT, style.BLUE_TEXT, style.GREEN_TEXT), strict=True))
DASHES = dict(zip(PRODUCTS, ("-", (0, (1, 1.2)), (0, (4, 1.5))), strict=True))
TOP = 165.0


@dataclass(frozen=True)
class View:
    """What is made of a supply, and what at each of ``MAGNESIUM_mM``, in percent of normal."""

    now: model.Production
    curves: dict[str, np.ndarray]

    @property
    def carried(self) -> float:
        """Share of the ATP that carries magnesium, 0 to 1."""
        return self.now.mg_atp_mM / model.ENZYMES.atp_mM


def compute(mg_mM: float, b6: float, iron: float, tryptophan: float, dark: bool) -> View:
    """Give what is made; supplies in percent of normal."""
    supply = model.Supply(mg_mM, b6 / 100, iron / 100, tryptophan / 100, dark)
    curves = {name: 100 * made for name, made in model.products(supply, MAGNESIUM_mM).items()}
    return View(model.produce(supply), curves)


class CofactorsScene(Scene[View]):
    """The pathways as lines with stops, what they make, and that against magnesium."""

    wide = (9.0, 5.4)
    narrow = (4.2, 10.2)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "bars"], ["drawing", "plot"]],
            [["drawing"], ["bars"], ["plot"]],
            widths=[1.15, 1], heights=[0.75, 1.25], narrow_heights=[1.9, 0.6, 1.1], gap=0.42,
        )  # fmt: skip
        self._draw_lines(style.bare(axes["drawing"]))
        self._draw_bars(axes["bars"])
        self._draw_plot(axes["plot"], start)

    def _draw_lines(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(-0.3, 12))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small"}
        stops = (
            (0.7, 11.2, "tryptophan"), (0.7, 8.5, "5-HTP"), (0.7, 5.8, "serotonin"),
            (0.7, 3.1, "acetylserotonin"), (0.7, 0.4, "melatonin"),
            (6.2, 11.2, "glutamate"), (6.2, 8.5, "GABA"),
        )  # fmt: skip
        for x, high, low in ((0.7, 11.2, 8.5), (0.7, 8.5, 5.8), (0.7, 5.8, 3.1), (0.7, 3.1, 0.4),
                             (6.2, 11.2, 8.5)):  # fmt: skip
            ax.add_patch(
                FancyArrowPatch((x, high), (x, low), color=style.QUIET, lw=1.6 * bold,
                                arrowstyle="-|>", mutation_scale=11 * bold, shrinkA=7, shrinkB=9)
            )  # fmt: skip
        for x, y, word in stops:
            ax.plot([x], [y], "o", color=style.PALE, ms=7 * bold, mew=0, zorder=2)
            style.label(ax, x + 0.6, y, word, color=style.INK)
        for x, y, words in (
            (1.1, 9.85, "TPH2: iron, BH4"), (1.1, 7.15, "AADC: vitamin B6"),
            (1.1, 4.45, "AANAT: night"), (1.1, 1.75, "ASMT: SAM"), (6.6, 9.85, "GAD: B6"),
        ):  # fmt: skip
            style.label(ax, x, y, words, color=style.QUIET, **small)
        ax.add_patch(Rectangle((5.9, 1.2), 4.0, 4.6, fc="#F7EAF2", lw=0))
        style.label(ax, 6.1, 5.25, "◆ magnesium", color=style.PURPLE_TEXT)
        carries = "carries ATP to\nthe makers of\nactive B6, SAM"
        style.label(ax, 6.1, 3.75, carries, color=style.QUIET, **small)
        ax.add_patch(Rectangle((6.1, 1.7), 3.5, 0.5, fc=style.PAPER, ec=style.QUIET, lw=1))
        self.carried = Rectangle((6.1, 1.7), 0, 0.5, fc=style.PURPLE, lw=0)
        ax.add_patch(self.carried)
        self.moving(self.carried)
        for begin, end in (((5.8, 4.6), (4.6, 6.8)), ((5.8, 2.4), (3.6, 1.8)),
                           ((9.3, 5.9), (9.0, 9.4))):  # fmt: skip
            ax.add_patch(
                FancyArrowPatch(begin, end, color=style.PURPLE, lw=1.4 * bold, ls=(0, (2, 2)),
                                arrowstyle="-|>", mutation_scale=10 * bold)
            )  # fmt: skip
        self.dots = {
            name: self.moving(ax.plot([x], [y], "o", color=COLOURS[name], mew=0, zorder=3)[0])
            for name, x, y in (("serotonin", 0.7, 5.8), ("melatonin", 0.7, 0.4),
                               ("gaba", 6.2, 8.5))
        }  # fmt: skip

    def _draw_bars(self, ax: Axes) -> None:
        ax.set(xlim=(0, TOP), ylim=(-0.6, 2.6), xticks=(0, 50, 100, 150), yticks=(),
               xlabel="made (% of normal)")  # fmt: skip
        ax.spines["left"].set_visible(False)
        self.bars = {}
        for row, (name, word) in enumerate(zip(PRODUCTS, NAMES, strict=True)):
            bar = Rectangle((0, 2 - row - 0.33), 0, 0.66, fc=COLOURS[name], lw=0)
            ax.add_patch(bar)
            self.bars[name] = self.moving(bar)
            # Words ride on the bar's own row, where no bar is long enough to hide them.
            self.moving(style.label(ax, 3, 2 - row, word, color=style.INK, fontsize="small"))
        ax.axvline(100, color=style.INK, lw=1, ls=(0, (3, 2)))

    def _draw_plot(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=(0, 205), yticks=(0, 50, 100, 150),
            xlabel="free magnesium in brain cells (mmol/L)", ylabel="made (%)",
        )  # fmt: skip
        ax.set_xticks([0.05, 0.2, 1, 5], ["0.05", "0.2", "1", "5"])
        ax.minorticks_off()
        style.show_bands(ax, bands("brain_free"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.022, 195, "laboratory", color=style.ORANGE_TEXT, **small)
        style.label(ax, 0.26, 174, "by mouth: no change", color=style.GREEN_TEXT, **small)
        style.label(ax, 0.26, 156, "by vein: not measured", color=style.BLUE_TEXT, **small)
        style.label(ax, 0.12, 165, "deficiency", color=style.QUIET, ha="right", **small)
        for name in PRODUCTS:
            ax.plot(MAGNESIUM_mM, start.curves[name], color=style.PALE, lw=1.2, ls=DASHES[name])
        self.lines = {
            name: self.moving(
                ax.plot([], [], color=COLOURS[name], ls=DASHES[name], lw=2 * self.look.lines)[0]
            )
            for name in PRODUCTS
        }
        self.points = self.moving(
            ax.plot([], [], "D", color=style.PURPLE, ms=7 * self.look.lines, clip_on=False)[0]
        )

    def update(self, result: View) -> None:
        """Move stops, bars, curves and points."""
        self.carried.set_width(3.5 * result.carried)
        for name in PRODUCTS:
            value = float(getattr(result.now, name))
            self.dots[name].set_markersize(13 * self.look.lines * np.sqrt(value))
            self.bars[name].set_width(min(100 * value, TOP))
            self.lines[name].set_data(MAGNESIUM_mM, result.curves[name])
        self.points.set_data(
            [result.now.supply.magnesium_mM] * 3,
            [100 * getattr(result.now, name) for name in PRODUCTS],
        )


def read(result: View) -> Reading:
    """Give the reading of the supply."""
    now = result.now
    return reading(
        *((word, f"{100 * getattr(now, name):.0f}", "% of normal")
          for name, word in zip(PRODUCTS, NAMES, strict=True)),
        ("ATP that carries magnesium", f"{100 * result.carried:.0f}", "%"),
        ("enzymes of these two lines that bind magnesium", "none"),
        ("by mouth", "no change: brain magnesium did not move"),
        ("in a tube, 0.02 mmol/L: GABA", f"{result.curves['gaba'][0]:.0f}", "% of normal"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    now = result.now
    return (
        f"With {now.supply.magnesium_mM:.2f} mmol/L free magnesium, vitamin B6 at "
        f"{100 * now.supply.b6:.0f} %, iron at {100 * now.supply.iron:.0f} % and tryptophan at "
        f"{100 * now.supply.tryptophan:.0f} % of normal, by {'night' if now.supply.dark else 'day'}"
        f": serotonin is made at {100 * now.serotonin:.0f} %, melatonin at "
        f"{100 * now.melatonin:.0f} % and GABA at {100 * now.gaba:.0f} % of normal. No enzyme of "
        f"these lines binds magnesium; it carries ATP to the makers of two cofactors, and "
        f"{100 * result.carried:.0f} % of the ATP carries it."
    )


def cofactors(prediction: Prediction | None = None) -> Explorer[View]:
    """Take away one cofactor after the other, and see which product misses it."""
    return Explorer(
        "cofactors",
        "Who needs what: serotonin, melatonin, GABA (teaching model)",
        controls=(
            Slider("mg_mM", "free magnesium in brain cells", "mmol/L", 0.2, 0.02, 10, 0.01, "log"),
            Slider("b6", "vitamin B6", "%", 100, 0, 200, 5),
            Slider("iron", "iron and BH4", "%", 100, 0, 200, 5),
            Slider("tryptophan", "tryptophan", "%", 100, 0, 200, 5),
            Switch("dark", "night", True),
        ),
        presets={
            "magnesium halved": {"mg_mM": 0.1},
            "vitamin B6 halved": {"b6": 50},
            "tryptophan halved": {"tryptophan": 50},
            "light on": {"dark": False},
        },
        compute=compute,
        scene=CofactorsScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
