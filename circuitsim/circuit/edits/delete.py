"""Delete elements with everything that hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.views import without
from circuitsim.circuit.elements import DOCUMENT_ID, NOTHING, Cell, Synapse
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True)
class Delete:
    """Delete elements; synapses and outputs go with their neurons, traces and pins with what they show.

    The units of a network go with it, and only with it; where a network read what is gone, it reads 0.
    """

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
            InputError: If an id is not in the circuit or is the document itself, or if it is a unit of a network
                that stays.
        """
        elements, gone = circuit.elements, _with_units(circuit, self.ids)
        for i in [i for i in gone if not isinstance(elements[i], Synapse)]:
            gone.update(circuit.attached(i))
        result: dict[int, Element | None] = dict.fromkeys(sorted(gone))
        for cell in circuit.cells:
            if cell.id not in result and any(r.source in result for r in cell.reads):
                reads = tuple(replace(r, source=NOTHING) if r.source in result else r for r in cell.reads)
                result[cell.id] = replace(cell, reads=reads)
        document = without(circuit.document, result)
        if document != circuit.document:
            result[DOCUMENT_ID] = document
        return result


def _with_units(circuit: Circuit, ids: frozenset[int]) -> set[int]:
    """The ids, and those of the units of networks among them."""
    result, elements = set(ids), circuit.elements
    for i in ids:
        element = elements.get(i)
        if i == DOCUMENT_ID or element is None:
            raise InputError(Issue("the circuit", f"there is nothing with id {i} to delete"))
        if isinstance(element, Cell):
            result.update(element.units)
    homes = {unit: cell for cell in circuit.cells for unit in cell.units}
    for i in sorted(ids & homes.keys()):
        network = homes[i]
        if network.id not in ids:
            name = getattr(circuit.elements[i], "name", "")
            remedy = f"delete {network.name}, and its units go with it"
            raise InputError(Issue(f"neuron {name}", f"it is a unit of {network.name}", remedy, element=i))
    return result
