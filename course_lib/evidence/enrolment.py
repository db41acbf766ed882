"""People whose cramps come and go, and who join a trial in a bad fortnight.

A teaching model made for this course, not fitted to any trial. Each person has a mean rate, drawn
from a gamma distribution; each week's count is negative binomial about it. No one is treated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

WEEKS = np.array([-4, -3, -2, -1, 1, 2, 3, 4])  # of the trial; people are chosen by -2 and -1
CHOSEN_BY = slice(2, 4)
AFTER = slice(4, 8)
PUBLISHED_FALL_PERCENT = 28.7  # placebo arms in four weeks, doi 10.1002/14651858.CD009402.pub3


@dataclass(frozen=True)
class Crampers:
    """How cramps vary: a mean per week, and two coefficients of variation.

    ``between`` is that of the people's own means, ``within`` that of one person's weekly rate,
    before the chance of a Poisson count is added.
    """

    mean: float = 4.0
    between: float = 0.6
    within: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.mean <= 100:
            raise ValueError(f"mean must be above 0 and at most 100 cramps a week, not {self.mean}")
        for name in ("between", "within"):
            value = getattr(self, name)
            if not 0.005 <= value <= 2:
                raise ValueError(f"{name} must be from 0.005 to 2, not {value}")


@dataclass(frozen=True)
class Enrolment:
    """Weekly counts (people, weeks), and who was let in."""

    counts: np.ndarray
    enrolled: np.ndarray

    @property
    def joined(self) -> int:
        """How many were let in."""
        return int(self.enrolled.sum())

    @property
    def weekly_means(self) -> np.ndarray:
        """Mean count of those let in, each week (NaN when nobody was)."""
        if not self.joined:
            return np.full(len(WEEKS), np.nan)
        return np.asarray(self.counts[self.enrolled].mean(axis=0))

    @property
    def fall_percent(self) -> float:
        """How far the mean of four weeks lies below that of the entry fortnight (NaN if none)."""
        means = self.weekly_means
        before = means[CHOSEN_BY].mean()
        return float(100 * (1 - means[AFTER].mean() / before)) if before > 0 else math.nan


def _check(threshold: int) -> None:
    if not 0 <= threshold <= 200:
        raise ValueError(f"threshold must be from 0 to 200 cramps a fortnight, not {threshold}")


def enrol(crampers: Crampers, threshold: int, people: int, seed: int) -> Enrolment:
    """Count eight weeks of ``people``, and let in who has ``threshold`` cramps in the fortnight."""
    _check(threshold)
    if not 1 <= people <= 1_000_000:
        raise ValueError(f"people must be from 1 to 1000000, not {people}")
    rng = np.random.default_rng(seed)
    shape = crampers.between**-2
    own = rng.gamma(shape, crampers.mean / shape, people)
    size = crampers.within**-2
    rate = own[:, None] * rng.gamma(size, 1 / size, (people, len(WEEKS)))
    counts = rng.poisson(rate)
    return Enrolment(counts, counts[:, CHOSEN_BY].sum(axis=1) >= threshold)


def expected_fall_percent(crampers: Crampers, threshold: int) -> float:
    """Give the fall that endlessly many people would show.

    Two weeks of a person with mean m are negative binomial with mean 2 m and twice the size of
    one week; the rest is an integral over the people's gamma distribution.
    """
    from scipy import integrate, stats  # noqa: PLC0415  slow to import

    _check(threshold)
    if threshold == 0:
        return 0.0
    shape, size = crampers.between**-2, 2 * crampers.within**-2
    people = stats.gamma(shape, scale=crampers.mean / shape)
    own = np.asarray(people.ppf(np.linspace(0, 1, 4002)[1:-1]))
    own = np.concatenate([[0.0], own, np.linspace(own[-1], 4 * own[-1], 400)[1:]])
    density = np.append(people.pdf(own[1:]), 0.0)
    density = np.concatenate([[0.0], density[:-1]])
    joins = stats.nbinom.sf(threshold - 1, size, size / (size + 2 * own))
    share = integrate.trapezoid(density * joins, own)
    after = integrate.trapezoid(density * joins * own, own) / share
    counts = np.arange(threshold)
    below = stats.nbinom.pmf(counts[:, None], size, size / (size + 2 * own))
    entry = 2 * own - counts @ below  # the mean of a count that is at least the threshold
    before = integrate.trapezoid(density * entry, own) / share / 2
    return float(100 * (1 - after / before))
