"""A certificate that a student can save: what was answered, and when.

It is made on the student's machine from the student's own file, and goes nowhere by itself. It
says what it is: nobody watched, and nobody signs.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets  # type: ignore[import-untyped]

from course_lib.learning.cards import bundle_of
from course_lib.learning.questions import QuestionData, QuestionLibrary
from course_lib.learning.record import COURSE, Progress
from course_lib.learning.store import ProgressStore, write_new

PLAIN = "Your certificate: shown when you run this cell."
FILE = "magnesium-course-certificate.html"
HONEST = (
    "This page was made by the course on the machine of the person who answered. It lists first "
    "answers as they were given. Nobody watched, and tries again are not counted. It shows work "
    "on a course and no competence in medicine."
)


@dataclass(frozen=True)
class Line:
    """One question of the test; ``right`` and ``at`` are None where it was not answered."""

    question: QuestionData
    right: bool | None
    at: str | None


class Certificate:
    """What a student answered in one notebook, to look at and to save.

    Shown as a widget, because the words stored in a notebook must be the same for everyone.
    """

    def __init__(
        self, library: QuestionLibrary, notebook: str, store: ProgressStore, name: str = ""
    ) -> None:
        self._library, self._notebook, self._store = library, notebook, store
        self._name = " ".join(name.split())

    @property
    def lines(self) -> tuple[Line, ...]:
        """The questions in their order, with the first answer to each as it is now."""
        return self._lines(self._store.read())

    def _lines(self, progress: Progress) -> tuple[Line, ...]:
        found = []
        for question in self._library.questions.values():
            if question.notebook == self._notebook:
                answer = progress.answers.get(question.id)
                right = answer.first_correct if answer else None
                found.append(Line(question, right, answer.first_at if answer else None))
        return tuple(found)

    @property
    def html(self) -> str:
        """The certificate as a page of its own, with all text escaped."""
        progress = self._store.read()
        lines = self._lines(progress)
        answered = [line for line in lines if line.right is not None]
        right = sum(bool(line.right) for line in answered)
        days = sorted(line.at[:10] for line in answered if line.at)
        when = escape(f", from {days[0]} to {days[-1]}") if days else ""
        votes = sum(None not in (v.before, v.after) for v in progress.votes.values())
        who = f"<p>Name, as entered: {escape(self._name)}</p>" if self._name else ""
        rows = "".join(
            f'<tr><th scope="row">{escape(line.question.prompt)}</th><td>{_word(line)}</td>'
            f"<td>{escape((line.at or '–')[:16].replace('T', ' '))}</td></tr>"
            for line in lines
        )
        head = "".join(
            f'<th scope="col">{words}</th>' for words in ("Question", "First answer", "When")
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(COURSE)}'
            "</title><style>body { font-family: sans-serif; max-width: 50em; margin: 2em auto; "
            "padding: 0 1em; line-height: 1.4 } th, td { text-align: left; font-weight: normal; "
            "vertical-align: top; padding: 0.25em 1em 0.25em 0; border-bottom: 1px solid #bbb }"
            f"</style></head><body><h1>{escape(COURSE)}</h1>{who}<p>Final test: {len(answered)} of "
            f"{len(lines)} questions answered, {right} right at the first try{when}. Votes on "
            f"claims both before and after the evidence: {votes}.</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            f"<p>{HONEST}</p></body></html>"
        )

    def save(self, path: str | Path = FILE) -> Path:
        """Write the certificate to a new file and give its path.

        Raises
        ------
        FileExistsError
            If there is something of that name; it is left as it is.
        OSError
            If the file cannot be written there.
        """
        target = Path(path).expanduser()
        write_new(target, self.html)
        return target

    @property
    def link(self) -> str:
        """A short summary and a link that saves the page, which it carries within itself."""
        lines = self.lines
        answered = [line for line in lines if line.right is not None]
        if not answered:
            return "<p>There is nothing to certify yet: answer questions of the test first.</p>"
        right = sum(bool(line.right) for line in answered)
        page = b64encode(self.html.encode()).decode()
        return (
            f"<p>{len(answered)} of {len(lines)} questions answered, {right} right at the first "
            f'try. <a download="{FILE}" href="data:text/html;charset=utf-8;base64,{page}">Save '
            "the certificate</a> (a page of HTML; it stays on this machine).</p>"
        )

    def __repr__(self) -> str:
        return PLAIN

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the link as a widget, and a fixed sentence as text."""
        data, metadata = bundle_of(ipywidgets.HTML(self.link))
        return data | {"text/plain": PLAIN}, metadata


def _word(line: Line) -> str:
    if line.right is None:
        return "not answered"
    return "right" if line.right else "not right"
