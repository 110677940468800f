"""The signs of an equation: what they stand for, their present numbers, and the equation with these put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.document.group import Group
from circuitsim.app.document.handle import Handle
from circuitsim.app.document.quantity import duration, number
from circuitsim.app.help.subject import who
from circuitsim.dynamics.signs import meanings
from circuitsim.spec.kind import SolverKind
from circuitsim.spec.notation import Value, equations, name, names
from circuitsim.spec.put_in import put_in

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.app.help.subject import Subject
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
