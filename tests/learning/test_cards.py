import json
from typing import get_args

import pytest
from IPython.core.formatters import DisplayFormatter

from course_lib import evidence, learning
from course_lib.learning.cards import VERDICTS

VIEW = "application/vnd.jupyter.widget-view+json"
pytestmark = pytest.mark.usefixtures("course")


def restart():
    """Forget what a kernel keeps in memory; the file stays."""
    learning.store._store.cache_clear()
    learning._prediction.cache_clear()


def on_disk(path):
    return json.loads(path.read_text(encoding="utf-8"))


# ---- questions ---------------------------------------------------------------------------------


def test_each_option_is_explained_and_the_first_answer_kept(path):
    form = learning.ask("99-slide").form
    assert form.feedback == ""
    form.submit("They fold")
    assert form.feedback.startswith("✗ Not yet\nThere is room to spare.")
    assert "try again" in form.feedback
    form.submit("They shorten")
    assert "They keep their lengths." in form.feedback
    form.submit("They slide")
    assert form.feedback.startswith("✓ Right\nYes, only the overlap changes.")
    assert "Your first answer stays in your progress: They fold" in form.feedback
    answer = on_disk(path)["answers"]["99-slide"]
    assert (answer["first"], answer["first_correct"]) == ("They fold", False)
    assert (answer["last"], answer["attempts"]) == ("They slide", 3)


def test_after_a_restart_a_question_shows_the_last_answer_with_its_feedback():
    learning.ask("99-slide").form.submit("They fold")
    restart()
    form = learning.ask("99-slide").form
    assert form.shown["value"] == "They fold"
    assert "There is room to spare." in form.feedback


def test_an_answer_whose_option_was_edited_away_is_told(path):
    learning.ask("99-slide").form.submit("They fold")
    path.write_text(path.read_text().replace("They fold", "They melt"))
    restart()
    form = learning.ask("99-slide").form
    assert "The question has changed since\nYour earlier answer was: They melt" in form.feedback
    assert form.shown["value"] is None


def test_a_bad_value_is_not_an_answer(path):
    form = learning.ask("99-slide").form
    form.submit("They melt")
    assert "'They melt' is not one of the options" in form.feedback
    assert not path.exists()


# ---- predictions -------------------------------------------------------------------------------


def test_a_prediction_locks_and_cannot_change(path):
    prediction = learning.predict("99-force")
    assert (prediction.id, prediction.label, prediction.at, prediction.value) == (
        "99-force", "your prediction", 2.95, None,
    )  # fmt: skip
    prediction.form.submit(0.7)
    assert prediction.value == 0.7
    assert prediction.form.shown["locked"]
    assert "Your prediction: 0.7 of maximum, locked" in prediction.form.feedback
    prediction.form.submit(0.2)
    assert prediction.value == 0.7
    assert "Your prediction: 0.7 of maximum, locked" in prediction.form.feedback
    assert on_disk(path)["predictions"]["99-force"]["value"] == 0.7


def test_a_choice_stands_for_its_value():
    fuel = learning.predict("99-fuel")
    fuel.form.submit("Twice as much")
    assert fuel.value == 2.0
    assert "Your prediction: Twice as much, locked" in fuel.form.feedback


@pytest.mark.parametrize(
    ("id_", "entered", "value"),
    [("99-force", 0.7, 0.7), ("99-fuel", "Less: fewer heads", "less")],
)
def test_a_prediction_survives_a_restart(id_, entered, value):
    first = learning.predict(id_)
    first.form.submit(entered)
    restart()
    again = learning.predict(id_)
    assert again is not first
    assert again.value == value
    assert again.form.shown["locked"]
    assert again.form.shown["value"] == entered


def test_listeners_hear_of_the_lock_once_and_one_that_fails_harms_nobody(caplog):
    prediction = learning.predict("99-force")
    heard = []

    def fail(_prediction):
        raise RuntimeError("no picture")

    prediction.on_change(fail)
    prediction.on_change(lambda p: heard.append((p, p.value)))
    prediction.form.submit(9)
    assert heard == []
    prediction.form.submit(0.7)
    prediction.form.submit(0.8)
    assert heard == [(prediction, 0.7)]
    assert "locked" in prediction.form.feedback
    assert [r.name for r in caplog.records] == ["course_lib"]


def test_the_same_prediction_comes_back_when_a_cell_runs_again():
    assert learning.predict("99-force") is learning.predict("99-force")


def test_another_kernel_may_have_locked_first():
    here = learning.predict("99-force")
    form = here.form
    learning.ProgressStore(learning.current_store().path).lock("99-force", 0.3)
    form.submit(0.9)
    assert here.value == 0.3
    assert form.shown["value"] == 0.3


def test_a_prediction_that_became_another_kind_is_told_and_draws_nothing():
    learning.current_store().lock("99-force", "a word")
    prediction = learning.predict("99-force")
    assert prediction.value is None
    assert "Your earlier prediction was: a word" in prediction.form.feedback
    assert prediction.form.shown["locked"]


# ---- votes -------------------------------------------------------------------------------------


def test_the_first_vote_stays_and_the_later_one_may_change():
    before = learning.vote("C01", "before")
    before.form.submit("supported")
    assert before.form.shown["locked"]
    before.form.submit("untested")
    after = learning.vote("C01", "after")
    after.form.submit("supported")
    assert "Your vote did not move: Supported before and after." in after.form.feedback
    after.form.submit("partly")
    assert "Your vote moved: Supported before, Partly true after." in after.form.feedback
    assert not after.form.shown["locked"]
    assert (learning.votes()["C01"].before, learning.votes()["C01"].after) == (
        "supported", "partly",
    )  # fmt: skip


def test_an_after_vote_alone_has_nothing_to_compare_with():
    after = learning.vote("C01", "after")
    after.form.submit("partly")
    assert "no vote from before" in after.form.feedback


def test_votes_survive_a_restart():
    learning.vote("C01").form.submit("untested")
    restart()
    assert "You voted: Untested" in learning.vote("C01").form.feedback


def test_the_verdicts_on_offer_are_those_that_the_evidence_knows():
    assert set(VERDICTS) == set(get_args(evidence.Verdict))
    for verdict, sign in evidence.VERDICT_SIGNS.items():
        assert VERDICTS[verdict].lower().startswith(f"{sign.word}: ")


@pytest.mark.parametrize("phase", ["before", "after"])
def test_a_vote_offers_all_verdicts_and_tells_none(phase):
    card = learning.vote("C02", phase)
    assert dict(card.form.spec["options"]) == VERDICTS
    card.form.submit("untested")
    assert "misleading" not in card.form.feedback.lower()


# ---- names that do not exist -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "near"),
    [
        (lambda: learning.ask("99-slied"), "no question '99-slied'. Near it: 99-slide"),
        (lambda: learning.ask("99-force"), "no question '99-force'"),
        (lambda: learning.predict("99-forse"), "Near it: 99-force"),
        (lambda: learning.predict(["99-force"]), "no prediction"),
        (lambda: learning.vote("C99"), "no claim 'C99'. Near it: C0"),
        (lambda: learning.vote("C01", "later"), "phase is 'later'; allowed: 'before', 'after'"),
        (lambda: learning.progress("99_fixtur"), "Near it: 99_fixture"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(call, near):
    with pytest.raises(ValueError, match=near.replace("(", r"\(")):
        call()


# ---- what a notebook stores --------------------------------------------------------------------


def cards():
    return [
        learning.ask("99-slide"),
        learning.predict("99-force"),
        learning.predict("99-fuel"),
        learning.vote("C02", "before"),
        learning.vote("C02", "after"),
        learning.progress(),
    ]


def compared_by_nbval():
    """What a notebook stores of each card, less what nbval skips."""
    stored = []
    for card in cards():
        data, metadata = DisplayFormatter().format(card)
        assert VIEW in data
        assert metadata == {}
        stored.append({mime: words for mime, words in data.items() if mime != VIEW})
    return stored


def test_showing_cards_writes_nothing(path):
    compared_by_nbval()
    assert not path.exists()


def test_stored_words_are_the_same_for_every_student(path):
    fresh = compared_by_nbval()
    learning.ask("99-slide").form.submit("They fold")
    learning.predict("99-force").form.submit(0.7)
    learning.predict("99-fuel").form.submit("Twice as much")
    learning.vote("C02", "before").form.submit("partly")
    learning.vote("C02", "after").form.submit("untested")
    assert compared_by_nbval() == fresh
    restart()
    assert compared_by_nbval() == fresh
    path.write_text("damaged")
    restart()
    assert compared_by_nbval() == fresh


def test_stored_words_of_each_card():
    question, force, _, before, _, report = compared_by_nbval()
    assert question["text/plain"].splitlines()[0] == "Question. What happens to the filaments?"
    assert set(question["text/plain"].splitlines()[1:]) == {
        "  ( ) They slide", "  ( ) They shorten", "  ( ) They fold",
    }  # fmt: skip
    assert "**What happens to the filaments?**" in question["text/markdown"]
    assert force["text/plain"] == (
        "Predict. How much force is left?\n  A number from 0 to 1.2 of maximum"
    )
    assert "Salt <b>helps</b>." in before["text/plain"]
    assert "<b>" not in before["text/markdown"]
    assert report == {"text/plain": "Your progress: shown when you run this cell."}


# ---- the progress file fails ---------------------------------------------------------------------


def test_trouble_with_the_file_is_told_beside_the_explanation(path):
    path.mkdir()
    form = learning.ask("99-slide").form
    assert "⚠ Your progress file needs attention" in form.feedback
    form.submit("They slide")
    assert form.feedback.startswith("✓ Right\nYes, only the overlap changes.")
    assert "only until this notebook's kernel stops" in form.feedback


def test_a_damaged_file_is_announced_then_set_aside(path):
    path.write_text("{")
    form = learning.ask("99-slide").form
    assert "will be set aside" in form.feedback
    form.submit("They slide")
    assert "It is unchanged, now named" in form.feedback
    form.submit("They slide")
    assert form.feedback == "✓ Right\nYes, only the overlap changes."


# ---- progress ------------------------------------------------------------------------------------


def test_the_report_counts_and_names_what_to_revisit():
    report = learning.progress("99_fixture")
    assert (report.rows[0].done, report.rows[0].questions) == (0, 1)
    learning.ask("99-slide").form.submit("They fold")
    learning.predict("99-force").form.submit(0.7)
    learning.vote("C01").form.submit("partly")
    (row,) = report.rows
    assert (row.done, row.first_time_right, row.locked, row.predictions) == (1, 0, 1, 2)
    assert [q.id for q in row.revisit] == ["99-slide"]
    assert "<li>What happens to the filaments?</li>" in report.html
    assert "Votes on claims: 1 before the evidence, 0 after it." in report.html
    learning.ask("99-slide").form.submit("They slide")
    assert "What happens to the filaments? (right by now)" in report.html


def test_text_in_the_report_is_escaped(course, path):
    file = course / "99_fixture.toml"
    file.write_text(file.read_text().replace("What happens to", "<script>alert(1)</script> &"))
    learning._library.cache_clear()
    learning.ask("99-slide").form.submit("They fold")
    html = learning.progress().html
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html
    path.write_text("<b>")
    assert "<b>" not in learning.progress().html


def test_export_gives_the_file_to_hand_in(tmp_path):
    learning.ask("99-slide").form.submit("They slide")
    target = learning.export_progress(str(tmp_path / "hand-in.json"))
    assert on_disk(target)["answers"]["99-slide"]["first_correct"] is True
