"""Myosin heads that attach, pull and let go: Huxley's two-state model in closed form.

Huxley 1957, Prog Biophys Biophys Chem 7:255-318 (frog, 0 °C). A head at distance x from its
resting place attaches at the rate f and lets go at the rate g::

    f(x) = f1 x / h  for 0 < x < h, else 0;     g(x) = g1 x / h  for x > 0,  g2 for x < 0

With V the speed of shortening in muscle lengths per second, half a sarcomere slides at
s V / 2; with phi = (f1 + g1) h / s the attached share of the heads is::

    n(x) = f1/(f1+g1) [1 - exp((x^2/h^2 - 1) phi/V)]                 0 < x < h
    n(x) = f1/(f1+g1) [1 - exp(-phi/V)] exp(2 g2 x / (s V))              x < 0

and force, attached heads and fuel follow as integrals over x. Shortening is positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
STILL = 1e-9  # L/s; slower than this counts as holding still, where the formulas divide by V
_SEEN = "seen in two independent public codes; the 1957 paper was not read"


@dataclass(frozen=True)
class Huxley:
    """Huxley's constants for frog muscle."""

    f1_per_s: float = parameter(
        43.3, "1/s", "rate of attaching at x = h", status="textbook", source="huxley1957",
        species="frog", temperature="0 °C", note=_SEEN,
    )  # fmt: skip
    g1_per_s: float = parameter(
        10.0, "1/s", "rate of letting go at x = h", status="textbook", source="huxley1957",
        species="frog", temperature="0 °C", note=_SEEN,
    )  # fmt: skip
    g2_per_s: float = parameter(
        209.0, "1/s", "rate of letting go behind the resting place", status="textbook",
        source="huxley1957", species="frog", temperature="0 °C", note=_SEEN,
    )  # fmt: skip
    h_nm: float = parameter(
        15.6, "nm", "farthest distance at which a head attaches", status="textbook",
        source="huxley1957", species="frog", note="seen in one line of public code",
    )  # fmt: skip
    s_um: float = parameter(
        2.5, "µm", "sarcomere length", status="textbook", source="huxley1957", species="frog",
        note="recalled; one public code has 2.2 µm, with which all speeds are 14 % higher",
    )  # fmt: skip

    @property
    def phi_per_s(self) -> float:
        """(f1 + g1) h / s, the model's unit of speed, in muscle lengths per second."""
        return (self.f1_per_s + self.g1_per_s) * self.h_nm / (1e3 * self.s_um)

    def __post_init__(self) -> None:
        for name in ("f1_per_s", "g1_per_s", "g2_per_s"):
            within(name, getattr(self, name), 1e-6, 1e6, "1/s")
        within("h_nm", self.h_nm, 1e-3, 1e3, "nm")
        within("s_um", self.s_um, 1e-3, 1e3, "µm")


FROG = Huxley()
PARAMETERS = FROG


@dataclass(frozen=True)
class CrossBridges:
    """Heads of a muscle that shortens steadily.

    ``x_nm`` and ``attached`` have the same shape (points,); force and power are fractions of
    the isometric force P0 (and of P0 Vmax), ``fuel`` of the isometric rate of splitting ATP.
    """

    constants: Huxley
    speed_L_per_s: float
    vmax_L_per_s: float
    x_nm: Array
    attached: Array
    force: float
    attached_share: float
    pulling_share: float
    braking_share: float
    fuel: float


def attached(x_nm: ArrayLike, speed_L_per_s: float, p: Huxley = FROG) -> Array:
    """Share n(x) of the heads at distance ``x_nm`` that are attached, 0 to 1.

    Raises
    ------
    ValueError
        For a distance that is not finite, or a speed that is negative or not finite.
    """
    x = within("x_nm", x_nm, -np.inf, np.inf, "nm") / p.h_nm
    speed = _speed(speed_L_per_s)
    top = p.f1_per_s / (p.f1_per_s + p.g1_per_s)
    ahead = (x > 0) & (x < 1)
    if speed < STILL:
        return np.where(ahead, top, 0.0)
    r = p.phi_per_s / speed
    pulling = -np.expm1((np.where(ahead, x, 1.0) ** 2 - 1) * r)
    carried = 2 * p.g2_per_s * np.minimum(x, 0) * p.h_nm / (1e3 * p.s_um * speed)
    braking = -np.expm1(-r) * np.exp(np.maximum(carried, -700))
    return np.asarray(top * np.where(ahead, pulling, np.where(x <= 0, braking, 0.0)))


def force(speed_L_per_s: ArrayLike, p: Huxley = FROG) -> Array:
    """Force P / P0 at a speed of shortening; negative above the highest speed.

    Raises ``ValueError`` for a speed that is negative or not finite.
    """
    speed = _speed(speed_L_per_s)
    w = np.maximum(speed, STILL) / p.phi_per_s
    brake = 1 + 0.5 * ((p.f1_per_s + p.g1_per_s) / p.g2_per_s) ** 2 * w
    return np.where(speed < STILL, 1.0, 1 + w * np.expm1(-1 / w) * brake)


def fuel(speed_L_per_s: ArrayLike, p: Huxley = FROG) -> Array:
    """Rate of splitting ATP, relative to that of holding still.

    Raises ``ValueError`` for a speed that is negative or not finite.
    """
    speed = _speed(speed_L_per_s)
    w = np.maximum(speed, STILL) / p.phi_per_s
    return np.where(
        speed < STILL, 1.0, (p.g1_per_s - p.f1_per_s * w * np.expm1(-1 / w)) / p.g1_per_s
    )


def shares(speed_L_per_s: float, p: Huxley = FROG) -> tuple[float, float]:
    """Attached heads per head within reach (the integral of n over x, divided by h).

    Returns
    -------
    Those ahead of their resting place, which pull, and those behind it, which brake.
    """
    speed = float(_speed(speed_L_per_s))
    top = p.f1_per_s / (p.f1_per_s + p.g1_per_s)
    if speed < STILL:
        return top, 0.0
    r = p.phi_per_s / speed
    behind = -np.expm1(-r) * p.s_um * 1e3 * speed / (2 * p.g2_per_s * p.h_nm)
    return top * (1 - _early_share(r)), top * float(behind)


def vmax(p: Huxley = FROG) -> float:
    """Highest speed of shortening, where pulling and braking heads balance, in L/s."""
    from scipy.optimize import brentq  # noqa: PLC0415  half a second that only this model needs

    slow, fast = 1e-3 * p.phi_per_s, 1e4 * p.phi_per_s
    return float(brentq(lambda v: float(force(v, p)), slow, fast, xtol=1e-12))


def cross_bridges(relative_speed: float, p: Huxley = FROG, points: int = 240) -> CrossBridges:
    """Heads at a fraction of the highest speed, for a picture and its reading.

    Parameters
    ----------
    relative_speed
        V / Vmax, 0 to 1.
    points
        Number of distances, from -1.5 h to 1.2 h, at which n(x) is given.

    Raises
    ------
    ValueError
        For a relative speed outside 0 to 1.
    """
    top = vmax(p)
    speed = float(within("relative_speed", relative_speed, 0, 1)) * top
    x = np.linspace(-1.5, 1.2, points) * p.h_nm
    ahead, behind = shares(speed, p)
    return CrossBridges(
        constants=p,
        speed_L_per_s=speed,
        vmax_L_per_s=top,
        x_nm=x,
        attached=attached(x, speed, p),
        force=float(force(speed, p)),
        attached_share=ahead + behind,
        pulling_share=ahead,
        braking_share=behind,
        fuel=float(fuel(speed, p)),
    )


def _early_share(r: float) -> float:
    """Integral of exp((y^2 - 1) r) over y from 0 to 1: Dawson's function over sqrt(r)."""
    from scipy.special import dawsn  # noqa: PLC0415  see vmax

    return float(dawsn(np.sqrt(r)) / np.sqrt(r))


def _speed(speed_L_per_s: ArrayLike) -> Array:
    return within("speed_L_per_s", speed_L_per_s, 0, np.inf, "L/s")
