"""Guided tours: one a laboratory, on an example that shows the effect."""

from __future__ import annotations

from functools import cache

from circuitsim.app.window.tour import Tour
from circuitsim.spec.registry import collect


@cache
def tours() -> dict[str, Tour]:
    """Every tour by the id of its laboratory."""
    return collect("circuitsim.app.window.tours", "TOUR", Tour)
