"""The six mechanisms of the article on one scale: what a dose changes, in percent.

Each number is computed from the model of its notebook (06 to 11) at a concentration of the table
of bands; none is typed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from course_lib.evidence import Band, band
from course_lib.physiology import cofactors, inflammation, neuromuscular, nmda, romk, vessel

REST_mV = -65.0  # of the nerve cell whose NMDA receptors are looked at
DUCT_mV = -30.0  # of the duct cell against the urine
DOSES = ("by mouth", "intravenous", "laboratory", "deficiency")


@dataclass(frozen=True)
class Constants:
    """The constants of the six models; those of the course unless others are given."""

    nerve: neuromuscular.NerveEnding = field(default_factory=lambda: neuromuscular.FROG)
    pore: romk.Pore = field(default_factory=lambda: romk.PORE)
    receptor: nmda.Receptor = field(default_factory=lambda: nmda.RAT)
    body: inflammation.Body = field(default_factory=lambda: inflammation.BODY)
    artery: vessel.Artery = field(default_factory=lambda: vessel.ARTERY)
    enzymes: cofactors.Enzymes = field(default_factory=lambda: cofactors.ENZYMES)


@dataclass(frozen=True)
class Mechanism:
    """One of the six; ``size`` gives what it moves at a magnesium in mmol/L, in any unit."""

    words: str
    what: str
    compartment: str
    notebook: str
    size: Callable[[float, Constants], float]


@dataclass(frozen=True)
class Effect:
    """What one dose does by one mechanism; ``percent`` is the change from the usual level.

    ``reaches`` is false where the dose was not found to reach the compartment: its band has no
    width there.
    """

    mechanism: str
    dose: str
    usual_mM: float
    level_mM: float
    percent: float
    reaches: bool
    band: Band


def _release(mg_mM: float, constants: Constants) -> float:
    return float(neuromuscular.release(constants.nerve.calcium_mM, mg_mM, constants.nerve))


def _secretion(mg_mM: float, constants: Constants) -> float:
    return romk.block(mg_mM, DUCT_mV, pore=constants.pore).secretion


def _nmda_current(mg_mM: float, constants: Constants) -> float:
    return float(nmda.current(REST_mV, mg_mM, constants.receptor))


def _call(mg_mM: float, constants: Constants) -> float:
    return float(inflammation.brake(mg_mM, constants.body))


def _resistance(mg_mM: float, constants: Constants) -> float:
    return vessel.tone(mg_mM, artery=constants.artery).resistance


def _melatonin(mg_mM: float, constants: Constants) -> float:
    return cofactors.produce(cofactors.Supply(mg_mM), constants.enzymes).melatonin


MECHANISMS: Mapping[str, Mechanism] = MappingProxyType(
    {
        "calcium": Mechanism("calcium", "transmitter released", "serum_ionised", "06", _release),
        "potassium": Mechanism(
            "potassium", "secretion by the kidney", "muscle_free", "07", _secretion
        ),
        "nmda": Mechanism("NMDA", "current at rest", "csf_ionised", "08", _nmda_current),
        "inflammation": Mechanism("inflammation", "call for defence", "serum_ionised", "09", _call),
        "vessels": Mechanism("vessels", "resistance to flow", "serum_ionised", "10", _resistance),
        "sleep": Mechanism("sleep", "melatonin made", "brain_free", "11", _melatonin),
    }
)


def effect(
    mechanism: str, dose: str, laboratory_mM: float = 6.0, constants: Constants | None = None
) -> Effect:
    """Compute what a dose changes by one mechanism.

    Parameters
    ----------
    mechanism
        A key of ``MECHANISMS``.
    dose
        One of ``DOSES``: the top of the band by mouth or by vein, the bottom of deficiency, or a
        laboratory's choice.
    laboratory_mM
        What the laboratory chooses, within 0.1 to 12 mmol/L.
    constants
        Of the models; those of the course if not given.

    Raises
    ------
    ValueError
        For an unknown mechanism or dose, or a concentration that a model refuses.
    """
    for name, value, known in (("mechanism", mechanism, tuple(MECHANISMS)), ("dose", dose, DOSES)):
        if value not in known:
            raise ValueError(f"{name} is {value!r}: use one of {', '.join(known)}")
    return _effect(mechanism, dose, laboratory_mM, constants or Constants())


@lru_cache(maxsize=256)
def _effect(mechanism: str, dose: str, laboratory_mM: float, constants: Constants) -> Effect:
    one = MECHANISMS[mechanism]
    usual = band(one.compartment, "by mouth").low
    reach = band(one.compartment, dose)
    level = {"laboratory": laboratory_mM, "deficiency": reach.low}.get(dose, reach.high)
    before, after = one.size(usual, constants), one.size(level, constants)
    return Effect(mechanism, dose, usual, level, 100 * (after / before - 1), reach.width > 0, reach)


def effects(
    dose: str, laboratory_mM: float = 6.0, constants: Constants | None = None
) -> tuple[Effect, ...]:
    """Compute what a dose changes by each of the six; raises as :func:`effect` does."""
    return tuple(effect(name, dose, laboratory_mM, constants) for name in MECHANISMS)
