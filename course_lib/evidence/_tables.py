"""Reading the data files of the evidence package, with errors that say where to look."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO


def read_data(name: str) -> str:
    """Text of one file of ``course_lib/evidence/data``."""
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


def read_rows(
    text: str, columns: tuple[str, ...], *, file: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV table as ``(place, cells)``; ``place`` names file and row for messages.

    Rows are counted as a spreadsheet counts them: the header is row 1.

    Raises
    ------
    ValueError
        If the header is not ``columns``, a row has too few or too many cells, or a quotation
        mark is not closed.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if row == 1:
                _check_header(tuple(cells), columns, file)
                continue
            if len(cells) != len(columns):
                raise ValueError(
                    f"{file}, row {row}: {len(cells)} cells; the table has {len(columns)} columns"
                )
            found = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
            yield f"{file}, row {row}", found
    except csv.Error as error:
        raise ValueError(f"{file}, row {row + 1}: {error}") from None
    if row == 0:
        raise ValueError(f"{file} is empty; its first row must be {','.join(columns)}")


def require_one_of(value: str, allowed: tuple[str, ...], *, what: str, place: str) -> None:
    """Raise ``ValueError`` unless ``value`` is one of ``allowed``."""
    if value not in allowed:
        raise ValueError(f"{place}: {what} {value!r} is not known; use one of {', '.join(allowed)}")


def _check_header(found: tuple[str, ...], columns: tuple[str, ...], file: str) -> None:
    if found != columns:
        raise ValueError(f"{file}, row 1: columns {','.join(found)}; expected {','.join(columns)}")
