"""The sliding filaments: corners, digitised points, geometry, and what the sliders can reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from course_lib.physiology import sarcomere as sl
from course_lib.physiology import sources
from course_lib.physiology.sarcomere import FROG, HUMAN, Filaments, active_force, corners, sarcomere
from tests.physiology.bad_input import NOT_A_QUANTITY

FROG_CORNERS_um = (1.27, 1.67, 2.00, 2.25, 3.65)
HUMAN_CORNERS_um = (1.27, 1.70, 2.64, 2.81, 4.24)
LEVELS = (0.0, 0.84, 1.0, 1.0, 0.0)
SPECIES = pytest.mark.parametrize("filaments", [FROG, HUMAN], ids=["frog", "human"])

LENGTHS = st.floats(1.0, 5.0)
SLIDERS = st.builds(
    replace,
    st.sampled_from([FROG, HUMAN]),
    thin_um=st.floats(0.95, 1.40),
    bare_um=st.floats(0.10, 0.25),
)


@pytest.mark.parametrize(
    ("filaments", "expected"), [(FROG, FROG_CORNERS_um), (HUMAN, HUMAN_CORNERS_um)]
)
def test_corners_of_the_table(filaments: Filaments, expected: tuple[float, ...]) -> None:
    assert corners(filaments) == pytest.approx(expected, abs=1e-12)
    np.testing.assert_allclose(active_force(expected, filaments), LEVELS, atol=1e-12)


@pytest.mark.parametrize(
    ("filaments", "middle_um"), [(FROG, 2.95), (HUMAN, 3.525)], ids=["frog", "human"]
)
def test_half_the_force_in_the_middle_of_the_descending_limb(
    filaments: Filaments, middle_um: float
) -> None:
    assert active_force(middle_um, filaments) == pytest.approx(0.50, abs=1e-12)


@pytest.mark.parametrize(("filaments", "run_um"), [(FROG, 1.40), (HUMAN, 1.43)])
def test_slope_of_the_descending_limb(filaments: Filaments, run_um: float) -> None:
    end = corners(filaments).no_overlap_um
    assert active_force(end - 0.1, filaments) == pytest.approx(0.1 / run_um, abs=1e-12)


@pytest.mark.parametrize(
    ("length_um", "force"),
    [
        (1.98, 0.971),
        (2.03, 0.986),
        (2.08, 0.999),
        (2.13, 1.00),
        (2.18, 1.001),
        (2.23, 0.989),
        (2.28, 0.971),
    ],
)
def test_points_of_1966_as_digitised(length_um: float, force: float) -> None:
    assert active_force(length_um) == pytest.approx(force, abs=0.03)


@pytest.mark.parametrize(("length_um", "force"), [(1.65, 0.78), (1.70, 0.85), (1.67, 0.84)])
def test_points_of_the_second_reading(length_um: float, force: float) -> None:
    assert active_force(length_um) == pytest.approx(force, abs=0.03)


def test_force_is_greatest_where_the_second_reading_has_it() -> None:
    np.testing.assert_array_equal(active_force([2.13, 2.18]), 1.0)


def test_bare_geometry_gives_the_corners_within_0_05_um() -> None:
    bare = replace(FROG, thin_give_um=0.0, z_give_um=0.0)
    assert corners(bare) == pytest.approx(FROG_CORNERS_um, abs=0.05 + 1e-12)
    assert corners(bare).no_overlap_um == pytest.approx(2.05 + 1.60, abs=1e-12)
    assert corners(bare).plateau_end_um == pytest.approx(2.05 + 0.20, abs=1e-12)


@given(SLIDERS)
def test_corners_follow_the_filaments(filaments: Filaments) -> None:
    found = corners(filaments)
    assert found.no_overlap_um == pytest.approx(2 * filaments.thin_um + 1.60, abs=1e-12)
    assert found.plateau_end_um == pytest.approx(
        2 * filaments.thin_um + filaments.bare_um, abs=1e-12
    )
    assert np.all(np.diff(found) > 0)
    np.testing.assert_allclose(active_force(found, filaments), LEVELS, atol=1e-12)


def test_the_fitted_gives_and_the_knee_are_marked_as_they_are_known() -> None:
    status = {name: about.status for name, _, about in sources(sl)}
    assert status["thin_give_um"] == status["z_give_um"] == "fitted"
    assert status["knee_force"] == status["folded_um"] == "textbook"
    assert status["crown_um"] == status["heads_per_crown"] == "assumed"


@given(SLIDERS, arrays(float, 50, elements=LENGTHS))
def test_force_lies_between_0_and_1(filaments: Filaments, lengths: np.ndarray[Any, Any]) -> None:
    force = active_force(lengths, filaments)
    assert np.all((force >= 0) & (force <= 1))


@given(SLIDERS)
def test_no_force_beyond_the_outer_corners(filaments: Filaments) -> None:
    found = corners(filaments)
    outside = [1.0, found.folded_um - 1e-9, found.no_overlap_um + 1e-9, 5.0]
    np.testing.assert_array_equal(active_force(outside, filaments), 0.0)


@given(SLIDERS, st.floats(1.0, 4.99))
def test_the_curve_has_no_jump(filaments: Filaments, length_um: float) -> None:
    found = corners(filaments)
    steepest = np.max(np.abs(np.diff(LEVELS)) / np.diff(found))
    step = active_force(length_um + 1e-6, filaments) - active_force(length_um, filaments)
    assert abs(step) <= 1e-6 * steepest + 1e-12


@given(SLIDERS)
def test_force_rises_holds_and_falls(filaments: Filaments) -> None:
    a, _, b, c, d = corners(filaments)
    assert np.all(np.diff(active_force(np.linspace(a, b, 50), filaments)) > 0)
    np.testing.assert_allclose(active_force(np.linspace(b, c, 50), filaments), 1.0, atol=1e-12)
    assert np.all(np.diff(active_force(np.linspace(c, d, 50), filaments)) < 0)


@given(SLIDERS, LENGTHS)
def test_no_filament_changes_its_length_while_there_is_room(
    filaments: Filaments, length_um: float
) -> None:
    found = sarcomere(length_um, filaments)
    room = length_um - filaments.z_um
    assert found.thick_length_um == pytest.approx(min(filaments.thick_um, room), abs=1e-12)
    assert found.thick_length_um + found.thick_compression_um == pytest.approx(1.60, abs=1e-12)
    assert found.thin_tip_um >= length_um / 2 - filaments.thin_um - 1e-12
    assert found.thin_tip_um >= -room / 2 - 1e-12, "a thin filament left the sarcomere"


@given(SLIDERS, LENGTHS)
def test_force_equals_overlap_on_the_descending_limb(
    filaments: Filaments, length_um: float
) -> None:
    found = sarcomere(length_um, filaments)
    assert 0 <= found.overlap_fraction <= 1
    if length_um >= corners(filaments).plateau_start_um:
        assert found.force == pytest.approx(found.overlap_fraction, abs=1e-9)
    else:
        assert found.overlap_fraction == pytest.approx(1.0, abs=1e-12)


@given(SLIDERS, LENGTHS)
def test_heads_in_reach_follow_the_overlap(filaments: Filaments, length_um: float) -> None:
    found = sarcomere(length_um, filaments)
    crowns = found.crown_um.size
    assert found.crown_in_reach.shape == found.crown_um.shape == (crowns,)
    assert found.heads == 2 * filaments.heads_per_crown * crowns
    assert found.heads_in_reach == 2 * filaments.heads_per_crown * found.crown_in_reach.sum()
    share = found.heads_in_reach / found.heads
    assert share == pytest.approx(found.overlap_fraction, abs=0.5 / crowns + 1e-9)


@given(SLIDERS, LENGTHS)
def test_the_region_is_the_part_of_the_curve(filaments: Filaments, length_um: float) -> None:
    found = sarcomere(length_um, filaments)
    a, b, c, d, e = corners(filaments)
    bounds = dict(zip(sl.REGIONS, [(0, a), (a, b), (b, c), (c, d), (d, e), (e, 9)], strict=True))
    low, high = bounds[found.region]
    assert low < length_um <= high
    assert found.force == active_force(length_um, filaments)


@SPECIES
@pytest.mark.parametrize("length_um", [1.0, 5.0])
def test_the_picture_is_finite_at_both_ends(filaments: Filaments, length_um: float) -> None:
    found = sarcomere(length_um, filaments)
    assert found.force == 0
    assert np.all(np.isfinite(found.crown_um))
    assert np.all(np.abs(found.crown_um) <= found.thick_length_um / 2)


def test_thin_filaments_meet_at_the_start_of_the_bare_plateau() -> None:
    bare = replace(FROG, thin_give_um=0.0)
    start = corners(bare).plateau_start_um
    assert sarcomere(start, bare).thin_overlap_um == pytest.approx(0.0, abs=1e-12)
    assert sarcomere(start - 0.2, bare).thin_overlap_um == pytest.approx(0.2, abs=1e-12)


@given(arrays(float, array_shapes(min_dims=0, max_dims=3, max_side=4), elements=LENGTHS))
def test_the_shape_is_kept(lengths: np.ndarray[Any, Any]) -> None:
    assert active_force(lengths).shape == lengths.shape


@NOT_A_QUANTITY
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    for call in (active_force, sarcomere, lambda x: active_force([2.0, x])):
        with pytest.raises(ValueError, match=r"sarcomere length is .*: allowed is 1 to 5 µm"):
            call(bad)
    with pytest.raises(ValueError, match=r"thin_um is .*: allowed is 0.95 to 1.45 µm"):
        replace(FROG, thin_um=bad)


@pytest.mark.parametrize("bad", [-2.0, 0.0, 0.99, 5.01, 2000.0])
def test_lengths_outside_1_to_5_um_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match=f"sarcomere length is {bad:g}: allowed is 1 to 5 µm"):
        active_force(bad)
    with pytest.raises(ValueError, match=f"sarcomere length is {bad:g}: allowed is 1 to 5 µm"):
        sarcomere(bad)


def test_one_sarcomere_has_one_length() -> None:
    with pytest.raises(ValueError, match=r"sarcomere length is an array of shape \(2,\): give one"):
        sarcomere([2.0, 2.1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "bad", "allowed"),
    [
        ("thin_um", 0.94, "0.95 to 1.45 µm"),
        ("thin_um", 1.46, "0.95 to 1.45 µm"),
        ("bare_um", 0.09, "0.1 to 0.25 µm"),
        ("bare_um", -0.2, "0.1 to 0.25 µm"),
        ("thick_um", 16.0, "1.4 to 1.8 µm"),
        ("z_um", -0.1, "0 to 0.15 µm"),
        ("knee_force", 1.1, "0 to 1"),
        ("folded_um", 0.5, "1 to 1.5 µm"),
        ("crown_um", 0.0, "0.005 to 0.1 µm"),
        ("heads_per_crown", 0, "1 to 12"),
    ],
)
def test_filaments_outside_their_range_are_refused(name: str, bad: float, allowed: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is {bad:g}: allowed is {allowed}"):
        replace(FROG, **{name: bad})


def test_filaments_whose_corners_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="corners that do not rise"):
        replace(FROG, thick_um=1.8, thin_um=0.95)
