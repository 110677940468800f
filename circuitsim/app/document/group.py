"""Elements in the hand together, sorted by kind once, since there may be thousands of them and many views of their numbers."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Cell, Input, Neuron, Synapse, Tunable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit

KIND = {
    Neuron: attrgetter("kind"),
    Synapse: attrgetter("kind"),
    Input: attrgetter("stimulus"),
    Cell: attrgetter("kind"),
}  # id of the kind of an element


class Group:
    """Some elements by id.

    Attributes:
        document: What is open.
        ids: Their ids.
    """

    def __init__(self, document: Document, ids: tuple[int, ...]) -> None:
        self.document, self.ids = document, ids
        self._circuit: Circuit | None = None
        self._edition = -1
        self._kinds: dict[tuple[type, str], list[Tunable]] = {}

    @property
    def of_a_kind(self) -> Collection[list[Tunable]]:
        """Those of them that are there and have parameters; those of one kind together."""
        return self.kinds.values()

    @property
    def kinds(self) -> Mapping[tuple[type, str], list[Tunable]]:
        """The same by class and kind, in the order in which kinds come."""
        circuit = self.document.circuit
        if circuit is not self._circuit or circuit.edition != self._edition:
            self._circuit, self._edition = circuit, circuit.edition
            self._kinds = _by_kind([e for e in map(circuit.elements.get, self.ids) if isinstance(e, Tunable)])
        return self._kinds


def _by_kind(elements: list[Tunable]) -> dict[tuple[type, str], list[Tunable]]:
    if len(sorts := {*map(type, elements)}) == 1:  # thousands, most often
        (sort,) = sorts
        if len(names := {*map(KIND[sort], elements)}) == 1:
            return {(sort, names.pop()): elements}
    kinds: dict[tuple[type, str], list[Tunable]] = {}
    for element in elements:
        kinds.setdefault((type(element), KIND[type(element)](element)), []).append(element)
    return kinds


def group_of(document: Document, ids: tuple[int, ...]) -> Group:
    """Some elements; what is selected has one group, which is sorted once after an edit."""
    chosen = document.chosen.group
    return chosen if chosen.ids == ids else Group(document, ids)
