"""A small explorer on which the machinery is tested: a line y = slope * x + lift."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from course_lib.ui import Choice, Explorer, Reading, Scene, Slider, Switch, reading


@dataclass(frozen=True)
class Line:
    slope: float
    lift: float
    colour: str
    shown: bool


def compute(slope: float, lift: float, colour: str, shown: bool) -> Line:
    if slope > 90:
        raise RuntimeError("secret internals")
    return Line(slope, lift, colour, shown)


class LineScene(Scene[Line]):
    def draw(self, start: Line) -> None:
        self.plot = self.figure.add_subplot()
        self.plot.set(xlim=(0, 1), ylim=(-100, 200), xlabel="x (m)", ylabel="y (m)")
        self.plot.plot([0, 1], [start.lift, start.lift + start.slope], color="0.8")
        (self.line,) = self.plot.plot([], [], lw=4)
        self.moving(self.line)

    def update(self, result: Line) -> None:
        self.line.set_data([0, 1], [result.lift, result.lift + result.slope])
        self.line.set_color(result.colour)
        self.line.set_visible(result.shown)


def read(line: Line) -> Reading:
    return reading(
        ("end", line.slope + line.lift, "m"), ("steepness", math.atan(line.slope), "rad")
    )


def toy(prediction: Any = None) -> Explorer[Line]:
    return Explorer(
        "toy",
        "A line",
        controls=(
            Slider("slope", "slope", "m/m", 1, -10, 100, 0.5),
            Slider("lift", "lift", "m", 1, 0.1, 10, 0.01, "log"),
            Choice("colour", "colour of the line", "red", {"red": "red", "blue": "deep blue"}),
            Switch("shown", "show the line", True),
        ),
        presets={"steep": {"slope": 50.0}, "flat": {"slope": 0.0, "lift": 0.1}},
        compute=compute,
        scene=LineScene,
        read=read,
        describe=lambda line: f"A line that ends at {line.slope + line.lift:.2f} m.",
        prediction=prediction,
    )
