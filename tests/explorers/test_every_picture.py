"""What eyes need of every picture: words that stand out, and lines told apart without colour."""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import NDArray

from course_lib.explorers import CATALOGUE
from course_lib.ui import Explorer
from course_lib.ui.style import Look
from tests.explorers.states import texts

Array = NDArray[np.float64]

CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of normal size
APART = 10.0  # CIE 1976 colour difference; about 2.3 is just noticeable side by side
# Machado, Oliveira & Fernandes 2009, doi:10.1109/TVCG.2009.113, severity 1.0, on linear RGB.
DEFICIENCIES = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


@pytest.fixture(params=list(CATALOGUE))
def explorer(request: pytest.FixtureRequest) -> Explorer[Any]:
    return CATALOGUE[request.param]()


def linear(colours: Any) -> Array:
    """Linear light of sRGB colours between 0 and 1."""
    c = np.asarray(colours, dtype=float)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: Any, other: Any) -> float:
    """Contrast ratio of two sRGB colours as WCAG defines it."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light: Array) -> Array:
    """CIE 1976 L*a*b* of linear light, white point D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    t = (to_xyz @ light) / (to_xyz @ np.ones(3))
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: Any, other: Any, deficiency: str | None = None) -> float:
    """Colour difference as someone with a colour-vision deficiency sees it."""
    seen = np.array(DEFICIENCIES[deficiency]) if deficiency else np.eye(3)
    a, b = (lab(np.clip(seen @ linear(c), 0, 1)) for c in (one, other))
    return float(np.linalg.norm(a - b))


def states(explorer: Explorer[Any]) -> list[dict[str, Any]]:
    start = explorer.values
    return [start, *(start | preset for preset in explorer.presets.values())]


class Letters:
    """Measures how far words stand out from what lies behind them.

    The background is drawn once without its letters, and so is each state.
    """

    def __init__(self, explorer: Explorer[Any]) -> None:
        self.explorer = explorer
        explorer.canvas.pixels()  # tick labels take their places when first drawn
        self.still, self.moving = texts(explorer)
        self.colour = {t: t.get_color() for t in self.still}
        for text in self.still:
            text.set_color("none")
        explorer.canvas.forget_background()

    def faint(self) -> list[str]:
        """Words whose contrast with the colour that most of their box has is too low."""
        self.colour |= {t: t.get_color() for t in self.moving}
        for text in self.moving:
            text.set_color("none")
        red, green, blue = (self.explorer.canvas.pixels()[..., i].astype(int) for i in range(3))
        behind = (red << 16) + (green << 8) + blue
        for text in self.moving:
            text.set_color(self.colour[text])
        return [fault for t in (*self.still, *self.moving) if (fault := self._fault(t, behind))]

    def _fault(self, text: Text, behind: NDArray[np.int_]) -> str:
        if not (text.get_text().strip() and text.get_visible()):
            return ""
        renderer = self.explorer.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        x0, y0, x1, y1 = (max(0, round(v)) for v in text.get_window_extent(renderer).extents)
        height = len(behind)
        values, counts = np.unique(behind[height - y1 : height - y0, x0:x1], return_counts=True)
        most = int(values[counts.argmax()])
        paper = np.array([most >> 16, most >> 8 & 255, most & 255]) / 255
        *hue, alpha = to_rgba(self.colour[text], text.get_alpha())
        ratio = contrast(alpha * np.array(hue) + (1 - alpha) * paper, paper)
        return f"{text.get_text()!r} {ratio:.2f}" if ratio < CONTRAST else ""


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_words_stand_out(explorer: Explorer[Any], narrow: bool) -> None:
    explorer._look = Look(narrow=narrow)
    letters = Letters(explorer)
    for state in states(explorer):
        explorer.set(**state)
        assert letters.faint() == [], state


def test_measures_agree_with_known_colours() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(to_rgba("#767676")[:3], (1, 1, 1)) == pytest.approx(4.54, abs=0.01)
    assert difference((1, 1, 1), (0, 0, 0)) == pytest.approx(100, abs=0.1)
    brick, moss = to_rgba("#A05000")[:3], to_rgba("#5F7000")[:3]
    assert difference(brick, moss) > 40
    assert difference(brick, moss, "deuteranopia") < APART


def test_lines_are_told_apart_without_red_and_green(explorer: Explorer[Any]) -> None:
    """Lines that colour alone distinguishes still differ in the two common deficiencies."""
    for state in states(explorer):
        explorer.set(**state)
        for axes in explorer.figure.axes:
            lines = [line for line in axes.lines if line.get_visible() and drawn(line)]
            for one, other in itertools.combinations(lines, 2):
                if look(one) == look(other) and difference(colour(one), colour(other)) > APART:
                    for deficiency in DEFICIENCIES:
                        seen = difference(colour(one), colour(other), deficiency)
                        assert seen > APART, (state, deficiency, colour(one), colour(other))


def test_alternative_text_holds_numbers_of_the_picture(explorer: Explorer[Any]) -> None:
    for state in states(explorer):
        explorer.set(**state)
        shown = [str(explorer.reading), *(c.show() for c in explorer.controls.values())]
        assert numbers(explorer.alt) & numbers(" ".join(shown)), explorer.alt


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def drawn(line: Line2D) -> bool:
    return np.isfinite(np.asarray(line.get_xdata(), dtype=float)).any()


def look(line: Line2D) -> tuple[Any, ...]:
    """What a line is told by, other than its colour."""
    return str(line._unscaled_dash_pattern), line.get_marker(), line.get_linewidth()  # type: ignore[attr-defined]


def colour(line: Line2D) -> Array:
    shown = line.get_markerfacecolor() if line.get_linestyle() == "None" else line.get_color()
    return np.array(to_rgba(shown)[:3])
