"""What a laboratory is asked about the open circuit: its numbers, its present state and what its run has shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from circuitsim.analysis._declare import Question
from circuitsim.engine.recorded import recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit

ROWS = 8_000  # of the run at most that are looked at


class Asking(QObject):
    """Keeps a copy of the circuit while nobody edits it, and knows since when it is as it is."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._copy: Circuit | None = None
        self._since = 0.0
        self.edition = 0
        document.changed.connect(self._on_change)
        document.replaced.connect(self._on_change)

    def _on_change(self) -> None:
        self._copy = None
        self._since = self._document.status().t
        self.edition += 1

    def question(self, values: Mapping[str, float | str]) -> Callable[[Callable[[float], bool]], Question]:
        """What makes the question, in another thread, from how progress is reported; this thread only takes a copy."""
        document = self._document
        if self._copy is None:
            self._copy = document.circuit.copy()
        circuit, recording, status = self._copy, document.simulator.recording, document.status()
        snapshot, since, twin = document.snapshot(), self._since, document.simulator.beside

        def make(report: Callable[[float], bool]) -> Question:
            if snapshot is None:
                return Question(circuit, values, report=report)
            states = dict(zip(snapshot.ids, snapshot.v.tolist(), strict=True))
            inputs = dict(zip(snapshot.input_ids, snapshot.inputs.tolist(), strict=True))
            begin = max(since if since <= snapshot.t else 0.0, recording.earlier(snapshot.t, ROWS))
            seen = recorded(circuit, recording, status, begin, snapshot.t)
            beside = None
            if twin is not None and twin.begun < snapshot.t:
                beside = recorded(circuit, twin.recording, status, max(begin, twin.begun), snapshot.t)
            return Question(circuit, values, states, snapshot.t, inputs, seen, beside, report)

        return make
