"""The reachable band: which magnesium concentrations occur where.

One table for the whole course, one compartment for each magnesium axis. A supplement moves the
blood a little and muscle and brain not measurably; a drip, a deficiency or a laboratory bath
move it far more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from math import isfinite
from types import MappingProxyType
from typing import Literal, cast, get_args

from ._tables import read_data, read_rows, require_one_of
from .references import cite, reference

Compartment = Literal["serum_total", "serum_ionised", "muscle_free", "csf_ionised", "brain_free"]
BandKind = Literal["deficiency", "normal", "by mouth", "intravenous", "laboratory"]
BandStatus = Literal["published", "textbook", "derived", "assumed"]

COMPARTMENT_NAMES: Mapping[Compartment, str] = MappingProxyType(
    {
        "serum_total": "serum, total magnesium",
        "serum_ionised": "serum and fluid around the cells, ionised magnesium",
        "muscle_free": "muscle fibre, free magnesium",
        "csf_ionised": "cerebrospinal fluid, ionised magnesium",
        "brain_free": "brain cells, free magnesium",
    }
)

_FILE = "bands.csv"
_COLUMNS = ("compartment", "band", "low", "high", "label", "source", "status", "note")
_NEEDS_SOURCE = ("published", "derived")
_HEAD = ("where", "band", "low", "high", "what it is", "source", "status", "note")


@dataclass(frozen=True)
class Band:
    """A range of magnesium concentrations in one compartment.

    Attributes
    ----------
    low, high
        Ends of the range, in mmol/L. They are equal where no change was measurable: such a band is
        a line, not an area. A "by mouth" band runs from the level without a supplement to the
        mean level with it.
    source
        Key of the reference list, or ``None`` where no source was read.
    status
        ``published`` (read in the source named), ``derived`` (arithmetic on published values),
        ``textbook`` (widely quoted, source not read) or ``assumed`` (our choice).

    Raises
    ------
    ValueError
        For an end that is not finite, negative or out of order, and for a published or derived
        band without a source.
    """

    compartment: Compartment
    kind: BandKind
    low: float
    high: float
    label: str
    source: str | None
    status: BandStatus
    note: str

    def __post_init__(self) -> None:
        name = f"band {self.kind!r} of {self.compartment}"
        if not (isfinite(self.low) and isfinite(self.high)):
            raise ValueError(f"{name}: {self.low} to {self.high} mmol/L is not finite")
        if not 0 <= self.low <= self.high:
            raise ValueError(
                f"{name}: {self.low:g} to {self.high:g} mmol/L; needs 0 <= low <= high"
            )
        if self.status in _NEEDS_SOURCE and self.source is None:
            raise ValueError(f"{name}: a {self.status} band needs a source (a reference key)")

    @property
    def width(self) -> float:
        """Width of the range in mmol/L; zero where nothing measurable changed."""
        return self.high - self.low


@dataclass(frozen=True, repr=False)
class BandTable:
    """Bands as a table with sources."""

    bands: tuple[Band, ...]

    def __iter__(self) -> Iterator[Band]:
        return iter(self.bands)

    def __len__(self) -> int:
        return len(self.bands)

    def __str__(self) -> str:
        lines = ["Magnesium ranges, mmol/L"]
        for item in self.bands:
            source = f" [{item.source}]" if item.source else ""
            lines.append(
                f"  {COMPARTMENT_NAMES[item.compartment]}, {item.kind}: "
                f"{item.low:g} to {item.high:g}  {item.status}{source}"
            )
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in _HEAD)
        body = "".join(_html_row(item) for item in self.bands)
        return (
            "<style>.course-bands.course-bands :is(th, td) { text-align: left }</style>"
            '<table class="course-bands"><caption>Magnesium ranges, mmol/L</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


def bands(compartment: str) -> tuple[Band, ...]:
    """Bands of one compartment, in the order deficiency, normal, by mouth, drip, laboratory.

    Raises
    ------
    ValueError
        For an unknown compartment.
    """
    require_one_of(compartment, get_args(Compartment), what="compartment", place="bands")
    return tuple(item for item in _all_bands() if item.compartment == compartment)


def band(compartment: str, kind: str) -> Band:
    """Look up one band: ``band("serum_total", "by mouth")``.

    Raises
    ------
    ValueError
        For an unknown compartment, or a kind that is not known there.
    """
    found = {item.kind: item for item in bands(compartment)}
    require_one_of(kind, tuple(found), what="band", place=f"bands of {compartment}")
    return found[cast(BandKind, kind)]


def band_table(compartment: str | None = None) -> BandTable:
    """Show the bands of one compartment, or all of them, with sources.

    Raises
    ------
    ValueError
        For an unknown compartment.
    """
    return BandTable(_all_bands() if compartment is None else bands(compartment))


def parse_bands(text: str, *, file: str = _FILE) -> tuple[Band, ...]:
    """Read bands from CSV text and put them in order.

    Raises
    ------
    ValueError
        Naming file, row and what is allowed: an unknown compartment, kind, status or source, a
        bound that is no number, not finite or out of order, a band that stands there twice, or a
        compartment without a "by mouth" band.
    """
    found: dict[tuple[Compartment, BandKind], Band] = {}
    for place, cells in read_rows(text, _COLUMNS, file=file):
        item = _parse_band(cells, place)
        if (item.compartment, item.kind) in found:
            raise ValueError(f"{place}: {item.compartment} has a band {item.kind!r} already")
        found[item.compartment, item.kind] = item
    for compartment in get_args(Compartment):
        if (compartment, "by mouth") not in found:
            raise ValueError(f"{file}: {compartment} has no band 'by mouth'")
    order = [(where, kind) for where in get_args(Compartment) for kind in get_args(BandKind)]
    return tuple(found[place] for place in order if place in found)


@cache
def _all_bands() -> tuple[Band, ...]:
    return parse_bands(read_data(_FILE))


def _parse_band(cells: dict[str, str], place: str) -> Band:
    require_one_of(cells["compartment"], get_args(Compartment), what="compartment", place=place)
    require_one_of(cells["band"], get_args(BandKind), what="band", place=place)
    require_one_of(cells["status"], get_args(BandStatus), what="status", place=place)
    try:
        if cells["source"]:
            reference(cells["source"])
        return Band(
            compartment=cast(Compartment, cells["compartment"]),
            kind=cast(BandKind, cells["band"]),
            low=float(cells["low"]),
            high=float(cells["high"]),
            label=cells["label"],
            source=cells["source"] or None,
            status=cast(BandStatus, cells["status"]),
            note=cells["note"],
        )
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _html_row(item: Band) -> str:
    cells = (
        item.kind,
        f"{item.low:g}",
        f"{item.high:g}",
        item.label,
        cite(item.source) if item.source else "",
        item.status,
        item.note,
    )
    return (
        f'<tr><th scope="row">{COMPARTMENT_NAMES[item.compartment]}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )
