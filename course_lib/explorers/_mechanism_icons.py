"""Small drawings of the six mechanisms, each in a box of one by one around a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle, Wedge

from course_lib.ui import style

Draw = Callable[[Axes, float, float], None]
FLESH = "#E9B7A6"


def _calcium(ax: Axes, x: float, y: float) -> None:
    """Draw a nerve ending with its vesicles over a muscle fibre."""
    ax.add_patch(Wedge((x, y - 0.05), 0.4, 0, 180, fc=style.SKY, lw=0))
    ax.add_patch(Rectangle((x - 0.42, y - 0.38), 0.84, 0.16, fc=style.VERMILION, lw=0))
    for dx, dy in ((-0.2, 0.08), (0.0, 0.16), (0.2, 0.08)):
        ax.add_patch(Circle((x + dx, y + dy), 0.07, fc=style.YELLOW, lw=0))


def _potassium(ax: Axes, x: float, y: float) -> None:
    """Draw a kidney."""
    ax.add_patch(Ellipse((x, y), 0.56, 0.84, fc="#C97F6B", lw=0))
    ax.add_patch(Ellipse((x + 0.27, y), 0.26, 0.34, fc=style.PAPER, lw=0))


def _nmda(ax: Axes, x: float, y: float) -> None:
    """Draw a channel with an ion in it."""
    for dx in (-0.28, 0.1):
        ax.add_patch(Rectangle((x + dx, y - 0.34), 0.18, 0.68, fc=style.BLUE, lw=0))
    ax.plot([x - 0.45, x + 0.45], [y, y], color=style.PALE, lw=3, zorder=0)
    ax.add_patch(Circle((x, y + 0.05), 0.11, fc=style.GREEN, lw=0))


def _inflammation(ax: Axes, x: float, y: float) -> None:
    """Draw a cell of the defence with a lobed nucleus."""
    ax.add_patch(Circle((x, y), 0.4, fc="#F3D9E8", ec=style.PURPLE, lw=1.2))
    for dx, dy in ((-0.14, 0.06), (0.05, 0.14), (0.13, -0.08)):
        ax.add_patch(Circle((x + dx, y + dy), 0.13, fc=style.PURPLE, lw=0))


def _vessels(ax: Axes, x: float, y: float) -> None:
    """Draw an artery in cross-section."""
    ax.add_patch(Circle((x, y), 0.4, fc=FLESH, ec=style.VERMILION, lw=1.4))
    ax.add_patch(Circle((x, y), 0.22, fc="#FBEFEF", ec=style.QUIET, lw=1))


def _sleep(ax: Axes, x: float, y: float) -> None:
    """Draw a moon."""
    turn = np.linspace(0.35 * np.pi, 1.85 * np.pi, 30)
    back = turn[::-1]
    outer = np.c_[x + 0.4 * np.cos(turn), y + 0.4 * np.sin(turn)]
    inner = np.c_[x + 0.16 + 0.28 * np.cos(back), y + 0.05 + 0.3 * np.sin(back)]
    ax.add_patch(Polygon(np.r_[outer, inner], fc=style.ORANGE, lw=0))


ICONS: Mapping[str, Draw] = MappingProxyType(
    {
        "calcium": _calcium,
        "potassium": _potassium,
        "nmda": _nmda,
        "inflammation": _inflammation,
        "vessels": _vessels,
        "sleep": _sleep,
    }
)


def draw_icon(ax: Axes, mechanism: str, x: float, y: float) -> None:
    """Draw the icon of a mechanism around a place."""
    ICONS[mechanism](ax, x, y)
