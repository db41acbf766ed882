"""A picture that moves fast: static background drawn once, moving artists drawn on top."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from course_lib.ui import style
from course_lib.ui.agg import Agg
from course_lib.ui.style import Look

R = TypeVar("R")
A = TypeVar("A", bound=Artist)


class PredictionLike(Protocol):
    """What a picture needs of a student's prediction."""

    @property
    def label(self) -> str:
        """Words written beside it."""

    @property
    def at(self) -> float | None:
        """Where on the x axis it belongs, if it belongs on one."""

    @property
    def value(self) -> float | str | None:
        """What the student predicted; None until it is locked."""


class Scene(ABC, Generic[R]):
    """A drawing and its curves for one explorer.

    A subclass draws everything in ``draw`` (given the result at the defaults, which it may
    leave behind as a ghost) and moves it in ``update``. Artists that move are passed through
    ``moving``; all others belong to the background.

    ``plot`` names the axes on which a prediction at ``x = prediction.at`` is drawn.
    """

    wide: ClassVar[tuple[float, float]] = (9.0, 4.6)
    narrow: ClassVar[tuple[float, float]] = (4.2, 6.4)
    plot: Axes

    def __init__(self, figure: Figure, look: Look, start: R) -> None:
        self.figure, self.look = figure, look
        self.movers: list[Artist] = []
        self._marks: list[Artist] = []
        self.draw(start)
        self.update(start)

    @abstractmethod
    def draw(self, start: R) -> None:
        """Build all artists; ``start`` is the result at the explorer's defaults."""

    @abstractmethod
    def update(self, result: R) -> None:
        """Move the moving artists to show ``result``."""

    def moving(self, artist: A) -> A:
        """Register an artist that ``update`` moves."""
        artist.set_animated(True)
        self.movers.append(artist)
        return artist

    def show_prediction(self, prediction: PredictionLike) -> None:
        """Draw the student's locked number on ``plot``, beside the model's curve.

        A prediction of y at a given x is a diamond there; a prediction of x is a vertical line.
        A prediction in words is left to the reading.
        """
        while self._marks:
            self._marks.pop().remove()
        if not isinstance(prediction.value, float | int):
            return
        value = float(prediction.value)
        if prediction.at is None:
            half_up = (self.plot.transAxes + self.plot.transData.inverted()).transform((0, 0.5))
            x, y = value, float(half_up[1])  # on a logarithmic axis too
            width = 2 * self.look.lines
            mark: Artist = self.plot.axvline(
                x, ls=(0, (4, 2)), lw=width, color=style.BLUE, zorder=6
            )
        else:
            x, y = prediction.at, value
            (mark,) = self.plot.plot(x, y, "D", mfc=style.PAPER, mec=style.BLUE, mew=2, zorder=6)
        # The words stand towards the middle of the axes, where there is room for them.
        to_axes = self.plot.transData + self.plot.transAxes.inverted()
        right, high = to_axes.transform((x, y)) > (0.5, 0.8)
        words = self.plot.annotate(
            prediction.label, (x, y), xytext=(-9 if right else 9, -14 if high else 9),
            textcoords="offset points", ha="right" if right else "left", fontsize=self.look.text,
            color=style.BLUE_TEXT,
            zorder=6, bbox={"fc": style.PAPER, "ec": "none", "pad": 1, "alpha": 0.8},
        )  # fmt: skip
        self._marks = [mark, words]


class Canvas(Generic[R]):
    """Draws a scene into pixels; only what moves is drawn again."""

    def __init__(self, scene: type[Scene[R]], look: Look, start: R) -> None:
        self.look = look
        # A hair more than asked for: 4.6 inches at 100 dpi must be 460 pixels, not 459.
        size = [side + 1e-6 for side in (scene.narrow if look.narrow else scene.wide)]
        with matplotlib.rc_context(style.rc(look)):
            self.figure = Figure(figsize=(size[0], size[1]), dpi=style.DPI)
            self._agg: Any = Agg(self.figure)  # untyped, as all of Matplotlib's backends
            self.scene = scene(self.figure, look, start)
        self._background: tuple[float, object] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in CSS pixels."""
        width, height = self.figure.get_size_inches()
        return round(width * style.DPI), round(height * style.DPI)

    def forget_background(self) -> None:
        """Give its pixels back, 7 MB at double density; the next picture draws it anew."""
        self._background = None

    def pixels(self, density: float = 1.0) -> NDArray[np.uint8]:
        """Draw the present state.

        Parameters
        ----------
        density
            Device pixels per CSS pixel.

        Returns
        -------
        Array of shape (height, width, 4), 8-bit RGBA; it is overwritten by the next call,
        of any canvas of the same size too.
        """
        if self._background is None or self._background[0] != density:
            self._background = None  # if the kernel is interrupted now, none is better than half
            self.figure.dpi = style.DPI * density
            self._agg.draw()
            self._background = density, self._agg.copy_from_bbox(self.figure.bbox)
        self._agg.restore_region(self._background[1])
        renderer = self._agg.get_renderer()
        for artist in sorted(self.scene.movers, key=lambda a: a.get_zorder()):
            artist.draw(renderer)
        return np.asarray(self._agg.buffer_rgba())

    def png(self, density: float = 1.0, level: int = 1) -> bytes:
        """Lossless picture, for a slider at rest."""
        return _encode(self.pixels(density), "PNG", compress_level=level)

    def jpeg(self, density: float = 1.0) -> bytes:
        """Encode quickly for a moving slider: five times faster than PNG, not quite lossless."""
        return _encode(self.pixels(density), "JPEG", quality=90, subsampling=0)


def _encode(pixels: NDArray[np.uint8], form: str, **options: int) -> bytes:
    height, width, _ = pixels.shape
    image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)
    if form != "JPEG":  # whose encoder skips the fourth byte itself
        image = image.convert("RGB")
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
