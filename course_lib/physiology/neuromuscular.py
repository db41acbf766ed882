"""Transmitter release at the nerve ending: calcium drives it, magnesium competes.

Dodge and Rahamimoff (1967, doi:10.1113/jphysiol.1967.sp008367) found in frog muscle that release
rises with nearly the fourth power of calcium (slope 3.78 on logarithmic axes), and that magnesium
lowers it without changing that slope. Both follow if calcium and magnesium compete for one site X
and four occupied sites act together::

    CaX / X = (Ca/K1) / (1 + Ca/K1 + Mg/K2),        release = (CaX / X)^4

K1 and K2 are recalled: only the abstract was read, and it does not give them. With 2 to 10 mM
magnesium the smallest releases exceed this law (Andreu and Barrett 1980,
reference ``andreu1980``): a limit of the model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.provenance import parameter

CALCIUM_HIGH_mM, MAGNESIUM_HIGH_mM = 20.0, 20.0
_RECALLED = "recalled: only the abstract was read, which does not give it"


@dataclass(frozen=True)
class NerveEnding:
    """Release of transmitter at a nerve ending."""

    k_calcium_mM: float = parameter(
        1.1, "mmol/L", "free calcium that half-fills the site without magnesium",
        status="textbook", source="dodge1967", species="frog", temperature="about 20 °C",
        note=_RECALLED,
    )  # fmt: skip
    k_magnesium_mM: float = parameter(
        2.97, "mmol/L", "free magnesium that half-fills the site without calcium",
        status="textbook", source="dodge1967", species="frog", temperature="about 20 °C",
        note=_RECALLED,
    )  # fmt: skip
    power: float = parameter(
        4.0, "1", "sites that act together", status="published", source="dodge1967",
        species="frog", temperature="about 20 °C",
        note="slope 3.78 ± 0.2 in 28 experiments, 'nearly four'",
    )  # fmt: skip
    calcium_mM: float = parameter(
        1.2, "mmol/L", "free calcium around a human nerve ending", status="assumed",
        note="inside the usual range of ionised calcium, 1.15 to 1.32",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.55, "mmol/L", "free magnesium around a human nerve ending", status="assumed",
        note="inside the usual range of ionised magnesium, 0.45 to 0.65",
    )  # fmt: skip


FROG = NerveEnding()
PARAMETERS = FROG


@dataclass(frozen=True)
class Junction:
    """One nerve ending on its muscle fibre.

    ``release`` is relative to the normal one; ``drive`` is release over what the fibre needs, so
    a fibre with a drive below 1 stays silent. ``calcium_share`` and ``magnesium_share`` are the
    shares of sites that each ion holds.
    """

    ending: NerveEnding
    calcium_mM: float
    magnesium_mM: float
    safety_factor: float
    release: float
    calcium_share: float
    magnesium_share: float

    @property
    def drive(self) -> float:
        """Release over the least that fires the fibre."""
        return self.release * self.safety_factor

    @property
    def fires(self) -> bool:
        """Whether the muscle fibre answers."""
        return self.drive >= 1


def shares(
    calcium_mM: ArrayLike, magnesium_mM: ArrayLike, ending: NerveEnding = FROG
) -> tuple[Floats, Floats]:
    """Give the shares of sites that calcium and magnesium hold.

    Parameters
    ----------
    calcium_mM, magnesium_mM
        Free ions outside the ending, in mmol/L, 0 to 20; broadcast with each other.

    Raises
    ------
    ValueError
        For a concentration outside that range.
    """
    calcium = within("calcium_mM", calcium_mM, 0, CALCIUM_HIGH_mM, "mmol/L") / ending.k_calcium_mM
    magnesium = (
        within("magnesium_mM", magnesium_mM, 0, MAGNESIUM_HIGH_mM, "mmol/L") / ending.k_magnesium_mM
    )
    all_states = 1 + calcium + magnesium
    return np.asarray(calcium / all_states), np.asarray(magnesium / all_states)


def release(calcium_mM: ArrayLike, magnesium_mM: ArrayLike, ending: NerveEnding = FROG) -> Floats:
    """Release relative to the normal one (calcium 1.2, magnesium 0.55 mmol/L).

    Takes and raises what :func:`shares` does.
    """
    held, _ = shares(calcium_mM, magnesium_mM, ending)
    normal, _ = shares(ending.calcium_mM, ending.magnesium_mM, ending)
    return np.asarray((held / normal) ** ending.power)


def slope(calcium_mM: ArrayLike, magnesium_mM: ArrayLike, ending: NerveEnding = FROG) -> Floats:
    """Slope of log release against log calcium; it nears 4 as calcium vanishes.

    Takes and raises what :func:`shares` does.
    """
    held, _ = shares(calcium_mM, magnesium_mM, ending)
    return np.asarray(ending.power * (1 - held))


def magnesium_that_blocks_mM(
    safety_factor: float, calcium_mM: float = FROG.calcium_mM, ending: NerveEnding = FROG
) -> float:
    """Free magnesium, in mmol/L, that cuts release to one part in ``safety_factor``.

    Below the normal calcium the answer can be negative: then the fibre stays silent without any.

    Parameters
    ----------
    safety_factor
        Normal release over the least that fires the fibre, 1 to 10.
    calcium_mM
        Free calcium, 0.05 to 20 mmol/L.

    Raises
    ------
    ValueError
        For an argument outside these ranges.
    """
    factor = one_within("safety_factor", safety_factor, 1, 10)
    calcium = one_within("calcium_mM", calcium_mM, 0.05, CALCIUM_HIGH_mM, "mmol/L")
    normal, _ = shares(ending.calcium_mM, ending.magnesium_mM, ending)
    needed = float(normal) / float(factor ** (1 / ending.power))
    relative = calcium / ending.k_calcium_mM
    return ending.k_magnesium_mM * (relative / needed - 1 - relative)


def junction(
    calcium_mM: float, magnesium_mM: float, safety_factor: float, ending: NerveEnding = FROG
) -> Junction:
    """Describe one nerve ending and its fibre, for a picture and its reading.

    Raises
    ------
    ValueError
        As :func:`shares` does, and for a safety factor outside 1 to 10.
    """
    factor = one_within("safety_factor", safety_factor, 1, 10)
    calcium, magnesium = shares(calcium_mM, magnesium_mM, ending)
    relative = float(release(calcium_mM, magnesium_mM, ending))
    return Junction(
        ending, calcium_mM, magnesium_mM, factor, relative, float(calcium), float(magnesium)
    )
