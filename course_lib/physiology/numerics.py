"""Small functions that several models need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NEAR = 1e-6  # below which the series is used


def linear_over_exp(x: Array) -> Array:
    """Give x / (1 - exp(-x)), which is 1 at 0: the form of many opening rates and of GHK currents.

    Parameters
    ----------
    x
        Any shape, dimensionless.
    """
    near = np.abs(x) < NEAR
    safe = np.where(near, 1.0, x)
    return np.where(near, 1 + x / 2, safe / -np.expm1(-safe))
