"""Text of ill will stays text: no markup, no script, no message that fills the screen."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bs4
import mistune
import pytest

from course_lib import learning
from course_lib.learning import record as rec
from course_lib.learning.store import current_store
from tests.learning import hostile

Count = Callable[[str, object], None]
HARMLESS = "harmless words"


def structure(html: str) -> list[tuple[str, Any]]:
    """Tags and attributes; a certificate within a link is opened."""
    soup = bs4.BeautifulSoup(html, "html.parser")
    found: list[tuple[str, Any]] = []
    for tag in soup.find_all():
        attributes = dict(tag.attrs)
        inside = str(attributes.get("href", ""))
        if inside.startswith("data:text/html;charset=utf-8;base64,"):
            found += structure(b64decode(inside.split("base64,")[1]).decode())
            attributes["href"] = "a page"
        if (tag.name, attributes) != ("span", {}):  # keeps a dollar sign from being a formula
            found.append((tag.name, attributes))
    assert not soup.find_all(string=lambda s: isinstance(s, bs4.Comment))
    return found


def pages(name: str = HARMLESS) -> list[str]:
    """All HTML that is made of a student's file, a question file or a name."""
    to_html = mistune.create_markdown(escape=False, plugins=["table", "url", "math"])
    certificate = learning.certificate("99_fixture", name)
    cards = [learning.ask("99-slide"), learning.predict("99-fuel"), learning.vote("C01")]
    return [
        learning.progress().html,
        certificate.html,
        certificate.link,
        *(str(to_html(card._repr_mimebundle_()[0]["text/markdown"])) for card in cards),
    ]


def shapes(name: str = HARMLESS) -> list[list[tuple[str, Any]]]:
    return [structure(page) for page in pages(name)]


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_a_progress_file_adds_no_tag_and_no_attribute(
    course: Path,  # noqa: ARG001  the course of one notebook
    path: Path,
    text: str,
    record_property: Count,
) -> None:
    ids = ("99-slide", "99-force", "C01")
    path.write_bytes(hostile.as_bytes(hostile.progress(HARMLESS, *ids)))
    expected = shapes()
    content = hostile.as_bytes(hostile.progress(text, *ids))
    path.write_bytes(content)
    assert current_store().read().notice == ""  # of the right form, so it is used
    assert shapes() == expected
    assert path.read_bytes() == content
    record_property("inputs", 1)


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_a_name_on_the_certificate_adds_no_tag(course: Path, text: str) -> None:  # noqa: ARG001
    current_store().answer("99-slide", "They slide", correct=True)
    assert shapes(text) == shapes(HARMLESS)


@pytest.mark.parametrize("text", [t for t in hostile.TEXTS if len(t) < 5000 and t.isprintable()])
def test_a_question_file_adds_no_tag(course: Path, text: str, record_property: Count) -> None:
    file = course / "99_fixture.toml"
    original = file.read_text(encoding="utf-8")
    places = ["What happens to the filaments?", "They slide", "More or less fuel?", "of maximum"]
    current_store().answer("99-slide", "They fold", correct=False)

    def shaped(words: str) -> list[list[tuple[str, Any]]]:
        changed = original
        for place in places:
            changed = changed.replace(f'"{place}"', json.dumps(words, ensure_ascii=False))
        file.write_text(changed, encoding="utf-8")
        learning._library.cache_clear()
        return shapes()

    # The words may move within the shuffled options, but the tags are the same.
    plain = [sorted(map(str, page)) for page in shaped(HARMLESS)]
    assert [sorted(map(str, p)) for p in shaped(text) if p] == [p for p in plain if p]
    learning._library.cache_clear()
    record_property("inputs", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"answers": {"\u202e" + "x" * 1_000_000: 5}},
        {"predictions": {"<b>": None}},
        {"format": 10**400},
        {"predictions": {"99-force": {"value": 10**400, "at": ""}}},
        {"answers": {"q\u2066": {}}},
    ],
    ids=["long key", "markup key", "huge format", "huge number", "bidi key"],
)
def test_what_is_said_of_a_hostile_file_is_short_and_without_tricks(
    course: Path,  # noqa: ARG001
    path: Path,
    change: dict[str, Any],
    record_property: Count,
) -> None:
    content = json.dumps(rec.empty() | change).encode()
    path.write_bytes(content)
    notice = learning.predict("99-force").form.feedback
    assert "cannot be used" in notice
    assert len(notice) < 1000
    assert notice.replace("\n", "").isprintable()
    assert path.read_bytes() == content
    record_property("inputs", 1)


@pytest.mark.parametrize("value", [1e308, -1e308, -0.1, 1.3, 5e-324, 1, "0.7", "<b>"])
def test_a_prediction_that_nobody_could_have_entered_is_not_drawn(
    course: Path,  # noqa: ARG001
    path: Path,
    value: float | str,
    record_property: Count,
) -> None:
    record = rec.empty() | {"predictions": {"99-force": {"value": value, "at": ""}}}
    path.write_text(json.dumps(record))
    prediction = learning.predict("99-force")
    possible = not isinstance(value, str) and 0 <= value <= 1.2
    assert prediction.value == (value if possible else None)
    assert ("has changed since" in prediction.form.feedback) is not possible
    record_property("inputs", 1)
