"""What every explorer is made of."""

from course_lib.ui.canvas import Canvas, Scene
from course_lib.ui.controls import Choice, Slider, Switch
from course_lib.ui.explorer import Explorer
from course_lib.ui.reading import Reading, Row, number, reading

__all__ = [
    "Canvas",
    "Choice",
    "Explorer",
    "Reading",
    "Row",
    "Scene",
    "Slider",
    "Switch",
    "number",
    "reading",
]
