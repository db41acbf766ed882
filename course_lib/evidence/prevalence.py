"""How many people cramp, group by group: each number with its own definition and its source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ._tables import read_data, read_rows, require_one_of

Strand = Literal[
    "older/general", "pregnancy", "dialysis", "endurance race", "endurance lifetime",
    "other disease",
]  # fmt: skip
Use = Literal["yes", "optional", "separate panel", "no"]
IntervalKind = Literal["Wilson", "published", "none"]

Z_95 = 1.959963984540054  # normal quantile that leaves 2.5 % on either side

_FILE = "prevalence.csv"
_COLUMNS = (
    "group", "cases", "n", "definition", "source", "status", "percent", "ci_low", "ci_high",
    "ci_kind", "strand", "use_in_plot",
)  # fmt: skip
_INTERVAL_KINDS: dict[str, IntervalKind] = {
    "Wilson, computed": "Wilson",
    "published 95% CI": "published",
    "": "none",
}
_ROUNDING = 0.05 + 1e-9  # the table prints percentages with one decimal


@dataclass(frozen=True)
class Prevalence:
    """One measured share of people with cramps.

    Attributes
    ----------
    group
        Who was asked.
    definition
        What counted as a cramp, and over which time. Rows with different definitions must not
        be ranked against each other.
    cases, n
        How many cramped, and of how many; None where the source was not seen to print it.
    percent
        Share that cramps; None where the source gives no single number.
    percent_words
        The same as the table words it.
    low, high
        95 % interval of the share, in %; None where neither a count nor an interval was seen.
    interval
        ``"Wilson"`` (computed here from the counts), ``"published"`` or ``"none"``.
    source, status
        Where it stands, and how much of that was seen.
    strand
        The kind of group.
    use, use_note
        Whether the row belongs in the plot, and what restricts it.
    """

    group: str
    definition: str
    cases: int | None
    n: int | None
    percent: float | None
    percent_words: str
    low: float | None
    high: float | None
    interval: IntervalKind
    source: str
    status: str
    strand: Strand
    use: Use
    use_note: str


def wilson_interval(cases: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Give Wilson's score interval of a share.

    Parameters
    ----------
    cases, n
        Number with the property, and number examined.
    z
        Normal quantile; the default gives 95 %.

    Returns
    -------
    tuple of float
        Lower and upper end, as fractions.

    Raises
    ------
    ValueError
        Unless ``n`` is at least 1, ``cases`` lies between 0 and ``n``, and ``z`` is positive.

    Notes
    -----
    E. B. Wilson, J Am Stat Assoc 1927;22:209-212, doi:10.1080/01621459.1927.10502953 (the
    formula is textbook knowledge; the paper was not read).
    """
    if n < 1:
        raise ValueError(f"n = {n}: a share needs at least 1 person")
    if not 0 <= cases <= n:
        raise ValueError(f"cases = {cases}: use a number from 0 to n = {n}")
    if not (math.isfinite(z) and z > 0):
        raise ValueError(f"z = {z}: use a positive number")
    share, weight = cases / n, z * z / n
    centre = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    low = 0.0 if cases == 0 else centre - half  # exact ends, free of rounding
    high = 1.0 if cases == n else centre + half
    return low, high


def prevalences(
    *, strand: Strand | None = None, use: Sequence[Use] = get_args(Use)
) -> tuple[Prevalence, ...]:
    """Give the rows of the table, in its order.

    Parameters
    ----------
    strand
        Only this kind of group; all by default.
    use
        Only rows that may be used so; all by default.

    Raises
    ------
    ValueError
        For a strand or a use that does not exist.
    """
    if strand is not None:
        require_one_of(strand, get_args(Strand), what="strand", place="prevalences")
    for one in use:
        require_one_of(one, get_args(Use), what="use", place="prevalences")
    return tuple(r for r in _table() if strand in (None, r.strand) and r.use in use)


def parse_prevalences(text: str, *, file: str = _FILE) -> tuple[Prevalence, ...]:
    """Read the rows from CSV text.

    Raises
    ------
    ValueError
        Naming file, row and what is allowed: an empty cell, a number that is none, an unknown
        word, a percentage or interval that the counts contradict, or a repeated group.
    """
    rows: list[Prevalence] = []
    for place, cells in read_rows(text, _COLUMNS, file=file):
        row = _parse(cells, place, rows[-1].source if rows else None)
        if any(row.group == earlier.group for earlier in rows):
            raise ValueError(f"{place}: group {row.group!r} stands in an earlier row already")
        rows.append(row)
    return tuple(rows)


@cache
def _table() -> tuple[Prevalence, ...]:
    return parse_prevalences(read_data(_FILE))


def _parse(cells: dict[str, str], place: str, source_above: str | None) -> Prevalence:
    for name in ("group", "definition", "source", "status", "percent", "strand", "use_in_plot"):
        if not cells[name]:
            raise ValueError(f"{place}: {name!r} is empty")
    require_one_of(cells["strand"], get_args(Strand), what="strand", place=place)
    require_one_of(cells["ci_kind"], tuple(_INTERVAL_KINDS), what="kind of interval", place=place)
    if cells["source"] == "same" and source_above is None:
        raise ValueError(f"{place}: source 'same' has no row above it")
    use, use_note = _use(cells["use_in_plot"], place)
    cases, n = (_count(cells, name, place) for name in ("cases", "n"))
    percent = _percent(cells["percent"])
    if percent is None and use != "no":
        raise ValueError(f"{place}: percent {cells['percent']!r} is no number, so it has no plot")
    _check_share(cells, place, cases, n, percent)
    low, high = _interval(cells, place, cases, n)
    return Prevalence(
        group=cells["group"],
        definition=cells["definition"],
        cases=cases,
        n=n,
        percent=percent,
        percent_words=cells["percent"],
        low=low,
        high=high,
        interval=_INTERVAL_KINDS[cells["ci_kind"]],
        source=source_above if cells["source"] == "same" and source_above else cells["source"],
        status=cells["status"],
        strand=cast(Strand, cells["strand"]),
        use=use,
        use_note=use_note,
    )


def _use(cell: str, place: str) -> tuple[Use, str]:
    word, _, note = cell.partition("(")
    require_one_of(word.strip(), get_args(Use), what="use_in_plot", place=place)
    return cast(Use, word.strip()), note.rstrip(")").strip()


def _count(cells: dict[str, str], name: str, place: str) -> int | None:
    cell = cells[name]
    if cell and not cell.isdecimal():
        raise ValueError(f"{place}: {name} {cell!r} must be a whole number or empty")
    return int(cell) if cell else None


def _percent(cell: str) -> float | None:
    """Read a single percentage; a range or a sentence has none."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if 0 <= value <= 100 else None


def _check_share(
    cells: dict[str, str], place: str, cases: int | None, n: int | None, percent: float | None
) -> None:
    """Raise unless the percentage is what the counts give."""
    if cases is None:
        return
    if n is None or percent is None or abs(percent - 100 * cases / n) > _ROUNDING:
        raise ValueError(f"{place}: {cases} of {n} is not {cells['percent']} %")


def _interval(
    cells: dict[str, str], place: str, cases: int | None, n: int | None
) -> tuple[float | None, float | None]:
    """Give the interval in %: computed from counts, or as published; checked either way."""
    kind, percent = _INTERVAL_KINDS[cells["ci_kind"]], _percent(cells["percent"])
    if kind == "none":
        if cells["ci_low"] or cells["ci_high"]:
            raise ValueError(f"{place}: an interval needs a 'ci_kind'")
        return None, None
    try:
        printed = float(cells["ci_low"]), float(cells["ci_high"])
    except ValueError:
        raise ValueError(f"{place}: 'ci_low' and 'ci_high' must be numbers") from None
    if percent is None or not 0 <= printed[0] <= percent <= printed[1] <= 100:
        raise ValueError(f"{place}: {cells['percent']} % must lie in its interval {printed}")
    if kind == "published":
        return printed
    if cases is None or n is None:
        raise ValueError(f"{place}: a Wilson interval needs 'cases' and 'n'")
    computed = tuple(100 * end for end in wilson_interval(cases, n))
    if any(abs(a - b) > _ROUNDING for a, b in zip(computed, printed, strict=True)):
        raise ValueError(f"{place}: {cases} of {n} gives {computed}, the table has {printed}")
    return computed[0], computed[1]
