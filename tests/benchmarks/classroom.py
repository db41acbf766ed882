"""Load of a class on one machine: ``python -m tests.benchmarks.classroom``, or ``make load``.

One Jupyter server on loopback, one kernel for each student. Every student runs a notebook, then
slides for 5 s and thinks for 20 s, again and again. The result is the table in docs/classes.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from tests.benchmarks.student import Frame, Student, sitting_down
from tests.browser.lab import TOKEN, jupyterlab
from tests.notebooks.store import FOLDER

CLASSES = (1, 5, 10, 20)
SLIDING_S, THINKING_S, STAGE_S = 5.0, 20.0, 75.0
NOTEBOOK = "01_how_muscle_contracts"


@dataclass(frozen=True)
class Memory:
    """Megabytes of one process: its own, and with its share of what is shared."""

    own: float
    shared_out: float


@dataclass(frozen=True)
class Stage:
    """What was measured while some of the students worked."""

    students: int
    sliding_s: float  # of all students together
    moving: tuple[Frame, ...]
    resting: tuple[Frame, ...]
    most_in_flight: int
    errors: int
    kernels_s: float  # processor time, as the next three
    server_s: float
    driver_s: float
    others_s: float
    wall_s: float


@dataclass(frozen=True)
class Load:
    """Memory before and after the work, and a stage for each size of class."""

    notebook: str
    server: Memory
    fresh: tuple[Memory, ...]
    worked: tuple[Memory, ...]
    stages: tuple[Stage, ...]


async def measure(
    classes: Sequence[int] = CLASSES,
    notebook: str = NOTEBOOK,
    *,
    sliding: float = SLIDING_S,
    thinking: float = THINKING_S,
    stage: float = STAGE_S,
    seed: int = 1,
) -> Load:
    """Seat the largest class and let ever more of its students work at the same time."""
    cells = nbformat.read(FOLDER / f"{notebook}.ipynb", as_version=4).cells
    sources = [cell.source for cell in cells if cell.cell_type == "code"]
    with tempfile.TemporaryDirectory() as home, jupyterlab(FOLDER, Path(home)) as address:
        server = _server(Path(home))
        async with AsyncExitStack() as room:
            students, fresh = [], []
            for _ in range(max(classes)):
                students.append(await room.enter_async_context(sitting_down(address, TOKEN)))
                await students[-1].run_cell("pass")
            fresh = [_memory(kernel) for kernel in _kernels(server)]
            for student in students:
                for source in sources:
                    await student.run_cell(source)
            stages = []
            for count in classes:
                dice = [random.Random(f"{seed} {n}") for n in range(count)]
                times = (sliding, thinking, stage)
                stages.append(await _stage(server, students[:count], dice, times))
            worked = [_memory(kernel) for kernel in _kernels(server)]
            return Load(notebook, _memory(server), tuple(fresh), tuple(worked), tuple(stages))


async def _stage(
    server: psutil.Process,
    students: Sequence[Student],
    dice: Sequence[random.Random],
    times: tuple[float, float, float],
) -> Stage:
    for student in students:
        student.frames.clear()
    before, kernels, busy = _used(server), _kernels(server), _busy()
    kernels_before = sum(map(_used, kernels))
    own_before, start = time.process_time(), time.perf_counter()
    slid = await asyncio.gather(*(_work(s, d, times) for s, d in zip(students, dice, strict=True)))
    wall = time.perf_counter() - start
    spent = (sum(map(_used, kernels)) - kernels_before, _used(server) - before,
             time.process_time() - own_before)  # fmt: skip
    frames = [frame for student in students for frame in student.frames]
    return Stage(
        students=len(students),
        sliding_s=sum(slid),
        moving=tuple(frame for frame in frames if frame.moving),
        resting=tuple(frame for frame in frames if not frame.moving),
        most_in_flight=max(e.most_in_flight for s in students for e in s.explorers.values()),
        errors=sum(len(student.errors) for student in students),
        kernels_s=spent[0],
        server_s=spent[1],
        driver_s=spent[2],
        others_s=max(0.0, _busy() - busy - sum(spent)),
        wall_s=wall,
    )


async def _work(student: Student, dice: random.Random, times: tuple[float, float, float]) -> float:
    """Slide and think until time is up; give the seconds of sliding."""
    sliding, thinking, stage = times
    end = time.perf_counter() + stage
    await asyncio.sleep(dice.uniform(0, thinking))  # nobody waits for the others
    slid = 0.0
    while time.perf_counter() + sliding <= end:
        await student.slide(dice, sliding)
        slid += sliding
        await asyncio.sleep(min(thinking, max(0.0, end - time.perf_counter())))
    return slid


# ---- what the machine says --------------------------------------------------------------------


def _server(home: Path) -> psutil.Process:
    (file,) = (home / "runtime").glob("jpserver-*.json")
    return psutil.Process(json.loads(file.read_text())["pid"])


def _kernels(server: psutil.Process) -> list[psutil.Process]:
    children = server.children(recursive=True)
    return [child for child in children if "ipykernel_launcher" in child.cmdline()]


def _memory(process: psutil.Process) -> Memory:
    found = process.memory_full_info()
    return Memory(found.uss / 1e6, found.pss / 1e6)


def _used(process: psutil.Process) -> float:
    found = process.cpu_times()
    return float(found.user + found.system)


def _busy() -> float:
    found = psutil.cpu_times()
    return float(found.user + found.nice + found.system + found.irq + found.softirq)


# ---- words ------------------------------------------------------------------------------------


def as_markdown(load: Load) -> str:
    """Give what was measured as two tables."""
    lines = ["| memory (MB) | own (USS) | with its share of the shared (PSS) |", "|---|---|---|"]
    groups = (
        ("Jupyter server", (load.server,)),
        ("kernel, nothing run yet, mean", load.fresh),
        ("kernel after the notebook and the sliding, mean", load.worked),
    )
    for words, found in groups:
        own, shared = (
            statistics.mean(values)
            for values in zip(*((m.own, m.shared_out) for m in found), strict=True)
        )
        lines.append(f"| {words} | {own:.0f} | {shared:.0f} |")
    largest = max(memory.own for memory in load.worked)
    lines += [f"| the largest of {len(load.worked)} such kernels | {largest:.0f} | |", ""]
    lines += [
        "| students | frames per second of sliding | moving p50 (ms) | moving p95 (ms) "
        "| at rest p50 (ms) | kernel CPU s per minute of sliding | server CPU s, same "
        "| cores in use: kernels + server | driver | others |",
        "|" + "---|" * 10,
    ]
    for stage in load.stages:
        moving = sorted(frame.latency * 1e3 for frame in stage.moving)
        rest = statistics.median(frame.latency * 1e3 for frame in stage.resting)
        minutes = stage.sliding_s / 60
        ours = (stage.kernels_s + stage.server_s) / stage.wall_s
        cells = (
            stage.students,
            f"{len(moving) / stage.sliding_s:.0f}",
            f"{statistics.median(moving):.0f}",
            f"{moving[int(0.95 * len(moving))]:.0f}",
            f"{rest:.0f}",
            f"{stage.kernels_s / minutes:.0f}",
            f"{stage.server_s / minutes:.1f}",
            f"{ours:.2f}",
            f"{stage.driver_s / stage.wall_s:.2f}",
            f"{stage.others_s / stage.wall_s:.2f}",
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure a class on one Jupyter server.")
    parser.add_argument("--notebook", default=NOTEBOOK, help=f"which one they run ({NOTEBOOK})")
    parser.add_argument("--students", type=int, nargs="+", default=list(CLASSES))
    chosen = parser.parse_args()
    others = os.getloadavg()[0]
    load = asyncio.run(measure(chosen.students, chosen.notebook))
    print(f"Notebook {load.notebook}; {psutil.cpu_count()} cores, "
          f"{psutil.virtual_memory().total / 1e9:.0f} GB; load before {others:.1f}\n")  # fmt: skip
    print(as_markdown(load))


if __name__ == "__main__":
    main()
