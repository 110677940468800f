"""Add new elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Named
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True)
class Add:
    """Add elements whose ids come from `Circuit.new_id`: a neuron, a synapse, a whole paste."""

    elements: tuple[Element, ...]
    title: str = ""
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """What is added."""
        if self.title:
            return self.title
        first = self.elements[0] if self.elements else None
        if len(self.elements) != 1:
            return f"Add {len(self.elements)} things"
        name = f" {first.name}" if isinstance(first, Named) else ""
        return f"Add {type(first).__name__.lower()}{name}"

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """The new elements.

        Raises:
            InputError: If an id is already in use.
        """
        result: dict[int, Element | None] = {}
        elements = circuit.elements
        for element in self.elements:
            if element.id in elements or element.id in result:
                raise InputError(
                    Issue("the circuit", f"the id {element.id} is already taken", "use a new one")
                )
            result[element.id] = element
        return result
