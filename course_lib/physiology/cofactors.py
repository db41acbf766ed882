"""What the enzymes of serotonin, melatonin and GABA need, and where magnesium comes in.

Each step of a pathway runs at a speed set by what it is given, relative to normal, along a
saturation curve. None of the enzymes binds magnesium. It enters by one door only: ATP works as
MgATP, and two enzymes that *make cofactors* use it, the kinase that activates vitamin B6 and the
one that makes S-adenosylmethionine (SAM)::

    f(x, K)    = x (1 + K) / (x + K)                      1 at the normal supply x = 1
    MgATP      = ATP Mg / (Mg + K_d)
    PLP        = B6  f(MgATP),            SAM       = f(MgATP)
    serotonin  = f(tryptophan, K_t) f(iron, K_i) f(PLP, K_p)
    melatonin  = dark serotonin f(SAM, K_s)
    GABA       = f(PLP, K_g)

A teaching model: the reactions and their cofactors are textbook, all sizes are assumed. The
magnesium that was found to raise melatonin's enzyme in rats acted on the receptor's signal, not on
the enzyme, and is not in here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.provenance import parameter


@dataclass(frozen=True)
class Enzymes:
    """Half-saturations of the steps, relative to the normal supply, and the ATP of a cell."""

    tryptophan: float = parameter(
        1.0, "1", "K_t: supply that gives the first enzyme half its speed", status="assumed",
        note="textbooks call it about half saturated, so that what is eaten counts",
    )  # fmt: skip
    iron: float = parameter(
        0.1, "1", "K_i: the same for iron and its partner BH4", status="assumed",
    )  # fmt: skip
    plp_serotonin: float = parameter(
        0.1, "1", "K_p: the same for active vitamin B6 at the second enzyme", status="assumed",
    )  # fmt: skip
    plp_gaba: float = parameter(
        0.5, "1", "K_g: the same at the enzyme of GABA", status="assumed",
        note="textbooks: a good part of this enzyme waits without its cofactor",
    )  # fmt: skip
    sam: float = parameter(0.1, "1", "K_s: the same for SAM at the last enzyme", status="assumed")
    atp_mM: float = parameter(3.0, "mmol/L", "ATP in a cell, with and without magnesium",
                              status="assumed")  # fmt: skip
    dissociation_mM: float = parameter(
        0.08, "mmol/L", "K_d: free magnesium at which half of the ATP carries it",
        status="assumed", note="textbooks: 0.05 to 0.1",
    )  # fmt: skip
    kinase_mM: float = parameter(
        0.3, "mmol/L", "MgATP that gives the two kinases half their speed", status="assumed",
        note="textbooks: 0.1 to 0.5, far below what a cell holds",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.2, "mmol/L", "usual free magnesium in brain cells", status="assumed",
        note="a placeholder: the level was not read",
    )  # fmt: skip


ENZYMES = Enzymes()
PARAMETERS = ENZYMES
HIGHEST_mM = 20.0


@dataclass(frozen=True)
class Supply:
    """What the pathways are given, relative to normal; magnesium in mmol/L.

    Raises
    ------
    ValueError
        For magnesium outside 0 to 20 mmol/L, or a supply outside 0 to 5.
    """

    magnesium_mM: float = ENZYMES.magnesium_mM
    b6: float = 1.0
    iron: float = 1.0
    tryptophan: float = 1.0
    dark: bool = True

    def __post_init__(self) -> None:
        one_within("magnesium_mM", self.magnesium_mM, 0, HIGHEST_mM, "mmol/L")
        for name in ("b6", "iron", "tryptophan"):
            one_within(name, getattr(self, name), 0, 5)


@dataclass(frozen=True)
class Production:
    """How fast each thing is made, relative to normal, and the MgATP behind it in mmol/L."""

    supply: Supply
    mg_atp_mM: float
    plp: float
    sam: float
    serotonin: float
    melatonin: float
    gaba: float


def saturation(supply: ArrayLike, half: float) -> Floats:
    """Give the speed of an enzyme, relative to that at the normal supply, 1.

    Parameters
    ----------
    supply
        Relative to normal, 0 to 100, any shape.
    half
        Supply that gives half of the highest speed, above 0 to 100.

    Raises
    ------
    ValueError
        For a value outside its range.
    """
    x = within("supply", supply, 0, 100)
    k = one_within("half", half, 1e-6, 100)
    return np.asarray(x * (1 + k) / (x + k))


def mg_atp_mM(magnesium_mM: ArrayLike, enzymes: Enzymes = ENZYMES) -> Floats:
    """Give the ATP that carries magnesium, in mmol/L, at a free magnesium of 0 to 20 mmol/L.

    Raises
    ------
    ValueError
        For a magnesium outside that range.
    """
    mg = within("magnesium_mM", magnesium_mM, 0, HIGHEST_mM, "mmol/L")
    return np.asarray(enzymes.atp_mM * mg / (mg + enzymes.dissociation_mM))


def kinase(magnesium_mM: ArrayLike, enzymes: Enzymes = ENZYMES) -> Floats:
    """Give the speed of the two enzymes that use MgATP, relative to the usual magnesium."""
    usual = float(mg_atp_mM(enzymes.magnesium_mM, enzymes))
    relative = mg_atp_mM(magnesium_mM, enzymes) / usual
    return saturation(relative, enzymes.kinase_mM / usual)


def products(
    supply: Supply, magnesium_mM: ArrayLike, enzymes: Enzymes = ENZYMES
) -> dict[str, Floats]:
    """Give serotonin, melatonin and GABA, relative to normal, against magnesium.

    Parameters
    ----------
    supply
        All but its magnesium is used.
    magnesium_mM
        0 to 20 mmol/L, any shape, which is that of each product.
    """
    speed = kinase(magnesium_mM, enzymes)
    plp = supply.b6 * speed
    serotonin = (
        saturation(supply.tryptophan, enzymes.tryptophan)
        * saturation(supply.iron, enzymes.iron)
        * saturation(plp, enzymes.plp_serotonin)
    )
    return {
        "serotonin": serotonin,
        "melatonin": supply.dark * serotonin * saturation(speed, enzymes.sam),
        "gaba": saturation(plp, enzymes.plp_gaba),
    }


def produce(supply: Supply, enzymes: Enzymes = ENZYMES) -> Production:
    """Give what is made of a supply."""
    speed = float(kinase(supply.magnesium_mM, enzymes))
    made = products(supply, supply.magnesium_mM, enzymes)
    return Production(
        supply,
        float(mg_atp_mM(supply.magnesium_mM, enzymes)),
        supply.b6 * speed,
        speed,
        **{name: float(value) for name, value in made.items()},
    )
