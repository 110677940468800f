"""Conditions at which a run stops, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import clock, duration, number
from circuitsim.circuit.elements import Neuron
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.condition import Condition, Met

SIGNS = {"v": "v", "tau": "τ"}


def short(condition: Condition, circuit: Circuit) -> str:
    """``v AVAL > 0.2``, for places with little room."""
    sign = ">" if condition.above else "<"
    return f"{SIGNS[condition.variable]} {_name(condition, circuit)} {sign} {level(condition, circuit)}"


def future(condition: Condition, circuit: Circuit) -> str:
    """``v of AVAL rises above 0.2``."""
    way = "rises above" if condition.above else "falls below"
    return f"{SIGNS[condition.variable]} of {_name(condition, circuit)} {way} {level(condition, circuit)}"


def past(met: Met, circuit: Circuit) -> str:
    """``AVAL rose above 0.2 at t = 3.410 s``."""
    condition, system = met.condition, circuit.unit_system
    what = _name(condition, circuit) if condition.variable == "v" else f"τ of {_name(condition, circuit)}"
    way = "rose above" if condition.above else "fell below"
    when = f"{clock(met.t, system)} {system.unit(Dimension.TIME)}"
    return f"{what} {way} {level(condition, circuit)} at t = {when}"


def level(condition: Condition, circuit: Circuit) -> str:
    """The level with its unit."""
    system = circuit.unit_system
    if condition.variable == "tau":
        return " ".join(duration(condition.level, system))
    return f"{number(condition.level)} {system.unit(Dimension.POTENTIAL)}".strip()


def _name(condition: Condition, circuit: Circuit) -> str:
    neuron = circuit.elements.get(condition.neuron)
    return neuron.name if isinstance(neuron, Neuron) else "a neuron"
