"""Release at the nerve ending: the reference values of the law, its limits, and block."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import neuromuscular as nm
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

CALCIUM = st.floats(0.05, 5.0)
MAGNESIUM = st.floats(0.0, 12.0)


@pytest.mark.parametrize(
    ("magnesium_mM", "expected"),
    [(0, 1.4042), (0.55, 1.0), (0.58, 0.9824), (0.605, 0.9681), (1, 0.7728), (2, 0.4596),
     (3, 0.2902), (6, 0.0940), (10, 0.0302)],
)  # fmt: skip
def test_release_at_the_reference_magnesium(magnesium_mM: float, expected: float) -> None:
    assert nm.release(1.2, magnesium_mM) == pytest.approx(expected, abs=6e-5)


def test_release_at_six_against_normal() -> None:
    ratio = float(nm.release(1.2, 6) / nm.release(1.2, 0.55))
    assert ratio == pytest.approx(0.09396, rel=1e-3)


@pytest.mark.parametrize(
    ("calcium_mM", "magnesium_mM", "expected"),
    [(0.1, 0, 3.6667), (0.5, 0, 2.750), (1.2, 0, 1.913), (1.8, 0, 1.517), (0.1, 4, 3.851)],
)
def test_slope_at_the_reference_points(
    calcium_mM: float, magnesium_mM: float, expected: float
) -> None:
    assert nm.slope(calcium_mM, magnesium_mM) == pytest.approx(expected, abs=1e-3)


@given(CALCIUM, MAGNESIUM)
def test_slope_is_the_derivative_of_release(calcium_mM: float, magnesium_mM: float) -> None:
    step = 1e-5
    up, down = (float(nm.release(calcium_mM * np.exp(s), magnesium_mM)) for s in (step, -step))
    measured = (np.log(up) - np.log(down)) / (2 * step)
    assert nm.slope(calcium_mM, magnesium_mM) == pytest.approx(measured, rel=1e-6)


@given(CALCIUM, st.floats(0.0, 11.0))
def test_magnesium_lowers_release_and_steepens_the_slope(
    calcium_mM: float, magnesium_mM: float
) -> None:
    more = magnesium_mM + 0.5
    assert nm.release(calcium_mM, more) < nm.release(calcium_mM, magnesium_mM)
    assert nm.slope(calcium_mM, more) > nm.slope(calcium_mM, magnesium_mM)


def test_slope_nears_four_as_calcium_vanishes() -> None:
    assert nm.slope(1e-6, 3.0) == pytest.approx(4, abs=1e-5)


@pytest.mark.parametrize(
    ("safety_factor", "expected"), [(2, 1.829), (3, 2.687), (4, 3.350), (5, 3.899)]
)
def test_magnesium_that_blocks(safety_factor: float, expected: float) -> None:
    assert nm.magnesium_that_blocks_mM(safety_factor) == pytest.approx(expected, abs=6e-4)


@given(st.floats(1.0, 10.0), st.floats(1.2, 5.0))
def test_release_is_just_enough_where_magnesium_blocks(factor: float, calcium_mM: float) -> None:
    blocks = nm.magnesium_that_blocks_mM(factor, calcium_mM)
    assert blocks >= nm.FROG.magnesium_mM - 1e-9
    if blocks <= nm.MAGNESIUM_HIGH_mM:
        assert nm.junction(calcium_mM, blocks, factor).drive == pytest.approx(1, rel=1e-9)


def test_raised_calcium_reverses_the_block() -> None:
    assert not nm.junction(1.2, 4.0, 3.0).fires
    assert nm.junction(3.0, 4.0, 3.0).fires


@given(CALCIUM, MAGNESIUM)
def test_shares_never_exceed_the_sites(calcium_mM: float, magnesium_mM: float) -> None:
    calcium, magnesium = nm.shares(calcium_mM, magnesium_mM)
    assert calcium > 0
    assert magnesium >= 0
    assert calcium + magnesium < 1


def test_only_the_power_is_shown_as_read() -> None:
    status = {name: about.status for name, _, about in sources(nm)}
    assert status["power"] == "published"
    assert status["k_calcium_mM"] == status["k_magnesium_mM"] == "textbook"


def test_inputs_broadcast() -> None:
    assert nm.release(np.ones((3, 1)), np.ones(4)).shape == (3, 4)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"calcium_mM is .*: allowed is 0 to 20 mmol/L"):
        nm.release(bad, 0.5)
    with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 20 mmol/L"):
        nm.release(1.2, bad)


@pytest.mark.parametrize("bad", [0.9, 10.1, -1.0])
def test_an_impossible_safety_factor_is_refused(bad: float) -> None:
    for call in (lambda f: nm.junction(1.2, 0.5, f), nm.magnesium_that_blocks_mM):
        with pytest.raises(ValueError, match=f"safety_factor is {bad:g}: allowed is 1 to 10"):
            call(bad)
