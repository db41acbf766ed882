"""The text twin of a picture: what a good teacher would point at, in rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Row(NamedTuple):
    """One line of a reading; ``value`` is a number already rounded for reading, or a word."""

    label: str
    value: float | str
    unit: str = ""


@dataclass(frozen=True)
class Reading:
    """Ordered ``(label, value, unit)`` rows; ``str()`` gives them as lines of text."""

    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def lines(self) -> list[str]:
        """Give the rows as text, one string each."""
        return [f"{label}: {_show(value)}{_gap(unit)}" for label, value, unit in self.rows]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def items(self) -> list[tuple[str, str]]:
        """Give label and value with its unit, for a definition list."""
        return [(label, f"{_show(value)}{_gap(unit)}") for label, value, unit in self.rows]


def reading(*rows: tuple[str, float | str, str] | tuple[str, float | str]) -> Reading:
    """Make a reading from ``(label, value)`` or ``(label, value, unit)`` rows.

    Numbers are rounded to three significant digits, which is what a picture can be read to;
    pass a string where another form serves better.
    """
    return Reading(tuple(Row(r[0], _rounded(r[1]), *r[2:]) for r in rows))


def number(value: float, digits: int = 0, *, sign: bool = False) -> str:
    """Write a number with a true minus sign, and with none before a zero.

    Parameters
    ----------
    digits
        After the decimal point.
    sign
        Whether a plus is written before what is above zero.
    """
    rounded = round(float(value), digits) + 0.0  # adding 0.0 turns -0.0 into 0.0
    text = f"{rounded:{'+' if sign and rounded else ''}.{digits}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def _rounded(value: float | str) -> float | str:
    if isinstance(value, str):
        return value
    number = float(value)
    if not math.isfinite(number) or number == 0:
        return number
    return round(number, 2 - math.floor(math.log10(abs(number))))


def _show(value: float | str) -> str:
    if isinstance(value, str):
        return value
    text = f"{value:.0f}" if abs(value) >= 1000 else f"{value:#.3g}".rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def _gap(unit: str) -> str:
    return f" {unit}" if unit else ""
