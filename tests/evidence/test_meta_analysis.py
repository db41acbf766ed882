"""Pooling against metafor's numbers for BCG, and against its own limits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.evidence.cramp_trials import cramp_trials, published, rebuilt
from course_lib.evidence.meta_analysis import Trials, data_set, log_ratios, pool, t_95

BCG, BCG_PEOPLE = data_set("bcg")
HEART, HEART_PEOPLE = data_set("heart_attack")
ISIS = "ISIS-4 1995"


@pytest.mark.parametrize(
    ("model", "expected", "i2"),
    [  # tau2, mu, its error, and the interval
        ("fixed", (0, -0.4303, 0.0405, -0.5097, -0.3509), 92.12),
        ("DL", (0.3088, -0.7141, 0.1787, -1.0644, -0.3638), 92.12),
        ("REML", (0.3132, -0.7145, 0.1798, -1.0669, -0.3622), 92.22),
        ("PM", (0.3181, -0.7150, 0.1809, -1.0695, -0.3604), 92.33),
    ],
)
def test_bcg_as_metafor_prints_it(model: Any, expected: tuple[float, ...], i2: float) -> None:
    found = pool(BCG, model)
    got = (found.tau2, found.effect, found.error, found.low, found.high)
    assert got == pytest.approx(expected, abs=5.1e-5)
    assert found.i2 == pytest.approx(i2, abs=0.0051)
    assert found.q == pytest.approx(152.2330, abs=5.1e-5)


@pytest.mark.parametrize(
    ("model", "error", "low", "high"),
    [
        ("DL", 0.1807, -1.1078, -0.3204),
        ("REML", 0.1808, -1.1084, -0.3206),
        ("PM", 0.1809, -1.1091, -0.3208),
    ],
)
def test_hartung_and_knapp(model: Any, error: float, low: float, high: float) -> None:
    found = pool(BCG, model, hartung_knapp=True)
    assert (found.error, found.low, found.high) == pytest.approx((error, low, high), abs=5.1e-5)


@pytest.mark.parametrize(
    ("model", "convention", "low", "high"),
    [
        ("DL", "normal", -1.8582, 0.4299),
        ("REML", "normal", -1.8667, 0.4376),
        ("PM", "normal", -1.8758, 0.4459),
        ("DL", "Hartung-Knapp", -1.9872, 0.5590),
        ("REML", "Hartung-Knapp", -1.9960, 0.5670),
        ("DL", "Higgins", -1.9988, 0.5706),
        ("REML", "Higgins", -2.0084, 0.5793),
    ],
)
def test_prediction_intervals(model: Any, convention: Any, low: float, high: float) -> None:
    assert pool(BCG, model).prediction(convention) == pytest.approx((low, high), abs=5.1e-5)


def test_magnesium_after_heart_attack_says_two_things() -> None:
    fixed, dl, reml, pm = (pool(HEART, m) for m in ("fixed", "DL", "REML", "PM"))
    assert (fixed.effect, fixed.low, fixed.high) == pytest.approx(
        (0.0148, -0.0450, 0.0746), abs=5.1e-5
    )
    assert fixed.q == pytest.approx(47.0593, abs=5.1e-5)
    assert (dl.tau2, dl.effect, dl.error) == pytest.approx((0.2239, -0.7276, 0.1963), abs=5.1e-5)
    assert (reml.tau2, reml.effect) == pytest.approx((0.2926, -0.7666), abs=5.1e-5)
    assert (pm.tau2, pm.effect) == pytest.approx((0.1766, -0.6907), abs=5.1e-5)
    at = HEART.names.index(ISIS)
    assert 100 * fixed.weights[at] == pytest.approx(93.0, abs=0.051)
    assert 100 * reml.weights[at] == pytest.approx(15.3, abs=0.051)
    assert HEART_PEOPLE[at] == 58_050


def test_without_the_largest_trial_both_models_see_an_effect() -> None:
    fixed = pool(HEART.without(ISIS), "fixed")
    assert (fixed.effect, fixed.low, fixed.high) == pytest.approx(
        (-0.5535, -0.7793, -0.3276), abs=5.1e-5
    )
    assert fixed.q == pytest.approx(20.92, abs=0.0051)


@pytest.mark.parametrize(
    ("trials", "expected"),
    [  # effect, interval, tau2 and Q
        (rebuilt(), (0.111, -0.483, 0.704, 0, 0.345)),
        (rebuilt("end"), (0.017, -0.783, 0.818, 0.088, 1.135)),
        (rebuilt(sensitivity=True), (-0.328, -1.071, 0.415, 0.236, 4.805)),
    ],
)
def test_rebuilt_cramp_trials(trials: Trials, expected: tuple[float, ...]) -> None:
    found = pool(trials, "DL")
    got = (found.effect, found.low, found.high, found.tau2, found.q)
    assert got == pytest.approx(expected, abs=6e-4)


def test_two_trials_say_nothing_after_hartung_and_knapp() -> None:
    found = pool(rebuilt(), hartung_knapp=True)
    assert (found.low, found.high) == pytest.approx((-2.15, 2.37), abs=0.0051)


def test_the_published_pool_is_no_trial_of_ours() -> None:
    ours = pool(rebuilt())
    assert published().name not in rebuilt(sensitivity=True).names
    assert ours.effect > 0 > published().effect
    for row in cramp_trials():
        assert row.low < row.effect < row.high
        # Between 1.96 errors and the 2.02 of Student's t for the smallest trial, 41 degrees.
        assert 1.95 < (row.high - row.low) / 2 / row.error < 2.03


def test_no_scatter_means_no_variance_and_the_fixed_result() -> None:
    alike = Trials(("a", "b", "c"), np.array([0.1, 0.12, 0.11]), np.array([0.5, 0.6, 0.7]))
    fixed = pool(alike, "fixed")
    for model in ("DL", "REML", "PM"):
        found = pool(alike, model)
        assert found.tau2 == 0
        assert found.effect == pytest.approx(fixed.effect, rel=1e-12)


EFFECTS = st.lists(st.floats(-3, 3), min_size=3, max_size=8)


@given(EFFECTS, st.floats(-2, 2), st.sampled_from(["fixed", "DL", "REML", "PM"]))
def test_shifting_all_effects_shifts_the_pool(effects: list[float], by: float, model: Any) -> None:
    y, errors = np.array(effects), np.linspace(0.1, 0.6, len(effects))
    names = tuple(map(str, range(len(effects))))
    before, after = (pool(Trials(names, z, errors), model) for z in (y, y + by))
    assert after.effect - before.effect == pytest.approx(by, abs=1e-5)
    assert after.tau2 == pytest.approx(before.tau2, abs=1e-5)
    assert y.min() - 1e-9 <= before.effect <= y.max() + 1e-9
    assert before.weights.sum() == pytest.approx(1)


def test_paule_and_mandel_solve_their_equation() -> None:
    tau2 = pool(BCG, "PM").tau2
    w = 1 / (BCG.errors**2 + tau2)
    mean = (w * BCG.effects).sum() / w.sum()
    assert (w * (BCG.effects - mean) ** 2).sum() == pytest.approx(12, abs=1e-8)


def test_ratio_of_one_trial_by_hand() -> None:
    one = log_ratios(["x"], np.array([[4, 11]]), np.array([[123, 139]]), "risk ratio")
    assert one.effects[0] == pytest.approx(math.log((4 / 123) / (11 / 139)))
    assert one.errors[0] == pytest.approx(math.sqrt(1 / 4 - 1 / 123 + 1 / 11 - 1 / 139))
    empty = log_ratios(["x"], np.array([[0, 1]]), np.array([[22, 21]]))
    assert empty.effects[0] == pytest.approx(math.log((0.5 * 20.5) / (22.5 * 1.5)))


def test_quantile_of_student() -> None:
    # Published tables: 12.706 for 1, 2.201 for 11 and 2.179 for 12 degrees of freedom.
    assert [t_95(k) for k in (1, 11, 12)] == pytest.approx([12.706, 2.201, 2.179], abs=5e-4)


@pytest.mark.parametrize(
    ("effects", "errors", "message"),
    [
        ([0.1], [0.0], "an error is 0: each must be above 0"),
        ([math.nan], [0.1], "effects hold a value that is not finite"),
        ([0.1, 0.2], [0.1], r"sizes \[1, 2\]"),
    ],
)
def test_trials_that_cannot_be_are_refused(effects: Any, errors: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Trials(("a",), np.array(effects), np.array(errors))


def test_unknown_choices_say_what_is_allowed() -> None:
    with pytest.raises(ValueError, match=r"'ML'.*allowed is fixed, DL, REML, PM"):
        pool(BCG, "ML")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"'t'.*allowed is normal, Hartung-Knapp, Higgins"):
        pool(BCG).prediction("t")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2 trials are too few for the convention Higgins"):
        pool(rebuilt()).prediction("Higgins")
    with pytest.raises(ValueError, match="'Nobody' is not one of Aronson 1948"):
        BCG.without("Nobody")
    with pytest.raises(ValueError, match="needs 2 trials or more"):
        pool(Trials(("a",), np.array([0.1]), np.array([0.1])), hartung_knapp=True)
    with pytest.raises(ValueError, match=r"risk difference.*risk ratio, odds ratio"):
        log_ratios(["x"], np.ones((1, 2)), np.full((1, 2), 9.0), "risk difference")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="events must lie between"):
        log_ratios(["x"], np.array([[10, 1]]), np.array([[9, 9]]))
