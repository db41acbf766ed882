"""Time for one slider move: model, drawing and encoding, against rebuilding the picture."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

import ipywidgets
import numpy as np
from IPython.core.pylabtools import print_figure

from course_lib.explorers import CATALOGUE
from course_lib.ui import Canvas, Explorer
from course_lib.ui.style import Look
from tests.explorers.states import anywhere

MOVES, REBUILDS, WARM_UP = 150, 20, 10


@dataclass(frozen=True)
class Cost:
    """Milliseconds a slider move takes, by way of drawing."""

    name: str
    once: tuple[float, float]
    twice: tuple[float, float]
    rest: float
    rebuilt: float

    @property
    def ratio(self) -> float:
        return self.rebuilt / self.once[0]


def times(action: Callable[[dict[str, Any]], object], states: list[dict[str, Any]]) -> np.ndarray:
    """Milliseconds of each call, after a few that do not count."""
    for state in states[:WARM_UP]:
        action(state)
    spent = []
    for state in states:
        start = time.perf_counter()
        action(state)
        spent.append(1e3 * (time.perf_counter() - start))
    return np.array(spent)


def rebuilding(explorer: Explorer[Any]) -> Callable[[dict[str, Any]], object]:
    """Draw the same picture the way ``interact`` does: a new figure for each move."""

    def draw(count: int) -> None:  # noqa: ARG001  the slider only says that something moved
        canvas = Canvas(explorer._scene, Look(), explorer._start)
        canvas.scene.update(explorer._compute(**explorer.values))
        for artist in canvas.scene.movers:
            artist.set_animated(False)
        print_figure(canvas.figure, "png", dpi=100)

    panel = ipywidgets.interactive(draw, count=ipywidgets.IntSlider(0, 0, 10**6))
    count = panel.children[0]

    def move(state: dict[str, Any]) -> None:
        for name, value in state.items():
            explorer.controls[name].value = value
        count.value += 1

    return move


def cost(name: str) -> Cost:
    """Measure one explorer at one and two device pixels per CSS pixel, at rest, and rebuilt."""
    dice = random.Random(1)
    explorer = CATALOGUE[name]()
    states = [anywhere(explorer, dice) for _ in range(MOVES)]

    def shown(encode: Callable[[], bytes]) -> np.ndarray:
        return times(lambda state: (explorer.set(**state), encode()), states)

    once = shown(lambda: explorer.canvas.jpeg(1))
    twice = shown(lambda: explorer.canvas.jpeg(2))
    rest = shown(lambda: explorer.canvas.png(1))
    with redirect_stdout(io.StringIO()):  # without a page, interact writes escape codes
        rebuilt = times(rebuilding(CATALOGUE[name]()), states[:REBUILDS])
    return Cost(
        name,
        (float(np.median(once)), float(np.percentile(once, 95))),
        (float(np.median(twice)), float(np.percentile(twice, 95))),
        float(np.median(rest)),
        float(np.median(rebuilt)),
    )


def report() -> None:
    """Print a row for each explorer and what the plan asks for."""
    print("\nOne slider move: model + draw + encode (ms); reach: median over explorers 16.7,")
    print("p95 33 at 1x and 40 at 2x; rebuilding at least 5 times slower, 10 in the median")
    head = ("explorer", "1x", "p95", "2x", "p95", "rest 1x", "interact", "ratio")
    print(("{:22}" + "{:>9}" * 7).format(*head))
    costs = [cost(name) for name in CATALOGUE]
    for c in costs:
        row = (*c.once, *c.twice, c.rest, c.rebuilt, c.ratio)
        print(f"{c.name:22}" + "".join(f"{v:9.1f}" for v in row))
    once, ratio = np.median([[c.once[0], c.ratio] for c in costs], axis=0)
    print(f"{'median':22}{once:9.1f}{'':45}{ratio:9.1f}")
