"""Small functions, against plain arithmetic in more digits."""

from __future__ import annotations

from decimal import Decimal, getcontext

import numpy as np
import pytest

from course_lib.physiology.numerics import linear_over_exp


@pytest.mark.parametrize("x", [-30.0, -1.0, -1e-5, -1e-7, 1e-9, 1e-7, 1e-5, 0.3, 30.0])
def test_linear_over_exp(x: float) -> None:
    getcontext().prec = 50
    exact = Decimal(x) / (1 - (-Decimal(x)).exp())
    assert float(linear_over_exp(np.array(x))) == pytest.approx(float(exact), rel=1e-12)


def test_linear_over_exp_is_one_at_zero() -> None:
    assert linear_over_exp(np.zeros(2)).tolist() == [1.0, 1.0]
