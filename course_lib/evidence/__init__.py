"""Evidence: the article's claims, the literature, and the magnesium ranges that occur."""

from .references import HOW_FAR_READ, Read, Reference, ReferenceList, cite, reference, references

__all__ = [
    "HOW_FAR_READ",
    "Read",
    "Reference",
    "ReferenceList",
    "cite",
    "reference",
    "references",
]
