"""The squid axon against NEURON's own Hodgkin-Huxley mechanism."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from course_lib.physiology.hodgkin_huxley import SQUID, Stimulus, fire

DELAY_ms = 2.0


@pytest.fixture(scope="module")
def nrn() -> Any:
    """NEURON's interpreter; in CI it must be there."""
    os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
    if os.environ.get("CI"):
        from neuron import h  # noqa: PLC0415
    else:
        with warnings.catch_warnings():
            h = pytest.importorskip("neuron").h
    h.load_file("stdrun.hoc")
    return h


def spikes_of_neuron(h: Any, size_uA_per_cm2: float, duration_ms: float) -> NDArray[np.float64]:
    """Spike times of one compartment through 100 ms, by NEURON's adaptive solver."""
    cell = h.Section(name="axon")
    cell.L = cell.diam = 20.0
    cell.cm = SQUID.capacitance_uF_per_cm2
    cell.insert("hh")
    h.usetable_hh = 0  # its tables of rates, in steps of 1 mV, cost 0.3 ms in 100
    cell.ena, cell.ek = SQUID.e_sodium_mV, SQUID.e_potassium_mV
    for segment in cell:
        segment.hh.el = SQUID.e_leak_mV
    h.celsius = 6.3
    electrode = h.IClamp(cell(0.5))
    electrode.delay, electrode.dur = DELAY_ms, duration_ms
    # A current density of 1 uA/cm2 is 1e-5 nA for each um2 of membrane.
    electrode.amp = size_uA_per_cm2 * 1e-5 * cell(0.5).area()
    counter = h.NetCon(cell(0.5)._ref_v, None, sec=cell)
    counter.threshold = 0.0
    times = h.Vector()
    counter.record(times)
    solver = h.CVode()
    solver.active(True)
    solver.condition_order(2)  # interpolates the crossing
    solver.atol(1e-8)
    h.finitialize(-65.0)
    h.continuerun(100.0)
    solver.active(False)
    return np.array(times)


@pytest.mark.parametrize(
    ("size", "duration"),
    [(7.0, 98.0), (10.0, 98.0), (20.0, 98.0), (20.0, 0.5), (-10.0, 20.0), (2.0, 98.0)],
)
def test_spikes_fall_within_a_tenth_of_a_millisecond(
    nrn: Any, size: float, duration: float
) -> None:
    expected = spikes_of_neuron(nrn, size, duration)
    found = fire(Stimulus(size, DELAY_ms, duration), end_ms=100).spikes_ms
    assert found.size == expected.size
    np.testing.assert_allclose(found, expected, atol=0.1)


def test_neuron_fires_as_often_as_the_tests_think(nrn: Any) -> None:
    """Else two silent axons would agree."""
    assert spikes_of_neuron(nrn, 10.0, 98.0).size >= 6
    assert spikes_of_neuron(nrn, -10.0, 20.0).size == 1  # anode break
    assert spikes_of_neuron(nrn, 2.0, 98.0).size == 0
