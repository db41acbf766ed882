from course_lib.ui import reading


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
