"""Where a body keeps its magnesium, what the gut takes up and what the kidney lets go.

A teaching model of this course. Absorption (mg for each meal) and urine (mmol/d) are::

    absorbed(d) = Vm d / (Km + d) + 0.07 d
    U(C) = G [fe C + s ln(1 + exp((C - CT)/s))]

Absorption: Fine et al. 1991, doi:10.1172/JCI115317 (abstract; Vm and Km are reconstructed).
Stores: Avioli & Berman 1966 (abstract).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
MG_PER_MMOL = 24.305


@dataclass(frozen=True)
class Body:
    """A healthy adult's magnesium (teaching model)."""

    volume_L: float = parameter(
        11.5, "L", "fluid outside cells in which magnesium spreads", status="assumed",
        note="chosen so that this fluid holds 1 % of the body's magnesium",
    )  # fmt: skip
    normal_mM: float = parameter(
        0.85, "mmol/L", "plasma level at the start, C0", status="derived", source="iom1997",
        species="human", note="middle of the range 0.75 to 0.95",
    )  # fmt: skip
    cells_mmol: float = parameter(
        114.125, "mmol", "in cells, exchanging within days", status="derived", source="avioli1966",
        species="human", note="exchangeable 3.54 mEq/kg for 70 kg, less the fluid outside cells",
    )  # fmt: skip
    bone_mmol: float = parameter(
        864.1, "mmol", "in bone and other slow stores", status="derived", source="avioli1966",
        species="human", note="the rest of a body total of 24 g",
    )  # fmt: skip
    bone_return_per_d: float = parameter(
        math.log(2) / 1000, "1/d", "return from the slow stores, kSE", status="derived",
        source="avioli1966", species="human", note="half-life about 1000 days; abstract",
    )  # fmt: skip
    cell_uptake_per_d: float = parameter(4.0, "1/d", "uptake by cells, kEI", status="assumed")
    gut_per_d: float = parameter(
        7.2, "1/d", "passage from gut to plasma of what will be absorbed, kg", status="assumed"
    )
    vmax_mg: float = parameter(
        41.8, "mg", "most that the saturable path takes from a meal, Vm", status="fitted",
        source="fine1991", species="human",
        note="reconstructed from the abstract: 65 % absorbed at the lowest, 11 % at the highest",
    )  # fmt: skip
    km_mg: float = parameter(
        35.6, "mg", "dose at which that path is half full, Km", status="fitted",
        source="fine1991", species="human", note="reconstructed with Vm from 65 % and 11 %",
    )  # fmt: skip
    linear_share: float = parameter(
        0.07, "1", "share of any dose absorbed besides", status="published", source="fine1991",
        species="human", note="abstract read",
    )  # fmt: skip
    filtered_L_per_d: float = parameter(
        126.0, "L/d", "plasma water filtered by two healthy kidneys, G", status="assumed",
        note="180 L/d of which 70 % of the magnesium can pass: recalled figures",
    )  # fmt: skip
    least_excreted: float = parameter(
        0.005, "1", "share of the filtered magnesium that is lost at least, fe", status="assumed"
    )
    threshold_mM: float = parameter(
        0.9745, "mmol/L", "plasma level above which urine takes the surplus, CT", status="fitted",
        source="zhang2016", note="with the spread: +0.05 mmol/L on 368 mg/d more, balance on 300",
    )  # fmt: skip
    spread_mM: float = parameter(
        0.1045, "mmol/L", "softness of that threshold, s", status="fitted",
        source="zhang2016", note="with the threshold: +0.05 mmol/L on 368 mg/d more",
    )  # fmt: skip
    other_losses_mg_per_d: float = parameter(
        15.0, "mg/d", "lost by other ways at the normal level, L", status="assumed"
    )

    def __post_init__(self) -> None:
        for name in ("volume_L", "normal_mM", "cells_mmol", "bone_mmol", "spread_mM", "km_mg"):
            one_within(name, getattr(self, name), 1e-3, 1e5)
        for name in ("bone_return_per_d", "cell_uptake_per_d", "gut_per_d", "vmax_mg"):
            one_within(name, getattr(self, name), 0, 1e3)

    @property
    def outside_mmol(self) -> float:
        """Magnesium outside cells at the normal level."""
        return self.volume_L * self.normal_mM

    @property
    def total_mmol(self) -> float:
        """Magnesium of the whole body at the start."""
        return self.outside_mmol + self.cells_mmol + self.bone_mmol


BODY = Body()
PARAMETERS = BODY


@dataclass(frozen=True)
class Person:
    """What a person eats, loses and takes.

    Attributes
    ----------
    doses_per_day
        Equal meals at equal distances from 7 to 19 h; a single one at 13 h.
    kidney_function
        Filtration as a share of the healthy one.
    threshold_shift_mM
        Shift of the kidney's threshold; below 0 the kidney wastes magnesium (a thiazide).
    uptake
        Saturable absorption as a share of the healthy one.
    extra_losses_mg_per_d
        Lost besides (sweat, bowel) at the normal plasma level; falls with plasma.

    Raises
    ------
    ValueError
        For a value outside the range of the model.
    """

    intake_mg_per_d: float = 300.0
    doses_per_day: int = 3
    kidney_function: float = 1.0
    threshold_shift_mM: float = 0.0
    uptake: float = 1.0
    extra_losses_mg_per_d: float = 0.0

    def __post_init__(self) -> None:
        one_within("intake_mg_per_d", self.intake_mg_per_d, 0, 3000, "mg/d")
        one_within("doses_per_day", self.doses_per_day, 1, 12)
        one_within("kidney_function", self.kidney_function, 0.05, 1.5)
        one_within("threshold_shift_mM", self.threshold_shift_mM, -0.6, 0.6, "mmol/L")
        one_within("uptake", self.uptake, 0, 2)
        one_within("extra_losses_mg_per_d", self.extra_losses_mg_per_d, 0, 300, "mg/d")
        if self.doses_per_day != int(self.doses_per_day):
            raise ValueError(f"doses_per_day is {self.doses_per_day:g}: allowed is 1 to 12, whole")

    @property
    def meal_hours(self) -> Array:
        """Times of the meals, in hours from midnight."""
        return (
            np.linspace(7, 19, self.doses_per_day) if self.doses_per_day > 1 else np.array([13.0])
        )


HEALTHY = Person()


def absorbed(dose_mg: ArrayLike, uptake: float = 1.0, body: Body = BODY) -> Array:
    """Magnesium taken up from one meal, in mg, of a dose of 0 to 5000 mg."""
    d = within("dose_mg", dose_mg, 0, 5000, "mg")
    return np.asarray(uptake * body.vmax_mg * d / (body.km_mg + d) + body.linear_share * d)


def urine(plasma_mM: ArrayLike, person: Person = HEALTHY, body: Body = BODY) -> Array:
    """Magnesium in the urine, in mmol/d, at a plasma level of 0 to 20 mmol/L."""
    return urine_mmol_per_d(within("plasma_mM", plasma_mM, 0, 20, "mmol/L"), person, body)


def fractional_excretion(
    plasma_mM: ArrayLike, person: Person = HEALTHY, body: Body = BODY
) -> Array:
    """Share of the filtered magnesium that is lost with the urine."""
    plasma = within("plasma_mM", plasma_mM, 1e-6, 20, "mmol/L")
    filtered = person.kidney_function * body.filtered_L_per_d * plasma
    return np.asarray(urine_mmol_per_d(plasma, person, body) / filtered)


def urine_mmol_per_d(plasma_mM: Array, person: Person, body: Body) -> Array:
    """Give the urine as :func:`urine` does, without checks: for solvers."""
    over = (plasma_mM - body.threshold_mM - person.threshold_shift_mM) / body.spread_mM
    filtered = person.kidney_function * body.filtered_L_per_d
    spill = body.spread_mM * np.logaddexp(0, over)
    return np.asarray(filtered * (body.least_excreted * plasma_mM + spill))
