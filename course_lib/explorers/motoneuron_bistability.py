"""One motoneuron: a push may leave it firing, and an inhibition ends that."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from course_lib.physiology import motoneuron_table as model
from course_lib.physiology.surface_charge import SCREEN, shift_mV
from course_lib.ui import Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

TIME_s = model.TIME_ms / 1000
PUSH_s = (model.PUSH_ms / 1000, model.FADED_ms / 1000)
INHIBITION_s = (model.INHIBITION_ms / 1000, model.FREED_ms / 1000)
TOP_Hz, TOP_uA_per_cm2 = 330.0, 20.0
USUAL = {"bias_uA_per_cm2": 6.0, "potassium_mM": 4.0, "calcium_mM": 1.2, "can_mS_per_cm2": 1.0,
         "inhibition_uA_per_cm2": 10.0}  # fmt: skip
STEPS = {name: round(float(axis[1] - axis[0]), 9) for name, axis in model.AXES.items()}
WITHOUT_MAGNESIUM_mV = float(shift_mV(SCREEN.calcium_mM, 0.0))


def compute(**setting: float) -> model.Answer:
    """Give the answer at the setting that was worked out and is nearest."""
    return model.answer(
        **{name: float(axis[np.abs(axis - setting[name]).argmin()])
           for name, axis in model.AXES.items()}
    )  # fmt: skip


def rates(result: model.Answer) -> tuple[float, float, float]:
    """Mean rate before the push, in the second before the inhibition, and at the end."""
    return (
        result.mean_Hz(-400, 0),
        result.mean_Hz(model.INHIBITION_ms - 1000, model.INHIBITION_ms),
        result.mean_Hz(model.END_ms - 1000, model.END_ms),
    )


def behaviour(result: model.Answer) -> str:
    """Say what the cell does."""
    before, after, end = (rate > 0 for rate in rates(result))
    if before:
        return "fires by itself"
    if not after:
        return "falls silent after the push"
    return "fires on, whatever comes" if end else "fires on, until it is inhibited"


class BistabilityScene(Scene[model.Answer]):
    """The cell, its firing in time, and its rate as the current slowly rises and falls."""

    wide = (9.0, 5.2)
    narrow = (4.2, 9.4)

    def draw(self, start: model.Answer) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "time"], ["drawing", "loop"]],
            [["drawing"], ["time"], ["loop"]],
            widths=[1, 1.9], heights=[1, 1.15], narrow_heights=[1, 1, 1.1], gap=0.5,
        )  # fmt: skip
        self._draw_cell(style.bare(axes["drawing"]))
        self._draw_time(axes["time"], start)
        self._draw_loop(axes["loop"], start)

    def _draw_cell(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        bold = self.look.lines
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        for x, y in ((1.2, 8.2), (3.0, 9.0), (7.0, 9.0), (8.8, 8.2)):
            ax.plot([5, x], [5.6, y], color=style.PALE, lw=6 * bold, zorder=0)
        ax.plot([5, 5], [5.6, 1.6], color=style.PALE, lw=4 * bold, zorder=0)
        self.cell = Circle((5, 5.6), 1.9, fc=style.PALE, lw=0, zorder=1)
        ax.add_patch(self.cell)
        self.moving(self.cell)
        self.gate = self.moving(
            ax.plot([5], [5.2], "o", mfc=style.GREEN, mec=style.PAPER, mew=1.2)[0]
        )
        self.moving(style.label(ax, 5, 6.35, "PIC", color=style.INK, zorder=6, **small))
        for x, colour, tip in ((2.1, style.BLUE, 3.3), (7.9, style.PURPLE, 6.7)):
            ax.add_patch(
                FancyArrowPatch((x, 3.4), (tip, 4.7), color=colour, arrowstyle="-|>",
                                lw=2 * bold, mutation_scale=13 * bold)
            )  # fmt: skip
        style.label(ax, 1.9, 2.7, "drive, push", color=style.BLUE_TEXT, va="top", **small)
        style.label(ax, 8.1, 2.7, "inhibition", color=style.PURPLE_TEXT, va="top", **small)
        style.label(ax, 5, 1.2, "spikes, to the muscle", color=style.QUIET, **small)  # fmt: skip
        self.words = self.moving(style.label(ax, 5, 0.1, "", ha="center", color=style.INK))

    def _draw_time(self, ax: Axes, start: model.Answer) -> None:
        self.plot = ax
        ax.set(
            xlim=(-0.5, 5.5), ylim=(0, TOP_Hz), yticks=(0, 100, 200), xticks=range(6),
            xlabel="time (s)", ylabel="spikes per second",
        )  # fmt: skip
        for (begin, end), colour, text, word in (
            (PUSH_s, style.SKY, style.BLUE_TEXT, "push"),
            (INHIBITION_s, style.PURPLE, style.PURPLE_TEXT, "inhibition"),
        ):
            ax.axvspan(begin, end, color=colour, alpha=0.25, lw=0, zorder=0)
            style.label(ax, (begin + end) / 2, 0.93 * TOP_Hz, word, color=text, ha="center",
                        fontsize="small")  # fmt: skip
        ax.plot(TIME_s, start.rate_Hz, color=style.PALE, lw=1.4)
        self.firing = self.moving(ax.plot([], [], color=style.VERMILION)[0])

    def _draw_loop(self, ax: Axes, start: model.Answer) -> None:
        ax.set(
            xlim=(0, TOP_uA_per_cm2), ylim=(0, TOP_Hz), yticks=(0, 100, 200),
            xticks=(0, 5, 10, 15, 20), xlabel="steady current (µA/cm²)",
            ylabel="spikes per second",
        )  # fmt: skip
        current = model.RAMP_uA_per_cm2
        ax.plot(current, start.rising_Hz, color=style.PALE, lw=1.4)
        ax.plot(current, start.falling_Hz, color=style.PALE, lw=1.4)
        self.both = Rectangle((0, 0), 0, TOP_Hz, fc=style.GREEN, alpha=0.2, lw=0)
        ax.add_patch(self.both)
        self.moving(self.both)
        style.label(ax, 0.3, 0.92 * TOP_Hz, "green: silent or firing, both can last",
                    color=style.GREEN_TEXT, fontsize="small")  # fmt: skip
        style.label(ax, 19.7, 60, "current rises", color=style.BLUE_TEXT, ha="right",
                    fontsize="small")  # fmt: skip
        style.label(ax, 19.7, 20, "current falls", color=style.VERMILION_TEXT, ha="right",
                    fontsize="small")  # fmt: skip
        self.falling = self.moving(ax.plot([], [], color=style.VERMILION, ls=(0, (4, 1.5)))[0])
        self.rising = self.moving(ax.plot([], [], color=style.BLUE)[0])
        self.bias = self.moving(ax.plot([], [], color=style.INK, lw=1.6)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.INK, clip_on=False)[0])

    def update(self, result: model.Answer) -> None:
        """Move the firing, the loop, the line of the drive and the cell."""
        _, after, _ = rates(result)
        self.firing.set_data(TIME_s, result.rate_Hz)
        self.rising.set_data(model.RAMP_uA_per_cm2, result.rising_Hz)
        self.falling.set_data(model.RAMP_uA_per_cm2, result.falling_Hz)
        self.both.set_x(result.off_uA_per_cm2)
        self.both.set_width(max(result.on_uA_per_cm2 - result.off_uA_per_cm2, 0))
        self.bias.set_data([result.bias_uA_per_cm2] * 2, [0, 0.8 * TOP_Hz])
        self.point.set_data([result.bias_uA_per_cm2], [after])
        self.cell.set_facecolor(style.ORANGE if after else style.PALE)
        self.gate.set_markersize(14 * self.look.lines * np.sqrt(result.can_mS_per_cm2))
        style.visible(self.gate, on=result.can_mS_per_cm2 > 0)
        self.words.set_text("fires on" if after else "silent")


def read(result: model.Answer) -> Reading:
    """Give the reading of the setting."""
    before, after, end = rates(result)
    return reading(
        ("this cell", behaviour(result)),
        ("before the push", f"{before:.0f}", "spikes per second"),
        ("after the push", f"{after:.0f}", "spikes per second"),
        ("after the inhibition", f"{end:.0f}", "spikes per second"),
        ("firing starts at", f"{result.on_uA_per_cm2:.1f}", "µA/cm²"),
        ("and ends at", f"{result.off_uA_per_cm2:.1f}", "µA/cm²"),
        ("the gates are shifted by", number(result.shift_mV, 1, sign=True), "mV"),
        ("all magnesium gone would do", number(WITHOUT_MAGNESIUM_mV, 1, sign=True), "mV"),
    )


def describe(result: model.Answer) -> str:
    """Say what the picture shows."""
    _, after, end = rates(result)
    return (
        f"A motoneuron with a steady drive of {result.bias_uA_per_cm2:.0f} µA/cm², potassium "
        f"{result.potassium_mM:.0f} and calcium {result.calcium_mM:.1f} mmol/L outside, and a "
        f"persistent inward current of {result.can_mS_per_cm2:.2f} mS/cm²: {behaviour(result)}. "
        f"After a push it fires {after:.0f} times per second, after an inhibition of "
        f"{result.inhibition_uA_per_cm2:.0f} µA/cm² {end:.0f} times. As the current slowly rises "
        f"the firing starts at {result.on_uA_per_cm2:.1f}, as it falls it ends at "
        f"{result.off_uA_per_cm2:.1f}."
    )


def _slider(name: str, label: str) -> Slider:
    axis = model.AXES[name]
    return Slider(name, label, model.UNITS[name], USUAL[name], axis[0], axis[-1], STEPS[name])


def motoneuron_bistability(prediction: Prediction | None = None) -> Explorer[model.Answer]:
    """Push one motoneuron, and see whether it fires on."""
    return Explorer(
        "motoneuron_bistability",
        "A motoneuron as a switch (mouse, published model)",
        controls=(
            _slider("bias_uA_per_cm2", "steady drive"),
            _slider("potassium_mM", "potassium outside"),
            _slider("calcium_mM", "ionised calcium outside"),
            _slider("can_mS_per_cm2", "persistent inward current (PIC)"),
            _slider("inhibition_uA_per_cm2", "inhibition"),
        ),
        presets={
            "less drive": {"bias_uA_per_cm2": 5.0},
            "less drive, high potassium": {"bias_uA_per_cm2": 5.0, "potassium_mM": 6.0},
            "less drive, low calcium": {"bias_uA_per_cm2": 5.0, "calcium_mM": 0.6},
            "no PIC": {"can_mS_per_cm2": 0.0},
        },
        compute=compute,
        scene=BistabilityScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
