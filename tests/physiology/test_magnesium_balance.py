"""Body magnesium against the calibration table, an independent solver, and what must be kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from course_lib.evidence import band
from course_lib.physiology import magnesium_balance as mg
from course_lib.physiology import sources
from tests.physiology.bad_input import NOT_A_QUANTITY

Array = np.ndarray[Any, Any]
PEOPLE = st.builds(
    mg.Person,
    intake_mg_per_d=st.floats(0, 1500),
    doses_per_day=st.integers(1, 8),
    kidney_function=st.floats(0.1, 1.2),
    threshold_shift_mM=st.floats(-0.2, 0.2),
    uptake=st.floats(0, 1.5),
    extra_losses_mg_per_d=st.floats(0, 100),
)
FASTING_d = np.array([0.25, 0.5, 1, 3, 7, 14, 30, 60, 100, 160])


def dense(*extra: float) -> Array:
    """Times from 0 to 200 days, the extra ones among them."""
    return np.unique(np.concatenate([[0.0], np.geomspace(0.01, 200, 60), extra]))


@cache
def fast() -> tuple[mg.History, Array]:
    """Nothing eaten after three meals of 100 mg a day, and where the days of the table lie."""
    time = dense(*FASTING_d)
    return mg.stop(time), np.searchsorted(time, FASTING_d)


def year(**person: float) -> mg.History:
    return mg.follow(mg.Person(**person))  # type: ignore[arg-type]


def rates(person: mg.Person, y: Array) -> Array:
    """Right-hand side, written out from the equations with their numbers."""
    gut, outside, cells, bone = y
    plasma = outside / 11.5
    over = (plasma - 0.9745 - person.threshold_shift_mM) / 0.1045
    spill = np.log1p(np.exp(over))
    lost = person.kidney_function * 126 * (0.005 * plasma + 0.1045 * spill)
    other = (15 + person.extra_losses_mg_per_d) / 24.305 * plasma / 0.85
    into_cells = 4 * outside - 4 * 9.775 / 114.125 * cells
    k = np.log(2) / 1000
    into_bone = k * 864.1 / 9.775 * outside - k * bone
    return np.array(
        [-7.2 * gut, 7.2 * gut - lost - other - into_cells - into_bone, into_cells, into_bone]
    )


def meal_by_meal(person: mg.Person, days: int) -> Array:
    """Follow every meal, Runge-Kutta of order 4: all states of the last day, (192, 4)."""
    y, h = np.array([0, 9.775, 114.125, 864.1]), 1 / 192
    at = {round(hour * 8) for hour in person.meal_hours}
    d = person.intake_mg_per_d / person.doses_per_day
    taken = (person.uptake * 41.8 * d / (35.6 + d) + 0.07 * d) / 24.305
    last: list[Array] = []
    for _ in range(days):
        last.clear()
        for k in range(192):
            y = y + np.array([taken * (k in at), 0, 0, 0])
            last.append(y)
            a = rates(person, y)
            b = rates(person, y + h / 2 * a)
            c = rates(person, y + h / 2 * b)
            y = y + h / 6 * (a + 2 * b + 2 * c + rates(person, y + h * c))
    return np.array(last)


# ---- absorption and kidney --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose_mg", "mg_absorbed"),
    [(36, 23.5), (70, 32.6), (100, 37.8), (246, 53.7), (365, 63.6), (500, 74.0), (1009, 111.0)],
)
def test_absorption_of_one_meal(dose_mg: float, mg_absorbed: float) -> None:
    assert mg.absorbed(dose_mg) == pytest.approx(mg_absorbed, abs=0.05 if dose_mg < 1000 else 0.5)


def test_shares_at_the_ends_of_the_experiment() -> None:
    assert mg.absorbed(36) / 36 == pytest.approx(0.654, abs=0.002)
    assert mg.absorbed(1009) / 1009 == pytest.approx(0.110, abs=0.002)
    assert 0.43 <= mg.absorbed(70) / 70 <= 0.53  # isotope: 0.48 +/- 0.05


def test_300_mg_more_depends_on_how_it_is_taken() -> None:
    with_meal = mg.absorbed(400) - mg.absorbed(100)
    split = 3 * (mg.absorbed(200) - mg.absorbed(100))
    assert 3 * mg.absorbed(100) == pytest.approx(113, abs=0.5)
    assert [with_meal, split, mg.absorbed(300)] == pytest.approx([28.6, 35.0, 58.4], abs=0.05)


@pytest.mark.parametrize(
    ("plasma_mM", "mg_per_d", "share"),
    [(0.85, 97.9, 0.0376), (0.60, 18.0, 0.0098), (0.40, 7.4, 0.0061)],
)
def test_urine_at_three_levels(plasma_mM: float, mg_per_d: float, share: float) -> None:
    assert mg.urine(plasma_mM) * 24.305 == pytest.approx(mg_per_d, abs=0.05)
    assert mg.fractional_excretion(plasma_mM) == pytest.approx(share, abs=5e-5)


def test_urine_at_the_normal_level_in_mmol() -> None:
    assert mg.urine(0.85) == pytest.approx(4.028, rel=1e-3)


def test_excretion_spans_what_was_measured_and_a_drip_settles_where_clinics_see_it() -> None:
    assert mg.fractional_excretion([2.0, 3.0]) == pytest.approx([0.52, 0.68], abs=0.005)
    # 1 g MgSO4.7H2O an hour is 4.06 mmol; with the meals it leaves in urine and a little besides.
    meals = 3 * mg.absorbed(100) / 24.305
    for grams, level in ((1, 1.77), (2, 2.54)):
        out = mg.urine(level) + 15 / 24.305 * level / 0.85
        assert out == pytest.approx(24 * 4.06 * grams + meals, rel=0.01)


@given(st.floats(0.05, 3), st.floats(0.05, 3), st.floats(0.1, 1.2))
def test_urine_rises_with_plasma_and_kidney_function(a: float, b: float, kidney: float) -> None:
    low, high = sorted((a, b))
    ill = mg.Person(kidney_function=kidney)
    assert mg.urine(low, ill) <= mg.urine(high, ill)
    assert mg.urine(low, mg.Person(kidney_function=0.1)) <= mg.urine(low, ill) * (1 + 1e-12)


# ---- the calibration table --------------------------------------------------------------------


def test_baseline_of_three_meals() -> None:
    base = year()
    assert base.plasma_mM[-1] == pytest.approx(0.849, abs=1e-3)
    assert base.urine_mg_per_d[-1] == pytest.approx(98.5, abs=0.1)
    assert base.day_mM.min() == pytest.approx(0.809, abs=1.5e-3)
    assert base.day_mM.max() == pytest.approx(0.877, abs=1e-3)


@pytest.mark.parametrize(
    ("intake", "plasma_mM", "urine", "lost"),
    [(150, 0.804, 70, 1.7), (200, 0.825, 82, 1.0), (250, 0.839, 91, 0.4), (420, 0.869, 114, -0.7)],
)
def test_a_year_of_other_intakes(
    intake: float, plasma_mM: float, urine: float, lost: float
) -> None:
    found = year(intake_mg_per_d=intake)
    assert found.plasma_mM[-1] == pytest.approx(plasma_mM, abs=1e-3)
    assert found.urine_mg_per_d[-1] == pytest.approx(urine, abs=0.55)
    assert found.lost_percent[-1] == pytest.approx(lost, abs=0.055)


@pytest.mark.parametrize(
    ("person", "plasma_mM", "urine", "lost"),
    [
        ({"threshold_shift_mM": -0.019}, 0.832, 99, 0.7),
        ({"threshold_shift_mM": -0.15}, 0.708, 103, 5.3),
        ({"uptake": 0.5}, 0.771, 55, 3.0),
        ({"uptake": 0.1}, 0.635, 22, 7.9),
    ],
    ids=["thiazide", "severe wasting", "half uptake", "a tenth of uptake"],
)
def test_a_year_of_losses(
    person: dict[str, float], plasma_mM: float, urine: float, lost: float
) -> None:
    found = year(**person)
    assert found.plasma_mM[-1] == pytest.approx(plasma_mM, abs=1e-3)
    assert found.urine_mg_per_d[-1] == pytest.approx(urine, abs=0.55)
    assert found.lost_percent[-1] == pytest.approx(lost, abs=0.06)


def test_a_supplement_raises_plasma_as_trials_found() -> None:
    more, base = year(intake_mg_per_d=668), year()
    rise = more.plasma_mM[-1] - base.plasma_mM[-1]
    assert rise == pytest.approx(0.046, abs=1e-3)
    assert 0.03 <= rise <= 0.07  # Zhang 2016
    assert more.urine_mg_per_d[-1] - base.urine_mg_per_d[-1] == pytest.approx(40, abs=0.5)
    reach = band("serum_total", "by mouth")
    assert reach.low - 0.005 <= more.plasma_mM[-1] <= reach.high


def test_plasma_without_magnesium() -> None:
    history, at = fast()
    table = [0.814, 0.792, 0.778, 0.750, 0.704, 0.643, 0.547, 0.441, 0.365, 0.309]
    assert history.plasma_mM[at] == pytest.approx(np.array(table), abs=6e-4)
    assert history.plasma_mM[at[-2]] == pytest.approx(0.365, rel=0.01)


def test_loss_without_magnesium() -> None:
    history, at = fast()
    lost_mg = (history.total_mmol[0] - history.total_mmol[at]) * mg.MG_PER_MMOL
    assert lost_mg[:3] == pytest.approx([26, 46, 83], abs=0.55)
    assert lost_mg[1] == pytest.approx(46.4, rel=0.02)
    percent = [0.11, 0.19, 0.35, 0.9, 1.8, 2.9, 4.8, 7.2, 9.6, 12.5]
    assert history.lost_percent[at] == pytest.approx(np.array(percent), rel=0.02, abs=0.006)


def test_urine_without_magnesium() -> None:
    history, at = fast()
    # On the third, seventh and fourteenth day, and at the end of months.
    daily = np.interp([1, 2, 3, 6, 7, 13, 14], history.time_d, history.urine_mmol) * mg.MG_PER_MMOL
    assert np.interp(1, history.time_d, history.urine_mmol) * mg.MG_PER_MMOL == pytest.approx(
        69, abs=0.55
    )
    assert [daily[2] - daily[1], daily[4] - daily[3], daily[6] - daily[5]] == pytest.approx(
        [49, 35, 24], abs=0.6
    )
    assert history.urine_mg_per_d[at[6:]] == pytest.approx([14, 9, 6.5, 5.3], abs=0.5)


def test_a_third_to_a_quarter_after_months_as_in_the_depletion_study() -> None:
    history, at = fast()
    assert history.plasma_mM[at[-2:]] / 0.85 == pytest.approx([0.43, 0.36], abs=5e-3)


# ---- against an independent solution ----------------------------------------------------------


@pytest.mark.parametrize(
    "person",
    [
        mg.HEALTHY,
        mg.Person(1000, 1),
        mg.Person(600, 2, kidney_function=0.3),
        mg.Person(250, 4, threshold_shift_mM=-0.15, extra_losses_mg_per_d=30),
    ],
    ids=["healthy", "one large dose", "weak kidneys", "wasting"],
)  # fmt: skip
def test_a_hundred_days_agree_with_following_every_meal(person: mg.Person) -> None:
    _, outside, cells, bone = meal_by_meal(person, 100).T
    found = mg.follow(person, np.append(mg.YEAR_d[mg.YEAR_d < 99], 99.5))
    assert found.plasma_mM[-1] == pytest.approx(outside.mean() / 11.5, abs=2e-4)
    assert found.cells_mmol[-1] == pytest.approx(cells.mean(), rel=3e-4)
    # Meal by meal the first night passes without a supper before it: a little less everywhere.
    assert found.bone_mmol[-1] == pytest.approx(bone.mean(), abs=0.04)
    # The sum of harmonics rounds the corner at each meal, most at a large one.
    assert found.day_mM == pytest.approx(outside[::2] / 11.5, abs=3.5e-3)


def test_fasting_agrees_with_a_tight_stiff_solver() -> None:
    history, _ = fast()
    start = [history.gut_mmol[0], history.outside_mmol[0], history.cells_mmol[0],
             history.bone_mmol[0]]  # fmt: skip
    exact = solve_ivp(
        lambda _, y: rates(history.person, y), (0, 200), start, "Radau", history.time_d,
        rtol=1e-9, atol=1e-11,
    )  # fmt: skip
    assert history.outside_mmol == pytest.approx(exact.y[1], rel=3e-4)
    assert history.cells_mmol == pytest.approx(exact.y[2], rel=3e-4)
    assert history.bone_mmol == pytest.approx(exact.y[3], rel=1e-5)


def test_finer_steps_change_nothing_that_is_shown() -> None:
    fine = 365 * np.linspace(0, 1, 961) ** 2.2
    for person in (mg.Person(0), mg.Person(1000, 1, 0.2), mg.Person(150, uptake=0.1)):
        coarse, exact = mg.follow(person), mg.follow(person, fine)
        assert coarse.plasma_mM == pytest.approx(exact.plasma_mM[::16], abs=1e-3)
        assert coarse.plasma_mM[-1] == pytest.approx(exact.plasma_mM[-1], abs=1e-6)


# ---- what must hold for everyone --------------------------------------------------------------


@settings(max_examples=40)
@given(PEOPLE)
def test_magnesium_is_conserved(person: mg.Person) -> None:
    found = mg.follow(person)
    meals = person.doses_per_day * mg.absorbed(
        person.intake_mg_per_d / person.doses_per_day, person.uptake
    )
    absorbed = meals / mg.MG_PER_MMOL * found.time_d
    change = found.total_mmol - found.total_mmol[0]
    assert absorbed - found.urine_mmol - found.other_mmol == pytest.approx(change, abs=1e-6)


def test_magnesium_is_conserved_without_meals() -> None:
    history, _ = fast()
    kept = history.total_mmol + history.urine_mmol + history.other_mmol
    assert np.ptp(kept) < 1e-6
    assert (np.diff(history.plasma_mM) < 0).all()


@settings(max_examples=40)
@given(PEOPLE)
def test_states_stay_physical(person: mg.Person) -> None:
    found = mg.follow(person)
    for store in (found.outside_mmol, found.cells_mmol, found.bone_mmol):
        assert (store > 0).all()
        assert np.isfinite(store).all()
    assert (found.low_mM <= found.plasma_mM + 1e-12).all()
    assert (found.high_mM >= found.plasma_mM - 1e-12).all()
    assert (found.urine_mg_per_d > 0).all()
    assert found.day_mM.mean() == pytest.approx(found.plasma_mM[-1], abs=1e-9)


@settings(max_examples=25)
@given(PEOPLE)
def test_more_eaten_more_in_plasma_and_worse_kidneys_more_too(person: mg.Person) -> None:
    here = mg.follow(person).plasma_mM[-1]
    richer = replace(person, intake_mg_per_d=person.intake_mg_per_d + 100)
    assert mg.follow(richer).plasma_mM[-1] > here
    assert mg.follow(replace(person, kidney_function=0.08)).plasma_mM[-1] >= here
    assert mg.follow(replace(person, threshold_shift_mM=-0.3)).plasma_mM[-1] <= here


def test_a_supplement_split_over_the_day_does_more() -> None:
    once, thrice = (year(intake_mg_per_d=600, doses_per_day=n) for n in (1, 3))
    assert thrice.plasma_mM[-1] > once.plasma_mM[-1]
    assert np.ptp(once.day_mM) > np.ptp(thrice.day_mM)


def test_without_exchange_nothing_holds_plasma_but_the_kidney() -> None:
    alone = replace(mg.BODY, cell_uptake_per_d=0.0, bone_return_per_d=0.0)
    time = dense(1.0)
    at = int(np.searchsorted(time, 1.0))
    bare, held = mg.stop(time, body=alone), mg.stop(time)
    assert held.plasma_mM[at] - bare.plasma_mM[at] > 0.1
    assert bare.cells_mmol[-1] == bare.cells_mmol[0]
    assert bare.urine_mg_per_d[at] < held.urine_mg_per_d[at]


def test_the_body_holds_24_g_and_one_percent_of_it_outside_cells() -> None:
    assert mg.BODY.total_mmol * mg.MG_PER_MMOL == pytest.approx(24_000, rel=1e-3)
    assert mg.BODY.outside_mmol / mg.BODY.total_mmol == pytest.approx(0.01, rel=0.02)
    # Avioli & Berman: 3.54 mEq/kg exchange quickly, 70 kg
    assert mg.BODY.outside_mmol + mg.BODY.cells_mmol == pytest.approx(3.54 * 70 / 2, rel=1e-3)


def test_reconstructed_and_chosen_numbers_are_not_called_published() -> None:
    status = {name: about.status for name, _, about in sources(mg)}
    assert [name for name, s in status.items() if s == "published"] == ["linear_share"]
    assert status["vmax_mg"] == status["km_mg"] == status["threshold_mM"] == "fitted"
    assert status["cell_uptake_per_d"] == status["gut_per_d"] == "assumed"


# ---- bad input --------------------------------------------------------------------------------


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"dose_mg is .*: allowed is 0 to 5000 mg"):
        mg.absorbed(bad)
    with pytest.raises(ValueError, match=r"plasma_mM is .*: allowed is 0 to 20 mmol/L"):
        mg.urine(bad)
    with pytest.raises(ValueError, match=r"intake_mg_per_d is .*: allowed is 0 to 3000 mg/d"):
        mg.Person(bad)


@pytest.mark.parametrize(
    ("name", "bad", "allowed"),
    [
        ("intake_mg_per_d", -1, "0 to 3000 mg/d"),
        ("doses_per_day", 0, "1 to 12"),
        ("doses_per_day", 2.5, "1 to 12, whole"),
        ("kidney_function", 0.0, "0.05 to 1.5"),
        ("threshold_shift_mM", -0.7, "-0.6 to 0.6 mmol/L"),
        ("uptake", 2.1, "0 to 2"),
        ("extra_losses_mg_per_d", 301, "0 to 300 mg/d"),
    ],
)
def test_a_person_outside_the_model_is_refused(name: str, bad: float, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is {bad:g}: allowed is {allowed}"):
        mg.Person(**{name: bad})  # type: ignore[arg-type]


@pytest.mark.parametrize("times", [[0.0], [1.0, 2.0], [0.0, 2.0, 2.0], [[0.0, 1.0]], 3.0])
def test_times_must_rise_from_0(times: Any) -> None:
    with pytest.raises(ValueError, match="times_d must be one row that rises from 0"):
        mg.follow(times_d=times)
    with pytest.raises(ValueError, match="times_d must be one row that rises from 0"):
        mg.stop(times)


def test_a_body_without_fluid_is_refused() -> None:
    with pytest.raises(ValueError, match=r"volume_L is 0: allowed is 0.001 to 100000"):
        mg.Body(volume_L=0.0)
