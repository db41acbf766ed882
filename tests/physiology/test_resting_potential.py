"""Equilibrium potentials and the resting voltage, against reference values computed apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import resting_potential as rp
from tests.physiology.bad_input import NOT_A_QUANTITY

# Potassium outside, E_K and V at 37 °C with P_Na/P_K = 0.01 and chloride settled.
TABLE = [
    (2.5, -110.3, -98.1), (3.0, -105.4, -94.9), (3.5, -101.3, -92.1), (4.0, -97.7, -89.5),
    (4.2, -96.4, -88.5), (5.0, -91.8, -85.0), (5.5, -89.2, -83.0), (6.5, -84.8, -79.4),
    (8.0, -79.2, -74.8),
]  # fmt: skip
POTASSIUM = st.floats(1.0, 20.0)


def test_thermal_voltage() -> None:
    assert rp.thermal_mV() == pytest.approx(26.7267, abs=1e-4)
    assert rp.thermal_mV() * np.log(10) == pytest.approx(61.540, abs=1e-3)
    assert rp.thermal_mV(20) == pytest.approx(25.262, abs=1e-3)


@pytest.mark.parametrize(
    ("outside", "inside", "charge", "level"),
    [(145, 12, 1, 66.6), (4.2, 155, 1, -96.4), (110, 4.2, -1, -87.3), (1.25, 1e-4, 2, 126.1),
     (0.55, 0.56, 2, -0.24), (25, 12, -1, -19.6)],
    ids=["Na", "K", "Cl", "Ca", "Mg", "HCO3"],
)  # fmt: skip
def test_equilibrium_potentials(outside: float, inside: float, charge: int, level: float) -> None:
    assert rp.nernst_mV(outside, inside, charge) == pytest.approx(level, abs=0.05)


@pytest.mark.parametrize(("k", "equilibrium", "voltage"), TABLE)
def test_potassium_table(k: float, equilibrium: float, voltage: float) -> None:
    assert rp.nernst_mV(k, 155, 1) == pytest.approx(equilibrium, abs=0.06)
    assert rp.goldman_mV(k) == pytest.approx(voltage, abs=0.06)


@pytest.mark.parametrize(("ratio", "voltage"), [(0.02, -82.5), (0.005, -92.2)])
def test_more_permeable_to_sodium_is_less_negative(ratio: float, voltage: float) -> None:
    fibre = replace(rp.FIBRE, sodium_over_potassium=ratio)
    assert rp.goldman_mV(4.2, fibre=fibre) == pytest.approx(voltage, abs=0.06)


@given(POTASSIUM, st.floats(0.0, 50.0), st.floats(60.0, 150.0))
def test_settled_chloride_changes_nothing(k: float, chloride: float, outside: float) -> None:
    fibre = replace(rp.FIBRE, chloride_over_potassium=chloride)
    alone = float(rp.goldman_mV(k))
    inside = rp.settled_chloride_mM(alone, outside)
    assert rp.nernst_mV(outside, inside, -1) == pytest.approx(alone, abs=1e-9)
    held = rp.goldman_mV(k, chloride_mM=outside, chloride_in_mM=inside, fibre=fibre)
    assert held == pytest.approx(alone, abs=1e-9)


@pytest.mark.parametrize(
    ("k", "held", "settled"), [(2.5, -91.2, -98.1), (6.5, -85.3, -79.4), (10.0, -81.0, -69.7)]
)
def test_chloride_damps_a_sudden_change(k: float, held: float, settled: float) -> None:
    assert rp.rest(k, chloride_settled=False).voltage_mV == pytest.approx(held, abs=0.06)
    assert rp.rest(k).voltage_mV == pytest.approx(settled, abs=0.06)


@given(POTASSIUM, st.floats(110, 170), st.floats(80, 130))
def test_rest_lies_between_potassium_and_sodium(k: float, na: float, cl: float) -> None:
    rest = rp.rest(k, sodium_mM=na, chloride_mM=cl)
    assert rest.equilibrium_mV["potassium"] < rest.voltage_mV < rest.equilibrium_mV["sodium"]
    assert rest.equilibrium_mV["chloride"] == pytest.approx(rest.voltage_mV, abs=1e-9)


def test_more_potassium_outside_is_less_negative() -> None:
    assert np.all(np.diff(rp.goldman_mV(np.linspace(1, 20, 50))) > 0)


def test_magnesium_would_need_730_times_as_much_inside_to_rest() -> None:
    assert np.exp(2 * 88 / rp.thermal_mV()) == pytest.approx(730, rel=0.02)
    assert abs(rp.rest().equilibrium_mV["magnesium"]) < 1.2


def test_chord_is_a_weighted_mean() -> None:
    levels = {"potassium": -96.4, "chloride": -88.5, "sodium": 66.6}
    assert rp.chord_mV(levels, {"potassium": 1, "chloride": 0}) == -96.4
    # Rat diaphragm: 2.11 for chloride against 0.34 for the rest, about 0.86 of all.
    mean = rp.chord_mV(levels, {"chloride": 2.11, "potassium": 0.34})
    assert mean == pytest.approx(-88.5 - 7.9 * 0.34 / 2.45)
    with pytest.raises(ValueError, match="no conductance is above 0"):
        rp.chord_mV(levels, {"potassium": 0})
    with pytest.raises(ValueError, match=r"conductance\['sodium'\] is -1"):
        rp.chord_mV(levels, {"sodium": -1})


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"potassium_mM is .*: allowed is 0.1 to 200 mmol/L"):
        rp.goldman_mV(bad)
    with pytest.raises(ValueError, match=r"outside_mM is .*: allowed is 1e-09 to 1000 mmol/L"):
        rp.nernst_mV(bad, 1, 1)


def test_a_charge_that_no_ion_has_is_refused() -> None:
    with pytest.raises(ValueError, match="charge is 0: allowed are -2, -1, 1 and 2"):
        rp.nernst_mV(1, 1, 0)
