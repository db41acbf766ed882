"""Seven people who cramp: from what they lose to the threshold of a cramp, link by link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from course_lib.evidence import band
from course_lib.explorers._chain_icons import draw_icon
from course_lib.explorers._chain_rows import (
    COLOURS,
    LINKS,
    RESTED,
    ROWS,
    SCALES,
    TOP,
    changes,
    row_heights,
)
from course_lib.physiology import case_chain as model
from course_lib.physiology.cases import HEALTHY
from course_lib.physiology.cramp import Episode
from course_lib.physiology.cramp_loop import CONTRACTION_s, STRETCH_AT_s
from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, number, reading, style
from course_lib.ui.explorer import Prediction

PEOPLE = {
    "runner": "marathon runner", "thiazide": "takes a thiazide", "dialysis": "haemodialysis",
    "pregnancy": "pregnancy", "sleeper": "older, night cramps",
    "deficiency": "severe deficiency", "hyperventilation": "hyperventilation",
}  # fmt: skip
GIVEN = {
    "nothing": "nothing", "mouth": "Mg by mouth", "vein": "Mg by vein",
    "skin": "Mg on the skin", "stretch": "a stretch",
}  # fmt: skip
SYMBOLS = {"sodium": "Na", "potassium": "K", "calcium": "Ca", "magnesium": "Mg"}
DIGITS = {"sodium": 0, "potassium": 1, "calcium": 2, "magnesium": 2}
CRAMP_PRONE_Hz = 14.9  # Miller and Knight 2009; others 25.5, which the model's rest is tuned to
CAUGHT_s = STRETCH_AT_s - CONTRACTION_s  # a cramp as long as this meets the stretch
SHOWN = ("rest", "shift", "onset")  # rows with a number beside them
MOVED = 0.01  # of a link's whole scale: less cannot be seen


@dataclass(frozen=True)
class View:
    """A person's chain with what is given, the same person without, and a contraction."""

    chain: model.Chain
    without: model.Chain
    episode: Episode

    @property
    def stretched_away(self) -> bool:
        """Whether a stretch meets a cramp and so moves its end."""
        return self.chain.given == "stretch" and self.episode.cramp_s > CAUGHT_s

    @property
    def moved(self) -> tuple[str, ...]:
        """Links that what is given moves by more than can be overlooked."""
        now, before = changes(self.chain), changes(self.without)
        return tuple(
            link
            for link, (low, high, _, _) in SCALES.items()
            if any(abs(now[link][name] - before[link][name]) > MOVED * (high - low)
                   for name in now[link])
            or (link == "cramp" and self.stretched_away)
        )  # fmt: skip


def compute(person: str, given: str, severity: float, fatigue: float, short: float) -> View:
    """Follow a person; severity, fatigue and short position in percent."""
    chain, without = (
        model.chain(person, what, severity=severity / 100, fatigue=fatigue / 100, short=short / 100)
        for what in (given, "nothing")
    )
    return View(chain, without, model.contraction(chain))


class CaseClinicScene(Scene[View]):
    """Five links from left to right, each with a drawing and the size of its changes."""

    wide = (9.0, 5.4)
    narrow = (4.2, 12.6)

    def draw(self, start: View) -> None:  # noqa: ARG002  what is grey moves with the person
        """Draw the links; a thin dark line stays where the person is without treatment."""
        self.meters: dict[str, Axes] = {}
        self.values: dict[str, Any] = {}
        self.frames: dict[str, Any] = {}
        self.calf: Any = None
        for place, link in enumerate(LINKS):
            icon, meter = self._axes(place)
            self.meters[link] = meter
            self._draw_icon(icon, place, link)
            self._draw_meter(meter, link)
        self.plot = self.meters["cramp"]
        self._draw_threshold(self.plot)
        # All bars are lines of one artist, in pixels of the figure: far faster than one by one.
        every = [(link, name, COLOURS[name]) for link in LINKS for name, _, _ in ROWS[link]]
        thick, thin = 10 * self.look.lines, 1.8 * self.look.lines
        over = style.bare(self.figure.add_axes((0, 0, 1, 1), zorder=5))
        over.set(xlim=(0, 1), ylim=(0, 1))
        self.bars, self.ghosts = (
            self.moving(LineCollection([], colors=colours, linewidths=width, capstyle="butt"))
            for colours, width in (([c for _, _, c in every], thick), (style.INK, thin))
        )
        for lines in (self.bars, self.ghosts):
            over.add_collection(lines, autolim=False)
        self.places = self._places(over)
        self.point = self.moving(
            self.plot.plot([0], [0.35], "D", color=style.VERMILION, clip_on=False)[0]
        )

    def _axes(self, place: int) -> tuple[Axes, Axes]:
        """Give the axes of a link's drawing and of its rows."""
        if self.look.narrow:
            bottom = 1 - 0.199 * (place + 1)
            boxes = ((0.02, bottom + 0.02, 0.3, 0.168), (0.38, bottom + 0.045, 0.58, 0.148))
        else:
            left = 0.012 + 0.198 * place
            boxes = ((left, 0.68, 0.18, 0.31), (left + 0.008, 0.115, 0.164, 0.53))
        icon, meter = (self.figure.add_axes(box) for box in boxes)
        return icon, meter

    def _places(self, over: Axes) -> dict[str, tuple[float, float, dict[str, float]]]:
        """Give for each link where 0 and 1 lie across the figure, and the height of its rows."""
        to_figure = over.transData.inverted()
        found = {}
        for link, ax in self.meters.items():
            (zero, _), (one, _) = to_figure.transform(ax.transData.transform([(0, 0), (1, 0)]))
            heights = {
                name: float(to_figure.transform(ax.transData.transform((0, height)))[1])
                for name, height in row_heights(link).items()
            }
            found[link] = (float(zero), float(one - zero), heights)
        return found

    def _draw_icon(self, ax: Axes, place: int, link: str) -> None:
        style.bare(ax).set(xlim=(0, 10), ylim=(0, 10))
        bold = self.look.lines
        ax.add_patch(Rectangle((0.2, 0.2), 9.6, 9.6, fc="#F6F6F6", ec=style.PALE, lw=bold))
        frame = Rectangle((0.2, 0.2), 9.6, 9.6, fill=False, ec=style.GREEN, lw=3.5 * bold)
        ax.add_patch(frame)
        self.frames[link] = self.moving(frame)
        style.label(ax, 5, 8.7, f"{place + 1} {link}", ha="center", color=style.INK,
                    fontsize="small" if self.look.present else "medium")  # fmt: skip
        part = draw_icon(ax, link, bold)
        if part is not None:
            self.calf = self.moving(part)
            self.values["cramp"] = self.moving(
                style.label(ax, 7.8, 5.4, "", ha="center", color=style.VERMILION_TEXT)
            )
        if place:
            tip, tail = ((5, 10.0), (5, 11.6)) if self.look.narrow else ((0.2, 4), (-1.1, 4))
            ax.annotate("", tip, tail, annotation_clip=False,
                        arrowprops={"arrowstyle": "-|>", "lw": 2 * bold, "color": style.QUIET,
                                    "shrinkA": 0, "shrinkB": 0})  # fmt: skip

    def _draw_meter(self, ax: Axes, link: str) -> None:
        low, high, ticks, words = SCALES[link]
        ax.set(xlim=(low, high), ylim=(0, TOP), yticks=())
        ax.set_xticks(ticks, [number(t) for t in ticks], fontsize="small")
        ax.set_xlabel(words, fontsize="small")
        ax.spines["left"].set_visible(False)
        small: dict[str, Any] = {"fontsize": "small"}
        heights = row_heights(link)
        for name, above, below in ROWS[link]:
            y = heights[name]
            style.label(ax, low, y + 0.4, above, color=style.INK, **small)
            if link != "cramp":
                ax.plot([0, 0], [y - 0.2, y + 0.2], color=style.QUIET, lw=1)
                ax.plot([low, high], [y, y], color=style.PALE, lw=0.8, zorder=0)
            if below:
                style.label(ax, low, y - 0.42, below, color=style.QUIET, **small)
            if name in SHOWN:
                self.values[name] = self.moving(
                    style.label(ax, high, y + 0.4, "", ha="right", color=style.INK, **small)
                )
        if link == "loss":
            self.values["who"] = self.moving(
                style.label(ax, low, 0.55, "", color=style.BLUE_TEXT, **small)
            )
        if link == "motoneuron":
            words = "green frame: moved\nby what is given\n\nthin line: the same\nperson, without"
            style.label(ax, low, 1.15, words, color=style.QUIET, **small)
        if link == "plasma":
            reach, usual = band("serum_ionised", "by mouth"), HEALTHY.magnesium_mM
            left, right = (100 * (mM / usual - 1) for mM in (reach.low, reach.high))
            y = heights["magnesium"]
            ax.add_patch(Rectangle((left, y - 0.22), right - left, 0.44, fc=style.GREEN, alpha=0.5,
                                   lw=0))  # fmt: skip
            style.label(ax, right + 3, y + 0.4, "by mouth", color=style.GREEN_TEXT, **small)

    def _draw_threshold(self, ax: Axes) -> None:
        small: dict[str, Any] = {"fontsize": "small"}
        for at, words in ((CRAMP_PRONE_Hz, "prone"), (RESTED.threshold_Hz, "others")):
            ax.plot([at, at], [0, 3.7], color=style.PALE, lw=1.2, ls=(0, (3, 2)), zorder=0)
            style.label(ax, at, 3.85, words, color=style.QUIET, ha="center", **small)

    def update(self, result: View) -> None:
        """Move bars, frames and the few numbers."""
        self.bars.set_segments(self._segments(result.chain))
        given = result.chain.given != "nothing"
        self.ghosts.set_segments(self._segments(result.without) if given else [])
        chain = result.chain
        self.point.set_xdata([chain.threshold_Hz])
        onset = changes(chain)["motoneuron"]["onset"]
        for name, text in {
            "who": f"{PEOPLE[chain.person]}\ngiven: {GIVEN[chain.given]}",
            "rest": f"{number(chain.rest_mV)} mV",
            "shift": f"{number(chain.shift_mV, 1, sign=True)} mV",
            "onset": f"{number(onset, sign=True)} %",
            "cramp": f"{result.episode.cramp_s:.0f} s" if cramps(result) else "none",
        }.items():
            self.values[name].set_text(text)
        moved = result.moved
        for link, frame in self.frames.items():
            frame.set_visible(link in moved)
        self.calf.set_facecolor(style.VERMILION if cramps(result) else "#E9B7A6")

    def _segments(self, chain: model.Chain) -> list[list[tuple[float, float]]]:
        """Give the ends of every bar; those of the cramp hang on one another."""
        found = []
        for link, rows in changes(chain).items():
            zero, unit, heights = self.places[link]
            begin = RESTED.threshold_Hz if link == "cramp" else 0.0
            for name, size in rows.items():
                y = heights[name]
                found.append([(zero + unit * begin, y), (zero + unit * (begin + size), y)])
                begin += size if link == "cramp" else 0.0
        return found


def cramps(view: View) -> bool:
    """Tell whether the muscle goes on by itself for a second at least."""
    return view.episode.cramp_s >= 1


def _plasma(chain: model.Chain) -> str:
    return ", ".join(
        f"{SYMBOLS[ion]} {level:.{DIGITS[ion]}f}" for ion, level in chain.plasma_mM.items()
    )


def read(result: View) -> Reading:
    """Give the reading of the chain."""
    chain = result.chain
    onset = changes(chain)["motoneuron"]["onset"]
    drive = chain.drive
    return reading(
        ("this person", f"{PEOPLE[chain.person]}, given {GIVEN[chain.given]}"),
        ("magnesium lost", f"{chain.lost_percent:.2f}", "% of the body's"),
        ("in plasma (Ca, Mg ionised)", _plasma(chain), "mmol/L"),
        ("muscle fibre at rest", number(chain.rest_mV, 1), "mV"),
        ("gates of the nerve shifted by", number(chain.shift_mV, 2, sign=True), "mV"),
        ("current that fires a motoneuron", number(onset, 1, sign=True), "%"),
        ("calcium and magnesium move the threshold by",
         number(-drive["electrolytes"], 1, sign=True), "per second"),
        ("fatigue and position move it by",
         number(-drive["fatigue"] - drive["short"], 1, sign=True), "per second"),
        ("cramp threshold", f"{chain.threshold_Hz:.1f}",
         f"per second (without: {result.without.threshold_Hz:.1f})"),
        ("a strong contraction sets off", f"{result.episode.cramp_s:.0f}", "s of cramp"),
        ("what is given moves", ", ".join(result.moved) or "no link by more than a hair"),
    )  # fmt: skip


def describe(result: View) -> str:
    """Say what the picture shows."""
    chain = result.chain
    moved = f"moves {', '.join(result.moved)}" if result.moved else "moves no link visibly"
    return (
        f"{PEOPLE[chain.person].capitalize()} at {100 * chain.severity:.0f} % severity, given "
        f"{GIVEN[chain.given]}: {chain.lost_percent:.1f} % of the body's magnesium lost; plasma "
        f"{_plasma(chain)} mmol/L; muscle at rest {number(chain.rest_mV, 1)} mV, gates of the "
        f"nerve shifted by {number(chain.shift_mV, 1, sign=True)} mV; cramp threshold "
        f"{chain.threshold_Hz:.1f} per second, and a strong contraction sets off "
        f"{result.episode.cramp_s:.0f} s of cramp. What is given {moved}."
    )


def case_clinic(prediction: Prediction | None = None) -> Explorer[View]:
    """Choose a person, give something, and see which link of the chain moves."""
    return Explorer(
        "case_clinic",
        "The case clinic: from loss to cramp, link by link (teaching model)",
        controls=(
            Choice("person", "person", "runner", PEOPLE),
            Choice("given", "give", "nothing", GIVEN),
            Slider("severity", "how far plasma is from normal", "%", 100.0, 0.0, 150.0, 5.0),
            Slider("fatigue", "fatigue of the muscle", "%", 80.0, 0.0, 100.0, 5.0),
            Slider("short", "short position of the muscle", "%", 50.0, 0.0, 100.0, 5.0),
        ),
        presets={
            "runner, rested": {"person": "runner", "fatigue": 0.0, "short": 0.0},
            "older adult in bed": {"person": "sleeper", "fatigue": 40.0, "short": 100.0},
            "deficiency": {"person": "deficiency", "fatigue": 20.0, "short": 50.0},
            "deficiency, by mouth": {
                "person": "deficiency", "given": "mouth", "fatigue": 20.0, "short": 50.0,
            },
        },
        compute=compute,
        scene=CaseClinicScene,
        read=read,
        describe=describe,
        prediction=prediction,
    )  # fmt: skip
