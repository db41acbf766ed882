"""The 27 claims of the article: what was found about each, how sure, and from which sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from ._tables import read_data, read_rows, require_one_of
from .references import reference

Verdict = Literal["supported", "partly", "misleading", "contradicted", "untested"]
Certainty = Literal["high", "moderate", "low", "very low"]

CLAIM_IDS: tuple[str, ...] = tuple(f"C{number:02d}" for number in range(1, 28))

_FILE = "claims.csv"
_COLUMNS = (
    "id",
    "text",
    "source_words",
    "verdict",
    "certainty",
    "reason",
    "references",
    "other_sources",
    "verification",
    "true_in_it",
    "say_instead",
)
_MAY_BE_EMPTY = frozenset({"references", "other_sources"})


@dataclass(frozen=True)
class Claim:
    """One claim of the article and the verdict on it.

    Attributes
    ----------
    id
        ``"C01"`` to ``"C27"``, in the order of the article.
    text
        The claim in our words; ``source_words`` has it in the article's, with " ... " where
        words are left out.
    verdict, certainty, reason
        What the evidence says, how sure it is, and why.
    references
        Keys of the reference list; ``other_sources`` names, as text, what has no key there.
    verification
        How far the sources were read.
    true_in_it, say_instead
        What is true in the claim, and a sentence that could stand in its place.
    """

    id: str
    text: str
    source_words: str
    verdict: Verdict
    certainty: Certainty
    reason: str
    references: tuple[str, ...]
    other_sources: str
    verification: str
    true_in_it: str
    say_instead: str


def claims() -> Mapping[str, Claim]:
    """All claims by id, in the order of the article."""
    return _ledger()


def find_claim(claim_id: str) -> Claim:
    """Look up one claim.

    Raises
    ------
    ValueError
        For an id that is not one of C01 to C27.
    """
    ledger = _ledger()
    if claim_id not in ledger:
        raise ValueError(f"no claim {claim_id!r}: use {CLAIM_IDS[0]} to {CLAIM_IDS[-1]}")
    return ledger[claim_id]


def parse_claims(text: str, *, file: str = _FILE) -> Mapping[str, Claim]:
    """Read the claims from CSV text.

    Raises
    ------
    ValueError
        Naming file, row and what is allowed: an unknown or repeated id, verdict or certainty, an
        empty cell, a reference without entry, or a claim that is missing.
    """
    ledger: dict[str, Claim] = {}
    for place, cells in read_rows(text, _COLUMNS, file=file):
        claim = _parse_claim(cells, place)
        if claim.id in ledger:
            raise ValueError(f"{place}: claim {claim.id} stands in an earlier row already")
        ledger[claim.id] = claim
    missing = [claim_id for claim_id in CLAIM_IDS if claim_id not in ledger]
    if missing:
        raise ValueError(f"{file}: claims {', '.join(missing)} are missing")
    return MappingProxyType({claim_id: ledger[claim_id] for claim_id in CLAIM_IDS})


@cache
def _ledger() -> Mapping[str, Claim]:
    return parse_claims(read_data(_FILE))


def _parse_claim(cells: dict[str, str], place: str) -> Claim:
    require_one_of(cells["id"], CLAIM_IDS, what="claim", place=place)
    require_one_of(cells["verdict"], get_args(Verdict), what="verdict", place=place)
    require_one_of(cells["certainty"], get_args(Certainty), what="certainty", place=place)
    for name, cell in cells.items():
        if not cell and name not in _MAY_BE_EMPTY:
            raise ValueError(f"{place}: {name!r} is empty")
    keys = tuple(key.strip() for key in cells["references"].split(";") if key.strip())
    if not keys and not cells["other_sources"]:
        raise ValueError(f"{place}: needs a reference key or a source in 'other_sources'")
    for key in keys:
        try:
            reference(key)
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from None
    return Claim(
        id=cells["id"],
        text=cells["text"],
        source_words=cells["source_words"],
        verdict=cast(Verdict, cells["verdict"]),
        certainty=cast(Certainty, cells["certainty"]),
        reason=cells["reason"],
        references=keys,
        other_sources=cells["other_sources"],
        verification=cells["verification"],
        true_in_it=cells["true_in_it"],
        say_instead=cells["say_instead"],
    )
