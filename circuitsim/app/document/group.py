"""Elements in the hand together, sorted by kind once, since there may be thousands of them and many views of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.document.names import kind_id
from circuitsim.circuit.elements import Tunable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit


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
    names = list(map(kind_id, elements))
    if len(alike := {*zip(map(type, elements), names, strict=True)}) == 1:  # thousands, most often
        return {alike.pop(): elements}
    kinds: dict[tuple[type, str], list[Tunable]] = {}
    for element, name in zip(elements, names, strict=True):
        kinds.setdefault((type(element), name), []).append(element)
    return kinds


def group_of(document: Document, ids: tuple[int, ...]) -> Group:
    """Some elements; what is selected has one group, which is sorted once after an edit."""
    chosen = document.chosen.group
    return chosen if chosen.ids == ids else Group(document, ids)
