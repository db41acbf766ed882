"""The reachable band: the numbers of the pack, and no band that cannot be drawn."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.evidence import (
    Band,
    BandKind,
    Compartment,
    band,
    band_table,
    bands,
    reference,
)
from course_lib.evidence._tables import read_data
from course_lib.evidence.bands import parse_bands

TEXT = read_data("bands.csv")
COMPARTMENTS = get_args(Compartment)


def test_by_mouth_total_serum_rises_by_what_the_trials_found() -> None:
    found = band("serum_total", "by mouth")
    assert found.width == pytest.approx(0.05)  # zhang2016: mean, 95 % CI 0.03 to 0.07
    assert 0.03 <= found.width <= 0.07
    assert "0.03 to 0.07" in found.label
    assert (found.source, found.status) == ("zhang2016", "derived")
    normal = band("serum_total", "normal")
    assert found.low == pytest.approx((normal.low + normal.high) / 2)


def test_by_mouth_ionised_serum_is_55_percent_of_the_total_rise() -> None:
    found = band("serum_ionised", "by mouth")
    assert (found.low, found.high) == (0.55, 0.58)
    assert found.width == pytest.approx(0.55 * 0.05, abs=0.005)
    assert "66%" in found.note


def test_muscle_did_not_move_so_its_band_has_no_width() -> None:
    found = band("muscle_free", "by mouth")
    assert found.low == found.high == 0.557
    assert found.source == "wary1999"
    assert "No measurable change" in found.note


def test_brain_and_csf_bands_have_no_width_and_are_called_assumed() -> None:
    for compartment in ("csf_ionised", "brain_free"):
        found = band(compartment, "by mouth")
        assert found.width == 0.0
        assert found.status == "assumed"


@pytest.mark.parametrize(
    ("compartment", "kind", "low", "high"),
    [
        ("serum_total", "normal", 0.75, 0.95),
        ("serum_total", "intravenous", 2.0, 3.5),
        ("serum_ionised", "normal", 0.45, 0.65),
        ("muscle_free", "normal", 0.557 - 0.097, 0.557 + 0.097),
        ("muscle_free", "laboratory", 0.05, 10.0),
        ("csf_ionised", "normal", 0.80 - 0.10, 0.80 + 0.10),
        ("csf_ionised", "intravenous", 0.80, 0.80 * 1.13 / 0.95),
        ("csf_ionised", "laboratory", 0.001, 10.0),
    ],
)
def test_bands_hold_the_numbers_of_the_pack(
    compartment: str, kind: str, low: float, high: float
) -> None:
    found = band(compartment, kind)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.005)


def test_deficiency_ends_at_the_usual_cut_off() -> None:
    assert band("serum_total", "deficiency").high == 0.70
    assert "0.50" in band("serum_total", "deficiency").note


def test_a_range_no_source_was_read_for_is_not_called_published() -> None:
    assert band("serum_total", "intravenous").status == "textbook"
    for item in band_table():
        assert item.source is not None or item.status in ("textbook", "assumed")


def test_organ_bath_holds_the_6_millimolar_of_the_rat_diaphragm() -> None:
    bath = band("serum_ionised", "laboratory")
    assert bath.low <= 6 <= bath.high
    assert bath.low > band("serum_ionised", "by mouth").high


@pytest.mark.parametrize("compartment", COMPARTMENTS)
def test_bands_come_in_a_fixed_order(compartment: str) -> None:
    kinds = [item.kind for item in bands(compartment)]
    assert kinds == [kind for kind in get_args(BandKind) if kind in kinds]
    assert "by mouth" in kinds


@pytest.mark.parametrize("compartment", COMPARTMENTS)
def test_keys_named_in_bands_resolve(compartment: str) -> None:
    for item in bands(compartment):
        for key in re.findall(r"\b[a-z]+(?:19|20)\d\d[a-z]?\b", f"{item.source} {item.note}"):
            assert reference(key).key == key


def test_table_shows_every_band_in_html_and_text() -> None:
    table = band_table()
    assert len(table) == sum(len(bands(compartment)) for compartment in COMPARTMENTS)
    html = table._repr_html_()
    for item in table:
        assert item.label in html
        assert f"{item.kind}: {item.low:g} to {item.high:g}  {item.status}" in str(table)
    assert html.count("<tr>") == len(table) + 1
    assert len(band_table("muscle_free")) == len(bands("muscle_free"))


def test_unknown_compartment_or_kind_says_what_is_allowed() -> None:
    for look_up in (bands, band_table):
        with pytest.raises(ValueError, match=r"'blood'.*serum_total, serum_ionised"):
            look_up("blood")
    with pytest.raises(ValueError, match=r"brain_free: band 'oral'.*use one of deficiency"):
        band("brain_free", "oral")


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [
        (math.nan, 1.0, "'normal' of serum_total: nan to 1.0 mmol/L is not finite"),
        (0.0, math.inf, "not finite"),
        (0.95, 0.75, "0.95 to 0.75 mmol/L; needs 0 <= low <= high"),
        (-0.1, 0.75, "-0.1 to 0.75 mmol/L; needs 0 <= low"),
    ],
)
def test_impossible_band_is_refused(low: float, high: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(band("serum_total", "normal"), low=low, high=high)


def test_published_band_needs_a_source() -> None:
    with pytest.raises(ValueError, match="a published band needs a source"):
        replace(band("serum_total", "normal"), source=None)


@given(st.floats(0, 20), st.floats(0, 20))
def test_a_band_exists_exactly_when_its_ends_are_in_order(low: float, high: float) -> None:
    def make() -> Band:
        return Band("serum_total", "normal", low, high, "x", None, "assumed", "")

    if low <= high:
        assert make().width == high - low
    else:
        with pytest.raises(ValueError, match="low <= high"):
            make()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("normal,0.75,0.95", "normal,nan,0.95", r"bands\.csv, row 3: .*not finite"),
        ("normal,0.75,0.95", "normal,0.95,0.75", r"bands\.csv, row 3: .*needs 0 <= low <= high"),
        ("normal,0.75,0.95", "normal,?,0.95", r"bands\.csv, row 3: could not convert.*'\?'"),
        ("iom1997", "iom1998", r"row 3: no reference 'iom1998'.*iom1997"),
        ("serum_total,normal", "blood,normal", r"row 3: compartment 'blood' is not known"),
        ("serum_total,normal", "serum_total,usual", r"row 3: band 'usual' is not known"),
        ("iom1997,published", "iom1997,certain", r"row 3: status 'certain' is not known"),
        ("serum_total,normal", "serum_total,deficiency", r"row 3: .*band 'deficiency' already"),
        ("brain_free,by mouth", "brain_free,normal", r"brain_free has no band 'by mouth'"),
    ],
)
def test_damaged_table_says_where_and_what(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=message):
        parse_bands(TEXT.replace(old, new, 1))
