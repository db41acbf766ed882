"""What a student can move: sliders, choices and switches, each with its physical limits."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from numbers import Real
from typing import Any, Literal

Value = float | str | bool


@dataclass
class Slider:
    """A number with a unit that can be moved between two physical limits.

    Parameters
    ----------
    name
        Argument of the explorer's model that the slider moves.
    quantity, unit
        What is moved and in which unit; together they make the label.
    default, min, max, step
        In the slider's own unit. On a logarithmic scale ``step`` is the grid to which the
        positions of the handle are rounded.
    scale
        ``"linear"`` or ``"log"``.

    Raises
    ------
    ValueError
        If the limits are not finite and increasing, or the default lies outside them.
    """

    name: str
    quantity: str
    unit: str
    default: float
    min: float
    max: float
    step: float
    scale: Literal["linear", "log"] = "linear"
    value: float = field(init=False)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.min) and math.isfinite(self.max) and self.min < self.max):
            raise ValueError(
                f"{self.name}: limits {self.min} to {self.max} must be finite and rise"
            )
        if not 0 < self.step <= self.max - self.min:
            raise ValueError(f"{self.name}: step {self.step} must be positive and fit the range")
        if self.scale == "log" and self.min <= 0:
            raise ValueError(f"{self.name}: a log scale needs a minimum above 0, not {self.min}")
        self.value = self.check(self.default)

    @property
    def label(self) -> str:
        """Quantity with its unit, as shown beside the handle."""
        return f"{self.quantity} ({self.unit})" if self.unit else self.quantity

    @property
    def digits(self) -> int:
        """Decimals that the step can distinguish."""
        exponent = Decimal(repr(self.step)).normalize().as_tuple().exponent
        return max(0, -int(exponent))

    def check(self, value: object) -> float:
        """Return ``value`` as a float, or raise ``ValueError`` saying what is allowed."""
        allowed = f"use a number from {self.min:g} to {self.max:g} {self.unit}".rstrip()
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ValueError(f"{self.name} = {reprlib.repr(value)} is not a number: {allowed}")
        try:
            number = float(value)
        except OverflowError:  # a whole number of more than 308 digits
            number = math.inf
        if not self.min <= number <= self.max:  # also catches NaN
            raise ValueError(f"{self.name} = {number:g} is out of range: {allowed}")
        return number

    def show(self, value: float | None = None) -> str:
        """Value (the present one by default) with its unit."""
        number = self.value if value is None else value
        return f"{number:.{self.digits}f} {self.unit}".rstrip()

    def spec(self) -> dict[str, Any]:
        """Everything that the front end needs to draw the control."""
        return {
            "kind": "slider", "name": self.name, "label": self.label, "unit": self.unit,
            "min": self.min, "max": self.max, "step": self.step, "scale": self.scale,
            "digits": self.digits,
        }  # fmt: skip


@dataclass
class Choice:
    """One of a few named options.

    Parameters
    ----------
    options
        Allowed values, in the order shown; a mapping gives each value the words shown for it.
    """

    name: str
    label: str
    default: Value
    options: Iterable[Value] | Mapping[Value, str]
    value: Value = field(init=False)

    def __post_init__(self) -> None:
        named = (
            self.options if isinstance(self.options, Mapping) else {o: str(o) for o in self.options}
        )
        self.words: dict[Value, str] = dict(named)
        self.options = tuple(named)
        self.value = self.check(self.default)

    def check(self, value: object) -> Value:
        """Return the option equal to ``value``, or raise ``ValueError`` naming the options."""
        for option in self.words:
            if type(option) is type(value) and option == value:
                return option
        allowed = ", ".join(repr(o) for o in self.words)
        raise ValueError(
            f"{self.name} = {reprlib.repr(value)} is not an option: use one of {allowed}"
        )

    def show(self) -> str:
        """Words of the present option."""
        return self.words[self.value]

    def spec(self) -> dict[str, Any]:
        """Everything that the front end needs to draw the control."""
        options = [{"value": v, "words": w} for v, w in self.words.items()]
        return {"kind": "choice", "name": self.name, "label": self.label, "options": options}


@dataclass
class Switch:
    """Something that is on or off."""

    name: str
    label: str
    default: bool
    value: bool = field(init=False)

    def __post_init__(self) -> None:
        self.value = self.check(self.default)

    def check(self, value: object) -> bool:
        """Return ``value`` if it is a bool, or raise ``ValueError``."""
        if not isinstance(value, bool):
            raise ValueError(
                f"{self.name} = {reprlib.repr(value)} is not a switch position: use True or False"
            )
        return value

    def show(self) -> str:
        """Say ``on`` or ``off``."""
        return "on" if self.value else "off"

    def spec(self) -> dict[str, Any]:
        """Everything that the front end needs to draw the control."""
        return {"kind": "switch", "name": self.name, "label": self.label}


Control = Slider | Choice | Switch


def check_values(controls: Mapping[str, Control], values: Mapping[str, object]) -> dict[str, Value]:
    """Check new values against their controls without moving any of them.

    Raises
    ------
    ValueError
        For an unknown control (naming the known ones) or a value that its control refuses.
    """
    unknown = [name for name in values if name not in controls]
    if unknown:
        known = ", ".join(controls)
        raise ValueError(f"unknown control {reprlib.repr(unknown[0])}: this explorer has {known}")
    return {name: controls[name].check(value) for name, value in values.items()}
