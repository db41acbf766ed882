"""States in which an explorer is tried, and what its picture must keep to in each."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from course_lib.ui import Choice, Explorer, Slider

SLACK = 1.0  # px by which boxes may touch: anti-aliased edges, not letters


def extremes(explorer: Explorer[Any]) -> Iterator[dict[str, Any]]:
    """Each control at each of its ends, the others at their defaults."""
    for name, control in explorer.controls.items():
        for value in ends(control):
            yield {name: value}


def ends(control: Any) -> tuple[Any, ...]:
    if isinstance(control, Slider):
        return control.min, control.max
    return tuple(control.options) if isinstance(control, Choice) else (False, True)


def corners(explorer: Explorer[Any], most: int, seed: int = 1) -> list[dict[str, Any]]:
    """Combinations of ends, at most ``most`` of them."""
    names = list(explorer.controls)
    every = list(itertools.product(*(ends(explorer.controls[n]) for n in names)))
    picked = every if len(every) <= most else random.Random(seed).sample(every, most)
    return [dict(zip(names, values, strict=True)) for values in picked]


def anywhere(explorer: Explorer[Any], dice: random.Random) -> dict[str, Any]:
    """A random state inside the limits."""
    return {
        name: dice.uniform(c.min, c.max) if isinstance(c, Slider) else dice.choice(ends(c))
        for name, c in explorer.controls.items()
    }


def check(explorer: Explorer[Any]) -> None:
    """What must hold in any state."""
    assert explorer.error is None
    assert len(explorer.reading) >= 2
    for label, value, _unit in explorer.reading:
        assert is_finite(value), label
    assert len(explorer.alt) > 40
    assert any(character.isdigit() for character in explorer.alt)


def is_finite(value: float | str) -> bool:
    return bool(value) if isinstance(value, str) else math.isfinite(value)


def texts(explorer: Explorer[Any]) -> tuple[list[Text], list[Text]]:
    """Texts of the background and texts that move, without those outside their axes' view."""
    unseen = {t for axes in explorer.figure.axes for t in _unseen(axes)}
    moving = {t for artist in explorer.canvas.scene.movers for t in artist.findobj(Text)}
    every = [t for t in explorer.figure.findobj(Text) if t not in unseen]
    return [t for t in every if t not in moving], [t for t in every if t in moving]


def _unseen(axes: Axes) -> Iterator[Text]:
    if not axes.axison:
        yield from (t for t in axes.findobj(Text) if t not in axes.texts)
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.majorTicks, *axis.minorTicks]:
            if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                yield from (tick.label1, tick.label2)


class Layout:
    """Finds words that are cut by the picture's edge or lie on other words.

    The background stands still, so its words are measured once.
    """

    def __init__(self, explorer: Explorer[Any]) -> None:
        self.explorer = explorer
        explorer.canvas.pixels()  # tick labels take their places when first drawn
        still, self.moving = texts(explorer)
        self.still = self._boxes(still)

    def faults(self) -> list[str]:
        """Faults of the present state."""
        boxes = [*self.still, *self._boxes(self.moving)]
        width, height = self.explorer.canvas.size
        found = [
            f"cut: {words!r} at {[round(v) for v in (x0, y0, x1, y1)]} of {width}x{height}"
            for words, (x0, y0, x1, y1) in boxes
            if min(x0, y0) < -SLACK or x1 > width + SLACK or y1 > height + SLACK
        ]
        sides = np.array([box for _, box in boxes])
        low = np.maximum(sides[:, None, :2], sides[None, :, :2])
        high = np.minimum(sides[:, None, 2:], sides[None, :, 2:])
        both = np.triu((high - low > SLACK).all(axis=-1), k=1)
        found += [f"overlap: {boxes[i][0]!r} on {boxes[j][0]!r}" for i, j in np.argwhere(both)]
        return found

    def _boxes(self, words: list[Text]) -> list[tuple[str, tuple[float, float, float, float]]]:
        renderer = self.explorer.figure.canvas.get_renderer()  # type: ignore[attr-defined]
        drawn = [t for t in words if t.get_text().strip() and t.get_visible()]
        return [(t.get_text(), t.get_window_extent(renderer).extents) for t in drawn]
