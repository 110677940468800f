"""Replace elements by altered ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.views import without_lost_pins
from circuitsim.circuit.elements import DOCUMENT_ID, Document, Tunable
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True)
class Replace:
    """Put altered elements in the place of those with the same ids; pins of parameters they lost go."""

    elements: tuple[Element, ...]
    title: str
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """The title it was given."""
        return self.title

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """The altered elements.

        Raises:
            InputError: If one of them is not in the circuit or changes its class.
        """
        for element in self.elements:
            if type(circuit.elements.get(element.id)) is not type(element):
                raise InputError(
                    Issue("the circuit", f"there is no {type(element).__name__.lower()} with id {element.id}")
                )
        result: dict[int, Element | None] = {element.id: element for element in self.elements}
        before = result.get(DOCUMENT_ID, circuit.document)
        assert isinstance(before, Document)  # noqa: S101  (checked above)
        document = before
        for element in self.elements:
            if isinstance(element, Tunable):
                document = without_lost_pins(document, element.id, element.parameters)
        if document is not before:
            result[DOCUMENT_ID] = document
        return result
