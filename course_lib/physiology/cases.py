"""People who cramp, as numbers: what each loses, what is in the plasma, what the muscle does.

A teaching model of this course. It holds the presets of the case clinic, one class for each person.
Plasma is a preset and not computed from the losses; that each is a choice of this course says its
provenance. At other severities a person lies between health and the preset, or beyond it.
``chain`` follows a person's numbers through the models of the course.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from course_lib.physiology.provenance import parameter
from course_lib.physiology.resting_potential import FIBRE
from course_lib.physiology.surface_charge import SCREEN

_OURS = "a preset of this course"


@dataclass(frozen=True)
class Case:
    """A healthy adult: the zero of every change."""

    sodium_mM: float = parameter(
        FIBRE.sodium_out_mM, "mmol/L", "sodium of plasma", status="assumed",
        note="as in the model of the resting potential; upper end of 135 to 145",
    )  # fmt: skip
    potassium_mM: float = parameter(
        FIBRE.potassium_out_mM, "mmol/L", "potassium of plasma", status="assumed",
        note="as in the model of the resting potential; usual range 3.5 to 5.0",
    )  # fmt: skip
    calcium_mM: float = parameter(
        SCREEN.calcium_mM, "mmol/L", "ionised calcium of plasma", status="assumed",
        note="as in the model of the surface charge; usual range 1.15 to 1.32",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        SCREEN.magnesium_mM, "mmol/L", "ionised magnesium of plasma", status="assumed",
        note="as in the model of the surface charge; usual range 0.45 to 0.65",
    )  # fmt: skip
    fluid_L: float = parameter(0.0, "L", "fluid lost in one go", status="assumed")
    fluid_magnesium_mM: float = parameter(
        0.0, "mmol/L", "magnesium of that fluid, as far as it is a loss", status="assumed"
    )
    intake_mg_per_d: float = parameter(
        300.0, "mg/d", "magnesium eaten", status="assumed", note="the diet of notebook 05"
    )
    threshold_shift_mM: float = parameter(
        0.0, "mmol/L", "shift of the kidney's threshold for magnesium", status="assumed"
    )
    days_d: float = parameter(
        365.0, "d", "for how long this diet and these kidneys last", status="assumed"
    )
    follows: float = parameter(
        0.0, "1", "share of the change of calcium and potassium that comes of the magnesium",
        status="assumed",
    )  # fmt: skip


@dataclass(frozen=True)
class Runner(Case):
    """A marathon runner at the finish."""

    sodium_mM: float = parameter(138.0, "mmol/L", "sodium", status="assumed", note=_OURS)
    potassium_mM: float = parameter(
        4.8, "mmol/L", "potassium", status="assumed",
        note=_OURS + "; it rose from 4.5 to 5.8 in exhausting cycling [sjogaard1983]",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.5, "mmol/L", "ionised magnesium", status="assumed",
        note=_OURS + "; in exercise it may rise or fall by about a tenth",
    )  # fmt: skip
    fluid_L: float = parameter(
        4.2, "L", "sweat", status="derived", source="baker2016", species="human",
        note="3.5 h at 1.2 L/h, the mean of 506 athletes",
    )  # fmt: skip
    fluid_magnesium_mM: float = parameter(
        0.4, "mmol/L", "magnesium of sweat", status="textbook", source="baker2011",
        species="human", note="the highest of the means that were seen: 0.05 to 0.4",
    )  # fmt: skip


@dataclass(frozen=True)
class Thiazide(Case):
    """A person whose thiazide has lowered potassium and magnesium clearly."""

    potassium_mM: float = parameter(
        3.2, "mmol/L", "potassium", status="assumed", note=_OURS + "; a marked fall, not the mean"
    )
    magnesium_mM: float = parameter(
        0.4, "mmol/L", "ionised magnesium", status="assumed",
        note=_OURS + "; far below the mean: total fell by 0.018 mmol/L [kieboom2018]",
    )  # fmt: skip
    threshold_shift_mM: float = parameter(
        -0.019, "mmol/L", "shift of the kidney's threshold", status="fitted",
        source="kieboom2018", note="gives the mean fall of 0.018 mmol/L in the model of 05",
    )  # fmt: skip


@dataclass(frozen=True)
class Dialysis(Case):
    """A person at the end of a haemodialysis."""

    potassium_mM: float = parameter(3.5, "mmol/L", "potassium", status="assumed", note=_OURS)
    calcium_mM: float = parameter(1.25, "mmol/L", "ionised calcium", status="assumed", note=_OURS)
    magnesium_mM: float = parameter(
        0.45, "mmol/L", "ionised magnesium", status="assumed",
        note=_OURS + "; the fluid of dialysis held 0.375 or 0.5 [lynch2014]",
    )  # fmt: skip
    fluid_L: float = parameter(
        3.0, "L", "fluid taken off", status="assumed",
        note=_OURS + "; probably what matters most, and no link of this chain takes it up",
    )  # fmt: skip


@dataclass(frozen=True)
class Pregnancy(Case):
    """A woman in the last third of a pregnancy."""

    potassium_mM: float = parameter(3.9, "mmol/L", "potassium", status="assumed", note=_OURS)
    magnesium_mM: float = parameter(
        0.48, "mmol/L", "ionised magnesium", status="assumed",
        note=_OURS + "; about 8 % below the first third in one series of 144 women, which was "
        "read at second hand; a fall also in [standley1997]",
    )  # fmt: skip


@dataclass(frozen=True)
class Sleeper(Case):
    """An older adult with night cramps: the plasma of health."""


@dataclass(frozen=True)
class Deficiency(Case):
    """A person in severe magnesium deficiency."""

    potassium_mM: float = parameter(
        3.0, "mmol/L", "potassium", status="assumed",
        note=_OURS + "; it fell with magnesium in experiments [shils1964]",
    )  # fmt: skip
    calcium_mM: float = parameter(
        0.85, "mmol/L", "ionised calcium", status="assumed",
        note=_OURS + "; it fell with magnesium in experiments [shils1964]",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.2, "mmol/L", "ionised magnesium", status="assumed",
        note=_OURS + "; total fell to a third or a quarter in experiments [shils1964]",
    )  # fmt: skip
    intake_mg_per_d: float = parameter(
        0.0, "mg/d", "magnesium eaten", status="published", source="shils1964", species="human",
        note="fed by tube without magnesium; read in the abstract",
    )  # fmt: skip
    days_d: float = parameter(
        100.0, "d", "for how long", status="published", source="shils1964", species="human",
        note="symptoms after about 100 days in one man, 55 in the other; abstract",
    )  # fmt: skip
    follows: float = parameter(
        1.0, "1", "share of the change of calcium and potassium that comes of the magnesium",
        status="derived", source="shils1964", species="human",
        note="both came back with magnesium; the share of all is ours",
    )  # fmt: skip


@dataclass(frozen=True)
class Hyperventilation(Case):
    """A person who breathes too fast: less calcium is ionised, the total stays."""

    calcium_mM: float = parameter(1.0, "mmol/L", "ionised calcium", status="assumed", note=_OURS)


HEALTHY = Case()
CASES: Mapping[str, Case] = MappingProxyType(
    {
        "runner": Runner(),
        "thiazide": Thiazide(),
        "dialysis": Dialysis(),
        "pregnancy": Pregnancy(),
        "sleeper": Sleeper(),
        "deficiency": Deficiency(),
        "hyperventilation": Hyperventilation(),
    }
)
PARAMETERS = HEALTHY
