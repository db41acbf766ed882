"""The certificate says what was answered, when, and what it is not."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from course_lib import learning
from course_lib.learning.certificate import HONEST, PLAIN
from course_lib.learning.store import current_store


@pytest.fixture
def made(course: Path) -> learning.Certificate:  # noqa: ARG001  the course of one notebook
    return learning.certificate("99_fixture", name="A <b>Student</b>")


def test_nothing_answered_gives_no_link(made: learning.Certificate) -> None:
    assert "nothing to certify" in made.link
    assert "href" not in made.link
    assert [line.right for line in made.lines] == [None]
    assert "not answered" in made.html


@pytest.mark.parametrize(("correct", "words"), [(True, "<td>right"), (False, "<td>not right")])
def test_first_answer_counts_with_its_day(
    made: learning.Certificate, correct: bool, words: str
) -> None:
    current_store().answer("99-slide", "They slide" if correct else "They fold", correct=correct)
    current_store().answer("99-slide", "They slide", correct=True)
    day = current_store().read().answers["99-slide"].first_at[:10]
    assert words in made.html
    assert f"1 of 1 questions answered, {int(correct)} right at the first try, from {day}" in (
        made.html
    )


def test_link_carries_the_page_itself_and_saves_it(made: learning.Certificate) -> None:
    current_store().answer("99-slide", "They slide", correct=True)
    inside = made.link.split("base64,")[1].split('"')[0]
    assert b64decode(inside).decode() == made.html
    assert 'download="magnesium-course-certificate.html"' in made.link


def test_page_is_honest_and_escapes_the_name(made: learning.Certificate) -> None:
    assert HONEST in made.html
    assert "A &lt;b&gt;Student&lt;/b&gt;" in made.html
    assert "http" not in made.html  # it calls nobody


def test_votes_count_where_both_were_given(made: learning.Certificate) -> None:
    current_store().vote("C01", "before", "partly")
    assert "after the evidence: 0" in made.html
    current_store().vote("C01", "after", "supported")
    assert "after the evidence: 1" in made.html


def test_save_writes_a_new_file_and_leaves_an_old_one(
    made: learning.Certificate, tmp_path: Path
) -> None:
    path = made.save(tmp_path / "mine.html")
    assert path.read_text(encoding="utf-8") == made.html
    with pytest.raises(FileExistsError):
        made.save(path)


def test_stored_words_are_the_same_for_everyone(made: learning.Certificate) -> None:
    current_store().answer("99-slide", "They slide", correct=True)
    assert made._repr_mimebundle_()[0]["text/plain"] == PLAIN == repr(made)


def test_unknown_notebook_is_refused() -> None:
    with pytest.raises(ValueError, match="no notebook with questions '98_nothing'"):
        learning.certificate("98_nothing")
