"""Small drawings of the case clinic's five links, in a box of 10 by 10."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Patch, Polygon, Rectangle

from course_lib.ui import style


def _loss(ax: Axes, bold: float) -> None:  # noqa: ARG001  as the others
    """Draw a person who sweats."""
    ax.add_patch(Circle((5, 6.6), 0.9, fc="#E9B7A6", lw=0))
    ax.add_patch(FancyBboxPatch((3.9, 2.0), 2.2, 3.0, boxstyle="round,pad=0.4", fc="#E9B7A6", lw=0))
    for x, y in ((2.0, 5.6), (8.0, 5.6), (1.8, 3.0), (8.2, 3.0)):
        ax.add_patch(Polygon([(x - 0.45, y), (x + 0.45, y), (x, y + 1.3)], fc=style.SKY, lw=0))
        ax.add_patch(Ellipse((x, y), 0.95, 0.9, fc=style.SKY, lw=0))


def _plasma(ax: Axes, bold: float) -> None:
    """Draw a vessel with red cells and ions."""
    ax.add_patch(Rectangle((0.9, 1.6), 8.2, 5.2, fc="#FDF3D8", lw=0))
    for y in (1.6, 6.8):
        ax.plot([0.9, 9.1], [y, y], color=style.VERMILION, lw=2.4 * bold)
    for x, y in ((2.4, 5.4), (5.6, 2.9), (8.0, 5.3)):
        ax.add_patch(Ellipse((x, y), 1.9, 1.3, fc="#D9705A", lw=0))
    for x, y, colour in (
        (4.4, 5.6, style.ORANGE), (6.2, 5.2, style.PURPLE), (2.2, 3.1, style.GREEN),
        (7.9, 2.8, style.BLUE), (3.8, 3.9, style.ORANGE), (4.0, 2.5, style.BLUE),
    ):  # fmt: skip
        ax.plot([x], [y], "o", ms=5 * bold, color=colour)


def _membranes(ax: Axes, bold: float) -> None:
    """Draw two layers of lipid with a channel, negative charge outside, and an ion on it."""
    for x in np.arange(1.2, 9.2, 0.95):
        if 3.9 < x < 6.1:
            continue
        for y, tail in ((5.0, 3.9), (2.6, 3.7)):
            ax.plot([x, x], [y, tail], color=style.PALE, lw=1.2 * bold)
            ax.add_patch(Ellipse((x, y), 0.8, 0.8, fc=style.ORANGE, lw=0))
    for x in (4.3, 5.3):
        ax.add_patch(Rectangle((x, 2.2), 0.6, 3.2, fc=style.BLUE, lw=0))
    for x in (1.4, 3.0, 7.2, 8.8):
        ax.plot([x - 0.35, x + 0.35], [6.0, 6.0], color=style.INK, lw=1.2 * bold)
    for x in (2.2, 8.0):
        ax.plot([x], [6.9], "o", ms=5 * bold, color=style.GREEN)


def _motoneuron(ax: Axes, bold: float) -> None:
    """Draw a cell with dendrites and an axon."""
    for x, y in ((1.0, 7.0), (0.9, 2.0), (4.6, 7.4), (4.4, 1.2)):
        ax.plot([3.2, x], [4.3, y], color=style.SKY, lw=3 * bold)
    ax.plot([3.2, 9.2], [4.3, 4.3], color=style.SKY, lw=3 * bold)
    for x in (5.3, 6.9, 8.5):
        ax.add_patch(Ellipse((x, 4.3), 1.2, 1.1, fc="#F0E0B0", lw=0, zorder=3))
    ax.add_patch(Ellipse((3.2, 4.3), 2.6, 2.6, fc=style.SKY, lw=0, zorder=3))
    ax.plot([3.2], [4.3], "o", ms=5 * bold, color=style.BLUE, zorder=4)


def _cramp(ax: Axes, bold: float) -> Patch:
    """Draw a lower leg and give back the calf, which changes colour."""
    ax.add_patch(
        Polygon(
            [(3.2, 7.6), (6.2, 7.6), (5.8, 2.6), (8.2, 1.6), (8.2, 0.9), (4.0, 0.9), (4.0, 2.6)],
            closed=True, fc="#F0D9CE", ec=style.QUIET, lw=1.0 * bold,
        )
    )  # fmt: skip
    calf = Ellipse((3.9, 5.4), 1.9, 3.6, angle=-4, fc="#E9B7A6", ec=style.QUIET, lw=bold)
    ax.add_patch(calf)
    return calf


ICONS: Mapping[str, Callable[[Axes, float], Patch | None]] = MappingProxyType(
    {"loss": _loss, "plasma": _plasma, "membranes": _membranes, "motoneuron": _motoneuron,
     "cramp": _cramp}
)  # fmt: skip


def draw_icon(ax: Axes, link: str, bold: float) -> Patch | None:
    """Draw a link's icon; give back the part that changes, if there is one."""
    return ICONS[link](ax, bold)
