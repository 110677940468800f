"""What is selected, looked through once: there may be thousands of elements, and all of the window asks after every edit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from circuitsim.app.document.group import Group

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import UnionType

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit


class Chosen:
    """Counts the selected elements by class, and sorts them by kind."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._of: tuple[Circuit, int, frozenset[int]] | None = None
        self._sorts: Mapping[type, int] = {}
        self._group: Group | None = None
        self._group_of: frozenset[int] = frozenset()

    @property
    def sorts(self) -> Mapping[type, int]:
        """How many there are of each class; what has just been deleted may still be selected, and does not count."""
        circuit, selection = self._document.circuit, self._document.selection
        of = self._of
        if of is None or of[0] is not circuit or of[1] != circuit.edition or of[2] is not selection:
            self._of = circuit, circuit.edition, selection
            self._sorts = Counter(map(type, map(circuit.elements.get, selection)))
            self._sorts.pop(type(None), None)
        return self._sorts

    @property
    def group(self) -> Group:
        """They, in the order of their ids."""
        selection = self._document.selection
        if self._group is None or self._group_of is not selection:
            self._group, self._group_of = Group(self._document, tuple(sorted(selection))), selection
        return self._group

    def count(self, sort: type | UnionType) -> int:
        """How many of them are of a class, or of one of several."""
        return sum(count for found, count in self.sorts.items() if issubclass(found, sort))
