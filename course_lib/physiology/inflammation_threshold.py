"""The most germs that a body still clears, from a table that was computed beforehand.

Finding one threshold of :mod:`course_lib.physiology.inflammation` takes some twenty runs of the
model, too many for a slider. ``python -m course_lib.physiology.inflammation_threshold`` writes the
table again, in about a minute; a test recomputes some of its entries.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from io import StringIO
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.inflammation import BODY, PARAMETERS, Outcome, course

__all__ = ["PARAMETERS", "Thresholds", "find_threshold", "thresholds"]

Array = NDArray[np.float64]
TABLE = files("course_lib.physiology") / "data" / "inflammation_threshold.csv"
COLUMNS = ("growth_per_h", "brake", "threshold", "beyond")
GROWTHS_per_h = np.linspace(0.1, 0.8, 29)
BRAKES = np.unique(np.append(np.geomspace(0.1, 1.4, 35), 1.0))
FEWEST, MOST = 0.05, 10.0  # germs between which a threshold is sought
PRECISION = 1e-4  # relative
BEYOND = 1.3  # well clear of the threshold, where a hair decides


@dataclass(frozen=True)
class Thresholds:
    """Thresholds over brakes, all arrays of shape (brakes,).

    Attributes
    ----------
    germs
        Most germs at the start that are cleared, in millions per mL; ``MOST`` where no more were
        tried.
    lost_to_germs
        Whether the infection wins beyond it; else it is cleared and the inflammation stays.
    """

    brake: Array
    germs: Array
    lost_to_germs: NDArray[np.bool_]


def find_threshold(brake: float, growth_per_h: float) -> tuple[float, Outcome]:
    """Halve the range of germs until the threshold is known to one part in ten thousand.

    Parameters
    ----------
    brake
        The factor q on the call for defence, 0.05 to 2.
    growth_per_h
        Growth of the germs, 0.02 to 1 per hour.

    Returns
    -------
    The threshold in millions per mL, and what happens at ``BEYOND`` times as many; ``MOST`` and
    "heals" where even so many are cleared.

    Raises
    ------
    ValueError
        For a value outside these ranges, or if not even the fewest germs are cleared.
    """
    body = replace(BODY, growth_per_h=growth_per_h)

    def end(germs: float) -> Outcome:
        return course(germs, brake=brake, body=body, tolerance=1e-9, step_h=5).outcome

    low, high = FEWEST, MOST
    if end(low) != "heals":
        raise ValueError(f"not even {low} million/mL are cleared at a growth of {growth_per_h}")
    if end(high) == "heals":
        return high, "heals"
    while log(high / low) > PRECISION:
        middle = (low * high) ** 0.5
        low, high = (middle, high) if end(middle) == "heals" else (low, middle)
    return high, end(min(BEYOND * high, MOST))


def thresholds(brake: ArrayLike, growth_per_h: float) -> Thresholds:
    """Interpolate the table, linearly in the growth and in the logarithms of the rest.

    Parameters
    ----------
    brake
        Factors q, 0.1 to 1.4, shape (brakes,).
    growth_per_h
        Growth of the germs, 0.1 to 0.8 per hour.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    q = np.atleast_1d(within("brake", brake, BRAKES[0], BRAKES[-1]))
    growth = one_within("growth_per_h", growth_per_h, GROWTHS_per_h[0], GROWTHS_per_h[-1], "1/h")
    logs, lost = _table()
    place = np.interp(growth, GROWTHS_per_h, np.arange(GROWTHS_per_h.size))
    row = min(int(place), GROWTHS_per_h.size - 2)
    part = place - row
    at = np.log(q)
    nodes = np.log(BRAKES)
    germs = np.exp(np.interp(at, nodes, (1 - part) * logs[row] + part * logs[row + 1]))
    # Infection wins at a weak call for defence, inflammation at a strong one: one border each.
    border = (1 - part) * lost[row] + part * lost[row + 1]
    return Thresholds(q, germs, at < border)


@cache
def _table() -> tuple[Array, Array]:
    """Give log thresholds, shape (growths, brakes), and the log brake below which germs win."""
    rows = list(csv.DictReader(StringIO(TABLE.read_text(encoding="utf-8"))))
    shape = GROWTHS_per_h.size, BRAKES.size
    logs = np.log([float(r["threshold"]) for r in rows]).reshape(shape)
    lost = np.array([r["beyond"] == "infection" for r in rows]).reshape(shape)
    steps = np.log(BRAKES)
    count = lost.sum(axis=1)
    spacing = steps[1] - steps[0]
    borders = np.where(
        count == 0, steps[0] - spacing, steps[np.maximum(count - 1, 0)] + spacing / 2
    )
    return logs, borders


def write() -> None:
    """Compute the table and write it."""
    with as_file(TABLE) as path, path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for growth in GROWTHS_per_h:
            for q in BRAKES:
                germs, beyond = find_threshold(float(q), float(growth))
                table.writerow((f"{growth:.3f}", f"{q:.6f}", f"{germs:.5f}", beyond))


if __name__ == "__main__":
    write()
