"""Speed and power of a muscle that lifts a load: Hill's hyperbola.

Hill 1938, doi:10.1098/rspb.1938.0050 (frog sartorius, 0 °C)::

    (F + a) (v + b) = (F0 + a) b

With k = a / F0 and u = v / Vmax this is F / F0 = (1 - u) / (1 + u / k). Power, F v, is highest
at u* = F* / F0 = k (sqrt(1 + 1/k) - 1), where it is u*^2 of F0 Vmax.

Shortening only: loads above F0, which lengthen the muscle, follow another law. Above about
0.8 F0 real fibres fall below the hyperbola. Hill took a for the heat of shortening; that
reading was given up later, the curve was not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]


@dataclass(frozen=True)
class HillMuscle:
    """Hill's constants for frog sartorius muscle."""

    a_over_F0: float = parameter(
        0.25, "1", "curvature: the smaller, the more the curve sags",
        status="textbook", source="hill1938", species="frog", temperature="0 °C",
        note="seen in a lecture that gives it as the usual shape; the paper was not read",
    )  # fmt: skip
    vmax_L0_per_s: float = parameter(
        1.3, "L0/s", "highest speed, in muscle lengths per second",
        status="textbook", source="hill1938", species="frog", temperature="0 °C",
        note="about 1.3; the paper's own figure was not seen",
    )  # fmt: skip


@dataclass(frozen=True)
class SlowFibre(HillMuscle):
    """Hill's constants for a slow human fibre."""

    a_over_F0: float = parameter(
        0.15, "1", "curvature: the smaller, the more the curve sags",
        status="assumed", note="a typical value for slow fibres in teaching",
    )  # fmt: skip
    vmax_L0_per_s: float = parameter(
        0.5, "L0/s", "highest speed, in muscle lengths per second",
        status="textbook", source="bottinelli1996", species="human, skinned",
        temperature="12 to 15 °C", note="range 0.3 to 0.8, recalled; the paper was not read",
    )  # fmt: skip


@dataclass(frozen=True)
class FastFibre(HillMuscle):
    """Hill's constants for a fast human fibre."""

    a_over_F0: float = parameter(
        0.40, "1", "curvature: the smaller, the more the curve sags",
        status="assumed", note="a typical value for fast fibres in teaching",
    )  # fmt: skip
    vmax_L0_per_s: float = parameter(
        2.5, "L0/s", "highest speed, in muscle lengths per second",
        status="textbook", source="bottinelli1996", species="human, skinned",
        temperature="12 to 15 °C",
        note="1.1 to 2 for IIA and 2.4 to 3 for IIX fibres, recalled; the paper was not read",
    )  # fmt: skip


FROG, SLOW, FAST = HillMuscle(), SlowFibre(), FastFibre()
PARAMETERS = FROG


@dataclass(frozen=True)
class Lift:
    """A muscle that lifts one load, steadily.

    Loads are fractions of F0, speeds in muscle lengths per second, powers fractions of F0 Vmax.
    """

    muscle: HillMuscle
    load: float
    speed_L0_per_s: float
    power: float
    best_load: float
    best_power: float

    @property
    def share_of_best(self) -> float:
        """Power as a fraction of the highest power of this muscle."""
        return self.power / self.best_power


def relative_force(relative_speed: ArrayLike, a_over_F0: float = FROG.a_over_F0) -> Array:
    """Give F / F0 at a shortening speed.

    Parameters
    ----------
    relative_speed
        u = v / Vmax from 0 to 1, any shape; shortening is positive.

    Raises
    ------
    ValueError
        For a speed outside 0 to 1 or a curvature that is not positive.
    """
    u = within("relative_speed", relative_speed, 0, 1)
    k = _curvature(a_over_F0)
    return np.asarray((1 - u) / (1 + u / k))


def relative_speed(load: ArrayLike, a_over_F0: float = FROG.a_over_F0) -> Array:
    """Give v / Vmax at which a load is lifted: the same hyperbola, solved for the speed.

    Parameters
    ----------
    load
        F / F0 from 0 to 1, any shape.

    Raises
    ------
    ValueError
        For a load outside 0 to 1 (a heavier load lengthens the muscle) or a curvature that is
        not positive.
    """
    p = within("load", load, 0, 1, "of F0")
    k = _curvature(a_over_F0)
    return np.asarray(k * (1 - p) / (k + p))


def best_load(a_over_F0: float = FROG.a_over_F0) -> float:
    """F / F0, and at the same time v / Vmax, at which power is highest."""
    k = _curvature(a_over_F0)
    return float(k * (np.sqrt(1 + 1 / k) - 1))


def lift(load: float, muscle: HillMuscle = FROG) -> Lift:
    """Lift one load with a muscle, for a picture and its reading.

    Raises ``ValueError`` as :func:`relative_speed` does.
    """
    within("vmax_L0_per_s", muscle.vmax_L0_per_s, 1e-3, 1e3, "L0/s")
    u = float(relative_speed(load, muscle.a_over_F0))
    best = best_load(muscle.a_over_F0)
    return Lift(muscle, load, u * muscle.vmax_L0_per_s, load * u, best, best**2)


def _curvature(a_over_F0: float) -> float:
    return float(within("a_over_F0", a_over_F0, 1e-3, 1e3))
