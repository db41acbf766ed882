"""Force at each calcium concentration, and what free magnesium does to it.

A Hill curve, F / Fmax = 1 / (1 + 10^(nH (pCa - pCa50))), for skinned mammalian fibres at
22 to 25 °C. More magnesium lowers force at middling calcium and leaves the maximum as it is:
measured in frog fibres with 0.05, 1 and 2 mM (Donaldson & Kerrick 1975,
doi:10.1085/jgp.66.4.427). In rat heart fibres the maximum rose (Donaldson, Best & Kerrick
1978), so that half of the statement is for skeletal muscle only.

The size of the shift is a teaching choice of this course::

    pCa50(Mg) = pCa50(1 mM) - 0.35 log10([Mg] / 1 mM),   0.25 to 10 mM
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
MG_LOW_mM, MG_HIGH_mM = 0.25, 10.0
_RECALLED = "recalled for mammalian skinned fibres; no human number was read"


@dataclass(frozen=True)
class FastFibre:
    """Calcium switch of a fast skeletal fibre."""

    pca50: float = parameter(
        5.85, "1", "pCa of half-maximal force at 1 mM free magnesium", status="assumed",
        species="mammal", temperature="22 to 25 °C",
        note=f"{_RECALLED}; range 5.8 to 5.9. Only the order, slow above fast, is established",
    )  # fmt: skip
    hill: float = parameter(
        5.0, "1", "Hill coefficient: how sharply the fibre switches", status="assumed",
        species="mammal", temperature="22 to 25 °C", note=f"{_RECALLED}; range 4 to 6",
    )  # fmt: skip
    shift_per_decade: float = parameter(
        0.35, "1", "fall of pCa50 for ten times the magnesium", status="assumed",
        note="direction measured in frog fibres [donaldson1975]; the size is a teaching choice",
    )  # fmt: skip


@dataclass(frozen=True)
class SlowFibre(FastFibre):
    """Calcium switch of a slow skeletal fibre."""

    pca50: float = parameter(
        6.0, "1", "pCa of half-maximal force at 1 mM free magnesium", status="assumed",
        species="mammal", temperature="22 to 25 °C",
        note=f"{_RECALLED}; range 5.7 to 6.1. Only the order, slow above fast, is established",
    )  # fmt: skip
    hill: float = parameter(
        2.8, "1", "Hill coefficient: how sharply the fibre switches", status="assumed",
        species="mammal", temperature="22 to 25 °C", note=f"{_RECALLED}; range 2.5 to 3",
    )  # fmt: skip


FAST, SLOW = FastFibre(), SlowFibre()
PARAMETERS = FAST


@dataclass(frozen=True)
class Switch:
    """A fibre at one calcium and one magnesium concentration; forces are fractions of Fmax."""

    fibre: FastFibre
    pca: float
    mg_mM: float
    pca50: float
    force: float

    @property
    def calcium_uM(self) -> float:
        """Free calcium, in umol/L."""
        return float(10 ** (6 - self.pca))


def pca50(mg_mM: ArrayLike, fibre: FastFibre = FAST) -> Array:
    """Give the pCa of half-maximal force at a free magnesium concentration.

    Parameters
    ----------
    mg_mM
        Free magnesium in mmol/L, 0.25 to 10, any shape.

    Raises
    ------
    ValueError
        For magnesium outside that range, where the formula was never meant to hold.
    """
    mg = within("mg_mM", mg_mM, MG_LOW_mM, MG_HIGH_mM, "mmol/L")
    return np.asarray(fibre.pca50 - fibre.shift_per_decade * np.log10(mg))


def force(pca: ArrayLike, mg_mM: ArrayLike = 1.0, fibre: FastFibre = FAST) -> Array:
    """Force as a fraction of the maximum.

    Parameters
    ----------
    pca
        Minus log10 of free calcium in mol/L, 3 to 10.
    mg_mM
        Free magnesium in mmol/L, 0.25 to 10; broadcast with ``pca``.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    calcium = within("pca", pca, 3, 10)
    return np.asarray(1 / (1 + 10 ** (fibre.hill * (calcium - pca50(mg_mM, fibre)))))


def switch(pca: float, mg_mM: float, fibre: FastFibre = FAST) -> Switch:
    """Describe a fibre at one calcium and magnesium, for a picture and its reading.

    Raises ``ValueError`` as :func:`force` does.
    """
    return Switch(fibre, pca, mg_mM, float(pca50(mg_mM, fibre)), float(force(pca, mg_mM, fibre)))
