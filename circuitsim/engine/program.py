"""A circuit compiled to plain arrays, and where each element stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Input, Neuron, Synapse
from circuitsim.dynamics.noise import key
from circuitsim.engine.groups import parameter_block

if TYPE_CHECKING:
    from circuitsim.dynamics.tables import Tables
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import NeuronKind, StimulusKind, SynapseKind


@dataclass(frozen=True, slots=True)
class NeuronBlock:
    """Neurons of one kind: `size` columns from `low` on, rows from number `first` of p on."""

    kind: NeuronKind
    low: int
    size: int
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class SynapseBlock:
    """Synapses of one kind: rows of `slots` numbers from number `first` of q on.

    `ids` (rising, twice for mutual synapses) and `slot` tell where each of them stands.
    """

    kind: SynapseKind
    slots: int
    first: int
    ids: Ints
    slot: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What kernels run, and the way from ids to columns.

    Attributes:
        tables: The arrays; p, q and u are rewritten by live edits between steps.
        neuron_ids: In id order.
        input_ids: In id order.
        columns: int64[n], state column of each neuron in id order.
        start: float64[N + M], start states; inputs are filled in by the kernels.
        neuron_blocks: By kind id.
        synapse_blocks: By kind id.
        stimuli: Stimulus kind of each input and its range in u.
    """

    tables: Tables
    neuron_ids: tuple[int, ...]
    input_ids: tuple[int, ...]
    columns: Ints
    start: Floats
    neuron_blocks: dict[str, NeuronBlock]
    synapse_blocks: dict[str, SynapseBlock]
    stimuli: tuple[tuple[StimulusKind, int, int], ...]

    @property
    def width(self) -> int:
        """Number of state columns, padding included (N)."""
        return int(self.tables.lam.size)

    def column(self, neuron: int) -> int:
        """State column of a neuron by id."""
        return int(self.columns[np.searchsorted(self.neuron_ids, neuron)])

    def neuron_at(self, column: int) -> int | None:
        """Id of the neuron in a state column, None for padding."""
        found = np.flatnonzero(self.columns == column)
        return self.neuron_ids[int(found[0])] if found.size else None

    def write(self, element: Neuron | Synapse | Input) -> None:
        """Take over the parameters of an element whose kind and ends are unchanged."""
        match element:
            case Neuron():
                block = self.neuron_blocks[element.kind]
                rows = block.kind.pack(parameter_block(block.kind, [element]))[:, 0]
                at = block.first + self.column(element.id) - block.low
                self.tables.p[at + np.arange(rows.size) * block.size] = rows
            case Synapse():
                synapses = self.synapse_blocks[element.kind]
                rows = synapses.kind.pack(parameter_block(synapses.kind, [element]))[:, 0]
                found = slice(
                    *(int(np.searchsorted(synapses.ids, element.id, side)) for side in ("left", "right"))
                )
                for slot in synapses.slot[found]:
                    at = synapses.first + int(slot)
                    self.tables.q[at + np.arange(rows.size) * synapses.slots] = rows
            case Input():
                kind, first, _ = self.stimuli[self.input_ids.index(element.id)]
                numbers = [element.parameters[p.name] for p in kind.parameters]
                self.tables.u[first : first + len(numbers)] = numbers

    def reseed(self, seed: int) -> None:
        """Let random stimuli follow another seed."""
        for input_id, (kind, first, size) in zip(self.input_ids, self.stimuli, strict=True):
            if kind.clock:
                numbers = key(seed, input_id)
                self.tables.u[first + size - len(numbers) : first + size] = numbers

    def moves_by_hand(self, input_id: int) -> bool:
        """Whether there is such an input and a hand can move it."""
        if input_id not in self.input_ids:
            return False
        return bool(self.stimuli[self.input_ids.index(input_id)][0].by_hand)

    def set_hand(self, input_id: int, value: float) -> None:
        """Let a hand move an input: press a button, move a slider."""
        kind, first, _ = self.stimuli[self.input_ids.index(input_id)]
        names = [p.name for p in kind.parameters]
        self.tables.u[first + names.index(kind.by_hand)] = value

    def next_edge(self, t: float) -> float:
        """The first instant after t that no step may straddle; inf if there is none."""
        u = self.tables.u
        edges = (kind.next_edge(u[first : first + size], t) for kind, first, size in self.stimuli)
        return min(edges, default=float("inf"))
