"""A human body for the balance of potassium: its constants, and the flux through each part.

Constants as in the public code of Stadt et al. 2022 (doi:10.1371/journal.pcbi.1010607), for a
man. 1 mmol of potassium is 1 mEq.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats
from course_lib.physiology.provenance import parameter

MINUTES_PER_DAY = 1440.0

_published = partial(parameter, status="published", source="stadt2022", species="human")


@dataclass(frozen=True)
class Body:
    """Potassium in a human body, after Stadt and colleagues."""

    usual_intake_mmol_per_d: float = _published(70.0, "mmol/d", "intake round which it is built")
    faeces: float = _published(0.1, "1", "share of the intake that is not taken up")
    gut_per_min: float = _published(0.01, "1/min", "uptake from the gut, kg")
    plasma_L: float = _published(4.5, "L", "volume of plasma, Vp")
    between_L: float = _published(10.0, "L", "fluid between the cells, Ve")
    cells_L: float = _published(24.0, "L", "fluid in cells, Vc")
    exchange_L_per_min: float = _published(0.3, "L/min", "exchange of the two fluids, Px")
    pump_mmol_per_min: float = _published(130.0, "mmol/min", "fastest pumping into cells, Vmax")
    pump_half_mM: float = _published(1.4, "mmol/L", "potassium for half of that, Km")
    cell_mM: float = _published(130.0, "mmol/L", "potassium in cells that sets the leak Pm")
    pump_reference_mM: float = _published(4.3, "mmol/L", "potassium outside that sets the leak Pm")
    normal_mM: float = _published(
        4.2, "mmol/L", "potassium outside at which aldosterone is normal",
        note="the code has 4.3 for the leak and 4.2 here",
    )  # fmt: skip
    filtration_L_per_min: float = _published(0.125, "L/min", "plasma filtered by the kidneys, GFR")
    early_uptake: float = _published(0.92, "1", "share taken back before the distal tubule")
    distal_mmol_per_min: float = _published(0.041, "mmol/min", "secretion of the distal tubule, D")
    duct_mmol_per_min: float = _published(0.0022, "mmol/min", "secretion of the duct, Q")
    duct_uptake: float = _published(0.499994, "1", "share that the duct takes back, r")
    feedforward: float = _published(0.250274, "1/mmol", "answer of secretion to food in the gut")
    aldosterone_ng_per_L: float = _published(85.0, "ng/L", "normal aldosterone")
    aldosterone_min: float = _published(60.0, "min", "time that aldosterone takes to follow, T")
    distal_factor: float = _published(0.3475, "1", "distal answer to 1 ng/L aldosterone")
    distal_power: float = _published(0.23792, "1", "its exponent, in g(N)")
    duct_factor: float = _published(0.161275, "1", "duct's answer to 1 ng/L aldosterone")
    duct_power: float = _published(0.410711, "1", "its exponent, in l(N)")
    steepness: float = _published(2.0, "1", "how steeply aldosterone follows potassium")

    @property
    def aldosterone_stops_mM(self) -> float:
        """Potassium at and below which no aldosterone is made, in mmol/L: 2.8."""
        return self.normal_mM * self.steepness / (1 + self.steepness)

    @property
    def leak_L_per_min(self) -> float:
        """Leak from cells, Pm: balances the pump at the two reference levels."""
        pump = self.pump_reference_mM / (self.pump_half_mM + self.pump_reference_mM)
        return self.pump_mmol_per_min * pump / (self.cell_mM - self.pump_reference_mM)

    @property
    def passed_L_per_min(self) -> float:
        """Filtered plasma whose potassium reaches the urine, without any secretion."""
        late = self.filtration_L_per_min * (1 - self.early_uptake)
        return (1 - self.duct_uptake) * late

    @property
    def distal_gain(self) -> float:
        """Factor of the distal secretion at normal aldosterone: 0.3475 x 85^0.23792, near 1."""
        return self.distal_factor * math.pow(self.aldosterone_ng_per_L, self.distal_power)

    @property
    def duct_gain(self) -> float:
        """Factor of the duct's secretion at normal aldosterone: 0.161275 x 85^0.410711."""
        return self.duct_factor * math.pow(self.aldosterone_ng_per_L, self.duct_power)

    def absorbed_mmol_per_min(self, intake_mmol_per_d: float) -> float:
        """Uptake from the gut in a steady state; magnesium does not enter."""
        return (1 - self.faeces) * intake_mmol_per_d / MINUTES_PER_DAY

    def gut_mmol(self, intake_mmol_per_d: float) -> float:
        """Potassium on its way through the gut, in a steady state."""
        return self.absorbed_mmol_per_min(intake_mmol_per_d) / self.gut_per_min

    def aldosterone_at(self, level_mM: ArrayLike) -> Floats:
        """Aldosterone, relative to normal, that a potassium outside cells settles to."""
        level = np.asarray(level_mM, dtype=float)
        rise = (1 + self.steepness) * level / self.normal_mM - self.steepness
        return np.asarray(np.maximum(0.0, rise))

    def secretion_mmol_per_min(
        self, aldosterone: ArrayLike, gut_mmol: ArrayLike, factor: float
    ) -> Floats:
        """Secreted potassium that reaches the urine, at ``factor`` = f s."""
        hormone = np.maximum(np.asarray(aldosterone, dtype=float), 0)
        food = np.asarray(gut_mmol, dtype=float) - self.gut_mmol(self.usual_intake_mmol_per_d)
        distal = self.distal_mmol_per_min * self.distal_gain * hormone**self.distal_power
        distal = distal * np.maximum(1.0, 1 + self.feedforward * food)
        duct = self.duct_mmol_per_min * self.duct_gain * hormone**self.duct_power
        return np.asarray(factor * ((1 - self.duct_uptake) * distal + duct))

    def pumping(self, aldosterone: float) -> float:
        """Activity of the pumps of all cells, relative to normal aldosterone."""
        return (66.4 + 0.273 * self.aldosterone_ng_per_L * max(aldosterone, 0.0)) / 89.605


BODY = Body()
PARAMETERS = BODY
