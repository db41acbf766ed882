"""Force at each calcium concentration: fixed points, order of the fibres, and magnesium."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from course_lib.physiology import calcium_switch as cs
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

FIBRES = pytest.mark.parametrize("fibre", [cs.FAST, cs.SLOW], ids=["fast", "slow"])
ANY_FIBRE = st.sampled_from([cs.FAST, cs.SLOW])
MAGNESIUM = st.floats(0.3, 3.0)
PCA = st.floats(4.0, 8.0)


@FIBRES
@given(mg_mM=MAGNESIUM)
def test_force_is_half_at_pca50_and_ten_elevenths_one_step_of_calcium_above(
    fibre: cs.FastFibre, mg_mM: float
) -> None:
    middle = float(cs.pca50(mg_mM, fibre))
    assert cs.force(middle, mg_mM, fibre) == pytest.approx(0.5, abs=1e-12)
    assert cs.force(middle - 1 / fibre.hill, mg_mM, fibre) == pytest.approx(10 / 11, abs=1e-12)
    assert cs.force(middle + 1 / fibre.hill, mg_mM, fibre) == pytest.approx(1 / 11, abs=1e-12)


@FIBRES
def test_the_shift_is_0_35_for_ten_times_the_magnesium(fibre: cs.FastFibre) -> None:
    assert cs.pca50(1.0, fibre) == fibre.pca50
    assert cs.pca50(10.0, fibre) - cs.pca50(1.0, fibre) == pytest.approx(-0.35, abs=1e-12)
    assert cs.pca50(3.0, fibre) - cs.pca50(0.3, fibre) == pytest.approx(-0.35, abs=1e-12)


def test_constants_lie_in_the_ranges_of_the_second_reading() -> None:
    assert 5.8 <= cs.FAST.pca50 <= 5.9
    assert 4 <= cs.FAST.hill <= 6
    assert 5.7 <= cs.SLOW.pca50 <= 6.1
    assert 2.5 <= cs.SLOW.hill <= 3


@FIBRES
def test_no_constant_is_shown_as_more_than_a_choice(fibre: cs.FastFibre) -> None:
    assert {name: about.status for name, _, about in sources(fibre)} == {
        "pca50": "assumed",
        "hill": "assumed",
        "shift_per_decade": "assumed",
    }


@given(MAGNESIUM)
def test_slow_fibres_switch_on_at_less_calcium_than_fast_ones(mg_mM: float) -> None:
    assert cs.pca50(mg_mM, cs.SLOW) > cs.pca50(mg_mM, cs.FAST)
    middle = cs.pca50(mg_mM, cs.FAST)
    assert cs.force(middle, mg_mM, cs.SLOW) > cs.force(middle, mg_mM, cs.FAST)


@given(ANY_FIBRE, PCA, MAGNESIUM, MAGNESIUM)
def test_more_magnesium_never_raises_force(
    fibre: cs.FastFibre, pca: float, one_mM: float, other_mM: float
) -> None:
    less, more = sorted((one_mM, other_mM))
    assert cs.force(pca, more, fibre) <= cs.force(pca, less, fibre)


@FIBRES
def test_more_magnesium_lowers_force_at_middling_calcium(fibre: cs.FastFibre) -> None:
    force = cs.force(fibre.pca50, np.linspace(0.3, 3, 28), fibre)
    assert np.all(np.diff(force) < 0)


@given(ANY_FIBRE, st.floats(0.25, 10.0))
def test_magnesium_leaves_the_maximum_and_the_steepness_as_they_are(
    fibre: cs.FastFibre, mg_mM: float
) -> None:
    away = np.linspace(-1.5, 1.5, 31)
    moved = cs.force(cs.pca50(mg_mM, fibre) + away, mg_mM, fibre)
    np.testing.assert_allclose(moved, cs.force(fibre.pca50 + away, 1.0, fibre), rtol=1e-9)
    assert cs.force(3.0, mg_mM, fibre) == pytest.approx(1.0, abs=1e-7)


@given(ANY_FIBRE, MAGNESIUM)
def test_force_rises_with_calcium_between_0_and_1(fibre: cs.FastFibre, mg_mM: float) -> None:
    force = cs.force(np.linspace(8, 4, 400), mg_mM, fibre)
    assert np.all((force >= 0) & (force <= 1))
    assert np.all(np.diff(force) > 0)


@given(ANY_FIBRE, PCA, MAGNESIUM)
def test_a_small_step_of_calcium_makes_a_small_step_of_force(
    fibre: cs.FastFibre, pca: float, mg_mM: float
) -> None:
    # The steepest slope of a Hill curve is nH ln(10) / 4, at pCa50.
    step = abs(float(cs.force(pca + 1e-4, mg_mM, fibre) - cs.force(pca, mg_mM, fibre)))
    assert step <= 1e-4 * fibre.hill * np.log(10) / 4 + 1e-12


@given(arrays(float, array_shapes(min_dims=0, max_dims=3, max_side=4), elements=PCA))
def test_the_shape_is_kept(pca: np.ndarray[Any, Any]) -> None:
    assert cs.force(pca).shape == pca.shape
    assert cs.pca50(np.full(pca.shape, 1.0)).shape == pca.shape


def test_calcium_and_magnesium_broadcast() -> None:
    assert cs.force(np.linspace(5, 7, 4)[:, None], [0.5, 1.0, 2.0]).shape == (4, 3)


@given(ANY_FIBRE, PCA, MAGNESIUM)
def test_a_switch_agrees_with_the_curve(fibre: cs.FastFibre, pca: float, mg_mM: float) -> None:
    switch = cs.switch(pca, mg_mM, fibre)
    assert (switch.fibre, switch.pca, switch.mg_mM) == (fibre, pca, mg_mM)
    assert switch.force == cs.force(pca, mg_mM, fibre)
    assert switch.pca50 == cs.pca50(mg_mM, fibre)


@pytest.mark.parametrize(("pca", "calcium_uM"), [(6.0, 1.0), (7.0, 0.1), (5.0, 10.0)])
def test_calcium_is_given_in_micromoles(pca: float, calcium_uM: float) -> None:
    assert cs.switch(pca, 1.0).calcium_uM == pytest.approx(calcium_uM, rel=1e-12)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"pca is .*: allowed is 3 to 10"):
        cs.force([6.0, bad])
    with pytest.raises(ValueError, match=r"mg_mM is .*: allowed is 0.25 to 10 mmol/L"):
        cs.force(6.0, bad)


@pytest.mark.parametrize("bad", [0.0, -1.0, 0.24, 10.1])
def test_magnesium_for_which_the_formula_was_not_meant_is_refused(bad: float) -> None:
    for call in (cs.pca50, lambda mg: cs.force(6.0, mg), lambda mg: cs.switch(6.0, mg)):
        with pytest.raises(ValueError, match=f"mg_mM is {bad:g}: allowed is 0.25 to 10 mmol/L"):
            call(bad)


@pytest.mark.parametrize("bad", [-6.0, 2.9, 10.1, 0.000001])
def test_calcium_outside_pca_3_to_10_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"pca is {bad:g}: allowed is 3 to 10"):
        cs.switch(bad, 1.0)
