"""The table that shows a student what is done and what is worth another look."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets  # type: ignore[import-untyped]

from course_lib.learning.cards import bundle_of
from course_lib.learning.questions import QuestionData, QuestionLibrary
from course_lib.learning.record import Progress
from course_lib.learning.store import ProgressStore

PLAIN = "Your progress: shown when you run this cell."


@dataclass(frozen=True)
class Row:
    """Progress in one notebook; ``revisit`` holds the questions not right at the first try."""

    notebook: str
    questions: int
    done: int
    first_time_right: int
    predictions: int
    locked: int
    revisit: tuple[QuestionData, ...]


class ProgressReport:
    """What a student has done, notebook by notebook.

    Shown as a widget, because the words stored in a notebook must be the same for everyone.
    """

    def __init__(
        self, library: QuestionLibrary, notebooks: tuple[str, ...], store: ProgressStore
    ) -> None:
        self._library, self._notebooks, self._store = library, notebooks, store

    @property
    def rows(self) -> tuple[Row, ...]:
        """Progress as it is now, one row per notebook."""
        progress = self._store.read()
        return tuple(self._row(notebook, progress) for notebook in self._notebooks)

    def _row(self, notebook: str, progress: Progress) -> Row:
        asked = [q for q in self._library.questions.values() if q.notebook == notebook]
        guessed = [p for p in self._library.predictions.values() if p.notebook == notebook]
        done = [q for q in asked if q.id in progress.answers]
        right = [q for q in done if progress.answers[q.id].first_correct]
        return Row(
            notebook=notebook,
            questions=len(asked),
            done=len(done),
            first_time_right=len(right),
            predictions=len(guessed),
            locked=sum(p.id in progress.predictions for p in guessed),
            revisit=tuple(q for q in done if q not in right),
        )

    @property
    def html(self) -> str:
        """The table as HTML, with all text escaped."""
        progress = self._store.read()
        head = "".join(
            f'<th scope="col">{words}</th>'
            for words in ("Notebook", "Questions done", "Right first time",
                          "Predictions locked", "To revisit")
        )  # fmt: skip
        body = "".join(self._html_row(row, progress) for row in self.rows)
        before = sum(vote.before is not None for vote in progress.votes.values())
        after = sum(vote.after is not None for vote in progress.votes.values())
        voted = f"<p>Votes on claims: {before} before the evidence, {after} after it.</p>"
        notice = f"<p>⚠ {escape(progress.notice)}</p>" if progress.notice else ""
        # The class keeps MathJax from reading formulas into a student's or instructor's text.
        return (
            "<style>.course-progress { white-space: normal; line-height: 1.4; overflow-x: auto }"
            ".course-progress :is(th, td) { text-align: left; padding: 0.2em 1em 0.2em 0 }</style>"
            f'<div class="course-progress tex2jax_ignore mathjax_ignore">{notice}'
            f"<table><caption>Your progress, kept in {escape(str(self._store.path))}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{voted}</div>"
        )

    @staticmethod
    def _html_row(row: Row, progress: Progress) -> str:
        def entry(question: QuestionData) -> str:
            last = question.option(progress.answers[question.id].last)
            now = " (right by now)" if last is not None and last.correct else ""
            return f"<li>{escape(question.prompt)}{now}</li>"

        revisit = "".join(map(entry, row.revisit))
        cells = (
            f"{row.done} of {row.questions}",
            f"{row.first_time_right} of {row.done}",
            f"{row.locked} of {row.predictions}",
            f'<ul style="margin: 0; padding-left: 1.2em">{revisit}</ul>' if revisit else "–",
        )
        data = "".join(f"<td>{cell}</td>" for cell in cells)
        name = escape(row.notebook.replace("_", " "))
        return f'<tr><th scope="row">{name}</th>{data}</tr>'

    def __repr__(self) -> str:
        return PLAIN

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the table as a widget, and a fixed sentence as text."""
        data, metadata = bundle_of(ipywidgets.HTML(self.html))
        return data | {"text/plain": PLAIN}, metadata
