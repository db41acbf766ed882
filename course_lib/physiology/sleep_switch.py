"""A second model of sleep: two groups of nerve cells that silence each other.

The flip-flop of Phillips & Robinson 2008 (J Theor Biol 255:413). Cells that keep us awake (MA) and
cells that make us sleep (VLPO) inhibit each other, so that one group is always on top; a clock and
the sleep pressure H push the second::

    tau dVv/dt = nu_vm Q(Vm) + nu_vc C + nu_vh H - Vv
    tau dVm/dt = nu_mv Q(Vv) + A - Vm
    chi dH/dt  = mu Q(Vm) - H,          Q(V) = 100 / (1 + exp((10 - V) / 3))  per second
    C = c0 + cos(2 pi t / 24 h)

Here the constants of 2008; those of 2007 differ and must not be mixed with them. Without the offset
c0 of the clock, as in some public codes, the model sleeps 19 hours a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import cos, exp, pi

import numpy as np

from course_lib.physiology.checks import Floats, one_within
from course_lib.physiology.provenance import parameter

DAY_h, SECONDS_PER_h = 24.0, 3600.0
SETTLE_d = 20  # a start far from the cycle is forgotten within two weeks
PER_DAY = 1440
AWAKE_per_s = 1.0  # the arousal cells fire faster than this when one is awake


_published = partial(
    parameter, status="published", source="phillips2008", species="human",
    note="read in a public code of the model",
)  # fmt: skip


@dataclass(frozen=True)
class Switch:
    """Flip-flop of Phillips and Robinson."""

    arousal_mV: float = _published(1.3, "mV", "A: steady drive to the cells that keep us awake")
    from_arousal: float = _published(-2.1, "mV s", "nu_vm: arousal on the sleep cells")
    from_sleep: float = _published(-1.8, "mV s", "nu_mv: sleep cells on arousal")
    from_clock_mV: float = _published(-2.9, "mV", "nu_vc: the clock on the sleep cells")
    from_pressure: float = _published(1.0, "mV/nM", "nu_vh: sleep pressure on the sleep cells")
    pressure_h: float = _published(45.0, "h", "chi: time constant of the sleep pressure")
    pressure_gain: float = _published(4.4, "nM s", "mu: sleep pressure that arousal makes")
    cell_s: float = _published(10.0, "s", "tau: time constant of both groups")
    offset: float = parameter(
        4.5, "1", "c0: the clock's mean", status="assumed",
        note="recalled; with it the model sleeps eight and a half hours",
    )  # fmt: skip


SWITCH = Switch()
PARAMETERS = SWITCH


@dataclass(frozen=True)
class Day:
    """A day that repeats: arrays of shape (minutes,), and the hours slept."""

    time_h: Floats
    pressure_nM: Floats
    arousal_per_s: Floats

    @property
    def sleep_h(self) -> float:
        """Hours of sleep."""
        return DAY_h * float((self.arousal_per_s < AWAKE_per_s).mean())

    @property
    def turns(self) -> int:
        """How often one falls asleep or wakes."""
        awake = self.arousal_per_s >= AWAKE_per_s
        return int((awake != np.roll(awake, 1)).sum())


def firing_per_s(voltage_mV: float) -> float:
    """Give the firing rate of a group of cells, 0 to 100 per second, at a voltage in mV."""
    return 100 / (1 + exp(min((10 - voltage_mV) / 3, 700)))


def day(switch: Switch = SWITCH) -> Day:
    """Follow the cells until the days repeat, and give the last one.

    Raises
    ------
    ValueError
        For a time constant that is not positive.
    """
    one_within("pressure_h", switch.pressure_h, 1, 500, "h")
    one_within("cell_s", switch.cell_s, 0.1, 600, "s")
    from scipy.integrate import odeint  # noqa: PLC0415  slow to import, and not always needed

    cells_per_h = SECONDS_PER_h / switch.cell_s

    def rate(state: Floats, time_h: float) -> tuple[float, float, float]:
        sleep, arousal, pressure = state.tolist()
        fast, slow = firing_per_s(arousal), firing_per_s(sleep)
        clock = switch.offset + cos(2 * pi * time_h / DAY_h)
        push = switch.from_clock_mV * clock + switch.from_pressure * pressure
        return (
            cells_per_h * (switch.from_arousal * fast + push - sleep),
            cells_per_h * (switch.from_sleep * slow + switch.arousal_mV - arousal),
            (switch.pressure_gain * fast - pressure) / switch.pressure_h,
        )

    time = DAY_h * np.arange(SETTLE_d * PER_DAY + 1) / PER_DAY
    # Ten seconds against 45 hours: a step must not jump over the turn from one state to the other.
    course = odeint(rate, (-10.0, 0.0, 14.0), time, hmax=1 / 30, rtol=1e-7, atol=1e-7)
    _, arousal, pressure = course[-PER_DAY:].T
    rates = np.array([firing_per_s(v) for v in arousal])
    return Day(time[-PER_DAY:] % DAY_h, pressure, rates)
