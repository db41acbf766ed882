"""Pooling trials: one number out of many, and how much they disagree.

Each trial i gives an effect y with a standard error s. A *fixed* pool weighs with 1 / s^2, as if
all measured one and the same effect. A *random-effects* pool allows that true effects differ from
trial to trial with a variance tau2, and weighs with 1 / (s^2 + tau2)::

    mu = sum(w y) / sum(w),   SE = 1 / sqrt(sum(w)),   Q = sum((y - mu_fixed)^2 / s^2)

tau2 after DerSimonian and Laird ("DL"), by restricted maximum likelihood ("REML"), or after Paule
and Mandel ("PM"); never below 0. Hartung and Knapp widen the interval by how much trials scatter
around mu, and take Student's t with k - 1 degrees of freedom. The interval for a *new* trial has
three conventions, which differ: see ``Pool.prediction``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ._tables import read_data, read_rows, require_one_of
from .prevalence import Z_95

Array = NDArray[np.float64]
Model = Literal["fixed", "DL", "REML", "PM"]
Measure = Literal["risk ratio", "odds ratio"]
Convention = Literal["normal", "Hartung-Knapp", "Higgins"]
DataSet = Literal["bcg", "heart_attack"]

MEASURES: dict[DataSet, Measure] = {"bcg": "risk ratio", "heart_attack": "odds ratio"}
_COLUMNS = ("trial", "year", "events_1", "people_1", "events_2", "people_2")
_TOLERANCE, _ROUNDS = 1e-12, 1000


@dataclass(frozen=True)
class Trials:
    """Effects of some trials with their standard errors, arrays of shape (k,).

    Raises
    ------
    ValueError
        For no trials, unequal lengths, a value that is not finite, or an error that is not
        positive.
    """

    names: tuple[str, ...]
    effects: Array
    errors: Array

    def __post_init__(self) -> None:
        sizes = {len(self.names), self.effects.size, self.errors.size}
        if len(sizes) != 1 or 0 in sizes:
            raise ValueError(
                f"names, effects and errors have sizes {sorted(sizes)}: need equal, 1+"
            )
        if not np.isfinite(self.effects).all():
            raise ValueError("effects hold a value that is not finite")
        if not (np.isfinite(self.errors).all() and (self.errors > 0).all()):
            raise ValueError(f"an error is {self.errors.min():g}: each must be above 0")

    def without(self, name: str) -> Trials:
        """Leave one trial out.

        Raises
        ------
        ValueError
            For a name that is not there.
        """
        if name not in self.names:
            raise ValueError(f"{name!r} is not one of {', '.join(self.names)}")
        keep = np.array([n != name for n in self.names])
        names = tuple(n for n in self.names if n != name)
        return Trials(names, self.effects[keep], self.errors[keep])


@dataclass(frozen=True)
class Pool:
    """A pooled effect; ``weights`` are shares of 1, ``i2`` is in percent."""

    trials: Trials
    model: Model
    hartung_knapp: bool
    effect: float
    error: float
    low: float
    high: float
    tau2: float
    q: float
    i2: float
    weights: Array

    def prediction(self, convention: Convention = "normal") -> tuple[float, float]:
        """Give the interval that should hold the true effect of a new trial.

        ``normal``: mu +- 1.96 sqrt(tau2 + SE^2). ``Hartung-Knapp``: the same with their SE and t
        with k - 1 degrees of freedom. ``Higgins``: the ordinary SE and t with k - 2.

        Raises
        ------
        ValueError
            For another convention, or too few trials for it.
        """
        if convention not in get_args(Convention):
            allowed = ", ".join(get_args(Convention))
            raise ValueError(f"convention is {convention!r}: allowed is {allowed}")
        k = self.trials.effects.size
        ordinary, knapp = _errors(self.trials, self.tau2, self.effect)
        freedom = {"normal": 0, "Hartung-Knapp": k - 1, "Higgins": k - 2}[convention]
        if convention != "normal" and freedom < 1:
            raise ValueError(f"{k} trials are too few for the convention {convention}")
        error = knapp if convention == "Hartung-Knapp" else ordinary
        reach = (t_95(freedom) if freedom else Z_95) * math.hypot(math.sqrt(self.tau2), error)
        return self.effect - reach, self.effect + reach


def t_95(freedom: int) -> float:
    """Give the quantile of Student's t that leaves 2.5 % on either side."""
    from scipy.special import stdtrit  # noqa: PLC0415  slow to import, and not always needed

    return float(stdtrit(freedom, 0.975))


def pool(trials: Trials, model: Model = "DL", *, hartung_knapp: bool = False) -> Pool:
    """Pool trials.

    Raises
    ------
    ValueError
        For an unknown model, or Hartung and Knapp's interval with a single trial.
    """
    if model not in get_args(Model):
        raise ValueError(f"model is {model!r}: allowed is {', '.join(get_args(Model))}")
    k = trials.effects.size
    if hartung_knapp and k < 2:
        raise ValueError("Hartung and Knapp's interval needs 2 trials or more, not 1")
    fixed, weights = _mean(trials, 0.0)
    q = float((((trials.effects - fixed) / trials.errors) ** 2).sum())
    tau2 = {"fixed": _none, "DL": _dersimonian_laird, "REML": _reml, "PM": _paule_mandel}[model](
        trials
    )
    effect, weights = _mean(trials, tau2)
    ordinary, knapp = _errors(trials, tau2, effect)
    error = knapp if hartung_knapp else ordinary
    reach = error * (t_95(k - 1) if hartung_knapp else Z_95)
    return Pool(
        trials, model, hartung_knapp, effect, error, effect - reach, effect + reach, tau2, q,
        _i2(trials, tau2, q, model), weights / weights.sum(),
    )  # fmt: skip


def _mean(trials: Trials, tau2: float) -> tuple[float, Array]:
    weights = 1 / (trials.errors**2 + tau2)
    return float((weights * trials.effects).sum() / weights.sum()), weights


def _errors(trials: Trials, tau2: float, effect: float) -> tuple[float, float]:
    """Ordinary standard error, and that of Hartung and Knapp."""
    weights = 1 / (trials.errors**2 + tau2)
    ordinary = 1 / math.sqrt(weights.sum())
    scatter = float((weights * (trials.effects - effect) ** 2).sum())
    return ordinary, ordinary * math.sqrt(scatter / max(trials.effects.size - 1, 1))


def _i2(trials: Trials, tau2: float, q: float, model: Model) -> float:
    """Share of the variance between trials that is more than chance, in percent."""
    freedom = trials.effects.size - 1
    if model in ("fixed", "DL"):
        return 100 * max(0.0, (q - freedom) / q) if q > 0 else 0.0
    w = 1 / trials.errors**2
    typical = freedom * w.sum() / (w.sum() ** 2 - (w**2).sum()) if freedom else 1.0
    return float(100 * tau2 / (tau2 + typical))


def _none(_: Trials) -> float:
    return 0.0


def _dersimonian_laird(trials: Trials) -> float:
    """Q exceeds its expectation k - 1 by tau2 times a known factor."""
    mean, w = _mean(trials, 0.0)
    excess = float((w * (trials.effects - mean) ** 2).sum()) - (trials.effects.size - 1)
    factor = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, excess / factor) if factor > 0 else 0.0


def _paule_mandel(trials: Trials) -> float:
    """Find the tau2 at which the generalised Q is k - 1, by halving."""
    freedom = trials.effects.size - 1

    def excess(tau2: float) -> float:
        mean, w = _mean(trials, tau2)
        return float((w * (trials.effects - mean) ** 2).sum()) - freedom

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1.0
    while excess(high) > 0:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def _reml(trials: Trials) -> float:
    """Fisher scoring of the restricted likelihood, started from DerSimonian and Laird."""
    tau2 = _dersimonian_laird(trials)
    for _ in range(_ROUNDS):
        mean, w = _mean(trials, tau2)
        residual = (trials.effects - mean) ** 2
        whole = w.sum()
        score = (w**2 * residual).sum() - whole + (w**2).sum() / whole
        information = (w**2).sum() - 2 * (w**3).sum() / whole + ((w**2).sum() / whole) ** 2
        new = max(0.0, tau2 + float(score / information)) if information > 0 else 0.0
        if abs(new - tau2) < _TOLERANCE:
            return new
        tau2 = new
    return tau2


def log_ratios(
    names: Sequence[str], events: Array, people: Array, measure: Measure = "odds ratio"
) -> Trials:
    """Turn counts into log ratios, first arm over second.

    Half an event is added to all four cells of a trial that has an empty one.

    Parameters
    ----------
    events, people
        Shape (k, 2): treated and control arm.

    Raises
    ------
    ValueError
        For an unknown measure, or counts that cannot be.
    """
    if measure not in get_args(Measure):
        raise ValueError(f"measure is {measure!r}: allowed is {', '.join(get_args(Measure))}")
    hit, all_ = np.asarray(events, dtype=float), np.asarray(people, dtype=float)
    if hit.shape != all_.shape or hit.ndim != 2 or hit.shape[1] != 2:
        raise ValueError(f"events and people have shapes {hit.shape} and {all_.shape}: need (k, 2)")
    if (hit < 0).any() or (hit > all_).any() or (all_ <= 0).any():
        raise ValueError("events must lie between 0 and the people of their arm")
    missed = all_ - hit
    empty = ((hit == 0) | (missed == 0)).any(axis=1, keepdims=True)
    hit, missed = hit + 0.5 * empty, missed + 0.5 * empty
    if measure == "odds ratio":
        effect = np.log(hit[:, 0] * missed[:, 1] / (hit[:, 1] * missed[:, 0]))
        variance = (1 / hit + 1 / missed).sum(axis=1)
    else:
        whole = hit + missed
        effect = np.log(hit[:, 0] / whole[:, 0] / (hit[:, 1] / whole[:, 1]))
        variance = (1 / hit - 1 / whole).sum(axis=1)
    return Trials(tuple(names), effect, np.sqrt(variance))


@cache
def data_set(name: DataSet) -> tuple[Trials, Array]:
    """Give the trials of a data set as log ratios, and the people in each, shape (k,).

    ``bcg``: vaccination against tuberculosis, 13 trials, risk ratios [colditz1994].
    ``heart_attack``: magnesium by vein after a heart attack, deaths in 16 trials, odds ratios.

    Raises
    ------
    ValueError
        For another name.
    """
    require_one_of(name, get_args(DataSet), what="data set", place="meta_analysis")
    rows = list(read_rows(read_data(f"{name}.csv"), _COLUMNS, file=f"{name}.csv"))
    cells = [row for _, row in rows]
    counts = np.array([[float(c[key]) for key in _COLUMNS[2:]] for c in cells])
    people = counts[:, [1, 3]]
    names = [f"{c['trial']} {c['year']}" for c in cells]
    return log_ratios(names, counts[:, [0, 2]], people, MEASURES[name]), people.sum(axis=1)
