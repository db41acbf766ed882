"""What no model accepts, whatever its range."""

from __future__ import annotations

import math

import pytest

NOT_A_QUANTITY = pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, "much", None])
