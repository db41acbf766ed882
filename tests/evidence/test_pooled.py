"""Meta-analyses that disagree: the numbers of the pack, each drawn where it belongs."""

from __future__ import annotations

import re

import pytest

from course_lib.evidence import Pooled, pooled
from course_lib.evidence._tables import read_data
from course_lib.evidence.pooled import parse_pooled

TEXT = read_data("pooled.csv")
HEADER = TEXT.splitlines()[0]


def test_the_numbers_of_the_pack() -> None:
    found = {(r.source, r.group): (r.effect, r.low, r.high) for r in pooled("crp")}
    assert found == {
        ("simentalmendia2017", "all trials"): (-0.11, -0.75, 0.52),
        ("simentalmendia2017", "trials that began above 3 mg/L"): (-1.12, -2.05, -0.18),
        ("simentalmendia2017", "trials that began at 3 mg/L or below"): (0.61, -0.10, 1.32),
        ("mazidi2018", "all trials"): (-1.33, -2.63, -0.02),
        ("veronese2022", "all trials"): (None, None, None),
    }


def test_a_size_that_was_not_read_is_neither_printed_nor_drawn() -> None:
    row = next(r for r in pooled("crp") if r.source == "veronese2022")
    assert row.words == "size not read"
    assert row.note.startswith("lower with magnesium")
    assert pooled("crp")._repr_html_().count("<svg") == len(pooled("crp")) - 1


def test_which_intervals_exclude_no_difference() -> None:
    assert [r.excludes_zero for r in pooled("crp")] == [False, True, False, True, False]


def test_each_interval_is_drawn_to_one_scale() -> None:
    html = pooled("crp")._repr_html_()
    lines = re.findall(r'<line x1="([\d.]+)" x2="([\d.]+)" y1="13"', html)
    squares = [float(x) + 5 for x in re.findall(r'<rect x="([\d.]+)"', html)]
    known = [r for r in pooled("crp") if r.effect is not None]
    for row, (left, right), at in zip(known, lines, squares, strict=True):
        drawn = [float(left) / 48 - 3, at / 48 - 3, float(right) / 48 - 3]
        assert drawn == pytest.approx([row.low, row.effect, row.high], abs=0.01)


def test_text_and_table_carry_every_row() -> None:
    table = pooled("crp")
    text, html = str(table), table._repr_html_()
    assert repr(table) == text
    assert "in mg/L (95 % interval)" in text
    for row in table:
        assert row.words in text
        assert row.words in html
        assert row.note in text
    assert "−0.11 (−0.75 to 0.52)" in text


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match=r"outcome 'il6' is not known; use one of crp"):
        pooled("il6")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("crp,all,3,-1,0,1,mazidi2018,", "needs low <= effect <= high"),
        ("crp,all,3,0.5,0,,mazidi2018,", "give effect, low and high, or none"),
        ("crp,all,3,,,,mazidi2018,", "say in the note"),
        ("crp,all,3,nan,0,1,mazidi2018,", "needs low <= effect <= high"),
        ("crp,all,three,0.5,0,1,mazidi2018,", "three"),
        ("crp,all,3,0.5,0,1,nobody,", "nobody"),
        ("pulse,all,3,0.5,0,1,mazidi2018,", "outcome 'pulse' is not known"),
    ],
)
def test_a_damaged_table_names_its_row(row: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        parse_pooled(f"{HEADER}\n{row}\n")
    assert "pooled.csv, row 2" in str(caught.value)


def test_a_row_is_built_as_it_stands() -> None:
    assert Pooled("crp", "all", 2, 0.5, 0.1, 0.9, "mazidi2018", "").excludes_zero
