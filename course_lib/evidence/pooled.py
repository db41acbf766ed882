"""Pooled results of trials, drawn: what meta-analyses of one outcome found, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from math import isfinite

from ._tables import read_data, read_rows, require_one_of
from .references import cite, reference

OUTCOMES = {"crp": ("C-reactive protein, magnesium by mouth against control", "mg/L")}

_FILE = "pooled.csv"
_COLUMNS = ("outcome", "group", "trials", "effect", "low", "high", "source", "note")
_MINUS = "\N{MINUS SIGN}"
_LOW, _HIGH = -3.0, 2.0  # ends of the drawn scale
_WIDTH, _HEIGHT = 240, 26  # of the drawing in one row, in pixels
_INK, _QUIET, _GREEN, _VERMILION = "#222222", "#767676", "#00694D", "#A03F00"


@dataclass(frozen=True)
class Pooled:
    """One pooled difference between treatment and control.

    Attributes
    ----------
    group
        Which trials were pooled.
    trials
        How many; None where that was not read.
    effect, low, high
        Difference and ends of its 95 % interval; all None where only the direction was read.
    source
        Key of the reference list.

    Raises
    ------
    ValueError
        For an effect outside its interval, or given without one.
    """

    outcome: str
    group: str
    trials: int | None
    effect: float | None
    low: float | None
    high: float | None
    source: str
    note: str

    def __post_init__(self) -> None:
        known = [v for v in (self.low, self.effect, self.high) if v is not None]
        name = f"{self.source}, {self.group}"
        if len(known) not in (0, 3):
            raise ValueError(f"{name}: give effect, low and high, or none of them")
        if not all(map(isfinite, known)) or known != sorted(known):
            raise ValueError(f"{name}: needs low <= effect <= high, has {known}")
        if not known and not self.note:
            raise ValueError(f"{name}: say in the note what was found instead of a size")

    @property
    def words(self) -> str:
        """Difference and interval, or what is known instead."""
        if self.effect is None or self.low is None or self.high is None:
            return "size not read"
        return f"{_number(self.effect)} ({_number(self.low)} to {_number(self.high)})"

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of no difference."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, repr=False)
class PooledTable:
    """Pooled results of one outcome as a table, each interval drawn on one common scale."""

    outcome: str
    rows: tuple[Pooled, ...]

    def __iter__(self) -> Iterator[Pooled]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def title(self) -> str:
        """What was measured, with its unit."""
        words, unit = OUTCOMES[self.outcome]
        return f"{words}: difference in {unit} (95 % interval)"

    def __str__(self) -> str:
        lines = [self.title]
        for row in self.rows:
            count = f", {row.trials} trials" if row.trials else ""
            note = f"; {row.note}" if row.note else ""
            lines.append(f"  {cite(row.source)}, {row.group}{count}: {row.words}{note}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = (
            "review",
            "pooled",
            "trials",
            f"lower | higher ({_MINUS}3 to 2)",
            "difference",
            "note",
        )
        cells = "".join(f'<th scope="col">{name}</th>' for name in head)
        body = "".join(_html_row(row) for row in self.rows)
        return (
            "<style>.course-pooled.course-pooled :is(th, td) { text-align: left }</style>"
            f'<table class="course-pooled"><caption>{escape(self.title)}</caption>'
            f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
        )


def pooled(outcome: str) -> PooledTable:
    """Show what meta-analyses found for one outcome: ``pooled("crp")``.

    Raises
    ------
    ValueError
        For an unknown outcome.
    """
    require_one_of(outcome, tuple(OUTCOMES), what="outcome", place="pooled")
    return PooledTable(outcome, tuple(r for r in _all_rows() if r.outcome == outcome))


def parse_pooled(text: str, *, file: str = _FILE) -> tuple[Pooled, ...]:
    """Read pooled results from CSV text.

    Raises
    ------
    ValueError
        Naming file, row and what is allowed.
    """
    return tuple(_parse(cells, place) for place, cells in read_rows(text, _COLUMNS, file=file))


@cache
def _all_rows() -> tuple[Pooled, ...]:
    return parse_pooled(read_data(_FILE))


def _parse(cells: dict[str, str], place: str) -> Pooled:
    require_one_of(cells["outcome"], tuple(OUTCOMES), what="outcome", place=place)
    try:
        reference(cells["source"])
        effect, low, high = (
            float(cells[name]) if cells[name] else None for name in ("effect", "low", "high")
        )
        return Pooled(
            outcome=cells["outcome"],
            group=cells["group"],
            trials=int(cells["trials"]) if cells["trials"] else None,
            effect=effect,
            low=low,
            high=high,
            source=cells["source"],
            note=cells["note"],
        )
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from None


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", _MINUS)


def _html_row(row: Pooled) -> str:
    cells = (
        escape(row.group),
        str(row.trials) if row.trials else "",
        _drawing(row),
        escape(row.words),
        escape(row.note),
    )
    return (
        f'<tr><th scope="row">{escape(cite(row.source))}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _drawing(row: Pooled) -> str:
    """Draw the interval as SVG: a line, a square at the difference, a hair at no difference."""
    if row.effect is None or row.low is None or row.high is None:
        return ""
    middle, zero = _HEIGHT / 2, _across(0)
    colour = _QUIET if not row.excludes_zero else _GREEN if row.effect < 0 else _VERMILION
    left, right, at = _across(row.low), _across(row.high), _across(row.effect)
    return (
        f'<svg role="img" aria-label="{escape(row.words)}" width="{_WIDTH}" height="{_HEIGHT}" '
        'style="background: #FFFFFF">'
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{_HEIGHT}" stroke="{_INK}"/>'
        f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{middle:g}" y2="{middle:g}" '
        f'stroke="{colour}" stroke-width="2.5"/>'
        f'<rect x="{at - 5:.1f}" y="{middle - 5:g}" width="10" height="10" fill="{colour}"/></svg>'
    )


def _across(value: float) -> float:
    """Where a difference lies in the drawing, in pixels."""
    return _WIDTH * (value - _LOW) / (_HIGH - _LOW)
