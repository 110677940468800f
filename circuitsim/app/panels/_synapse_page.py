"""The page of a synapse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.panels._live import LiveSynapse
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import Section
from circuitsim.circuit.edits import Replace, SetKind
from circuitsim.circuit.elements import Neuron, Synapse

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document


class SynapsePage(Page):
    """Parameters, ends, kind."""

    def __init__(self, document: Document, synapse: int) -> None:
        super().__init__(document)
        circuit = document.circuit

        def get() -> Synapse:
            return circuit.get(synapse, Synapse)

        kinds = circuit.kinds
        self._live = LiveSynapse(document, synapse)
        self.add(self._live)
        self.add_parameters((synapse,), kinds.synapses[get().kind].parameters)
        pre, post = circuit.elements[get().pre], circuit.get(get().post, Neuron)
        source = pre.kind if isinstance(pre, Neuron) else "input"
        legal: list[tuple[object, str]] = [
            (k.id, k.title)
            for k in kinds.synapses.values()
            if kinds.synapse_refusal(k.id, source, post.kind) is None
        ]
        self.add(Section("Identity"))
        take = lambda v: document.push(SetKind(synapse, str(v)))  # noqa: E731
        self.add_choice("kind", legal, lambda: get().kind, take)
        self.add_text("label", lambda: get().label, lambda text: _relabel(document, get(), text))
        self.box.addStretch(1)

    def refresh(self) -> None:
        """How far it is open, and what flows."""
        super().refresh()
        self._live.refresh()


def _relabel(document: Document, element: Synapse, text: str) -> str | None:

    document.push(Replace((replace(element, label=text.strip()),), "Change label"))
    return None
