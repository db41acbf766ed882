import json
import math

import pytest

from course_lib.ui.form import ChoiceField, Feedback, Form, FormState, NumberField

NUMBER = NumberField("mmol/L", 0, 2, 0.1)
CHOICE = ChoiceField({"a": "More <b>force</b>", "b": "Less force"})


class Kernel:
    """Stands for the course: remembers what reached it."""

    def __init__(self):
        self.taken = []

    def __call__(self, value):
        self.taken.append(value)
        return FormState(value, Feedback("right", "Right", ("Because.",)))


def form(field=NUMBER, on_submit=None, **more):
    return Form(
        title="Predict", prompt="How much?", field=field, on_submit=on_submit or Kernel(), **more
    )


def test_a_number_reaches_the_kernel_and_is_answered():
    kernel = Kernel()
    shown = form(on_submit=kernel)
    shown.submit(1)
    assert kernel.taken == [1.0]
    assert shown.shown == {
        "value": 1.0, "locked": False, "tone": "right", "headline": "✓ Right",
        "lines": ["Because."], "serial": 1,
    }  # fmt: skip


@pytest.mark.parametrize("edge", [0, 2])
def test_the_ends_of_the_range_are_allowed(edge):
    kernel = Kernel()
    form(on_submit=kernel).submit(edge)
    assert kernel.taken == [edge]


@pytest.mark.parametrize(
    ("field", "bad", "named"),
    [
        (NUMBER, math.nan, "nan is not a number"),
        (NUMBER, "0.7", "'0.7' is not a number"),
        (NUMBER, True, "True is not a number"),
        (NUMBER, [1], "[1] is not a number"),
        (NUMBER, None, "No number is entered yet"),
        (NUMBER, 2.01, "2.01 is out of range"),
        (NUMBER, -math.inf, "-inf is out of range"),
        (NUMBER, 10**400, "is out of range"),
        (CHOICE, "c", "'c' is not one of the options"),
        (CHOICE, 3, "3 is not one of the options"),
        (CHOICE, {"a": 1}, "{'a': 1} is not one of the options"),
        (CHOICE, "x" * 10**6, "is not one of the options"),
    ],
)
def test_a_bad_value_is_named_and_changes_nothing(field, bad, named):
    kernel = Kernel()
    shown = form(field, kernel)
    good = 0.5 if field is NUMBER else "a"
    shown.submit(good)
    shown.submit(bad)
    assert kernel.taken == [good]
    assert shown.shown["value"] == good
    assert shown.shown["tone"] == "problem"
    assert named in shown.feedback
    allowed = "from 0 to 2 mmol/L" if field is NUMBER else "More <b>force</b>; Less force"
    assert allowed in shown.feedback
    assert len(shown.feedback) < 300


def test_the_same_answer_twice_is_answered_twice():
    shown = form()
    messages = []
    shown.observe(lambda change: messages.append(change.new["serial"]), "shown")
    shown.submit(5)
    shown.submit(5)
    assert messages == [1, 2]


def test_a_fault_in_the_course_is_logged_and_said_plainly(caplog):
    def fail(_value):
        raise ZeroDivisionError("inside")

    shown = form(on_submit=fail)
    shown.submit(1)
    assert "Something went wrong in the course" in shown.feedback
    assert "inside" not in shown.feedback
    assert caplog.records[0].name == "course_lib"
    assert caplog.records[0].exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize(
    "message", [None, [], "submit", {}, {"kind": "other", "value": 1}, {"kind": ["submit"]}]
)
def test_other_messages_are_ignored(message):
    kernel = Kernel()
    form(on_submit=kernel)._handle_custom_msg(message, [])
    assert kernel.taken == []


def test_the_page_submits_by_one_message():
    kernel = Kernel()
    shown = form(CHOICE, kernel)
    shown._handle_custom_msg({"kind": "submit", "value": "b"}, [])
    assert kernel.taken == ["b"]
    shown._handle_custom_msg({"kind": "submit"}, [])
    assert shown.feedback.endswith("Nothing is chosen yet. Choose one of the options above.")
    assert kernel.taken == ["b"]


def test_it_begins_with_the_state_it_is_given():
    state = FormState("b", Feedback("note", "Locked", ("It stays.",)), locked=True)
    shown = form(CHOICE, state=state)
    assert shown.shown["value"] == "b"
    assert shown.shown["locked"]
    assert shown.feedback == "● Locked\nIt stays."


def test_what_the_page_gets_is_plain_json():
    assert json.loads(json.dumps(form().spec)) == {
        "title": "Predict", "prompt": "How much?", "button": "Check", "kind": "number",
        "hint": "A number from 0 to 2 mmol/L", "unit": "mmol/L", "min": 0, "max": 2, "step": 0.1,
    }  # fmt: skip
    assert form(CHOICE).spec["options"] == [["a", "More <b>force</b>"], ["b", "Less force"]]


def test_every_tone_has_a_symbol_beside_its_word():
    signs = [
        form(on_submit=lambda v, t=tone: FormState(v, Feedback(t, "Word")))
        for tone in ("right", "not yet", "note", "problem")
    ]
    for shown in signs:
        shown.submit(1)
    assert len({shown.shown["headline"][0] for shown in signs}) == 4


def test_the_page_never_writes_html():
    source = str(Form._esm)
    assert "textContent" in source
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"):
        assert way not in source
