"""What the pictures of notebook 08 draw and say, against their models."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.explorers.nmda_block import MOMENTS, VOLTS, MAGNESIUM_mM, nmda_block
from course_lib.explorers.wind_up import MOST_SPIKES, MOST_TOTAL, totals, wind_up
from course_lib.explorers.wind_up import MAGNESIUM_mM as AT_mM
from course_lib.physiology import nmda
from course_lib.physiology import wind_up as model
from course_lib.ui import Explorer


def row(explorer: Explorer[Any], start: str) -> str:
    (found,) = (r for r in explorer.reading if r.label.startswith(start))
    return str(found.value).replace("\u2212", "-")


STATES: list[dict[str, Any]] = [
    {"mg_mM": 0.3}, {"voltage_mV": -20.0}, {"mg_mM": 0.0, "voltage_mV": -60.0},
    {"voltage_mV": 40.0, "mg_mM": 3.0},
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_both_points_lie_on_their_curves(state: dict[str, Any]) -> None:
    explorer = nmda_block()
    explorer.set(**state)
    scene: Any = explorer.canvas.scene
    ((x, y),) = scene.point.get_xydata()
    assert np.interp(x, MAGNESIUM_mM, scene.curve.get_ydata()) == pytest.approx(y, abs=0.5)
    ((volts, current),) = scene.on_line.get_xydata()
    assert np.interp(volts, VOLTS, scene.line.get_ydata()) == pytest.approx(current, abs=1e-3)
    assert current == pytest.approx(float(nmda.current(volts, x)) / 65)


@pytest.mark.parametrize("state", STATES)
def test_the_trace_is_on_its_line_for_the_plugged_share_of_moments(state: dict[str, Any]) -> None:
    explorer = nmda_block()
    explorer.set(**state)
    scene: Any = explorer.canvas.scene
    plugged = np.mean(np.asarray(scene.trace.get_ydata()) == 0)
    assert plugged == pytest.approx(explorer.result.pore.plugged, abs=1 / len(MOMENTS))


def test_without_glutamate_no_current_flows() -> None:
    explorer = nmda_block()
    explorer.set(glutamate=False, mg_mM=0.0)
    scene: Any = explorer.canvas.scene
    assert explorer.result.current == 0
    assert np.ptp(scene.trace.get_ydata()) == 0
    assert scene.gate.get_visible()
    assert not scene.bound.get_visible()


def test_the_block_by_mouth_beside_drip_and_laboratory() -> None:
    explorer = nmda_block()
    assert float(row(explorer, "current at the top of by mouth")) == 0
    assert float(row(explorer, "current if magnesium did rise")) == pytest.approx(-4.4, abs=0.05)
    assert float(row(explorer, "current after a drip")) == pytest.approx(-14.8, abs=0.05)
    assert float(row(explorer, "current in a dish")) == pytest.approx(-72, abs=0.5)


@pytest.mark.parametrize(
    "state", [{}, {"mg_mM": 3.0}, {"frequency_Hz": 0.1}, {"mg_mM": 0.0, "frequency_Hz": 2.0}]
)
def test_spikes_drawn_are_the_answer(state: dict[str, Any]) -> None:
    explorer = wind_up()
    explorer.set(**state)
    values = explorer.values
    answer = model.wind_up(float(values["frequency_Hz"]), float(values["mg_mM"]))
    drawn: Any = explorer.canvas.scene
    assert drawn.spikes.get_ydata().tolist() == [min(n, MOST_SPIKES) for n in answer.counts]
    assert len(drawn.train.get_ydata()) == min(answer.counts[-1], MOST_SPIKES)
    assert drawn.count.get_text() == str(answer.counts[-1])
    assert int(row(explorer, "spikes in all")) == answer.total


def test_the_point_lies_on_the_grey_curve_at_one_per_second() -> None:
    explorer = wind_up()
    for magnesium in (0.2, 0.8, 2.0):
        explorer.set(mg_mM=magnesium)
        scene: Any = explorer.canvas.scene
        ((x, y),) = scene.point.get_xydata()
        assert y == np.interp(x, AT_mM, totals())


def test_more_spikes_than_the_scale_has_are_marked() -> None:
    explorer = wind_up()
    scene: Any = explorer.canvas.scene
    assert scene.point.get_marker() == "D"
    explorer.set(frequency_Hz=2.0, mg_mM=0.0)
    assert explorer.result.answer.total > MOST_TOTAL
    assert scene.point.get_marker() == "^"


def test_wind_up_by_mouth_beside_the_laboratory() -> None:
    explorer = wind_up()
    explorer.set(mg_mM=0.0)
    assert int(row(explorer, "in all at the top of by mouth")) == 88
    assert int(row(explorer, "in all in a dish")) == model.wind_up(1.0, 3.0).total < 50
