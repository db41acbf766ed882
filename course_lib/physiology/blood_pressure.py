"""Arterial pressure over one heartbeat, from the three-element Windkessel.

A compliance C fills through the outflow of the heart and empties through the resistance R; the
stiff first piece of the aorta adds its impedance Z (Westerhof et al. 2009,
doi:10.1007/s11517-008-0359-2):

    C dP/dt = Q - P / R,    aortic pressure = P + Z Q

The heart ejects a half sine over 0.4 of the beat. The periodic state is solved in closed form, so
that no start-up remains; its mean is exactly output times (R + Z).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology.checks import one_within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
POINTS = 500
_SEEN = "a set that gives 115/72; sets like it were read in public code"


@dataclass(frozen=True)
class Circulation:
    """Three-element Windkessel of an adult."""

    resistance: float = parameter(
        1.05, "mmHg s/mL", "of all small vessels together", status="assumed", note=_SEEN
    )
    compliance: float = parameter(
        1.3, "mL/mmHg", "how far the large arteries give", status="assumed", note=_SEEN
    )
    impedance: float = parameter(
        0.05, "mmHg s/mL", "of the aorta's first piece", status="assumed", note=_SEEN
    )
    rate_per_min: float = parameter(72.0, "1/min", "heartbeats", status="assumed", note=_SEEN)
    stroke_mL: float = parameter(
        70.0, "mL", "volume that a beat ejects", status="assumed", note=_SEEN
    )
    ejection: float = parameter(
        0.4, "1", "share of the beat during which the heart ejects", status="assumed", note=_SEEN
    )

    def __post_init__(self) -> None:
        one_within("resistance", self.resistance, 0.1, 10, "mmHg s/mL")
        one_within("compliance", self.compliance, 0.1, 10, "mL/mmHg")
        one_within("impedance", self.impedance, 0, 1, "mmHg s/mL")
        one_within("rate_per_min", self.rate_per_min, 20, 220, "1/min")
        one_within("stroke_mL", self.stroke_mL, 5, 250, "mL")
        one_within("ejection", self.ejection, 0.1, 0.9)


ADULT = Circulation()
PARAMETERS = ADULT


@dataclass(frozen=True)
class Beat:
    """Pressure and outflow over one beat; arrays of shape (points,)."""

    circulation: Circulation
    time_s: Array
    pressure_mmHg: Array
    flow_mL_per_s: Array
    mean_mmHg: float

    @property
    def systolic_mmHg(self) -> float:
        """Highest pressure."""
        return float(self.pressure_mmHg.max())

    @property
    def diastolic_mmHg(self) -> float:
        """Lowest pressure."""
        return float(self.pressure_mmHg.min())

    @property
    def output_L_per_min(self) -> float:
        """Cardiac output."""
        return self.circulation.rate_per_min * self.circulation.stroke_mL / 1000


def beat(circulation: Circulation = ADULT) -> Beat:
    """Pressure over one beat of an endless row of equal beats.

    With w = pi / Ts and k = 1 / (R C), the half sine Q0 sin(w t) adds
    Q0 / C (k sin w t - w cos w t + w exp(-k t)) / (k^2 + w^2) to what is left of the start.
    """
    c = circulation
    whole = 60 / c.rate_per_min
    ejecting = c.ejection * whole
    w, k = np.pi / ejecting, 1 / (c.resistance * c.compliance)
    top = c.stroke_mL * np.pi / (2 * ejecting)
    time = np.linspace(0, whole, POINTS + 1)
    on = time <= ejecting
    size = top / c.compliance / (k * k + w * w)
    during = size * (k * np.sin(w * time) - w * np.cos(w * time) + w * np.exp(-k * time))
    at_end = size * w * (1 + np.exp(-k * ejecting))
    added = np.where(on, during, at_end * np.exp(-k * np.maximum(time - ejecting, 0)))
    start = added[-1] / -np.expm1(-k * whole)
    flow = np.where(on, top * np.sin(w * np.minimum(time, ejecting)), 0.0)
    inside = start * np.exp(-k * time) + added
    mean = c.rate_per_min / 60 * c.stroke_mL * (c.resistance + c.impedance)
    return Beat(c, time, inside + c.impedance * flow, flow, mean)
