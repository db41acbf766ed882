"""The pathways of serotonin, melatonin and GABA: who needs what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import cofactors
from course_lib.physiology.cofactors import Supply, produce
from tests.physiology.bad_input import NOT_A_QUANTITY

SHARE = st.floats(0.01, 3)
NORMAL = produce(Supply())


def made(**supply: Any) -> tuple[float, float, float]:
    result = produce(Supply(**supply))
    return result.serotonin, result.melatonin, result.gaba


def test_normal_supply_makes_the_normal_amount() -> None:
    assert made() == pytest.approx((1, 1, 1), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "touched"),
    [  # section M6 of the science pack: which step has which cofactor
        ("tryptophan", (True, True, False)),
        ("iron", (True, True, False)),
        ("b6", (True, True, True)),
        ("dark", (False, True, False)),
    ],
)
def test_each_supply_acts_where_the_table_says(name: str, touched: tuple[bool, ...]) -> None:
    assert tuple(value < 1 - 1e-9 for value in made(**{name: 0})) == touched


def test_magnesium_acts_only_through_atp() -> None:
    # By hand: MgATP is 3 x 0.2 / 0.28 = 2.142857 mmol/L, and 3 x 0.1 / 0.18 = 1.666667 at half.
    assert pytest.approx(2.142857, abs=1e-6) == NORMAL.mg_atp_mM
    half = produce(Supply(magnesium_mM=0.1))
    assert half.mg_atp_mM == pytest.approx(1.666667, abs=1e-6)
    # The kinases: (1.6667 / 1.9667) / (2.1429 / 2.4429) = 0.966102.
    assert half.plp == half.sam == pytest.approx(0.966102, abs=1e-6)
    assert half.gaba == pytest.approx(0.966102 * 1.5 / (0.966102 + 0.5), abs=1e-6)


def test_half_the_magnesium_changes_less_than_half_the_vitamin() -> None:
    for magnesium, vitamin in zip(made(magnesium_mM=0.1), made(b6=0.5), strict=True):
        assert 0.95 < magnesium < 1
        assert vitamin < magnesium


def test_without_any_magnesium_nothing_is_made() -> None:
    assert made(magnesium_mM=0.0) == (0, 0, 0)


@given(st.sampled_from(["b6", "iron", "tryptophan"]), SHARE, SHARE)
def test_more_of_a_supply_never_makes_less(name: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    for low, high in zip(made(**{name: less}), made(**{name: more}), strict=True):
        assert low <= high + 1e-12


@given(SHARE)
def test_doubling_never_doubles(share: float) -> None:
    """A saturable step gives less than it is given."""
    for half in (0.1, 0.5, 1.0):
        once, twice = cofactors.saturation([share, 2 * share], half)
        assert once < twice < 2 * once


def test_enzymes_can_be_replaced() -> None:
    hungry = replace(cofactors.ENZYMES, kinase_mM=10.0)
    assert cofactors.kinase(0.1, hungry) < cofactors.kinase(0.1)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 20 mmol/L"):
        Supply(magnesium_mM=bad)
    with pytest.raises(ValueError, match=r"b6 is .*: allowed is 0 to 5"):
        Supply(b6=bad)


def test_supply_and_half_outside_their_ranges_are_refused() -> None:
    with pytest.raises(ValueError, match=r"half is 0: allowed"):
        cofactors.saturation(1.0, 0.0)
    with pytest.raises(ValueError, match=r"supply is -1: allowed is 0 to 100"):
        cofactors.saturation(-1.0, 1.0)
