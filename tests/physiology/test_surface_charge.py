"""The shift of the gates by calcium and magnesium, and the physics beneath it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import surface_charge as sc
from tests.physiology.bad_input import NOT_A_QUANTITY

LEVEL = st.floats(0.0, 20.0)


@pytest.mark.parametrize(
    ("before", "after", "shift"), [(2, 20, 21.4), (2, 0, -17.9), (2, 0.4, -11.0)]
)
def test_anchors_in_frog_nerve(before: float, after: float, shift: float) -> None:
    moved = sc.shift_mV(after, 0) - sc.shift_mV(before, 0)
    assert moved == pytest.approx(shift, abs=0.06)


@pytest.mark.parametrize(
    ("calcium", "magnesium", "shift"),
    [(1.2, 0.55, 0), (1.0, 0.55, -1.1), (0.8, 0.55, -2.2), (0.6, 0.55, -3.6), (1.2, 0.25, -1.1),
     (1.2, 0.10, -1.8), (0.6, 0.25, -5.3), (1.2, 2, 4.2), (1.2, 3, 6.3)],
)  # fmt: skip
def test_human_reference_values(calcium: float, magnesium: float, shift: float) -> None:
    assert sc.shift_mV(calcium, magnesium) == pytest.approx(shift, abs=0.06)


def test_ten_times_the_calcium_agrees_with_the_published_range() -> None:
    assert 20 <= sc.shift_mV(20, 0) - sc.shift_mV(2, 0) <= 25
    assert sc.SCREEN.magnesium_share == pytest.approx(1 / 1.4, abs=0.005)


@given(LEVEL, LEVEL, st.floats(0.05, 5.0))
def test_calcium_and_magnesium_act_in_the_same_direction(ca: float, mg: float, more: float) -> None:
    by_calcium = sc.shift_mV(ca + more, mg) - sc.shift_mV(ca, mg)
    by_magnesium = sc.shift_mV(ca, mg + more) - sc.shift_mV(ca, mg)
    assert by_calcium > by_magnesium > 0


def test_grahame_equation_gives_the_measured_shifts() -> None:
    usual = sc.grahame_mV(2)
    assert sc.grahame_mV(20) - usual == pytest.approx(23.4, abs=0.15)
    assert sc.grahame_mV(0) - usual == pytest.approx(-19.4, abs=0.15)


@pytest.mark.parametrize(
    ("charge", "more", "none"), [(-0.5, 15.7, -5.7), (-0.83, 20.2, -10.9), (-1.0, 21.5, -13.4)]
)
def test_grahame_equation_without_binding(charge: float, more: float, none: float) -> None:
    at = {c: sc.grahame_mV(c, charge_per_nm2=charge, binding_per_M=0) for c in (0, 2, 20)}
    assert at[20] - at[2] == pytest.approx(more, abs=0.15)
    assert at[0] - at[2] == pytest.approx(none, abs=0.15)


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_screening_is_less_negative(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert sc.grahame_mV(less) <= sc.grahame_mV(more) + 1e-9 < 1e-9


def test_shapes_broadcast() -> None:
    assert sc.shift_mV(np.ones(3)[:, None], np.ones(4)).shape == (3, 4)


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 50 mmol/L"):
        sc.shift_mV(1, bad)
    with pytest.raises(ValueError, match=r"divalent_mM is .*: allowed is 0 to 1000 mmol/L"):
        sc.grahame_mV(bad)
