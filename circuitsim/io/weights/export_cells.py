"""What networks with memory of every kind must be like to be written for ncps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import NOTHING, Input
from circuitsim.circuit.validate import place
from circuitsim.io.weights.written import inexpressible

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell


def only_network(circuit: Circuit) -> Cell:
    """The only network of a circuit that has nothing else.

    Raises:
        InputError: If there are others, or neurons beside it.
    """
    if len(circuit.cells) > 1:
        raise inexpressible(
            "the circuit", f"it has {len(circuit.cells)} networks, and a file of ncps holds one"
        )
    (cell,) = circuit.cells
    lone = next((n for n in circuit.neurons if n.id not in cell.units), None)
    if lone is not None:
        raise inexpressible(
            place(circuit, lone),
            f"it is no unit of {cell.name}, and a network with memory of ncps has nothing else",
        )
    return cell


def plain_inputs(circuit: Circuit, cell: Cell) -> list[Input]:
    """The inputs that the columns read, each as it is.

    Raises:
        InputError: If a column reads anything else.
    """
    where, sources = place(circuit, cell), []
    for k, reading in enumerate(cell.reads, 1):
        source = circuit.elements.get(reading.source)
        if reading.source == NOTHING or not isinstance(source, Input) or source in sources:
            problem = f"its column {k} does not read an input of its own"
            raise inexpressible(where, problem, "connect an input to it")
        if (reading.gain, reading.offset, source.gain, source.offset) != (1.0, 0.0, 1.0, 0.0):
            problem = (
                f"what it reads of {source.name} has a gain or an offset, and such a network of ncps has none"
            )
            raise inexpressible(where, problem, "set the gain to 1 and the offset to 0")
        sources.append(source)
    return sources
