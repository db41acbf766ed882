"""Settled rhythms of NF-kB, from a table that was computed beforehand.

From an arbitrary beginning the model of :mod:`course_lib.physiology.nfkb` takes a hundred units of
time to settle, too long for a slider. The table holds, for each activity of IKK and each share
of extra inhibitor, the state in which N is lowest, from where a few periods are quickly followed,
and what the rhythm amounts to. ``python -m course_lib.physiology.nfkb_settled`` writes the table
again, in a few minutes; a test recomputes some of its entries.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import as_file, files
from io import StringIO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.nfkb import CELL, PARAMETERS, Cell, Rhythm, rhythm

__all__ = ["PARAMETERS", "Settled", "find_settled", "near", "settled"]

Array = NDArray[np.float64]
TABLE = files("course_lib.physiology") / "data" / "nfkb_settled.csv"
IKK = np.geomspace(0.01, 0.1, 41)
# Of x in C; at 1 destruction can no longer keep up.
SHARES = np.append(np.linspace(0, 0.5, 21), np.linspace(0.55, 1, 10))
SHOWN = 8.5  # units of time, a little more than eight hours
LEAST = 1e-12  # below which a logarithm would say nothing


@dataclass(frozen=True)
class Settled:
    """Settled cells, all arrays of one shape.

    Attributes
    ----------
    nuclear, messenger, inhibitor
        N, M and I where N is lowest.
    highest, mean, drive
        Of N: its maximum, its mean, and the mean of its square.
    """

    nuclear: Array
    messenger: Array
    inhibitor: Array
    highest: Array
    mean: Array
    drive: Array


NAMES = tuple(f.name for f in fields(Settled))
COLUMNS = ("ikk", "extra_per_ikk", *NAMES)


def find_settled(ikk: float, share: float) -> Settled:
    """Let one cell settle.

    Parameters
    ----------
    ikk
        Activity C of IKK, 0.002 to 0.2.
    share
        Extra inhibitor x over C, 0 to 1.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    one_within("share", share, 0, 1)
    cell = replace(CELL, ikk=ikk)
    run = rhythm(extra=share * ikk, cell=cell, settle=300, window=20, tolerance=1e-9)
    low = int(run.nuclear.argmin())
    begin = (run.nuclear[low], run.messenger[low], run.inhibitor[low])
    return Settled(*(np.asarray(v) for v in (*begin, run.highest, run.mean, run.drive)))


def near(ikk: float, extra: ArrayLike) -> Settled:
    """Interpolate the table, in the logarithms of its entries and of ``ikk``.

    Parameters
    ----------
    ikk
        Activity C of IKK, 0.01 to 0.1.
    extra
        Extra inhibitor x, 0 to 1, any shape; from ``ikk`` on the last column is used.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    c = one_within("ikk", ikk, 0.01, 0.1)
    share = np.minimum(within("extra", extra, 0, 1) / c, 1)
    across = float(np.interp(np.log(c), np.log(IKK), np.arange(IKK.size)))
    row = min(int(across), IKK.size - 2)
    part = across - row
    table = _table()
    line = (1 - part) * table[row] + part * table[row + 1]
    return Settled(*(np.exp(np.interp(share, SHARES, values)) for values in line.T))


def settled(extra: float, cell: Cell = CELL) -> Rhythm:
    """Follow a settled cell for eight hours, fast enough for a slider.

    Raises ``ValueError`` as :func:`near` does. For a cell whose constants other than ``ikk`` were
    changed, let :func:`course_lib.physiology.nfkb.rhythm` settle instead.
    """
    at = near(cell.ikk, extra)
    begin = float(at.nuclear), float(at.messenger), float(at.inhibitor)
    return rhythm(extra=extra, cell=cell, begin=begin, settle=0, window=SHOWN)


@cache
def _table() -> Array:
    """Logarithms of the entries, shape (IKK, shares, names)."""
    rows = csv.DictReader(StringIO(TABLE.read_text(encoding="utf-8")))
    entries = [[float(row[name]) for name in NAMES] for row in rows]
    return np.log(np.maximum(entries, LEAST)).reshape(IKK.size, SHARES.size, len(NAMES))


def write() -> None:
    """Compute the table and write it."""
    with as_file(TABLE) as path, path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for ikk in IKK:
            for share in SHARES:
                found = find_settled(float(ikk), float(share))
                entries = (f"{float(getattr(found, name)):.5g}" for name in NAMES)
                table.writerow((f"{ikk:.6f}", f"{share:.3f}", *entries))


if __name__ == "__main__":
    write()
