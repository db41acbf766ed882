"""States in which an explorer is tried, and what its picture must keep to in each."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from typing import Any

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


def is_finite(value: float | str) -> bool:
    return bool(value) if isinstance(value, str) else math.isfinite(value)


def texts(explorer: Explorer[Any]) -> list[Text]:
    """Texts that are drawn: visible, not empty, on an axis that is on and within its view."""
    unseen = {t for axes in explorer.figure.axes for t in _unseen(axes)}
    found = explorer.figure.findobj(Text)
    return [t for t in found if t.get_text().strip() and t.get_visible() and t not in unseen]


def _unseen(axes: Axes) -> Iterator[Text]:
    if not axes.axison:
        yield from (t for t in axes.findobj(Text) if t not in axes.texts)
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.majorTicks, *axis.minorTicks]:
            if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                yield from (tick.label1, tick.label2)


def layout_faults(explorer: Explorer[Any]) -> list[str]:
    """Words that are cut by the picture's edge or lie on other words."""
    explorer.canvas.pixels()
    renderer = explorer.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    width, height = explorer.canvas.size
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts(explorer)]
    faults = [
        f"cut: {words!r} at {[round(v) for v in box.extents]} of {width}x{height}"
        for words, box in boxes
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK
    ]
    for (words, a), (other, b) in itertools.combinations(boxes, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > SLACK and high > SLACK:
            faults.append(f"overlap: {words!r} on {other!r}")
    return faults
