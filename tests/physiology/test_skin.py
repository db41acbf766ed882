"""Magnesium through skin: permeability, films, and the check of the pilot trial."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course_lib.physiology import skin
from course_lib.physiology.magnesium_body import absorbed

OIL = 79.13  # mg/mL, 31 % w/v


@pytest.mark.parametrize(
    ("log_kow", "g_per_mol", "kp"),
    [(-4, 24.3, 1.854e-6), (-3, 24.3, 9.51e-6), (-3, 132.4, 2.083e-6), (-4, 132.4, 4.06e-7),
     (-1.38, 18, 1.468e-4)],
)  # fmt: skip
def test_potts_guy(log_kow: float, g_per_mol: float, kp: float) -> None:
    assert skin.potts_guy_cm_per_h(log_kow, g_per_mol) == pytest.approx(kp, rel=1e-3)


def test_seconds_and_hours_are_not_mixed() -> None:
    assert math.log10(skin.SECONDS_PER_HOUR) + skin.SKIN.intercept == pytest.approx(
        -2.7437, abs=1e-4
    )


def test_an_ion_is_refused() -> None:
    with pytest.raises(ValueError, match=r"charge is \+2.*neutral"):
        skin.potts_guy_cm_per_h(-4, 24.3, charge=2)


def test_strength_of_the_oil() -> None:
    assert skin.magnesium_mg_per_mL(31) == pytest.approx(OIL, rel=1e-3)
    assert skin.magnesium_mg_per_mL(100 / 10) / 100 == pytest.approx(0.2553, abs=1e-4)


@pytest.mark.parametrize(
    ("kp", "area_cm2", "time_h", "mg", "within"),
    [(1.854e-6, 600, 1, 0.088, 5e-4), (1.854e-6, 1200, 8, 1.4, 0.05), (1e-5, 600, 1, 0.47, 5e-3),
     (1e-5, 1200, 8, 7.6, 0.05), (1e-3, 600, 1, 47, 0.5)],
)  # fmt: skip
def test_wet_patches_of_the_calf(
    kp: float, area_cm2: float, time_h: float, mg: float, within: float
) -> None:
    assert skin.wet_patch_mg(kp, OIL, area_cm2, time_h) == pytest.approx(mg, abs=within)


@pytest.mark.parametrize(("area_cm2", "time_h", "mg"), [(600, 1, 2.8), (1200, 8, 44.5)])
def test_flux_through_pig_skin(area_cm2: float, time_h: float, mg: float) -> None:
    assert skin.pig_mg(area_cm2, time_h) == pytest.approx(mg, abs=0.05)


def test_permeability_that_would_give_the_pigs_flux() -> None:
    assert skin.pig_mg(1, 1) / skin.magnesium_mg_per_mL(31) == pytest.approx(5.9e-5, abs=5e-7)


def test_a_film_is_what_the_equation_of_loss_says() -> None:
    kp, area_cm2, volume_mL = 3e-4, 600.0, 1.0
    left = solve_ivp(
        lambda _, c: -kp * area_cm2 / volume_mL * c, (0, 8), [OIL], rtol=1e-11, atol=1e-12
    ).y[0, -1]
    through = skin.film_mg(kp, OIL, volume_mL, area_cm2, 8)
    assert through + left * volume_mL == pytest.approx(OIL, rel=1e-9)


def test_a_thin_film_gives_its_dose_and_no_more() -> None:
    assert skin.film_mg(1e-3, OIL, 0.001, 600, 8) == pytest.approx(OIL, rel=1e-12)
    assert np.all(skin.film_mg(np.geomspace(1e-8, 1, 50), OIL, 1, 1200, 24) <= OIL)


def test_a_thick_film_is_a_wet_patch() -> None:
    film = skin.film_mg(1e-5, 1000 * OIL, 1000, 600, 1)
    assert film == pytest.approx(skin.wet_patch_mg(1e-5, OIL, 600, 1), rel=1e-5)


def test_more_of_anything_lets_more_through() -> None:
    more = np.geomspace(1, 100, 40)
    for amount in (
        skin.film_mg(1e-6 * more, OIL, 1, 600, 1),
        skin.film_mg(1e-6, OIL, 1, 10 * more, 1),
        skin.film_mg(1e-6, OIL, 1, 600, more),
        skin.wet_patch_mg(1e-6, more, 600, 1),
    ):
        assert np.all(np.diff(amount) > 0)
    assert np.all(np.diff(skin.film_mg(1e-4, OIL, more, 600, 1)) < 0)  # the same dose, diluted


def test_film_thickness() -> None:
    assert skin.film_um(1, 600) == pytest.approx(17, abs=0.5)


def test_permeability_for_an_amount_inverts_the_film() -> None:
    kp = skin.permeability_for_cm_per_h(30, OIL, 1, 600, 8)
    assert skin.film_mg(kp, OIL, 1, 600, 8) == pytest.approx(30, rel=1e-12)
    with pytest.raises(ValueError, match="less than"):
        skin.permeability_for_cm_per_h(80, OIL, 1, 600, 8)


def test_follicles_are_an_average_over_the_area() -> None:
    assert skin.through_follicles(1e-6, 1e-3, 0) == 1e-6
    assert skin.through_follicles(1e-6, 1e-3, 1) == 1e-3
    assert skin.through_follicles(1e-6, 1e-3, 0.001) == pytest.approx(1.999e-6, rel=1e-6)


def test_all_of_the_pilots_cream_would_raise_urine_by_half() -> None:
    expected = skin.if_absorbed(56)
    assert expected.urine_percent == pytest.approx(51, abs=1)
    assert expected.serum_mM == pytest.approx(0.057, abs=0.002)
    none = skin.if_absorbed(0)
    assert none.serum_mM == pytest.approx(0, abs=1e-12)
    assert none.urine_percent == pytest.approx(0, abs=1e-9)


def test_beside_a_tablet() -> None:
    assert absorbed(300) == pytest.approx(58, abs=0.5)  # top of the pack's 29 to 58 mg


@pytest.mark.parametrize("bad", [-1e-6, 2, math.nan])
def test_bad_permeability(bad: float) -> None:
    with pytest.raises(ValueError, match=r"kp_cm_per_h is .*allowed is 0 to 1 cm/h"):
        skin.film_mg(bad, OIL, 1, 600, 1)
