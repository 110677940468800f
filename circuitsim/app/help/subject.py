"""What is explained: a kind, and the elements whose numbers are put into its equation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.app.document.names import shared_kind
from circuitsim.spec.kind import CellKind, NeuronKind, SolverKind, StimulusKind

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.spec.kind import Declaration


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind, and some elements of it.

    Attributes:
        kind: The kind.
        ids: Ids of the elements; none if the kind alone is explained.
    """

    kind: Declaration
    ids: tuple[int, ...] = ()


def family(kind: Declaration) -> str:
    """What a kind is a kind of."""
    match kind:
        case NeuronKind():
            return "neuron"
        case StimulusKind():
            return "input"
        case SolverKind():
            return "solver"
        case CellKind():
            return "network"
    return "synapse"


def selected(document: Document) -> Subject | None:
    """The kind that all selected elements share; None if they have none in common."""
    kind = shared_kind(document)
    ids = tuple(sorted(i for i in document.selection if i in document.circuit.elements))
    if isinstance(kind, NeuronKind) and kind.id in document.circuit.kinds.units:
        return _unit(document, kind, ids)
    return None if kind is None else Subject(kind, ids)


def _unit(document: Document, kind: NeuronKind, ids: tuple[int, ...]) -> Subject:
    """Units of one network are explained by what the network computes, with its numbers."""
    found = {cell.id: cell for cell in map(document.circuit.network_of, ids) if cell is not None}
    if len(found) != 1:
        return Subject(kind, ids)
    (cell,) = found.values()
    network = document.circuit.kinds.cells[cell.kind].form(cell.parameters)
    doc = f"{kind.doc} The equation is what {cell.name} computes at a call; the result is held between calls."
    return Subject(replace(network, title=kind.title, doc=doc, avoid=kind.avoid), (cell.id,))


def solver(document: Document) -> Subject:
    """The solver in use."""
    chosen = document.status().solver or document.proposal().solver
    return Subject(document.circuit.kinds.solvers[chosen])


def who(document: Document, subject: Subject) -> str:
    """Whose numbers are put in; empty if there are none."""
    elements = document.circuit.elements
    there = [elements[i] for i in subject.ids if i in elements]
    if isinstance(subject.kind, SolverKind):
        return "the step of this run" if solver(document).kind is subject.kind else ""
    if not there or not subject.kind.parameters:
        return ""
    if len(there) > 1:
        return f"the numbers that {len(there)} share"
    only = there[0]
    called = getattr(only, "label", "") or getattr(only, "name", "")
    return f"the numbers of {called}" if called else "its present numbers"
