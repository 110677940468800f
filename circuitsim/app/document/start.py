"""The present state of the run as the start of the next one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.circuit.edits import SetStart
from circuitsim.circuit.elements import Neuron
from circuitsim.spec.issue import Issue
from circuitsim.spec.kind import ContinuousKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit

TAKE = "Take the present as start state"
DIGITS = 6  # significant; more would be noise in the file


def starting(document: Document, ids: Iterable[int]) -> tuple[int, ...]:
    """Those of some elements that are neurons to which a start state means something."""
    circuit = document.circuit
    found = ((i, circuit.elements.get(i)) for i in ids)
    return tuple(i for i, e in found if isinstance(e, Neuron) and circuit.kinds.neuron(e.kind).starts)


def present_states(document: Document, ids: Iterable[int] | None = None) -> dict[int, float]:
    """State of some neurons, or of all, at the instant that is shown; empty before there is one.

    Neurons without memory are left out: they have no state to begin from.
    """
    snapshot = document.snapshot()
    if snapshot is None:
        return {}
    wanted = None if ids is None else set(ids)
    states = zip(snapshot.ids, snapshot.v.tolist(), strict=True)
    return {
        i: float(f"{v:.{DIGITS}g}")
        for i, v in states
        if math.isfinite(v) and (wanted is None or i in wanted) and remembers(document.circuit, i)
    }


def remembers(circuit: Circuit, element: int) -> bool:
    """Whether an element is a neuron with a state of its own."""
    found = circuit.elements.get(element)
    return isinstance(found, Neuron) and isinstance(circuit.kinds.neuron(found.kind), ContinuousKind)


def take_present(document: Document, ids: Iterable[int] | None = None) -> None:
    """Let some neurons, or all, start where they are now; the run goes on as it is."""
    states = present_states(document, ids)
    if not states and document.snapshot() is not None:
        document.refuse(
            Issue("", "neurons without memory have no state to begin from", "select one that remembers")
        )
    if states and document.push(SetStart(states, TAKE)):
        count = len(states)
        document.set_notice(f"{count} neuron{'s' * (count > 1)} will start from this state")
