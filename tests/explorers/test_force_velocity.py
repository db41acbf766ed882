"""The load, its curves and its drawing, against Hill's equation written out here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from course_lib.explorers.force_velocity import (
    FASTEST_L0_per_s,
    ForceVelocityScene,
    force_velocity,
)
from course_lib.physiology import force_velocity as model
from course_lib.ui import Explorer

STATES = [(0.8, 0.25, 1.3), (0.0, 0.25, 1.3), (1.0, 0.4, 2.5), (0.31, 0.25, 1.3), (0.5, 0.1, 0.3)]


@dataclass
class Guess:
    """A locked prediction of the best load."""

    value: float | None
    label: str = "your prediction"
    at: None = None

    def on_change(self, callback: object) -> None:
        """Never changes."""


def at(
    load: float, a_over_F0: float = 0.25, vmax: float = 1.3
) -> tuple[Explorer[model.Lift], ForceVelocityScene]:
    explorer = force_velocity()
    explorer.set(load=load, a_over_F0=a_over_F0, vmax_L0_per_s=vmax)
    scene = explorer.canvas.scene
    assert isinstance(scene, ForceVelocityScene)
    return explorer, scene


def rows(explorer: Explorer[model.Lift]) -> dict[str, float | str]:
    return {row.label: row.value for row in explorer.reading}


@pytest.mark.parametrize(("load", "k", "vmax"), STATES)
def test_points_obey_hill(load: float, k: float, vmax: float) -> None:
    _, scene = at(load, k, vmax)
    (x, y), (also_x, power) = scene.point.get_xydata()[0], scene.power_point.get_xydata()[0]
    assert x == also_x == load
    # (F + a) (v + b) = (F0 + a) b with F0 = 1, a = k and b = k Vmax.
    assert (x + k) * (y + k * vmax) == pytest.approx((1 + k) * k * vmax)
    assert power == pytest.approx(100 * x * y / vmax)


@pytest.mark.parametrize(("load", "k", "vmax"), STATES)
def test_points_lie_on_the_drawn_curves(load: float, k: float, vmax: float) -> None:
    _, scene = at(load, k, vmax)
    for point, curve in ((scene.point, scene.curve), (scene.power_point, scene.power_curve)):
        x, y = point.get_xydata()[0]
        assert y == pytest.approx(np.interp(x, *curve.get_data()), abs=0.02)


def test_shaded_area_is_the_power() -> None:
    _, scene = at(0.4, 0.25, 2.0)
    area = scene.area.get_width() * scene.area.get_height()
    assert scene.power_point.get_ydata()[0] == pytest.approx(100 * area / 2.0)


def test_summit_is_the_highest_point_of_the_power_curve() -> None:
    _, scene = at(0.8, 0.4)
    x, y = scene.summit.get_xydata()[0]
    loads, powers = scene.power_curve.get_data()
    assert x == pytest.approx(loads[np.argmax(powers)], abs=loads[1])
    assert powers.max() <= y == pytest.approx(powers.max(), rel=1e-3)


def test_muscle_shortens_by_its_speed_and_keeps_its_volume() -> None:
    _, still = at(1.0)
    _, moving = at(0.0, vmax=3.0)

    def size(scene: ForceVelocityScene) -> tuple[float, float]:
        width, height = np.ptp(scene.muscle.get_xy(), axis=0)
        return width, height

    (w0, h0), (w1, h1) = size(still), size(moving)
    assert h1 / h0 == pytest.approx(1 - 0.1 * 3.0)  # a tenth of a second at 3 lengths/s
    assert w1**2 * h1 == pytest.approx(w0**2 * h0)


def test_block_follows_the_load_and_arrow_the_speed() -> None:
    def drawn(load: float, vmax: float = 1.3) -> tuple[float, float]:
        _, scene = at(load, vmax=vmax)
        return scene.block.get_width() ** 2, np.ptp(scene.arrow.get_xy()[:, 1])

    (half, _), (whole, none), (nothing, fast) = drawn(0.5), drawn(1.0), drawn(0.0)
    assert half / whole == pytest.approx(0.5)
    assert nothing == none == 0
    assert drawn(0.0, 2.6)[1] / fast == pytest.approx(2)


def test_everything_drawn_stays_inside_its_axes_when_fastest() -> None:
    _, scene = at(0.0, 0.6, 3.0)
    drawing = scene.muscle.axes
    assert drawing is not None
    assert scene.arrow.get_xy()[:, 1].max() < drawing.get_ylim()[1]
    assert max(scene.curve.get_ydata()) < scene.plot.get_ylim()[1]
    assert max(scene.power_curve.get_ydata()) < scene.power_plot.get_ylim()[1]


@pytest.mark.parametrize(
    ("words", "k", "vmax"),
    [("frog muscle, 0 °C", 0.25, 1.3), ("slow fibre", 0.15, 0.5), ("fast fibre", 0.4, 2.5)],
)
def test_presets_take_a_muscle_and_leave_the_load(words: str, k: float, vmax: float) -> None:
    explorer, _ = at(0.37, 0.6, 3.0)
    explorer.set(**explorer.presets[words])
    assert explorer.values == {"load": 0.37, "a_over_F0": k, "vmax_L0_per_s": vmax}


@pytest.mark.parametrize("k", [0.1, 0.25, 0.4, 0.6])
def test_the_slider_can_find_the_best_load_and_nothing_tells_it_before(k: float) -> None:
    steps = np.round(np.arange(0, 1.001, 0.01), 2)
    power = steps * k * (1 - steps) / (k + steps)
    best = float(steps[power.argmax()])
    for load, hint in (
        (best, "here"), (best + 0.1, "at a lighter load"), (best - 0.1, "at a heavier load")
    ):  # fmt: skip
        explorer, _ = at(load, k)
        assert rows(explorer)["highest power"] == hint
        assert hint in explorer.alt


def test_reading_at_the_best_load_of_frog_muscle() -> None:
    explorer, _ = at(0.31)
    found = rows(explorer)
    # u* = k (sqrt(1 + 1/k) - 1) = 0.309 and u*^2 = 0.0955 for k = 1/4.
    assert found["share of the highest speed"] == pytest.approx(30.9, abs=0.2)
    assert found["power"] == pytest.approx(9.55, abs=0.01)
    assert found["power, compared with its highest"] == 100


def test_prediction_is_a_line_at_that_load_in_both_panels() -> None:
    explorer = force_velocity(Guess(0.42))
    scene = explorer.canvas.scene
    assert isinstance(scene, ForceVelocityScene)
    for axes in (scene.plot, scene.power_plot):
        lines = [line for line in axes.lines if list(line.get_xdata()) == [0.42, 0.42]]
        assert len(lines) == 1
        assert lines[0].is_dashed()
    scene.show_prediction(Guess(0.2))
    for axes in (scene.plot, scene.power_plot):
        assert all(list(line.get_xdata()) != [0.42, 0.42] for line in axes.lines)


def test_no_prediction_draws_nothing() -> None:
    without, unlocked = force_velocity(), force_velocity(Guess(None))
    assert unlocked.frame == without.frame


def test_speed_axis_is_made_for_the_fastest_slider() -> None:
    explorer = force_velocity()
    assert explorer.controls["vmax_L0_per_s"].spec()["max"] == FASTEST_L0_per_s
