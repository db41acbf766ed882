"""Checks of the numbers that go into a model."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
"""What every model function computes with: an array of any shape, 0-d for a single number."""


def within(name: str, values: ArrayLike, low: float, high: float, unit: str = "") -> Floats:
    """Return the values as an array of floats if each lies between two limits.

    Parameters
    ----------
    name
        What the values are, for the message.
    values
        A number or an array of any shape.
    low, high
        Limits, both allowed.
    unit
        Unit of values and limits, for the message; empty for a dimensionless number.

    Raises
    ------
    ValueError
        For a value outside the limits, not finite, or not a number. The message names the first
        such value and the allowed range.
    """
    allowed = f"allowed is {low:g} to {high:g} {unit}".rstrip()
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {values!r}, not a number: {allowed}") from None
    fits = np.isfinite(array) & (array >= low) & (array <= high)
    if not fits.all():
        raise ValueError(f"{name} is {array[~fits].flat[0]:g}: {allowed}")
    return array


def one_within(name: str, value: float, low: float, high: float, unit: str = "") -> float:
    """Return a single number if it lies between two limits.

    Raises
    ------
    ValueError
        As :func:`within`, and for an array.
    """
    array = within(name, value, low, high, unit)
    if array.ndim:
        raise ValueError(f"{name} is an array of shape {array.shape}: give one number")
    return float(array)
