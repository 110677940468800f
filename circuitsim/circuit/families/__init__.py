"""Families of networks: one file each; the folder is the registry."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from circuitsim.circuit.families._declare import Family

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = ("ltc", "cfc", "cfc_no_gate", "cfc_pure", "cfc_wired")

__all__ = ["USUAL", "Family", "families"]


@cache
def families() -> Mapping[str, Family]:
    """Every family by id."""
    from circuitsim.spec.registry import collect

    return collect("circuitsim.circuit.families", "FAMILY", Family)
