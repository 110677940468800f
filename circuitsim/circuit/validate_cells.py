"""What makes a network with memory legal: its units, what it reads, and the shapes of its arrays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import NOTHING, Input, Neuron
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell
    from circuitsim.spec.kind import CellKind, Shape

    Problem = tuple[str, str]

LARGEST = 1e9  # no weight and no start of a memory is larger
MOST_UNITS = 2048  # a call then takes some milliseconds


def unit_problems(circuit: Circuit, neuron: Neuron) -> Iterator[Problem]:
    """What is wrong with a neuron as a unit, or as none."""
    owners = [cell for cell in circuit.cells if neuron.id in cell.units]
    if neuron.kind in circuit.kinds.units and not owners:
        yield "it is a unit, but no network has it", "add it together with its network"
    if len(owners) > 1:
        yield f"it is a unit of {owners[0].name} and of {owners[1].name}", "give each network its own units"


def cell_problems(circuit: Circuit, cell: Cell, kind: CellKind) -> Iterator[Problem]:
    """What is wrong with a network whose parameters are legal."""
    if not 1 <= len(cell.units) <= MOST_UNITS or not cell.reads:
        problem = f"it has {counted(len(cell.units), 'unit')} and reads {counted(len(cell.reads), 'value')}"
        yield problem, f"give it from 1 to {MOST_UNITS} units and at least one column to read"
        return
    for i in dict.fromkeys(i for i in cell.units if cell.units.count(i) > 1):
        unit = circuit.elements.get(i)
        yield f"it has the unit {unit.name if isinstance(unit, Neuron) else i} twice", "name each unit once"
    for i in cell.units:
        unit = circuit.elements.get(i)
        if not isinstance(unit, Neuron) or unit.kind not in circuit.kinds.units:
            yield f"its unit {i} is not a neuron of the kind unit", "name units only"
    yield from _reading_problems(circuit, cell)
    wrong = list(_shape_problems(cell, kind))
    yield from wrong
    if not wrong:
        yield from _value_problems(cell)


def projection_problems(cell: Cell, row: int) -> Iterator[Problem]:
    """What is wrong with an output that reads a row of the projection of a network."""
    projection = cell.arrays.get("fc.weight")
    if projection is None:
        yield f"it reads {cell.name}, which has no projection", "let it read a unit"
    elif not 0 <= row < projection.shape[0]:
        rows = f"0 to {projection.shape[0] - 1}"
        yield (
            f"it reads row {row} of {cell.name}, whose projection has the rows {rows}",
            "choose one of these",
        )


def _reading_problems(circuit: Circuit, cell: Cell) -> Iterator[Problem]:
    for k, reading in enumerate(cell.reads):
        where = f"column {k} of what it reads"
        source = circuit.elements.get(reading.source)
        if reading.source != NOTHING and not isinstance(source, Neuron | Input):
            yield f"{where} comes from neither an input nor a neuron", "connect it to one"
        if reading.source in cell.units:
            yield f"{where} is its own unit", "leave it out: units feed back by the arrays already"
        if not max(abs(reading.gain), abs(reading.offset)) <= LARGEST:
            yield f"{where} has a gain or offset without bound", f"use numbers of at most {LARGEST:g}"


def _shape_problems(cell: Cell, kind: CellKind) -> Iterator[Problem]:
    sizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
    if min(sizes.layers) < 1:
        units = counted(len(cell.units), "unit")
        yield f"its arrays do not fit {units}", "name as many units as the arrays have"
        return
    if sizes.backbone_layers and sizes.backbone_units < 1:
        yield "the array backbone.0.weight has no rows", "correct its shape"
        return
    wanted = kind.shapes(sizes, cell.parameters)
    missing = [name for name in wanted if name not in cell.arrays]
    strange = [name for name in cell.arrays if name not in wanted]
    if missing:
        yield f"the array {missing[0]} ({_size(wanted[missing[0]])}) is missing", "add it"
    if strange:
        yield f"{kind.title} has no array {strange[0]!r}", f"use: {', '.join(wanted)}"
    for name, shape in wanted.items():
        array = cell.arrays.get(name)
        if array is None:
            continue
        if array.shape != shape:
            sides = f"{counted(len(cell.reads), 'column')} and {counted(len(cell.units), 'unit')}"
            fits = f"{sides} need {_size(shape)}"
            yield f"the array {name} is {_size(array.shape)}, but {fits}", "correct its shape"
        elif len(array.data) != 8 * math.prod(shape):
            yield f"the array {name} does not hold {_size(shape)} numbers", "complete it"


def _value_problems(cell: Cell) -> Iterator[Problem]:
    import numpy as np

    for name, array in cell.arrays.items():
        if not np.all(np.abs(array.values) <= LARGEST):
            yield f"the array {name} holds a number that is not finite or beyond {LARGEST:g}", "replace it"
    if cell.memory and len(cell.memory) != len(cell.units):
        yield (
            f"its memory has {counted(len(cell.memory), 'number')} for {counted(len(cell.units), 'unit')}",
            "give one for each",
        )
    if not all(abs(value) <= LARGEST for value in cell.memory):
        yield f"its memory holds a number that is not finite or beyond {LARGEST:g}", "replace it"


def _size(shape: Shape) -> str:
    return " × ".join(map(str, shape)) or "a single number"
