"""The release channel: reference values, both sites, and the weaker brake of the mutation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import ryanodine as ry
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

CALCIUM = st.floats(0.01, 1000.0)
MAGNESIUM = st.floats(0.0, 10.0)


@pytest.mark.parametrize(
    ("magnesium_uM", "expected"),
    [(0, 0.256323), (500, 5.2677e-3), (557, 4.4388e-3), (800, 2.4441e-3), (900, 1.9992e-3),
     (1000, 1.66600e-3), (1100, 1.4099e-3)],
)  # fmt: skip
def test_opening_at_the_reference_magnesium(magnesium_uM: float, expected: float) -> None:
    assert ry.opening(0.1, magnesium_uM / 1000) == pytest.approx(expected, rel=1e-4)


def test_removing_magnesium_opens_the_channel_154_fold() -> None:
    ratio = float(ry.opening(0.1, 0) / ry.opening(0.1, 1.0))
    assert ratio == pytest.approx(154, abs=0.5)


@pytest.mark.parametrize(("magnesium_mM", "change"), [(1.1, -0.15), (0.9, 0.20)])
def test_a_tenth_more_or_less_magnesium(magnesium_mM: float, change: float) -> None:
    ratio = float(ry.opening(0.1, magnesium_mM) / ry.opening(0.1, 1.0))
    assert ratio - 1 == pytest.approx(change, abs=0.005)


def test_the_activation_site_of_a_resting_fibre() -> None:
    with_magnesium, _ = ry.activation(0.05, 1.0)
    without, _ = ry.activation(0.05, 0.0)
    assert with_magnesium == pytest.approx(0.0036, abs=5e-5)
    assert without == pytest.approx(0.147, abs=5e-4)
    assert 1 - ry.inhibited(0.05, 1.0) == pytest.approx(0.23, abs=5e-3)


@given(CALCIUM, st.floats(0.01, 10.0))
def test_the_brake_is_weaker_with_the_mutation(calcium_uM: float, magnesium_mM: float) -> None:
    assert ry.opening(calcium_uM, magnesium_mM, ry.HYPERTHERMIA) > ry.opening(
        calcium_uM, magnesium_mM
    )


def test_the_mutant_at_three_times_the_magnesium_opens_like_the_normal_channel() -> None:
    normal, mutant = float(ry.opening(0.1, 0.1)), float(ry.opening(0.1, 0.3, ry.HYPERTHERMIA))
    assert 0.8 < mutant / normal < 1.3


@given(CALCIUM, MAGNESIUM, st.sampled_from([ry.NORMAL, ry.HYPERTHERMIA]))
def test_more_magnesium_opens_less(
    calcium_uM: float, magnesium_mM: float, channel: ry.Channel
) -> None:
    assert ry.opening(calcium_uM, magnesium_mM + 0.1, channel) < ry.opening(
        calcium_uM, magnesium_mM, channel
    )


def test_calcium_opens_and_then_closes() -> None:
    opening = ry.opening(np.geomspace(0.01, 1e4, 300), 0.0)
    peak = int(np.argmax(opening))
    assert np.all(np.diff(opening[: peak + 1]) > 0)
    assert np.all(np.diff(opening[peak:]) < 0)
    assert 0 < peak < 299


@given(CALCIUM, MAGNESIUM)
def test_a_brake_agrees_with_the_functions(calcium_uM: float, magnesium_mM: float) -> None:
    brake = ry.brake(calcium_uM, magnesium_mM)
    assert brake.opening == pytest.approx(float(ry.opening(calcium_uM, magnesium_mM)), rel=1e-12)
    assert brake.calcium_on_activation + brake.magnesium_on_activation < 1
    assert 0 <= brake.inhibited < 1


def test_affinities_are_shown_as_read() -> None:
    assert {about.status for _, _, about in sources(ry.HYPERTHERMIA)} == {"published"}


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    for call in (ry.opening, ry.inhibited):
        with pytest.raises(ValueError, match=r"calcium_uM is .*: allowed is 0 to 10000 µmol/L"):
            call(bad, 1.0)
        with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 20 mmol/L"):
            call(0.1, bad)
