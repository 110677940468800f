"""Wirings: one file each; the folder is the registry."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from circuitsim.circuit.wirings._declare import Refusal, Wiring, WiringKind

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = ("auto_ncp", "ncp", "random", "fully_connected")

__all__ = ["USUAL", "Refusal", "Wiring", "WiringKind", "wirings"]


@cache
def wirings() -> Mapping[str, WiringKind]:
    """Every wiring by id."""
    from circuitsim.spec.registry import collect

    return collect("circuitsim.circuit.wirings", "WIRING", WiringKind)
