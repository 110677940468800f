"""What the peek card says of what enters and leaves: inputs, networks that read, outputs, each with its affine map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.blocks import look_of
from circuitsim.app.canvas.card import UNKNOWN, Facts, Line, Reading
from circuitsim.app.canvas.card_lines import course_of, synapse_lines
from circuitsim.app.canvas.paint.block import in_short
from circuitsim.app.document.maps import made_by, read_in, sent_by
from circuitsim.app.document.quantity import steady
from circuitsim.circuit.elements import Neuron, Output, Role, Synapse
from circuitsim.engine.readouts import readout
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from circuitsim.app.canvas.ports import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Input

READERS = 5  # of an input, and columns of a network, are named
OUTPUTS = 3  # of a neuron are named


def of_input(document: Document, source: Input) -> Facts:
    """Its value, what it sends and who reads that."""
    circuit, snapshot = document.circuit, document.snapshot()
    value, past = UNKNOWN, np.empty(0)
    made = sent_by(source)
    readings = []
    if snapshot is not None and source.id in snapshot.input_ids:
        now = float(snapshot.inputs[snapshot.input_ids.index(source.id)])
        value, past = steady(now), course_of(document, "input", source.id, snapshot.t)
        if not made.plain:
            sent = np.asarray(made.gain * past + made.offset)
            readings = [Reading("sent", steady(source.sent(now)), "", sent)]
    begin = [e for i in circuit.attached(source.id) if isinstance(e := circuit.elements[i], Synapse)]
    lines = list(synapse_lines(circuit, snapshot, begin, source.id, READERS))
    if begin and not made.plain:
        lines.insert(0, Line(None, "sends", made.of("u")))
    for cell in circuit.readers(source.id):
        columns = [k for k, reading in enumerate(cell.reads) if reading.source == source.id]
        lines += [
            Line(None, f"{cell.label or cell.name}, column {k}", read_in(circuit, cell, k)) for k in columns
        ]
    count = len({s.post for s in begin})
    remark = f"read by {counted(count, 'neuron')}" if count else "" if lines else "nothing reads it"
    title = circuit.kinds.stimuli[source.stimulus].title.lower()
    return Facts(
        source.label or source.name,
        title,
        (Reading("u", value, "", past), *readings),
        remark,
        tuple(lines[: READERS + 1]),
    )


def of_output(document: Document, output: Output) -> Facts:
    """Its value, and from what it is made how."""
    circuit, snapshot = document.circuit, document.snapshot()
    value, past, read = UNKNOWN, np.empty(0), readout(circuit, output)
    if snapshot is not None and set(read.neurons) <= set(snapshot.ids):
        value = steady(float(read.of(snapshot.v[[snapshot.ids.index(i) for i in read.neurons]])))
        courses = [course_of(document, "v", i, snapshot.t) for i in read.neurons]
        if len({len(c) for c in courses}) == 1:  # all of them are as old
            past = read.of(np.stack(courses, axis=1))
    source = circuit.elements[output.source]
    if isinstance(source, Neuron):
        symbol, role = (
            ("v", f"{source.role} neuron") if circuit.network_of(source.id) is None else ("h", "unit")
        )
        remark = f"{symbol} is that of {source.label or source.name}, {role}"
    else:
        remark = f"a sum over {counted(len(read.neurons), 'unit')} of {getattr(source, 'name', '')}"
    line = Line(None, f"y = {made_by(circuit, output)}")
    return Facts(output.label or output.name, "output", (Reading("y", value, "", past),), remark, (line,))


def of_network(document: Document, cell: Cell) -> Facts:
    """What its columns read, and the sizes of its layers."""
    circuit = document.circuit
    lines = [
        Line(None, f"column {k}", read_in(circuit, cell, k)) for k in range(min(len(cell.reads), READERS))
    ]
    if len(cell.reads) > READERS:
        lines.append(Line(None, f"and {counted(len(cell.reads) - READERS, 'more column')}"))
    look = look_of(circuit, cell, frozenset())
    layers = _roles(circuit, cell) or in_short(look.layers)
    return Facts(look.name, look.kind, (), layers, tuple(lines))


def read_outs(circuit: Circuit, neuron: Neuron) -> tuple[Line, ...]:
    """What leaves a neuron: the outputs that read it, with their maps."""
    attached = (circuit.elements[i] for i in circuit.attached(neuron.id))
    found = [e for e in attached if isinstance(e, Output) and e.source == neuron.id]
    return tuple(Line(None, f"{e.label or e.name} = {made_by(circuit, e)}") for e in found[:OUTPUTS])


def _roles(circuit: Circuit, cell: Cell) -> str:
    """Units by their roles, in the order in which values pass them; empty if all of them have one role."""
    units = [circuit.get(i, Neuron).role for i in cell.units]
    counts = [(role, units.count(role)) for role in Role if role in units]
    return " → ".join(f"{count} {role}" for role, count in counts) if len(counts) > 1 else ""
