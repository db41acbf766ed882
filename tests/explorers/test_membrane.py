"""The explorers of the membrane: what is drawn, against the models and reference values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.explorers.action_potential import (
    THRESHOLDS,
    ActionPotentialScene,
    THRESHOLD_uA_per_cm2,
    action_potential,
    axon,
    threshold,
)
from course_lib.explorers.divalent_screen import (
    USUAL_REST,
    DivalentScreenScene,
    divalent_screen,
)
from course_lib.explorers.resting_potential import (
    RestingPotentialScene,
    resting_potential,
    standing,
)
from course_lib.physiology import hodgkin_huxley as squid
from course_lib.physiology import muscle_membrane as muscle
from course_lib.physiology import resting_potential as rest
from course_lib.physiology import surface_charge
from course_lib.ui import Explorer


def scene_of(explorer: Explorer[Any], kind: type[Any], **values: Any) -> Any:
    explorer.set(**values)
    scene = explorer.canvas.scene
    assert isinstance(scene, kind)
    return scene


@pytest.mark.parametrize(("k", "voltage"), [(2.5, -98.1), (4.2, -88.5), (6.5, -79.4)])
def test_rest_is_drawn_where_the_reference_has_it(k: float, voltage: float) -> None:
    scene = scene_of(resting_potential(), RestingPotentialScene, potassium_mM=k, sodium_mM=145.0)
    x, y = scene.point.get_xydata()[0]
    assert (x, y) == (k, pytest.approx(voltage, abs=0.06))
    assert (
        scene.voltage.get_ydata()[0]
        == y
        == pytest.approx(np.interp(k, *scene.line.get_data()), abs=0.05)
    )


def test_settled_chloride_sits_on_the_voltage_and_changes_nothing() -> None:
    explorer = resting_potential()
    before = explorer.result.rest.voltage_mV
    scene = scene_of(explorer, RestingPotentialScene, chloride_mM=130.0)
    assert explorer.result.rest.voltage_mV == before
    assert scene.levels["chloride"].get_ydata()[0] == pytest.approx(before)


def test_held_chloride_holds_the_voltage_back() -> None:
    explorer = resting_potential()
    usual = explorer.result.rest.voltage_mV
    moves = []
    for chloride in ("settled", "held"):
        explorer.set(potassium_mM=6.5, chloride=chloride)
        moves.append(explorer.result.rest.voltage_mV - usual)
    assert 0 < moves[1] < 0.5 * moves[0]


def test_dots_count_concentrations() -> None:
    scene = scene_of(resting_potential(), RestingPotentialScene)
    count = {place: len(spots.get_xdata()) for place, spots in scene.dots.items()}
    assert count["potassium", "in"] == 31
    assert count["potassium", "out"] == 1
    assert count["sodium", "out"] == 28


@pytest.mark.parametrize(
    ("ion", "value", "words"),
    [("potassium", 4.2, "normal"), ("potassium", 3.4, "low"), ("potassium", 2.4, "very low"),
     ("potassium", 6.6, "very high"), ("sodium", 150, "high"), ("chloride", 130, "high")],
)  # fmt: skip
def test_standing_of_a_plasma_value(ion: str, value: float, words: str) -> None:
    assert standing(ion, value) == words


@pytest.mark.parametrize("k", [2.5, 4.2, 5.5, 6.5, 7.25])
def test_threshold_of_the_muscle_fibre_is_the_models(k: float) -> None:
    found = muscle.threshold_uA_per_cm2(k)
    needed = threshold("muscle", k)
    assert found is not None
    assert needed is not None
    assert found == pytest.approx(needed / 100 * THRESHOLD_uA_per_cm2["muscle"], abs=0.3)


@pytest.mark.parametrize("k", [2.5, 4.2, 5.5, 6.5, 7.0])
def test_threshold_of_the_squid_axon_is_the_models(k: float) -> None:
    needed = threshold("squid", k)
    assert needed is not None
    for part, fires in ((0.99, False), (1.01, True)):
        size = part * needed / 100 * THRESHOLD_uA_per_cm2["squid"]
        spike = squid.fire(squid.Stimulus(size, 0.5, 0.5), end_ms=14, axon=axon(k))
        assert bool(spike.voltage_mV.max() > muscle.FIRES_mV) is fires


@pytest.mark.parametrize("membrane", ["muscle", "squid"])
def test_nothing_on_the_scale_fires_beyond_the_end_of_the_curve(membrane: str) -> None:
    explorer = action_potential()
    last = THRESHOLDS[membrane][-1][0]
    for k in (last + 0.3, 10.0):
        assert threshold(membrane, k) is None
        explorer.set(membrane=membrane, potassium_mM=k, percent=200.0)
        assert not explorer.result.fired


@pytest.mark.parametrize(
    ("k", "percent", "fires"),
    [(4.2, 95, False), (4.2, 105, True), (6.5, 80, True), (2.5, 120, False)],
)
def test_a_point_above_the_curve_fires(k: float, percent: float, fires: bool) -> None:
    scene = scene_of(
        action_potential(), ActionPotentialScene, potassium_mM=k, percent=float(percent)
    )
    assert scene.verdict.get_text() == ("fires" if fires else "does not fire")
    above = percent > np.interp(k, *scene.edge.get_data())
    assert above == fires


def test_channels_drawn_are_those_of_the_moment() -> None:
    explorer = action_potential()
    scene = scene_of(explorer, ActionPotentialScene, at_ms=0.0)
    assert len(scene.inflow.get_xdata()) == len(scene.outflow.get_xdata()) == 0
    assert len(scene.plugs.get_xdata()) == 2  # 21 % of nine
    scene_of(explorer, ActionPotentialScene, at_ms=1.2)
    assert len(scene.inflow.get_xdata()) == 3


def test_usual_rest_is_the_models() -> None:
    assert squid.resting() == pytest.approx(USUAL_REST, abs=1e-3)


@pytest.mark.parametrize(
    ("calcium", "magnesium", "behaviour"),
    [(1.2, 0.55, "stays silent"), (1.2, 0.25, "stays silent"), (0.5, 0.2, "fires by itself")],
)
def test_behaviour_of_the_nerve(calcium: float, magnesium: float, behaviour: str) -> None:
    explorer = divalent_screen()
    scene = scene_of(explorer, DivalentScreenScene, calcium_mM=calcium, magnesium_mM=magnesium)
    assert scene.words.get_text() == behaviour
    shift = float(surface_charge.shift_mV(calcium, magnesium))
    assert scene.mg_point.get_xydata()[0] == pytest.approx((magnesium, shift))
    assert scene.ca_point.get_xydata()[0] == pytest.approx((calcium, shift))


def test_low_magnesium_turns_a_nerve_that_is_nearly_driven_into_one_that_fires() -> None:
    explorer = divalent_screen()
    explorer.set(drive=95.0)
    assert explorer.result.rate_Hz == 0
    explorer.set(magnesium_mM=0.25)
    assert explorer.result.rate_Hz > 40


def test_equilibrium_of_magnesium_lies_at_zero() -> None:
    scene = scene_of(resting_potential(), RestingPotentialScene)
    level = scene.levels["magnesium"].get_ydata()[0]
    assert level == pytest.approx(rest.rest().equilibrium_mV["magnesium"])
    assert abs(level) < 1
