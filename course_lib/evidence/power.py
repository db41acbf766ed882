"""How many people a trial needs: the power of a t test."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

Design = Literal["parallel", "crossover"]
# Implied by the spreads and P of Frusso 1999 (doi of the review: 10.1002/14651858.CD009402.pub3).
CORRELATION = 0.37
# In standard errors. Where nctdtr gives NaN, what it stands for is below a millionth.
FAR = 10.0  # such an effect is always found
WRONG_WAY = 6.0  # such an effect is never found with the wrong sign


@dataclass(frozen=True)
class Trial:
    """A comparison of two means.

    ``people`` is per arm when parallel, and in all when everybody gets both in turn (crossover);
    ``effect`` and ``sd`` are cramps a week.
    """

    effect: float
    sd: float
    people: int
    design: Design = "parallel"
    alpha: float = 0.05
    correlation: float = CORRELATION

    def __post_init__(self) -> None:
        if self.people < 2:
            raise ValueError(f"people must be at least 2, not {self.people}")
        if self.sd <= 0:
            raise ValueError(f"sd must be above 0, not {self.sd}")
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha must be between 0 and 1, not {self.alpha}")
        if self.design not in ("parallel", "crossover"):
            raise ValueError(f"design must be parallel or crossover, not {self.design!r}")
        if not -1 <= self.correlation < 1:
            raise ValueError(f"correlation must be from -1 to below 1, not {self.correlation}")

    @property
    def standard_error(self) -> float:
        """Standard error of the difference, cramps a week."""
        crossed = self.design == "crossover"
        share = 1 - self.correlation if crossed else 1.0
        return self.sd * math.sqrt(2 * share / self.people)

    @property
    def degrees_of_freedom(self) -> int:
        """Of the t test."""
        return self.people - 1 if self.design == "crossover" else 2 * self.people - 2


def power(trial: Trial) -> float:
    """Give the chance that a two-sided t test of the trial finds its effect (noncentral t)."""
    from scipy.special import nctdtr, stdtrit  # noqa: PLC0415  slow to import

    df, shift = trial.degrees_of_freedom, abs(trial.effect) / trial.standard_error
    if shift > FAR and df >= 4:
        return 1.0
    edge = stdtrit(df, 1 - trial.alpha / 2)
    wrong_way = nctdtr(df, shift, -edge) if shift < WRONG_WAY else 0.0
    return float(1 - nctdtr(df, shift, edge) + wrong_way)


def people_needed(trial: Trial, wanted: float = 0.8, most: int = 100_000) -> int | None:
    """Give the fewest people that give the power ``wanted`` (None above ``most``)."""
    if not 0 < wanted < 1:
        raise ValueError(f"wanted must be between 0 and 1, not {wanted}")
    low, high = 2, most
    if power(replace(trial, people=high)) < wanted:
        return None
    while low < high:
        middle = (low + high) // 2
        if power(replace(trial, people=middle)) >= wanted:
            high = middle
        else:
            low = middle + 1
    return low
