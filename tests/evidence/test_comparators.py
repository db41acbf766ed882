"""What else was tried: the rows as their sources print them."""

from __future__ import annotations

import pytest

from course_lib.evidence.comparators import comparators, parse_comparators
from course_lib.evidence.cramp_trials import published

HEAD = "treatment,effect,low,high,unit,people,trials,control,harm,source,status\n"


def test_magnesium_is_the_published_pool() -> None:
    magnesium, review = comparators()[0], published()
    row = (magnesium.effect, magnesium.low, magnesium.high)
    assert row == (review.effect, review.low, review.high)


def test_pickle_juice_reaches_two_of_its_printed_errors() -> None:
    pickle = next(row for row in comparators() if row.treatment == "pickle juice")
    assert pickle.effect == pytest.approx(84.6 - 133.7)
    assert pickle.status == "derived"
    assert (pickle.high - pickle.low) / 2 == pytest.approx(1.96 * 14.6, abs=0.05)


def test_quinine_is_28_percent_of_its_control() -> None:
    quinine = next(row for row in comparators() if row.treatment == "quinine")
    assert quinine.effect / 8.8 == pytest.approx(-0.28, abs=0.005)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x,1,2,3,u,10,1 trial,c,h,miller2010,published", "row 2: 1 is not between 2 and 3"),
        ("x,a,2,3,u,10,1 trial,c,h,miller2010,published", "row 2: could not convert"),
        ("x,2,1,3,u,10,1 trial,c,h,miller2010,read", "row 2: status 'read' is not known"),
        ("x,2,1,3,u,10,1 trial,c,h,nobody1900,published", "nobody1900"),
    ],
)
def test_a_damaged_row_is_named(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_comparators(HEAD + row)
