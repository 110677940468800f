"""The page of a synapse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.panels._curve import CurveSection
from circuitsim.app.panels._live import LiveSynapse
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import Section
from circuitsim.circuit.edits import Replace, SetKind
from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.circuit.wiring import fitting_synapse_kinds

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids


class SynapsePage(Page):
    """Parameters, ends, kind."""

    def pieces(self) -> Iterator[None]:
        """Each parameter, and each section, by itself."""
        document = self.document

        def get() -> Synapse:
            return document.circuit.get(self.element, Synapse)

        kinds = document.circuit.kinds.synapses
        self._live = LiveSynapse(document, self.element)
        self.add(self._live)
        yield
        yield from self.add_parameters(self.all_ids, kinds[get().kind].parameters)
        curve = kinds[get().kind].curve
        self._curve = None if curve is None else CurveSection(document, self.element, curve)
        if self._curve is not None:
            self.add(self._curve, self._curve.sync)
            yield
        self.add(Section("Identity"))
        take = lambda v: document.push(SetKind(self.element, str(v)))  # noqa: E731
        self.add_changing_choice(
            "kind", lambda: [(k, kinds[k].title) for k in fitting_synapse_kinds(document.circuit, get())],
            lambda: get().kind, take,
        )  # fmt: skip
        self.add_text("label", lambda: get().label, lambda text: _relabel(document, get(), text))
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """The kind gives the parameters, those of its ends the kinds to which it may change."""
        synapse = document.circuit.get(ids[0], Synapse)
        return synapse.kind, *_ends(document, synapse)

    def aim(self, ids: Ids) -> None:
        """Show another synapse of the same kind, between ends of the same kinds."""
        self._live.aim(ids[0])
        if self._curve is not None:
            self._curve.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """How far it is open, and what flows."""
        super().refresh()
        self._live.refresh()
        if self._curve is not None:
            self._curve.refresh()


def _ends(document: Document, synapse: Synapse) -> tuple[str, str]:
    """The kinds of both ends, as the declarations of synapses name them."""
    pre, post = document.circuit.elements[synapse.pre], document.circuit.get(synapse.post, Neuron)
    return pre.kind if isinstance(pre, Neuron) else "input", post.kind


def _relabel(document: Document, element: Synapse, text: str) -> str | None:

    document.push(Replace((replace(element, label=text.strip()),), "Change label"))
    return None
