"""How long a neuron remembers, in words and numbers: its time constant, or why it has none; the gate of a unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import duration, steady

if TYPE_CHECKING:
    from circuitsim.engine.report import Snapshot
    from circuitsim.spec.unit import UnitSystem

INSTANT, FOREVER, UNSTABLE = "instant", "∞", "unstable"
NOTHING = "–"  # stands for a value that does not exist


def time_constant(tau: float, low: float, system: UnitSystem) -> tuple[str, str]:
    """A time constant as number and unit, or as a word.

    Args:
        tau: The time constant: 0 without memory, infinite where nothing decays, negative where the state grows away.
        low: Lower end of its band. Only where that is infinite is an infinite time constant meant so; elsewhere
            the decay has just fallen to 0.
        system: The units of the circuit.
    """
    if 0.0 < tau < math.inf:
        return duration(tau, system)
    if tau == 0.0:
        return INSTANT, ""
    return (FOREVER if tau == low == math.inf else UNSTABLE), ""


def constant(low: float, high: float) -> str:
    """What is to be said of a time constant that is none; empty if it is one."""
    if high == 0.0:
        return "no memory: it follows at once"
    return "nothing decays: no time constant" if low == math.inf else ""


def gate(snapshot: Snapshot, unit: int) -> str:
    """The gate of a unit as its network's last call left it; a dash before the first call."""
    found = float(snapshot.gate[snapshot.unit_ids.index(unit)])
    return NOTHING if math.isnan(found) else steady(found)


def target(vinf: float) -> str:
    """The state that a neuron is heading for; a dash if there is none."""
    return steady(vinf) if math.isfinite(vinf) else NOTHING
