"""What else was tried against cramps, each in its own unit: rows that must not be ranked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from ._tables import read_data, read_rows, require_one_of
from .references import reference

Status = Literal["published", "derived"]

_FILE = "comparators.csv"
_COLUMNS = (
    "treatment", "effect", "low", "high", "unit", "people", "trials", "control", "harm", "source",
    "status",
)  # fmt: skip


@dataclass(frozen=True)
class Comparator:
    """One treatment against its control; a negative effect is fewer or shorter cramps.

    ``low`` and ``high`` are the 95 % interval as printed, or worked out from a printed standard
    error where ``status`` is ``"derived"``. ``control`` says what became of the control group.
    """

    treatment: str
    effect: float
    low: float
    high: float
    unit: str
    people: int
    trials: str
    control: str
    harm: str
    source: str
    status: Status


@cache
def comparators() -> tuple[Comparator, ...]:
    """Give the treatments, in the order of the table.

    Raises
    ------
    ValueError
        For a damaged table; the message names the row.
    """
    return parse_comparators(read_data(_FILE))


def parse_comparators(text: str, *, file: str = _FILE) -> tuple[Comparator, ...]:
    """Read a table of treatments.

    Raises
    ------
    ValueError
        As :func:`comparators`.
    """
    found = []
    for place, cells in read_rows(text, _COLUMNS, file=file):
        require_one_of(cells["status"], get_args(Status), what="status", place=place)
        try:
            effect, low, high = (float(cells[key]) for key in ("effect", "low", "high"))
            people = int(cells["people"])
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from None
        if not low <= effect <= high:
            raise ValueError(f"{place}: {effect:g} is not between {low:g} and {high:g}")
        found.append(
            Comparator(
                cells["treatment"], effect, low, high, cells["unit"], people, cells["trials"],
                cells["control"], cells["harm"], reference(cells["source"]).key,
                cast(Status, cells["status"]),
            )
        )  # fmt: skip
    return tuple(found)
