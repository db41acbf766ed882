"""Evidence: the article's claims, the literature, and the magnesium ranges that occur."""

from .cards import (
    VERDICT_SIGNS,
    Cards,
    ClaimStatement,
    VerdictCard,
    VerdictSign,
    claim,
    claim_statement,
    claim_statements,
    verdicts,
)
from .claims import CLAIM_IDS, Certainty, Claim, Verdict, claims
from .references import HOW_FAR_READ, Read, Reference, ReferenceList, cite, reference, references

__all__ = [
    "CLAIM_IDS",
    "HOW_FAR_READ",
    "VERDICT_SIGNS",
    "Cards",
    "Certainty",
    "Claim",
    "ClaimStatement",
    "Read",
    "Reference",
    "ReferenceList",
    "Verdict",
    "VerdictCard",
    "VerdictSign",
    "cite",
    "claim",
    "claim_statement",
    "claim_statements",
    "claims",
    "reference",
    "references",
    "verdicts",
]
