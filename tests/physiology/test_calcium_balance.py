"""The calcium balance: its steady state against SciPy, its calibration, and its signs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from course_lib.physiology import calcium_balance as cb
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

DIET = st.floats(100, 3000)
VITAMIN_D = st.floats(0.1, 5)
MAGNESIUM = st.floats(0.1, 3)


def gain(calcium_mM: float, diet: float, vitamin_d: float, mg_mM: float) -> float:
    """Gain of the balance, written out a second time from the docstring."""
    set_point = 1.22 * (4 / 0.9) ** (-1 / 20)
    sensed = max(calcium_mM + 0.15 * (mg_mM - 0.55), 0.05)
    works = (1 + (0.25 / 0.55) ** 4) / (1 + (0.25 / mg_mM) ** 4)
    pth = works * (0.1 + 4.9 / (1 + (sensed / set_point) ** 20))
    absorbed = diet * (0.12 + 252 * vitamin_d * pth**0.5 / (400 + diet))
    lost = 170 * (calcium_mM / 1.22) ** 4 * pth**-0.4 + 130 * calcium_mM / 1.22
    from_bone = 60 * max(pth - 1, 0) + 150 * (1 - calcium_mM / 1.22)
    return float(absorbed + from_bone - lost)


@settings(max_examples=60)
@given(DIET, VITAMIN_D, MAGNESIUM)
def test_calcium_is_the_root_of_the_balance(diet: float, vitamin_d: float, mg_mM: float) -> None:
    exact = brentq(gain, 0.1, 3.0, args=(diet, vitamin_d, mg_mM), xtol=1e-13, rtol=1e-13)
    assert cb.calcium(diet, vitamin_d, mg_mM) == pytest.approx(exact, abs=1e-10)


@given(DIET, VITAMIN_D, MAGNESIUM, st.booleans())
def test_what_comes_in_goes_out(diet: float, vitamin_d: float, mg_mM: float, glands: bool) -> None:
    state = cb.steady(diet, vitamin_d, mg_mM, glands=glands)
    assert state.absorbed + state.from_bone == pytest.approx(state.urine + state.gut_loss, abs=1e-4)


def test_the_usual_diet_gives_the_usual_calcium() -> None:
    state = cb.steady(1000, 1, 0.55)
    assert state.calcium_mM == pytest.approx(1.22, abs=1e-9)
    assert state.pth == pytest.approx(1, abs=1e-6)
    assert state.absorbed == pytest.approx(300, abs=0.01)
    assert state.shift_mV == pytest.approx(0, abs=1e-6)


def test_a_wide_range_of_diets_stays_close_to_the_reference_range() -> None:
    calcium = cb.calcium(np.array([200, 500, 1000, 2000, 2500]))
    assert np.all((calcium > 1.145) & (calcium < 1.32))


def test_without_glands_calcium_falls_into_the_range_of_tetany() -> None:
    assert cb.calcium(1000, glands=False) < 0.9


def test_a_quarter_of_the_usual_magnesium_lowers_calcium_below_the_range() -> None:
    assert cb.calcium(1000, 1, 0.55 / 4) < 1.1


def test_magnesium_by_mouth_hardly_moves_calcium() -> None:
    change = cb.calcium(1000, 1, 0.58) / cb.calcium(1000, 1, 0.55) - 1
    assert -0.005 < change < 0


@given(st.floats(100, 2900), VITAMIN_D, MAGNESIUM)
def test_more_dietary_calcium_quiets_nerve(diet: float, vitamin_d: float, mg_mM: float) -> None:
    less, more = (cb.steady(d, vitamin_d, mg_mM) for d in (diet, diet + 100))
    assert more.calcium_mM > less.calcium_mM
    assert more.shift_mV > less.shift_mV
    assert more.pth <= less.pth


@pytest.mark.parametrize(
    ("calcium_mM", "magnesium_mM", "expected"),
    [(1.0, 0.55, -1.1), (0.8, 0.55, -2.2), (0.6, 0.55, -3.6), (1.2, 0.25, -1.1),
     (1.2, 0.10, -1.8), (0.6, 0.25, -5.3), (1.2, 2, 4.2), (1.2, 3, 6.3)],
)  # fmt: skip
def test_threshold_shift_at_the_reference_points(
    calcium_mM: float, magnesium_mM: float, expected: float
) -> None:
    usual = cb.threshold_shift_mV(1.2, 0.55)
    assert cb.threshold_shift_mV(calcium_mM, magnesium_mM) - usual == pytest.approx(
        expected, abs=0.06
    )


def test_threshold_shift_keeps_its_anchors() -> None:
    at = {ca: float(cb.threshold_shift_mV(ca, 0)) for ca in (0.0, 0.4, 2.0, 20.0)}
    assert at[20.0] - at[2.0] == pytest.approx(21.4, abs=0.06)
    assert at[0.0] - at[2.0] == pytest.approx(-17.9, abs=0.06)
    assert at[0.4] - at[2.0] == pytest.approx(-11.0, abs=0.06)


def test_nothing_of_the_balance_is_shown_as_measured() -> None:
    status = {n: about.status for n, _, about in sources(cb) if not n.startswith("shift")}
    assert set(status.values()) == {"assumed"}


def test_inputs_broadcast() -> None:
    assert cb.calcium(np.full((3, 1), 800.0), 1.0, np.full(2, 0.5)).shape == (3, 2)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"diet_mg_per_day is .*: allowed is 50 to 5000 mg/day"):
        cb.calcium(bad)
    with pytest.raises(ValueError, match=r"vitamin_d is .*: allowed is 0.05 to 10"):
        cb.calcium(1000, bad)
    with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0.05 to 5 mmol/L"):
        cb.steady(1000, 1, bad)
