"""Matplotlib's Agg with lines of text kept as pixels, and one renderer for all of a size.

To set a line of text anew takes FreeType 0.5 ms.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties, findfont, get_font
from numpy.typing import NDArray


@lru_cache(maxsize=256)  # 10 kB each at double density
def _set_line(
    text: str, prop: FontProperties, dpi: float, antialiased: bool
) -> tuple[NDArray[np.uint8], tuple[float, float], float]:
    """Give a line's pixels, where they begin, and how far they reach below the baseline."""
    font = get_font(findfont(prop))
    font.clear()
    font.set_size(prop.get_size_in_points(), dpi)
    font.set_text(text, 0, flags=get_hinting_flag())
    font.draw_glyphs_to_bitmap(antialiased=antialiased)
    right, up = font.get_bitmap_offset()
    return np.asarray(font.get_image()), (right / 64, up / 64), font.get_descent() / 64


class Renderer(RendererAgg):
    """Draws what Matplotlib's renderer draws, to the pixel."""

    def draw_text(  # noqa: PLR0917  Matplotlib's signature
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw one line of text."""
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        ink, (right, up), descent = _set_line(s, prop.copy(), self.dpi, gc.get_antialiased())
        left = round(x + right + descent * sin(radians(angle)))
        bottom = round(y + up + descent * cos(radians(angle)))
        self._renderer.draw_text_image(ink, left, bottom + 1, angle, gc)


@lru_cache(maxsize=2)  # what moves and what is stored differ in density; 7 MB at 2
def _renderer(width: float, height: float, dpi: float) -> Renderer:
    return Renderer(width, height, dpi)


class Agg(FigureCanvasAgg):
    """A canvas that draws with that renderer; all canvases of one size share its pixels.

    Matplotlib gives each canvas pixels of its own, which every text of the figure keeps alive.
    """

    def get_renderer(self) -> Renderer:
        """Give the renderer of this size and resolution."""
        width, height = self.figure.bbox.size
        self.renderer = _renderer(width, height, self.figure.dpi)
        return self.renderer
