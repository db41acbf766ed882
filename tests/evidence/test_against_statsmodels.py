"""Pooling against statsmodels, where its conventions are the same."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

from course_lib.evidence.meta_analysis import Model, Trials, data_set, pool

SETS = {name: data_set(name)[0] for name in ("bcg", "heart_attack")}


@pytest.fixture(scope="module")
def combine() -> Any:
    """The other implementation; in CI it must be there."""
    if os.environ.get("CI"):
        from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

        return combine_effects
    return pytest.importorskip("statsmodels.stats.meta_analysis").combine_effects


@pytest.mark.parametrize("trials", SETS.values(), ids=SETS)
@pytest.mark.parametrize(
    ("model", "method", "row"),
    [("fixed", "dl", "fixed effect"), ("DL", "dl", "random effect"), ("PM", "pm", "random effect")],
)
def test_effect_error_and_interval(
    combine: Any, trials: Trials, model: Model, method: str, row: str
) -> None:
    # With its own tolerance: a closer one lets its Paule-Mandel step over the root and give 0.
    theirs = combine(trials.effects, trials.errors**2, method_re=method)
    effect, error, low, high = theirs.summary_frame().loc[
        row, ["eff", "sd_eff", "ci_low", "ci_upp"]
    ]
    ours = pool(trials, model)
    assert (ours.effect, ours.error, ours.low, ours.high) == pytest.approx(
        (effect, error, low, high), rel=1e-6
    )
    assert ours.q == pytest.approx(theirs.q, rel=1e-9)
    if model != "fixed":
        assert ours.tau2 == pytest.approx(theirs.tau2, rel=1e-6)
        np.testing.assert_allclose(ours.weights, theirs.weights_rel_re, rtol=1e-6)


def test_higgins_share_of_scatter(combine: Any) -> None:
    trials = SETS["bcg"]
    theirs = combine(trials.effects, trials.errors**2, method_re="dl")
    assert pool(trials, "DL").i2 == pytest.approx(100 * theirs.i2, rel=1e-9)
