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

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

import numpy as np
from numpy.typing import NDArray

from course_lib.physiology.checks import one_within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
State = tuple[float, float, float, float, float, float, float]
MG_LOW_mM, MG_HIGH_mM = 0.25, 3.0
RELEASE_ms, SHORT_ms, LONG_ms = 12.0, 0.05, 0.2  # short steps while a release is on
_RECALLED = "recalled; supported by the published transient, which it reproduces"
_IN_CODE = "read in public code of that model; the paper itself was not read"
_MOUSE = {"species": "mouse", "temperature": "16 °C"}


@dataclass(frozen=True)
class MouseFastFibre:
    """Teaching model of calcium and force in a fast fibre (EC7)."""

    troponin_uM: float = parameter(
        120.0, "µmol/L", "troponin molecules, two sites each",
        status="textbook", source="baylor2007", note=_RECALLED,
        **_MOUSE,
    )  # fmt: skip
    k1_on: float = parameter(
        0.177,
        "1/(µM ms)",
        "first calcium to troponin",
        status="textbook",
        source="baylor2007",
        note=_RECALLED,
        **_MOUSE,
    )
    k1_off: float = parameter(
        1.544,
        "1/ms",
        "first calcium leaves troponin",
        status="textbook",
        source="baylor2007",
        note=_RECALLED,
        **_MOUSE,
    )
    k2_on: float = parameter(
        0.0885, "1/(µM ms)", "second calcium to troponin",
        status="textbook", source="baylor2007", note=_RECALLED,
        **_MOUSE,
    )  # fmt: skip
    k2_off: float = parameter(
        0.0171,
        "1/ms",
        "second calcium leaves troponin",
        status="textbook",
        source="baylor2007",
        note=_RECALLED,
        **_MOUSE,
    )
    parvalbumin_uM: float = parameter(
        1500.0, "µmol/L", "sites on parvalbumin; human muscle has almost none",
        status="textbook", source="shorten2007",
        note=_IN_CODE, **_MOUSE,
    )  # fmt: skip
    pc_on: float = parameter(
        0.0417, "1/(µM ms)", "calcium to parvalbumin", status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    pc_off: float = parameter(
        0.0005, "1/ms", "calcium leaves parvalbumin", status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    pm_on: float = parameter(
        0.033, "1/(mM ms)", "magnesium to parvalbumin", status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    pm_off: float = parameter(
        0.003, "1/ms", "magnesium leaves parvalbumin", status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    atp_uM: float = parameter(8000.0, "µmol/L", "ATP in all",
        status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    ca_atp_uM: float = parameter(200.0, "µmol/L", "half-saturation of ATP by calcium",
        status="assumed", note="with 1 mmol/L magnesium it gives the published 2.2 mmol/L",
    )  # fmt: skip
    mg_atp_mM: float = parameter(0.1, "mmol/L", "half-saturation of ATP by magnesium",
        status="textbook", source="shorten2007",
        note=_IN_CODE,
    )  # fmt: skip
    tau1_ms: float = parameter(
        1.3, "ms", "rise of the release", status="textbook", source="baylor2007", note=_RECALLED
    )
    tau2_ms: float = parameter(
        0.5, "ms", "fall of the release", status="textbook", source="baylor2007", note=_RECALLED
    )
    release_uM_per_ms: float = parameter(
        255.0, "µM/ms", "peak of the release from a full store",
        status="fitted", source="baylor2003",
        note="tuned to the published transient, 18.5 µmol/L", **_MOUSE,
    )  # fmt: skip
    store_uM: float = parameter(1500.0, "µmol/L", "calcium that can be released",
        status="assumed")  # fmt: skip
    brake_mM: float = parameter(
        2.0, "mmol/L", "magnesium in the brake on the release", status="fitted", source="dutka2004",
        note="tuned: 3 mmol/L cuts the release by 40 %, as measured in rat (Dutka & Lamb 2004)",
    )  # fmt: skip
    left_ready: float = parameter(
        0.17, "1", "share of the release left just after one", status="fitted", source="baylor2007",
        note="tuned to the published 0.25 to 0.15 of releases 2 to 5 at 67 Hz",
    )  # fmt: skip
    recovery_per_ms: float = parameter(
        0.007, "1/ms", "recovery of the release", status="published", source="baylor2007",
        note="7 per second, read in an abstract (Baylor & Hollingworth 2007)", **_MOUSE,
    )  # fmt: skip
    pump_uM_per_ms: float = parameter(2.2, "µM/ms", "top speed of the pump",
        status="fitted", source="baylor2003",
        note="tuned to the published half-duration, 4.9 ms")  # fmt: skip
    pump_half_uM: float = parameter(1.0, "µmol/L", "half-saturation of the pump",
        status="assumed")  # fmt: skip
    rest_uM: float = parameter(0.05, "µmol/L", "calcium at rest", status="assumed")
    attach_per_ms: float = parameter(0.2, "1/ms", "attaching of heads", status="assumed")
    detach_per_ms: float = parameter(0.08, "1/ms", "letting go of heads", status="assumed")
    steepness: float = parameter(3.0, "1", "how sharply troponin switches heads on",
        status="assumed")  # fmt: skip


MOUSE = MouseFastFibre()
PARAMETERS = MOUSE


@dataclass(frozen=True)
class Response:
    """Calcium and force after one or more action potentials; arrays of shape (points,)."""

    fibre: MouseFastFibre
    mg_mM: float
    brake_on: bool
    time_ms: Array
    calcium_uM: Array
    half_troponin_uM: Array
    troponin_uM: Array
    parvalbumin_calcium_uM: Array
    parvalbumin_magnesium_uM: Array
    force: Array
    released_uM: Array

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
        """Calcium outside the store minus what was released: constant if none is lost."""
        p = self.fibre
        ka = p.ca_atp_uM * (1 + self.mg_mM / p.mg_atp_mM)
        ca = self.calcium_uM
        on_troponin = self.half_troponin_uM + 2 * self.troponin_uM
        inside = ca * (1 + p.atp_uM / (ka + ca)) + on_troponin + self.parvalbumin_calcium_uM
        return np.asarray(inside - self.released_uM)

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
    """Equilibrium at resting calcium: Ca, CaTn, Ca2Tn, CaParv, MgParv, force, released."""
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

    Raises
    ------
    ValueError
        For a value outside these ranges, or times that do not rise.
    """
    mg = one_within("mg_mM", mg_mM, MG_LOW_mM, MG_HIGH_mM, "mmol/L")
    end = one_within("end_ms", end_ms, 1, 5000, "ms")
    pulses = [one_within("times_ms", t, 0, end, "ms") for t in times_ms]
    if not pulses or any(b <= a for a, b in pairwise(pulses)):
        raise ValueError(f"times_ms is {list(times_ms)}: give one or more times that rise")
    strength = release_brake(mg, fibre) if brake_on else 1.0
    shares = availability(pulses, fibre)
    state = rest(mg, fibre)
    times, rows = [0.0], [state]
    edges = [*pulses, end]
    now = 0.0
    if pulses[0] > 0:
        times.append(pulses[0])
        rows.append(state)
        now = pulses[0]
    for start, stop, share in zip(edges, edges[1:], shares, strict=False):
        middle = min(start + RELEASE_ms, stop)
        for until, step in ((middle, SHORT_ms), (stop, LONG_ms)):
            count = max(0, int(np.ceil((until - now) / step - 1e-9)))
            for k in range(count):
                h = min(step, until - now)
                release = [
                    strength * share * _release(now - start + part * h, fibre)
                    for part in (0.0, 0.5, 1.0)
                ]
                state = _step(state, h, release, mg, fibre)
                now = until if k == count - 1 else now + h
                times.append(now)
                rows.append(state)
    ca, a, b, p, q, x, r = np.array(rows).T
    return Response(fibre, mg, brake_on, np.array(times), ca, a, b, p, q, x, r)


def _peak_of_wave(p: MouseFastFibre) -> float:
    """Largest value of (1 - exp(-s/tau1))^5 exp(-s/tau2), where its slope is zero."""
    u = p.tau1_ms / (p.tau1_ms + 5 * p.tau2_ms)  # exp(-s/tau1) there
    return float((1 - u) ** 5 * u ** (p.tau1_ms / p.tau2_ms))


def _release(since_ms: float, p: MouseFastFibre) -> float:
    """Release from a full store at a time after an action potential."""
    wave = (1 - exp(-since_ms / p.tau1_ms)) ** 5 * exp(-since_ms / p.tau2_ms)
    return p.release_uM_per_ms * wave / _peak_of_wave(p)


def _step(y: State, h: float, release: Sequence[float], mg_mM: float, p: MouseFastFibre) -> State:
    """One Runge-Kutta step of fourth order; ``release`` at its start, middle and end."""
    first, middle, last = release
    k1 = _slope(y, first, mg_mM, p)
    k2 = _slope(_moved(y, k1, h / 2), middle, mg_mM, p)
    k3 = _slope(_moved(y, k2, h / 2), middle, mg_mM, p)
    k4 = _slope(_moved(y, k3, h), last, mg_mM, p)
    return tuple(  # type: ignore[return-value]
        v + h / 6 * (a + 2 * (b + c) + d) for v, a, b, c, d in zip(y, k1, k2, k3, k4, strict=True)
    )


def _moved(y: State, k: State, h: float) -> State:
    return (
        y[0] + h * k[0], y[1] + h * k[1], y[2] + h * k[2], y[3] + h * k[3],
        y[4] + h * k[4], y[5] + h * k[5], y[6] + h * k[6],
    )  # fmt: skip


def _slope(y: State, release: float, mg_mM: float, p: MouseFastFibre) -> State:
    ca, a, b, pc, pm, x, r = y
    ka = p.ca_atp_uM * (1 + mg_mM / p.mg_atp_mM)
    free = 1 / (1 + p.atp_uM * ka / ((ka + ca) * (ka + ca)))
    half = p.pump_half_uM * p.pump_half_uM
    out = release * max(0.0, 1 - r / p.store_uM)
    ca2, rest2 = ca * ca, p.rest_uM * p.rest_uM
    up = p.pump_uM_per_ms * (ca2 / (ca2 + half) - rest2 / (rest2 + half))
    d1 = p.k1_on * ca * (p.troponin_uM - a - b) - p.k1_off * a
    d2 = p.k2_on * ca * a - p.k2_off * b
    sites = p.parvalbumin_uM - pc - pm
    dc = p.pc_on * ca * sites - p.pc_off * pc
    dm = p.pm_on * mg_mM * sites - p.pm_off * pm
    on = p.attach_per_ms * (b / p.troponin_uM) ** p.steepness
    dx = on * (1 - x) - p.detach_per_ms * x
    return free * (out - up - d1 - d2 - dc), d1 - d2, d2, dc, dm, dx, out - up


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
