"""The table of who cramps: counted right, each row with its definition, loud when damaged."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from course_lib.evidence import prevalences, wilson_interval
from course_lib.evidence._tables import read_data
from course_lib.evidence.prevalence import parse_prevalences

TEXT = read_data("prevalence.csv")
HEADER = TEXT.splitlines()[0]
GOOD = 'Some,20,49,a cramp,A paper,counts seen,40.8,28.2,54.8,"Wilson, computed",pregnancy,yes'


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_agrees_with_scipy(counts: tuple[int, int]) -> None:
    cases, n = counts
    expected = binomtest(cases, n).proportion_ci(0.95, method="wilson")
    assert wilson_interval(cases, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(
    ("cases", "n", "low", "high"),
    [(86, 233, 31.0, 43.3), (673, 1342, 47.5, 52.8), (44, 210, 16.0, 27.0), (3, 40, 2.6, 19.9)],
)
def test_wilson_interval_gives_the_values_of_the_pack(
    cases: int, n: int, low: float, high: float
) -> None:
    assert [round(100 * end, 1) for end in wilson_interval(cases, n)] == [low, high]


@pytest.mark.parametrize(
    ("cases", "n", "z", "words"),
    [(1, 0, 2.0, "n = 0"), (-1, 5, 2.0, "cases = -1"), (6, 5, 2.0, "0 to n = 5"), (1, 5, 0, "z")],
)
def test_wilson_interval_refuses_what_is_no_share(cases: int, n: int, z: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        wilson_interval(cases, n, z)


def test_every_row_says_what_it_counted_and_how_far_it_was_read() -> None:
    rows = prevalences()
    assert len(rows) == len(TEXT.splitlines()) - 1 == 31
    assert all(r.definition and r.source and r.status for r in rows)
    assert Counter(r.use for r in rows) == {"yes": 22, "optional": 2, "separate panel": 3, "no": 4}


def test_a_row_without_a_count_gets_no_computed_interval() -> None:
    for row in prevalences():
        assert (row.interval == "Wilson") <= (row.cases is not None)
        assert (row.low is None) == (row.interval == "none")
        if row.low is not None and row.high is not None and row.percent is not None:
            assert row.low < row.percent < row.high


def test_the_word_same_means_the_source_of_the_row_above() -> None:
    first, *rest = prevalences(strand="pregnancy")[:4]
    assert "10.3760/cma" in first.source
    assert {row.source for row in rest} == {first.source}
    assert all(row.source != "same" for row in prevalences())


def test_a_percentage_in_words_stays_words_and_out_of_the_plot() -> None:
    (row,) = (r for r in prevalences() if "NHANES" in r.group)
    assert (row.percent, row.percent_words) == (None, "24-25 mild; 6 moderate-severe")
    assert (row.use, row.use_note) == ("no", "n missing")


def test_the_medical_tent_of_kona_is_no_prevalence() -> None:
    (kona,) = (r for r in prevalences() if "Kona" in r.group)
    assert kona.use == "no"
    assert kona not in prevalences(use=("yes", "optional", "separate panel"))


def test_lifetime_history_is_kept_apart_from_cramps_during_a_race() -> None:
    assert {r.use for r in prevalences(strand="endurance lifetime")} == {"separate panel"}
    assert all("LIFETIME" not in r.group for r in prevalences(strand="endurance race"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD.replace("40.8", "41.8"), "20 of 49 is not 41.8"),
        (GOOD.replace("28.2", "20.2"), "gives"),
        (GOOD.replace(",20,", ",twenty,"), "whole number"),
        (GOOD.replace("pregnancy", "men"), "strand 'men'"),
        (GOOD.replace(",yes", ",perhaps"), "use_in_plot 'perhaps'"),
        (GOOD.replace("a cramp", ""), "'definition' is empty"),
        (GOOD.replace("A paper", "same"), "no row above"),
        (GOOD.replace(",20,", ",,"), "needs 'cases'"),
        (GOOD.replace('"Wilson, computed"', ""), "needs a 'ci_kind'"),
        (GOOD.replace('"Wilson, computed"', "guess"), "kind of interval 'guess'"),
        ("Some,,9,a cramp,A paper,seen,about 5,,,,pregnancy,yes", "no number"),
        (f"{GOOD}\n{GOOD}", "earlier row"),
    ],
)
def test_a_damaged_row_is_named(row: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_prevalences(f"{HEADER}\n{row}\n")


def test_an_unknown_strand_or_use_is_refused() -> None:
    with pytest.raises(ValueError, match="strand 'men'"):
        prevalences(strand="men")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="use 'perhaps'"):
        prevalences(use=("perhaps",))  # type: ignore[arg-type]
