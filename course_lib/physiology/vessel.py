"""A small artery: what magnesium does to its muscle, and what its radius does to the flow.

Resistance by Poiseuille, R = 8 eta L / (pi r^4), wall tension by Laplace, T = P r. The muscle's
stress by the latch-state model of Hai & Murphy 1988 (doi:10.1152/ajpcell.1988.254.1.C99), four
states of a myosin head: free M, phosphorylated Mp, attached and phosphorylated AMp, attached AM.
Its rate of phosphorylation is scaled here by the share of calcium sites that calcium holds against
magnesium, as Healy, Ward & Wang 1984 measured them in rat aorta: that link, and the way from stress
to radius, are teaching choices.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
_CODE = "read in code derived from the published model; the paper itself was not read"


@dataclass(frozen=True)
class Artery:
    """Teaching model of a small artery (Hai-Murphy muscle, calcium sites of Healy et al.)."""

    k1_per_s: float = parameter(
        0.3, "1/s", "phosphorylation, steady", status="textbook", source="hai1988",
        species="pig", temperature="37 °C", note=_CODE,
    )  # fmt: skip
    k2_per_s: float = parameter(
        0.5, "1/s", "dephosphorylation", status="textbook", source="hai1988", species="pig",
        temperature="37 °C", note=_CODE,
    )  # fmt: skip
    k3_per_s: float = parameter(
        0.4, "1/s", "attaching of a phosphorylated head", status="textbook", source="hai1988",
        species="pig", temperature="37 °C", note=_CODE,
    )  # fmt: skip
    k4_per_s: float = parameter(
        0.1, "1/s", "letting go of a phosphorylated head", status="textbook", source="hai1988",
        species="pig", temperature="37 °C", note=_CODE,
    )  # fmt: skip
    k7_per_s: float = parameter(
        0.01, "1/s", "letting go of a latched head", status="textbook", source="hai1988",
        species="pig", temperature="37 °C", note=_CODE + "; later models use 0.1: never mix",
    )  # fmt: skip
    calcium_per_mM: float = parameter(
        2.51, "1/(mmol/L)", "binding of calcium to the sites that start a contraction",
        status="published", source="healy1984", species="rat",
        note="2510 per mol/L; read in the abstract",
    )  # fmt: skip
    magnesium_per_mM: float = parameter(
        0.6, "1/(mmol/L)", "binding of magnesium to the same sites", status="published",
        source="healy1984", species="rat", note="600 per mol/L; read in the abstract",
    )  # fmt: skip
    calcium_mM: float = parameter(
        1.2, "mmol/L", "ionised calcium around the vessel", status="assumed",
        note="inside the normal range",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.55, "mmol/L", "ionised magnesium at which the radius counts as 1", status="assumed",
        note="inside the normal range",
    )  # fmt: skip
    give: float = parameter(
        0.3, "1", "share by which the radius grows when all stress is gone", status="assumed",
        note="a round number: what stress does to radius differs from vessel to vessel",
    )  # fmt: skip


ARTERY = Artery()
PARAMETERS = ARTERY


@dataclass(frozen=True)
class Heads:
    """Shares of myosin heads in the four states; they add up to 1."""

    free: float
    phosphorylated: float
    attached_phosphorylated: float
    attached: float

    @property
    def stress(self) -> float:
        """Share of heads that hold: the stress relative to all heads attached."""
        return self.attached_phosphorylated + self.attached

    @property
    def phosphorylation(self) -> float:
        """Share of heads that carry phosphate."""
        return self.phosphorylated + self.attached_phosphorylated


@dataclass(frozen=True)
class Tone:
    """A small artery at one magnesium and calcium concentration; 1 is the reference."""

    artery: Artery
    magnesium_mM: float
    calcium_mM: float
    drive_per_s: float
    sites: float
    heads: Heads
    radius: float
    resistance: float


def sites(calcium_mM: ArrayLike, magnesium_mM: ArrayLike, artery: Artery = ARTERY) -> Array:
    """Share of the sites that calcium holds, in competition with magnesium.

    Parameters
    ----------
    calcium_mM, magnesium_mM
        Ionised concentrations around the vessel, 0 to 20 mmol/L, broadcast together.
    """
    calcium = artery.calcium_per_mM * within("calcium_mM", calcium_mM, 0, 20, "mmol/L")
    magnesium = artery.magnesium_per_mM * within("magnesium_mM", magnesium_mM, 0, 20, "mmol/L")
    return np.asarray(calcium / (1 + calcium + magnesium))


def heads(k1_per_s: float, artery: Artery = ARTERY) -> Heads:
    """Steady state of the four-state model at a rate of phosphorylation, in closed form.

    Raises
    ------
    ValueError
        For a rate outside 0 to 100 per second.
    """
    k1 = one_within("k1_per_s", k1_per_s, 0, 100, "1/s")
    k2, k3, k4, k7 = artery.k2_per_s, artery.k3_per_s, artery.k4_per_s, artery.k7_per_s
    # Per phosphorylated free head: balance of AM, then of AMp, then of M.
    if k1 == 0:
        return Heads(1.0, 0.0, 0.0, 0.0)
    latched = k2 / (k1 + k7)  # AM over AMp
    bound = k3 / (k4 + k2 - k1 * latched)  # AMp over Mp
    free = (k2 + k7 * latched * bound) / k1  # M over Mp
    whole = free + 1 + bound + latched * bound
    return Heads(free / whole, 1 / whole, bound / whole, latched * bound / whole)


def resistance(radius: ArrayLike) -> Array:
    """Resistance to flow relative to that at radius 1, by Poiseuille's fourth power."""
    return np.asarray(within("radius", radius, 0.05, 20) ** -4.0)


def tone(
    magnesium_mM: float,
    *,
    calcium_mM: float | None = None,
    drive_per_s: float | None = None,
    artery: Artery = ARTERY,
) -> Tone:
    """Stress, radius and resistance of the artery, relative to its reference state.

    Parameters
    ----------
    magnesium_mM
        Ionised magnesium around the vessel, 0 to 20 mmol/L.
    calcium_mM
        Ionised calcium; that of the artery's reference if not given.
    drive_per_s
        Rate of phosphorylation in the reference solution, 0.01 to 5 per second: how hard nerves
        and hormones drive the muscle. The reference radius is that of the same drive.
    """
    calcium = artery.calcium_mM if calcium_mM is None else calcium_mM
    drive = artery.k1_per_s if drive_per_s is None else drive_per_s
    one_within("drive_per_s", drive, 0.01, 5, "1/s")
    held = float(sites(calcium, magnesium_mM, artery))
    usual = float(sites(artery.calcium_mM, artery.magnesium_mM, artery))
    now, before = heads(drive * held / usual, artery), heads(drive, artery)
    radius = 1 + artery.give * (1 - now.stress / before.stress)
    return Tone(artery, magnesium_mM, calcium, drive, held, now, radius, float(resistance(radius)))
