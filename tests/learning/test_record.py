import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.learning import record as rec

ANSWER = {
    "first": "a", "first_correct": True, "last": "b", "attempts": 2,
    "first_at": "2025-01-01T10:00:00+00:00", "last_at": "2025-01-01T10:01:00+00:00",
}  # fmt: skip

ids = st.sampled_from(["q1", "q2"])
values = st.one_of(st.text(max_size=5), st.floats(-9, 9))
actions = st.lists(
    st.one_of(
        st.builds(rec.GiveAnswer, ids, values, st.booleans(), st.text("0123456789:", min_size=1)),
        st.builds(rec.LockPrediction, ids, values, st.just("now")),
        st.builds(rec.CastVote, ids, st.sampled_from(["before", "after"]), st.text(max_size=3)),
    )
)


def carried_out(todo):
    record = rec.empty()
    for action in todo:
        action.apply(record)
    return rec.as_progress(record)


@given(actions)
def test_the_first_counts_for_ever_and_every_attempt_is_counted(todo):
    progress = carried_out(todo)
    for id_ in ("q1", "q2"):
        given_ = [a for a in todo if isinstance(a, rec.GiveAnswer) and a.id == id_]
        if given_:
            answer = progress.answers[id_]
            assert (answer.first, answer.first_at) == (given_[0].value, given_[0].at)
            assert answer.first_correct == given_[0].correct
            assert (answer.last, answer.last_at) == (given_[-1].value, given_[-1].at)
            assert answer.attempts == len(given_)
        locked = [a for a in todo if isinstance(a, rec.LockPrediction) and a.id == id_]
        if locked:
            assert progress.predictions[id_].value == locked[0].value
        cast = [a for a in todo if isinstance(a, rec.CastVote) and a.claim_id == id_]
        before = [a.verdict for a in cast if a.phase == "before"]
        after = [a.verdict for a in cast if a.phase == "after"]
        if cast:
            assert progress.votes[id_].before == (before[0] if before else None)
            assert progress.votes[id_].after == (after[-1] if after else None)


@given(actions)
def test_a_record_survives_being_written_and_read(todo):
    record = rec.empty()
    for action in todo:
        action.apply(record)
    assert rec.from_bytes(rec.to_text(record).encode()) == record


def broken(**changes):
    return json.dumps(rec.empty() | changes).encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not valid JSON"),
        (rec.to_text(rec.empty())[:40].encode(), "not valid JSON"),
        (b"\xff\xfe{}", "not valid JSON"),
        (b"\x00" * 100, "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"format": 1, "note": NaN}', "not valid JSON"),
        (b'{"format": 1, "note": "\\ud800"}', "not valid JSON"),
        (b"x" * 10_000_000, "larger than 5,000,000 bytes"),
        (b"[]", "no format number"),
        (b"null", "no format number"),
        (broken(format="1"), "no format number"),
        (broken(format=True), "no format number"),
        (broken(format=0), "no format number"),
        (broken(course="Another course"), "does not belong to the course"),
        (broken(answers=[]), "'answers' is not a table"),
        (broken(answers={"q": None}), "'q' under 'answers'"),
        (broken(answers={"q": {}}), "'q' under 'answers'"),
        (broken(answers={"q": ANSWER | {"attempts": "2"}}), "'q' under 'answers'"),
        (broken(answers={"q": ANSWER | {"attempts": -1}}), "'q' under 'answers'"),
        (broken(answers={"q": ANSWER | {"first": ["a"]}}), "'q' under 'answers'"),
        (broken(answers={"q": ANSWER | {"first_correct": 1}}), "'q' under 'answers'"),
        (broken(answers={"q": ANSWER | {"last_at": 5}}), "'q' under 'answers'"),
        (broken(predictions={"p": {"value": True, "at": ""}}), "'p' under 'predictions'"),
        (broken(predictions={"p": {"value": 1}}), "'p' under 'predictions'"),
        (broken(votes={"C1": {"before": 3}}), "'C1' under 'votes'"),
    ],
)
def test_a_damaged_record_is_refused_with_its_reason(content, why):
    with pytest.raises(rec.DamagedRecordError, match=why):
        rec.from_bytes(content)


def test_a_newer_format_is_not_called_damaged():
    with pytest.raises(rec.NewerRecordError, match="format is 2, this course reads 1"):
        rec.from_bytes(broken(format=2))


def test_a_mark_from_notepad_and_unknown_entries_are_kept():
    content = b"\xef\xbb\xbf" + broken(answers={"q": ANSWER}, diary="mine")
    record = rec.from_bytes(content)
    assert record["diary"] == "mine"
    assert rec.as_progress(record).answers["q"].attempts == 2
