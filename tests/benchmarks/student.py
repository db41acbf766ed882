"""A student without a browser: runs a notebook and slides, as the page's explorer.js does."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

IN_FLIGHT = 2  # as in explorer.js, like the next two
REST_S = 0.14
DENSITY = 2  # most laptops' screens
EVENT_S = 1 / 60  # a mouse that is dragged sends as many
PROTOCOL = "v1.kernel.websocket.jupyter.org"
LARGEST_MESSAGE = 100_000_000


@dataclass(frozen=True)
class Frame:
    """One picture that came: whether the slider was moving, and seconds from request to frame."""

    moving: bool
    latency: float


@dataclass
class Explorer:
    """What a page knows of an explorer, and what it has asked for."""

    id: str
    spec: dict[str, Any]
    values: dict[str, Any]
    seq: int = 0
    asked: dict[int, tuple[float, bool]] = field(default_factory=dict)
    most_in_flight: int = 0

    @property
    def sliders(self) -> list[dict[str, Any]]:
        return [control for control in self.spec["controls"] if control["kind"] == "slider"]


class Student:
    """One kernel and the page that talks to it."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self._socket = socket
        self._session = uuid4().hex
        self._waiting: dict[tuple[str, str], asyncio.Future[str]] = {}
        self._arrived = asyncio.Event()
        self.explorers: dict[str, Explorer] = {}
        self.frames: list[Frame] = []
        self.errors: list[str] = []

    # ---- messages ---------------------------------------------------------------------------

    async def _send(self, kind: str, content: dict[str, Any]) -> str:
        header = {
            "msg_id": uuid4().hex, "msg_type": kind, "session": self._session,
            "username": "student", "version": "5.3", "date": datetime.now(UTC).isoformat(),
        }  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        packed = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        await self._socket.write_message(packed, binary=True)
        return header["msg_id"]

    async def listen(self) -> None:
        """Take messages until the connection closes."""
        while (packed := await self._socket.read_message()) is not None:
            _, parts = deserialize_msg_from_ws_v1(packed)
            header, parent, _, content = (json.loads(part) for part in parts[:4])
            match header["msg_type"]:
                case "execute_reply":
                    self._done("reply", parent, content["status"])
                case "status" if content["execution_state"] == "idle":
                    self._done("idle", parent, "idle")
                case "comm_open":
                    self._opened(content)
                case "comm_msg":
                    self._updated(content)

    def _done(self, what: str, parent: dict[str, Any], status: str) -> None:
        waiting = self._waiting.pop((parent.get("msg_id", ""), what), None)
        if waiting is not None:
            waiting.set_result(status)

    def _opened(self, content: dict[str, Any]) -> None:
        state = content["data"].get("state", {})
        spec = state.get("spec") or {}
        if "defaults" in spec and "controls" in spec:
            one = Explorer(content["comm_id"], spec, dict(spec["defaults"]))
            if one.sliders:
                self.explorers[one.id] = one

    def _updated(self, content: dict[str, Any]) -> None:
        explorer = self.explorers.get(content["comm_id"])
        state = content["data"].get("state", {}).get("state")
        if explorer is None or state is None or state["seq"] not in explorer.asked:
            return
        began, moving = explorer.asked.pop(state["seq"])
        self.frames.append(Frame(moving, time.perf_counter() - began))
        if state["error"]:
            self.errors.append(state["error"])
        self._arrived.set()

    # ---- what a student does ----------------------------------------------------------------

    async def run_cell(self, source: str) -> None:
        """Run a cell and wait until it is done and all that it shows has arrived."""
        id_ = await self._send("execute_request", {"code": source, "store_history": True})
        # Idle follows the last output on its own channel; the reply comes on another.
        for what in ("reply", "idle"):
            self._waiting[id_, what] = asyncio.get_running_loop().create_future()
        status, _ = await asyncio.gather(self._waiting[id_, "reply"], self._waiting[id_, "idle"])
        if status != "ok":
            raise RuntimeError(f"a cell ended with {status}: {source}")

    async def slide(self, dice: random.Random, seconds: float) -> None:
        """Drag one slider to and fro, then wait for the lossless picture."""
        explorer = dice.choice(list(self.explorers.values()))
        slider = dice.choice(explorer.sliders)
        start, speed = dice.random(), dice.uniform(0.2, 0.8)  # in widths of the slider
        began = time.perf_counter()
        wanted = False
        tick = began
        while (now := time.perf_counter()) < began + seconds:
            if now >= tick:
                tick += EVENT_S
                turn = (start + speed * (now - began)) % 2
                explorer.values[slider["name"]] = _value(slider, min(turn, 2 - turn))
                wanted = True
            if wanted and len(explorer.asked) < IN_FLIGHT:
                wanted = False
                await self._ask(explorer, moving=True)
            await self._next_frame(max(0.0, tick - time.perf_counter()))
        await asyncio.sleep(REST_S)
        while explorer.asked:
            await self._next_frame()
        await self._ask(explorer, moving=False)
        while explorer.asked:
            await self._next_frame()

    async def _ask(self, explorer: Explorer, *, moving: bool) -> None:
        explorer.seq += 1
        explorer.asked[explorer.seq] = (time.perf_counter(), moving)
        explorer.most_in_flight = max(explorer.most_in_flight, len(explorer.asked))
        request = {
            "kind": "request", "seq": explorer.seq, "sender": self._session, "moving": moving,
            "narrow": False, "values": explorer.values, "present": False, "density": DENSITY,
        }  # fmt: skip
        data = {"method": "custom", "content": request}
        await self._send("comm_msg", {"comm_id": explorer.id, "data": data})

    async def _next_frame(self, timeout: float = 60.0) -> None:
        """Wait for a frame, or until the slider moves on."""
        try:
            await asyncio.wait_for(self._arrived.wait(), timeout)
        except TimeoutError:
            return
        self._arrived.clear()


def _value(slider: dict[str, Any], place: float) -> float:
    """Give the value at a place from 0 to 1 along a slider."""
    low, high, step = slider["min"], slider["max"], slider["step"]
    value = low * (high / low) ** place if slider["scale"] == "log" else low + place * (high - low)
    return float(min(high, max(low, round(value / step) * step)))


@asynccontextmanager
async def sitting_down(address: str, token: str) -> AsyncIterator[Student]:
    """Start a kernel on a Jupyter server and connect to it; shut it down at the end."""
    headers = {"Authorization": f"token {token}"}
    web = AsyncHTTPClient()
    answer = await web.fetch(
        f"{address}api/kernels", method="POST", headers=headers, body=b"{}", request_timeout=120
    )
    kernel = json.loads(answer.body)["id"]
    socket = await websocket_connect(
        HTTPRequest(f"{address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels",
                    headers=headers, connect_timeout=120),
        subprotocols=[PROTOCOL],
        max_message_size=LARGEST_MESSAGE,
    )  # fmt: skip
    student = Student(socket)
    listening = asyncio.create_task(student.listen())
    try:
        yield student
    finally:
        socket.close()
        await listening
        await web.fetch(f"{address}api/kernels/{kernel}", method="DELETE", headers=headers)
