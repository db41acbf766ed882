"""An explorer as pictures made beforehand, for a page without Python.

Each control is swept with the others at their defaults, and each preset is drawn. All pictures of
one look share a whole first one, the *base*; every other picture holds only the pixels that
differ from it and is transparent elsewhere, which makes it five times smaller. The page shows
it on top of the base.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from course_lib.ui import Choice, Explorer, Slider
from course_lib.ui.controls import Control, Value
from course_lib.ui.style import Look

STOPS = 21  # positions of a slider: steps that the eye takes for a movement
DENSITY = 1.5  # device pixels per CSS pixel
COLOURS = 160  # of a picture: every flat colour of a plot, and enough shades for its edges
RIM = 2  # pixels around a change that are drawn too, so that a scaled edge shows no old line
LOOKS: Mapping[str, Look] = {"w": Look(), "n": Look(narrow=True)}


@dataclass(frozen=True)
class State:
    """Control values that differ from the defaults, and what the explorer shows there."""

    moved: Mapping[str, Value]
    reading: tuple[tuple[str, str], ...]
    alt: str


@dataclass(frozen=True)
class Sweeps:
    """Which states are drawn; the first is the one at the defaults.

    Attributes
    ----------
    states
        Control values, without those at their defaults.
    controls
        Name of a control -> its stops, each with the number of its state.
    presets
        Number of the state of each preset, in their order.
    """

    states: tuple[Mapping[str, Value], ...]
    controls: Mapping[str, tuple[tuple[Value, int], ...]]
    presets: tuple[int, ...]


def stops(control: Control) -> tuple[Value, ...]:
    """Give the values at which a control stops: ends, default, and evenly between."""
    if isinstance(control, Choice):
        return tuple(control.words)
    if not isinstance(control, Slider):
        return (False, True)
    span = range(STOPS)
    if control.scale == "log":
        ratio = control.max / control.min
        even = [control.min * ratio ** (k / (STOPS - 1)) for k in span]
    else:
        even = [control.min + (control.max - control.min) * k / (STOPS - 1) for k in span]
    inner = {_on_grid(control, value) for value in even[1:-1]}
    return tuple(sorted({control.min, control.max, control.default, *inner}))


def _on_grid(slider: Slider, value: float) -> float:
    """Round to the slider's own grid, as its handle does."""
    origin = 0.0 if slider.scale == "log" else slider.min
    steps = round((value - origin) / slider.step)
    return min(max(float(f"{origin + steps * slider.step:.12g}"), slider.min), slider.max)


def sweeps(explorer: Explorer[Any]) -> Sweeps:
    """List the states of an explorer that a page without Python can show."""
    numbers: dict[tuple[tuple[str, Value], ...], int] = {(): 0}
    order = list(explorer.controls)

    def number(values: Mapping[str, Value]) -> int:
        moved = {n: v for n, v in values.items() if v != explorer.controls[n].default}
        key = tuple(sorted(moved.items(), key=lambda item: order.index(item[0])))
        return numbers.setdefault(key, len(numbers))

    controls = {
        name: tuple((value, number({name: value})) for value in stops(control))
        for name, control in explorer.controls.items()
    }
    presets = tuple(number(values) for values in explorer.presets.values())
    return Sweeps(tuple(dict(key) for key in numbers), controls, presets)


def page_spec(explorer: Explorer[Any]) -> dict[str, Any]:
    """Give what the page needs before a control is moved: the widget's spec, and the stops."""
    plan = sweeps(explorer)
    controls = []
    for control in explorer.controls.values():
        spec = control.spec()
        if isinstance(control, Slider):
            spec["stops"] = [value for value, _ in plan.controls[control.name]]
        controls.append(spec)
    sizes = {key: explorer.canvas_in(look).size for key, look in LOOKS.items()}
    return {
        "title": explorer.title,
        "controls": controls,
        "defaults": {n: c.default for n, c in explorer.controls.items()},
        "presets": [{"words": w, "values": v} for w, v in explorer.presets.items()],
        "sweeps": {n: [index for _, index in found] for n, found in plan.controls.items()},
        "presetStates": list(plan.presets),
        "sizes": sizes,
        "start": _as_json(State({}, tuple(explorer.reading.items()), explorer.alt)),
    }


def read_states(explorer: Explorer[Any]) -> Iterator[State]:
    """Give reading and words of each state, leaving the explorer at its defaults."""
    for moved in sweeps(explorer).states:
        explorer.reset()
        explorer.set(**moved)
        if explorer.error:
            raise ValueError(f"{explorer.name} cannot be drawn at {dict(moved)}")
        yield State(moved, tuple(explorer.reading.items()), explorer.alt)
    explorer.reset()


def bake(explorer: Explorer[Any], folder: Path) -> None:
    """Draw every state of an explorer into ``folder``, in both looks.

    Writes ``w0.webp``, ``w1.webp``... (wide), ``n0.webp``... (narrow), and ``states.js``, a
    classic script because a page opened from a folder may load nothing else.

    Raises
    ------
    ValueError
        If a state cannot be computed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    canvases = {key: explorer.canvas_in(look) for key, look in LOOKS.items()}
    bases: dict[str, NDArray[np.uint8]] = {}
    states = []
    for index, state in enumerate(read_states(explorer)):
        states.append(_as_json(state))
        for key, canvas in canvases.items():
            canvas.scene.update(explorer.result)
            picture = canvas.pixels(DENSITY)
            if index == 0:
                bases[key] = picture.copy()
                encoded = _encode(picture, np.ones(picture.shape[:2], bool))
            else:
                encoded = _encode(picture, _changed(bases[key], picture))
            (folder / f"{key}{index}.webp").write_bytes(encoded)
    text = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
    script = f"courseStates({json.dumps(explorer.name)},{text});\n"
    (folder / "states.js").write_text(script, encoding="utf-8")


def _as_json(state: State) -> dict[str, Any]:
    return {"values": dict(state.moved), "reading": list(state.reading), "alt": state.alt}


def _changed(base: NDArray[np.uint8], picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark the pixels that differ from the base, and a rim around them."""
    changed: NDArray[np.bool_] = _packed(base) != _packed(picture)
    for grown in (changed, changed.T):  # a transposed view: rows, then columns
        before = grown.copy()
        for shift in range(1, RIM + 1):
            grown[shift:] |= before[:-shift]
            grown[:-shift] |= before[shift:]
    return changed


def _encode(picture: NDArray[np.uint8], shown: NDArray[np.bool_]) -> bytes:
    """Write the shown pixels in few colours, without loss: smaller and sharper than lossy.

    The commonest colours stay exact, so that no patch stands out from the base. Rare ones,
    which are shades of edges, take the nearest of these.
    """
    found, where, count = np.unique(
        _packed(picture)[shown], return_inverse=True, return_counts=True
    )
    kept = found[np.argsort(-count, kind="stable")[:COLOURS]]
    distance = ((_channels(found)[:, None] - _channels(kept)[None]) ** 2).sum(axis=2)
    few = np.zeros(shown.shape, np.uint32)
    few[shown] = kept[distance.argmin(axis=1)][where] if len(kept) else 0
    out = io.BytesIO()
    pixels = few[..., None].view(np.uint8)
    Image.fromarray(pixels).save(out, "WEBP", lossless=True, quality=20, method=1)
    return out.getvalue()


def _packed(picture: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """See the four bytes of a pixel as one number."""
    return picture.view(np.uint32)[..., 0]


def _channels(colours: NDArray[np.uint32]) -> NDArray[np.int32]:
    return colours[:, None].view(np.uint8).astype(np.int32)


def composed(folder: Path, key: str, index: int) -> Image.Image:
    """Put a picture on its base, as the page does."""
    base = Image.open(folder / f"{key}0.webp").convert("RGBA")
    if index:
        base.alpha_composite(Image.open(folder / f"{key}{index}.webp").convert("RGBA"))
    return base.convert("RGB")
