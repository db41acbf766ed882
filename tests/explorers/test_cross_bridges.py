"""The heads, their profile and the two curves, against numbers found in other ways."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from course_lib.explorers.cross_bridges import (
    HEADS,
    CrossBridgesScene,
    FASTEST_L_per_s,
    cross_bridges,
)
from course_lib.physiology import cross_bridges as model
from course_lib.ui import Explorer

SPEEDS = [0.0, 0.05, 0.2, 0.5, 1.0]


def at(**values: float) -> tuple[Explorer[model.CrossBridges], CrossBridgesScene]:
    explorer = cross_bridges()
    explorer.set(**values)
    scene = explorer.canvas.scene
    assert isinstance(scene, CrossBridgesScene)
    return explorer, scene


def rows(explorer: Explorer[model.CrossBridges]) -> dict[str, float | str]:
    return {row.label: row.value for row in explorer.reading}


def area(outline: np.ndarray) -> float:
    """Area of a polygon, by the shoelace formula."""
    x, y = np.asarray(outline).T
    return abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2


@pytest.mark.parametrize(
    ("u", "force", "fuel"),
    [(0.0, 1.0, 1.0), (0.1, 0.6279, 2.59), (0.2, 0.4142, 3.47), (0.5, 0.1618, 4.41)],
)
def test_points_of_frog_muscle(u: float, force: float, fuel: float) -> None:
    _, scene = at(relative_speed=u)
    assert scene.point.get_xydata()[0] == pytest.approx([u, force], abs=1e-4)
    assert scene.fuel_point.get_xydata()[0] == pytest.approx([u, fuel], abs=5e-3)
    assert list(scene.fuel_bar.get_ydata()) == pytest.approx([1, fuel], abs=5e-3)


@pytest.mark.parametrize("u", SPEEDS)
@pytest.mark.parametrize("g2", [50.0, 209.0, 800.0])
def test_points_lie_on_the_drawn_curves(u: float, g2: float) -> None:
    _, scene = at(relative_speed=u, g2_per_s=g2)
    for point, curve in ((scene.point, scene.curve), (scene.fuel_point, scene.fuel_curve)):
        x, y = point.get_xydata()[0]
        assert y == pytest.approx(np.interp(x, *curve.get_data()), rel=0.02, abs=1e-6)


@pytest.mark.parametrize("u", SPEEDS)
def test_filled_areas_are_the_shares(u: float) -> None:
    explorer, scene = at(relative_speed=u)
    result, h = explorer.result, explorer.result.constants.h_nm
    assert area(scene.pull_area.get_xy()) / h == pytest.approx(result.pulling_share, rel=5e-3)
    if u:  # at the highest speed a tail of 4 % lies left of the axis
        drawn = area(scene.brake_area.get_xy()) / h
        assert 0.93 < drawn / result.braking_share < 1.02
    assert scene.brake_area.get_visible() == (u > 0)
    assert scene.brake_area.get_hatch()  # colour is not the only sign
    assert not scene.pull_area.get_hatch()


@pytest.mark.parametrize("u", SPEEDS)
def test_as_many_heads_as_the_shares_say(u: float) -> None:
    explorer, scene = at(relative_speed=u)
    pulling, braking, free = (
        len(rods.get_segments()) for rods in (scene.pulling, scene.braking, scene.free)
    )
    assert pulling + braking + free == HEADS
    assert pulling == pytest.approx(HEADS * explorer.result.pulling_share, abs=0.51)
    assert braking == pytest.approx(HEADS * explorer.result.braking_share, abs=1.01)
    assert len(scene.pulling_tips.get_xdata()) == pulling
    assert len(scene.braking_tips.get_xdata()) == braking


def test_heads_lean_by_their_distance() -> None:
    _, scene = at(relative_speed=0.2)
    pull, brake = (
        np.array([s[1, 0] - s[0, 0] for s in rods.get_segments()])
        for rods in (scene.pulling, scene.braking)
    )
    assert ((pull > 0) & (pull < 15.6)).all()
    assert ((brake < 0) & (brake > -23.4)).all()
    x, n = np.linspace(0, 15.6, 500), model.attached(np.linspace(0, 15.6, 500), 0.2 * model.vmax())
    assert pull.mean() == pytest.approx((x * n).sum() / n.sum(), rel=0.03)


def test_each_head_is_drawn_once() -> None:
    _, scene = at(relative_speed=0.5)
    feet = [
        tuple(s[0])
        for rods in (scene.pulling, scene.braking, scene.free)
        for s in rods.get_segments()
    ]
    assert len(set(feet)) == HEADS


def test_attached_heads_never_exceed_the_heads_within_reach() -> None:
    explorer = cross_bridges()
    rates = [
        (c.spec()["min"], c.spec()["max"])
        for name, c in explorer.controls.items() if name != "relative_speed"
    ]  # fmt: skip
    for f1, g1, g2 in itertools.product(*rates):
        for u in np.linspace(0, 1, 21):
            found = model.cross_bridges(float(u), model.Huxley(f1, g1, g2))
            assert found.attached_share <= 1, (u, f1, g1, g2)
            assert found.vmax_L_per_s <= FASTEST_L_per_s
            assert 1 <= found.fuel + 1e-9 < 60  # below the words over the fuel curve


def test_arrow_follows_the_speed() -> None:
    def length(u: float) -> float:
        _, scene = at(relative_speed=u)
        return float(np.ptp(scene.arrow.get_xy()[:, 0]))

    assert length(0.0) == 0
    assert length(1.0) / length(0.5) == pytest.approx(2)


def test_presets() -> None:
    explorer, _ = at(relative_speed=0.7)
    explorer.set(**explorer.presets["holding still"])
    assert rows(explorer)["force"] == "1.00"
    assert rows(explorer)["heads that brake"] == 0
    explorer.set(**explorer.presets["a fifth of the highest speed"])
    assert rows(explorer)["fuel (ATP) relative to holding still"] == 3.47
    explorer.set(**explorer.presets["highest speed"])
    assert rows(explorer)["force"] == "0.00"
    assert explorer.result.attached_share == pytest.approx(0.21, abs=0.01)
    fast = explorer.result.vmax_L_per_s
    explorer.set(**explorer.presets["little ATP (a teaching choice)"])
    assert explorer.values == {
        "relative_speed": 1.0, "f1_per_s": 43.3, "g1_per_s": 2.0, "g2_per_s": 50.0
    }  # fmt: skip
    assert explorer.result.vmax_L_per_s < fast / 3
    explorer.set(**explorer.presets["frog muscle, 0 °C, half speed"])
    assert explorer.values == {
        "relative_speed": 0.5, "f1_per_s": 43.3, "g1_per_s": 10.0, "g2_per_s": 209.0
    }  # fmt: skip


def test_hill_is_drawn_dashed_for_a_curvature_of_a_quarter() -> None:
    _, scene = at()
    (dashed,) = (
        line for line in scene.point.axes.lines if line.is_dashed() and line.get_lw() < 1.2
    )
    u, force = dashed.get_data()
    assert force == pytest.approx((1 - u) / (1 + 4 * u))
