"""From one action potential to calcium and force, with magnesium in its places.

A teaching model of this course ("EC7"): seven equations for a mouse fast fibre at 16 °C, reduced
from the work of Baylor & Hollingworth (2003, doi:10.1113/jphysiol.2003.041608; 2007,
doi:10.1085/jgp.200709827), whose calcium transient, 18.5 umol/L high and 4.9 ms long, it is
tuned to reproduce. Time in ms, calcium in umol/L, magnesium in mmol/L.

Free calcium is shared between troponin (two sites in sequence), parvalbumin (where magnesium
sits too) and ATP (where magnesium competes; taken as always in equilibrium); the store gives it
out in a brief pulse and the pump takes it back. Magnesium acts in two opposite ways: it occupies
sites that would otherwise take up calcium, and it brakes the release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology.checks import one_within
from course_lib.physiology.fibre_sets import MOUSE, MouseFastFibre

Array = NDArray[np.float64]
State = tuple[float, float, float, float, float, float, float]
Slope = Callable[[float, Any], State]
MG_LOW_mM, MG_HIGH_mM = 0.25, 3.0
RELEASE_ms, SHORT_ms, LONG_ms = 12.0, 0.1, 0.2  # points lie close together while a release is on
LARGEST_STEP_ms = 2.0  # a solver left to itself steps over a release
TOLERANCE = 1e-7
PARAMETERS = MOUSE


@dataclass(frozen=True)
class Response:
    """Calcium and force after one or more action potentials; arrays of shape (points,)."""

    fibre: MouseFastFibre
    mg_mM: float
    mg_buffers_mM: float
    time_ms: Array
    calcium_uM: Array
    half_troponin_uM: Array
    troponin_uM: Array
    parvalbumin_calcium_uM: Array
    parvalbumin_magnesium_uM: Array
    force: Array
    released_uM: Array
    pumped_uM: Array

    @property
    def rise_uM(self) -> float:
        """Height of the calcium transient above rest."""
        return float(self.calcium_uM.max() - self.calcium_uM[0])

    @property
    def half_duration_ms(self) -> float:
        """Time for which calcium lies above half of its rise, after the first pulse."""
        return _width(self.time_ms, self.calcium_uM - self.calcium_uM[0])

    @property
    def calcium_kept_uM(self) -> Array:
        """Calcium outside the store minus what left it: constant if none is lost."""
        inside = self.calcium_uM + self.on_troponin_uM + self.on_atp_uM
        return np.asarray(inside + self.parvalbumin_calcium_uM - self.released_uM)

    @property
    def on_troponin_uM(self) -> Array:
        """Calcium on troponin, on one site or on both."""
        return np.asarray(self.half_troponin_uM + 2 * self.troponin_uM)

    @property
    def on_atp_uM(self) -> Array:
        """Calcium on ATP."""
        p = self.fibre
        ka = p.ca_atp_uM * (1 + self.mg_buffers_mM / p.mg_atp_mM)
        return np.asarray(p.atp_uM * self.calcium_uM / (ka + self.calcium_uM))

    @property
    def peak_force(self) -> float:
        """Largest share of heads attached."""
        return float(self.force.max())

    @property
    def contraction_time_ms(self) -> float:
        """Time from the action potential to the peak of force."""
        return float(self.time_ms[self.force.argmax()])


def release_brake(mg_mM: float, fibre: MouseFastFibre = MOUSE) -> float:
    """Release through the channel at a magnesium concentration, relative to 1 mmol/L."""
    mg = one_within("mg_mM", mg_mM, 0, 20, "mmol/L")
    return (fibre.brake_mM + 1) / (fibre.brake_mM + mg)


def availability(times_ms: Sequence[float], fibre: MouseFastFibre = MOUSE) -> tuple[float, ...]:
    """Share of the full release that each action potential of a train can have."""
    shares = [1.0]
    for before, now in pairwise(times_ms):
        missing = 1 - fibre.left_ready * shares[-1]
        shares.append(1 - missing * exp(-fibre.recovery_per_ms * (now - before)))
    return tuple(shares[: len(times_ms)])


def rest(mg_mM: float, fibre: MouseFastFibre = MOUSE) -> State:
    """Equilibrium at resting calcium: Ca, CaTn, Ca2Tn, CaParv, MgParv, force, out of the store."""
    p, ca = fibre, fibre.rest_uM
    first, second = ca * p.k1_on / p.k1_off, ca * p.k2_on / p.k2_off
    all_forms = 1 + first + first * second
    on_calcium, on_magnesium = ca * p.pc_on / p.pc_off, mg_mM * p.pm_on / p.pm_off
    sites = p.parvalbumin_uM / (1 + on_calcium + on_magnesium)
    b = p.troponin_uM * first * second / all_forms
    on = p.attach_per_ms * (b / p.troponin_uM) ** p.steepness
    force = on / (on + p.detach_per_ms)
    a = p.troponin_uM * first / all_forms
    return ca, a, b, sites * on_calcium, sites * on_magnesium, force, 0.0


def respond(
    mg_mM: float = 1.0,
    *,
    fibre: MouseFastFibre = MOUSE,
    times_ms: Sequence[float] = (0.0,),
    end_ms: float = 100.0,
    brake_on: bool = True,
    mg_buffers_mM: float | None = None,
) -> Response:
    """Calcium and force after action potentials, from rest at a magnesium concentration.

    Parameters
    ----------
    mg_mM
        Free magnesium inside the fibre, 0.25 to 3 mmol/L.
    times_ms
        When action potentials arrive, rising, the first at 0 or later.
    end_ms
        How long to follow the fibre, 1 to 5000 ms.
    brake_on
        Whether magnesium brakes the release; off, only its place on the buffers is left.
    mg_buffers_mM
        Magnesium that ATP and parvalbumin meet, if it is to differ from ``mg_mM``.

    Raises
    ------
    ValueError
        For a value outside these ranges, or times that do not rise.
    """
    mg = one_within("mg_mM", mg_mM, MG_LOW_mM, MG_HIGH_mM, "mmol/L")
    met = mg if mg_buffers_mM is None else mg_buffers_mM
    met = one_within("mg_buffers_mM", met, MG_LOW_mM, MG_HIGH_mM, "mmol/L")
    end = one_within("end_ms", end_ms, 1, 5000, "ms")
    pulses = [one_within("times_ms", t, 0, end, "ms") for t in times_ms]
    if not pulses or any(b <= a for a, b in pairwise(pulses)):
        raise ValueError(f"times_ms is {list(times_ms)}: give one or more times that rise")
    strength = release_brake(mg, fibre) if brake_on else 1.0
    at_rest = rest(met, fibre)
    times = [np.array([0.0])]
    rows = [np.array([at_rest])]
    if pulses[0] > 0:
        times.append(np.array(pulses[:1]))
        rows.append(rows[0])
    for (start, stop), share in zip(
        pairwise([*pulses, end]), availability(pulses, fibre), strict=True
    ):
        if stop > start:
            slope = _slope(start, strength * share, met, fibre)
            time, states = _follow(slope, rows[-1][-1], start, stop)
            times.append(time)
            rows.append(states)
    time = np.concatenate(times)
    ca, a, b, p, q, x, r = np.concatenate(rows).T
    back = _pump(ca, fibre) - _pump(fibre.rest_uM, fibre)
    pumped = np.concatenate([[0.0], np.cumsum(np.diff(time) * (back[1:] + back[:-1]) / 2)])
    return Response(fibre, mg, met, time, ca, a, b, p, q, x, r, pumped)


def _follow(slope: Slope, state: Array, start: float, stop: float) -> tuple[Array, Array]:
    """Integrate from one action potential to the next; times and states after the first."""
    from scipy.integrate import odeint  # noqa: PLC0415  loading it would slow every import down

    middle = min(start + RELEASE_ms, stop)
    near = np.linspace(start, middle, max(2, round((middle - start) / SHORT_ms) + 1))
    far = np.linspace(middle, stop, round((stop - middle) / LONG_ms) + 2)[1:]
    time = np.concatenate([near, far]) if stop > middle else near
    states = odeint(
        slope, state, time, tfirst=True, rtol=TOLERANCE, atol=TOLERANCE, hmax=LARGEST_STEP_ms
    )
    return time[1:], states[1:]


def _pump(ca: Any, p: MouseFastFibre) -> Any:
    """Give what the pump takes back, in umol/L per ms."""
    return p.pump_uM_per_ms * ca * ca / (ca * ca + p.pump_half_uM * p.pump_half_uM)


def _slope(start_ms: float, strength: float, mg_mM: float, p: MouseFastFibre) -> Slope:
    """Rates of change after one action potential; constants are fetched once, for speed."""
    tau1, tau2, store = p.tau1_ms, p.tau2_ms, p.store_uM
    u = tau1 / (tau1 + 5 * tau2)  # exp(-s/tau1) where (1 - exp(-s/tau1))^5 exp(-s/tau2) is highest
    most = strength * p.release_uM_per_ms / ((1 - u) ** 5 * u ** (tau1 / tau2))
    ka = p.ca_atp_uM * (1 + mg_mM / p.mg_atp_mM)
    atp_ka, troponin, sites_in_all = p.atp_uM * ka, p.troponin_uM, p.parvalbumin_uM
    pump, half, leak = p.pump_uM_per_ms, p.pump_half_uM**2, _pump(p.rest_uM, p)
    k1, k1r, k2, k2r = p.k1_on, p.k1_off, p.k2_on, p.k2_off
    pc, pcr, pm, pmr = p.pc_on, p.pc_off, p.pm_on * mg_mM, p.pm_off
    attach, detach, steepness = (
        p.attach_per_ms / troponin**p.steepness,
        p.detach_per_ms,
        p.steepness,
    )

    def slope(time_ms: float, y: Sequence[float]) -> State:
        ca, a, b, on_calcium, on_magnesium, x, r = y
        since = time_ms - start_ms
        wave = (1 - exp(-since / tau1)) ** 5 * exp(-since / tau2) if since > 0 else 0.0
        out = most * wave * (1 - r / store) if r < store else 0.0
        up = pump * ca * ca / (ca * ca + half) - leak
        d1 = k1 * ca * (troponin - a - b) - k1r * a
        d2 = k2 * ca * a - k2r * b
        free = sites_in_all - on_calcium - on_magnesium
        dc = pc * ca * free - pcr * on_calcium
        dm = pm * free - pmr * on_magnesium
        dx = attach * (b if b > 0 else 0.0) ** steepness * (1 - x) - detach * x
        beta = 1 / (1 + atp_ka / ((ka + ca) * (ka + ca)))
        return beta * (out - up - d1 - d2 - dc), d1 - d2, d2, dc, dm, dx, out - up

    return slope


def _width(time_ms: Array, rise: Array) -> float:
    """Time between the two crossings of half the highest value, by straight lines."""
    top = int(rise.argmax())
    half = rise[top] / 2
    below = np.flatnonzero(rise[top:] < half)
    if not below.size:
        return float("inf")
    fall = top + int(below[0])
    start = np.interp(half, rise[: top + 1], time_ms[: top + 1])
    end = np.interp(half, rise[[fall, fall - 1]], time_ms[[fall, fall - 1]])
    return float(end - start)
