"""Spikes that come faster and faster, until single twitches melt into one pull."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, Polygon, Rectangle

from course_lib.physiology import tetanus as model
from course_lib.physiology.tetanus import CALF, MEASURED
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

RATES_Hz = np.geomspace(1, 100, 60)
FUSED, SEPARATE = 0.02, 0.9  # ripple below and above which the words change
TOP = 1.32  # of the force axis: spikes are drawn above 1


def compute(rate_Hz: float, duration_ms: float, contraction_time_ms: float) -> model.Train:
    """Give the force of a train of spikes."""
    return model.train(rate_Hz, duration_ms=duration_ms, contraction_time_ms=contraction_time_ms)


class TwitchScene(Scene[model.Train]):
    """A calf on a force plate, its force in time, and force against rate."""

    wide = (9.0, 5.0)
    narrow = (4.2, 8.8)

    def draw(self, start: model.Train) -> None:
        """Draw the three panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "time"], ["drawing", "rate"]],
            [["drawing"], ["time"], ["rate"]],
            widths=[1, 2.1], heights=[1, 1], narrow_heights=[1, 1, 1], gap=0.42,
        )  # fmt: skip
        self._draw_leg(style.bare(axes["drawing"]))
        self._draw_time(axes["time"], start)
        self._draw_rate(axes["rate"], start)

    def _draw_leg(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 12.5))
        ax.set_aspect("equal" if not self.look.narrow else "auto")
        skin = {"fc": "#F6E3D4", "ec": style.QUIET, "lw": 1.0 * self.look.lines}
        leg = [(3.4, 12.3), (3.7, 9.5), (3.9, 5.0), (4.1, 2.9), (3.6, 1.9), (8.3, 1.5), (8.6, 2.0),
               (7.6, 2.7), (6.0, 3.5), (5.8, 5.0), (6.1, 8.0), (6.4, 12.3)]  # fmt: skip
        ax.add_patch(Polygon(leg, closed=True, joinstyle="round", **skin))
        self.calf = Ellipse((4.0, 8.4), 1.6, 5.0, fc=style.VERMILION, ec="none", alpha=0.9)
        ax.add_patch(self.calf)
        self.moving(self.calf)
        ax.plot([4.05, 3.85], [5.9, 2.2], color=style.PALE, lw=4 * self.look.lines)  # the tendon
        ax.add_patch(Rectangle((2.6, 0.95), 6.6, 0.4, fc=style.QUIET, lw=0))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 2.2, 8.6, "calf", ha="right", color=style.VERMILION_TEXT, **small)
        style.label(ax, 3.5, 4.3, "tendon", ha="right", color=style.QUIET, **small)
        style.label(ax, 5.9, 0.45, "force plate", ha="center", color=style.QUIET, **small)
        ax.plot([0.2, 2.6], [11.9, 11.3], color=style.BLUE, lw=1.6 * self.look.lines)
        ax.plot([2.6, 3.6], [11.3, 10.9], color=style.BLUE, lw=1.6 * self.look.lines)
        style.label(ax, 0.1, 10.5, "nerve", color=style.BLUE_TEXT, **small)
        ax.add_patch(Rectangle((9.25, 1.35), 0.5, 10.0, fc="none", ec=style.QUIET, lw=1))
        self.gauge = Rectangle((9.25, 1.35), 0.5, 0, fc=style.VERMILION, lw=0)
        ax.add_patch(self.gauge)
        self.moving(self.gauge)
        style.label(ax, 9.9, 11.9, "peak force", ha="right", color=style.VERMILION_TEXT, **small)

    def _draw_time(self, ax: Axes, start: model.Train) -> None:
        ax.set(
            xlim=(0, 2), ylim=(0, TOP), xticks=(0, 0.5, 1, 1.5, 2), yticks=(0, 0.5, 1),
            xlabel="time (s)", ylabel="force (of tetanus)",
        )  # fmt: skip
        ax.plot(start.time_ms / 1000, start.force, color=style.PALE, lw=1.4)
        self.force = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.spikes = self.moving(
            ax.plot([], [], "|", color=style.BLUE, ms=9 * self.look.lines, mew=1.1)[0]
        )
        style.label(ax, 1.99, 1.24, "spikes in the nerve", ha="right", color=style.BLUE_TEXT,
                    fontsize="small")  # fmt: skip
        self.kind = self.moving(style.label(ax, 1.99, 0.9, "", ha="right", color=style.INK))

    def _draw_rate(self, ax: Axes, start: model.Train) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(1, 110), ylim=(0, TOP), yticks=(0, 0.5, 1),
            xlabel="spikes per second", ylabel="mean force",
        )  # fmt: skip
        ax.set_xticks([1, 2, 5, 10, 20, 50, 100], ["1", "2", "5", "10", "20", "50", "100"])
        ax.minorticks_off()
        small: dict[str, Any] = {"fontsize": "small"}
        low, high = MEASURED.cramp_Hz - 5.1, MEASURED.cramp_Hz + 5.1
        ax.axvspan(low, high, color=style.PURPLE, alpha=0.16, lw=0, zorder=0)
        style.label(ax, MEASURED.cramp_Hz, 1.21, "cramp", ha="center", color=style.PURPLE_TEXT,
                    **small)  # fmt: skip
        ax.axvline(MEASURED.fusion_Hz, color=style.GREEN, ls=(0, (4, 2)), lw=1.4, zorder=0)
        style.label(ax, 57, 0.13, "calf fused", ha="right", color=style.GREEN_TEXT, **small)
        ax.errorbar(
            MEASURED.half_force_Hz, 0.5, xerr=4, fmt="s", ms=5 * self.look.lines, capsize=3,
            color=style.INK, mfc=style.PAPER, lw=1.2,
        )  # fmt: skip
        style.label(ax, 7.4, 0.62, "half: measured", ha="right", color=style.INK, **small)
        ax.plot(RATES_Hz, model.steady_force(RATES_Hz, start.contraction_time_ms),
                color=style.PALE, lw=1.4)  # fmt: skip
        self.curve = self.moving(ax.plot([], [], color=style.QUIET)[0])
        self.point = self.moving(ax.plot([], [], "o", color=style.VERMILION, clip_on=False)[0])

    def update(self, result: model.Train) -> None:
        """Bulge the calf, and move curves and point."""
        self.force.set_data(result.time_ms / 1000, result.force)
        self.spikes.set_data(result.spikes_ms / 1000, np.full(result.spikes_ms.size, 1.13))
        peak = min(result.peak, 1.0)
        self.calf.set_width(1.4 + 1.1 * peak)
        self.calf.set_height(5.2 - 0.7 * peak)
        self.gauge.set_height(10.0 * peak)
        self.kind.set_text(kind(result))
        self.curve.set_data(RATES_Hz, model.steady_force(RATES_Hz, result.contraction_time_ms))
        self.point.set_data([result.rate_Hz], [result.mean])


def kind(result: model.Train) -> str:
    """Give the word for a train like this."""
    if result.spikes_ms.size == 1:
        return "one twitch"
    if result.ripple > SEPARATE:
        return "separate twitches"
    return "fused tetanus" if result.ripple < FUSED else "unfused tetanus"


def read(result: model.Train) -> Reading:
    """Give the reading of a train."""
    return reading(
        ("spikes", f"{result.spikes_ms.size}", f"at {result.rate_Hz:.1f} per second"),
        ("this is", kind(result)),
        ("peak force", f"{result.peak:.2f}", "of the tetanic force"),
        ("mean force, if it went on", f"{result.mean:.2f}", "of the tetanic force"),
        ("ripple, if it went on", f"{100 * result.ripple:.1f}", "% of the peak"),
        ("contraction time of one twitch", f"{result.contraction_time_ms:.0f}", "ms"),
        ("motor units in a cramp fired at", f"{MEASURED.cramp_Hz:.1f} ± 5.1", "per second"),
    )


def describe(result: model.Train) -> str:
    """Say what the picture shows."""
    return (
        f"{result.spikes_ms.size} spikes at {result.rate_Hz:.1f} per second in a calf with a "
        f"contraction time of {result.contraction_time_ms:.0f} ms: {kind(result)}, with a peak of "
        f"{result.peak:.2f} of the tetanic force. If it went on, the mean force would be "
        f"{result.mean:.2f} and the ripple {100 * result.ripple:.1f} %."
    )


def twitch_to_tetanus(prediction: Prediction | None = None) -> Explorer[model.Train]:
    """Send spikes to a calf, one by one or in a stream."""
    own = round(CALF.contraction_time_ms)
    return Explorer(
        "twitch_to_tetanus",
        "From twitch to tetanus (teaching model, tuned to human calf and thumb)",
        controls=(
            Slider("rate_Hz", "spikes", "per second", 5.0, 1.0, 100.0, 0.1, "log"),
            Slider("duration_ms", "spikes go on for", "ms", 1000.0, 0.0, 1500.0, 10.0),
            Slider("contraction_time_ms", "contraction time of one twitch", "ms", own, 50, 160, 1),
        ),
        presets={
            "one spike": {"rate_Hz": 5.0, "duration_ms": 0.0},
            "as in a cramp": {"rate_Hz": 14.5, "duration_ms": 1500.0},
            "fused": {"rate_Hz": 60.0, "duration_ms": 1000.0},
            "slow soleus": {"rate_Hz": 5.0, "contraction_time_ms": 156.5},
        },
        compute=compute,
        scene=TwitchScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
