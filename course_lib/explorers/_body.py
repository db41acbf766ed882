"""A body of a hundred squares, each one per cent of its magnesium, and bands across a plot."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from course_lib.evidence import bands
from course_lib.physiology import magnesium_balance as model
from course_lib.ui import style

# Columns of each row from the feet up; together a hundred squares.
_ARMS = (-5, -3, -2, -1, 1, 2, 3, 5)
_ROWS: tuple[tuple[int, ...], ...] = (
    *(((-3, -2, 2, 3),) * 10),  # legs
    (-3, -2, -1, 1, 2, 3),  # hips
    *((_ARMS,) * 3),
    *(((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5),) * 2),  # shoulders
    (-1, 1),  # neck
    *(((-2, -1, 1, 2),) * 2),  # head
)
SPOTS: NDArray[np.float64] = np.array(
    [(c - 0.5 * np.sign(c), y) for y, row in enumerate(_ROWS) for c in row]
)
HEIGHT = len(_ROWS)
# One square for the fluid outside cells, where the heart is, and the cells around it.
_HEART = np.array([0.5, 12.0])
ORDER = np.argsort(np.hypot(*(SPOTS - _HEART).T) + 1e-6 * SPOTS[:, 0], kind="stable")


class BodySquares:
    """The hundred squares on an axes without ticks, some of them empty."""

    def __init__(self, ax: Axes, centre: float) -> None:
        self.centre = centre
        ax.set_aspect("equal")
        ax.apply_aspect()
        (left, _), (right, _) = ax.transData.transform([(0, 0), (1, 0)])
        size = 0.8 * (right - left) * 72 / style.DPI
        plain: dict[str, Any] = {
            "ls": "none",
            "ms": size,
            "mew": 0.8,
        }
        colours = (
            (style.PALE, style.PALE),
            (style.SKY, style.SKY),
            (style.VERMILION, style.VERMILION),
            (style.PAPER, style.INK),
        )
        self.slow, self.cells, self.outside, self.gone = (
            Line2D([], [], marker="s", mfc=face, mec=edge, **plain) for face, edge in colours
        )
        for artist in self.artists:
            ax.add_line(artist)

    @property
    def artists(self) -> tuple[Line2D, ...]:
        """What moves."""
        return self.slow, self.cells, self.outside, self.gone

    def show(self, history: model.History, at: int = -1) -> int:
        """Fill the squares as at one time of a history; give how many are empty."""
        gone = min(max(round(float(history.lost_percent[at])), 0), 100)
        cells = 1 + round(100 * float(history.cells_mmol[at]) / history.body.total_mmol)
        full = 100 - gone
        spots = SPOTS[ORDER] + (self.centre, 0)
        for line, start, stop in (
            (self.outside, 0, 1), (self.cells, 1, cells), (self.slow, cells, full),
            (self.gone, full, 100),
        ):  # fmt: skip
            line.set_data(*spots[start:stop].T)
        return gone


def show_plasma_bands(ax: Axes) -> None:
    """Shade the ranges of magnesium in serum across a plot that has plasma on its y axis.

    As :func:`style.show_bands` does along x; the drip's range, above the axes, is left out.
    """
    top = ax.get_ylim()[1]
    for band in bands("serum_total"):
        if band.low < top:
            face, alpha = style.BAND_FACE[band.kind]
            ax.axhspan(band.low, min(band.high, top), color=face, alpha=alpha, lw=0, zorder=0)
