"""The literature: well-formed, findable, and marked with how far it was read."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from course_lib.evidence import HOW_FAR_READ, Reference, cite, reference, references
from course_lib.evidence._tables import read_data
from course_lib.evidence.references import parse_references

ENTRIES: list[dict[str, Any]] = json.loads(read_data("references.json"))
GORDON = next(entry for entry in ENTRIES if entry["id"] == "gordon1966")


@pytest.mark.parametrize(
    "key",
    [
        "gordon1966",
        "hill1938",
        "hill1964",
        "huxley1957",
        "edman1988",
        "alcazar2019",
        "rassier1999",
        "page1963",
        "millard2023",
        "mcmahon1984",
        "donaldson1975",
        "donaldson1978",
        "solaro1976",
        "potter1981",
        "ryschon1996",
        "wary1999",
        "zhang2016",
        "iom1997",
        "brewer2001",
        "shils1964",
        "dodge1967",
        "hallegraeff2017",
        "bottinelli1996",
    ],
)
def test_sources_the_notebooks_start_from_are_there(key: str) -> None:
    assert reference(key).key == key


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_entry_is_well_formed(entry: dict[str, Any]) -> None:
    if "DOI" in entry:
        assert re.fullmatch(r"10\.\d{4,9}/[^\s<>\"]+", entry["DOI"])
        assert "doi.org" not in entry["DOI"]
    assert re.fullmatch(r"\d{5,8}", entry.get("PMID", "12345"))
    assert re.fullmatch(r"PMC\d{5,8}", entry.get("PMCID", "PMC12345"))
    assert entry["read"] in HOW_FAR_READ
    assert 1900 <= entry["issued"]["date-parts"][0][0] <= 2026


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_key_is_first_author_and_year(entry: dict[str, Any]) -> None:
    first = entry["author"][0]
    year = str(entry["issued"]["date-parts"][0][0])
    assert re.fullmatch(rf"[a-z]+{year}[a-z]?", entry["id"])
    if "family" in first:
        plain = unicodedata.normalize("NFKD", first["family"].replace("ø", "o").lower())
        assert entry["id"].startswith("".join(c for c in plain if "a" <= c <= "z") + year)


def test_no_source_stands_there_twice() -> None:
    for name in ("id", "DOI", "PMID", "PMCID", "title"):
        found = [entry[name] for entry in ENTRIES if name in entry]
        if name == "title":  # two versions of one Cochrane review may share theirs
            found = [f"{entry['title']} {entry['id'][-5:]}" for entry in ENTRIES if name in entry]
        assert len(found) == len(set(found)), name


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("hill1938", "Hill 1938"),
        ("jahr1990", "Jahr & Stevens 1990"),
        ("gordon1966", "Gordon et al. 1966"),
        ("brewer2001", "Brewer et al. 2001"),
        ("schwellnus2011b", "Schwellnus et al. 2011b"),
        ("iom1997", "Institute of Medicine 1997"),
    ],
)
def test_short_form(key: str, short: str) -> None:
    assert cite(key) == short


def test_printed_reference_says_how_far_it_was_read() -> None:
    assert str(reference("zhang2016")).endswith("[abstract read]")
    assert "not read" in str(reference("bilbey1996"))
    assert "lay summary" in str(reference("bilbey1996"))
    for entry in references():
        assert HOW_FAR_READ[entry.read] in str(entry)
        assert HOW_FAR_READ[entry.read] in entry._repr_html_()


@pytest.mark.parametrize("key", ["hill1964", "jenkinson1957", "laver1997", "moykkynen2001"])
def test_sources_the_pack_lists_as_not_seen_are_marked_so(key: str) -> None:
    assert reference(key).read == "not read"


def test_doi_link_is_safe_in_markdown_and_html() -> None:
    magpie = reference("magpie2002")
    assert magpie.link == "https://doi.org/10.1016/S0140-6736%2802%2908778-0"
    assert f'<a href="{magpie.link}">' in magpie._repr_html_()
    assert f"<{magpie.link}>" in magpie._repr_markdown_()


def test_list_keeps_the_order_given_and_each_source_once() -> None:
    shown = references("zhang2016", "gordon1966", "zhang2016")
    assert [source.key for source in shown] == ["zhang2016", "gordon1966"]
    html = shown._repr_html_()
    assert html.index('id="ref-zhang2016"') < html.index('id="ref-gordon1966"')
    assert str(shown).count("\n- ") == 1
    assert shown._repr_markdown_().count("\n- ") == 1


def test_without_keys_the_whole_literature_is_shown() -> None:
    assert len(references()) == len(ENTRIES)


def test_markup_in_a_title_is_escaped() -> None:
    entry = GORDON | {"title": "<b>*x*</b> [Mg]"}
    source = _read(entry)
    assert "&lt;b&gt;" in source._repr_html_()
    assert r"\<b\>\*x\*\</b\> \[Mg\]" in source._repr_markdown_()


@pytest.mark.parametrize("look_up", [reference, references, cite])
def test_unknown_key_names_similar_ones(look_up: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match=r"'groeber2017'.*grober2017"):
        look_up("groeber2017")
    with pytest.raises(ValueError, match="no similar key"):
        look_up("???")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "Gordon 1966"}, r"entry 1 \(Gordon 1966\): a key is first author and year"),
        ({"read": "skimmed"}, "read mark 'skimmed' is not known; use one of abstract, table"),
        ({"DOI": "https://doi.org/10.1/x"}, "DOI 'https://doi.org/10.1/x' is not of the form"),
        ({"issued": {}}, "needs 'author' and 'issued'"),
        ({"author": [{"name": "Gordon"}]}, "needs 'author' and 'issued'"),
        ({"author": []}, "needs an author"),
    ],
)
def test_damaged_entry_says_where_and_what(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _read(GORDON | change)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//x", 'https://x" y'])
def test_link_that_is_no_web_address_is_refused(link: str) -> None:
    entry = {name: value for name, value in GORDON.items() if name not in ("DOI", "PMID", "PMCID")}
    assert _read(entry | {"URL": "https://example.org/a?b=1"}).link == "https://example.org/a?b=1"
    with pytest.raises(ValueError, match="must begin with https"):
        _read(entry | {"URL": link})


def test_repeated_key_and_broken_json_are_reported() -> None:
    with pytest.raises(ValueError, match="entry 2: key 'gordon1966' is used twice"):
        parse_references(json.dumps([GORDON, GORDON]))
    with pytest.raises(ValueError, match=r"references\.json, line 2"):
        parse_references("[\n{]")


def _read(entry: dict[str, Any]) -> Reference:
    (source,) = parse_references(json.dumps([entry])).values()
    return source
