"""Evidence: the article's claims, the literature, and the magnesium ranges that occur."""

from .bands import (
    COMPARTMENT_NAMES,
    Band,
    BandKind,
    BandStatus,
    BandTable,
    Compartment,
    band,
    band_table,
    bands,
)
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
    "COMPARTMENT_NAMES",
    "HOW_FAR_READ",
    "VERDICT_SIGNS",
    "Band",
    "BandKind",
    "BandStatus",
    "BandTable",
    "Cards",
    "Certainty",
    "Claim",
    "ClaimStatement",
    "Compartment",
    "Read",
    "Reference",
    "ReferenceList",
    "Verdict",
    "VerdictCard",
    "VerdictSign",
    "band",
    "band_table",
    "bands",
    "cite",
    "claim",
    "claim_statement",
    "claim_statements",
    "claims",
    "reference",
    "references",
    "verdicts",
]
