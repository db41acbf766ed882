"""The body's potassium over weeks: gut, plasma, cells, kidney and aldosterone.

The model of Stadt, Leete, Devinyak & Layton 2022 (doi:10.1371/journal.pcbi.1010607) with a steady
intake, no meals and so no surge of insulin. With G in the gut, P in plasma, E between the cells
and C in them (mmol), and N the aldosterone relative to normal::

    dG/dt = (1 - faeces) intake - kg G
    dP/dt = kg G - Px (Kp - Ke) - U                 Kp = P / Vp,  Ke = E / Ve,  Kc = C / Vc
    dE/dt = Px (Kp - Ke) - pump + leak              pump = rho(N) Vmax Ke / (Km + Ke)
    dC/dt = pump - leak                             leak = Pm (Kc - Ke)
    dN/dt = (Ns(Kout) - N) / T                      Ns = max(0, 3 Kout / 4.2 - 2)
    U     = (1 - r) (0.08 GFR Kp + f s D g(N) b(G)) + f s Q l(N)

Of this course is one factor: distal secretion is multiplied by ``f``, the release of the channel
ROMK from magnesium (see ``romk``), and by ``s``, the sodium that reaches the distal tubule.
The uptake from the gut does not depend on magnesium: no evidence was found that it should.
Below 2.8 mmol/L aldosterone is off, so that plasma hardly falls further whatever the loss;
and plasma moves too far with what is eaten once that is far from the 70 mmol/d of the model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.potassium_body import BODY, MINUTES_PER_DAY, Body

PARAMETERS = BODY
END_d = 180.0
TIME_d: Floats = END_d * np.linspace(0, 1, 61) ** 2  # dense at first, when most happens
State = tuple[float, float, float, float, float]

__all__ = ["BODY", "HEALTHY", "Body", "Conditions", "Course", "END_d", "TIME_d", "follow", "rates",
           "secretion_for", "steady_mM", "steady_state"]  # fmt: skip


@dataclass(frozen=True)
class Conditions:
    """What is asked of the kidney: both factors 1 in a healthy person who eats 70 mmol a day.

    ``secretion`` is the factor f of low cell magnesium, ``sodium`` the factor s of distal sodium.
    """

    secretion: float = 1.0
    sodium: float = 1.0
    intake_mmol_per_d: float = 70.0

    def __post_init__(self) -> None:
        one_within("secretion", self.secretion, 0.2, 5)
        one_within("sodium", self.sodium, 0.5, 2)
        one_within("intake_mmol_per_d", self.intake_mmol_per_d, 20, 200, "mmol/d")

    @property
    def factor(self) -> float:
        """Distal secretion relative to normal, aldosterone and food aside."""
        return self.secretion * self.sodium


HEALTHY = Conditions()


@dataclass(frozen=True)
class Course:
    """A course of weeks: arrays of shape (times,), daily rates in mmol/d."""

    conditions: Conditions
    time_d: Floats
    plasma_mM: Floats
    cell_mM: Floats
    aldosterone: Floats
    absorbed_mmol_per_d: Floats
    urine_mmol_per_d: Floats
    body_mmol: Floats


def secretion_for(
    plasma_mM: ArrayLike, conditions: Conditions = HEALTHY, body: Body = BODY
) -> Floats:
    """Give the factor f at which plasma settles at a level: the steady state, solved backwards.

    It falls steadily with the level, so that the curve of level against f needs no root finding.

    Parameters
    ----------
    plasma_mM
        Plasma potassium in mmol/L, above 2.8 (where aldosterone stops) to 15, any shape.
    conditions
        Sodium and intake; their ``secretion`` is not used.

    Raises
    ------
    ValueError
        For a level outside that range.
    """
    level = within("plasma_mM", plasma_mM, body.aldosterone_stops_mM * (1 + 1e-9), 15, "mmol/L")
    absorbed = body.absorbed_mmol_per_min(conditions.intake_mmol_per_d)
    gut = body.gut_mmol(conditions.intake_mmol_per_d)
    secreted = body.secretion_mmol_per_min(body.aldosterone_at(level), gut, conditions.sodium)
    return np.asarray((absorbed - body.passed_L_per_min * level) / secreted)


def steady_mM(
    conditions: Conditions = HEALTHY, body: Body = BODY, *, aldosterone_held: bool = False
) -> float:
    """Plasma potassium at which urine and uptake balance, in mmol/L.

    Parameters
    ----------
    aldosterone_held
        Whether aldosterone stays normal whatever potassium does.

    Raises
    ------
    ValueError
        If aldosterone is held and secretion alone exceeds the uptake: there is no balance.
    """
    absorbed = body.absorbed_mmol_per_min(conditions.intake_mmol_per_d)
    gut = body.gut_mmol(conditions.intake_mmol_per_d)
    passed = body.passed_L_per_min
    secreted = _secretion(conditions, body)

    def needed(hormone: float) -> float:
        """Level that would balance the books at a fixed aldosterone."""
        return (absorbed - secreted(hormone, gut)) / passed

    if aldosterone_held:
        level = needed(1.0)
        if level <= 0:
            raise ValueError("with aldosterone held, more is secreted than taken up: no balance")
        return level
    low, high = 0.0, needed(0.0)
    for _ in range(60):  # halving: the level falls short of what is needed, or exceeds it
        level = (low + high) / 2
        short = level < needed(_aldosterone(level, body))
        low, high = (level, high) if short else (low, level)
    return (low + high) / 2


def steady_state(conditions: Conditions = HEALTHY, body: Body = BODY) -> State:
    """Amounts in gut, plasma, between and in cells (mmol), and aldosterone, once all is settled."""
    level = steady_mM(conditions, body)
    hormone = _aldosterone(level, body)
    cells = level + _pump(level, hormone, body) / body.leak_L_per_min
    return (
        body.gut_mmol(conditions.intake_mmol_per_d),
        level * body.plasma_L,
        level * body.between_L,
        cells * body.cells_L,
        hormone,
    )


def follow(
    conditions: Conditions,
    start: State | None = None,
    *,
    time_d: ArrayLike = TIME_d,
    body: Body = BODY,
) -> Course:
    """Follow the body from a state (the healthy steady one by default) under new conditions.

    Parameters
    ----------
    time_d
        Rising times in days, the first one 0, shape (times,).

    Raises
    ------
    ValueError
        For times that are not so.
    """
    time = within("time_d", time_d, 0, 3650, "d")
    if time.ndim != 1 or time.size < 2 or time[0] != 0 or not np.all(np.diff(time) > 0):
        raise ValueError("time_d must be a rising list of at least two times that starts at 0")
    # Minutes and weeks in one system: LSODA, which is safe with that, needs 2 ms for half a year.
    from scipy.integrate import odeint  # noqa: PLC0415  slow to import, and not always needed

    begin = steady_state(HEALTHY, body) if start is None else start
    course = odeint(
        rates(conditions, body), begin, time * MINUTES_PER_DAY, tfirst=True, rtol=1e-8, atol=1e-8
    )
    gut, plasma, between, cells, hormone = course.T
    secreted = body.secretion_mmol_per_min(hormone, gut, conditions.factor)
    urine = secreted + body.passed_L_per_min * plasma / body.plasma_L
    return Course(
        conditions, time, plasma / body.plasma_L, cells / body.cells_L, hormone,
        absorbed_mmol_per_d=MINUTES_PER_DAY * body.gut_per_min * gut,
        urine_mmol_per_d=MINUTES_PER_DAY * urine,
        body_mmol=plasma + between + cells,
    )  # fmt: skip


def rates(conditions: Conditions, body: Body = BODY) -> Callable[[float, Floats], State]:
    """Give the right-hand side d(state)/dt, per minute, of the five equations."""
    p = body
    supply = p.absorbed_mmol_per_min(conditions.intake_mmol_per_d)
    secreted = _secretion(conditions, body)
    passed, leak = p.passed_L_per_min, p.leak_L_per_min

    def rate(_: float, state: Floats) -> State:
        gut, plasma, between, cells, hormone = state.tolist()
        in_plasma, in_between = plasma / p.plasma_L, between / p.between_L
        urine = passed * in_plasma + secreted(hormone, gut)
        out = p.exchange_L_per_min * (in_plasma - in_between)
        inward = _pump(in_between, hormone, p) - leak * (cells / p.cells_L - in_between)
        outside = (plasma + between) / (p.plasma_L + p.between_L)
        return (
            supply - p.gut_per_min * gut,
            p.gut_per_min * gut - out - urine,
            out - inward,
            inward,
            (_aldosterone(outside, p) - hormone) / p.aldosterone_min,
        )

    return rate


def _secretion(conditions: Conditions, body: Body) -> Callable[[float, float], float]:
    """Secretion that reaches the urine, in mmol/min, from aldosterone and the gut, as a number.

    The same as ``Body.secretion_mmol_per_min``, which takes arrays and is slower in a loop.
    """
    distal = conditions.factor * (1 - body.duct_uptake) * body.distal_mmol_per_min
    distal *= body.distal_gain
    duct = conditions.factor * body.duct_mmol_per_min * body.duct_gain
    usual = body.gut_mmol(body.usual_intake_mmol_per_d)

    def secreted(hormone: float, gut: float) -> float:
        active = max(hormone, 0.0)
        food = max(1.0, 1 + body.feedforward * (gut - usual))
        return float(distal * food * active**body.distal_power + duct * active**body.duct_power)

    return secreted


def _aldosterone(level_mM: float, body: Body) -> float:
    """Aldosterone that a potassium outside cells settles to, as a number."""
    return max(0.0, (1 + body.steepness) * level_mM / body.normal_mM - body.steepness)


def _pump(between_mM: float, hormone: float, body: Body) -> float:
    """Potassium pumped into cells, in mmol/min."""
    speed = body.pump_mmol_per_min * between_mM / (body.pump_half_mM + between_mM)
    return body.pumping(hormone) * speed
