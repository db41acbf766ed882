"""A notebook as a page: its words as they are, its widgets as elements that the page runs itself.

The page is Markdown for Sphinx. Every element carries its data, and until the page's script has
run (or where none runs) the picture and the words that the data stand for.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from course_lib import evidence
from course_lib.explorers import CATALOGUE
from course_lib.learning.cards import VERDICTS, Card, Prediction, Question, Vote, word
from course_lib.learning.questions import QuestionLibrary
from course_lib.learning.record import Phase
from course_lib.learning.store import ProgressStore
from course_lib.publish.frames import page_spec

# Its picture is made of the student's own votes: the page lists them in a table instead.
PERSONAL = frozenset({"vote_changes"})
NOBODY = ProgressStore("nobody-has-answered-here.json")  # read, never written: there is no file

EDITION = (
    "Nothing needs to be run here: what is said about running cells, about *Present* and about "
    "your prediction in a picture is for the [live course](index.md#The-live-course). Here your "
    "prediction stands in the reading below the picture, and your answers stay in this browser."
)
ONE_AT_A_TIME = (
    "Here one control moves at a time: the others go back to their start. In the "
    '<a href="index.html#the-live-course">live course</a> they all move together.'
)
TO_CHANGE = '<p class="course-note">To change this code and run it, open the live course.</p>'


@dataclass
class Page:
    """What has been found in a notebook so far.

    Attributes
    ----------
    name
        Of the notebook, without its ending.
    library
        All questions and predictions.
    guesses
        Variable in the notebook -> id of the prediction that it holds.
    explorers
        Names of the explorers shown.
    """

    name: str
    library: QuestionLibrary
    guesses: dict[str, str] = field(default_factory=dict)
    explorers: list[str] = field(default_factory=list)

    def markdown(self, cells: list[dict[str, Any]]) -> str:
        """Give the whole page."""
        parts = []
        for cell in cells:
            source = "".join(cell["source"])
            parts.append(words(source) if cell["cell_type"] == "markdown" else self._code(cell))
        text = "\n\n".join(part for part in parts if part)
        if not re.search(r"^## ", text, re.M):
            text = re.sub(r"^### ", "## ", text, flags=re.M)  # the glossary has no sections
        if any(cell["cell_type"] == "code" for cell in cells):
            edition = f":::{{admonition}} Page edition\n{EDITION}\n:::"
            text = text.replace("\n## ", f"\n{edition}\n\n## ", 1)
        return text + "\n"

    def _code(self, cell: Mapping[str, Any]) -> str:
        source = "".join(cell["source"])
        shown = self._shown(source)
        if shown is not None:
            return raw(shown)
        output = "\n\n".join(filter(None, map(stored, cell["outputs"])))
        if "hide-input" in cell["metadata"].get("tags", ()):
            return output
        code = fenced("python", source)
        return "\n\n".join(filter(None, [code, output, raw(TO_CHANGE)]))

    def _shown(self, source: str) -> str | None:
        """Give the element for a cell that shows a widget; None for any other cell."""
        for statement in ast.parse(source).body:
            call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
            if not isinstance(call, ast.Call) or not _name(call).startswith("predict("):
                continue
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                self.guesses[statement.targets[0].id] = _text(call)
        last = ast.parse(source).body[-1]
        if not isinstance(last, ast.Expr):
            return None
        if isinstance(last.value, ast.Name) and last.value.id in self.guesses:
            return self._card("prediction", self.guesses[last.value.id])
        if not isinstance(last.value, ast.Call):
            return None
        return self._call(last.value)

    def _call(self, call: ast.Call) -> str | None:
        name = _name(call)
        if name.startswith("explorers."):
            return self._explorer(name.removeprefix("explorers.").rstrip("("), call)
        makers: Mapping[str, Callable[[], str]] = {
            "ask(": lambda: self._card("question", _text(call)),
            "predict(": lambda: self._card("prediction", _text(call)),
            "vote(": lambda: vote(_text(call), _text(call, 1)),
            "claim_votes(": first_votes,
            "progress(": self._progress,
            "certificate(": lambda: (
                '<p class="course-note">The certificate is made by the live '
                "course, which reads the copy of your answers that you can save above.</p>"
            ),
        }
        return makers[name]() if name in makers else None

    def _card(self, kind: str, id_: str) -> str:
        card: Question | Prediction
        if kind == "question":
            question = self.library.questions[id_]
            card = Question(question, NOBODY)
            more: dict[str, Any] = {"options": [vars(option) for option in question.options]}
        else:
            prediction = self.library.predictions[id_]
            card = Prediction(prediction, NOBODY)
            more = {"values": dict(prediction.values)}
        return form(kind, id_, card, more)

    def _progress(self) -> str:
        library = self.library
        data = {
            "questions": [q.id for q in library.questions.values() if q.notebook == self.name],
            "predictions": [p.id for p in library.predictions.values() if p.notebook == self.name],
        }
        return element("progress", data, "<p>Your answers stay in this browser.</p>")

    def _explorer(self, name: str, call: ast.Call) -> str:
        if name in PERSONAL:
            return own_votes()
        self.explorers.append(name)
        guess = next((k.value for k in call.keywords if k.arg == "prediction"), None)
        prediction = None
        if isinstance(guess, ast.Name):
            found = self.library.predictions[self.guesses[guess.id]]
            unit = found.number.unit if found.number else ""
            prediction = {"id": found.id, "label": found.label, "unit": unit}
        return explorer(name, prediction)


def page(notebook: Path, library: QuestionLibrary) -> tuple[str, list[str]]:
    """Read a notebook; give its page as Markdown, and the names of the explorers on it."""
    found = Page(notebook.stem, library)
    text = found.markdown(json.loads(notebook.read_text(encoding="utf-8"))["cells"])
    return text, found.explorers


def words(markdown: str) -> str:
    """Let links to notebooks lead to their pages."""
    return re.sub(r"\]\((\w+)\.ipynb(#[^)]*)?\)", r"](\1.md\2)", markdown)


def heading_anchor(title: str) -> str:
    """Name a heading as JupyterLab does, which is how the notebooks' links name it."""
    return title.replace(" ", "-")


# ---- elements -----------------------------------------------------------------------------------


def explorer(name: str, prediction: Mapping[str, str] | None = None) -> str:
    """Give an explorer: its data, and its first picture with reading and alternative text."""
    spec = page_spec(CATALOGUE[name]())
    (wide, wide_high), (narrow, narrow_high) = spec["sizes"]["w"], spec["sizes"]["n"]
    start = spec["start"]
    rows = "".join(
        f"<div><dt>{escape(a)}</dt><dd>{escape(b)}</dd></div>" for a, b in start["reading"]
    )
    stored = (
        f'<figure class="course-explorer"><figcaption class="ce-title">{escape(spec["title"])}'
        f'</figcaption><picture><source media="(max-width: 600px)" width="{narrow}" '
        f'height="{narrow_high}" srcset="explorers/{name}/n0.webp"><img class="ce-picture" '
        f'src="explorers/{name}/w0.webp" width="{wide}" height="{wide_high}" '
        f'alt="{escape(start["alt"])}"></picture><dl class="ce-reading">{rows}</dl></figure>'
    )
    data = {"name": name, "spec": spec, "prediction": prediction}
    return element("explorer", data, f'{stored}<p class="course-note">{ONE_AT_A_TIME}</p>')


def form(kind: str, id_: str, card: Card, more: Mapping[str, Any]) -> str:
    """Give a question, a prediction or a vote: its data, and its words."""
    spec = {"title": card.title, "prompt": card.prompt, "button": card.button, **card.field.spec()}
    data = {"kind": kind, "id": id_, "spec": spec, **more}
    options = "".join(f"<li>{escape(text)}</li>" for _, text in spec.get("options", ()))
    below = f"<ul>{options}</ul>" if options else f"<p>{escape(spec['hint'])}</p>"
    stored = (
        f'<div class="course-form"><p class="cf-title">{escape(card.title)}</p>'
        f'<p class="cf-prompt">{escape(card.prompt)}</p>{below}</div>'
    )
    return element("form", data, stored)


def vote(claim_id: str, phase: str) -> str:
    """Give the vote on one claim."""
    known: Phase = "after" if phase == "after" else "before"
    card = Vote(claim_id, evidence.claims()[claim_id].text, known, NOBODY)
    return form("vote", claim_id, card, {"phase": phase, "words": _verdict_words()})


def first_votes() -> str:
    """Give the votes on all claims, each to be opened."""
    return "".join(
        f"<details><summary>{claim.id} {escape(claim.text)}</summary>{vote(claim.id, 'before')}"
        "</details>"
        for claim in evidence.claims().values()
    )


def own_votes() -> str:
    """Give the table of the student's own votes."""
    claims = [
        {"id": c.id, "text": c.text, "verdict": str(c.verdict)} for c in evidence.claims().values()
    ]
    data = {"claims": claims, "words": _verdict_words()}
    return element("votes", data, "<p>Your votes, before and after, are listed here.</p>")


def element(kind: str, data: Mapping[str, Any], stored: str) -> str:
    """Wrap data and what stands there before the page's script has run."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    script = f'<script type="application/json">{text}</script>'
    return f'<div class="course-element" data-course="{kind}">{script}{stored}</div>'


def _verdict_words() -> dict[str, str]:
    return {verdict: word(verdict) for verdict in VERDICTS}


# ---- Markdown -----------------------------------------------------------------------------------


def stored(output: Mapping[str, Any]) -> str:
    """Give a stored output: HTML where there is some, else text."""
    data = output.get("data", {"text/plain": output.get("text", "")})
    if "text/html" in data:
        html = re.sub(r'href="(\w+)\.ipynb', r'href="\1.html', "".join(data["text/html"]))
        if "<table" in html:
            region = 'class="course-scroll" role="region" aria-label="Table" tabindex="0"'
            html = f"<div {region}>{html}</div>"
        return raw(html)
    return fenced("text", "".join(data["text/plain"]))


def raw(html: str) -> str:
    """Hand HTML on as it is."""
    return f"````{{raw}} html\n{html}\n````"


def fenced(language: str, text: str) -> str:
    """Give code or its output."""
    return f"```{{code-block}} {language}\n{text.rstrip()}\n```"


def _name(call: ast.Call) -> str:
    return f"{ast.unparse(call.func)}("


def _text(call: ast.Call, place: int = 0) -> str:
    """Give an argument that is written out as text."""
    argument = call.args[place]
    if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        raise ValueError(f"{ast.unparse(call)}: write the id itself, in quotation marks")
    return argument.value
