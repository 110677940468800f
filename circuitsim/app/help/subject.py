"""What is explained: a kind, and the elements whose numbers are put into its equation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.app.document.group import Group
from circuitsim.app.document.handle import Handle
from circuitsim.app.document.names import shared_kind
from circuitsim.app.document.quantity import duration, number
from circuitsim.dynamics.signs import meanings
from circuitsim.spec.kind import CellKind, NeuronKind, SolverKind, StimulusKind
from circuitsim.spec.notation import Value, equations, name, names
from circuitsim.spec.put_in import put_in

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.spec.kind import Declaration
    from circuitsim.spec.notation import Clause, Name, Node
    from circuitsim.spec.parameter import Parameter

STEP = name("h")  # of a solver
ONE = Value("1", "")


@dataclass(frozen=True, slots=True)
class Row:
    """A sign of the equation.

    Attributes:
        sign: The sign.
        meaning: What it stands for.
        value: Its present number with its unit; the unit alone where there is no number, empty if there is neither.
        has_value: Whether there is a number.
    """

    sign: Name
    meaning: str
    value: str
    has_value: bool


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


def values(document: Document, subject: Subject) -> dict[Name, Node]:
    """What stands in the place of the names of parameters; those on which several elements differ are left out."""
    if isinstance(subject.kind, SolverKind):
        return {STEP: Value(*duration(_step(document), document.circuit.unit_system))}
    ids = tuple(i for i in subject.ids if i in document.circuit.elements)
    found: dict[Name, Node] = {}
    for parameter in subject.kind.parameters if ids else ():
        handle = Handle(Group(document, ids), parameter)
        if not handle.mixed:
            put = _node(document, parameter, handle.value)
            if put is not None:
                found[name(parameter.symbol)] = put
    return found


def _step(document: Document) -> float:
    status = document.status()
    return status.dt if status.solver else document.proposal().dt


def _node(document: Document, parameter: Parameter, value: float) -> Node | None:
    if parameter.choices:
        if not parameter.signs:
            return None
        (clause,) = equations(parameter.signs[int(value)])
        return clause.body
    return Value(number(value), document.circuit.unit_system.unit(parameter.dimension))


def filled(document: Document, subject: Subject) -> tuple[Clause, ...]:
    """The equations with the present numbers put in; none where they say no more than the signs, or a factor of 1."""
    there = values(document, subject) if who(document, subject) else {}
    general = equations(subject.kind.equation)
    put = [there[sign] for sign in names(general) if sign in there]
    return put_in(general, there) if any(value != ONE for value in put) else ()


def rows(document: Document, subject: Subject) -> list[Row]:
    """Every sign of the equation in the order in which it comes, then parameters that do not stand in it."""
    kind, system = subject.kind, document.circuit.unit_system
    own = {name(p.symbol): p for p in kind.parameters}
    others = meanings(kind)
    there = [n for n in names(equations(kind.equation)) if n in own or n in others]
    there += [n for n in own if n not in there]
    found = []
    for each in there:
        if each in own:
            found.append(Row(each, own[each].doc, _value(document, subject, own[each]), has_value=True))
        else:
            sign = others[each]
            unit = "" if sign.dimension is None else system.unit(sign.dimension)
            found.append(Row(each, f"{sign.meaning[:1].upper()}{sign.meaning[1:]}.", unit, has_value=False))
    return found


def _value(document: Document, subject: Subject, parameter: Parameter) -> str:
    """The present value with its unit; without elements the default."""
    ids = tuple(i for i in subject.ids if i in document.circuit.elements)
    handle = Handle(Group(document, ids), parameter)
    return handle.with_unit(handle.text)
