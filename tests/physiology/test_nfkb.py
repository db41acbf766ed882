"""The rhythm of NF-kB: its reference periods, and a plain tight integration beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import nfkb as model
from course_lib.physiology.nfkb import CELL, Cell, Rhythm
from course_lib.physiology.nfkb_settled import (
    IKK,
    NAMES,
    SHARES,
    TABLE,
    find_settled,
    near,
    settled,
)
from tests.physiology.bad_input import NOT_A_QUANTITY


def cell(ikk: float) -> Cell:
    return replace(CELL, ikk=ikk)


@pytest.mark.parametrize(
    ("ikk", "period", "highest", "mean", "drive"),
    [
        (0.035, 2.08111, 0.62722, 0.070392, 0.032438),
        (0.02, 3.05786, 0.55497, 0.047709, 0.018998),
        (0.01, 3.06904, 0.34789, 0.041396, 0.0095538),
    ],
)
def test_the_reference_rhythms(
    ikk: float, period: float, highest: float, mean: float, drive: float
) -> None:
    """Values integrated apart, the means as further states of a tight solver.

    The plan has the periods 2.081, 3.058 and 3.069, the maxima 0.627, 0.555 and 0.348, and means
    up to 1.2 % away from these: 0.0696, 0.0475 and 0.0416.
    """
    run = model.rhythm(cell=cell(ikk), tolerance=1e-9)
    assert run.period == pytest.approx(period, rel=1e-4)
    assert run.highest == pytest.approx(highest, rel=1e-3)
    assert run.mean == pytest.approx(mean, rel=1e-3)
    assert run.drive == pytest.approx(drive, rel=1e-3)


def test_the_period_is_about_two_hours() -> None:
    run = model.rhythm()
    assert run.period == pytest.approx(2.08, rel=0.01)
    assert run.period_min == pytest.approx(122, abs=1)


def test_another_solver_agrees() -> None:
    """Radau, with the equations typed again, from a settled state through two spikes."""
    run = settled(0.004)
    a, b, c, d, e = CELL.a, CELL.b, CELL.ikk, CELL.d, CELL.e

    def slope(_t: float, y: Any) -> list[float]:
        n, m, i = y
        gone = c * (1 - n) * i / (e + i)
        return [a * (1 - n) / (e + i) - b * i * n / (d + n), n**2 - m, m - gone + 0.004]

    begin = [run.nuclear[0], run.messenger[0], run.inhibitor[0]]
    until = run.time[400]
    other = solve_ivp(
        slope, (0, until), begin, method="Radau", rtol=1e-8, atol=1e-12, t_eval=run.time[:401]
    )
    np.testing.assert_allclose(run.nuclear[:401], other.y[0], atol=2e-3)
    np.testing.assert_allclose(run.inhibitor[:401], other.y[2], atol=2e-3)


@pytest.mark.parametrize(("ikk", "extra"), [(0.035, 0.0), (0.035, 0.006), (0.02, 0.002)])
def test_over_a_period_as_much_inhibitor_is_made_as_destroyed(ikk: float, extra: float) -> None:
    run = model.rhythm(extra=extra, cell=cell(ikk), tolerance=1e-9)
    first, last = np.flatnonzero(run.nuclear > 0.999 * run.highest)[[0, -1]]
    whole = slice(first, last + 1)
    n, i = run.nuclear[whole], run.inhibitor[whole]
    gone = np.trapezoid(ikk * (1 - n) * i / (CELL.e + i)) / (last - first)
    assert run.drive + extra == pytest.approx(gone, rel=2e-3)


def test_extra_inhibitor_makes_spikes_lower_and_more_frequent() -> None:
    runs = [settled(x) for x in (0.0, 0.003, 0.006, 0.01)]
    for less, more in pairwise(runs):
        assert more.highest < 0.95 * less.highest
        assert more.drive < 0.95 * less.drive
        assert more.period is not None
        assert less.period is not None
        assert more.period < less.period
    assert runs[1].mean > 1.1 * runs[0].mean


def test_with_more_inhibitor_than_can_be_destroyed_nothing_is_left() -> None:
    run = settled(0.04)
    assert run.period is None
    assert run.highest < 1e-3


def test_the_default_window_holds_the_settled_cell() -> None:
    early, late = model.rhythm(), model.rhythm(settle=300)
    assert (early.period, early.highest) == pytest.approx((late.period, late.highest), rel=2e-3)


def close(one: Rhythm, other: Rhythm) -> None:
    assert one.period == pytest.approx(other.period, rel=0.01)
    assert one.highest == pytest.approx(other.highest, rel=0.01)
    assert one.mean == pytest.approx(other.mean, rel=0.015)
    assert one.drive == pytest.approx(other.drive, rel=0.015)


@pytest.mark.parametrize(
    ("ikk", "extra"), [(0.035, 0.0), (0.0312, 0.0041), (0.0187, 0.0007), (0.083, 0.011)]
)
def test_from_the_table_a_cell_is_settled_at_once(ikk: float, extra: float) -> None:
    long = model.rhythm(extra=extra, cell=cell(ikk), settle=300)
    close(settled(extra, cell(ikk)), long)
    table = near(ikk, extra)
    assert float(table.highest) == pytest.approx(long.highest, rel=0.015)
    assert float(table.mean) == pytest.approx(long.mean, rel=0.015)
    assert float(table.drive) == pytest.approx(long.drive, rel=0.015)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (22, 0), (22, 5), (31, 14)])
def test_the_table_can_be_computed_again(row: int, column: int) -> None:
    ikk, share = float(IKK[row]), float(SHARES[column])
    cells = TABLE.read_text().splitlines()[1 + row * SHARES.size + column].split(",")
    assert [float(c) for c in cells[:2]] == pytest.approx([ikk, share], abs=1e-6)
    found = find_settled(ikk, share)
    assert [float(c) for c in cells[2:]] == pytest.approx(
        [float(getattr(found, name)) for name in NAMES], rel=0.01
    )


def test_magnesium_adds_by_the_line_that_was_assumed() -> None:
    assert model.extra([0.2, 0.55]).tolist() == [0, 0]
    assert float(model.extra(1.9)) == pytest.approx(0.003, abs=1e-12)
    assert float(model.extra(0.58)) == pytest.approx(0.003 * 0.03 / 1.35, rel=1e-9)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"extra is .*: allowed is 0 to 0.1"):
        model.rhythm(extra=bad)
    with pytest.raises(ValueError, match=r"mg_mM is .*: allowed is 0.1 to 12 mmol/L"):
        model.extra(bad)
    with pytest.raises(ValueError, match=r"ikk is .*: allowed is 0.002 to 0.2"):
        cell(bad)
    with pytest.raises(ValueError, match=r"extra is .*: allowed is 0 to 1"):
        settled(bad)


@pytest.mark.parametrize("bad", [0.009, 0.11])
def test_a_cell_beside_the_table_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=r"ikk is .*: allowed is 0.01 to 0.1"):
        settled(0.0, cell(bad))
