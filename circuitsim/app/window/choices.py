"""What the context menus offer for the selection besides actions: kinds, roles, directions, connections."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.document.start import present_states
from circuitsim.circuit.edits import Add, Compound, SetKind, SetStart
from circuitsim.circuit.elements import Cell, Input, Neuron, Role, Synapse
from circuitsim.circuit.networks import kinds_like
from circuitsim.circuit.rewire import turned, with_effect, with_role
from circuitsim.circuit.wiring import Effect, connection, fitting_neuron_kinds, fitting_synapse_kinds, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Element
    from circuitsim.spec.kind import Declaration

NEAREST = 16  # targets offered for a connection


@dataclass(frozen=True)
class Choice:
    """One line of a menu.

    Attributes:
        text: What it says.
        act: Does it.
        ticked: Whether it is so already; None for what is done rather than chosen.
        enabled: Whether it can be done.
    """

    text: str
    act: Callable[[], object]
    ticked: bool | None = None
    enabled: bool = True


@dataclass(frozen=True)
class Offer:
    """Some lines, in a menu of their own if they have a title."""

    choices: tuple[Choice, ...]
    title: str = ""


def chosen(document: Document) -> list[Element]:
    """The selected elements, in id order."""
    return [document.circuit.elements[i] for i in sorted(document.selection)]


def kinds(document: Document) -> Offer:
    """The kinds that the selection, all of one class, may be turned into."""
    elements = chosen(document)
    table: Mapping[str, Declaration]
    match elements[0]:
        case Neuron() if any(document.circuit.network_of(e.id) for e in elements):
            return Offer(())  # a unit is what its network makes of it
        case Neuron():
            table, title = document.circuit.kinds.neurons, "Change kind to"
        case Input():
            table, title = document.circuit.kinds.stimuli, "Change stimulus to"
        case Cell() as cell:
            table, title = kinds_like(document.circuit, cell), "Change kind to"
        case _:
            table, title = document.circuit.kinds.synapses, "Change kind to"
    present = {getattr(e, "stimulus", None) or getattr(e, "kind", "") for e in elements}

    def turn(kind: str) -> None:
        edits: tuple[Edit, ...] = tuple(SetKind(e.id, kind) for e in elements)
        document.push(Compound(edits, f"Change to {table[kind].title.lower()}"))

    def line(kind: str) -> Choice:
        fits = all(kind in possible(document, element) for element in elements)
        return Choice(table[kind].title, lambda: turn(kind), ticked=present == {kind}, enabled=fits)

    return Offer(tuple(map(line, table)), title)


def possible(document: Document, element: Element) -> list[str]:
    """Ids of the kinds into which an element can be turned with all that hangs on it."""
    match element:
        case Neuron():
            return fitting_neuron_kinds(document.circuit, element)
        case Synapse():
            return fitting_synapse_kinds(document.circuit, element)
        case Cell():
            return list(kinds_like(document.circuit, element))
    return list(document.circuit.kinds.stimuli)


def roles(document: Document) -> Offer:
    """The roles that the selected neurons may have."""
    present = {e.role for e in chosen(document) if isinstance(e, Neuron)}

    def give(role: Role) -> Callable[[], object]:
        return lambda: document.push(with_role(document.circuit, document.selection, role))

    return Offer(tuple(Choice(r.capitalize(), give(r), ticked=present == {r}) for r in Role), "Role")


def start(document: Document) -> Offer:
    """Let the selected neurons begin from where they are now."""
    now = present_states(document, document.selection)
    text = "Take present state as start state"
    return Offer((Choice(text, lambda: document.push(SetStart(now)), enabled=bool(now)),))


def directions(document: Document) -> Offer:
    """Turn synapses round, and make them excitatory or inhibitory."""
    circuit, ids = document.circuit, document.selection
    synapses = [e for e in chosen(document) if isinstance(e, Synapse)]
    kinds_ = [circuit.kinds.synapses[s.kind] for s in synapses]
    turns = any(
        isinstance(circuit.elements[s.pre], Neuron) and not kind.mutual
        for s, kind in zip(synapses, kinds_, strict=True)
    )
    signs = any(kind.sign for kind in kinds_)

    def make(effect: Effect) -> Choice:
        return Choice(
            f"Make {effect}", lambda: document.push(with_effect(circuit, ids, effect)), enabled=signs
        )

    turn = Choice("Turn direction", lambda: document.push(turned(circuit, ids)), enabled=turns)
    return Offer((turn, make(Effect.EXCITATORY), make(Effect.INHIBITORY)))


def connect(document: Document) -> Offer:
    """Connect the selected neuron or input to one of those nearest to it."""
    circuit, source = document.circuit, chosen(document)[0]
    assert isinstance(source, Neuron | Input)  # noqa: S101  (held by the table of menus)
    fitting = [
        n
        for n in circuit.neurons
        if n is not source and refusal(circuit, source, n, Effect.EXCITATORY) is None
    ]
    fitting.sort(key=lambda n: math.dist(n.position, source.position))
    return Offer(
        tuple(_line(document, source, n, n.label or n.name) for n in fitting[:NEAREST]), "Connect to"
    )


def connect_two(document: Document) -> Offer:
    """Connect two selected neurons, or an input and a neuron, either way."""
    first, second = chosen(document)
    pairs = [
        (a, b)
        for a, b in ((first, second), (second, first))
        if isinstance(a, Neuron | Input) and isinstance(b, Neuron)
    ]
    return Offer(
        tuple(
            _line(document, a, b, f"Connect {a.name} to {b.name}")
            for a, b in pairs
            if refusal(document.circuit, a, b, Effect.EXCITATORY) is None
        )
    )


def _line(document: Document, source: Neuron | Input, target: Neuron, text: str) -> Choice:
    def act() -> None:
        synapse = connection(document.circuit, source, target, Effect.EXCITATORY)
        document.push(Add((synapse,), title=f"Connect {source.name} to {target.name}"), select=[synapse.id])

    return Choice(text, act)
