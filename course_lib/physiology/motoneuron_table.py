"""What the bistable motoneuron does, worked out beforehand for each setting of a slider.

One run takes seconds, a slider has milliseconds. The table holds two experiments: a push and a
later inhibition, and a current that rises and falls slowly. ``python -m
course_lib.physiology.motoneuron_table`` works it out again, which takes an hour or two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology import motoneuron
from course_lib.physiology.checks import Floats, one_within
from course_lib.physiology.surface_charge import SCREEN, shift_mV

PARAMETERS = motoneuron.CELL
FILE = Path(__file__).parent / "data" / "motoneuron.npz"
# The settings that were worked out; in between nothing is guessed.
AXES: dict[str, Floats] = {
    "bias_uA_per_cm2": np.arange(0.0, 8.5, 1.0),
    "potassium_mM": np.arange(3.0, 8.5, 1.0),
    "calcium_mM": np.round(np.arange(0.6, 1.25, 0.1), 1),
    "can_mS_per_cm2": np.arange(0.0, 1.1, 0.25),
    "inhibition_uA_per_cm2": np.arange(0.0, 10.5, 2.0),
}
UNITS = {"bias_uA_per_cm2": "µA/cm²", "potassium_mM": "mmol/L", "calcium_mM": "mmol/L",
         "can_mS_per_cm2": "mS/cm²", "inhibition_uA_per_cm2": "µA/cm²"}  # fmt: skip
PUSH_uA_per_cm2 = 15.0
# The push fades: where one ends at once, the phase of the last spike decides what follows.
PUSH_ms, FADED_ms, INHIBITION_ms, FREED_ms, END_ms = 0.0, 1800.0, 3500.0, 4000.0, 5500.0
FULL_UNTIL_ms, EDGE_ms = 1500.0, 50.0
BIN_ms = 20.0
# The last interval between spikes may not have ended, so the last bin is left out.
TIME_ms = np.arange(-500.0 + BIN_ms / 2, END_ms - BIN_ms, BIN_ms)
RAMP_uA_per_cm2 = np.arange(0.0, 20.1, 0.25)
RAMP_ms = 5000.0


def push(bias: Floats) -> tuple[list[float], list[Floats]]:
    """Knots of the current up to the inhibition: slowly to the bias, then the push."""
    time = [-1500.0, -500.0, 0.0, 0.0, FULL_UNTIL_ms, FADED_ms, INHIBITION_ms]
    zero, on = 0 * bias, bias + PUSH_uA_per_cm2
    return time, [zero, bias, bias, on, on, bias, bias]


def inhibit(bias: Floats, inhibition: Floats) -> tuple[list[float], list[Floats]]:
    """Knots of the current from the inhibition on."""
    down, up = INHIBITION_ms + EDGE_ms, FREED_ms + EDGE_ms
    low = bias - inhibition
    return [INHIBITION_ms, down, FREED_ms, up, END_ms], [bias, low, low, bias, bias]


def rate_Hz(spikes_ms: Floats, time_ms: Floats) -> Floats:
    """Give one over the interval around each time, and 0 where it is longer than 100 ms."""
    rate = np.zeros(time_ms.size)
    if spikes_ms.size > 1:
        interval = np.diff(spikes_ms)
        at = np.searchsorted(spikes_ms, time_ms) - 1
        inside = (at >= 0) & (at < interval.size)
        rate[inside] = 1000 / interval[at[inside]]
    rate[rate < 10] = 0.0
    return rate


@dataclass(frozen=True)
class Answer:
    """What one cell does; the setting, the rates in spikes per second, and the two currents.

    ``rate_Hz`` has the shape of ``TIME_ms``; ``rising_Hz`` and ``falling_Hz`` that of
    ``RAMP_uA_per_cm2``. ``on_uA_per_cm2`` starts the firing as the current rises, and
    ``off_uA_per_cm2`` is where it ends as the current falls.
    """

    bias_uA_per_cm2: float
    potassium_mM: float
    calcium_mM: float
    can_mS_per_cm2: float
    inhibition_uA_per_cm2: float
    shift_mV: float
    rate_Hz: Floats
    rising_Hz: Floats
    falling_Hz: Floats
    on_uA_per_cm2: float
    off_uA_per_cm2: float

    def mean_Hz(self, begin_ms: float, end_ms: float) -> float:
        """Mean rate between two times."""
        return float(self.rate_Hz[(TIME_ms > begin_ms) & (TIME_ms < end_ms)].mean())


@lru_cache(maxsize=1)
def _table() -> dict[str, NDArray[Any]]:
    with np.load(FILE, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def shifts_mV(calcium_mM: Floats) -> Floats:
    """Shift of the gates at an ionised calcium, with the usual magnesium."""
    return np.asarray(shift_mV(calcium_mM, SCREEN.magnesium_mM))


def answer(
    bias_uA_per_cm2: float,
    potassium_mM: float,
    calcium_mM: float,
    can_mS_per_cm2: float,
    inhibition_uA_per_cm2: float,
) -> Answer:
    """Look up what the cell does at a setting of ``AXES``.

    Raises
    ------
    ValueError
        For a setting outside the table or between its values.
    """
    setting = (bias_uA_per_cm2, potassium_mM, calcium_mM, can_mS_per_cm2, inhibition_uA_per_cm2)
    at = []
    for (name, axis), value in zip(AXES.items(), setting, strict=True):
        one_within(name, value, axis[0], axis[-1], UNITS[name])
        index = int(np.abs(axis - value).argmin())
        if abs(axis[index] - value) > 1e-6:
            allowed = ", ".join(f"{a:g}" for a in axis)
            raise ValueError(f"{name} is {value:g}: allowed are {allowed} {UNITS[name]}")
        at.append(index)
    table, cell = _table(), tuple(at[1:4])
    return Answer(
        *setting,
        float(shifts_mV(np.asarray(calcium_mM))),
        table["rate"][tuple(at)].astype(float),
        table["rising"][cell].astype(float),
        table["falling"][cell].astype(float),
        float(table["on"][cell]),
        float(table["off"][cell]),
    )


def ramp(potassium: Floats, shift: Floats, can: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Run current up and down; rates going up and down, (cells, currents), and where they turn."""
    run = motoneuron.follow(
        motoneuron.start(potassium.size), [0, RAMP_ms, 2 * RAMP_ms],
        [0, RAMP_uA_per_cm2[-1], 0],
        potassium_mM=potassium, shift_mV=shift, can_mS_per_cm2=can,
    )  # fmt: skip
    up = RAMP_uA_per_cm2 / RAMP_uA_per_cm2[-1] * RAMP_ms
    rising = np.array([rate_Hz(s, up) for s in run.spikes_ms])
    falling = np.array([rate_Hz(s, 2 * RAMP_ms - up) for s in run.spikes_ms])
    ends = np.array([(s[0], 2 * RAMP_ms - s[-1]) for s in run.spikes_ms])
    on, off = (ends * RAMP_uA_per_cm2[-1] / RAMP_ms).T
    return rising, falling, on, off


def pulses(
    bias: Floats, potassium: Floats, shift: Floats, can: Floats, inhibitions: Floats
) -> Floats:
    """Push and inhibit cells; rates of shape (cells, inhibitions, times)."""
    follow = partial(motoneuron.follow, potassium_mM=potassium, shift_mV=shift, can_mS_per_cm2=can)
    first = follow(motoneuron.start(bias.size), *push(bias))
    rates = np.zeros((bias.size, inhibitions.size, TIME_ms.size))
    for count, inhibition in enumerate(inhibitions):
        then = follow(first.state, *inhibit(bias, inhibition))
        for index, spikes in enumerate(zip(first.spikes_ms, then.spikes_ms, strict=True)):
            rates[index, count] = rate_Hz(np.concatenate(spikes), TIME_ms)
    return rates


def build() -> None:
    """Work the table out and write it."""
    bias, *cell, inhibitions = AXES.values()
    mesh = np.meshgrid(bias, *cell, indexing="ij")
    drive, potassium, calcium, can = (a.ravel() for a in mesh)
    rate = pulses(drive, potassium, shifts_mV(calcium), can, inhibitions)
    potassium, calcium, can = (a.ravel() for a in np.meshgrid(*cell, indexing="ij"))
    rising, falling, on, off = ramp(potassium, shifts_mV(calcium), can)
    shape = tuple(a.size for a in cell)
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        FILE,
        rate=rate.round().astype(np.uint16).reshape(*mesh[0].shape, inhibitions.size, -1),
        rising=rising.round().astype(np.uint16).reshape(*shape, -1),
        falling=falling.round().astype(np.uint16).reshape(*shape, -1),
        on=on.reshape(shape),
        off=off.reshape(shape),
    )


if __name__ == "__main__":
    build()
