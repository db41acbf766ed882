"""From what a person loses to the threshold of a cramp: the course's models in one row.

A teaching model of this course. Its links are models that stand elsewhere, each fed by the one
before::

    loss          sweat, or diet and kidney in ``magnesium_balance``
    plasma        the presets of ``cases``, and what is given
    rest          ``resting_potential``, of a muscle fibre, by potassium and sodium
    shift         ``surface_charge``, of the gates of a nerve, by calcium and magnesium
    motoneuron    ``motoneuron``: the current that makes it fire, at that shift
    threshold     ``cramp_loop`` and ``cramp``, by the shift, by fatigue and by position

Potassium ends at the fibre: how far it moves a cramp threshold was not found measured. Fluid moves
nothing here at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from course_lib.physiology.cases import CASES, HEALTHY, Case
from course_lib.physiology.checks import one_within
from course_lib.physiology.cramp import Episode, Stretch, stimulate, threshold_Hz
from course_lib.physiology.cramp_loop import (
    CONTRACTION_Hz,
    CONTRACTION_s,
    STRETCH_AT_s,
    STRETCH_FOR_s,
    drives,
)
from course_lib.physiology.magnesium_balance import BODY, Person, absorbed, follow
from course_lib.physiology.motoneuron_onset import onset_uA_per_cm2
from course_lib.physiology.provenance import parameter
from course_lib.physiology.resting_potential import goldman_mV
from course_lib.physiology.surface_charge import shift_mV

GIVEN = ("nothing", "mouth", "vein", "skin", "stretch")
IONS = ("sodium", "potassium", "calcium", "magnesium")
FOLLOWED_s, STEP_s = 45.0, 0.05


@dataclass(frozen=True)
class Treatment:
    """What is given, and how far it reaches."""

    mouth_mg_per_d: float = parameter(
        368.0, "mg/d", "magnesium by mouth", status="published", source="zhang2016",
        species="human", note="median dose of 34 trials; read in the abstract",
    )  # fmt: skip
    mouth_time_d: float = parameter(
        90.0, "d", "for how long", status="published", source="zhang2016", species="human",
        note="median of 3 months; read in the abstract",
    )  # fmt: skip
    ionised_share: float = parameter(
        0.55, "1", "share of magnesium in plasma that is ionised", status="assumed",
        note="as in the bands of the course: by fractionation; 0.66 by electrode",
    )  # fmt: skip
    vein_mM: float = parameter(
        0.31, "mmol/L", "rise of ionised magnesium by an infusion", status="derived",
        source="brewer2001", species="human", note="5 g magnesium sulphate: 0.58 to 0.89; abstract",
    )  # fmt: skip
    skin_mg_per_d: float = parameter(
        10.0, "mg/d", "magnesium that reaches blood through the skin, at most", status="assumed",
        note="estimates run from 0.1 to 10; the one controlled trial could show no rise",
    )  # fmt: skip
    stretch: float = parameter(
        15.0, "1", "how strongly a stretch excites the tendon organs, in units of the drive",
        status="assumed", note="as in notebook 04",
    )  # fmt: skip


TREATMENT = Treatment()
PARAMETERS = TREATMENT


@dataclass(frozen=True)
class Chain:
    """One person's chain; ``plasma_mM`` by ion, ``drive`` by what it is made of."""

    person: str
    given: str
    severity: float
    lost_mmol: float
    fluid_L: float
    plasma_mM: dict[str, float]
    rest_mV: float
    shift_mV: float
    onset_uA_per_cm2: float
    drive: dict[str, float]
    threshold_Hz: float

    @property
    def lost_percent(self) -> float:
        """Loss as a share of the body's magnesium."""
        return 100 * self.lost_mmol / BODY.total_mmol


def chain(
    person: str,
    given: str = "nothing",
    *,
    severity: float = 1.0,
    fatigue: float = 0.0,
    short: float = 0.0,
    treatment: Treatment = TREATMENT,
) -> Chain:
    """Follow a person from loss to cramp threshold.

    Parameters
    ----------
    person
        A key of ``CASES``.
    given
        One of ``GIVEN``.
    severity
        Share of the preset's distance from health, 0 to 1.5.
    fatigue, short
        Of the cramping muscle, from none, 0, to the most there is, 1.

    Raises
    ------
    ValueError
        For an unknown person or treatment, or a number outside these ranges.
    """
    for name, value, known in (("person", person, tuple(CASES)), ("given", given, GIVEN)):
        if value not in known:
            raise ValueError(f"{name} is {value!r}: use one of {', '.join(known)}")
    size = one_within("severity", severity, 0, 1.5)
    case = CASES[person]
    mM = plasma(case, size, given, treatment)
    shift = float(shift_mV(mM["calcium"], mM["magnesium"]))
    drive = drives(fatigue=fatigue, short=short, shift_mV=shift)
    return Chain(
        person, given, size,
        size * lost_mmol(case), size * case.fluid_L, mM,
        float(goldman_mV(mM["potassium"], sodium_mM=mM["sodium"])), shift,
        float(onset_uA_per_cm2(shift)), drive, threshold_Hz(sum(drive.values())),
    )  # fmt: skip


def plasma(
    case: Case, severity: float, given: str, treatment: Treatment = TREATMENT
) -> dict[str, float]:
    """Concentrations in plasma by ion, in mmol/L; magnesium and calcium are the ionised ones.

    Where calcium and potassium follow magnesium, what corrects magnesium corrects them.
    """
    before = {
        ion: getattr(HEALTHY, f"{ion}_mM")
        + severity * (getattr(case, f"{ion}_mM") - getattr(HEALTHY, f"{ion}_mM"))
        for ion in IONS
    }
    now = dict(before)
    now["magnesium"] += rise_mM(case, severity, given, treatment)
    lack = HEALTHY.magnesium_mM - before["magnesium"]
    if lack > 0:
        left = max(0.0, HEALTHY.magnesium_mM - now["magnesium"]) / lack
        for ion in ("calcium", "potassium"):
            usual = getattr(HEALTHY, f"{ion}_mM")
            now[ion] = usual + (before[ion] - usual) * (1 - case.follows * (1 - left))
    return now


def rise_mM(case: Case, severity: float, given: str, treatment: Treatment = TREATMENT) -> float:
    """Rise of ionised magnesium by what is given, in mmol/L."""
    if given == "vein":
        return treatment.vein_mM
    if given not in ("mouth", "skin"):
        return 0.0
    healthy = _rise_by_mouth_mM(HEALTHY, treatment)
    if given == "skin":
        usual = HEALTHY.intake_mg_per_d / 3
        more = usual + treatment.mouth_mg_per_d / 3
        taken_up = 3 * float(absorbed(more) - absorbed(usual))
        return healthy * treatment.skin_mg_per_d / taken_up
    return healthy + severity * (_rise_by_mouth_mM(case, treatment) - healthy)


@lru_cache(maxsize=32)
def lost_mmol(case: Case) -> float:
    """Magnesium that the body has lost: with fluid, and by what it ate and its kidneys let go."""
    days = np.linspace(0, case.days_d, 101)
    lost = [follow(_eater(c), days).total_mmol[[0, -1]] for c in (case, _on_usual_food(case))]
    (begin, end), (usual_begin, usual_end) = lost
    by_diet = float((begin - end) - (usual_begin - usual_end))
    return by_diet + case.fluid_L * case.fluid_magnesium_mM


@lru_cache(maxsize=32)
def _rise_by_mouth_mM(case: Case, treatment: Treatment) -> float:
    """Rise of ionised magnesium after the months of a trial, against the same person without."""
    days = np.linspace(0, treatment.mouth_time_d, 91)
    more = replace(case, intake_mg_per_d=case.intake_mg_per_d + treatment.mouth_mg_per_d)
    without, taking = (float(follow(_eater(c), days).plasma_mM[-1]) for c in (case, more))
    return treatment.ionised_share * (taking - without)


def _eater(case: Case) -> Person:
    return Person(intake_mg_per_d=case.intake_mg_per_d, threshold_shift_mM=case.threshold_shift_mM)


def _on_usual_food(case: Case) -> Case:
    return replace(HEALTHY, days_d=case.days_d)


def contraction(of: Chain, treatment: Treatment = TREATMENT) -> Episode:
    """Contract the muscle of a chain for three seconds and follow what comes after.

    If a stretch is given, it comes at 12 s and lasts for 2 s.
    """
    brake = Stretch(STRETCH_AT_s, STRETCH_FOR_s, treatment.stretch)
    return stimulate(
        CONTRACTION_Hz, sum(of.drive.values()), stimulus_s=CONTRACTION_s, end_s=FOLLOWED_s,
        stretches=[brake] if of.given == "stretch" else [], step_s=STEP_s,
    )  # fmt: skip
