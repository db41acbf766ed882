"""The power of a trial, against a simulation and what trials printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from course_lib.evidence.power import Trial, people_needed, power


@pytest.mark.parametrize("design", ["parallel", "crossover"])
def test_power_is_the_share_of_simulated_trials_that_find_the_effect(design: Any) -> None:
    trial = Trial(1.0, 2.5, 40, design)
    rng, trials = np.random.default_rng(3), 40_000
    shared = np.sqrt(trial.correlation) * rng.normal(size=(trials, 40))
    own = np.sqrt(1 - trial.correlation) * rng.normal(size=(2, trials, 40))
    if design == "crossover":
        arms = 2.5 * (shared + own)
        p = stats.ttest_rel(arms[0] + 1, arms[1], axis=1).pvalue
    else:
        arms = 2.5 * rng.normal(size=(2, trials, 40))
        p = stats.ttest_ind(arms[0] + 1, arms[1], axis=1).pvalue
    found = float(np.mean(p < 0.05))
    assert power(trial) == pytest.approx(found, abs=4 * np.sqrt(0.25 / trials))


def test_no_effect_is_found_as_often_as_alpha() -> None:
    assert power(Trial(0.0, 4.3, 47, alpha=0.01)) == pytest.approx(0.01, rel=1e-9)


def test_the_standard_errors_of_two_trials_come_out() -> None:
    pooled = float(np.sqrt((4.05**2 + 4.53**2) / 2))
    assert Trial(1, pooled, 47).standard_error == pytest.approx(0.888, abs=0.002)
    spread = float(np.sqrt((1.9**2 + 1.825**2) / 2))
    assert Trial(1, spread, 42, "crossover").standard_error == pytest.approx(0.322, abs=0.002)


@pytest.mark.parametrize("people", [5, 8, 47, 258, 300])
def test_the_power_rises_with_the_effect_to_certainty(people: int) -> None:
    """SciPy's noncentral t is NaN for some large effects; the power never is."""
    rising = [power(Trial(effect, 1.0, people)) for effect in np.linspace(0, 12, 400)]
    assert np.all(np.diff(rising) >= -1e-6)
    assert rising[-1] == pytest.approx(1, abs=1e-6)


def test_the_people_needed_are_the_fewest() -> None:
    trial = Trial(1.0, 4.3, 10)
    fewest = people_needed(trial)
    assert fewest is not None
    assert power(replace(trial, people=fewest)) >= 0.8 > power(replace(trial, people=fewest - 1))
    assert people_needed(replace(trial, effect=0.0)) is None


@pytest.mark.parametrize(
    "bad", [{"people": 1}, {"sd": 0.0}, {"alpha": 1.0}, {"design": "open"}, {"correlation": 1.0}]
)
def test_bad_input_is_named(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        Trial(**{"effect": 1.0, "sd": 4.0, "people": 40, **bad})
