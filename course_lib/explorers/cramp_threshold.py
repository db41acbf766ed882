"""Five seconds of stimulation, and whether the muscle then goes on by itself."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Polygon, Rectangle

from course_lib.physiology import cramp as model
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

SHOWN_s = 45.0
BASELINES = np.linspace(0, 16, 60)
PRONE_Hz, NOT_PRONE_Hz = (14.9, 1.3), (25.5, 1.6)  # Miller and Knight 2009, as printed
LEAST_s = 1.0  # a burst shorter than this after the stimulus is not called a cramp


def compute(rate_Hz: float, baseline: float, feedback: float) -> model.Episode:
    """Give the episode after five seconds of stimulation."""
    pool = model.CrampPool(feedback=feedback)
    return model.stimulate(rate_Hz, baseline, end_s=SHOWN_s, pool=pool)


def threshold(result: model.Episode) -> float | None:
    """Give the cramp threshold frequency, None if this pool cannot go on by itself."""
    if not result.pool.bistable:
        return None
    return model.threshold_Hz(result.baseline, result.pool)


class CrampThresholdScene(Scene[model.Episode]):
    """A stimulated foot, the firing in time, and threshold against baseline drive."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.8)

    def draw(self, start: model.Episode) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "time"], ["drawing", "threshold"]],
            [["drawing"], ["time"], ["threshold"]],
            widths=[1, 2.0], heights=[1, 1.1], narrow_heights=[0.9, 1, 1.1], gap=0.45,
        )  # fmt: skip
        self._draw_foot(style.bare(axes["drawing"]))
        self._draw_time(axes["time"], start)
        self._draw_threshold(axes["threshold"], start)

    def _draw_foot(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 9))
        skin: dict[str, Any] = {"fc": "#F6E3D4", "ec": style.QUIET, "lw": 1.0 * self.look.lines}
        foot = [(2.2, 8.6), (2.4, 4.4), (1.6, 3.0), (2.0, 2.3), (8.4, 2.1), (9.2, 2.6), (8.6, 3.3),
                (5.2, 4.2), (4.6, 5.2), (4.6, 8.6)]  # fmt: skip
        ax.add_patch(Polygon(foot, closed=True, joinstyle="round", **skin))
        self.muscle = Ellipse((4.4, 3.0), 3.2, 0.8, fc=style.PALE, lw=0)
        ax.add_patch(self.muscle)
        self.moving(self.muscle)
        ax.plot([3.4, 3.2, 3.6], [8.6, 5.0, 3.3], color=style.BLUE, lw=1.8 * self.look.lines)
        ax.add_patch(Rectangle((0.7, 4.6), 2.0, 0.7, fc=style.QUIET, lw=0))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.3, 5.75, "electrode", color=style.QUIET, **small)
        style.label(ax, 5.0, 7.6, "nerve", color=style.BLUE_TEXT, **small)
        style.label(ax, 4.4, 1.5, "foot muscle", ha="center", color=style.VERMILION_TEXT, **small)
        self.words = self.moving(style.label(ax, 5.0, 0.5, "", ha="center", color=style.INK))

    def _draw_time(self, ax: Axes, start: model.Episode) -> None:
        ax.set(
            xlim=(0, SHOWN_s), ylim=(0, 34), yticks=(0, 10, 20), xticks=(0, 10, 20, 30, 40),
            xlabel="time (s)", ylabel="spikes per second",
        )  # fmt: skip
        ax.axvspan(0, start.stimulus_s, color=style.SKY, alpha=0.3, lw=0, zorder=0)
        style.label(ax, 0.4, 31, "stimulus", color=style.BLUE_TEXT, fontsize="small")
        style.label(ax, 44.6, 31, "after it: the muscle by itself", ha="right", fontsize="small",
                    color=style.VERMILION_TEXT)  # fmt: skip
        ax.plot(start.time_s, start.firing_Hz, color=style.PALE, lw=1.4)
        self.firing = self.moving(ax.plot([], [], color=style.VERMILION)[0])

    def _draw_threshold(self, ax: Axes, start: model.Episode) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 16), ylim=(0, 45), yticks=(0, 10, 20, 30), xticks=(0, 4, 8, 12, 16),
            xlabel="baseline drive to the motoneurons", ylabel="stimuli per second",
        )  # fmt: skip
        for (mean, error), words, side, colour, text in (
            (PRONE_Hz, "measured: cramp-prone", "left", style.PURPLE, style.PURPLE_TEXT),
            (NOT_PRONE_Hz, "measured: others", "right", style.GREEN, style.GREEN_TEXT),
        ):
            x, up = (0.3, -error - 2.6) if side == "left" else (15.8, error + 2.6)
            ax.axhspan(mean - error, mean + error, color=colour, alpha=0.28, lw=0, zorder=0)
            style.label(ax, x, mean + up, words, ha=side, color=text,
                        fontsize="small")  # fmt: skip
        ax.plot(BASELINES, _thresholds(start.pool), color=style.PALE, lw=1.4)
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])
        style.label(ax, 0.3, 42, "above the line: a cramp can start", color=style.QUIET,
                    fontsize="small")  # fmt: skip

    def update(self, result: model.Episode) -> None:
        """Move the firing, the line, the point and the muscle."""
        cramps = result.cramp_s >= LEAST_s
        self.firing.set_data(result.time_s[::5], result.firing_Hz[::5])
        self.curve.set_data(BASELINES, _thresholds(result.pool))
        self.point.set_data([result.baseline], [result.rate_Hz])
        self.muscle.set_facecolor(style.VERMILION if cramps else style.PALE)
        self.muscle.set_height(1.2 if cramps else 0.8)
        self.words.set_text(f"cramp: {result.cramp_s:.0f} s" if cramps else "no cramp")


def _thresholds(pool: model.CrampPool) -> np.ndarray:
    if not pool.bistable:
        return np.full(BASELINES.size, np.nan)
    return np.array([model.threshold_Hz(float(b), pool) for b in BASELINES])


def read(result: model.Episode) -> Reading:
    """Give the reading of the episode."""
    limit = threshold(result)
    return reading(
        ("stimulated at", f"{result.rate_Hz:.1f}", "per second, for 5 s"),
        ("cramp threshold", "none" if limit is None else f"{limit:.1f}", "per second"),
        ("the muscle goes on for", f"{result.cramp_s:.1f}", "s"),
        ("at", f"{result.cramp_Hz:.1f}", "spikes per second"),
        ("measured threshold, cramp-prone", "14.9 ± 1.3", "per second"),
        ("measured threshold, others", "25.5 ± 1.6", "per second"),
        ("measured in cramps", "24 ± 16 s at 14.5 ± 5.1 spikes per second"),
    )


def describe(result: model.Episode) -> str:
    """Say what the picture shows."""
    limit = threshold(result)
    line = "has no threshold" if limit is None else f"has its threshold at {limit:.1f} per second"
    after = (
        f"the muscle goes on by itself for {result.cramp_s:.1f} s"
        if result.cramp_s >= LEAST_s
        else "the muscle falls silent"
    )
    return (
        f"A nerve stimulated at {result.rate_Hz:.1f} per second for 5 s, with a baseline drive of "
        f"{result.baseline:.1f}: {after}. A pool with this drive and a feedback of "
        f"{result.pool.feedback:.0f} {line}; 14.9 was measured in the cramp-prone, 25.5 in others."
    )


def cramp_threshold(prediction: Prediction | None = None) -> Explorer[model.Episode]:
    """Stimulate at a rate, for a baseline drive, and see whether a cramp stays behind."""
    return Explorer(
        "cramp_threshold",
        "Cramp threshold (teaching model, tuned to measured cramps)",
        controls=(
            Slider("rate_Hz", "stimuli", "per second", 18.0, 4.0, 32.0, 0.5),
            Slider("baseline", "baseline drive", "", 12.0, 0.0, 16.0, 0.1),
            Slider("feedback", "feedback of the pool on itself", "", 40.0, 0.0, 44.0, 1.0),
        ),
        presets={
            "cramp-prone": {"baseline": 12.2, "rate_Hz": 17.0, "feedback": 40.0},
            "not prone": {"baseline": 1.6, "rate_Hz": 17.0, "feedback": 40.0},
            "no feedback": {"feedback": 0.0},
        },
        compute=compute,
        scene=CrampThresholdScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
