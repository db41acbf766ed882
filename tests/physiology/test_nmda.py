"""The magnesium block: the reference table, Woodhull's law, and where the current peaks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from course_lib.physiology import nmda, sources
from tests.physiology.bad_input import NOT_A_QUANTITY

VOLTS = st.floats(-100.0, 100.0)
MAGNESIUM = st.floats(0.01, 10.0)
TABLE_MAGNESIUM_mM = (0.8, 1.0, 1.05, 1.2, 2.0)
TABLE = {
    -80: (0.03035, 0.02442, 0.02329, 0.02044, 0.01236),
    -65: (0.07349, 0.05967, 0.05699, 0.05022, 0.03075),
    -60: (0.09759, 0.07963, 0.07612, 0.06725, 0.04146),
    -40: (0.27204, 0.23016, 0.22162, 0.19945, 0.13004),
    -20: (0.56358, 0.50814, 0.49594, 0.46263, 0.34061),
    0: (0.81693, 0.78118, 0.77273, 0.74843, 0.64093),
    40: (0.98158, 0.97708, 0.97596, 0.97262, 0.95519),
}


@pytest.mark.parametrize("voltage_mV", TABLE)
def test_share_of_free_channels_at_the_reference_points(voltage_mV: int) -> None:
    free = nmda.unblocked(voltage_mV, TABLE_MAGNESIUM_mM)
    assert free == pytest.approx(TABLE[voltage_mV], abs=5.1e-6)


@given(VOLTS)
def test_without_magnesium_nothing_is_plugged(voltage_mV: float) -> None:
    assert nmda.unblocked(voltage_mV, 0.0) == 1.0


@pytest.mark.parametrize(
    ("magnesium_mM", "expected"),
    [(1.0, -20.525), (1.05, -19.738), (1.2, -17.585), (2.0, -9.345)],
)
def test_voltage_of_half_block(magnesium_mM: float, expected: float) -> None:
    half = nmda.half_mV(magnesium_mM)
    assert half == pytest.approx(expected, abs=6e-4)
    assert nmda.unblocked(half, magnesium_mM) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    ("magnesium_mM", "expected"), [(0.8, -28.46), (1.0, -26.96), (1.2, -25.81), (2.0, -23.03)]
)
def test_voltage_of_most_inward_current(magnesium_mM: float, expected: float) -> None:
    assert nmda.peak_inward_mV(magnesium_mM) == pytest.approx(expected, abs=5.1e-3)


@given(MAGNESIUM)
def test_the_peak_is_the_least_of_the_curve(magnesium_mM: float) -> None:
    found = minimize_scalar(
        lambda v: float(nmda.current(v, magnesium_mM)), bounds=(-190, 0), method="bounded",
        options={"xatol": 1e-9},
    )  # fmt: skip
    assert nmda.peak_inward_mV(magnesium_mM) == pytest.approx(found.x, abs=1e-4)


@pytest.mark.parametrize(("celsius", "depth"), [(22, 0.788), (25, 0.796), (37, 0.829)])
def test_where_in_the_field_the_ion_sits(celsius: float, depth: float) -> None:
    assert nmda.electrical_depth(celsius) == pytest.approx(depth, abs=6e-4)


@pytest.mark.parametrize(("voltage_mV", "expected"), [(-65, -0.940), (-40, -0.770)])
def test_elasticity(voltage_mV: float, expected: float) -> None:
    assert nmda.elasticity(voltage_mV, 1.0) == pytest.approx(expected, abs=5e-4)


@given(VOLTS, MAGNESIUM)
def test_elasticity_is_the_slope_of_the_logarithms(voltage_mV: float, magnesium_mM: float) -> None:
    more, less = (
        math.log(float(nmda.unblocked(voltage_mV, magnesium_mM * math.exp(s))))
        for s in (1e-4, -1e-4)
    )
    slope = float(nmda.elasticity(voltage_mV, magnesium_mM))
    assert (more - less) / 2e-4 == pytest.approx(slope, abs=1e-6)


def test_five_percent_more_magnesium_at_rest() -> None:
    change = nmda.unblocked(-65, 1.05) / nmda.unblocked(-65, 1.0) - 1
    assert change == pytest.approx(-0.045, abs=5e-4)
    assert nmda.half_mV(1.05) - nmda.half_mV(1.0) == pytest.approx(0.79, abs=5e-3)


@given(VOLTS, MAGNESIUM)
def test_the_law_of_woodhull(voltage_mV: float, magnesium_mM: float) -> None:
    affinity_mM = 3.57 * math.exp(0.062 * voltage_mV)
    expected = affinity_mM / (affinity_mM + magnesium_mM)
    assert nmda.unblocked(voltage_mV, magnesium_mM) == pytest.approx(expected, rel=1e-12)


def test_current_turns_round_at_reversal_and_has_a_negative_slope_below_its_peak() -> None:
    assert nmda.current(0.0, 0.8) == 0
    assert nmda.current(-20.0, 0.8) < 0 < nmda.current(20.0, 0.8)
    assert np.all(np.diff(nmda.current(np.linspace(-80, -30, 50), 0.8)) < 0)
    assert np.all(np.diff(nmda.current(np.linspace(-80, -30, 50), 0.0)) > 0)


@given(VOLTS, st.floats(0.0, 10.0))
def test_a_pore_agrees_with_the_functions(voltage_mV: float, magnesium_mM: float) -> None:
    pore = nmda.pore(magnesium_mM, voltage_mV)
    assert pore.unblocked == nmda.unblocked(voltage_mV, magnesium_mM)
    assert pore.plugged == 1 - pore.unblocked
    assert pore.current == pytest.approx(float(nmda.current(voltage_mV, magnesium_mM)), rel=1e-12)
    assert pore.half_mV < 100


def test_constants_not_read_in_the_paper_are_not_called_published() -> None:
    status = {name: about.status for name, _, about in sources(nmda)}
    assert status["affinity_mM"] == status["steepness_per_mV"] == "textbook"


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    for call in (nmda.unblocked, nmda.current, nmda.elasticity):
        with pytest.raises(ValueError, match=r"voltage_mV is .*: allowed is -200 to 200 mV"):
            call(bad, 1.0)
        with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 0 to 20 mmol/L"):
            call(0.0, bad)
    for of_magnesium in (nmda.half_mV, nmda.peak_inward_mV):
        with pytest.raises(ValueError, match=r"magnesium_mM is .*: allowed is 1e-09 to 20 mmol/L"):
            of_magnesium(bad)
    with pytest.raises(ValueError, match=r"temperature_C is .*: allowed is 0 to 50 °C"):
        nmda.electrical_depth(bad)


def test_without_magnesium_there_is_no_half() -> None:
    with pytest.raises(ValueError, match="magnesium_mM is 0: allowed is 1e-09 to 20 mmol/L"):
        nmda.half_mV(0.0)
    assert nmda.pore(0.0, -65.0).half_mV == -math.inf
