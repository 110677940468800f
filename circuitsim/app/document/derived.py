"""What follows from a circuit and takes a moment to find: bands, proposal and problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from circuitsim.engine.bands import Bands, bands
from circuitsim.engine.problems import problems
from circuitsim.engine.proposal import Proposal, propose
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit

Derived = tuple[Bands, Proposal, tuple[Issue, ...]]

DELAY = 30  # ms between the last edit of a burst and new bands


def derive(circuit: Circuit, states: Mapping[int, float] | None = None) -> Derived:
    """Bands, proposal and problems of a circuit, with its present states by neuron id if it runs."""
    found = bands(circuit, states)
    plan = propose(circuit, found)
    return found, plan, problems(circuit, found, plan)


class Deriving:
    """Finds it again after edits, away from the GUI thread, and lets the document tell of it.

    Args:
        document: What is open.
        found: What holds for it now.

    Attributes:
        found: What was found last.
    """

    def __init__(self, document: Document, found: Derived) -> None:
        self._document, self.found = document, found
        self._busy = False
        self._timer = QTimer(document, singleShot=True, interval=DELAY)
        self._timer.timeout.connect(self._begin)

    def soon(self) -> None:
        """There was an edit."""
        self._timer.start()

    def stop(self) -> None:
        """Wait for edits no longer."""
        self._timer.stop()

    def _begin(self) -> None:
        if self._busy:
            self._timer.start()
            return
        self._busy = True
        origin, snapshot = self._document.circuit, self._document.simulator.latest()
        twin = origin.copy()
        states = {n.id: n.start for n in twin.neurons}
        if snapshot is not None:
            states |= dict(zip(snapshot.ids, snapshot.v.tolist(), strict=True))

        def done(result: Derived) -> None:
            self._busy = False
            if origin is self._document.circuit:
                self.found = result
                self._document.derived.emit()

        def failed(_error: Exception) -> None:
            self._busy = False

        self._document.bridge.run("", lambda _job: derive(twin, states), done, failed)
