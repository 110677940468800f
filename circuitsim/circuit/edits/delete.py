"""Delete elements with everything that hangs on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.views import without
from circuitsim.circuit.elements import DOCUMENT_ID, Named
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True)
class Delete:
    """Delete elements; synapses and outputs go with their neurons, traces and pins with what they show."""

    ids: frozenset[int]
    title: str = ""
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """How much is deleted."""
        return self.title or ("Delete" if len(self.ids) == 1 else f"Delete {len(self.ids)} things")

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """None for every deleted element.

        Raises:
            InputError: If an id is not in the circuit or is the document itself.
        """
        result: dict[int, Element | None] = {}
        for i in sorted(self.ids):
            if i == DOCUMENT_ID or i not in circuit.elements:
                raise InputError(Issue("the circuit", f"there is nothing with id {i} to delete"))
            result[i] = None
            if isinstance(circuit.elements[i], Named):
                result.update(dict.fromkeys(circuit.attached(i)))
        document = without(circuit.document, result)
        if document != circuit.document:
            result[DOCUMENT_ID] = document
        return result
