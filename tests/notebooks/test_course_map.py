"""The map of the course says what the notebooks say."""

from __future__ import annotations

import re
from collections import Counter

import nbformat
import pytest

from course_lib.evidence import CLAIM_IDS, LESSONS, Lesson, article, course_map, lesson_of, minutes
from tests.notebooks.store import FOLDER

CARD = re.compile(r"^(?:claim|verdicts)\((.*?)\)", re.M | re.S)


def cells(lesson: Lesson, kind: str) -> str:
    nb = nbformat.read(FOLDER / lesson.file, as_version=4)
    return "\n".join(c.source for c in nb.cells if c.cell_type == kind)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda n: n.name)
def test_lesson_is_as_its_notebook_says(lesson: Lesson) -> None:
    text = cells(lesson, "markdown")
    assert text.startswith(f"# {lesson.title}\n")
    found = re.search(r"\*\*Time:\*\* (\d+) minutes", text)
    assert found
    assert int(found[1]) == lesson.minutes
    needed = text[found.end() :].split("Run all", 1)[0]
    for number in lesson.needs:
        assert number in needed, f"{lesson.name} does not say that it needs {number}"


def test_map_holds_every_numbered_notebook_in_order() -> None:
    files = sorted(path.name for path in FOLDER.glob("[0-9]*.ipynb"))
    assert [lesson.file for lesson in LESSONS] == files
    assert minutes() == sum(lesson.minutes for lesson in LESSONS)
    assert str(minutes()) in course_map()._repr_html_()


def test_each_claim_has_its_verdict_card_in_exactly_one_notebook() -> None:
    cards: Counter[tuple[str, str]] = Counter()
    for lesson in LESSONS:
        for call in CARD.findall(cells(lesson, "code")):
            cards.update((claim, lesson.number) for claim in re.findall(r"C\d\d", call))
    assert sorted(claim for claim, _ in cards) == list(CLAIM_IDS)
    assert dict(cards.keys()) == {claim: lesson_of(claim).number for claim in CLAIM_IDS}
    assert set(cards.values()) == {1}


def test_article_links_each_claim_to_the_notebook_that_judges_it() -> None:
    html = article()._repr_html_()
    for claim in CLAIM_IDS:
        row = html[html.index(f"<strong>{claim}</strong>") :].split("</li>", 1)[0]
        assert f'href="{lesson_of(claim).file}"' in row
    with pytest.raises(ValueError, match=r"'C28' is not a claim: allowed is C01 to C27"):
        lesson_of("C28")
