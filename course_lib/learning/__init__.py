"""Questions, predictions, votes and the student's progress.

In a notebook each is one line: ``ask("01-power")``, ``predict("01-fuel")``,
``vote("C18", "before")``, ``progress()``. Questions are in ``questions/*.toml``; what a student
does is kept in one small file (see :mod:`course_lib.learning.store`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import get_args

from course_lib import evidence
from course_lib.learning import questions
from course_lib.learning.cards import Prediction, Question, Vote
from course_lib.learning.certificate import Certificate
from course_lib.learning.first_votes import ClaimVotes
from course_lib.learning.questions import PredictionData, QuestionLibrary, load_questions
from course_lib.learning.record import Phase, Votes
from course_lib.learning.report import ProgressReport
from course_lib.learning.store import ProgressStore, current_store

__all__ = [
    "Certificate",
    "ClaimVotes",
    "Prediction",
    "ProgressReport",
    "ProgressStore",
    "Question",
    "Vote",
    "ask",
    "certificate",
    "claim_votes",
    "export_progress",
    "load_questions",
    "predict",
    "progress",
    "vote",
    "votes",
]


def ask(question_id: str) -> Question:
    """Show a question with explained feedback on every option.

    Raises
    ------
    ValueError
        If no question has this id; the message names the nearest ones.
    """
    known = _library(questions.FOLDER).questions
    return Question(known[_known("question", question_id, known)], current_store())


def predict(prediction_id: str) -> Prediction:
    """Ask for a prediction, which is locked once given; pass it to an explorer to have it drawn.

    Raises
    ------
    ValueError
        If no prediction has this id; the message names the nearest ones.
    """
    known = _library(questions.FOLDER).predictions
    return _prediction(known[_known("prediction", prediction_id, known)], current_store())


def vote(claim_id: str, phase: Phase = "before") -> Vote:
    """Ask for a verdict on a claim, ``"before"`` or ``"after"`` the evidence.

    Raises
    ------
    ValueError
        If there is no such claim or phase; the message names what is allowed.
    """
    if phase not in get_args(Phase):
        raise ValueError(f"phase is {phase!r}; allowed: 'before', 'after'")
    claims = evidence.claims()
    return Vote(claim_id, claims[_known("claim", claim_id, claims)].text, phase, current_store())


def claim_votes() -> ClaimVotes:
    """Ask for the first verdict on every claim; the notebooks show the same votes again."""
    return ClaimVotes(current_store())


def votes() -> Mapping[str, Votes]:
    """Give the student's votes by claim id, with ``.before`` and ``.after`` (None: no vote)."""
    return current_store().read().votes


def progress(notebook: str | None = None) -> ProgressReport:
    """Show what is done, what was right the first time, and what to revisit.

    Parameters
    ----------
    notebook
        Name such as ``"01_how_muscle_contracts"``; all notebooks if left out.

    Raises
    ------
    ValueError
        If no notebook with questions has this name.
    """
    library = _library(questions.FOLDER)
    wanted = library.notebooks
    if notebook is not None:
        wanted = (_known("notebook with questions", notebook, wanted),)
    return ProgressReport(library, wanted, current_store())


def export_progress(path: str | Path) -> Path:
    """Copy the progress to a new file, to hand in; see :meth:`ProgressStore.export`."""
    return current_store().export(path)


def certificate(notebook: str = "14_case_clinic", name: str = "") -> Certificate:
    """Show a link that saves what was answered in a notebook, and when.

    Parameters
    ----------
    notebook
        By default the one with the final test.
    name
        Written on it as it stands here, and kept nowhere else.

    Raises
    ------
    ValueError
        If no notebook with questions has this name.
    """
    library = _library(questions.FOLDER)
    wanted = _known("notebook with questions", notebook, library.notebooks)
    return Certificate(library, wanted, current_store(), name)


@cache
def _library(folder: Path) -> QuestionLibrary:
    return load_questions(folder)


@cache
def _prediction(data: PredictionData, store: ProgressStore) -> Prediction:
    """Give the same object each time, so that a cell run again still moves the same picture."""
    return Prediction(data, store)


def _known(kind: str, name: str, known: Collection[str]) -> str:
    if isinstance(name, str) and name in known:
        return name
    near = get_close_matches(str(name), known, n=3, cutoff=0.5) or sorted(known)[:5]
    raise ValueError(f"There is no {kind} {name!r}. Near it: {', '.join(near) or 'none'}.")
