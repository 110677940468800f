"""Instants that are meant to be one and differ by a rounding, as 0.1 + 0.2 and 0.3."""

from __future__ import annotations

import math

SPACINGS = (
    64  # between neighbouring numbers; more than what a sum of a hundred terms strays, and than a step needs
)


def same(a: float, b: float) -> bool:
    """Whether two times mean the same instant; never so if one of them is infinite."""
    return abs(a - b) <= SPACINGS * math.ulp(min(abs(a), abs(b)))


def before(t: float) -> float:
    """An instant before t and before all that mean the same."""
    return t - (SPACINGS + 1) * math.ulp(t)
