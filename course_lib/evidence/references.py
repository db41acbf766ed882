"""The literature of the course, and how far each source was read.

The list is CSL-JSON (``data/references.json``), with one field of our own: ``read`` says how much
of the source stood behind the numbers taken from it. It is printed with every reference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import escape
from string import ascii_lowercase
from types import MappingProxyType
from typing import Any, Literal, cast, get_args
from urllib.parse import quote

from ._tables import read_data, require_one_of

Read = Literal["abstract", "table", "pages", "code", "second-hand", "not read"]

HOW_FAR_READ: Mapping[Read, str] = MappingProxyType(
    {
        "abstract": "abstract read",
        "table": "a table of the paper read",
        "pages": "some pages read",
        "code": "known through public code or data, paper not read",
        "second-hand": "known through another source, not read itself",
        "not read": "not read",
    }
)

_KEY = re.compile(r"[a-z]+\d{4}[a-z]?")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_FILE = "references.json"
_ET_AL = "et al."


@dataclass(frozen=True, repr=False)
class Reference:
    """One source: what it is, where it is, and how far it was read.

    ``authors`` are written as in a reference list ("Gordon AM"); the last one is "et al." where
    the list is not complete. Fields that are not known are empty strings.
    """

    key: str
    authors: tuple[str, ...]
    families: tuple[str, ...]
    year: int
    title: str
    journal: str
    volume: str
    pages: str
    link: str
    read: Read
    note: str

    @property
    def citation(self) -> str:
        """Short form for running text: "Gordon et al. 1966", with the letter of the key if any."""
        first, *others = self.families
        if not others:
            who = first
        elif len(others) == 1 and others[0] != _ET_AL:
            who = f"{first} & {others[0]}"
        else:
            who = f"{first} et al."
        return f"{who} {self.key.lstrip(ascii_lowercase)}"

    @property
    def reading(self) -> str:
        """How far the source was read, in words, with the note if there is one."""
        return f"{HOW_FAR_READ[self.read]}; {self.note}" if self.note else HOW_FAR_READ[self.read]

    def __str__(self) -> str:
        link = f"{self.link} " if self.link else ""
        return f"{self._description()}{link}[{self.reading}]"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        address = escape(self.link)
        link = f'<a href="{address}">{address}</a> ' if self.link else ""
        text = escape(self._description())
        return f'<span id="ref-{self.key}">{text}{link}[{escape(self.reading)}]</span>'

    def _repr_markdown_(self) -> str:
        link = f"<{self.link}> " if self.link else ""
        return f"{_escape_markdown(self._description())}{link}({_escape_markdown(self.reading)})"

    def _description(self) -> str:
        """Write authors, year, title and place, each ended by a full stop and a space."""
        place = " ".join(part for part in (self.journal, self.volume) if part)
        if self.pages:
            place += f":{self.pages}" if self.volume else f" {self.pages}"
        parts = [f"{', '.join(self.authors)} ({self.year})", self.title, place]
        return "".join(part + (" " if part[-1] in ".?" else ". ") for part in parts if part)


@dataclass(frozen=True, repr=False)
class ReferenceList:
    """References in a chosen order; shows itself as a list with links."""

    items: tuple[Reference, ...]

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        return "\n".join(f"- {item}" for item in self.items)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{item._repr_html_()}</li>" for item in self.items)
        return f'<ul class="course-references">{rows}</ul>'

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {item._repr_markdown_()}" for item in self.items)


def reference(key: str) -> Reference:
    """Look up one source.

    Parameters
    ----------
    key
        First author and year in lower case: ``"gordon1966"``.

    Raises
    ------
    ValueError
        For an unknown key; the message lists similar ones.
    """
    library = _library()
    if key not in library:
        near = get_close_matches(key, library, n=3)
        hint = f"similar keys: {', '.join(near)}" if near else "no similar key"
        raise ValueError(f"no reference {key!r} among the {len(library)} of {_FILE}; {hint}")
    return library[key]


def references(*keys: str) -> ReferenceList:
    """Show sources as a list, in the order given; without a key, the whole literature.

    Raises
    ------
    ValueError
        For an unknown key.
    """
    chosen = tuple(dict.fromkeys(keys)) or tuple(_library())
    return ReferenceList(tuple(reference(key) for key in chosen))


def cite(key: str) -> str:
    """Short form of a source for running text: ``cite("gordon1966")`` is "Gordon et al. 1966".

    Raises
    ------
    ValueError
        For an unknown key.
    """
    return reference(key).citation


def parse_references(text: str, *, file: str = _FILE) -> Mapping[str, Reference]:
    """Read a CSL-JSON list.

    Raises
    ------
    ValueError
        Naming file, entry and what is allowed: broken JSON, a key that is not author and year,
        a key used twice, an entry without author, year or anything to find it by, a malformed
        DOI, an unknown ``read`` mark.
    """
    try:
        entries = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{file}, line {error.lineno}: {error.msg}") from None
    library: dict[str, Reference] = {}
    for number, entry in enumerate(entries, start=1):
        found = _parse_entry(entry, place=f"{file}, entry {number} ({entry.get('id', 'no id')})")
        if found.key in library:
            raise ValueError(f"{file}, entry {number}: key {found.key!r} is used twice")
        library[found.key] = found
    return MappingProxyType(library)


@cache
def _library() -> Mapping[str, Reference]:
    return parse_references(read_data(_FILE))


def _parse_entry(entry: dict[str, Any], *, place: str) -> Reference:
    key = entry.get("id", "")
    if not _KEY.fullmatch(key):
        raise ValueError(f"{place}: a key is first author and year in lower case, as gordon1966")
    try:
        year = int(entry["issued"]["date-parts"][0][0])
        authors = tuple(_author(person) for person in entry["author"])
        families = tuple(person.get("literal") or person["family"] for person in entry["author"])
    except (KeyError, IndexError, TypeError, ValueError):
        raise ValueError(f"{place}: needs 'author' and 'issued' as CSL-JSON writes them") from None
    read = entry.get("read", "")
    require_one_of(read, get_args(Read), what="read mark", place=place)
    link = _link(entry, place)
    if not authors or not (link or entry.get("title")):
        raise ValueError(f"{place}: needs an author, and a title, DOI, PMID, PMCID or URL")
    return Reference(
        key=key,
        authors=authors,
        families=families,
        year=year,
        title=entry.get("title", ""),
        journal=entry.get("container-title", ""),
        volume=entry.get("volume", ""),
        pages=entry.get("page", ""),
        link=link,
        read=cast(Read, read),
        note=entry.get("note", ""),
    )


def _author(person: dict[str, str]) -> str:
    if "literal" in person:
        return person["literal"]
    initials = person["given"].replace(".", "").replace(" ", "")
    return f"{person['family']} {initials}"


def _link(entry: dict[str, str], place: str) -> str:
    """Best address of a source: DOI first, then PubMed, PubMed Central, any other page."""
    if "DOI" in entry:
        if not _DOI.fullmatch(entry["DOI"]):
            raise ValueError(f"{place}: DOI {entry['DOI']!r} is not of the form 10.NNNN/...")
        return f"https://doi.org/{quote(entry['DOI'], safe='/')}"
    if "PMID" in entry:
        return f"https://pubmed.ncbi.nlm.nih.gov/{entry['PMID']}/"
    if "PMCID" in entry:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{entry['PMCID']}/"
    link = entry.get("URL", "")
    if link and not re.fullmatch(r"https?://[^\s<>\"']+", link):  # such as javascript:
        raise ValueError(f"{place}: URL {link!r} must begin with https:// or http://")
    return link


def _escape_markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
