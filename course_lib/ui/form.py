"""One question to a student: options or a number, a button, and room for the answer to it."""

from __future__ import annotations

import logging
import math
import pathlib
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import anywidget
import traitlets

log = logging.getLogger("course_lib")
log.addHandler(logging.NullHandler())  # a traceback belongs in a log, never below a student's cell
HERE = pathlib.Path(__file__).parent

Tone = Literal["right", "not yet", "note", "problem"]
SYMBOLS: Mapping[Tone, str] = {"right": "✓", "not yet": "✗", "note": "●", "problem": "⚠"}


class NotAllowedError(ValueError):
    """What was sent is not an answer; the message names it and says what is allowed."""


@dataclass(frozen=True)
class ChoiceField:
    """Radio buttons: ``options`` maps each value to the words beside its button."""

    options: Mapping[str, str]

    def check(self, value: object) -> str:
        """Give back a known option; raise :class:`NotAllowedError` for anything else."""
        if value is None:
            raise NotAllowedError("Nothing is chosen yet. Choose one of the options above.")
        if not isinstance(value, str) or value not in self.options:
            allowed = "; ".join(self.options.values())
            raise NotAllowedError(
                f"{reprlib.repr(value)} is not one of the options. Choose one of: {allowed}."
            )
        return value

    def spec(self) -> dict[str, Any]:
        """Describe the field for the page."""
        return {"kind": "choice", "options": [list(pair) for pair in self.options.items()]}


@dataclass(frozen=True)
class NumberField:
    """A number input; ``minimum``, ``maximum`` and ``step`` are in ``unit``."""

    unit: str
    minimum: float
    maximum: float
    step: float | None = None

    @property
    def allowed(self) -> str:
        """The range in words, with its unit."""
        return f"from {number(self.minimum)} to {number(self.maximum)} {self.unit}".rstrip()

    def check(self, value: object) -> float:
        """Give back a number within range; raise :class:`NotAllowedError` for anything else."""
        if value is None:
            raise NotAllowedError(f"No number is entered yet. Enter a number {self.allowed}.")
        not_a_number = isinstance(value, float) and math.isnan(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not_a_number:
            raise NotAllowedError(
                f"{reprlib.repr(value)} is not a number. Enter a number {self.allowed}."
            )
        if not self.minimum <= value <= self.maximum:
            raise NotAllowedError(
                f"{reprlib.repr(value)} is out of range. Enter a number {self.allowed}."
            )
        return float(value)

    def spec(self) -> dict[str, Any]:
        """Describe the field for the page."""
        return {
            "kind": "number",
            "hint": f"A number {self.allowed}",
            "unit": self.unit,
            "min": self.minimum,
            "max": self.maximum,
            "step": self.step,
        }


@dataclass(frozen=True)
class Feedback:
    """What the form says: a headline with a symbol, then lines of plain text."""

    tone: Tone
    headline: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormState:
    """All that changes in a form: the answer taken, what is said about it, and the lock."""

    value: str | float | None = None
    feedback: Feedback | None = None
    locked: bool = False


class Form(anywidget.AnyWidget):
    """A form of one field. The page only sends what was entered; the kernel decides.

    Parameters
    ----------
    title, prompt
        Short heading, and the question itself. All text is shown as it is, never as HTML.
    field
        What can be entered.
    button
        Word on the button.
    on_submit
        Called with a checked answer; returns the state that the form shows next.
    state
        What the form shows first.
    """

    _esm = HERE / "form.js"
    _css = HERE / "form.css"
    spec = traitlets.Dict().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        title: str,
        prompt: str,
        field: ChoiceField | NumberField,
        on_submit: Callable[[Any], FormState],
        button: str = "Check",
        state: FormState = FormState(),
    ) -> None:
        self.field, self.state = field, state
        self._on_submit = on_submit
        self._serial = 0
        super().__init__(
            spec={"title": title, "prompt": prompt, "button": button, **field.spec()},
            shown=self._as_shown(state.feedback),
        )
        self.on_msg(self._received)

    def submit(self, value: object) -> None:
        """Take what a student entered, just as if the page had sent it.

        A value that is not allowed is named in the feedback and changes nothing else.
        """
        try:
            state = self._on_submit(self.field.check(value))
        except NotAllowedError as problem:
            self._show(Feedback("problem", "Please check", (str(problem),)))
        except Exception:
            log.exception("a form could not take %s", reprlib.repr(value))
            self._show(
                Feedback(
                    "problem",
                    "Something went wrong in the course",
                    ("It is not your answer's fault. Run this cell again, then answer again.",),
                )
            )
        else:
            self.state = state
            self._show(state.feedback)

    @property
    def feedback(self) -> str:
        """The words now shown below the button."""
        return "\n".join([self.shown["headline"], *self.shown["lines"]]).strip()

    def _show(self, feedback: Feedback | None) -> None:
        self._serial += 1
        self.shown = self._as_shown(feedback)

    def _as_shown(self, feedback: Feedback | None) -> dict[str, Any]:
        tone = feedback.tone if feedback else ""
        return {
            "value": self.state.value,
            "locked": self.state.locked,
            "tone": tone,
            "headline": f"{SYMBOLS[feedback.tone]} {feedback.headline}" if feedback else "",
            "lines": list(feedback.lines) if feedback else [],
            # Equal words sent twice must still reach the page: it is waiting for an answer.
            "serial": self._serial,
        }

    def _received(self, _widget: object, message: object, _buffers: object) -> None:
        if isinstance(message, dict) and message.get("kind") == "submit":
            self.submit(message.get("value"))


def number(value: float) -> str:
    """Write a number as briefly as it can be read: ``0.70`` is ``0.7``, ``2.0`` is ``2``."""
    return f"{value:.10g}"
