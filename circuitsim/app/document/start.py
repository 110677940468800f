"""The present state of the run as the start of the next one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.circuit.edits import SetStart
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.document.document import Document

TAKE = "Take the present as start state"
DIGITS = 6  # significant; more would be noise in the file


def present_states(document: Document, ids: Iterable[int] | None = None) -> dict[int, float]:
    """State of some neurons, or of all, at the instant that is shown; empty before there is one."""
    snapshot = document.snapshot()
    if snapshot is None:
        return {}
    wanted = None if ids is None else set(ids)
    states = zip(snapshot.ids, snapshot.v.tolist(), strict=True)
    return {
        i: float(f"{v:.{DIGITS}g}")
        for i, v in states
        if math.isfinite(v)
        and (wanted is None or i in wanted)
        and isinstance(document.circuit.elements.get(i), Neuron)
    }


def take_present(document: Document, ids: Iterable[int] | None = None) -> None:
    """Let some neurons, or all, start where they are now; the run goes on as it is."""
    states = present_states(document, ids)
    if states and document.push(SetStart(states, TAKE)):
        count = len(states)
        document.set_notice(f"{count} neuron{'s' * (count > 1)} will start from this state")
