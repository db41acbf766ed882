import pytest

from course_lib.ui import number, reading


def test_rows_are_label_value_unit():
    assert list(reading(("force", 0.5, "of maximum"))) == [("force", 0.5, "of maximum")]


def test_text_keeps_three_digits_and_the_unit():
    text = str(
        reading(("force", 0.49999, "of maximum"), ("heads", 294.0), ("change", -1.8049, "%"))
    )
    assert text.splitlines() == [
        "force: 0.500 of maximum",
        "heads: 294",
        "change: \N{MINUS SIGN}1.80 %",
    ]


def test_zero_small_large_and_words():
    shown = str(
        reading(("a", 0.0), ("b", 0.000123456), ("c", 123456.0), ("d", "plateau"))
    ).splitlines()
    assert shown == ["a: 0.00", "b: 0.000123", "c: 123000", "d: plateau"]


@pytest.mark.parametrize(
    ("value", "digits", "sign", "text"),
    [
        (-3.14159, 1, False, "\u22123.1"), (3.14159, 2, True, "+3.14"), (-0.04, 1, True, "0.0"),
        (0.04, 1, True, "0.0"), (-0.0, 0, False, "0"), (12.5, 0, False, "12"),
        (-6e3, 0, True, "\u22126000"),
    ],
)  # fmt: skip
def test_number_has_a_true_minus_and_none_before_zero(
    value: float, digits: int, sign: bool, text: str
) -> None:
    assert number(value, digits, sign=sign) == text
