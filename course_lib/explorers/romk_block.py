"""The potassium channel of the collecting duct, and the magnesium that plugs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, FancyArrowPatch, Rectangle

from course_lib.evidence import band, bands
from course_lib.physiology import romk as model
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

MAGNESIUM_mM = np.geomspace(0.05, 10, 60)
VOLTAGE_mV = np.linspace(-90, 30, 61)
LABORATORY_mM = 0.05  # the lowest of the laboratory band
PORES = 8
PLUGGED_FIRST = (1, 6, 3, 7, 0, 4, 2, 5)  # an order that spreads the plugs
USUAL_mV, USUAL_URINE_mM = -30.0, 10.0
_DICE = np.random.default_rng(3)
IN_CELL = np.column_stack([_DICE.uniform(0.05, 0.95, 60), _DICE.uniform(5.1, 7.0, 60)])
IN_URINE = np.column_stack([_DICE.uniform(0.05, 0.95, 40), _DICE.uniform(10.4, 11.2, 40)])


@dataclass(frozen=True)
class View:
    """The pore, and the secretion by mouth and in a dish relative to the usual magnesium."""

    block: model.Block
    mouth: float
    dish: float

    @property
    def plugged(self) -> int:
        """How many of the drawn pores hold a magnesium ion."""
        return round(PORES * (1 - self.block.open_share))


def compute(mg_mM: float, voltage_mV: float, urine_potassium_mM: float, k0_mM: float) -> View:
    """Give the pore at a magnesium, a voltage, a urine and a strength of the block."""
    pore = model.Pore(k0_mM=k0_mM)
    state = model.block(mg_mM, voltage_mV, urine_potassium_mM, pore)
    mouth, dish = model.relative_secretion(
        [band("muscle_free", "by mouth").high, LABORATORY_mM], state.half_block_mM
    )
    return View(state, float(mouth), float(dish))


UNIT_CURRENT = float(model.current(USUAL_mV, model.PORE.normal_mM, USUAL_URINE_mM))


def currents(view: View, mg_mM: float) -> np.ndarray:
    """Give the current at each of ``VOLTAGE_mV``; 1 is that of the start."""
    state = view.block
    flow = model.current(VOLTAGE_mV, mg_mM, state.urine_potassium_mM, state.pore)
    return flow / UNIT_CURRENT


def secretions(view: View) -> np.ndarray:
    """Give the secretion at each of ``MAGNESIUM_mM``, in percent of that at the usual one."""
    return 100 * model.relative_secretion(MAGNESIUM_mM, view.block.half_block_mM)


class RomkScene(Scene[View]):
    """The cell of the duct between blood and urine, its current, and what it secretes."""

    wide = (9.0, 5.4)
    narrow = (4.2, 9.8)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "current"], ["drawing", "secretion"]],
            [["drawing"], ["current"], ["secretion"]],
            widths=[1, 1.25], heights=[1, 1.15], narrow_heights=[1.3, 0.9, 1], gap=0.5,
        )  # fmt: skip
        self._draw_cell(style.bare(axes["drawing"]))
        self._draw_current(axes["current"], start)
        self._draw_secretion(axes["secretion"], start)

    def _draw_cell(self, ax: Axes) -> None:
        ax.set(xlim=(0, 1), ylim=(0, 12.3))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small"}
        for low, high, colour in ((8.6, 12.3, "#FAF6CE"), (4.0, 7.6, "#E3F2FB"),
                                  (0.0, 3.0, "#FAE9DF"), (3.0, 4.0, style.QUIET)):  # fmt: skip
            ax.add_patch(Rectangle((0, low), 1, high - low, fc=colour, lw=0, zorder=-2))
        left = np.linspace(0.05, 0.72, PORES)
        walls = np.concatenate([[0.0], left + 0.05])
        for begin, end in zip(walls, np.concatenate([left, [1.0]]), strict=True):
            ax.add_patch(Rectangle((begin, 7.6), end - begin, 1.0, fc=style.QUIET, lw=0))
        self.pores = left + 0.025
        style.label(ax, 0.02, 11.8, "urine in the duct", color=style.ORANGE_TEXT)
        style.label(ax, 0.02, 4.4, "cell of the duct", color=style.BLUE_TEXT)
        style.label(ax, 0.02, 2.5, "blood", color=style.VERMILION_TEXT)
        style.label(ax, 0.98, 2.5, "pump: Na out, K in", ha="right", color=style.QUIET, **small)
        style.label(ax, 0.02, 1.4, "● potassium", color=style.VERMILION_TEXT, **small)
        style.label(ax, 0.02, 0.5, "◆ magnesium", color=style.PURPLE_TEXT, **small)
        ax.add_patch(Ellipse((0.5, 3.5), 0.1, 1.3, fc=style.PAPER, ec=style.INK, lw=1.2 * bold))
        ax.add_patch(
            FancyArrowPatch((0.88, 10.2), (0.88, 6.9), color=style.BLUE, lw=1.6 * bold,
                            arrowstyle="-|>", mutation_scale=12 * bold)
        )  # fmt: skip
        style.label(ax, 0.91, 7.2, "Na", color=style.BLUE_TEXT, va="top", **small)
        dots: dict[str, Any] = {"ls": "none", "mew": 0, "ms": 5 * bold, "zorder": -1}
        ax.plot(*IN_CELL[:16].T, "o", color=style.VERMILION, **dots)
        self.urine = self.moving(ax.plot([], [], "o", color=style.VERMILION, **dots)[0])
        self.salt = self.moving(ax.plot([], [], "D", color=style.PURPLE, **dots)[0])
        self.plugs = self.moving(
            ax.plot([], [], "D", color=style.PURPLE, mec=style.PAPER, ms=8 * bold, ls="none")[0]
        )
        self.stems = self.moving(ax.plot([], [], color=style.VERMILION, lw=2 * bold)[0])
        self.tips = self.moving(
            ax.plot([], [], "^", color=style.VERMILION, ms=7 * bold, mew=0, ls="none")[0]
        )
        self.count = self.moving(
            style.label(ax, 0.98, 11.8, "", ha="right", color=style.PURPLE_TEXT)
        )

    def _draw_current(self, ax: Axes, start: View) -> None:
        ax.set(
            xlim=(VOLTAGE_mV[0], VOLTAGE_mV[-1]), ylim=(-3.2, 4.6), yticks=(-2, 0, 2, 4),
            xticks=(-60, -30, 0), xlabel="cell against urine (mV)", ylabel="K current (1 = start)",
        )  # fmt: skip
        ax.axhline(0, color=style.PALE, lw=1)
        small: dict[str, Any] = {"fontsize": "small", "color": style.QUIET}
        style.label(ax, -88, 4.1, "above 0: into the urine", **small)
        style.label(ax, 29, -2.6, "dashed: no magnesium", ha="right", **small)
        ax.plot(VOLTAGE_mV, currents(start, start.block.mg_mM), color=style.PALE, lw=1.4)
        self.free = self.moving(ax.plot([], [], color=style.QUIET, lw=1.4, ls=(0, (4, 2)))[0])
        self.flow = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.here = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def _draw_secretion(self, ax: Axes, start: View) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=(0, 400), yticks=(0, 100, 200, 300),
            xlabel="free magnesium in the cell (mmol/L)", ylabel="secretion (%)",
        )  # fmt: skip
        ax.set_xticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"])
        ax.minorticks_off()
        style.show_bands(ax, bands("muscle_free"))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.055, 380, "laboratory: 0.05 to 10", color=style.ORANGE_TEXT, **small)
        style.label(ax, 0.74, 305, "by mouth, by vein:\nno change shown", color=style.GREEN_TEXT,
                    **small)  # fmt: skip
        style.label(ax, 0.35, 20, "deficiency", color=style.QUIET, ha="right", **small)
        ax.plot(MAGNESIUM_mM, secretions(start), color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "D", color=style.PURPLE, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Plug pores, turn the arrows, and move the curves and their points."""
        state = result.block
        full = list(PLUGGED_FIRST[: result.plugged])
        free = [p for p in range(PORES) if p not in full]
        self.plugs.set_data(self.pores[full], np.full(len(full), 8.1))
        self.urine.set_data(*IN_URINE[: round(0.4 * state.urine_potassium_mM)].T)
        self.salt.set_data(*IN_CELL[16 : 16 + round(5 + 8 * state.mg_mM**0.7)].T)
        out = state.voltage_mV > state.reversal_mV
        x = np.repeat(self.pores[free], 3)
        begin, tip = (7.3, 9.6) if out else (9.2, 6.7)
        self.stems.set_data(x, np.tile([begin, tip, np.nan], len(free)))
        self.tips.set_data(self.pores[free], np.full(len(free), tip))
        self.tips.set_marker("^" if out else "v")
        self.count.set_text(f"plugged: {result.plugged} of {PORES}")
        self.free.set_data(VOLTAGE_mV, currents(result, 0.0))
        self.flow.set_data(VOLTAGE_mV, currents(result, state.mg_mM))
        self.here.set_data([state.voltage_mV], [state.current / UNIT_CURRENT])
        self.curve.set_data(MAGNESIUM_mM, secretions(result))
        self.point.set_data([state.mg_mM], [100 * state.secretion])


def read(result: View) -> Reading:
    """Give the reading of the pore."""
    state = result.block
    return reading(
        ("pores with magnesium in them", f"{100 * (1 - state.open_share):.0f}", "%"),
        ("half are plugged by", f"{state.half_block_mM:.2f}", "mmol/L"),
        ("potassium flows", "into the urine" if state.current > 0 else "into the cell"),
        ("secretion", f"{100 * state.secretion:.0f}", "% of that at 0.557 mmol/L"),
        ("no current at", number(state.reversal_mV), "mV"),
        ("secretion by mouth", f"{100 * result.mouth:.0f}", "%: no change in cells was measured"),
        ("secretion in a dish, 0.05 mmol/L", f"{100 * result.dish:.0f}", "%"),
    )


def describe(result: View) -> str:
    """Say what the picture shows."""
    state = result.block
    way = "into the urine" if state.current > 0 else "into the cell"
    return (
        f"A cell of the collecting duct with {state.mg_mM:.2f} mmol/L free magnesium, at "
        f"{number(state.voltage_mV)} mV against urine with {state.urine_potassium_mM:.0f} mmol/L "
        f"potassium: magnesium plugs {100 * (1 - state.open_share):.0f} % of the pores, half are "
        f"plugged by {state.half_block_mM:.2f} mmol/L. Potassium flows {way}, "
        f"{100 * state.secretion:.0f} % of what it would with the usual magnesium. By mouth "
        f"nothing changed in cells; 0.05 mmol/L in a dish makes it {100 * result.dish:.0f} %."
    )


def romk_block(prediction: Prediction | None = None) -> Explorer[View]:
    """Take magnesium out of the cell that secretes potassium."""
    return Explorer(
        "romk_block",
        "Magnesium in the potassium channel of the kidney (teaching model)",
        controls=(
            Slider("mg_mM", "free magnesium in the cell", "mmol/L", 0.56, 0.05, 10, 0.01, "log"),
            Slider("voltage_mV", "cell against urine", "mV", USUAL_mV, -80, 20, 5),
            Slider("urine_potassium_mM", "potassium in the urine", "mmol/L", USUAL_URINE_mM, 2,
                   100, 1),
            Slider("k0_mM", "half block at 0 mV (not known)", "mmol/L", 0.5, 0.25, 4, 0.25),
        ),
        presets={
            "magnesium halved": {"mg_mM": 0.28},
            "much magnesium: 10": {"mg_mM": 10.0},
            "current turned round": {"voltage_mV": -80.0, "urine_potassium_mM": 100.0},
        },
        compute=compute,
        scene=RomkScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
