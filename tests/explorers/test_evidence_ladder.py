"""The ladder's examples say what their sources say."""

from __future__ import annotations

import re

import pytest

from course_lib.evidence import cite, cramp_trials
from course_lib.explorers import evidence_ladder
from course_lib.explorers.evidence_ladder import RUNGS


def test_every_rung_names_a_reference_of_the_course() -> None:
    explorer = evidence_ladder()
    for step, rung in enumerate(RUNGS, start=1):
        explorer.set(step=step)
        assert cite(rung.source) in str(explorer.reading)


def test_the_pooled_example_is_the_published_result() -> None:
    review = cramp_trials.published()
    assert RUNGS[-1].source == review.source
    for number in (-review.effect, -review.low, review.high):
        assert f" {number:.2f} " in RUNGS[-1].example


def test_the_trial_with_placebo_is_the_one_that_is_pooled() -> None:
    (change,) = [r for r in cramp_trials.cramp_trials() if r.name == "Roguin Maor 2017, change"]
    assert RUNGS[-2].source == change.source
    with_magnesium, with_placebo = re.findall(r"(\d\.\d) (?:fewer a|fewer on)", RUNGS[-2].example)
    difference = float(with_placebo) - float(with_magnesium)
    assert difference == pytest.approx(change.effect, abs=0.1)  # two rounded numbers
