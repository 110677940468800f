"""What a step of a circuit costs by one way and another, on this machine now."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from circuitsim.engine.proposal import propose
from circuitsim.engine.session import Session
from circuitsim.spec.result import Column, Table

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

TIMED = 400  # steps
STRETCHES = 5
EXPONENTIAL = "exponential_euler"
WAYS = {"rk4": "Runge-Kutta 4", EXPONENTIAL: "exponential step", "fused": "fused step"}


def costs(circuit: Circuit, with_closed: Circuit | None) -> dict[str, float]:
    """Microseconds that the whole circuit takes for a step, by the title of the way.

    Args:
        circuit: The circuit.
        with_closed: The same with the closed forms of its neurons beside it; None if there are none.
    """
    dt = propose(circuit).dt
    found = {title: _per_step(circuit, solver, dt) for solver, title in WAYS.items()}
    if with_closed is not None:
        both = _per_step(with_closed, EXPONENTIAL, dt)
        found["closed form alone"] = max(0.0, both - found[WAYS[EXPONENTIAL]])
    return found


def _per_step(circuit: Circuit, solver: str, dt: float) -> float:
    session = Session(circuit, solver, dt, every=TIMED)
    session.advance(TIMED)
    best = math.inf
    for _ in range(STRETCHES):
        begun = time.perf_counter()
        session.advance(TIMED)
        best = min(best, time.perf_counter() - begun)
    return 1e6 * best / TIMED


def priced(found: dict[str, float]) -> Table:
    """The table of costs."""
    columns = (
        Column("way"),
        Column("a step of the circuit", "µs", "The fastest of five stretches, on this machine now."),
    )
    return Table("Cost", columns, tuple(found.items()), (-1,) * len(found))
