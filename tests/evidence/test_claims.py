"""The ledger of claims: complete, resolvable, honest, and loud when damaged."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from course_lib.evidence import CLAIM_IDS, claims, reference
from course_lib.evidence._tables import read_data
from course_lib.evidence.claims import find_claim, parse_claims

TEXT = read_data("claims.csv")
ADVICE = re.compile(
    r"\b(you (should|could|must|need|can take)|we (recommend|advise|suggest)|(stop|start|avoid|try)"
    r" taking|talk to|take (magnesium|a supplement|supplements|it)|don't take|do not take)\b",
    re.IGNORECASE,
)


def test_all_27_claims_stand_in_order() -> None:
    assert tuple(claims()) == tuple(f"C{number:02d}" for number in range(1, 28))
    assert all(claim_id == claim.id for claim_id, claim in claims().items())


def test_verdicts_are_counted_as_in_the_evidence_pack() -> None:
    assert Counter(claim.verdict for claim in claims().values()) == {
        "partly": 8,
        "misleading": 7,
        "contradicted": 5,
        "supported": 4,
        "untested": 3,
    }


@pytest.mark.parametrize(
    ("claim_id", "verdict", "certainty"),
    [
        ("C01", "partly", "moderate"),
        ("C06", "supported", "moderate"),
        ("C07", "contradicted", "moderate"),
        ("C12", "misleading", "very low"),
        ("C19", "untested", "very low"),
        ("C25", "partly", "moderate"),
    ],
)
def test_verdict_and_certainty_are_those_of_the_pack(
    claim_id: str, verdict: str, certainty: str
) -> None:
    found = find_claim(claim_id)
    assert (found.verdict, found.certainty) == (verdict, certainty)


@pytest.mark.parametrize(
    ("claim_id", "numbers"),
    [
        ("C04", ("1.47", "1.33-1.63", "2.12", "1.20")),
        ("C05", ("11.6%", "28.2%", "50.1%")),
        ("C07", ("-0.18", "-0.84 to 0.49", "n=307", "1.04", "0.84 to 1.29")),
        ("C09", ("25 g", "55 and 100 days")),
        ("C15", ("p=0.29", "two placebo-controlled cramp trials")),
        ("C18", ("0.05 mmol/L", "0.03 to 0.07")),
        ("C25", ("-2.00/-1.78", "n=2028")),
        ("C26", ("-17.4 min", "-27.3 to -7.4", "n=151")),
    ],
)
def test_reasons_hold_the_numbers_of_the_pack(claim_id: str, numbers: tuple[str, ...]) -> None:
    assert [n for n in numbers if n not in find_claim(claim_id).reason] == []


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_every_reference_key_resolves(claim_id: str) -> None:
    found = find_claim(claim_id)
    assert [reference(key).key for key in found.references] == list(found.references)


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_no_claim_gives_advice(claim_id: str) -> None:
    found = find_claim(claim_id)
    for words in (found.text, found.reason, found.true_in_it, found.say_instead):
        assert ADVICE.search(words) is None, words


@pytest.mark.parametrize("claim_id", CLAIM_IDS)
def test_what_to_say_is_short(claim_id: str) -> None:
    found = find_claim(claim_id)
    for words in (found.true_in_it, found.say_instead):
        assert words.endswith(".")
        assert len(re.findall(r"[.?] [A-Z]", words)) <= 1, "at most two sentences"
        assert len(words) <= 230


@pytest.mark.parametrize("claim_id", ["C12", "C13", "C14"])
def test_a_source_that_was_not_read_is_not_called_read(claim_id: str) -> None:
    verification = find_claim(claim_id).verification
    assert "second-hand" in verification
    assert {reference(key).read for key in find_claim(claim_id).references} & {"second-hand"}


@pytest.mark.parametrize("wrong", ["C00", "C28", "c18", "18", ""])
def test_unknown_claim_names_the_range(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"{wrong!r}.*C01 to C27"):
        find_claim(wrong)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\nC03,", "\nC99,", r"claims\.csv, row 4: claim 'C99' is not known; use one of C01"),
        ("\nC03,", "\nC02,", r"claims\.csv, row 4: claim C02 stands in an earlier row"),
        (",misleading,", ",wrong,", r"row 9: verdict 'wrong' .*supported, partly, misleading"),
        (",partly,moderate,", ",partly,fair,", r"row 2: certainty 'fair' .*high, moderate"),
        ("allen2012,", "allan2012,", r"row 2: no reference 'allan2012'.*allen2012"),
        (",Numbers read in abstracts,", ",,", r"row 2: 'verification' is empty"),
        ("id,text", "id,words", r"row 1: columns id,words.*expected id,text"),
        ("C01,", "C01,surplus,", r"row 2: 12 cells; the table has 11 columns"),
    ],
)
def test_damaged_table_says_where_and_what(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=message):
        parse_claims(TEXT.replace(old, new, 1))


def test_missing_claim_is_named() -> None:
    rows = [row for row in TEXT.splitlines() if not row.startswith("C13,")]
    with pytest.raises(ValueError, match=r"claims\.csv: claims C13 are missing"):
        parse_claims("\n".join(rows))


def test_open_quotation_mark_is_reported() -> None:
    with pytest.raises(ValueError, match=r"claims\.csv, row \d+: unexpected end of data"):
        parse_claims(TEXT + '"C28')


def test_empty_file_is_reported() -> None:
    with pytest.raises(ValueError, match=r"claims\.csv is empty"):
        parse_claims("")
