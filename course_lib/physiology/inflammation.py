"""An infection, the inflammation that fights it, and the damage that keeps inflammation alive.

The reduced model of Reynolds et al. 2006 (J Theor Biol 242:220): germs P, activated defence N,
tissue damage D and the body's own anti-inflammatory brake C. With x' = x / (1 + (C / c_inf)^2),
that is, x as far as C lets it act, and time in hours::

    R     = q (k_nn N + k_np P + k_nd D)'                                     the call for defence
    dP/dt = k_pg P (1 - P / P_inf) - k_pm s_m P / (mu_m + k_mp P) - k_pn N' P
    dN/dt = s_nr R / (mu_nr + R) - mu_n N
    dD/dt = k_dn N'^6 / (x_dn^6 + N'^6) - mu_d D
    dC/dt = s_c + k_cn (N + k_cnd D)' / (1 + (N + k_cnd D)') - mu_c C

All four quantities are scaled, not concentrations. Two additions are this course's own: germs
below one millionth count as cleared (a continuous P could grow back from any trace), and the
factor q, 1 without it, by which magnesium is taken to brake the call for defence::

    q(Mg) = 1 / (1 + (Mg - Mg_0) / K),   K such that q is a chosen number at Mg_iv

No such curve was ever measured; its form and its size are assumed.

Whether a body heals or not turns on a threshold of the germs at the start. A tiny error of the
solver decides there, so nothing should be read off within 2 % of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
Outcome = Literal["heals", "own inflammation", "infection"]
CLEARED = 1e-6  # germs below this are gone
INFLAMED = 0.02  # defence that is still this active in the end keeps itself alive
LATE_h = 1000.0  # by then all but a hair's breadth of starts have decided
_CODE = "read in code written by others"
_published = partial(parameter, status="published", source="reynolds2006", note=_CODE)
_GERMS_LOW, _GERMS_HIGH = 0.01, 10.0
_GROWTH_LOW, _GROWTH_HIGH = 0.02, 1.0
_BRAKE_LOW, _BRAKE_HIGH = 0.05, 2.0


@dataclass(frozen=True)
class Body:
    """Germs, inflammation, damage and brake (Reynolds 2006)."""

    growth_per_h: float = parameter(
        0.3, "1/h", "growth of the germs, k_pg", status="published", source="reynolds2006",
        note=f"{_CODE}; 0.02 to 1 is the range studied",
    )  # fmt: skip
    p_inf: float = _published(20.0, "million/mL", "most germs that fit in")
    killing_per_h: float = _published(0.6, "1/h", "killing by the first, unspecific defence, k_pm")
    k_mp: float = _published(0.01, "1", "its loss by germs")
    s_m: float = _published(0.005, "1", "its supply")
    mu_m: float = _published(0.002, "1", "its decay")
    k_pn: float = _published(1.8, "1", "killing of germs by activated defence")
    k_np: float = _published(0.1, "1", "call for defence by germs")
    k_nn: float = _published(0.01, "1", "call by defence itself")
    k_nd: float = _published(0.02, "1", "call by damage")
    s_nr: float = _published(0.08, "1", "fastest supply of activated defence")
    mu_nr: float = _published(0.12, "1", "call at which supply is half of that")
    defence_decay_per_h: float = _published(0.05, "1/h", "decay of activated defence, mu_n")
    k_dn: float = _published(0.35, "1", "fastest damage by defence")
    x_dn: float = _published(0.06, "1", "defence at which damage is half of that")
    repair_per_h: float = _published(0.02, "1/h", "repair of damage, mu_d")
    c_inf: float = _published(0.28, "1", "brake that halves what it acts on")
    s_c: float = _published(0.0125, "1", "resting supply of the brake")
    k_cn: float = _published(0.04, "1", "fastest further supply of the brake")
    k_cnd: float = _published(48.0, "1", "how much more damage than defence calls for the brake")
    brake_decay_per_h: float = _published(0.1, "1/h", "decay of the brake, mu_c")
    usual_mM: float = parameter(
        0.55, "mmol/L", "ionised magnesium at which q is 1", status="assumed",
        note="the usual level in blood",
    )  # fmt: skip
    infusion_mM: float = parameter(
        1.9, "mmol/L", "ionised magnesium at which q is brake_at_infusion", status="assumed",
        note="top of the range of an infusion, itself a textbook number",
    )  # fmt: skip
    brake_at_infusion: float = parameter(
        0.7, "1", "q there", status="assumed",
        note="cells at such levels made less of two messengers [sugimoto2012]; the size is ours",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("growth_per_h", self.growth_per_h, _GROWTH_LOW, _GROWTH_HIGH, "1/h")
        one_within("brake_at_infusion", self.brake_at_infusion, 0.5, 1)


BODY = Body()
PARAMETERS = BODY


@dataclass(frozen=True)
class Course:
    """An infection over time; all arrays of shape (times,).

    Attributes
    ----------
    brake
        The factor q on the call for defence.
    own_brake
        The model's own anti-inflammatory signal C.
    outcome
        How it ends, after a thousand hours.
    """

    body: Body
    brake: float
    time_h: Array
    germs: Array
    defence: Array
    damage: Array
    own_brake: Array
    outcome: Outcome

    @property
    def peak(self) -> float:
        """Highest activated defence, up to the end of the times."""
        return float(self.defence.max())

    @property
    def peak_h(self) -> float:
        """When it is reached, to the spacing of the times."""
        return float(self.time_h[self.defence.argmax()])


def brake(mg_mM: ArrayLike, body: Body = BODY) -> Array:
    """Give the factor q that magnesium is assumed to put on the call for defence.

    Parameters
    ----------
    mg_mM
        Ionised magnesium in mmol/L, 0.1 to 12, any shape.

    Raises
    ------
    ValueError
        For magnesium outside that range.
    """
    mg = within("mg_mM", mg_mM, 0.1, 12, "mmol/L")
    steps = (mg - body.usual_mM) / (body.infusion_mM - body.usual_mM)
    return np.asarray(1 / (1 + steps * (1 / body.brake_at_infusion - 1)))


def course(
    germs: float,
    *,
    brake: float = 1.0,
    body: Body = BODY,
    end_h: float = 240.0,
    step_h: float = 1.0,
    tolerance: float = 1e-6,
) -> Course:
    """Follow an infection.

    Parameters
    ----------
    germs
        Germs at the start, in millions per mL, 0.01 to 10.
    brake
        The factor q, 0.05 to 2; 1 is the model as published.
    end_h, step_h
        Times to return: 0 to ``end_h`` in steps.
    tolerance
        Relative tolerance of the solver, 1e-12 to 1e-4.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    from scipy.integrate import odeint  # noqa: PLC0415  a third of a second to import

    start = one_within("germs", germs, _GERMS_LOW, _GERMS_HIGH, "million/mL")
    q = one_within("brake", brake, _BRAKE_LOW, _BRAKE_HIGH)
    step = one_within("step_h", step_h, 0.001, 10, "h")
    last = one_within("end_h", end_h, 10 * step, 900, "h")
    loose = one_within("tolerance", tolerance, 1e-12, 1e-4)
    time = np.append(np.arange(0, last + step / 2, step), [LATE_h - 50, LATE_h])
    slope = slopes(q, body)
    begin = (start, 0.0, 0.0, body.s_c / body.brake_decay_per_h)
    how: dict[str, Any] = {"rtol": loose, "atol": loose / 1000, "tfirst": True, "mxstep": 20000}
    states = odeint(slope, begin, time, **how)
    cleared = np.flatnonzero(states[:, 0] < CLEARED)
    if cleared.size and cleared[0] < time.size - 1:
        first = int(cleared[0])
        states[first, 0] = 0.0
        states[first:] = odeint(slope, states[first], time[first:], **how)
    end = states[-1]
    outcome: Outcome = (
        "infection" if end[0] > CLEARED else "own inflammation" if end[1] > INFLAMED else "heals"
    )
    germs_, defence, damage, own = states[:-2].T.copy()
    return Course(body, q, time[:-2], germs_, defence, damage, own, outcome)


def slopes(
    brake: float, body: Body = BODY
) -> Callable[[float, Array], tuple[float, float, float, float]]:
    """Give the right-hand side of the model as a function of time and (P, N, D, C)."""
    grow, most = body.growth_per_h, body.p_inf
    kill, k_mp, mu_m = body.killing_per_h * body.s_m, body.k_mp, body.mu_m
    k_pn, k_np, k_nn, k_nd = body.k_pn, body.k_np, body.k_nn, body.k_nd
    s_nr, mu_nr, mu_n = body.s_nr, body.mu_nr, body.defence_decay_per_h
    k_dn, sixth, mu_d = body.k_dn, body.x_dn**6, body.repair_per_h
    c_inf, s_c, mu_c = body.c_inf, body.s_c, body.brake_decay_per_h
    k_cn, k_cnd = body.k_cn, body.k_cnd

    def slope(_time: float, state: Array) -> tuple[float, float, float, float]:
        # Plain floats: NumPy's scalars would make each of the thousand calls three times slower.
        P, N, D, C = state.tolist()
        free = 1 / (1 + (C / c_inf) ** 2)
        call = brake * free * (k_nn * N + k_np * P + k_nd * D)
        active = free * N
        steep = active**6
        signal = free * (N + k_cnd * D)
        return (
            P * (grow * (1 - P / most) - kill / (mu_m + k_mp * P) - k_pn * active),
            s_nr * call / (mu_nr + call) - mu_n * N,
            k_dn * steep / (sixth + steep) - mu_d * D,
            s_c + k_cn * signal / (1 + signal) - mu_c * C,
        )

    return slope
