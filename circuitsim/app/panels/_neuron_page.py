"""The page of a neuron."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.panels._connections import Connections
from circuitsim.app.panels._live import LiveState
from circuitsim.app.panels._page import Page
from circuitsim.app.panels._rows import Section
from circuitsim.circuit.edits import Replace, SetKind
from circuitsim.circuit.elements import Neuron, Role
from circuitsim.circuit.wiring import fitting_neuron_kinds

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids
    from circuitsim.circuit.edits import Edit


class NeuronPage(Page):
    """Live state, parameters, synapses, identity."""

    def pieces(self) -> Iterator[None]:
        """Each parameter, and each of the lists, by itself."""
        document = self.document

        def get() -> Neuron:
            return document.circuit.get(self.element, Neuron)

        kinds = document.circuit.kinds.neurons
        self._live = LiveState(document, self.element)
        self.add(self._live)
        self._lists: list[Connections] = []
        yield
        yield from self.add_parameters(self.all_ids, kinds[get().kind].parameters)
        if kinds[get().kind].starts:
            self.add_start(self.all_ids)
        self._lists += [Connections(self, incoming=True), Connections(self, incoming=False)]
        yield
        self.add(Section("Identity"))
        self.add_names()
        yield
        roles: list[tuple[object, str]] = [(role, role.value) for role in Role]
        self.add_choice("role", roles, lambda: get().role, lambda v: document.push(_with_role(get(), v)))
        take = lambda v: document.push(SetKind(self.element, str(v)))  # noqa: E731
        self.add_changing_choice(
            "kind", lambda: [(k, kinds[k].title) for k in fitting_neuron_kinds(document.circuit, get())],
            lambda: get().kind, take,
        )  # fmt: skip
        self.box.addStretch(1)

    @staticmethod
    def shape(document: Document, ids: Ids) -> Hashable:
        """The kind gives the parameters."""
        return document.circuit.get(ids[0], Neuron).kind

    def aim(self, ids: Ids) -> None:
        """Show another neuron of the same kind."""
        self._live.aim(ids[0])
        super().aim(ids)

    def refresh(self) -> None:
        """The live state, and how far the synapses are open."""
        super().refresh()
        self._live.refresh()
        for each in self._lists:
            each.refresh()


def _with_role(neuron: Neuron, role: object) -> Edit:
    return Replace((replace(neuron, role=Role(str(role))),), f"Make {neuron.name} {role}")
