"""The widget behind an explorer: a thin pipe between the page and the kernel."""

from __future__ import annotations

import logging
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import anywidget
import traitlets

log = logging.getLogger("course_lib.explorer")
HERE = pathlib.Path(__file__).parent


@dataclass(frozen=True)
class Request:
    """What the page asks for: control values and the kind of picture it can show."""

    values: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0
    sender: str = ""
    moving: bool = False
    present: bool = False
    narrow: bool = False
    density: float = 1.0

    @classmethod
    def read(cls, message: object) -> Request | None:
        """Read a message of the page; None for anything that is not a well-formed request."""
        if not isinstance(message, dict) or message.get("kind") != "request":
            return None
        values, density, seq = message.get("values"), message.get("density"), message.get("seq")
        if not isinstance(values, dict) or not isinstance(seq, int):
            return None
        if not isinstance(density, int | float) or not density >= 1:  # NaN is not
            density = 1.0
        return cls(
            values=values,
            seq=seq,
            sender=str(message.get("sender", ""))[:64],
            moving=message.get("moving") is True,
            present=message.get("present") is True,
            narrow=message.get("narrow") is True,
            density=float(min(density, 3.0)),
        )


class ExplorerView(anywidget.AnyWidget):
    """Shows frames and controls in the page; decides nothing itself."""

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    frame = traitlets.Bytes().tag(sync=True)

    def __init__(self, spec: Mapping[str, Any], handler: Callable[[Request], None]) -> None:
        self._handler = handler
        super().__init__(spec=dict(spec))
        self.on_msg(self._received)

    def show(self, picture: bytes, state: Mapping[str, Any]) -> None:
        """Send a picture together with what belongs to it, in one message."""
        with self.hold_sync():
            self.frame = picture
            self.state = dict(state)

    def _received(self, _widget: object, message: object, _buffers: object) -> None:
        request = Request.read(message)
        if request is None:
            return
        try:
            self._handler(request)
        except KeyboardInterrupt:  # the kernel's stop button; the page must not wait for ever
            self._apologise(request, "Python was interrupted. Move a control to draw the picture.")
        except Exception:
            log.exception("an explorer could not answer %s", request)
            self._apologise(
                request, "The picture could not be drawn. Press Reset, or run this cell again."
            )

    def _apologise(self, request: Request, words: str) -> None:
        self.state = {
            **self.state,
            "seq": request.seq,
            "sender": request.sender,
            "error": words,
        }
