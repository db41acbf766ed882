"""NF-kB and the inhibitor that it calls for itself: spikes of a few hours.

The minimal model of Krishna, Jensen & Sneppen 2006 (doi:10.1073/pnas.0604085103): NF-kB in the
nucleus N (as a share of all), messenger RNA for the inhibitor M, and inhibitor I, scaled, with
time in units of 1 / 0.017 min::

    dN/dt = A (1 - N) / (e + I) - B I N / (d + N)
    dM/dt = N^2 - M
    dI/dt = M - C (1 - N) I / (e + I) + x

C stands for the activity of IKK, the enzyme that marks bound inhibitor for destruction. The
constant x is an addition of this course: inhibitor that does not wait for NF-kB. Cells at the
magnesium of an infusion had more of it (Sugimoto 2012); how x follows magnesium is assumed::

    x(Mg) = x_iv (Mg - Mg_0) / (Mg_iv - Mg_0) above Mg_0, else 0

Over one period what is made of the inhibitor is destroyed, so the mean of N^2, which reads the
inhibitor's gene, plus x is the mean destruction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_lib.physiology.checks import one_within, within
from course_lib.physiology.provenance import parameter

Array = NDArray[np.float64]
_CODE = "read in code written by others"
_published = partial(parameter, status="published", source="krishna2006", note=_CODE)
START = (0.1, 0.1, 0.1)
SETTLE, WINDOW, STEP = 150.0, 20.0, 0.01  # in units of the model's time
FLAT = 0.01  # a swing of N below this share of its mean is no oscillation


@dataclass(frozen=True)
class Cell:
    """NF-kB and its inhibitor in one cell (Krishna 2006)."""

    a: float = _published(0.007, "1", "entry of free NF-kB into the nucleus")
    b: float = _published(954.5, "1", "its export by the inhibitor")
    ikk: float = _published(0.035, "1", "activity C of IKK, which has the inhibitor destroyed")
    d: float = _published(0.029, "1", "NF-kB in the nucleus that half fills its export")
    e: float = _published(2e-5, "1", "inhibitor that binds half of the NF-kB outside")
    rate_per_min: float = parameter(
        0.017, "1/min", "one over the unit of time", status="textbook", source="krishna2006",
        note="recalled, with moderate confidence; all times in minutes and hours rest on it",
    )  # fmt: skip
    usual_mM: float = parameter(
        0.55, "mmol/L", "ionised magnesium below which nothing is added", status="assumed",
        note="the usual level in blood",
    )  # fmt: skip
    infusion_mM: float = parameter(
        1.9, "mmol/L", "ionised magnesium at which extra_at_infusion is added", status="assumed",
        note="top of the range of an infusion, itself a textbook number",
    )  # fmt: skip
    extra_at_infusion: float = parameter(
        0.003, "1", "inhibitor added there, x", status="assumed",
        note="more inhibitor was seen [sugimoto2012]; the size and the straight line are ours",
    )  # fmt: skip

    def __post_init__(self) -> None:
        one_within("ikk", self.ikk, 0.002, 0.2)
        one_within("extra_at_infusion", self.extra_at_infusion, 0, 0.01)
        one_within("rate_per_min", self.rate_per_min, 0.001, 1, "1/min")

    @property
    def unit_h(self) -> float:
        """The model's unit of time, in hours."""
        return 1 / self.rate_per_min / 60


CELL = Cell()
PARAMETERS = CELL


@dataclass(frozen=True)
class Rhythm:
    """What a cell does; arrays of shape (times,).

    Attributes
    ----------
    time
        In units of the model.
    nuclear, messenger, inhibitor
        N, M and I.
    period
        In units of the model; None if nothing oscillates.
    highest, mean, drive
        Of N: its maximum, its mean, and the mean of its square, over whole periods.
    """

    cell: Cell
    extra: float
    time: Array
    nuclear: Array
    messenger: Array
    inhibitor: Array
    period: float | None
    highest: float
    mean: float
    drive: float

    @property
    def time_h(self) -> Array:
        """Times in hours."""
        return self.time * self.cell.unit_h

    @property
    def period_min(self) -> float | None:
        """Period in minutes, if there is one."""
        return None if self.period is None else self.period / self.cell.rate_per_min


def extra(mg_mM: ArrayLike, cell: Cell = CELL) -> Array:
    """Give the inhibitor x that magnesium is assumed to add.

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
    steps = (mg - cell.usual_mM) / (cell.infusion_mM - cell.usual_mM)
    return np.asarray(cell.extra_at_infusion * np.maximum(steps, 0))


def rhythm(
    *,
    extra: float = 0.0,
    cell: Cell = CELL,
    begin: tuple[float, float, float] = START,
    settle: float = SETTLE,
    window: float = WINDOW,
    tolerance: float = 1e-7,
) -> Rhythm:
    """Let a cell settle, and describe what it then does.

    Parameters
    ----------
    extra
        Inhibitor made without NF-kB, x, 0 to 0.1.
    begin
        N, M and I at the beginning; from most, the cell takes long to settle.
    settle, window
        How long to wait, and to record, in units of the model's time: 0 to 500, and 4 to 500.
    tolerance
        Relative tolerance of the solver, 1e-12 to 1e-4.

    Raises
    ------
    ValueError
        For a value outside these ranges.
    """
    from scipy.integrate import odeint  # noqa: PLC0415  a third of a second to import

    more = one_within("extra", extra, 0, 0.1)
    wait = one_within("settle", settle, 0, 500)
    record = one_within("window", window, 4, 500)
    loose = one_within("tolerance", tolerance, 1e-12, 1e-4)
    time = np.append(0.0, wait + np.arange(0, record + STEP / 2, STEP))
    states = odeint(
        slopes(more, cell),
        begin,
        time,
        rtol=loose,
        atol=loose / 1000,
        tfirst=True,
        mxstep=1_000_000,
    )[1:]
    nuclear, messenger, inhibitor = states.T.copy()
    seen = time[1:] - wait, nuclear, messenger, inhibitor
    middle = (nuclear.max() + nuclear.min()) / 2
    rises = np.flatnonzero((nuclear[:-1] < middle) & (nuclear[1:] >= middle))
    if rises.size < 2 or nuclear.max() - nuclear.min() < FLAT * nuclear.mean():
        last = float(nuclear[-1])
        return Rhythm(cell, more, *seen, None, last, last, last**2)
    # Whole periods, from one rise through the middle to a later one; ends lie between two points.
    crossings = rises + (middle - nuclear[rises]) / (nuclear[rises + 1] - nuclear[rises])
    ends = STEP * crossings[[0, -1]]
    period = float(ends[1] - ends[0]) / (rises.size - 1)
    mean, drive = (_mean(values, *ends) for values in (nuclear, nuclear**2))
    return Rhythm(
        cell, more, *seen, period, float(nuclear[rises[0] : rises[-1]].max()), mean, drive
    )


def _mean(values: Array, start: float, end: float) -> float:
    """Mean between two times of values at multiples of ``STEP``."""
    time = STEP * np.arange(values.size)
    inside = time[(time > start) & (time < end)]
    at = np.concatenate([[start], inside, [end]])
    return float(np.trapezoid(np.interp(at, time, values), at) / (end - start))


def slopes(extra: float, cell: Cell = CELL) -> Callable[[float, Array], tuple[float, float, float]]:
    """Give the right-hand side of the model as a function of time and (N, M, I)."""
    a, b, c, d, e = cell.a, cell.b, cell.ikk, cell.d, cell.e

    def slope(_time: float, state: Array) -> tuple[float, float, float]:
        # Plain floats: NumPy's scalars would make each of the thousand calls three times slower.
        N, M, inhibitor = state.tolist()
        free = (1 - N) / (e + inhibitor)
        return (
            a * free - b * inhibitor * N / (d + N),
            N * N - M,
            M - c * free * inhibitor + extra,
        )

    return slope
