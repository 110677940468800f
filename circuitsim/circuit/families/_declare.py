"""The shape of a family: what the neurons of a network are, once it is known who is connected to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_input
from circuitsim.circuit.edits import Add, Move, SetTraced
from circuitsim.spec.size import chosen, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Input, Point
    from circuitsim.circuit.wirings import Wiring
    from circuitsim.spec.size import Numbers, Size

STIMULI = ("slider", "constant", "sine")

INPUTS = whole("inputs", "inputs", 2, 1, 302, "How many inputs there are, called u0, u1 and so on.")
STIMULUS = chosen(
    "stimulus", "inputs are", STIMULI, "What the inputs are at first; each can be changed later."
)


@dataclass(frozen=True, slots=True)
class Family:
    """What networks are made of.

    Attributes:
        id: Name in Python and on the command line.
        title: Name for people.
        doc: What it is and when to take it, in a sentence or two.
        reference: Source of what its numbers begin with.
        sizes: Its numbers, besides those of a wiring.
        build: (numbers, wiring or None, seed, unit system) -> a circuit of its own, laid out in layers.
        count: (numbers, wiring or None) -> how many numbers training would find.
        wired: True if it needs a wiring.
        pure: True if its numbers mean something in liquid units alone.
    """

    id: str
    title: str
    doc: str
    reference: str
    sizes: tuple[Size, ...]
    build: Callable[[Numbers, Wiring | None, int, str], Circuit]
    count: Callable[[Numbers, Wiring | None], int]
    wired: bool
    pure: bool = False


MOST_TRACES = 4


def finished(
    circuit: Circuit, elements: Iterable[Element], at: Callable[[Circuit], dict[int, Point]]
) -> Circuit:
    """A circuit with its elements, each in its place, and the first read-outs on the scope."""
    circuit.apply(Add(tuple(elements)))
    circuit.apply(Move(at(circuit)))
    units = {neuron.id for neuron in circuit.neurons}
    read = [output.source for output in circuit.outputs if output.source in units] or [circuit.neurons[0].id]
    circuit.apply(SetTraced(tuple(read[:MOST_TRACES])))
    return circuit


def new_inputs(circuit: Circuit, numbers: Numbers) -> list[Input]:
    """The inputs u0, u1, ...; sine waves follow each other, so that the inputs differ."""
    count, stimulus = int(numbers["inputs"]), STIMULI[int(numbers["stimulus"])]
    result = []
    for k in range(count):
        made = new_input(circuit, f"u{k}", stimulus)
        if stimulus == "sine":
            made = replace(made, parameters={**made.parameters, "phase": -k / (2.0 * count)})
        result.append(made)
    return result
