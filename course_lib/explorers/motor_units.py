"""Motor units of one muscle: who fires, how fast, and what comes out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyBboxPatch

from course_lib.physiology import motor_pool as model
from course_lib.ui import Explorer, Reading, Scene, Slider, reading, style
from course_lib.ui.explorer import Prediction

DRIVES = np.linspace(0, 1, 41)
ROWS = 20  # units shown in the raster
CELLS = 10  # motoneurons drawn


@lru_cache(maxsize=32)
def pool(units: float, threshold_range: float, force_range: float) -> model.Pool:
    """Give a pool with the published constants but for these three."""
    return model.Pool(round(units), threshold_range, force_range)


def compute(drive: float, units: float, threshold_range: float, force_range: float) -> model.Trains:
    """Play two seconds of the pool at a drive in percent."""
    return model.play(model.effort(drive / 100, pool(units, threshold_range, force_range)))


class MotorUnitsScene(Scene[model.Trains]):
    """Motoneurons with their fibres, the curves, and spikes, skin signal and force in time."""

    wide = (9.0, 5.6)
    narrow = (4.2, 11.0)

    def draw(self, start: model.Trains) -> None:
        """Draw the panels; the start's curves stay behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "spikes"], ["drawing", "spikes"], ["curve", "skin"], ["curve", "force"]],
            [["drawing"], ["curve"], ["spikes"], ["skin"], ["force"]],
            widths=[1, 1.15], heights=[1.15, 1.15, 1, 1],
            narrow_heights=[1.25, 1.35, 1.3, 0.7, 0.8], gap=0.42,
        )  # fmt: skip
        self._draw_cells(style.bare(axes["drawing"]))
        self._draw_curve(axes["curve"], start)
        self._draw_time(axes["spikes"], axes["skin"], axes["force"])

    def _draw_cells(self, ax: Axes) -> None:
        ax.set(xlim=(-1.1, CELLS), ylim=(-0.7, 5.2))
        at = np.arange(CELLS)
        bold = self.look.lines
        self.axons = self._lines(ax, at, 1.4, 3.55, (0.8 + 0.35 * at) * bold)
        self.cells = self.moving(
            ax.scatter(at, np.full(CELLS, 3.7), s=(30 + 22 * at) * bold, color=style.PALE)
        )
        self.fibres = self._lines(ax, at, 0.25, 1.2, 1 + 1.7 * at)
        box: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.3", "lw": 0, "zorder": 0}
        ax.add_patch(FancyBboxPatch((-0.8, 3.1), CELLS + 0.6, 1.25, fc="#EEF3F7", **box))
        ax.add_patch(FancyBboxPatch((-0.8, 0.1), CELLS + 0.6, 1.25, fc="#F9EAE0", **box))
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, -0.7, 4.8, "spinal cord: motoneurons, small to large",
                    color=style.BLUE_TEXT, **small)  # fmt: skip
        style.label(ax, -0.7, 2.2, "axons", color=style.QUIET, rotation=90, ha="center", **small)
        style.label(ax, -0.7, -0.35, "muscle: their fibres, few to many",
                    color=style.VERMILION_TEXT, **small)  # fmt: skip

    def _lines(
        self, ax: Axes, at: np.ndarray, low: float, high: float, widths: np.ndarray
    ) -> LineCollection:
        """Draw an upright line for each motoneuron."""
        lines = LineCollection(
            [[(x, low), (x, high)] for x in at], linewidths=widths, color=style.PALE
        )
        ax.add_collection(lines)
        return self.moving(lines)

    def _draw_curve(self, ax: Axes, start: model.Trains) -> None:
        self.plot = ax
        ax.set(
            xlim=(0, 102), ylim=(0, 1.12), xlabel="drive (% of full)", yticks=(0, 0.5, 1),
            xticks=(0, 25, 50, 75, 100), ylabel="share of maximum",
        )  # fmt: skip
        for y in model.curves(DRIVES, start.effort.pool):
            ax.plot(100 * DRIVES, y, color=style.PALE, lw=1.2)
        self.recruited = self.moving(ax.plot([], [], color=style.BLUE, ls=(0, (5, 2)))[0])
        self.steady = self.moving(ax.plot([], [], color=style.VERMILION)[0])
        self.points = [
            self.moving(ax.plot([], [], m, color=c, clip_on=False)[0])
            for m, c in (("s", style.BLUE), ("o", style.VERMILION))
        ]
        small: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 24, 1.06, "units that fire", color=style.BLUE_TEXT, **small)
        style.label(ax, 98, 0.25, "force", color=style.VERMILION_TEXT, ha="right", **small)

    def _draw_time(self, spikes: Axes, skin: Axes, force: Axes) -> None:
        for ax in (spikes, skin, force):
            ax.set(xlim=(0, 2), xticks=(0, 0.5, 1, 1.5, 2))
            ax.tick_params(labelbottom=ax is force)
        spikes.set(ylim=(-0.5, ROWS + 1.3), ylabel="motor unit")
        spikes.set_yticks([1.5, ROWS - 2.5], ["small", "large"], rotation=90, va="center")
        self.spikes = self.moving(
            spikes.plot([], [], "|", color=style.BLUE, ms=4.6 * self.look.lines, mew=0.9)[0]
        )
        style.label(spikes, 1.98, ROWS + 0.7, "spikes of 20 units", ha="right",
                    color=style.BLUE_TEXT, fontsize="small")  # fmt: skip
        skin.set(ylim=(-9, 12), yticks=(), ylabel="skin")
        self.skin = self.moving(skin.plot([], [], color=style.INK, lw=0.7 * self.look.lines)[0])
        style.label(skin, 1.98, 10, "signal on the skin (EMG)", ha="right", fontsize="small")
        force.set(ylim=(0, 1.2), yticks=(0, 0.5, 1), ylabel="force", xlabel="time (s)")
        self.force = self.moving(force.plot([], [], color=style.VERMILION)[0])

    def update(self, result: model.Trains) -> None:
        """Light up what fires, and move spikes, signal, force and points."""
        effort = result.effort
        count = int(effort.pool.units)
        edge = (np.arange(CELLS) + 0.5) / CELLS * count  # the unit that each drawn cell stands for
        firing = edge <= effort.recruited
        lit = [style.BLUE if on else style.PALE for on in firing]
        self.cells.set_facecolor(lit)
        self.axons.set_color(lit)
        self.fibres.set_color([style.VERMILION if on else style.PALE for on in firing])
        rows = np.linspace(0, count - 1, min(ROWS, count)).round().astype(int)
        row = np.full(count, -1)
        row[rows] = np.arange(rows.size) * (ROWS - 1) / max(1, rows.size - 1)
        seen = row[result.unit] >= 0
        self.spikes.set_data(result.spike_s[seen], row[result.unit][seen])
        self.skin.set_data(np.arange(result.skin.size) * model.SKIN_STEP_s, result.skin)
        self.force.set_data(result.time_s, result.force)
        force, recruited = model.curves(DRIVES, effort.pool)
        self.steady.set_data(100 * DRIVES, force)
        self.recruited.set_data(100 * DRIVES, recruited)
        now = (effort.recruited / count, effort.force)
        for point, y in zip(self.points, now, strict=True):
            point.set_data([100 * effort.drive], [y])


def read(result: model.Trains) -> Reading:
    """Give the reading of the pool."""
    effort = result.effort
    count = int(effort.pool.units)
    rates = effort.rates_Hz[effort.rates_Hz > 0]
    fastest, slowest = (f"{rates.max():.0f}", f"{rates.min():.0f}") if rates.size else ("0", "0")
    last = effort.pool.thresholds[-1] / effort.pool.full_drive
    return reading(
        ("drive", f"{100 * effort.drive:.0f}", "% of full"),
        ("units that fire", f"{effort.recruited} of {count}"),
        ("force", f"{100 * effort.force:.0f}", "% of the maximum"),
        ("rate of the first and of the last unit recruited", f"{fastest} and {slowest}",
         "per second"),
        ("the last unit joins at", f"{100 * last:.0f}", "% of full drive"),
        ("force of the largest unit over the smallest", f"{effort.pool.force_range:.0f}", "times"),
    )  # fmt: skip


def describe(result: model.Trains) -> str:
    """Say what the picture shows."""
    effort = result.effort
    return (
        f"At {100 * effort.drive:.0f} % of full drive {effort.recruited} of "
        f"{int(effort.pool.units)} motor units fire, the smallest first, and the force is "
        f"{100 * effort.force:.0f} % of the maximum; the largest twitch is "
        f"{effort.pool.force_range:.0f} times the smallest and the last unit joins at "
        f"{100 * effort.pool.thresholds[-1] / effort.pool.full_drive:.0f} % of full drive."
    )


def motor_units(prediction: Prediction | None = None) -> Explorer[model.Trains]:
    """Drive a pool of motor units and watch who joins."""
    return Explorer(
        "motor_units",
        "A pool of motor units (Fuglevand, Winter and Patla 1993)",
        controls=(
            Slider("drive", "drive to the motoneurons", "% of full", 20.0, 0.0, 100.0, 0.5),
            Slider("units", "motor units", "", 120, 20, 200, 1),
            Slider("threshold_range", "last threshold over first", "times", 30.0, 5.0, 60.0, 1.0),
            Slider("force_range", "largest twitch over smallest", "times", 100.0, 10.0, 200.0, 1.0),
        ),
        presets={
            "stand": {"drive": 8.0},
            "half of full drive": {"drive": 50.0},
            "all one can": {"drive": 100.0},
            "a third of the units": {"units": 40, "drive": 20.0},
        },
        compute=compute,
        scene=MotorUnitsScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )
