"""A circuit compiled to plain arrays, and where each element stands in them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Input, Neuron, Synapse
from circuitsim.dynamics.noise import key
from circuitsim.engine.groups import elastances, parameter_block
from circuitsim.spec.kind import ContinuousKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from circuitsim.dynamics.tables import Tables
    from circuitsim.engine.gates import Gates
    from circuitsim.spec.bounds import Floats, Ints, Places
    from circuitsim.spec.gate import Gate
    from circuitsim.spec.kind import NeuronKind, StimulusKind, SynapseKind
    from circuitsim.spec.precision import Single


@dataclass(frozen=True, slots=True)
class NeuronBlock:
    """Neurons of one kind and level: `size` columns from `low` on, rows from number `first` of p on."""

    kind: NeuronKind
    low: int
    size: int
    first: int


@dataclass(frozen=True, slots=True, eq=False)
class SynapseBlock:
    """Synapses of one kind that end at neurons of one level: rows of `slots` numbers from number `first` of q on.

    `ids` (rising, twice for mutual synapses) and `slot` tell where each of them stands. If they share `gates`, the rows
    of these and room for what they come to stand before the other rows. In `single` precision rows are float32.
    """

    kind: SynapseKind
    slots: int
    first: int
    ids: Ints
    slot: Places
    gates: Gates | None = None
    single: Single | None = None

    @property
    def form(self) -> SynapseKind | Gate | Single:
        """What has the kernels for it."""
        if self.single is not None:
            return self.single
        return self.kind if self.gates is None or self.kind.gate is None else self.kind.gate

    def rows(self, count: int, q: Floats) -> Floats:
        """So many rows of a block that shares no gates, float64[R, slots] or float32[R, slots], as a view of q."""
        own = q[self.first :]
        found: Floats = own if self.single is None else own.view(np.float32)
        return found[: count * self.slots].reshape(count, self.slots)

    def write(self, k: Ints, rows: Floats, q: Floats) -> bool:
        """Write packed rows float64[R, n] of synapses int64[n] into q, unless others would get another gate by that.

        A gate is written where all that have it get the same one.
        """
        slot = self.slot[k].astype(np.int64)
        if self.gates is None:
            self.rows(len(rows), q)[:, slot] = rows
            return True
        own, count = self.gates.rows.shape
        gate, numbers = self.gates.of[k], rows[:own]
        at = self.first + np.arange(own)[:, None] * count + gate
        for other in np.unique(gate[(q[at] != numbers).any(axis=0)]).tolist():
            members = numbers[:, gate == other]
            if members.shape[1] < self.gates.users[other] or (members != members[:, :1]).any():
                return False
        q[at] = numbers
        begin = self.first + (own + 1) * count
        q[begin + np.arange(len(rows) - own)[:, None] * self.slots + slot] = rows[own:]
        return True


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What kernels run, and the way from ids to columns.

    Attributes:
        tables: The arrays; p, q, u, sent and elastance are rewritten by live edits between steps.
        neuron_ids: In id order.
        input_ids: In id order.
        columns: int64[n], state column of each neuron in id order.
        start: float64[C + 2M], start states; what has no state is filled in by the kernels.
        neuron_blocks: Those that remember first, then the others level by level.
        synapse_blocks: In the order of the table.
        stimuli: Stimulus kind of each input and its range in u.
    """

    tables: Tables
    neuron_ids: tuple[int, ...]
    input_ids: tuple[int, ...]
    columns: Ints
    start: Floats
    neuron_blocks: tuple[NeuronBlock, ...]
    synapse_blocks: tuple[SynapseBlock, ...]
    stimuli: tuple[tuple[StimulusKind, int, int], ...]

    @property
    def states(self) -> int:
        """Number of columns of neurons that remember, padding included (N)."""
        return int(self.tables.lam.size)

    @property
    def width(self) -> int:
        """Number of columns of all neurons, padding included (C)."""
        return int(self.tables.all_lam.size)

    @property
    def remembers(self) -> NDArray[np.bool_]:
        """bool[n], whether each neuron, in id order, has a state of its own."""
        return self.columns < self.states

    def column(self, neuron: int) -> int:
        """Column of a neuron by id."""
        return int(self.columns[bisect_left(self.neuron_ids, neuron)])

    def neuron_at(self, column: int) -> int | None:
        """Id of the neuron in a column, None for padding."""
        found = np.flatnonzero(self.columns == column)
        return self.neuron_ids[int(found[0])] if found.size else None

    def write(self, elements: Iterable[Neuron | Synapse | Input]) -> bool:
        """Take over the parameters of elements whose kinds and ends are unchanged; False if that takes a new program."""
        synapses: list[Synapse] = []
        for element in elements:
            match element:
                case Neuron():
                    self._write_neuron(element)
                case Synapse():
                    synapses.append(element)
                case Input():
                    self._write_input(element)
        return all(self._write_synapses(synapses, block) for block in self.synapse_blocks)

    def _write_neuron(self, neuron: Neuron) -> None:
        column = self.column(neuron.id)
        block = next(b for b in self.neuron_blocks if b.low <= column < b.low + b.size)
        p = parameter_block(block.kind, [neuron])
        rows = block.kind.pack(p)[:, 0]
        if isinstance(block.kind, ContinuousKind):
            self.tables.elastance[column] = elastances(block.kind, p)[0]
        at = block.first + column - block.low
        self.tables.p[at + np.arange(rows.size) * block.size] = rows

    def _write_input(self, source: Input) -> None:
        place = self.input_ids.index(source.id)
        kind, first, _ = self.stimuli[place]
        numbers = [source.parameters[p.name] for p in kind.parameters]
        self.tables.sent[place] = source.gain, source.offset
        self.tables.u[first : first + len(numbers)] = numbers
        self.tables.held[:] = 0.0

    def _write_synapses(self, synapses: list[Synapse], block: SynapseBlock) -> bool:
        """Take over those of the kind of a block wherever they stand in it."""
        mine = [s for s in synapses if s.kind == block.kind.id]
        if not mine:
            return True
        ids = [s.id for s in mine]
        begin, end = (np.searchsorted(block.ids, ids, side).tolist() for side in ("left", "right"))
        places = [(k, n) for n, span in enumerate(zip(begin, end, strict=True)) for k in range(*span)]
        found, of = np.array(places, dtype=np.int64).reshape(-1, 2).T
        rows = block.kind.pack(parameter_block(block.kind, mine))
        return block.write(found, rows[:, of], self.tables.q)

    def reseed(self, seed: int) -> None:
        """Let random stimuli follow another seed."""
        for input_id, (kind, first, size) in zip(self.input_ids, self.stimuli, strict=True):
            if kind.clock:
                numbers = key(seed, input_id)
                self.tables.u[first + size - len(numbers) : first + size] = numbers
        self.tables.held[:] = 0.0

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

    def shortest_wave(self) -> float:
        """The shortest wave of all inputs; inf if none of them swings."""
        u = self.tables.u
        waves = (kind.wave(u[first : first + size]) for kind, first, size in self.stimuli if kind.wave)
        return min(waves, default=float("inf"))
