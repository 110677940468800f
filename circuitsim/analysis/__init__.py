"""Laboratories: one analysis a file; a circuit and options in, a `Result` out."""

from __future__ import annotations

from functools import cache

from circuitsim.analysis._declare import Analysis
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.registry import collect

__all__ = ["USUAL", "Analysis", "analyses", "analysis"]

USUAL = ("bounds", "dcm", "closed-form", "compare", "robustness")  # the order in which they are offered


@cache
def analyses() -> dict[str, Analysis]:
    """Every analysis by its id."""
    return collect("circuitsim.analysis", "ANALYSIS", Analysis)


def analysis(name: str) -> Analysis:
    """The analysis of an id.

    Raises:
        InputError: If there is none.
    """
    found = analyses().get(name)
    if found is None:
        raise InputError(
            Issue("the analysis", f"there is none called {name!r}", f"use one of: {', '.join(analyses())}")
        )
    return found
