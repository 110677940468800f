"""From circuit to arrays."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from circuitsim.dynamics.tables import LANES, Tables
from circuitsim.dynamics.turns import SPAN, counts
from circuitsim.engine import helper
from circuitsim.engine.gates import LEAST, shared
from circuitsim.engine.groups import elastances, neuron_groups, stimulus_numbers, synapse_groups
from circuitsim.engine.program import NeuronBlock, Program, SynapseBlock
from circuitsim.engine.sell import by_degree, chunks
from circuitsim.spec.kind import ContinuousKind, MemorylessKind, NeuronKind
from circuitsim.spec.precision import SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.groups import NeuronGroup, SynapseGroup
    from circuitsim.engine.sell import Chunks
    from circuitsim.spec.bounds import Floats, Ints, Places
    from circuitsim.spec.kind import StimulusKind

K = TypeVar("K", bound=NeuronKind)


def compile_program(circuit: Circuit, precision: str | None = None) -> Program:
    """Compile a legal circuit, in the precision of its settings unless another is given.

    Its kernels are compiled or loaded too if they are not yet.
    """
    return assembled(
        neuron_groups(circuit),
        synapse_groups(circuit),
        circuit,
        precision or circuit.document.settings.precision,
    )


def assembled(
    cells: Sequence[NeuronGroup], joints: Sequence[SynapseGroup], circuit: Circuit, precision: str
) -> Program:
    """Compile neurons and synapses that stand in columns, with the inputs and the seed of a circuit.

    Args:
        cells, joints: Neurons by kind and level, those that remember first; synapses by kind.
        circuit: What has the inputs at which synapses may begin.
        precision: One of `PRECISIONS`; in single precision synapses take the form that their kind has for it.
    """
    neurons, inputs = _Neurons(_arranged(cells, joints)), _Inputs(circuit)
    synapses = _Synapses(joints, _Places(neurons, inputs), neurons, single=precision == SINGLE)
    return Program(
        tables=_tables(neurons, synapses, inputs),
        neuron_ids=neurons.ids,
        input_ids=inputs.ids,
        columns=neurons.columns,
        start=np.concatenate([neurons.start, np.zeros(2 * len(inputs.ids))]),
        neuron_blocks=tuple(neurons.blocks),
        synapse_blocks=tuple(synapses.blocks),
        stimuli=inputs.stimuli,
    )


def _tables(neurons: _Neurons, synapses: _Synapses, inputs: _Inputs) -> Tables:
    """What kernels read; nobody has asked for derivatives yet."""
    from circuitsim.dynamics import build

    all_lam, all_b = np.full(neurons.width, np.inf), np.full(neurons.width, np.nan)
    return Tables(
        rates=build.rates(neurons.continuous.kinds),
        output=build.output(neurons.memoryless.kinds),
        accumulate=build.accumulate(block.form for block in synapses.blocks),
        value=build.value(inputs.kinds),
        partials=build.partials(()),
        gradient=build.gradient(()),
        slopes=build.slopes(()),
        share=build.share() if helper.worth_sharing(synapses.table) else build.slopes(()),
        field=build.whole(),
        neurons=_matrix(neurons.continuous.rows, 6),
        memoryless=_matrix(neurons.memoryless.rows, 6),
        synapses=synapses.table,
        stages=_matrix(synapses.stages, 4),
        inputs=inputs.table,
        p=neurons.p,
        row=synapses.row,
        off=synapses.off,
        pre=synapses.pre,
        q=synapses.q,
        u=inputs.u,
        sent=inputs.sent,
        held=inputs.held,
        acc=np.zeros((4, neurons.width)),
        lam=all_lam[: neurons.states],
        b=all_b[: neurons.states],
        elastance=neurons.elastance,
        all_lam=all_lam,
        all_b=all_b,
        turns=counts(helper.SHARED),
        seen=np.zeros(neurons.width + 2 * len(inputs.ids)),
        fresh=np.full(1, np.nan),
        dx=np.zeros(0),
        dacc=np.zeros((4, 0)),
        slope=np.zeros(0),
    )


def with_derivatives(program: Program) -> Program:
    """The same program, on the same arrays, with what it takes to differentiate the right-hand side."""
    from circuitsim.dynamics import build

    kinds = [block.kind for block in program.neuron_blocks]
    tables = program.tables._replace(
        partials=build.partials(k for k in kinds if isinstance(k, ContinuousKind)),
        gradient=build.gradient(k for k in kinds if isinstance(k, MemorylessKind)),
        slopes=build.slopes(block.form for block in program.synapse_blocks),
        dx=np.zeros(program.width),
        dacc=np.zeros((4, program.width)),
        slope=np.zeros(4 * program.tables.pre.size),
    )
    return replace(program, tables=tables)


def _arranged(cells: Sequence[NeuronGroup], joints: Sequence[SynapseGroup]) -> list[NeuronGroup]:
    """The neurons of each group in the order in which their synapses need the fewest slots."""
    post, counts = np.unique(_joined_ints([joint.post for joint in joints]), return_counts=True)
    result = []
    for group in cells:
        degree = np.zeros(group.ids.size, dtype=np.int64)
        _, own, other = np.intersect1d(group.ids, post, assume_unique=True, return_indices=True)
        degree[own] = counts[other]
        if degree.sum() < LEAST:
            result.append(group)
            continue
        order = by_degree(degree)
        result.append(replace(group, ids=group.ids[order], p=group.p[:, order], start=group.start[order]))
    return result


def _parts(groups: Sequence[NeuronGroup]) -> Iterator[NeuronGroup]:
    """The same neurons in groups that are no larger than what a thread takes at once."""
    for group in groups:
        for begin in range(0, max(1, group.ids.size), SPAN):
            part = slice(begin, begin + SPAN)
            yield replace(group, ids=group.ids[part], p=group.p[:, part], start=group.start[part])


class _Blocks(Generic[K]):
    """Blocks of neurons as kernels read them: kinds, and rows of the table; one function pointer for each."""

    def __init__(self) -> None:
        self.kinds: list[K] = []
        self.rows: list[tuple[int, int, int, int, int, int]] = []

    def add(self, kind: K, low: int, p: Floats, first: int, count: int) -> None:
        self.rows.append((len(self.rows), low, p.shape[1], p.shape[0], first, count))
        self.kinds.append(kind)


class _Neurons:
    """Columns of the neurons: those that remember kind by kind, then the others level by level, in whole chunks."""

    def __init__(self, groups: Sequence[NeuronGroup]) -> None:
        self.blocks: list[NeuronBlock] = []
        self.continuous, self.memoryless = _Blocks[ContinuousKind](), _Blocks[MemorylessKind]()
        self.states = 0
        self.ends: list[tuple[int, int]] = []  # of each level: column and block behind it
        packed: list[Floats] = []
        starts: list[Floats] = []
        inverse: list[Floats] = []
        columns: list[Ints] = []
        low = first = 0
        for group in _parts(groups):
            padding = (0, -group.ids.size % LANES)
            p = group.kind.pack(np.pad(group.p, ((0, 0), padding), mode="edge"))
            size = p.shape[1]
            self.blocks.append(NeuronBlock(group.kind, low, size, first))
            columns.append(low + np.arange(group.ids.size))
            if isinstance(group.kind, ContinuousKind):
                self.continuous.add(group.kind, low, p, first, group.ids.size)
                self.states = low + size
                inverse.append(np.pad(elastances(group.kind, group.p), padding))
            elif isinstance(group.kind, MemorylessKind):
                self.memoryless.add(group.kind, low, p, first, group.ids.size)
                self.ends[group.level :] = [(low + size, len(self.memoryless.rows))]
            packed.append(p.ravel())
            starts.append(np.pad(group.start, padding))
            low += size
            first += p.size
        self.width = low
        self.p = _joined(packed)
        self.start = _joined(starts)
        self.elastance = _joined(inverse)
        ids = _joined_ints([group.ids for group in groups])
        order = np.argsort(ids)
        self.ids = tuple(ids[order].tolist())
        self.columns = _joined_ints(columns)[order]


class _Places:
    """Where neurons and inputs stand in the vector that kernels share."""

    def __init__(self, neurons: _Neurons, inputs: _Inputs) -> None:
        ids = np.array([*neurons.ids, *inputs.ids], dtype=np.int64)
        places = np.concatenate([neurons.columns, neurons.width + np.arange(len(inputs.ids))])
        order = np.argsort(ids)
        self._ids, self._places = ids[order], places[order]

    def of(self, ids: Ints) -> Ints:
        """Places of elements, int64[n]."""
        found: Ints = self._places[np.searchsorted(self._ids, ids)]
        return found


class _Synapses:
    """Chunks of the synapses: for each level, and then for the neurons that remember, kind by kind."""

    def __init__(
        self, joints: Sequence[SynapseGroup], places: _Places, neurons: _Neurons, *, single: bool
    ) -> None:
        self._single = single
        self.blocks: list[SynapseBlock] = []
        self.stages: list[tuple[int, ...]] = []
        self._rows: list[tuple[int, ...]] = []
        self._row: list[Ints] = []
        self._off: list[Ints] = []
        self._pre: list[Places] = []
        self._packed: list[Floats] = []
        self._chunk = self._place = self._first = 0
        groups = [(group, places.of(group.pre), places.of(group.post)) for group in joints]
        ends = [(neurons.states, 0), *neurons.ends]
        levels = [(low, high, k, end) for (low, k), (high, end) in pairwise(ends)]
        for low, high, *outputs in [*levels, (0, neurons.states, 0, 0)]:
            first = len(self.blocks)
            for group, pre, post in groups:
                here = np.flatnonzero((post >= low) & (post < high))
                if here.size:
                    self._add(group, here, pre[here], chunks(post[here], neurons.width))
            self.stages.append((first, len(self.blocks), *outputs))
        self.table = _matrix(self._rows, 8)
        self.row, self.off = _joined_ints(self._row), _joined_ints(self._off)
        self.pre = np.concatenate([*self._pre, np.zeros(0, np.int32)])
        self.q = _joined(self._packed)

    def _add(self, group: SynapseGroup, here: Ints, pre: Ints, layout: Chunks) -> None:
        rows = group.kind.pack(group.p[:, here])
        own = group.kind.gate.rows if group.kind.gate else 0
        gates = shared(pre, rows[:own]) if own else None
        sources = np.zeros(layout.slots, dtype=np.int32)
        sources[layout.slot] = pre if gates is None else gates.of
        strengths = rows if gates is None else rows[own:]
        single = group.kind.single if self._single and gates is None else None
        q = np.zeros((strengths.shape[0], layout.slots), dtype=np.float32 if single else np.float64)
        q[:, layout.slot] = strengths
        numbers = q.ravel().view(np.float64)
        before = 0  # numbers of the gates
        if gates is not None:
            room = np.zeros(gates.pre.size)
            self._packed += [gates.rows.ravel(), room]
            before = gates.rows.size + room.size
        count = 0 if gates is None else gates.pre.size
        self._rows.append((
            len(self.blocks), self._chunk, layout.row.size, before + numbers.size, layout.slots, self._place, self._first,
            count,
        ))  # fmt: skip
        self.blocks.append(
            SynapseBlock(group.kind, layout.slots, self._first, group.ids[here], layout.slot, gates, single)
        )
        self._row.append(layout.row)
        self._off.append(layout.off)
        self._pre += [sources] if gates is None else [sources, gates.pre.astype(np.int32)]
        self._packed.append(numbers)
        self._chunk += layout.row.size
        self._place += layout.slots + count
        self._first += before + numbers.size


class _Inputs:
    """Numbers of the inputs, one after the other."""

    def __init__(self, circuit: Circuit) -> None:
        self.ids = tuple(i.id for i in circuit.inputs)
        self.kinds = tuple(dict.fromkeys(i.stimulus for i in circuit.inputs))
        stimuli: list[tuple[StimulusKind, int, int]] = []
        rows: list[tuple[int, int, int, int]] = []
        numbers: list[Floats] = []
        first = 0
        for source in circuit.inputs:
            kind = circuit.kinds.stimuli[source.stimulus]
            u = stimulus_numbers(kind, source, circuit.document.settings.seed)
            clock = next((k for k, p in enumerate(kind.parameters) if p.name == kind.clock), -1)
            rows.append((self.kinds.index(source.stimulus), first, u.size, clock))
            stimuli.append((kind, first, u.size))
            numbers.append(u)
            first += u.size
        self.table = _matrix(rows, 4)
        self.sent = np.array([(i.gain, i.offset) for i in circuit.inputs]).reshape(len(rows), 2)
        self.held = np.zeros((len(rows), 3))  # intervals that are empty: nothing is held yet
        self.u = _joined(numbers)
        self.stimuli = tuple(stimuli)


def _matrix(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _joined_ints(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)
