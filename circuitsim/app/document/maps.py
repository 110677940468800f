"""Affine maps as people write them: what an input sends, what a network reads in a column, what an output makes of a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import number
from circuitsim.circuit.elements import NOTHING, Input, Neuron

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Output

INPUT_MAP = ("input_w", "input_b")  # arrays of a network that maps its columns once more, as ncps names them


@dataclass(frozen=True, slots=True)
class Map:
    """A gain and an offset."""

    gain: float = 1.0
    offset: float = 0.0

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return self.gain == 1.0 and self.offset == 0.0

    def then(self, other: Map) -> Map:
        """This map and another one after it."""
        return Map(other.gain * self.gain, other.gain * self.offset + other.offset)

    def of(self, symbol: str) -> str:
        """The map of a symbol in words: ``1.2 v − 0.3``."""
        size = "" if abs(self.gain) == 1.0 else f"{number(abs(self.gain))} "
        head = f"{'−' if self.gain < 0 else ''}{size}{symbol}" if self.gain else ""
        if not self.offset or not head:
            return head or number(self.offset)
        return f"{head} {'−' if self.offset < 0 else '+'} {number(abs(self.offset))}"


def sent_by(source: Input) -> Map:
    """From the value of an input to what it sends."""
    return Map(source.gain, source.offset)


def read_in(circuit: Circuit, cell: Cell, column: int) -> str:
    """What stands in a column of a network, by the name of what is read there."""
    reading = cell.reads[column]
    source = circuit.elements.get(reading.source)
    if reading.source == NOTHING or not isinstance(source, Input | Neuron):
        return "nothing" if not reading.offset else number(reading.offset)
    made = sent_by(source) if isinstance(source, Input) else Map()
    made = made.then(Map(reading.gain, reading.offset))
    if all(name in cell.arrays for name in INPUT_MAP):
        made = made.then(Map(*(float(cell.arrays[name].values[column]) for name in INPUT_MAP)))
    return made.of(source.label or source.name)


def made_by(circuit: Circuit, output: Output) -> str:
    """What an output makes: of v of a neuron, of h of a unit, or of a row of the projection of a network."""
    source = circuit.elements[output.source]
    if not isinstance(source, Neuron):
        return Map(output.gain, output.offset).of(f"row {output.row}")
    symbol = "v" if circuit.network_of(source.id) is None else "h"
    return Map(output.gain, output.offset).of(symbol)
