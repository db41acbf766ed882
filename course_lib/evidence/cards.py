"""What a notebook shows of a claim: the bare statement first, the verdict card at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from .claims import Claim, Verdict, find_claim
from .references import HOW_FAR_READ, Reference, ReferenceList, references


@dataclass(frozen=True)
class VerdictSign:
    """How a verdict is shown: by word and by symbol; the colour only repeats them."""

    word: str
    symbol: str
    colour: str


# Okabe-Ito hues; black text on each of them has a contrast of at least 5:1.
VERDICT_SIGNS: Mapping[Verdict, VerdictSign] = MappingProxyType(
    {
        "supported": VerdictSign("supported", "✓", "#009E73"),
        "partly": VerdictSign("partly true", "◐", "#56B4E9"),
        "misleading": VerdictSign("misleading", "↷", "#E69F00"),
        "contradicted": VerdictSign("contradicted", "✗", "#D55E00"),
        "untested": VerdictSign("untested", "?", "#CC79A7"),
    }
)

# The variables follow JupyterLab's theme; the fallbacks serve pages without it.
_STYLE = """<style>
.course-claim {
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-left-width: 6px;
  border-radius: 4px; padding: 0.6em 1em; margin: 0.4em 0; max-width: 48em;
  color: var(--jp-ui-font-color1, #222); background: var(--jp-layout-color1, #fff);
}
.course-claim p { margin: 0.3em 0; }
.course-claim q { font-style: italic; }
.course-claim dt { font-weight: bold; margin-top: 0.5em; }
.course-claim dd { margin: 0 0 0 1em; }
.course-claim .course-verdict { color: #000; border-radius: 3px; padding: 0.1em 0.5em; }
</style>"""


@dataclass(frozen=True, repr=False)
class ClaimStatement:
    """A claim in the words of the article, without the verdict: the opening of a notebook."""

    claim: Claim

    def __str__(self) -> str:
        return f"{self.claim.id}. The article says: {_quoted(self.claim)}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _STYLE + self.article()

    def article(self) -> str:
        """HTML of this card, without the style sheet."""
        return (
            f'<article class="course-claim" aria-label="Claim {self.claim.id}">'
            f"<p><strong>{self.claim.id}</strong> The article says: "
            f"<q>{escape(self.claim.source_words)}</q></p></article>"
        )


@dataclass(frozen=True, repr=False)
class VerdictCard:
    """The verdict on a claim: what was found, how sure it is, and on what it rests."""

    claim: Claim

    @property
    def sign(self) -> VerdictSign:
        """Word, symbol and colour of the verdict."""
        return VERDICT_SIGNS[self.claim.verdict]

    @property
    def sources(self) -> ReferenceList:
        """The references of the verdict, in the order of the table."""
        return ReferenceList(
            references(*self.claim.references).items if self.claim.references else ()
        )

    def __str__(self) -> str:
        rows = [
            f"{self.claim.id}. The article says: {_quoted(self.claim)}",
            f"Verdict: {self.sign.symbol} {self.sign.word} (certainty: {self.claim.certainty})",
            *(f"{label}: {text}" for label, text in self._rows()),
            f"References: {'; '.join([*map(_cited, self.sources), *self._other_sources()])}",
            f"What was read: {self.claim.verification}.",
        ]
        return "\n".join(rows)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _STYLE + self.article()

    def article(self) -> str:
        """HTML of this card, without the style sheet."""
        claim, sign = self.claim, self.sign
        rows = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in self._rows())
        linked = [*map(_linked, self.sources), *map(escape, self._other_sources())]
        return (
            f'<article class="course-claim" style="border-left-color: {sign.colour}" '
            f'aria-label="Verdict on claim {claim.id}">'
            f"<p><strong>{claim.id}</strong> The article says: "
            f"<q>{escape(claim.source_words)}</q></p>"
            f'<p>Verdict: <strong class="course-verdict" style="background: {sign.colour}">'
            f'<span aria-hidden="true">{sign.symbol}</span> {sign.word}</strong> '
            f"Certainty: <strong>{claim.certainty}</strong></p>"
            f"<dl>{rows}<dt>References</dt><dd>{'; '.join(linked)}</dd>"
            f"<dt>What was read</dt><dd>{escape(claim.verification)}.</dd></dl></article>"
        )

    def _rows(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Why", self.claim.reason),
            ("What is true in it", self.claim.true_in_it),
            ("What to say instead", self.claim.say_instead),
        )

    def _other_sources(self) -> list[str]:
        return [self.claim.other_sources] if self.claim.other_sources else []


@dataclass(frozen=True, repr=False)
class Cards:
    """Several cards below each other."""

    items: tuple[ClaimStatement | VerdictCard, ...]

    def __iter__(self) -> Iterator[ClaimStatement | VerdictCard]:
        return iter(self.items)

    def __str__(self) -> str:
        return "\n\n".join(str(card) for card in self.items)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return _STYLE + "".join(card.article() for card in self.items)


def claim(claim_id: str) -> VerdictCard:
    """Show the verdict on one claim: ``claim("C18")``.

    Raises
    ------
    ValueError
        For an id that is not one of C01 to C27.
    """
    return VerdictCard(find_claim(claim_id))


def claim_statement(claim_id: str) -> ClaimStatement:
    """Show one claim in the article's words, without the verdict.

    Raises
    ------
    ValueError
        For an id that is not one of C01 to C27.
    """
    return ClaimStatement(find_claim(claim_id))


def verdicts(*claim_ids: str) -> Cards:
    """Show the verdict cards of several claims.

    Raises
    ------
    ValueError
        For an id that is not one of C01 to C27.
    """
    return Cards(tuple(claim(claim_id) for claim_id in claim_ids))


def claim_statements(*claim_ids: str) -> Cards:
    """Show several claims in the article's words, without the verdicts.

    Raises
    ------
    ValueError
        For an id that is not one of C01 to C27.
    """
    return Cards(tuple(claim_statement(claim_id) for claim_id in claim_ids))


def _quoted(claim: Claim) -> str:
    return f"“{claim.source_words}”"


def _cited(source: Reference) -> str:
    return f"{source.citation} ({HOW_FAR_READ[source.read]})"


def _linked(source: Reference) -> str:
    name = escape(source.citation)
    if source.link:
        name = f'<a href="{escape(source.link)}">{name}</a>'
    return f"{name} ({HOW_FAR_READ[source.read]})"
