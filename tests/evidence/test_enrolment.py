"""Regression to the mean, against a closed form and a large simulation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from course_lib.evidence.enrolment import Crampers, enrol, expected_fall_percent


@pytest.mark.parametrize("threshold", [4, 12, 20])
@pytest.mark.parametrize("within", [0.3, 0.9])
def test_the_expected_fall_is_that_of_very_many_people(threshold: int, within: float) -> None:
    crampers = Crampers(4.0, 0.7, within)
    many = enrol(crampers, threshold, 400_000, 1)
    assert expected_fall_percent(crampers, threshold) == pytest.approx(many.fall_percent, abs=0.8)


def test_it_is_the_posterior_mean_when_weeks_hardly_differ() -> None:
    """With Poisson weeks a person with y cramps in a fortnight expects (k + y) / (k / m + 2)."""
    crampers, least = Crampers(4.0, 0.7, 0.005), 14
    k = 0.7**-2
    counts = np.arange(least, 400)
    weights = stats.nbinom.pmf(counts, k, k / (k + 8))
    before = float(weights @ counts) / 2
    after = float(weights @ (k + counts)) / (k / 4 + 2)
    assert expected_fall_percent(crampers, least) == pytest.approx(
        100 * (1 - after / before), abs=0.01
    )


def test_nobody_regresses_when_all_are_let_in() -> None:
    assert expected_fall_percent(Crampers(), 0) == 0
    assert enrol(Crampers(), 0, 200_000, 2).fall_percent == pytest.approx(0, abs=0.7)


def test_the_same_seed_gives_the_same_people() -> None:
    one, two = (enrol(Crampers(), 10, 50, 4) for _ in range(2))
    assert (one.counts == two.counts).all()
    assert (one.counts != enrol(Crampers(), 10, 50, 5).counts).any()


@pytest.mark.parametrize("bad", [{"mean": 0.0}, {"between": 3.0}, {"within": 0.0}])
def test_bad_people_are_named(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        Crampers(**bad)


def test_bad_trials_are_named() -> None:
    with pytest.raises(ValueError, match="threshold"):
        enrol(Crampers(), -1, 10, 0)
    with pytest.raises(ValueError, match="people"):
        enrol(Crampers(), 5, 0, 0)
