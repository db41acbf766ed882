"""The people of the case clinic, and their chain from loss to cramp threshold."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given as tried_with
from hypothesis import strategies as st

from course_lib.physiology import case_chain, motoneuron_onset
from course_lib.physiology.case_chain import GIVEN, chain, contraction
from course_lib.physiology.cases import CASES, HEALTHY
from course_lib.physiology.cramp_loop import contract
from course_lib.physiology.motoneuron_table import AXES, answer, shifts_mV

# Ionised magnesium and calcium, potassium, sodium: the presets of the science pack.
PRESETS = {
    "runner": (0.5, 1.2, 4.8, 138),
    "thiazide": (0.4, 1.2, 3.2, 145),
    "dialysis": (0.45, 1.25, 3.5, 145),
    "pregnancy": (0.48, 1.2, 3.9, 145),
    "sleeper": (0.55, 1.2, 4.2, 145),
    "deficiency": (0.2, 0.85, 3.0, 145),
    "hyperventilation": (0.55, 1.0, 4.2, 145),
}


@pytest.mark.parametrize("person", PRESETS)
def test_plasma_and_shift_are_the_presets(person: str) -> None:
    mg, ca, k, na = PRESETS[person]
    link = chain(person)
    found = [link.plasma_mM[ion] for ion in ("magnesium", "calcium", "potassium", "sodium")]
    assert found == pytest.approx([mg, ca, k, na])
    by_hand = 10 * log((ca + 0.71 * mg + 0.4) / (1.2 + 0.71 * 0.55 + 0.4))
    assert link.shift_mV == pytest.approx(by_hand, abs=1e-9)


@pytest.mark.parametrize(
    ("person", "rest"), [("sleeper", -88.5), ("dialysis", -92.1), ("deficiency", -94.9)]
)
def test_resting_potential_is_that_of_the_table(person: str, rest: float) -> None:
    assert chain(person).rest_mV == pytest.approx(rest, abs=0.06)


def test_hyperventilation_shifts_as_calcium_alone_does() -> None:
    assert chain("hyperventilation").shift_mV == pytest.approx(-1.1, abs=0.06)


def test_marathon_loses_what_the_budget_says() -> None:
    assert chain("runner").lost_mmol == pytest.approx(1.7, abs=0.03)
    assert chain("runner").lost_percent == pytest.approx(0.17, abs=0.005)


def test_a_year_of_thiazide_and_a_hundred_days_without_lose_what_the_balance_says() -> None:
    assert chain("thiazide").lost_percent == pytest.approx(0.7, abs=0.05)
    assert chain("deficiency").lost_percent == pytest.approx(9.6, abs=0.15)


@pytest.mark.parametrize("person", ["dialysis", "pregnancy", "sleeper", "hyperventilation"])
def test_others_have_no_loss_counted(person: str) -> None:
    assert chain(person).lost_mmol == pytest.approx(0, abs=1e-9)


def test_severity_runs_from_health_to_beyond_the_preset() -> None:
    none = chain("deficiency", severity=0)
    assert none.plasma_mM == pytest.approx(chain("sleeper").plasma_mM)
    half, far = chain("deficiency", severity=0.5), chain("deficiency", severity=1.5)
    assert half.plasma_mM["magnesium"] == pytest.approx((0.55 + 0.2) / 2)
    assert far.plasma_mM["magnesium"] == pytest.approx(0.55 - 1.5 * 0.35)
    assert far.threshold_Hz < half.threshold_Hz < none.threshold_Hz


def test_by_mouth_raises_the_replete_by_what_trials_found() -> None:
    rise = chain("sleeper", "mouth").plasma_mM["magnesium"] - HEALTHY.magnesium_mM
    assert 0.55 * 0.03 < rise < 0.55 * 0.07  # interval of the mean rise of total magnesium
    for person in set(CASES) - {"deficiency"}:
        moved = chain(person, "mouth").threshold_Hz - chain(person).threshold_Hz
        assert 0 < moved < 0.1


def test_magnesium_by_mouth_puts_a_deficiency_nearly_right() -> None:
    before, after = chain("deficiency"), chain("deficiency", "mouth")
    for ion in ("magnesium", "calcium", "potassium"):
        usual = getattr(HEALTHY, f"{ion}_mM")
        assert abs(after.plasma_mM[ion] - usual) < 0.3 * abs(before.plasma_mM[ion] - usual)
    assert after.threshold_Hz - before.threshold_Hz > 1.5


def test_through_the_skin_is_the_least_and_a_drip_the_most() -> None:
    rises = {g: chain("runner", g).plasma_mM["magnesium"] - 0.5 for g in GIVEN}
    assert rises["nothing"] == rises["stretch"] == 0
    assert 0 < rises["skin"] < 0.3 * rises["mouth"] < rises["mouth"] < rises["vein"]
    assert rises["vein"] == pytest.approx(0.89 - 0.58)


def test_a_stretch_moves_nothing_but_how_long_the_cramp_lasts() -> None:
    left, stretched = (chain("sleeper", g, fatigue=0.5, short=1) for g in ("nothing", "stretch"))
    for link in ("plasma_mM", "rest_mV", "shift_mV", "onset_uA_per_cm2", "threshold_Hz"):
        assert getattr(left, link) == getattr(stretched, link)
    assert contraction(stretched).cramp_s < 0.7 * contraction(left).cramp_s


def test_fatigue_and_position_count_more_than_any_preset() -> None:
    rested = chain("sleeper").threshold_Hz
    assert rested == pytest.approx(25.5, abs=0.1)
    by_plasma = max(rested - chain(person).threshold_Hz for person in CASES)
    assert by_plasma < rested - chain("sleeper", fatigue=0.5).threshold_Hz < 3.1
    assert rested - chain("sleeper", short=1).threshold_Hz == pytest.approx(4)


def test_coarse_steps_find_the_episode_of_the_cramp_loop() -> None:
    link = chain("deficiency", fatigue=0.6, short=1)
    fine = contract(fatigue=0.6, short=1, shift_mV=link.shift_mV).episode
    assert contraction(link).cramp_s == pytest.approx(fine.cramp_s, abs=0.1)
    assert sum(link.drive.values()) == pytest.approx(fine.baseline)


def test_onset_agrees_with_the_table_of_the_motoneuron() -> None:
    for calcium in AXES["calcium_mM"]:
        expected = answer(0.0, 4.0, float(calcium), 1.0, 0.0).on_uA_per_cm2
        found = motoneuron_onset.onset_uA_per_cm2(float(shifts_mV(calcium)))
        assert found == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(("shift", "onset"), [(0, 10.21), (-5, 7.87)])
def test_onset_is_near_that_of_a_slower_solver(shift: float, onset: float) -> None:
    assert motoneuron_onset.onset_uA_per_cm2(shift) == pytest.approx(onset, rel=0.015)


@tried_with(
    st.sampled_from(sorted(CASES)), st.sampled_from(GIVEN), st.floats(0, 1.5), st.floats(0, 1)
)
def test_every_chain_is_whole_and_within_the_models(
    person: str, given: str, severity: float, share: float
) -> None:
    link = chain(person, given, severity=severity, fatigue=share, short=share)
    assert all(value > 0 for value in link.plasma_mM.values())
    assert 5 < link.threshold_Hz < 27
    assert sum(link.drive.values()) + link.threshold_Hz == pytest.approx(27.114, abs=1e-3)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"person": "cat"}, "person is 'cat': use one of runner"),
        ({"person": "runner", "given": "soap"}, "given is 'soap': use one of nothing"),
        ({"person": "runner", "severity": 2}, "severity is 2: allowed is 0 to 1.5"),
        ({"person": "runner", "fatigue": float("nan")}, "fatigue is nan"),
    ],
)
def test_bad_input_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        chain(**wrong)  # type: ignore[arg-type]


def test_a_changed_treatment_changes_the_chain() -> None:
    twice = case_chain.Treatment(vein_mM=0.62)
    usual = chain("runner", "vein")
    assert chain("runner", "vein", treatment=twice).shift_mV > usual.shift_mV + 0.5
