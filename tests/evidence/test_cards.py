"""Cards: everything is said in words, nothing gets through unescaped, no verdict too early."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from course_lib.evidence import (
    CLAIM_IDS,
    VERDICT_SIGNS,
    VerdictCard,
    VerdictSign,
    claim,
    claim_statement,
    claim_statements,
    claims,
    verdicts,
)
from course_lib.evidence.cards import ClaimStatement


class Page(HTMLParser):
    """Text of a piece of HTML, the tags it uses, and whether they close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.addresses += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_card_says_everything_in_html_and_in_text(claim_id: str) -> None:
    card = claim(claim_id)
    page = Page(card._repr_html_())
    assert page.open == []
    for said in (page.text, str(card)):
        for part in (
            claim_id,
            card.claim.source_words,
            card.sign.word,
            card.sign.symbol,
            card.claim.certainty,
            card.claim.reason,
            card.claim.true_in_it,
            card.claim.say_instead,
            card.claim.verification,
            *(source.citation for source in card.sources),
        ):
            assert part in said
    assert repr(card) == str(card)


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_card_links_each_source_that_has_an_address(claim_id: str) -> None:
    card = claim(claim_id)
    page = Page(card._repr_html_())
    assert page.addresses == [source.link for source in card.sources if source.link]


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_statement_keeps_the_verdict_back(claim_id: str) -> None:
    statement = claim_statement(claim_id)
    found = statement.claim
    for said in (Page(statement._repr_html_()).text, str(statement)):
        assert found.source_words in said
        assert claim_id in said
        for secret in (found.reason, found.say_instead, found.true_in_it, found.certainty):
            assert secret not in said.replace(found.source_words, "")
        assert not any(sign.symbol in said for sign in VERDICT_SIGNS.values())


def test_markup_in_a_claim_is_shown_and_not_run() -> None:
    nasty = "<script>alert('x')</script> & \"more\""
    wrong = replace(
        claims()["C18"],
        source_words=nasty,
        reason=nasty,
        true_in_it=nasty,
        say_instead=nasty,
        other_sources=nasty,
        verification=nasty,
    )
    for html in (VerdictCard(wrong)._repr_html_(), ClaimStatement(wrong)._repr_html_()):
        page = Page(html)
        assert "script" not in page.tags
        assert nasty in page.text


def test_each_verdict_has_its_own_word_symbol_and_colour() -> None:
    signs = VERDICT_SIGNS.values()
    assert len(signs) == 5
    for part in ("word", "symbol", "colour"):
        assert len({getattr(sign, part) for sign in signs}) == 5


@pytest.mark.parametrize("sign", VERDICT_SIGNS.values(), ids=list(VERDICT_SIGNS))
def test_black_is_readable_on_each_verdict_colour(sign: VerdictSign) -> None:
    colour = sign.colour
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert (luminance + 0.05) / 0.05 >= 5.0


def test_several_cards_share_one_style_sheet() -> None:
    html = verdicts("C18", "C19", "C20")._repr_html_()
    assert html.count("<style>") == 1
    assert html.count("<article") == 3
    assert [card.claim.id for card in claim_statements("C22", "C18")] == ["C22", "C18"]
    assert str(verdicts("C18", "C19")) == f"{claim('C18')}\n\n{claim('C19')}"


def test_unknown_claim_names_the_range() -> None:
    for show in (claim, claim_statement, claim_statements, verdicts):
        with pytest.raises(ValueError, match=r"'C28'.*C01 to C27"):
            show("C28")
