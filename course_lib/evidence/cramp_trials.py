"""Magnesium for cramps: the trials whose numbers can be rebuilt, and the published pool.

Cochrane's own inputs could not be obtained: they sit in figures and in data of single
participants. Only two trials can be rebuilt from numbers that were read. Whatever is pooled here is
never the result of the review, and the review's result is never ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

import numpy as np

from ._tables import read_data, read_rows, require_one_of
from .meta_analysis import Trials
from .references import reference

Use = Literal["pool", "alternative", "sensitivity", "published"]
Status = Literal["published", "derived"]
Outcome = Literal["change", "end"]

_FILE = "cramp_trials.csv"
_COLUMNS = ("trial", "effect", "error", "low", "high", "use", "source", "status", "note")


@dataclass(frozen=True)
class CrampTrial:
    """Cramps per week on magnesium minus on placebo: negative is fewer on magnesium."""

    name: str
    effect: float
    error: float
    low: float
    high: float
    use: Use
    source: str
    status: Status
    note: str


@cache
def cramp_trials() -> tuple[CrampTrial, ...]:
    """Give the rows of the table, in its order.

    Raises
    ------
    ValueError
        For a damaged table; the message names the row.
    """
    found = []
    for place, cells in read_rows(read_data(_FILE), _COLUMNS, file=_FILE):
        require_one_of(cells["use"], get_args(Use), what="use", place=place)
        require_one_of(cells["status"], get_args(Status), what="status", place=place)
        effect, error, low, high = (float(cells[k]) for k in ("effect", "error", "low", "high"))
        found.append(
            CrampTrial(
                cells["trial"],
                effect,
                error,
                low,
                high,
                cast(Use, cells["use"]),
                reference(cells["source"]).key,
                cast(Status, cells["status"]),
                cells["note"],
            )
        )
    return tuple(found)


def published() -> CrampTrial:
    """Give the pool that the review published."""
    return next(row for row in cramp_trials() if row.use == "published")


def rebuilt(outcome: Outcome = "change", *, sensitivity: bool = False) -> Trials:
    """Give the trials that can be pooled: two, or three with the one for sensitivity.

    Parameters
    ----------
    outcome
        Which of the two rows of the second trial: its change, or its end value.

    Raises
    ------
    ValueError
        For another outcome.
    """
    require_one_of(outcome, get_args(Outcome), what="outcome", place="cramp_trials")
    second = "pool" if outcome == "change" else "alternative"
    rows = [
        row
        for row in cramp_trials()
        if row.name.startswith("Frusso")
        or (row.name.startswith("Roguin") and row.use == second)
        or (sensitivity and row.use == "sensitivity")
    ]
    return Trials(
        tuple(row.name for row in rows),
        np.array([row.effect for row in rows]),
        np.array([row.error for row in rows]),
    )
