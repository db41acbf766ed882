"""One look for every picture: colours, sizes, layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito's palette, which stays apart under the common colour-vision deficiencies.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"

INK, QUIET, PALE, PAPER = "#222222", "#595959", "#BDBDBD", "#FFFFFF"
# Text needs 4.5:1 against white; these are the palette's hues dark enough for it.
BLUE_TEXT, VERMILION_TEXT, GREEN_TEXT = "#00629B", "#A03F00", "#00694D"
PURPLE_TEXT, ORANGE_TEXT = "#8A4570", "#8A5A00"

DPI = 100  # of a picture on a screen with one device pixel per CSS pixel


@dataclass(frozen=True)
class Look:
    """How a picture is laid out: enlarged for a room, or stacked for a narrow page."""

    present: bool = False
    narrow: bool = False

    @property
    def lines(self) -> float:
        """Factor for line widths and marker sizes."""
        return 1.4 if self.present else 1.0

    @property
    def text(self) -> float:
        """Font size of ordinary text, in points."""
        return 13.0 if self.present else 10.5


def rc(look: Look) -> dict[str, Any]:
    """Matplotlib settings for a look."""
    return {
        "font.family": "DejaVu Sans",
        "font.size": look.text,
        "axes.titlesize": "medium",
        "axes.labelsize": "medium",
        "xtick.labelsize": "small" if look.narrow else "medium",
        "ytick.labelsize": "small" if look.narrow else "medium",
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.9 * look.lines,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": QUIET,
        "xtick.major.pad": 3.5 * look.lines**2,  # or large labels meet at the origin
        "ytick.color": QUIET,
        "text.color": INK,
        "lines.linewidth": 2.2 * look.lines,
        "lines.markersize": 9 * look.lines,
        "lines.solid_capstyle": "round",
        "hatch.linewidth": 0.8 * look.lines,
        "figure.facecolor": PAPER,
        "axes.facecolor": "none",
        "path.simplify": True,
    }


class BandLike(Protocol):
    """A range of magnesium concentrations, as the evidence table gives it."""

    @property
    def kind(self) -> str:
        """One of the keys of ``BAND_FACE``."""

    @property
    def low(self) -> float:
        """Lower end, in mmol/L."""

    @property
    def high(self) -> float:
        """Upper end, in mmol/L."""


BAND_FACE = {
    "by mouth": (GREEN, 0.75),
    "intravenous": (SKY, 0.22),
    "deficiency": (PALE, 0.30),
    "laboratory": (ORANGE, 0.20),
    "normal": (GREEN, 0.14),
}
BAND_TEXT = {
    "by mouth": GREEN_TEXT,
    "intravenous": BLUE_TEXT,
    "deficiency": QUIET,
    "laboratory": ORANGE_TEXT,
    "normal": GREEN_TEXT,
}


def show_bands(ax: Axes, bands: Sequence[BandLike], thin: float = 0.004) -> None:
    """Shade ranges of magnesium along the x axis, each in the colour fixed for its kind.

    A band without width (nothing measurable changed) or narrower than ``thin`` of the axis is
    drawn as a line, so that it can be seen without seeming wider than it is. A laboratory range
    that contains others is drawn as a strip along the top.
    """
    for band in bands:
        face, alpha = BAND_FACE[band.kind]
        left, right = (_fraction(ax, x) for x in (band.low, band.high))
        is_strip = band.kind == "laboratory" and any(
            band.low < b.low and b.high < band.high for b in bands
        )
        if right - left < thin:
            ax.axvline((band.low + band.high) / 2, color=face, lw=3, alpha=alpha, zorder=0)
        else:
            bottom = 0.9 if is_strip else 0.0
            ax.axvspan(band.low, band.high, bottom, color=face, alpha=alpha, lw=0, zorder=0)


def _fraction(ax: Axes, x: float) -> float:
    """Where ``x`` lies between the limits of the axis, 0 to 1."""
    to_axes = ax.transData + ax.transAxes.inverted()
    return float(to_axes.transform((x, ax.get_ylim()[0]))[0])


def bare(ax: Axes) -> Axes:
    """Take away everything but the drawing area, for a schematic."""
    ax.set_axis_off()
    return ax


def label(ax: Axes, x: float, y: float, words: str, **text: Any) -> Any:
    """Write a direct label beside what it names."""
    return ax.text(x, y, words, **({"fontsize": "medium", "va": "center"} | text))


def panels(
    figure: Figure,
    look: Look,
    wide: Sequence[Sequence[str]],
    narrow: Sequence[Sequence[str]],
    *,
    widths: Sequence[float] | None = None,
    heights: Sequence[float] | None = None,
    narrow_heights: Sequence[float] | None = None,
    gap: float = 0.38,
) -> dict[str, Axes]:
    """Lay out named axes, one arrangement for a wide page and one for a narrow one.

    The margins are fixed, so that axes never move while a slider does. ``gap`` is the space
    between rows, as a share of their height; below a bare schematic it can be small.
    """
    room = 1.18 if look.present else 1.0
    width, height = figure.get_size_inches()
    edges = {
        "left": 0.68 * room / width,
        "right": 1 - 0.15 / width,
        "bottom": 0.55 * room / height,
        "top": 1 - 0.15 / height,
        "hspace": gap * room,
        "wspace": 0.24 * room,
    }
    if look.narrow:
        return figure.subplot_mosaic(
            [list(r) for r in narrow], height_ratios=narrow_heights, gridspec_kw=edges
        )
    return figure.subplot_mosaic(
        [list(r) for r in wide], width_ratios=widths, height_ratios=heights, gridspec_kw=edges
    )


def visible(*artists: Artist, on: bool) -> None:
    """Show or hide artists together."""
    for artist in artists:
        artist.set_visible(on)
