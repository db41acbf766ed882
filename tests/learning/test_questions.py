import re

import pytest

from course_lib.learning.questions import QuestionFileError, load_questions
from course_lib.ui.form import NumberField
from tests.learning.conftest import QUESTIONS


def load(tmp_path, text, name="01_x.toml"):
    folder = tmp_path / "q"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return load_questions(folder)


def test_a_file_becomes_questions_and_predictions(tmp_path):
    library = load(tmp_path, QUESTIONS, "99_fixture.toml")
    question = library.questions["99-slide"]
    assert (question.notebook, question.tests) == ("99_fixture", "objective 1")
    assert {o.text: o.correct for o in question.options} == {
        "They slide": True, "They shorten": False, "They fold": False,
    }  # fmt: skip
    assert question.option("They fold").explanation == "There is room to spare."
    force, fuel = library.predictions["99-force"], library.predictions["99-fuel"]
    assert force.field == NumberField("of maximum", 0.0, 1.2, 0.1)
    assert (force.at, force.label) == (2.95, "your prediction")
    assert (fuel.at, fuel.label) == (None, "fuel")
    assert fuel.values == (("Less: fewer heads", "less"), ("Twice as much", 2.0))
    assert library.notebooks == ("99_fixture",)


def many(keep_order):
    options = "".join(
        f'[[question.option]]\ntext = "{n}"\ncorrect = {"true" if n == 0 else "false"}\n'
        'explanation = "because"\n'
        for n in range(8)
    )
    head = '[[question]]\nid = "01-n"\nkind = "choice"\ntests = "C18"\nprompt = "?"\n'
    return head + f"keep_order = {keep_order}\n" + options


def test_options_are_shuffled_the_same_way_each_time_unless_their_order_is_kept(tmp_path):
    as_written = [str(n) for n in range(8)]
    kept = load(tmp_path, many("true")).questions["01-n"]
    assert [o.text for o in kept.options] == as_written
    first = load(tmp_path, many("false")).questions["01-n"]
    again = load(tmp_path, many("false")).questions["01-n"]
    assert first == again
    assert sorted(o.text for o in first.options) == as_written
    assert [o.text for o in first.options] != as_written


def test_line_breaks_count_as_spaces(tmp_path):
    text = QUESTIONS.replace(
        '"What happens to the filaments?"', '"""\nWhat happens\n  to the filaments?\n"""'
    )
    assert load(tmp_path, text).questions["99-slide"].prompt == "What happens to the filaments?"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("correct = true", "correct = false", "question '99-slide': 0 options are correct"),
        ('"They shorten"', '"They shorten"\ncorrect = true', "'99-slide': 2 options are correct"),
        ("correct = true", 'correct = "yes"', "correct = 'yes' must be true or false"),
        ('explanation = "There is room to spare."', "", "'They fold': 'explanation' is missing"),
        ('"There is room to spare."', '" "', "'They fold': 'explanation' is empty"),
        ('text = "They fold"', "", "option number 3: 'text' is missing"),
        ('"They fold"', '"They slide"', "two options have the text 'They slide'"),
        ('tests = "objective 1"', "", "question '99-slide': 'tests' is missing"),
        ('prompt = "What happens to the filaments?"', "", "'99-slide': 'prompt' is missing"),
        ('id = "99-slide"', "", "question number 1: 'id' is missing"),
        ('id = "99-force"', 'id = "99-slide"', "the id is used already in 01_x.toml"),
        ('tests = "objective 1"', 'test = "objective 1"', "'test' is not a known key; allowed: id"),
        ("explanation = ", "explanaton = ", "'explanaton' is not a known key"),
        ("[[prediction]]", "[[predicton]]", "'predicton' is not a known key"),
        ('kind = "number"', 'kind = "range"', "kind = 'range'; allowed: number, choice"),
        ('kind = "choice"\ntests', 'kind = "number"\ntests', "kind = 'number'; allowed: choice"),
        ("max = 1.2", "", "prediction '99-force': 'max' is missing"),
        ("max = 1.2", "max = 0.0", "min = 0.0 must be below max = 0.0"),
        ("max = 1.2", "max = inf", "max = inf must be a finite number"),
        ("max = 1.2", 'max = "1.2"', "max = '1.2' must be a number"),
        ("step = 0.1", "step = 0", "step = 0.0 must be above 0"),
        ("at = 2.95", "at = true", "at = True must be a number"),
        ('value = "less"', "", "option 'Less: fewer heads': 'value' is missing"),
        ("value = 2", 'value = "less"', "two options have the value 'less'"),
        ("value = 2", "value = [2]", "value = [2] must be a number"),
        ('label = "fuel"', "label = 3", "label = 3 must be a text in quotes"),
        ('label = "fuel"', "unit = 'x'", "'unit' is not a known key"),
        ("[[question]]", "[question]", "'question' must be written as tables: [[question]]"),
        ('id = "99-slide"', "id = 99-slide", "not a TOML file"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path, old, new, message):
    assert old in QUESTIONS
    with pytest.raises(QuestionFileError, match=re.escape(message)) as caught:
        load(tmp_path, QUESTIONS.replace(old, new))
    assert str(caught.value).startswith("01_x.toml")


def test_one_option_is_not_a_choice(tmp_path):
    text = """
        [[prediction]]
        id = "01-p"
        kind = "choice"
        prompt = "?"
        [[prediction.option]]
        text = "only"
        value = 1
    """
    with pytest.raises(QuestionFileError, match="'01-p': 1 options; at least 2 are needed"):
        load(tmp_path, text)


def test_ids_are_unique_over_all_files(tmp_path):
    load(tmp_path, QUESTIONS, "01_x.toml")
    with pytest.raises(QuestionFileError, match=r"02_y.toml.*used already in 01_x.toml"):
        load(tmp_path, QUESTIONS, "02_y.toml")


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(QuestionFileError, match="is not a folder"):
        load_questions(tmp_path / "missing")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(QuestionFileError, match=r"bad.toml: not a TOML file in UTF-8"):
        load_questions(tmp_path)


def test_the_course_itself_has_no_mistake():
    library = load_questions()
    assert library.questions
    assert library.predictions
