"""How much magnesium gets through intact skin: permeability, a wet patch, a finite dose.

A teaching model of this course. Steady flow through the stratum corneum, per area::

    J = Kp C                                  never runs dry (infinite dose)
    m = dose (1 - exp(-Kp A t / V))           a film of volume V on the area A (finite dose)

The second assumes that the film stays wet and well mixed; a film that dries lets less through.
Neither has a lag: both count from the first minute, and so give too much.

Permeability of a small neutral molecule, Potts and Guy 1992 (paper not read; the coefficients are
confirmed in public codes)::

    log10 Kp(cm/s) = -6.3 + 0.71 logKow - 0.0061 MW

An ion is outside its domain: :func:`potts_guy_cm_per_h` refuses a charge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.magnesium_balance import follow
from course_lib.physiology.magnesium_body import BODY, HEALTHY, MG_PER_MMOL, Person, absorbed
from course_lib.physiology.provenance import parameter

SECONDS_PER_HOUR = 3600.0
CHLORIDE_G_PER_MOL = MG_PER_MMOL + 2 * 35.453  # MgCl2


@dataclass(frozen=True)
class Skin:
    """Numbers of skin, oil and film."""

    intercept: float = parameter(
        -6.3, "1", "intercept of the Potts-Guy equation, Kp in cm/s", status="textbook",
        source="potts1992", species="human", temperature="about 32 °C (recalled)",
        note="paper not read; nine public codes agree",
    )  # fmt: skip
    per_log_kow: float = parameter(
        0.71, "1", "its slope with logKow", status="textbook", source="potts1992",
        species="human", note="paper not read; public codes agree",
    )  # fmt: skip
    per_dalton: float = parameter(
        -0.0061, "1/Da", "its slope with molar mass", status="textbook", source="potts1992",
        species="human", note="paper not read; public codes agree",
    )  # fmt: skip
    pig_flux_ug: float = parameter(
        4.64, "µg/cm²/h", "magnesium through untreated pig skin", status="published",
        source="ghimirey2020", species="pig", temperature="not seen",
        note="abstract: of magnesium sulfate; donor concentration not given, so no Kp follows; "
        "taken as µg of magnesium, the larger reading",
    )  # fmt: skip
    hazard_ceiling_cm_per_h: float = parameter(
        1e-3, "cm/h", "commonly quoted screening default for inorganic substances",
        status="assumed", note="no source read; a cautious ceiling for hazards, no estimate",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("pig_flux_ug", self.pig_flux_ug, 0, 1e4, "µg/cm²/h")


SKIN = Skin()
PARAMETERS = SKIN


def potts_guy_cm_per_h(
    log_kow: ArrayLike, g_per_mol: ArrayLike, *, charge: int = 0, skin: Skin = SKIN
) -> Floats:
    """Estimate the permeability of skin for a small neutral molecule.

    Parameters
    ----------
    log_kow
        Log10 of the octanol-water partition coefficient, -6 to 6; below about -3
        (recalled) the equation is stretched beyond the molecules it was fitted to.
    g_per_mol
        Molar mass, 18 to 750 g/mol.
    charge
        Charge of the particle, in units of the proton's.

    Returns
    -------
    Array of the common shape, in cm/h.

    Raises
    ------
    ValueError
        For a charge other than 0, and for values outside the ranges above.
    """
    if charge != 0:
        raise ValueError(
            f"charge is {charge:+d}: allowed is 0; the equation was fitted to neutral molecules "
            "and says nothing about an ion"
        )
    kow = within("log_kow", log_kow, -6, 6)
    mass = within("g_per_mol", g_per_mol, 18, 750, "g/mol")
    log_cm_per_s = skin.intercept + skin.per_log_kow * kow + skin.per_dalton * mass
    return np.asarray(SECONDS_PER_HOUR * 10**log_cm_per_s)


def magnesium_mg_per_mL(percent_w_per_v: ArrayLike) -> Floats:
    """Give the magnesium in a solution of MgCl2, 0 to 55 g of the salt in 100 mL."""
    salt = within("percent_w_per_v", percent_w_per_v, 0, 55, "%")
    return np.asarray(10 * salt * MG_PER_MMOL / CHLORIDE_G_PER_MOL)


def wet_patch_mg(
    kp_cm_per_h: ArrayLike, mg_per_mL: ArrayLike, area_cm2: ArrayLike, time_h: ArrayLike
) -> Floats:
    """Magnesium through skin under a solution that never dries or runs out, in mg.

    Permeability to 1 cm/h, concentration to 200 mg/mL, area to 20 000 cm2, time to 1000 h.
    """
    kp, area, time = _checked(kp_cm_per_h, area_cm2, time_h)
    return np.asarray(kp * area * time * within("mg_per_mL", mg_per_mL, 0, 200, "mg/mL"))


def film_mg(
    kp_cm_per_h: ArrayLike,
    dose_mg: ArrayLike,
    volume_mL: ArrayLike,
    area_cm2: ArrayLike,
    time_h: ArrayLike,
) -> Floats:
    """Magnesium through skin under a film of a given volume, in mg: never more than the dose.

    The film stays wet and mixed, so this is an upper bound for one that dries.

    Raises
    ------
    ValueError
        For a volume outside 1e-6 to 1000 mL, a dose above 1e5 mg, and as :func:`wet_patch_mg`.
    """
    kp, area, time = _checked(kp_cm_per_h, area_cm2, time_h)
    volume = within("volume_mL", volume_mL, 1e-6, 1000, "mL")
    dose = within("dose_mg", dose_mg, 0, 1e5, "mg")
    return np.asarray(-dose * np.expm1(-kp * area * time / volume))


def film_um(volume_mL: ArrayLike, area_cm2: ArrayLike) -> Floats:
    """Thickness of a film, in µm, of at most 1000 mL on 1 to 20 000 cm2."""
    volume = within("volume_mL", volume_mL, 0, 1000, "mL")
    return np.asarray(1e4 * volume / within("area_cm2", area_cm2, 1, 20_000, "cm²"))


def pig_mg(area_cm2: ArrayLike, time_h: ArrayLike, skin: Skin = SKIN) -> Floats:
    """Magnesium at the flux measured through pig skin, in mg."""
    _, area, time = _checked(0.0, area_cm2, time_h)
    return np.asarray(skin.pig_flux_ug / 1000 * area * time)


def through_follicles(kp_cm_per_h: float, follicles_cm_per_h: float, share: float) -> float:
    """Mean permeability of skin of which a share is the openings of hair follicles.

    Parameters
    ----------
    share
        Of the area, 0 to 1; recalled is about 0.001.

    Raises
    ------
    ValueError
        For values outside their ranges.
    """
    between = one_within("kp_cm_per_h", kp_cm_per_h, 0, 1, "cm/h")
    within_them = one_within("follicles_cm_per_h", follicles_cm_per_h, 0, 1000, "cm/h")
    part = one_within("share", share, 0, 1)
    return (1 - part) * between + part * within_them


def permeability_for_cm_per_h(
    absorbed_mg: float, dose_mg: float, volume_mL: float, area_cm2: float, time_h: float
) -> float:
    """Permeability at which a film gives an amount: the inverse of :func:`film_mg`.

    Raises
    ------
    ValueError
        For an amount that is not below the dose.
    """
    if not 0 <= absorbed_mg < dose_mg:
        raise ValueError(f"absorbed_mg is {absorbed_mg:g}: allowed is 0 to less than {dose_mg:g}")
    return -math.log1p(-absorbed_mg / dose_mg) * volume_mL / (area_cm2 * time_h)


@dataclass(frozen=True)
class Trial:
    """What a balance of the body expects after some days of magnesium through the skin.

    Attributes
    ----------
    serum_mM, urine_percent
        Differences from the same person without it.
    """

    serum_mM: float
    urine_percent: float


def if_absorbed(mg_per_d: float, days: float = 14.0, person: Person = HEALTHY) -> Trial:
    """Expect serum and urine if an amount a day, 0 to 300 mg, really got through the skin.

    The body's balance (:mod:`course_lib.physiology.magnesium_balance`) knows only meals. So the
    meals are enlarged until the gut takes up that much more.

    Raises
    ------
    ValueError
        For an amount or a time out of range.
    """
    extra = one_within("mg_per_d", mg_per_d, 0, 300, "mg/d")
    times_d = np.linspace(0, one_within("days", days, 1, 365, "d"), 57)
    dose = person.intake_mg_per_d / person.doses_per_day
    target = float(absorbed(dose, person.uptake)) + extra / person.doses_per_day
    # absorbed(d) = target is a quadratic in d
    slope, half = BODY.linear_share, BODY.km_mg
    b = person.uptake * BODY.vmax_mg + slope * half - target
    enlarged = (-b + math.sqrt(b**2 + 4 * slope * half * target)) / (2 * slope)
    usual = follow(person, times_d)
    with_cream = follow(replace(person, intake_mg_per_d=enlarged * person.doses_per_day), times_d)
    before, after = float(usual.urine_mg_per_d[-1]), float(with_cream.urine_mg_per_d[-1])
    return Trial(float(with_cream.plasma_mM[-1] - usual.plasma_mM[-1]), 100 * (after / before - 1))


def _checked(
    kp_cm_per_h: ArrayLike, area_cm2: ArrayLike, time_h: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    return (
        within("kp_cm_per_h", kp_cm_per_h, 0, 1, "cm/h"),
        within("area_cm2", area_cm2, 0, 20_000, "cm²"),
        within("time_h", time_h, 0, 1000, "h"),
    )
