"""The small artery: sites, latch, fourth power."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import vessel
from course_lib.physiology.vessel import ARTERY, Heads


def slope(k1: float, y: np.ndarray) -> list[float]:
    """The four equations as published, written out."""
    free, phosphorylated, both, latched = y
    k2, k3, k4, k5, k6, k7 = 0.5, 0.4, 0.1, 0.5, k1, 0.01
    return [
        -k1 * free + k2 * phosphorylated + k7 * latched,
        k1 * free + k4 * both - (k2 + k3) * phosphorylated,
        k3 * phosphorylated + k6 * latched - (k4 + k5) * both,
        k5 * both - (k6 + k7) * latched,
    ]


def as_list(heads: Heads) -> list[float]:
    return [heads.free, heads.phosphorylated, heads.attached_phosphorylated, heads.attached]


def test_steady_state_of_the_reference() -> None:
    heads = vessel.heads(0.3)
    assert heads.stress == pytest.approx(0.759375, abs=1e-9)
    assert heads.phosphorylation == pytest.approx(0.375, abs=1e-9)
    assert as_list(heads) == pytest.approx([0.15625, 0.084375, 0.290625, 0.46875], abs=1e-9)
    assert sum(as_list(heads)) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("k1", "stress"),
    [(0.05, 0.58182), (0.1, 0.67778), (0.2, 0.73766), (0.55, 0.77928), (1.0, 0.78954)],
)
def test_latch_plateau(k1: float, stress: float) -> None:
    heads = vessel.heads(k1)
    assert heads.stress == pytest.approx(stress, abs=1e-5)
    assert heads.phosphorylation == pytest.approx(k1 / (k1 + 0.5))
    assert slope(k1, np.array(as_list(heads))) == pytest.approx([0] * 4, abs=1e-12)


def test_course_of_a_contraction_ends_in_the_steady_state() -> None:
    """Phosphorylation peaks and falls while stress goes on rising, as published."""
    first = solve_ivp(lambda _, y: slope(0.55, y), (0, 5), [1, 0, 0, 0], rtol=1e-10, atol=1e-12)
    then = solve_ivp(
        lambda _, y: slope(0.3, y), (5, 2000), first.y[:, -1], rtol=1e-10, atol=1e-12,
        t_eval=[10, 30, 2000],
    )  # fmt: skip
    early = Heads(*first.y[:, -1])
    assert (early.phosphorylation, early.stress) == pytest.approx((0.52106, 0.45748), abs=1e-5)
    for k, (phosphorylation, stress) in enumerate([(0.37768, 0.61998), (0.375, 0.75026)]):
        heads = Heads(*then.y[:, k])
        assert heads.phosphorylation == pytest.approx(phosphorylation, abs=1e-5)
        assert heads.stress == pytest.approx(stress, abs=1e-5)
    assert then.y[:, -1] == pytest.approx(as_list(vessel.heads(0.3)), abs=1e-6)


def test_no_phosphorylation_no_stress() -> None:
    assert vessel.heads(0).stress == 0
    assert vessel.heads(1e-6).stress < 1e-3


@pytest.mark.parametrize(
    ("magnesium", "share", "digits"),
    [(0.55, 0.6937, 5e-5), (0.585, 0.690, 5e-4), (2.0, 0.578, 5e-4)],
)
def test_sites_held_by_calcium(magnesium: float, share: float, digits: float) -> None:
    assert float(vessel.sites(1.2, magnesium)) == pytest.approx(share, abs=digits)


def test_fourth_power() -> None:
    assert float(vessel.resistance(1.01)) == pytest.approx(0.960980, abs=1e-6)
    assert float(vessel.resistance(0.99)) == pytest.approx(1.04102, abs=1e-5)
    assert float(vessel.resistance(0.5)) == pytest.approx(16)
    assert float(vessel.resistance(1.00506)) == pytest.approx(0.98, abs=1e-4)


def test_more_magnesium_widens_and_less_narrows() -> None:
    tones = [vessel.tone(mg) for mg in (0.2, 0.55, 2, 6, 20)]
    radii = [t.radius for t in tones]
    assert radii == sorted(radii)
    assert tones[1].radius == pytest.approx(1)
    assert tones[1].resistance == pytest.approx(1)


def test_more_calcium_does_the_opposite() -> None:
    assert vessel.tone(0.55, calcium_mM=1.6).radius < 1 < vessel.tone(0.55, calcium_mM=0.9).radius


def test_by_mouth_the_sites_change_by_half_a_percent() -> None:
    change = vessel.tone(0.585).sites / vessel.tone(0.55).sites - 1
    assert change == pytest.approx(-0.005, abs=5e-4)
    assert abs(vessel.tone(0.585).resistance - 1) < 0.02  # less than the trials' pressures


@pytest.mark.parametrize("wrong", [-0.1, 21, float("nan")])
def test_bad_magnesium_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="magnesium_mM"):
        vessel.tone(wrong)


def test_bad_drive_is_refused() -> None:
    with pytest.raises(ValueError, match="drive_per_s is 9"):
        vessel.tone(1, drive_per_s=9)


def test_parameters_are_those_of_the_published_latch() -> None:
    assert ARTERY.k7_per_s == 0.01
