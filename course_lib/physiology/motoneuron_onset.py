"""The current that makes the bistable motoneuron fire, at each shift of its gates.

One rising ramp of ``motoneuron_table.ramp`` takes seconds, so the answers were worked out
beforehand, at the usual potassium, and are joined by straight lines. ``python -m
course_lib.physiology.motoneuron_onset`` prints them again, in some minutes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, within
from course_lib.physiology.motoneuron import CELL
from course_lib.physiology.motoneuron_table import ramp

PARAMETERS = CELL
USUAL_POTASSIUM_mM = 4.0  # that of the published model
SHIFTS_mV = np.arange(-9.0, 7.0)
ONSET_uA_per_cm2 = np.array([
    6.148, 6.596, 7.05, 7.512, 7.98, 8.454, 8.927, 9.386, 9.864, 10.275, 10.73, 11.183, 11.632,
    12.109, 12.552, 13.015,
])  # fmt: skip


def onset_uA_per_cm2(shift_mV: ArrayLike) -> Floats:
    """Give the current at which a slowly rising one starts the firing, at a shift of -9 to 6 mV.

    Raises
    ------
    ValueError
        For a shift outside that range.
    """
    shift = within("shift_mV", shift_mV, SHIFTS_mV[0], SHIFTS_mV[-1], "mV")
    return np.asarray(np.interp(shift, SHIFTS_mV, ONSET_uA_per_cm2))


def find_onsets(shifts_mV: Floats) -> Floats:
    """Work the currents out again, all in one run."""
    usual = np.full(shifts_mV.size, USUAL_POTASSIUM_mM)
    _, _, on, _ = ramp(usual, shifts_mV, np.full(shifts_mV.size, CELL.can_mS_per_cm2))
    return on


if __name__ == "__main__":
    print(find_onsets(SHIFTS_mV).round(3))
