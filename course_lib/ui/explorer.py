"""One picture with a few controls, a reading and words for those who cannot see it."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from matplotlib.figure import Figure

from course_lib.ui.canvas import Canvas, PredictionLike, Scene
from course_lib.ui.controls import Control, Value, check_values
from course_lib.ui.reading import Reading, Row
from course_lib.ui.style import Look
from course_lib.ui.view import ExplorerView, Request

R = TypeVar("R")
log = logging.getLogger("course_lib.explorer")
log.addHandler(logging.NullHandler())  # a traceback belongs in a log, never below a student's cell

STATIC_DENSITY = 1.5  # of the stored picture and the first one shown


class Prediction(PredictionLike, Protocol):
    """A prediction that tells when the student locks it."""

    def on_change(self, callback: Callable[[Any], None]) -> None:
        """Call ``callback`` with the prediction when it is locked."""


class Explorer(Generic[R]):
    """Controls, a model, a picture and its text twin, kept in step.

    Parameters
    ----------
    name, title
        Name in the catalogue, and the heading that a student sees.
    controls
        Three to five sliders, choices or switches; their names are the arguments of ``compute``.
    presets
        Words of a button -> the controls that it moves.
    compute
        The model: ``compute(**values)`` gives a result dataclass.
    scene
        The picture that shows a result.
    read, describe
        The reading and the alternative text of a result.
    prediction
        A student's prediction to draw beside the model's answer.

    Raises
    ------
    ValueError
        If two controls share a name or a preset asks for what its controls refuse.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        controls: Sequence[Control],
        compute: Callable[..., R],
        scene: type[Scene[R]],
        read: Callable[[R], Reading],
        describe: Callable[[R], str],
        presets: Mapping[str, Mapping[str, Value]] = MappingProxyType({}),
        prediction: Prediction | None = None,
    ) -> None:
        self.name, self.title = name, title
        self.controls: Mapping[str, Control] = MappingProxyType({c.name: c for c in controls})
        if len(self.controls) != len(controls):
            raise ValueError(f"{name}: two controls share a name")
        self.presets = {w: check_values(self.controls, v) for w, v in presets.items()}
        self._compute, self._scene, self._read, self._describe = compute, scene, read, describe
        self._prediction = prediction
        self._start: R = compute(**self.values)
        self.result: R = self._start
        self.error: str | None = None
        self._look = Look()
        self._canvas: Canvas[R] | None = None
        self._view: ExplorerView | None = None
        if prediction is not None:
            prediction.on_change(self._predicted)

    # ---- moving -----------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, Value]:
        """Present value of each control."""
        return {name: control.value for name, control in self.controls.items()}

    def set(self, **values: Value) -> None:
        """Move controls, with one redraw.

        Raises
        ------
        ValueError
            For an unknown control or a value out of range; nothing is changed then.
        """
        self._move(check_values(self.controls, values))
        self._publish()

    def reset(self) -> None:
        """Put every control back to its default."""
        self.set(**{name: control.default for name, control in self.controls.items()})

    def _move(self, checked: Mapping[str, Value]) -> None:
        """Compute the new state; if the model fails, keep the last good one and say so."""
        wanted = self.values | dict(checked)
        try:
            result = self._compute(**wanted)
            self.canvas.scene.update(result)
        except Exception:
            log.exception("%s could not be computed at %s", self.name, wanted)
            self.error = (
                "This setting could not be computed, so the picture still shows the last one "
                "that could. Press Reset, or try another setting."
            )
            self.canvas.scene.update(self.result)
            return
        self.error, self.result = None, result
        for name, value in checked.items():
            self.controls[name].value = value

    # ---- what it shows ----------------------------------------------------------------------

    @property
    def canvas(self) -> Canvas[R]:
        """The picture in its present look, built when first needed."""
        if self._canvas is not None and self._canvas.look != self._look:
            self._canvas.forget_background()  # its figure is freed only when cycles are collected
            self._canvas = None
        if self._canvas is None:
            self._canvas = Canvas(self._scene, self._look, self._start)
            self._canvas.scene.update(self.result)
            if self._prediction is not None:
                self._canvas.scene.show_prediction(self._prediction)
        return self._canvas

    @property
    def figure(self) -> Figure:
        """The Matplotlib figure."""
        return self.canvas.figure

    @property
    def frame(self) -> bytes:
        """PNG of the picture now shown, one pixel per CSS pixel."""
        return self.canvas.png()

    @property
    def reading(self) -> Reading:
        """What a good teacher would point at, in rows of label, value and unit."""
        rows = self._read(self.result).rows
        guess = self._prediction
        if guess is not None and guess.value is not None:
            value = guess.value if isinstance(guess.value, str) else float(guess.value)
            rows = (*rows, Row(guess.label, value))
        return Reading(rows)

    @property
    def alt(self) -> str:
        """One or two sentences that say what the picture shows now, with its numbers."""
        return self._describe(self.result)

    @property
    def present(self) -> bool:
        """Whether text and lines are enlarged for a room."""
        return self._look.present

    @present.setter
    def present(self, on: bool) -> None:
        self._look = Look(bool(on), self._look.narrow)
        self._publish()

    def __str__(self) -> str:
        settings = [f"  {c.label} = {c.show()}" for c in self.controls.values()]
        # Without the student's own prediction: a stored notebook must not depend on who ran it.
        rows = [f"  {line}" for line in self._read(self.result).lines()]
        return "\n".join([self.title, "Controls", *settings, "Reading", *rows])

    __repr__ = __str__

    # ---- the widget -------------------------------------------------------------------------

    @property
    def widget(self) -> ExplorerView:
        """The Jupyter widget that shows this explorer, made when first needed."""
        if self._view is None:
            self._view = ExplorerView(
                spec={
                    "title": self.title,
                    "controls": [c.spec() for c in self.controls.values()],
                    "defaults": {n: c.default for n, c in self.controls.items()},
                    "presets": [{"words": w, "values": v} for w, v in self.presets.items()],
                },
                handler=self._answer,
            )
            self._publish(Request(density=STATIC_DENSITY))
        return self._view

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002  IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give a live widget, and for readers without a kernel the picture and its text."""
        bundle: Any = self.widget._repr_mimebundle_() or {}
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle)
        data["text/plain"] = str(self)
        static = self._static_canvas()
        data["image/png"] = base64.b64encode(static.png(STATIC_DENSITY, level=6)).decode()
        static.forget_background()
        width, height = static.size
        return data, {"image/png": {"width": width, "height": height, "alt": self.alt}}

    def _static_canvas(self) -> Canvas[R]:
        """Give a wide picture without the student's prediction; mostly that is the live one."""
        if not self._look.narrow and (self._prediction is None or self._prediction.value is None):
            return self.canvas
        return self.canvas_in(Look(present=self.present))

    def canvas_in(self, look: Look) -> Canvas[R]:
        """Draw the present state anew in some look, without the student's prediction."""
        canvas = Canvas(self._scene, look, self._start)
        canvas.scene.update(self.result)
        return canvas

    def _answer(self, request: Request) -> None:
        """Do what the front end asks and send the new picture."""
        try:
            self._look = Look(request.present, request.narrow)
            self._move(check_values(self.controls, request.values))
        except ValueError as problem:
            self.error = str(problem)
        self._publish(request)

    def _publish(self, request: Request | None = None) -> None:
        """Send picture, reading and words to every place where the widget is shown."""
        if self._view is None:
            return
        ask = request or Request()
        picture = self.canvas.jpeg(ask.density) if ask.moving else self.canvas.png(ask.density)
        width, height = self.canvas.size
        self._view.show(
            picture,
            {
                "seq": ask.seq,
                "sender": ask.sender,
                "moving": ask.moving,
                "values": self.values,
                "reading": self.reading.items(),
                "alt": self.alt,
                "error": self.error,
                "width": width,
                "height": height,
                "present": self._look.present,
            },
        )

    def _predicted(self, prediction: Prediction) -> None:
        """Draw the prediction that the student has just locked."""
        if self._canvas is not None:
            self._canvas.scene.show_prediction(prediction)
            self._canvas.forget_background()
        self._publish()
