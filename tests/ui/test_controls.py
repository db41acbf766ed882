import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.ui.controls import Choice, Slider, Switch, check_values

LENGTH = Slider("length_um", "sarcomere length", "µm", 2.1, 1.2, 3.8, 0.01)


def test_label_carries_the_unit():
    assert LENGTH.label == "sarcomere length (µm)"
    assert LENGTH.show() == "2.10 µm"


@given(st.floats(1.2, 3.8))
def test_every_number_in_the_range_is_taken(value):
    assert LENGTH.check(value) == value


@pytest.mark.parametrize("bad", [1.19, 3.81, -1, 10**400, math.nan, math.inf, -math.inf])
def test_out_of_range_says_what_is_allowed(bad):
    with pytest.raises(ValueError, match=r"length_um = .* is out of range: .* 1\.2 to 3\.8 µm"):
        LENGTH.check(bad)


@pytest.mark.parametrize("bad", ["2", None, True, [2], 2j])
def test_what_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="is not a number: use a number from"):
        LENGTH.check(bad)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"min": 3, "max": 1}, "finite and rise"),
        ({"min": math.nan}, "finite and rise"),
        ({"step": 0}, "step"),
        ({"step": 9}, "step"),
        ({"scale": "log", "min": 0}, "above 0"),
        ({"default": 9}, "out of range"),
    ],
)
def test_impossible_sliders_cannot_be_made(limits, words):
    good = {"default": 2.0, "min": 1.0, "max": 3.0, "step": 0.1}
    with pytest.raises(ValueError, match=words):
        Slider("x", "x", "m", **(good | limits))


@pytest.mark.parametrize(
    ("step", "digits"), [(0.01, 2), (0.1, 1), (1, 0), (5, 0), (0.25, 2), (0.005, 3)]
)
def test_digits_follow_the_step(step, digits):
    assert Slider("x", "x", "m", 10, 0, 20, step).digits == digits


def test_choice_takes_only_its_options():
    species = Choice("species", "species", "frog", ("frog", "human"))
    assert species.options == ("frog", "human")
    assert species.check("human") == "human"
    with pytest.raises(
        ValueError, match=r"species = 'cat' is not an option: use one of 'frog', 'human'"
    ):
        species.check("cat")


def test_choice_does_not_confuse_true_with_one():
    sites = Choice("sites", "sites", 1, (1, 2))
    with pytest.raises(ValueError, match="not an option"):
        sites.check(True)


def test_switch_takes_only_booleans():
    ghost = Switch("ghost", "show the start", True)
    assert ghost.check(False) is False
    with pytest.raises(ValueError, match="True or False"):
        ghost.check(1)


def test_unknown_control_names_the_known_ones():
    with pytest.raises(ValueError, match=r"unknown control 'lenght': this explorer has length_um"):
        check_values({"length_um": LENGTH}, {"lenght": 2})
