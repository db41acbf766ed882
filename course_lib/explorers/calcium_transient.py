"""Calcium after one action potential: where it goes, and the two opposite ways of magnesium."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle
from numpy.typing import NDArray

from course_lib.evidence import bands
from course_lib.physiology import excitation_contraction as model
from course_lib.physiology.fibre_sets import HUMAN, MOUSE
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

FIBRES = {"mouse": MOUSE, "human": HUMAN}
WAYS = ("both", "channel", "binders")
END_ms, SHOWN_ms = 80.0, 60.0
MAGNESIUM_mM = np.geomspace(model.MG_LOW_mM, model.MG_HIGH_mM, 13)
PLACES = ("pumped back", "parvalbumin", "troponin", "ATP", "free")  # bottom of the stack first
COLOURS = dict(
    zip(PLACES, (style.SKY, style.PURPLE, style.VERMILION, style.ORANGE, style.INK), strict=True)
)
DOTS = 40  # for all the calcium of one release
SPOTS: dict[str, tuple[float, float, float, float]] = {  # left, right, bottom, top in the drawing
    "pumped back": (0.3, 3.9, 5.5, 6.4),
    "parvalbumin": (6.8, 9.6, 2.45, 3.0),
    "troponin": (0.6, 9.4, 0.62, 0.98),
    "ATP": (0.5, 3.3, 2.45, 3.0),
    "free": (3.9, 6.2, 2.0, 3.6),
}
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Picture:
    """A response, the time looked at, and the response at 1 mmol/L with a normal pump."""

    response: model.Response
    start: model.Response
    species: str
    way: str
    pump: float
    at_ms: float

    @property
    def shares(self) -> dict[str, Array]:
        """Share of all calcium released, by the place where it is; arrays of shape (points,)."""
        r = self.response
        there = (r.pumped_uM, r.parvalbumin_calcium_uM, r.on_troponin_uM, r.on_atp_uM, r.calcium_uM)
        whole = self.released_uM
        return {p: (x - x[0]) / whole for p, x in zip(PLACES, there, strict=True)}

    @property
    def now(self) -> dict[str, float]:
        """The shares at the time looked at."""
        time = self.response.time_ms
        return {p: float(np.interp(self.at_ms, time, x)) for p, x in self.shares.items()}

    @property
    def released_uM(self) -> float:
        """All calcium that one action potential released."""
        return float(self.response.released_uM[-1] + self.response.pumped_uM[-1])

    @property
    def force(self) -> float:
        """Peak of the twitch, relative to 1 mmol/L magnesium and a normal pump."""
        return self.response.peak_force / self.start.peak_force


@lru_cache(maxsize=256)
def _respond(mg_mM: float, pump: float, species: str, way: str) -> model.Response:
    fibre = FIBRES[species]
    return model.respond(
        mg_mM,
        fibre=replace(fibre, pump_uM_per_ms=pump * fibre.pump_uM_per_ms),
        end_ms=END_ms,
        brake_on=way != "binders",
        mg_buffers_mM=1.0 if way == "channel" else None,
    )


@lru_cache(maxsize=8)
def forces(species: str, way: str) -> Array:
    """Give the twitch at each of ``MAGNESIUM_mM``, relative to 1 mmol/L, with a normal pump."""
    peaks = [_respond(float(mg), 1.0, species, way).peak_force for mg in MAGNESIUM_mM]
    return np.array(peaks) / _respond(1.0, 1.0, species, way).peak_force


def compute(mg_mM: float, pump: float, at_ms: float, species: str, way: str) -> Picture:
    """Give the response to one action potential, and the moment to look at."""
    response = _respond(mg_mM, pump, species, way)
    return Picture(response, _respond(1.0, 1.0, species, way), species, way, pump, at_ms)


class CalciumTransientScene(Scene[Picture]):
    """A fibre's inside, the calcium transient, where the calcium is, and twitch against Mg."""

    wide = (9.0, 5.8)
    narrow = (4.2, 11.4)

    def draw(self, start: Picture) -> None:
        """Draw the four panels; the start stays behind in grey."""
        axes = style.panels(
            self.figure, self.look,
            [["drawing", "calcium"], ["force", "places"]],
            [["drawing"], ["calcium"], ["places"], ["force"]],
            widths=[1, 1.1], heights=[1, 1.05], narrow_heights=[1.3, 1, 1.1, 1.1], gap=0.3,
        )  # fmt: skip
        self._draw_fibre(style.bare(axes["drawing"]))
        self._draw_calcium(axes["calcium"], start)
        self._draw_places(axes["places"])
        self._draw_force(axes["force"])

    def _draw_fibre(self, ax: Axes) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 7.2))
        small: dict[str, Any] = {"fontsize": "small", "ha": "center"}
        box: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.4", "lw": 0}
        ax.add_patch(FancyBboxPatch((0.1, 5.2), 9.8, 1.9, fc="#E8F3FA", **box))
        style.label(ax, 7.1, 6.65, "calcium store", color=style.BLUE_TEXT, **small)
        for left, width in ((0.1, 2.3), (3.5, 4.4), (8.9, 1.0)):
            ax.add_patch(Rectangle((left, 5.05), width, 0.2, fc=style.SKY, lw=0))
        ax.add_patch(Rectangle((2.4, 4.65), 1.1, 0.95, fc=style.SKY, lw=0))
        style.label(ax, 2.95, 4.25, "pump", color=style.BLUE_TEXT, **small)
        for left in (7.75, 8.6):
            ax.add_patch(Rectangle((left, 4.7), 0.35, 0.9, fc=style.QUIET, lw=0))
        style.label(ax, 8.35, 4.25, "channel", color=style.QUIET, **small)
        style.label(ax, 1.9, 3.45, "on ATP", color=style.ORANGE_TEXT, **small)
        style.label(ax, 8.2, 3.45, "parvalbumin", color=style.PURPLE_TEXT, **small)
        style.label(ax, 5.05, 3.8, "free", color=style.INK, **small)
        ax.plot([0.3, 9.7], [0.45, 0.45], color=style.PALE, lw=5 * self.look.lines, zorder=0)
        style.label(
            ax, 5.0, 1.4, "on troponin (thin filament)", color=style.VERMILION_TEXT, **small
        )
        dot: dict[str, Any] = {"ls": "none", "ms": 4.6 * self.look.lines, "mew": 0}
        self.dots = {
            place: self.moving(ax.plot([], [], "o", color=COLOURS[place], **dot)[0])
            for place in PLACES
        }
        (self.inside,) = ax.plot([], [], "o", color=style.SKY, mfc="none", ls="none",
                                 ms=4.6 * self.look.lines, mew=1)  # fmt: skip
        (self.magnesium,) = ax.plot([], [], "D", color=style.GREEN, ls="none",
                                    ms=4 * self.look.lines, mew=0)  # fmt: skip
        self.moving(self.inside)
        self.moving(self.magnesium)
        style.label(ax, 5.6, 4.6, "◆ magnesium", color=style.GREEN_TEXT, **small)

    def _draw_calcium(self, ax: Axes, start: Picture) -> None:
        ax.set(
            xlim=(0, SHOWN_ms), ylim=(0, 2.2), yticks=(0, 1, 2), xticks=(0, 20, 40, 60),
            ylabel="free calcium\n(1: peak at 1 mmol/L Mg)" if not self.look.narrow
            else "free calcium (relative)",
        )  # fmt: skip
        ax.plot(start.response.time_ms, _relative(start), color=style.PALE, lw=1.4)
        self.trace = self.moving(ax.plot([], [], color=style.INK)[0])
        self.clock = [self.moving(ax.axvline(0, color=style.BLUE, lw=1.3, ls=(0, (2, 2))))]
        self.peak = self.moving(style.label(ax, 58, 1.85, "", ha="right", color=style.INK))

    def _draw_places(self, ax: Axes) -> None:
        ax.set(
            xlim=(0, SHOWN_ms), ylim=(0, 1), xticks=(0, 20, 40, 60), xlabel="time (ms)",
            ylabel="where it is (share)",
        )  # fmt: skip
        ax.set_yticks([0, 0.5, 1], ["0", "half", "all"])
        self.areas = {
            place: self.moving(ax.fill([0], [0], color=COLOURS[place], lw=0, alpha=0.75)[0])
            for place in PLACES
        }
        self.clock.append(self.moving(ax.axvline(0, color=style.BLUE, lw=1.3, ls=(0, (2, 2)))))
        self.names = {
            place: self.moving(style.label(ax, 57, 0, place, ha="right", fontsize="small"))
            for place in PLACES[:3]
        }

    def _draw_force(self, ax: Axes) -> None:
        self.plot = ax
        ax.set_xscale("log")
        ax.set(
            xlim=(MAGNESIUM_mM[0], MAGNESIUM_mM[-1]), ylim=(0, 2.3), yticks=(0, 0.5, 1, 1.5),
            xlabel="free magnesium (mmol/L)", ylabel="twitch (1: at 1 mmol/L)",
        )  # fmt: skip
        ax.set_xticks([0.3, 0.5, 1, 2, 3], ["0.3", "0.5", "1", "2", "3"])
        ax.minorticks_off()
        style.show_bands(ax, bands("muscle_free"))
        words: dict[str, Any] = {"fontsize": "small"}
        style.label(ax, 0.69, 1.95, "by mouth: no change", color=style.GREEN_TEXT, **words)
        style.label(ax, 0.69, 1.73, "pale: healthy, grey: low", color=style.GREEN_TEXT, **words)
        style.label(ax, 2.9, 2.18, "laboratory", color=style.ORANGE_TEXT, ha="right", **words)
        self.curves = {
            way: self.moving(ax.plot([], [], color=style.QUIET, ls=ls, lw=1.3)[0])
            for way, ls in zip(WAYS, ("-", (0, (5, 2)), (0, (1, 1.5))), strict=True)
        }
        self.point = self.moving(ax.plot([], [], "D", color=style.GREEN, clip_on=False)[0])
        style.label(ax, 0.69, 0.33, "dashes: channel only", color=style.QUIET, **words)
        style.label(ax, 0.69, 0.12, "dots: binders only", color=style.QUIET, **words)

    def update(self, result: Picture) -> None:
        """Place dots, stack, curves and points."""
        response, shares = result.response, result.shares
        self._place_dots(result)
        self.trace.set_data(response.time_ms, _relative(result))
        self.peak.set_text(f"peak {response.calcium_uM.max():.1f} µmol/L")
        for line in self.clock:
            line.set_xdata([result.at_ms] * 2)
        some = _thin(response.time_ms)
        floor = np.zeros(some.size)
        for place in PLACES:
            top = floor + shares[place][some]
            edge = np.concatenate([floor, top[::-1]])
            time = np.concatenate([response.time_ms[some], response.time_ms[some][::-1]])
            self.areas[place].set_xy(np.column_stack([time, edge]))
            if place in self.names:
                low, high = (float(np.interp(50, response.time_ms[some], y)) for y in (floor, top))
                self.names[place].set_y((low + high) / 2)
                self.names[place].set_visible(high - low > 0.11)
            floor = top
        for way, curve in self.curves.items():
            y = forces(result.species, way)
            curve.set_data(MAGNESIUM_mM, y)
            curve.set_linewidth((2.4 if way == result.way else 1.2) * self.look.lines)
        self.point.set_data([response.mg_mM], [min(result.force, 2.3)])

    def _place_dots(self, result: Picture) -> None:
        """Deal out the dots so that their sum is right at each moment."""
        left = DOTS
        for place, share in sorted(result.now.items(), key=lambda item: item[1]):
            count = min(left, max(0, round(DOTS * share)))
            left -= count
            x0, x1, y0, y1 = SPOTS[place]
            self.dots[place].set_data(*_scatter(count, x0, x1, y0, y1))
        self.inside.set_data(*_scatter(left, 4.4, 9.5, 5.45, 5.75))
        on_parvalbumin = result.response.parvalbumin_magnesium_uM
        sites = max(result.response.fibre.parvalbumin_uM, 1.0)
        count = round(8 * float(on_parvalbumin[0]) / sites)
        bound = _scatter(count, 6.9, 9.5, 2.1, 2.1)
        plug = 0 if result.way == "binders" else round(1 + result.response.mg_mM * 1.3)
        brake = _scatter(plug, 8.22, 8.5, 4.75, 5.55)
        self.magnesium.set_data(*(np.concatenate(pair) for pair in zip(bound, brake, strict=True)))


def _relative(result: Picture) -> Array:
    rise = result.response.calcium_uM - result.response.calcium_uM[0]
    return np.asarray(rise / result.start.rise_uM)


def _thin(time_ms: Array) -> NDArray[np.int64]:
    """Pick points enough for a smooth edge: all of the first 12 ms at half density, then fewer."""
    near = np.flatnonzero(time_ms <= model.RELEASE_ms)[::3]
    far = np.flatnonzero((time_ms > model.RELEASE_ms) & (time_ms <= SHOWN_ms + 0.3))[::8]
    return np.concatenate([near, far, far[-1:]])


def _scatter(count: int, x0: float, x1: float, y0: float, y1: float) -> tuple[Array, Array]:
    """Spread points evenly over a box by the golden ratio, the same ones each time."""
    k: Array = np.arange(count, dtype=np.float64)
    return x0 + (x1 - x0) * ((k * 0.618034 + 0.3) % 1), y0 + (y1 - y0) * ((k * 0.4142 + 0.2) % 1)


def read(result: Picture) -> Reading:
    """Give the reading of the transient."""
    r, now = result.response, result.now
    low, high = (100 * (y - 1) for y in _human_range(result))
    return reading(
        ("free magnesium", f"{r.mg_mM:.2f}", "mmol/L"),
        ("peak of free calcium", f"{r.calcium_uM.max():.1f}", "µmol/L"),
        ("lasts at half height", f"{r.half_duration_ms:.1f}", "ms"),
        ("released in all", f"{result.released_uM:.0f}", "µmol/L"),
        (
            f"after {result.at_ms:.0f} ms",
            ", ".join(f"{p} {100 * now[p]:.0f} %" for p in reversed(PLACES)),
        ),
        ("twitch, relative to 1 mmol/L magnesium", f"{result.force:.2f}"),
        (
            "twitch at 0.4 and 0.8 against 0.6 mmol/L",
            f"{number(low, 1, sign=True)} and {number(high, 1, sign=True)}",
            "% (healthy people differ that much)",
        ),
        ("change by mouth", "none: magnesium in muscle did not move"),
    )


def _human_range(result: Picture) -> tuple[float, float]:
    """Give the twitch at 0.4 and at 0.8 mmol/L magnesium over that at 0.6."""
    low, middle, high = np.interp((0.4, 0.6, 0.8), MAGNESIUM_mM, forces(result.species, result.way))
    return float(low / middle), float(high / middle)


def describe(result: Picture) -> str:
    """Say what the picture shows."""
    r, now = result.response, result.now
    most = max(now, key=lambda place: now[place])
    return (
        f"One action potential in a {result.species} fibre with {r.mg_mM:.2f} mmol/L magnesium and "
        f"a pump at {result.pump:.2f} of normal: free calcium peaks at {r.calcium_uM.max():.1f} "
        f"µmol/L. After {result.at_ms:.0f} ms the largest share, {100 * now[most]:.0f} % of what "
        f"was released, is {most if most == 'pumped back' else 'on ' + most}. The twitch is "
        f"{result.force:.2f} of that at 1 mmol/L (magnesium acts on: {result.way})."
    )


def calcium_transient(prediction: Prediction | None = None) -> Explorer[Picture]:
    """Follow the calcium of one action potential, and change magnesium around it."""
    return Explorer(
        "calcium_transient",
        "Calcium after one action potential (teaching model, fitted to mouse fibres)",
        controls=(
            Slider("mg_mM", "free magnesium", "mmol/L", 1.0, 0.25, 3.0, 0.01, "log"),
            Slider("pump", "speed of the calcium pump", "of normal", 1.0, 0.3, 2.0, 0.05),
            Slider("at_ms", "look at the time", "ms", 10.0, 0.0, 60.0, 0.5),
            Choice("species", "fibre", "mouse", {"mouse": "mouse, fast", "human": "human-like"}),
            Choice(
                "way", "magnesium acts on", "both",
                {"both": "channel and binders", "channel": "channel only",
                 "binders": "binders only"},
            ),
        ),
        presets={
            "3 mmol/L in a dish": {"mg_mM": 3.0, "way": "both"},
            "its other side: binders only": {"mg_mM": 3.0, "way": "binders"},
            "human-like fibre": {"mg_mM": 0.56, "species": "human", "way": "both"},
            "tired pump": {"pump": 0.3},
        },
        compute=compute,
        scene=CalciumTransientScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
