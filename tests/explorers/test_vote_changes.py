"""The picture of the votes shows the votes, and the evidence as the cards have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from course_lib.evidence import CLAIM_IDS, claims
from course_lib.explorers import vote_changes
from course_lib.explorers.vote_changes import ACROSS, NONE, ROWS, gather, places


@dataclass(frozen=True)
class Voted:
    before: str | None = None
    after: str | None = None


VOTES = {
    "C07": Voted("supported", "contradicted"),
    "C18": Voted("partly", "partly"),
    "C22": Voted("supported"),
    "C25": Voted("supported", "a word of an older course"),
}


def test_every_claim_has_a_place_in_each_column_and_none_shares_it() -> None:
    found = places(gather(VOTES))
    assert tuple(found) == tuple(CLAIM_IDS)
    every = [spot for spots in found.values() for spot in spots]
    assert len(every) == len(set(every)) == 3 * len(CLAIM_IDS)
    for name, spots in found.items():
        for column, (x, y) in enumerate(spots):
            assert column < x < column + 1
            row = ROWS.index(gather(VOTES)[name][column])
            assert abs(y - (len(ROWS) - 1 - row)) < 0.5


def test_most_claims_fit_into_one_cell() -> None:
    assert -(-len(CLAIM_IDS) // ACROSS) * 0.24 < 1


def test_verdicts_are_the_votes_and_the_evidence() -> None:
    found = gather(VOTES)
    assert found["C07"] == ("supported", "contradicted", claims()["C07"].verdict)
    assert found["C22"][:2] == ("supported", NONE)
    assert found["C25"][:2] == ("supported", NONE)
    assert found["C01"][:2] == (NONE, NONE)


@pytest.mark.parametrize(
    ("group", "expected"),
    [("moved", {"C07"}), ("agree", {"C07", "C18"}), ("differ", set())],
)
def test_groups_light_up_who_belongs(group: str, expected: set[str]) -> None:
    explorer = vote_changes(VOTES)
    explorer.set(group=group)
    assert set(explorer.result.shown) == expected
    scene: Any = explorer.canvas.scene
    lit = sum(len(squares.get_xdata()) for squares in scene.lit.values())
    assert lit == 3 * len(expected)


def test_claim_is_drawn_through_its_three_verdicts() -> None:
    explorer = vote_changes(VOTES)
    explorer.set(claim=7)
    scene: Any = explorer.canvas.scene
    spots = places(gather(VOTES))["C07"]
    assert list(zip(*scene.thread.get_data(), strict=True)) == spots
    assert "first vote supported, last vote contradicted" in explorer.alt


def test_without_votes_only_the_evidence_is_there() -> None:
    explorer = vote_changes()
    assert explorer.result.count("moved") == explorer.result.count("agree") == 0
