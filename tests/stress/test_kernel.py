"""Real kernels: interrupted in mid-update, redrawn a thousand times."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from queue import Empty
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager, start_new_kernel

from course_lib.explorers import CATALOGUE

Count = Callable[[str, object], None]
LARGEST_GROWTH_MB = 10

SLOW = """
import time
from course_lib.explorers import sarcomere
explorer = sarcomere()
again = sarcomere()
compute = explorer._compute
def slowly(**values):
    if values["length_um"] > 3:
        print("computing", flush=True) or time.sleep(60)
    return compute(**values)
explorer._compute = slowly
print(explorer.widget.comm.comm_id, again.widget.comm.comm_id)
"""


@pytest.fixture
def kernel() -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=120)
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def heard(client: BlockingKernelClient, wanted: Callable[[Any], bool]) -> list[Any]:
    """Messages of the kernel up to the one wanted."""
    messages = []
    while True:
        try:
            message = client.get_iopub_msg(timeout=60)
        except Empty:
            pytest.fail(f"not heard after {[m['msg_type'] for m in messages]}")
        messages.append(message)
        if wanted(message):
            return messages


def ask(client: BlockingKernelClient, comm: str, seq: int, length: float) -> None:
    """Send what the page sends when a slider is moved."""
    request = {"kind": "request", "seq": seq, "sender": "me", "values": {"length_um": length}}
    content = {"comm_id": comm, "data": {"method": "custom", "content": request}}
    client.shell_channel.send(client.session.msg("comm_msg", content))


def answer_to(seq: int) -> Callable[[Any], bool]:
    def is_it(message: Any) -> bool:
        state = message["content"].get("data", {}).get("state", {}).get("state", {})
        return message["msg_type"] == "comm_msg" and state.get("seq") == seq

    return is_it


def state(messages: list[Any]) -> Any:
    return messages[-1]["content"]["data"]["state"]["state"]


def test_an_update_that_is_interrupted_tells_the_page_and_the_next_one_is_drawn(
    kernel: tuple[KernelManager, BlockingKernelClient],
) -> None:
    manager, client = kernel
    client.execute(SLOW)
    said = heard(client, lambda m: m["msg_type"] == "stream")[-1]["content"]["text"]
    slow, other = said.split()

    ask(client, slow, 1, 2.0)
    before = state(heard(client, answer_to(1)))
    assert before["error"] is None

    ask(client, slow, 2, 3.5)
    heard(client, lambda m: m["content"].get("text") == "computing\n")
    ask(client, other, 7, 3.5)  # waits behind the slow one
    manager.interrupt_kernel()
    messages = heard(client, answer_to(2))
    told = state(messages)
    assert "interrupted" in told["error"]
    assert told["values"] == before["values"]
    beside = heard(client, answer_to(7))
    assert state(beside)["values"]["length_um"] == 3.5
    assert state(beside)["error"] is None

    ask(client, slow, 3, 2.5)
    after = heard(client, answer_to(3))
    assert state(after)["values"]["length_um"] == 2.5
    assert state(after)["error"] is None
    every = [*messages, *beside, *after]
    assert not [m for m in every if m["msg_type"] == "error"]
    assert "Traceback" not in "".join(str(m["content"].get("text")) for m in every)


REDRAW = """
import gc, random, sys
import psutil
from course_lib.explorers import CATALOGUE
from course_lib.ui.view import Request
from tests.explorers.states import anywhere

dice = random.Random(3)
explorers = [CATALOGUE[name]() for name in sys.argv[2:]]
for explorer in explorers:
    explorer.widget

def redraw(times):
    for i in range(times):
        explorer = explorers[i % len(explorers)]
        values, moving = anywhere(explorer, dice), i % 5 != 0
        explorer._answer(Request(values=values, seq=i, moving=moving, density=1))
        assert explorer.error is None, explorer.error

def memory():
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6

redraw(int(sys.argv[1]))
before = memory()
redraw(1000)
print(memory() - before)
"""


def growth(script: str, *words: str) -> float:
    """MB that a script says it has grown by, run in a process of its own."""
    return float(subprocess.check_output([sys.executable, "-c", script, *words], text=True))


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_a_thousand_redraws_of_each_explorer_leak_nothing(
    name: str, record_property: Count
) -> None:
    assert growth(REDRAW, "200", name) < LARGEST_GROWTH_MB
    record_property("redraws", 1000)


LOOKS = """
import itertools, sys
import psutil
from course_lib.explorers import CATALOGUE
from course_lib.ui.view import Request

explorer = CATALOGUE[sys.argv[1]]()
explorer.widget
looks = itertools.cycle([(False, False), (True, False), (True, True), (False, True)])

def most(times):
    seen = []
    for present, narrow in itertools.islice(looks, times):
        explorer._answer(Request(present=present, narrow=narrow, density=2))
        seen.append(psutil.Process().memory_info().rss / 1e6)
    return max(seen)

before = most(8)
print(most(100) - before)
"""


# Of six measured while old pixels waited too, those in which most piled up: 120, 76 and 51 MB.
@pytest.mark.parametrize("name", ["evidence_ladder", "sarcomere", "scoreboard"])
def test_looks_that_are_left_do_not_pile_up(name: str, record_property: Count) -> None:
    # Old figures wait for the collector, but not their pixels, 7 MB each.
    assert growth(LOOKS, name) < 20
    record_property("redraws", 100)


def test_a_thousand_redraws_over_all_explorers_leak_nothing(record_property: Count) -> None:
    assert growth(REDRAW, str(10 * len(CATALOGUE)), *CATALOGUE) < LARGEST_GROWTH_MB
    record_property("redraws", 1000)
