"""The names that people may use in fields: ``tau``, ``x``, ``default``, ``capacitance``, ``liquid.leak_potential``."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import quantity
from circuitsim.circuit.elements import Cell, Input, Neuron, Synapse, Tunable
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.app.document.expression import Lookup, Quantity
    from circuitsim.circuit.elements import Element
    from circuitsim.spec.kind import Declaration

TIP = 72  # letters in a line of a tooltip
LIVE = {"v": Dimension.POTENTIAL, "vinf": Dimension.POTENTIAL, "tau": Dimension.TIME}


def declaration(document: Document, element: Element) -> Declaration | None:
    """The kind of an element that has parameters, or None."""
    kinds = document.circuit.kinds
    match element:
        case Neuron():
            return kinds.neuron(element.kind)
        case Synapse():
            return kinds.synapses[element.kind]
        case Input():
            return kinds.stimuli[element.stimulus]
        case Cell():
            return kinds.cells[element.kind].form(element.parameters)
    return None


def shared_kind(document: Document) -> Declaration | None:
    """The kind that all selected elements share, or None; what has just been deleted may still be selected."""
    sorts, alike = document.chosen.sorts, document.chosen.group.kinds
    if len(sorts) != 1 or len(alike) != 1:
        return None
    (some,) = alike.values()
    kinds = (declaration(document, e) for e in (some if isinstance(some[0], Cell) else some[:1]))
    first = next(kinds)
    return first if all(kind is first for kind in kinds) else None


def told(kind: Declaration) -> str:
    """What a kind is and when not to use it, for a tooltip."""
    return "\n".join(textwrap.fill(text, TIP) for text in (kind.doc, kind.avoid))


def lookup(document: Document, own: int | None, special: Mapping[str, Quantity]) -> Lookup:
    """Names as an expression meets them.

    Args:
        document: What is open.
        own: Element whose parameters need no name before them; None for several.
        special: Names that only this field knows.
    """
    elements = document.circuit.elements

    def find(name: str) -> Quantity | None:
        if name in special:
            return special[name]
        owner, dot, rest = name.partition(".")
        element = document.circuit.named(owner) if dot else elements.get(own or 0)
        return None if element is None else _of(document, element, rest if dot else name)

    return find


def _of(document: Document, element: Element, name: str) -> Quantity | None:
    """A parameter of an element, or the present state of a neuron."""
    system = document.circuit.unit_system
    kind = declaration(document, element)
    parameter = None if kind is None else kind.parameter(name)
    if parameter is not None and isinstance(element, Tunable):
        return quantity(element.parameters[name], parameter.dimension, system)
    snapshot = document.snapshot()
    if name not in LIVE or snapshot is None or element.id not in snapshot.ids:
        return None
    value = float(getattr(snapshot, name)[snapshot.ids.index(element.id)])
    return quantity(value, LIVE[name], system)
