"""Turn a circuit into what stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from circuitsim.circuit.elements import Cell, Named
from circuitsim.io.cells import cell_of
from circuitsim.io.document import (
    FileDocument,
    FileInput,
    FileKnots,
    FileLane,
    FileNeuron,
    FileNote,
    FileOutput,
    FilePin,
    FileSettings,
    FileSynapse,
    FileTable,
)
from circuitsim.io.migrations import VERSION
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron, Parameters, Synapse
    from circuitsim.spec.kind import Declaration


def document_of(circuit: Circuit) -> FileDocument:
    """A circuit as the structures of its file, elements in the order of ids."""
    whole = circuit.document
    settings = whole.settings
    names = {i: e.name for i, e in circuit.elements.items() if isinstance(e, Named)}
    return FileDocument(
        format="circuitsim",
        version=VERSION,
        title=whole.title,
        unit_system=whole.unit_system,  # type: ignore[arg-type]  # validated
        units=units_of(circuit),
        settings=FileSettings(
            solver=settings.solver, dt=settings.dt, duration=settings.duration, seed=settings.seed,
            speed=settings.speed, parameters=_of_solvers(circuit) or UNSET,
            precision=UNSET if settings.precision == DOUBLE else settings.precision,
        ),
        traced=[names[i] for i in whole.traced],
        trace_numbers=list(whole.numbers) or UNSET,
        lanes=[
            FileLane(variable=lane.variable, elements=[names[i] for i in lane.elements])
            for lane in whole.lanes
        ],
        pins=[FilePin(element=pin.element, parameter=pin.parameter) for pin in whole.pins],
        neurons=[_neuron(circuit, n) for n in circuit.neurons],
        synapses=[_synapse(circuit, s, names) for s in circuit.synapses],
        inputs=[_input(circuit, i) for i in circuit.inputs],
        networks=[cell_of(c, names, _parameters(circuit.kinds.cells[c.kind], c.parameters)) for c in circuit.cells]
        or UNSET,
        outputs=[
            FileOutput(
                id=o.id, name=o.name, label=o.label, source=names[o.source],
                row=o.row if isinstance(circuit.elements[o.source], Cell) else UNSET, gain=o.gain, offset=o.offset,
                position=o.position,
            )
            for o in circuit.outputs
        ],
        notes=[
            FileNote(id=n.id, title=n.title, text=n.text, position=n.position, size=n.size)
            for n in circuit.notes
        ],
    )  # fmt: skip


def units_of(circuit: Circuit) -> dict[str, str]:
    """Unit of each dimension, by name; an empty text stands for a pure number."""
    return {str(d): unit for d, unit in circuit.unit_system.units.items() if d != "none"}


def _of_solvers(circuit: Circuit) -> dict[str, float]:
    """Numbers of solvers in the order of their declarations."""
    given = circuit.document.settings.parameters
    known = circuit.kinds.solver_parameters.values()
    return {p.name: int(given[p.name]) if p.whole else given[p.name] for p in known if p.name in given}


def _neuron(circuit: Circuit, neuron: Neuron) -> FileNeuron:
    return FileNeuron(
        id=neuron.id, name=neuron.name, label=neuron.label, kind=neuron.kind, role=neuron.role.value,
        start=neuron.start, position=neuron.position, muted=neuron.muted or UNSET,
        parameters=_parameters(circuit.kinds.neuron(neuron.kind), neuron.parameters),
    )  # fmt: skip


def _synapse(circuit: Circuit, synapse: Synapse, names: Mapping[int, str]) -> FileSynapse:
    knots = synapse.knots
    return FileSynapse(
        id=synapse.id, kind=synapse.kind, pre=names[synapse.pre], post=names[synapse.post], label=synapse.label,
        parameters=_parameters(circuit.kinds.synapses[synapse.kind], synapse.parameters),
        knots=UNSET if knots is None else FileKnots(x=list(knots.x), y=list(knots.y)),
        muted=synapse.muted or UNSET,
    )  # fmt: skip


def _input(circuit: Circuit, source: Input) -> FileInput:
    table = source.table
    return FileInput(
        id=source.id, name=source.name, label=source.label, stimulus=source.stimulus, key=source.key,
        position=source.position,
        gain=UNSET if source.gain == 1.0 else source.gain,
        offset=UNSET if source.offset == 0.0 else source.offset,
        parameters=_parameters(circuit.kinds.stimuli[source.stimulus], source.parameters),
        table=FileTable(times=list(table.times), values=list(table.values)) if table else None,
    )  # fmt: skip


def _parameters(kind: Declaration, values: Parameters) -> dict[str, float | str]:
    """Parameters in the order of their declaration, choices as their names."""
    if kind.plain is not None:
        return {name: float(values[name]) for name in kind.plain}
    return {
        p.name: p.choices[int(values[p.name])] if p.choices else float(values[p.name])
        for p in kind.parameters
    }
