"""The list of first votes: nothing is lost, and the notebooks see the same votes."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib import learning
from course_lib.evidence import CLAIM_IDS
from course_lib.learning.first_votes import ClaimVotes
from course_lib.learning.store import ProgressStore


@pytest.fixture
def asked(tmp_path: Path) -> ClaimVotes:
    return ClaimVotes(ProgressStore(tmp_path / "progress.json"))


def shown(asked: ClaimVotes) -> str:
    return str(asked.panel.children[1].spec)


def test_every_claim_can_be_chosen(asked: ClaimVotes) -> None:
    panel = asked.panel
    assert [value for _, value in asked.list.options] == list(CLAIM_IDS)
    for claim in CLAIM_IDS:
        asked.list.value = claim
        assert claim in shown(asked)
    assert len(panel.children) == 3


def test_next_goes_round_and_marks_what_was_voted_on(asked: ClaimVotes) -> None:
    assert asked.panel.children
    asked._store.vote("C01", "before", "partly")
    asked.next.click()
    assert asked.list.value == "C02"
    assert "C02" in shown(asked)
    marks = [label for label, _ in asked.list.options if label.startswith("✓")]
    assert len(marks) == 1
    assert "C01" in marks[0]
    asked.list.value = "C27"
    asked.next.click()
    assert asked.list.value == "C01"


def test_a_vote_given_here_is_the_one_of_the_notebooks(asked: ClaimVotes) -> None:
    asked._store.vote("C07", "before", "supported")
    again = ClaimVotes(asked._store)
    assert again.panel is not None
    again.list.value = "C07"
    assert again.panel.children[1].shown["value"] == "supported"


def test_without_a_kernel_the_claims_can_be_read() -> None:
    words = repr(learning.claim_votes())
    for claim in CLAIM_IDS:
        assert f"{claim}. " in words
