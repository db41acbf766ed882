"""Magnesium in the ROMK pore: the table of the block, its limits, and what secretion gains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.physiology import romk, sources
from tests.physiology.bad_input import NOT_A_QUANTITY

WEAK = romk.Pore(k0_mM=4.0)
MAGNESIUM = st.floats(0.05, 10)
VOLTAGE = st.floats(-100, 60)


@pytest.mark.parametrize(
    ("voltage_mV", "half_mM"), [(-60, 16.24), (-30, 8.06), (0, 4.00), (30, 1.985)]
)
def test_magnesium_for_half_block_at_four_voltages(voltage_mV: float, half_mM: float) -> None:
    assert romk.half_block_mM(voltage_mV, WEAK) == pytest.approx(half_mM, abs=0.005)


@pytest.mark.parametrize(
    ("mg_mM", "factors"),
    [(0.5, (1.400, 1.267, 1.160, 1.089)), (1.2, (0.824, 0.864, 0.906, 0.942))],
)
def test_secretion_for_four_strengths_of_the_block(
    mg_mM: float, factors: tuple[float, ...]
) -> None:
    for ki, factor in zip((0.5, 1, 2, 4), factors, strict=True):
        assert romk.relative_secretion(mg_mM, ki, 0.9) == pytest.approx(factor, abs=5e-4)


def test_the_default_pore_is_half_plugged_by_1_mM_in_a_cell_at_minus_30_mV() -> None:
    assert romk.half_block_mM(-30.0) == pytest.approx(1.0, abs=0.01)


def test_what_was_not_read_is_marked_assumed() -> None:
    status = {name: about.status for name, _, about in sources(romk)}
    assert {status[n] for n in ("k0_mM", "distance", "normal_mM")} == {"assumed"}


@given(VOLTAGE, MAGNESIUM, MAGNESIUM)
def test_more_magnesium_plugs_more_pores(voltage_mV: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert romk.open_share(more, voltage_mV) <= romk.open_share(less, voltage_mV)


@given(MAGNESIUM, VOLTAGE, VOLTAGE)
def test_a_more_positive_cell_drives_magnesium_into_the_pore(
    mg_mM: float, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    assert romk.open_share(mg_mM, more) <= romk.open_share(mg_mM, less)


def test_without_magnesium_every_pore_is_open_and_the_current_a_straight_line() -> None:
    voltage = np.linspace(-100, 60, 9)
    assert np.all(romk.open_share(0.0, voltage) == 1)
    np.testing.assert_allclose(np.diff(romk.current(voltage, 0.0, 10.0)), 20, rtol=1e-12)


@given(MAGNESIUM, st.floats(1, 110))
def test_nothing_flows_at_the_equilibrium_of_potassium(mg_mM: float, urine_mM: float) -> None:
    level = romk.reversal_mV(urine_mM)
    # Nernst at 25 °C, by hand: 8.314462618 x 298.15 / 96485.33212 = 25.6926 mV.
    assert level == pytest.approx(25.6926 * np.log(urine_mM / 130), rel=1e-5)
    assert romk.current(level, mg_mM, urine_mM) == pytest.approx(0, abs=1e-9)
    assert romk.current(level + 5, mg_mM, urine_mM) > 0 > romk.current(level - 5, mg_mM, urine_mM)


@given(MAGNESIUM, VOLTAGE, st.floats(1, 110))
def test_secretion_is_the_ratio_of_the_currents(
    mg_mM: float, voltage_mV: float, urine_mM: float
) -> None:
    state = romk.block(mg_mM, voltage_mV, urine_mM)
    normal = float(romk.current(voltage_mV, romk.PORE.normal_mM, urine_mM))
    assert state.current == pytest.approx(state.secretion * normal, rel=1e-9, abs=1e-12)
    assert state.open_share == romk.open_share(mg_mM, voltage_mV)


def test_removing_all_magnesium_can_do_no_more_than_open_the_plugged_pores() -> None:
    everything = romk.block(0.0)
    assert everything.secretion == pytest.approx(
        1 / float(romk.open_share(romk.PORE.normal_mM, -30.0)), rel=1e-12
    )


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"mg_mM is .*: allowed is 0 to 20 mmol/L"):
        romk.block(bad)
    with pytest.raises(ValueError, match=r"voltage_mV is .*: allowed is -150 to 150 mV"):
        romk.block(1.0, bad)
    with pytest.raises(ValueError, match=r"urine_potassium_mM is .*: allowed is 0.1 to 200"):
        romk.block(1.0, -30, bad)


@pytest.mark.parametrize("bad", [{"k0_mM": 0.0}, {"distance": 1.2}, {"normal_mM": -1.0}])
def test_a_pore_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(bad))} is .*: allowed is"):
        romk.Pore(**bad)


def test_secretion_refuses_a_block_without_strength() -> None:
    with pytest.raises(ValueError, match=r"half_block is 0: allowed is 0.01 to 1000 mmol/L"):
        romk.relative_secretion(0.5, 0.0)
