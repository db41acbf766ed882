"""The bistable motoneuron: its equations against SciPy's solver, and the table of its answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import exp, log

import numpy as np
import pytest
from scipy.integrate import odeint

from course_lib.physiology import motoneuron, motoneuron_table
from course_lib.physiology.motoneuron_table import AXES, answer

USUAL = dict(zip(AXES, (6.0, 4.0, 1.2, 1.0, 10.0), strict=True))
GRID_ms = 0.02  # on which spikes are looked for


def independent(
    current: Callable[[float], float],
    knots: list[float],
    *,
    shift: float = 0.0,
) -> np.ndarray:
    """Spike times in ms by LSODA, from the equations as the authors print them."""
    e_k = 26.54 * log(4 / 140)

    def sigma(x: float) -> float:
        return 1 / (1 + exp(-x))

    def right(t: float, y: np.ndarray) -> list[float]:
        v, ca, m, h, r, n, k = y.tolist()  # plain floats: NumPy's would take three times as long
        u = v - shift
        i_ca = 0.01 * m * h * (v - 80)
        dv = (
            current(t)
            - (100 * n**4 + sigma((u + 46) / 6.9) * k + 0.25 * ca / (ca + 0.2e-3)) * (v - e_k)
            - ca / (ca + 0.74e-3) * v
            - i_ca
            - 0.1 * (v + 80)
            - 120 * sigma((u + 35) / 7.8) ** 3 * r * (v - 55)
        )
        return [
            dv,
            -5e-6 * i_ca - ca / 250,
            (sigma((u + 27.5) / 5.7) - m) / 0.5,
            (sigma(-(u + 52.4) / 5.2) - h) / 18,
            (sigma(-(u + 55) / 7) - r) * (exp((u + 50) / 15) + exp(-(u + 50) / 16)) / 30,
            (sigma((u + 28) / 15) - n) * (exp((u + 40) / 40) + exp(-(u + 40) / 50)) / 7,
            (sigma(-(u + 54) / 7.1) - k)
            * (0.00015 * exp(-(u + 13) / 15) + 0.06 / (1 + exp(-(u + 68) / 12)))
            / (20 * 3.737),
        ]

    state, spikes = np.array([-80.0, 0, 0, 1, 1, 0, 1]), []
    for begin, end in pairwise(knots):
        # Each stretch has a clock of its own: SciPy 1.17's odeint can refuse to start before zero.
        clock = np.linspace(0, end - begin, round((end - begin) / GRID_ms) + 1)
        run = odeint(
            lambda t, y, begin=begin: right(begin + t, y),
            state, clock, rtol=1e-7, atol=1e-10, tfirst=True, mxstep=100_000,
        )  # fmt: skip
        state, v = run[-1], run[:, 0]
        up = np.flatnonzero((v[:-1] < 0) & (v[1:] >= 0))
        spikes.append(begin + clock[up] + GRID_ms * v[up] / (v[up] - v[up + 1]))
    return np.concatenate(spikes)


def test_fixed_steps_give_the_spikes_of_an_adaptive_solver() -> None:
    run = motoneuron.follow(motoneuron.start(), [0, 80], [15, 15], step_ms=0.01)
    expected = independent(lambda _: 15.0, [0, 80])
    assert expected.size > 8
    np.testing.assert_allclose(run.spikes_ms[0], expected, atol=0.02)


@pytest.mark.parametrize(
    ("setting", "on", "off"),
    [  # section 7b of the science pack; it gives no shift of exactly these sizes
        ({}, 10.21, 4.95),
        ({"can_mS_per_cm2": 0.0}, 10.70, 8.18),
        ({"potassium_mM": 3.0}, 12.34, 6.61),
        ({"potassium_mM": 6.0}, 7.03, 2.69),
        ({"potassium_mM": 8.0}, 4.84, 1.16),
    ],
)
def test_current_that_starts_and_that_ends_the_firing(
    setting: dict[str, float], on: float, off: float
) -> None:
    found = answer(**USUAL | setting)
    # The nearest spike is up to 60 ms away, and the current moves by 0.24 in that time.
    assert found.on_uA_per_cm2 == pytest.approx(on, abs=0.12)
    assert found.off_uA_per_cm2 == pytest.approx(off, abs=0.12)


@pytest.mark.parametrize(
    "setting", [{}, {"bias_uA_per_cm2": 5.0, "calcium_mM": 0.6, "inhibition_uA_per_cm2": 0.0}]
)
def test_table_holds_what_an_independent_solver_finds(setting: dict[str, float]) -> None:
    cell = USUAL | setting
    bias, inhibition = np.array(cell["bias_uA_per_cm2"]), np.array(cell["inhibition_uA_per_cm2"])
    before, first = motoneuron_table.push(bias)
    after, then = motoneuron_table.inhibit(bias, inhibition)
    time = before + after
    knots = np.array(first + then, dtype=float)
    jump = time.index(0.0) + 1  # the push begins at once: two knots at one time
    early, late = slice(None, jump), slice(jump, None)

    def current(t: float) -> float:
        part = early if t < 0 else late
        return float(np.interp(t, np.array(time)[part], knots[part]))

    shift = float(motoneuron_table.shifts_mV(np.array(cell["calcium_mM"])))
    spikes = independent(current, sorted(set(time)), shift=shift)
    expected = motoneuron_table.rate_Hz(spikes, motoneuron_table.TIME_ms)
    found = answer(**cell).rate_Hz
    calm = motoneuron_table.TIME_ms > motoneuron_table.FADED_ms
    np.testing.assert_array_equal(found > 0, expected > 0)
    np.testing.assert_allclose(found[calm], expected[calm], atol=0.01 * expected.max())


def test_a_push_leaves_it_firing_and_an_inhibition_ends_that() -> None:
    found = answer(**USUAL)
    assert found.mean_Hz(-400, 0) == 0
    # The pack prints 85 per second for a push that ends at once; one that fades leaves 80.
    assert found.mean_Hz(3000, 3500) == pytest.approx(80, abs=2)
    assert found.mean_Hz(4200, 5500) == 0


def test_potassium_and_calcium_decide_whether_less_drive_suffices() -> None:
    low = USUAL | {"bias_uA_per_cm2": 5.0}
    assert answer(**low).mean_Hz(3000, 3500) == 0
    assert answer(**low | {"potassium_mM": 6.0}).mean_Hz(3000, 3500) > 50
    assert answer(**low | {"calcium_mM": 0.6}).mean_Hz(3000, 3500) > 50
    for bias in np.arange(0.0, 7.0):
        silent = answer(**USUAL | {"bias_uA_per_cm2": bias, "potassium_mM": 3.0})
        assert silent.mean_Hz(3000, 3500) == 0


def test_gates_are_half_open_where_the_authors_say() -> None:
    assert motoneuron.gates(-35)["s"] == pytest.approx(0.5)
    assert motoneuron.gates(-54)["k"] == pytest.approx(0.5)
    assert motoneuron.gates(-40)["h"] == pytest.approx(1 / (1 + exp(12.4 / 5.2)))


@pytest.mark.parametrize(
    ("name", "value"), [("potassium_mM", 9.0), ("calcium_mM", 0.65), ("can_mS_per_cm2", -0.25)]
)
def test_a_setting_outside_the_table_is_named(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} is {value:g}.*allowed"):
        answer(**USUAL | {name: value})


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="potassium_mM is 0"):
        motoneuron.follow(motoneuron.start(), [0, 1], [0, 0], potassium_mM=0)
    with pytest.raises(ValueError, match="voltage_mV is 300"):
        motoneuron.gates(300)
