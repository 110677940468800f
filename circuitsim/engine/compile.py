"""From circuit to arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.tables import LANES, Tables
from circuitsim.engine.groups import neuron_groups, stimulus_numbers, synapse_groups
from circuitsim.engine.program import NeuronBlock, Program, SynapseBlock
from circuitsim.engine.sell import chunks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import StimulusKind


def compile_program(circuit: Circuit) -> Program:
    """Compile a legal circuit; its kernels are compiled or loaded too if they are not yet."""
    from circuitsim.dynamics import build

    neurons = _Neurons(circuit)
    inputs = _Inputs(circuit)
    column_of = dict(zip(neurons.ids, neurons.columns.tolist(), strict=True))
    column_of |= {i: neurons.width + k for k, i in enumerate(inputs.ids)}
    synapses = _Synapses(circuit, column_of, neurons.width)
    tables = Tables(
        rates=build.rates(neurons.blocks),
        accumulate=build.accumulate(synapses.blocks),
        value=build.value(inputs.kinds),
        partials=build.partials(()),
        slopes=build.slopes(()),
        neurons=neurons.table,
        synapses=synapses.table,
        inputs=inputs.table,
        p=neurons.p,
        row=synapses.row,
        off=synapses.off,
        pre=synapses.pre,
        q=synapses.q,
        u=inputs.u,
        acc=np.zeros((4, neurons.width)),
        lam=np.zeros(neurons.width),
        b=np.zeros(neurons.width),
        dx=np.zeros(0),
        dacc=np.zeros((4, 0)),
        slope=np.zeros(0),
    )
    return Program(
        tables=tables,
        neuron_ids=neurons.ids,
        input_ids=inputs.ids,
        columns=neurons.columns,
        start=np.concatenate([neurons.start, np.zeros(len(inputs.ids))]),
        neuron_blocks=neurons.blocks,
        synapse_blocks=synapses.blocks,
        stimuli=inputs.stimuli,
    )


def with_derivatives(program: Program) -> Program:
    """The same program, on the same arrays, with what it takes to differentiate the right-hand side."""
    from circuitsim.dynamics import build

    tables = program.tables._replace(
        partials=build.partials(program.neuron_blocks),
        slopes=build.slopes(program.synapse_blocks),
        dx=np.zeros(program.width),
        dacc=np.zeros((4, program.width)),
        slope=np.zeros(4 * program.tables.pre.size),
    )
    return replace(program, tables=tables)


class _Neurons:
    """Columns of the neurons: kind by kind, each kind padded to whole chunks."""

    def __init__(self, circuit: Circuit) -> None:
        self.blocks: dict[str, NeuronBlock] = {}
        rows: list[tuple[int, int, int, int, int]] = []
        packed: list[Floats] = []
        starts: list[Floats] = []
        columns: dict[int, int] = {}
        low = first = 0
        for slot, group in enumerate(neuron_groups(circuit)):
            padding = (0, -group.ids.size % LANES)
            p = group.kind.pack(np.pad(group.p, ((0, 0), padding), mode="edge"))
            size = p.shape[1]
            rows.append((slot, low, size, p.shape[0], first))
            self.blocks[group.kind.id] = NeuronBlock(group.kind, low, size, first)
            packed.append(p.ravel())
            starts.append(np.pad(group.start, padding, mode="edge"))
            columns |= {i: low + k for k, i in enumerate(group.ids.tolist())}
            low += size
            first += p.size
        self.width = low
        self.table = _matrix(rows, 5)
        self.p = _joined(packed)
        self.start = _joined(starts)
        self.ids = tuple(sorted(columns))
        self.columns = np.array([columns[i] for i in self.ids], dtype=np.int64)


class _Synapses:
    """Chunks of the synapses, kind by kind."""

    def __init__(self, circuit: Circuit, column_of: dict[int, int], width: int) -> None:
        self.blocks: dict[str, SynapseBlock] = {}
        rows: list[tuple[int, int, int, int, int, int, int]] = []
        row: list[Ints] = []
        off: list[Ints] = []
        pre: list[Ints] = []
        packed: list[Floats] = []
        chunk = first_slot = first = 0
        for slot, group in enumerate(synapse_groups(circuit)):
            layout = chunks(_columns(group.post, column_of), width)
            sources = np.zeros(layout.slots, dtype=np.int64)
            sources[layout.slot] = _columns(group.pre, column_of)
            rows_q = group.kind.pack(group.p)
            q = np.zeros((rows_q.shape[0], layout.slots))
            q[:, layout.slot] = rows_q
            rows.append((slot, chunk, layout.row.size, q.shape[0], layout.slots, first_slot, first))
            self.blocks[group.kind.id] = SynapseBlock(group.kind, layout.slots, first, group.ids, layout.slot)
            row.append(layout.row)
            off.append(layout.off)
            pre.append(sources)
            packed.append(q.ravel())
            chunk += layout.row.size
            first_slot += layout.slots
            first += q.size
        self.table = _matrix(rows, 7)
        self.row, self.off, self.pre = (_joined_ints(a) for a in (row, off, pre))
        self.q = _joined(packed)


class _Inputs:
    """Numbers of the inputs, one after the other."""

    def __init__(self, circuit: Circuit) -> None:
        self.ids = tuple(i.id for i in circuit.inputs)
        self.kinds = tuple(dict.fromkeys(i.stimulus for i in circuit.inputs))
        stimuli: list[tuple[StimulusKind, int, int]] = []
        rows: list[tuple[int, int, int]] = []
        numbers: list[Floats] = []
        first = 0
        for source in circuit.inputs:
            kind = circuit.kinds.stimuli[source.stimulus]
            u = stimulus_numbers(kind, source, circuit.document.settings.seed)
            rows.append((self.kinds.index(source.stimulus), first, u.size))
            stimuli.append((kind, first, u.size))
            numbers.append(u)
            first += u.size
        self.table = _matrix(rows, 3)
        self.u = _joined(numbers)
        self.stimuli = tuple(stimuli)


def _columns(ids: Ints, column_of: dict[int, int]) -> Ints:
    return np.array([column_of[i] for i in ids.tolist()], dtype=np.int64)


def _matrix(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _joined_ints(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)
