"""How gut, bone and kidney hold the calcium of the blood: a teaching model of this course.

Parathyroid hormone (PTH) falls steeply as ionised calcium rises. It makes the kidney keep calcium,
makes bone give calcium, and makes active vitamin D, which makes the gut absorb. In the steady
state what is absorbed and what bone gives equals what urine and gut lose (mg of calcium a day)::

    s(c)   = least + (most - least) / (1 + (c_sensed / set_point)^steepness)
    PTH    = s(c) * m(Mg),       c_sensed = c + w (Mg - Mg0)
    gut    = diet * (passive + V D / (K + diet)),   D = vitamin D * sqrt(PTH)
    bone   = b * max(PTH - 1, 0) + e (1 - c/c0)
    urine  = U0 (c/c0)^a PTH^-p,   gut loss = E0 c/c0

Every constant is assumed. They were chosen so that 1000 mg a day gives the usual calcium (1.22
mmol/L) with some 300 mg absorbed and 170 mg in urine; that 200 to 2500 mg a day stays inside the
reference range; that without parathyroid glands calcium falls into the range of tetany; and that a
quarter of the usual magnesium lowers it below the range, as in the two volunteers of Shils
(reference ``shils1964``), whose calcium fell and came back with magnesium.

How nerve feels it is the course's surface-charge formula (10 mV for a factor e, magnesium counting
0.71 as much as calcium), fitted to Hille and others (1975, doi:10.1098/rstb.1975.0011).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course_lib.physiology.checks import Floats, one_within, within
from course_lib.physiology.provenance import parameter
from course_lib.physiology.surface_charge import shift_mV

LOWEST_mM, HIGHEST_mM = 0.1, 3.0  # of ionised calcium: far outside all that the sliders reach
_HALVINGS = 36  # of that interval: to 4e-11 mmol/L


@dataclass(frozen=True)
class Balance:
    """Teaching model of the calcium balance of an adult."""

    calcium_mM: float = parameter(
        1.22, "mmol/L", "usual ionised calcium", status="assumed",
        note="inside the reference range, 1.15 to 1.32",
    )  # fmt: skip
    magnesium_mM: float = parameter(
        0.55, "mmol/L", "usual ionised magnesium", status="assumed",
        note="inside the reference range, 0.45 to 0.65",
    )  # fmt: skip
    pth_most: float = parameter(5.0, "1", "highest PTH, over the usual", status="assumed")
    pth_least: float = parameter(0.1, "1", "lowest PTH, over the usual", status="assumed")
    pth_without_glands: float = parameter(
        0.05, "1", "PTH without parathyroid glands, over the usual", status="assumed",
        note="not zero, so that its powers stay finite",
    )  # fmt: skip
    steepness: float = parameter(
        20.0, "1", "how sharply PTH answers to calcium", status="assumed",
        note="a steep inverse S is textbook knowledge; the number is a choice",
    )  # fmt: skip
    magnesium_sensed: float = parameter(
        0.15, "1", "weight of magnesium at the calcium sensor", status="assumed",
        note="more magnesium lowers PTH a little: direction recalled, size chosen",
    )  # fmt: skip
    magnesium_half_mM: float = parameter(
        0.25, "mmol/L", "ionised magnesium at which PTH works half as well", status="assumed",
        note="set so that a quarter of the usual magnesium lowers calcium below the range",
    )  # fmt: skip
    passive: float = parameter(
        0.12, "1", "share of dietary calcium absorbed without vitamin D", status="assumed"
    )
    active_mg_per_day: float = parameter(
        252.0, "mg/day", "most that the usual vitamin D makes the gut absorb", status="assumed"
    )
    active_half_mg_per_day: float = parameter(
        400.0, "mg/day", "dietary calcium at which half of that is reached", status="assumed"
    )
    bone_mg_per_day: float = parameter(
        60.0, "mg/day", "calcium from bone for each unit of PTH above the usual", status="assumed"
    )
    exchange_mg_per_day: float = parameter(
        150.0, "mg/day", "calcium that bone would give without PTH if blood had none",
        status="assumed",
    )  # fmt: skip
    urine_mg_per_day: float = parameter(170.0, "mg/day", "usual calcium in urine", status="assumed")
    urine_power: float = parameter(4.0, "1", "how urine rises with calcium", status="assumed")
    kidney_power: float = parameter(0.4, "1", "how PTH makes the kidney keep", status="assumed")
    gut_loss_mg_per_day: float = parameter(
        130.0, "mg/day", "calcium lost into the gut", status="assumed"
    )


ADULT = Balance()
PARAMETERS = ADULT


@dataclass(frozen=True)
class Steady:
    """Where the balance settles; flows in mg of calcium a day, PTH over the usual."""

    diet_mg_per_day: float
    vitamin_d: float
    magnesium_mM: float
    glands: bool
    calcium_mM: float
    pth: float
    absorbed: float
    from_bone: float
    urine: float
    gut_loss: float
    shift_mV: float


@dataclass(frozen=True)
class _Flows:
    pth: Floats
    absorbed: Floats
    from_bone: Floats
    urine: Floats
    gut_loss: Floats

    @property
    def gain(self) -> Floats:
        return self.absorbed + self.from_bone - self.urine - self.gut_loss


def hormone(
    calcium_mM: ArrayLike, magnesium_mM: ArrayLike, *, glands: bool = True, body: Balance = ADULT
) -> Floats:
    """PTH over the usual, as far as it works.

    Parameters
    ----------
    calcium_mM, magnesium_mM
        Ionised, in mmol/L, 0.1 to 3 and 0.05 to 5; broadcast with each other.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    calcium = within("calcium_mM", calcium_mM, LOWEST_mM, HIGHEST_mM, "mmol/L")
    magnesium = within("magnesium_mM", magnesium_mM, 0.05, 5, "mmol/L")
    if not glands:
        return np.full(np.broadcast(calcium, magnesium).shape, body.pth_without_glands)
    return _hormone(calcium, magnesium, body)


def _hormone(calcium: Floats, magnesium: Floats, body: Balance) -> Floats:
    # The set point that makes PTH 1 at the usual calcium.
    ratio = (body.pth_most - 1) / (1 - body.pth_least)
    set_point = body.calcium_mM * ratio ** (-1 / body.steepness)
    sensed = np.maximum(
        calcium + body.magnesium_sensed * (magnesium - body.magnesium_mM), LOWEST_mM / 2
    )
    secreted = body.pth_least + (body.pth_most - body.pth_least) / (
        1 + (sensed / set_point) ** body.steepness
    )
    return np.asarray(secreted * _works(magnesium, body) / _works(body.magnesium_mM, body))


def _works(magnesium: ArrayLike, body: Balance) -> Floats:
    return np.asarray(1 / (1 + (body.magnesium_half_mM / np.asarray(magnesium)) ** 4))


def _flows(calcium: Floats, diet: Floats, vitamin_d: Floats, pth: Floats, body: Balance) -> _Flows:
    relative = calcium / body.calcium_mM
    active = vitamin_d * np.sqrt(pth) * body.active_mg_per_day
    return _Flows(
        pth=pth,
        absorbed=np.asarray(diet * (body.passive + active / (body.active_half_mg_per_day + diet))),
        from_bone=np.asarray(
            body.bone_mg_per_day * np.maximum(pth - 1, 0)
            + body.exchange_mg_per_day * (1 - relative)
        ),
        urine=np.asarray(
            body.urine_mg_per_day * relative**body.urine_power * pth**-body.kidney_power
        ),
        gut_loss=np.asarray(body.gut_loss_mg_per_day * relative),
    )


def calcium(
    diet_mg_per_day: ArrayLike,
    vitamin_d: ArrayLike = 1.0,
    magnesium_mM: ArrayLike = ADULT.magnesium_mM,
    *,
    glands: bool = True,
    body: Balance = ADULT,
) -> Floats:
    """Ionised calcium of the blood, in mmol/L, at which gains and losses are equal.

    Parameters
    ----------
    diet_mg_per_day
        Calcium eaten, 50 to 5000 mg a day.
    vitamin_d
        Active vitamin D at the usual PTH, over the usual, 0.05 to 10.
    magnesium_mM
        Ionised magnesium of the blood, 0.05 to 5 mmol/L. All three broadcast.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    diet = within("diet_mg_per_day", diet_mg_per_day, 50, 5000, "mg/day")
    sun = within("vitamin_d", vitamin_d, 0.05, 10)
    magnesium = within("magnesium_mM", magnesium_mM, 0.05, 5, "mmol/L")
    shape = np.broadcast(diet, sun, magnesium).shape
    low, high = np.full(shape, LOWEST_mM), np.full(shape, HIGHEST_mM)
    pth = np.full(shape, body.pth_without_glands)
    for _ in range(_HALVINGS):  # the gain falls as calcium rises, so there is one answer
        middle = (low + high) / 2
        if glands:
            pth = _hormone(middle, magnesium, body)
        gains = _flows(middle, diet, sun, pth, body).gain > 0
        low, high = np.where(gains, middle, low), np.where(gains, high, middle)
    return np.asarray((low + high) / 2)


def threshold_shift_mV(
    calcium_mM: ArrayLike, magnesium_mM: ArrayLike, body: Balance = ADULT
) -> Floats:
    """Shift of nerve's threshold from the usual, in mV; negative means it fires more easily.

    Parameters
    ----------
    calcium_mM, magnesium_mM
        Ionised, in mmol/L, 0 to 50; broadcast with each other.

    Raises
    ------
    ValueError
        For a value outside that range.
    """
    usual = shift_mV(body.calcium_mM, body.magnesium_mM)
    return np.asarray(shift_mV(calcium_mM, magnesium_mM) - usual)


def steady(
    diet_mg_per_day: float,
    vitamin_d: float,
    magnesium_mM: float,
    *,
    glands: bool = True,
    body: Balance = ADULT,
) -> Steady:
    """Describe where the balance settles, for a picture and its reading.

    Raises ``ValueError`` as :func:`calcium` does.
    """
    diet = one_within("diet_mg_per_day", diet_mg_per_day, 50, 5000, "mg/day")
    level = calcium(diet, vitamin_d, magnesium_mM, glands=glands, body=body)
    pth = hormone(level, magnesium_mM, glands=glands, body=body)
    flows = _flows(level, np.asarray(diet), np.asarray(vitamin_d), pth, body)
    return Steady(
        diet, vitamin_d, magnesium_mM, glands, float(level), float(pth), float(flows.absorbed),
        float(flows.from_bone), float(flows.urine), float(flows.gut_loss),
        float(threshold_shift_mV(level, magnesium_mM, body)),
    )  # fmt: skip
