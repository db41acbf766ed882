"""Sleep pressure and the clock: when sleep comes, and how small a knob 17 minutes are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_lib.physiology import sleep_pressure as model
from course_lib.physiology.sleep_pressure import SLEEPER
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

FROM_h, TO_h = 12.0, 36.0  # time of day on the axis: noon to noon
TIMES = np.linspace(FROM_h, TO_h, 300)
SHIFTS = np.linspace(0, 0.04, 9)
POOLED_min = -17.36, -27.27, -7.44  # time to fall asleep: mean and 95 % interval of three trials


@dataclass(frozen=True)
class View:
    """A night, and the same one with the upper threshold as it was."""

    night: model.Night
    before: model.Night
    lowered: float

    @property
    def sooner_min(self) -> float:
        """Minutes by which sleep comes sooner."""
        return 60 * (self.before.onset_h - self.night.onset_h)


def _sleeper(lowered: float, rise_h: float, swing: float) -> model.Sleeper:
    return replace(SLEEPER, upper=SLEEPER.upper - lowered, rise_h=rise_h, swing=swing)


def compute(lowered: float, bed_h: float, rise_h: float, swing: float) -> View:
    """Give the night with the upper threshold lowered."""
    return View(
        model.night(_sleeper(lowered, rise_h, swing), bed_h=bed_h),
        model.night(_sleeper(0.0, rise_h, swing), bed_h=bed_h),
        lowered,
    )


@lru_cache(maxsize=64)
def latencies(bed_h: float, rise_h: float, swing: float) -> np.ndarray:
    """Give the time to fall asleep, in minutes, at each of ``SHIFTS``."""
    nights: list[model.Night] = []
    for shift in SHIFTS:
        before = nights[-1] if nights else None
        sleeper = _sleeper(float(shift), rise_h, swing)
        nights.append(model.night(sleeper, bed_h=bed_h, like=before))
    return np.array([60 * night.latency_h for night in nights])


def clock(hours: float) -> str:
    """Give a time of day as a clock shows it."""
    minutes = round(60 * (hours % 24)) % 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


class SleepScene(Scene[View]):
    """A tank of sleep pressure, the pressure between its thresholds, and the time to sleep."""

    wide = (9.0, 4.9)
    narrow = (4.2, 8.4)

    def draw(self, start: View) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "night"], ["drawing", "latency"]],
            [["drawing"], ["night"], ["latency"]],
            widths=[1, 2.6], heights=[1.35, 1], narrow_heights=[0.9, 1.2, 1], gap=0.45,
        )  # fmt: skip
        self._draw_tank(style.bare(axes["drawing"]))
        self._draw_night(axes["night"], start)
        self._draw_latency(axes["latency"])

    def _draw_tank(self, ax: Axes) -> None:
        ax.set(xlim=(-2.2, 4.2), ylim=(-0.3, 1.28))
        ax.add_patch(Rectangle((0, 0), 2, 1, fc="none", ec=style.QUIET, lw=1.6 * self.look.lines))
        self.level = Rectangle((0, 0), 2, 0.5, fc=style.SKY, lw=0, alpha=0.8)
        ax.add_patch(self.level)
        self.moving(self.level)
        (self.mark,) = ax.plot([], [], color=style.VERMILION, lw=2.2 * self.look.lines)
        self.moving(self.mark)
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        style.label(ax, 1, 1.2, "sleep pressure at bedtime", color=style.BLUE_TEXT, **small)
        style.label(ax, 1, -0.1, "red: sleep begins here", color=style.VERMILION_TEXT, **small)
        style.label(ax, 1, -0.24, "full after days awake", color=style.QUIET, **small)

    def _draw_night(self, ax: Axes, start: View) -> None:
        ax.set(
            xlim=(FROM_h, TO_h), ylim=(0, 1.06), yticks=(0, 0.5, 1), ylabel="pressure",
            xlabel="time of day",
        )  # fmt: skip
        ax.set_xticks([12, 18, 24, 30, 36], ["12:00", "18:00", "24:00", "06:00", ""])
        self.asleep = Rectangle((0, 0), 1, 1.06, fc=style.PALE, alpha=0.35, lw=0, zorder=0)
        ax.add_patch(self.asleep)
        self.moving(self.asleep)
        self.upper = self.moving(ax.plot([], [], color=style.VERMILION, lw=1.5)[0])
        self.lower = self.moving(ax.plot([], [], color=style.GREEN, lw=1.5, ls=(0, (4, 2)))[0])
        ax.plot(TIMES, _pressure(start.night), color=style.PALE, lw=3 * self.look.lines)
        self.pressure = self.moving(ax.plot([], [], color=style.BLUE)[0])
        (self.bed,) = ax.plot([], [], "v", color=style.INK, ms=7 * self.look.lines)
        self.moving(self.bed)
        style.label(ax, 12.3, 0.98, "▼ to bed; grey: asleep", color=style.INK, fontsize="small")
        style.label(ax, 35.8, 0.9, "sleep begins", ha="right", color=style.VERMILION_TEXT,
                    fontsize="small")  # fmt: skip
        style.label(ax, 35.8, 0.06, "sleep ends", ha="right", color=style.GREEN_TEXT,
                    fontsize="small")  # fmt: skip

    def _draw_latency(self, ax: Axes) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 0.0415), ylim=(0, 75), yticks=(0, 30, 60), ylabel="minutes\nto fall asleep",
            xlabel="upper threshold lower by",
        )  # fmt: skip
        ax.set_xticks([0, 0.01, 0.02, 0.03, 0.04], ["0", "0.01", "0.02", "0.03", "0.04"])
        face, strength = style.BAND_FACE["normal"]
        low, high = (-m / 60 / 0.906 * 0.04 for m in (POOLED_min[2], POOLED_min[1]))
        ax.axvspan(low, high, color=face, alpha=strength, lw=0, zorder=0)
        style.label(ax, (low + high) / 2, 68, "by mouth, in three small trials", ha="center",
                    color=style.GREEN_TEXT, fontsize="small")  # fmt: skip
        style.label(ax, 0.0409, 42, "by vein, deficiency,\nlaboratory: no trial", ha="right",
                    color=style.QUIET, fontsize="small")  # fmt: skip
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def update(self, result: View) -> None:
        """Fill the tank, and move curves and point."""
        night, sleeper = result.night, result.night.sleeper
        phase = TIMES - sleeper.clock_h
        gate = sleeper.swing * np.sin(2 * np.pi * phase / 24)
        self.pressure.set_data(TIMES, _pressure(night))
        self.upper.set_data(TIMES, sleeper.upper + gate)
        self.lower.set_data(TIMES, np.maximum(sleeper.lower + gate, 0))
        onset = (night.onset_h + sleeper.clock_h - FROM_h) % 24 + FROM_h
        self.asleep.set_x(onset)
        self.asleep.set_width(night.sleep_h)
        bed = night.onset_h if night.bed_h is None else night.bed_h
        at_bed = float(night.pressure(np.array([bed]))[0])
        self.bed.set_data([(bed + sleeper.clock_h - FROM_h) % 24 + FROM_h], [at_bed + 0.07])
        self.level.set_height(at_bed)
        height = sleeper.upper + sleeper.swing * np.sin(2 * np.pi * bed / 24)
        self.mark.set_data([-0.25, 2.25], [height, height])
        minutes = latencies(bed + sleeper.clock_h, sleeper.rise_h, sleeper.swing)
        self.curve.set_data(SHIFTS, np.minimum(minutes, 75))
        self.point.set_data([result.lowered], [min(60 * night.latency_h, 75)])


def _pressure(night: model.Night) -> np.ndarray:
    return night.pressure(TIMES - night.sleeper.clock_h)


def read(result: View) -> Reading:
    """Give the reading of the night."""
    night = result.night
    return reading(
        ("asleep", f"{clock(night.clock(night.onset_h))} to {clock(night.clock(night.wake_h))}"),
        ("sleep", f"{night.sleep_h:.2f}", "h"),
        ("minutes to fall asleep", f"{60 * night.latency_h:.0f}"),
        ("sooner than with the threshold as it was", f"{result.sooner_min:.0f}", "minutes"),
        ("upper threshold", f"{night.sleeper.upper:.3f}", f"(lower by {result.lowered:.3f})"),
        ("by mouth, three trials in older people", "\u221217 (\u221227 to \u22127)",
         "minutes; low or very low quality"),
        ("deficiency, by vein, laboratory", "no trial of sleep found"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    night = result.night
    return (
        f"With the upper threshold at {night.sleeper.upper:.3f} one falls asleep "
        f"{60 * night.latency_h:.0f} minutes after going to bed, at "
        f"{clock(night.clock(night.onset_h))}, and wakes at {clock(night.clock(night.wake_h))}, "
        f"after {night.sleep_h:.2f} h. Lowering the threshold by {result.lowered:.3f} makes sleep "
        f"come {result.sooner_min:.0f} minutes sooner."
    )


def sleep_pressure(prediction: Prediction | None = None) -> Explorer[View]:
    """Move the threshold of sleep by a hair and see when sleep comes."""
    return Explorer(
        "sleep_pressure",
        "Sleep pressure and the clock (two-process model)",
        controls=(
            Slider("lowered", "upper threshold lower by", "", 0.0, 0.0, 0.04, 0.001),
            Slider("bed_h", "to bed at", "h", 22.5, 21.0, 25.0, 0.25),
            Slider("rise_h", "time constant of the rise, awake", "h", 18.2, 15.0, 21.0, 0.1),
            Slider("swing", "swing of the clock", "", 0.12, 0.08, 0.15, 0.005),
        ),
        presets={
            "17 minutes": {"lowered": 0.013},
            "to bed early": {"bed_h": 21.5, "lowered": 0.0},
            "to bed at 1:00": {"bed_h": 25.0, "lowered": 0.0},
        },
        compute=compute,
        scene=SleepScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
