"""What a notebook shows of a question, a prediction or a vote."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from course_lib.learning.questions import PredictionData, QuestionData
from course_lib.learning.record import Answer, Phase, Progress, Value
from course_lib.learning.store import ProgressStore
from course_lib.learning.words import markdown, plain
from course_lib.ui.form import (
    ChoiceField,
    Feedback,
    Form,
    FormState,
    NotAllowedError,
    NumberField,
    number,
)

log = logging.getLogger("course_lib")

VERDICTS: Mapping[str, str] = {
    "supported": "Supported: good evidence speaks for it",
    "partly": "Partly true: part of it holds, or it holds for some people only",
    "misleading": "Misleading: a fact is in it, but it does not mean what it seems to say",
    "contradicted": "Contradicted: good evidence speaks against it",
    "untested": "Untested: nobody has put it to a fair test",
}


class Card(ABC):
    """A form where a kernel runs, and the same words as plain text or Markdown elsewhere.

    The form is made at the first display, so that a notebook that only names a card costs nothing.
    """

    title: str
    button: str
    prompt: str
    field: ChoiceField | NumberField

    def __init__(self, store: ProgressStore) -> None:
        self._store = store
        self._form: Form | None = None

    @property
    def form(self) -> Form:
        """The widget; it begins with what the student did before."""
        if self._form is None:
            progress = self._store.read()
            self._form = Form(
                title=self.title,
                prompt=self.prompt,
                field=self.field,
                button=self.button,
                on_submit=lambda value: self._with_notice(*self._take(value)),
                state=self._with_notice(self._state(progress), progress),
            )
        return self._form

    @abstractmethod
    def _take(self, value: Any) -> tuple[FormState, Progress]:
        """Keep what the student entered and say what the form shows next."""

    @abstractmethod
    def _state(self, progress: Progress) -> FormState:
        """Say what the form shows of earlier work."""

    @staticmethod
    def _with_notice(state: FormState, progress: Progress) -> FormState:
        """Add what went wrong with the progress file to what the form says."""
        if not progress.notice:
            return state
        said = state.feedback or Feedback("problem", "Your progress file needs attention")
        told = Feedback(said.tone, said.headline, (*said.lines, progress.notice))
        return FormState(state.value, told, state.locked)

    def _words(self) -> tuple[str, str, list[str], str]:
        if isinstance(self.field, ChoiceField):
            return self.title, self.prompt, list(self.field.options.values()), ""
        return self.title, self.prompt, [], f"A number {self.field.allowed}"

    def __repr__(self) -> str:
        return plain(*self._words())

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give a live form, and its words for readers without a kernel."""
        data, metadata = bundle_of(self.form)
        words = {"text/plain": repr(self), "text/markdown": markdown(*self._words())}
        return data | words, metadata


class Question(Card):
    """A question with explained feedback on every option; it may be tried again."""

    title = "Question"
    button = "Check"

    def __init__(self, data: QuestionData, store: ProgressStore) -> None:
        super().__init__(store)
        self.data, self.id = data, data.id
        self.prompt, self.field = data.prompt, data.field

    def _take(self, value: str) -> tuple[FormState, Progress]:
        option = self.data.option(value)
        progress = self._store.answer(self.id, value, correct=bool(option and option.correct))
        return self._explain(progress.answers[self.id]), progress

    def _state(self, progress: Progress) -> FormState:
        answer = progress.answers.get(self.id)
        return self._explain(answer) if answer else FormState()

    def _explain(self, answer: Answer) -> FormState:
        option = self.data.option(answer.last)
        if option is None:
            said = f"Your earlier answer was: {answer.last}"
            return FormState(feedback=Feedback("note", "The question has changed since", (said,)))
        if not option.correct:
            lines = (option.explanation, "You can try again.")
            return FormState(option.text, Feedback("not yet", "Not yet", lines))
        if answer.first_correct:
            return FormState(option.text, Feedback("right", "Right", (option.explanation,)))
        kept = f"Your first answer stays in your progress: {answer.first}"
        return FormState(option.text, Feedback("right", "Right", (option.explanation, kept)))


class Prediction(Card):
    """A number or a choice that is locked when it is given; an explorer draws it.

    Attributes
    ----------
    id, label
        Name in the question file, and short words for the picture.
    at
        x coordinate at which an explorer draws it; None if it has no place on an axis.
    value
        What the student predicted; None until it is locked.
    """

    title = "Predict"
    button = "Lock my prediction"

    def __init__(self, data: PredictionData, store: ProgressStore) -> None:
        super().__init__(store)
        self.data, self.id, self.label, self.at = data, data.id, data.label, data.at
        self.prompt, self.field = data.prompt, data.field
        self.value: Value | None = None
        self._callbacks: list[Callable[[Prediction], None]] = []
        self._state(store.read())

    def on_change(self, callback: Callable[[Prediction], None]) -> None:
        """Call ``callback`` with this prediction when the student locks it."""
        self._callbacks.append(callback)

    def _take(self, value: Value) -> tuple[FormState, Progress]:
        meanings: dict[Value, Value] = dict(self.data.values)
        had_one = self.value is not None
        progress = self._store.lock(self.id, meanings.get(value, value))
        state = self._state(progress)
        if self.value is not None and not had_one:
            self._tell()
        return state, progress

    def _state(self, progress: Progress) -> FormState:
        """Show the prediction if it is locked, here or by another kernel."""
        locked = progress.predictions.get(self.id)
        if locked is None:
            return FormState()
        if not self._fits(locked.value):
            said = f"Your earlier prediction was: {locked.value}"
            feedback = Feedback("note", "This prediction has changed since", (said,))
            return FormState(feedback=feedback, locked=True)
        self.value = locked.value
        texts: dict[Value, str] = {value: text for text, value in self.data.values}
        entered = texts.get(self.value, self.value)
        shown = entered if isinstance(entered, str) else self._with_unit(entered)
        lines = ("It stays as it is, so that you can compare it with what comes next.",)
        feedback = Feedback("note", f"Your prediction: {shown}, locked", lines)
        return FormState(entered, feedback, locked=True)

    def _tell(self) -> None:
        for callback in self._callbacks:
            try:
                callback(self)
            except Exception:  # a picture that fails must not take the prediction with it
                log.exception("prediction %s could not be shown", self.id)

    def _fits(self, value: Value) -> bool:
        """Say whether a stored value is still one that this prediction can have."""
        if self.data.number is None:
            return value in dict(self.data.values).values()
        try:
            return self.data.number.check(value) == value
        except NotAllowedError:
            return False

    def _with_unit(self, value: float) -> str:
        return f"{number(value)} {self.data.number.unit if self.data.number else ''}".rstrip()


class Vote(Card):
    """A student's verdict on one claim, before or after the evidence.

    The form never shows the course's own verdict: that is the verdict card's task.
    """

    button = "Vote"

    def __init__(self, claim_id: str, claim: str, phase: Phase, store: ProgressStore) -> None:
        super().__init__(store)
        self.id, self.phase = claim_id, phase
        self.title = f"Your vote {phase} the evidence, claim {claim_id}"
        self.prompt, self.field = f"“{claim}”", ChoiceField(VERDICTS)

    def _take(self, value: str) -> tuple[FormState, Progress]:
        progress = self._store.vote(self.id, self.phase, value)
        return self._state(progress), progress

    def _state(self, progress: Progress) -> FormState:
        votes = progress.votes.get(self.id)
        chosen = getattr(votes, self.phase, None)
        if votes is None or chosen is None:
            return FormState()
        known = chosen if chosen in VERDICTS else None
        headline = f"You voted: {word(chosen)}"
        if self.phase == "before":
            lines = ("This first vote stays. You vote again after the evidence.",)
            return FormState(known, Feedback("note", headline, lines), locked=True)
        return FormState(known, Feedback("note", headline, (_moved(votes.before, chosen),)))


def word(verdict: str) -> str:
    """Give the one or two words of a verdict, e.g. ``Partly true``."""
    return VERDICTS.get(verdict, verdict).split(":")[0]


def _moved(before: str | None, after: str) -> str:
    if before is None:
        return "There is no vote from before the evidence to compare it with."
    if before == after:
        return f"Your vote did not move: {word(before)} before and after."
    return f"Your vote moved: {word(before)} before, {word(after)} after."


def bundle_of(widget: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a widget's data and metadata, in whichever of its two forms it returns them."""
    made = widget._repr_mimebundle_() or {}
    data, metadata = made if isinstance(made, tuple) else (made, {})
    return dict(data), dict(metadata)
