"""A, B and C of a circuit about a point as matrices whose cells are neurons and synapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._point import names_of
from circuitsim.spec.result import NOTHING, Matrix
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.analysis._point import Point
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.bounds import Floats, Ints

ROUNDING = 1e-12  # of the terms of g, below which it is shown as 0


def _between(circuit: Circuit) -> dict[tuple[int, int], int]:
    """Id of the first synapse from one element to another."""
    found: dict[tuple[int, int], int] = {}
    for synapse in circuit.synapses:
        found.setdefault((synapse.pre, synapse.post), synapse.id)
        if circuit.kinds.synapses[synapse.kind].mutual:
            found.setdefault((synapse.post, synapse.pre), synapse.id)
    return found


def matrix_a(circuit: Circuit, point: Point, where: str) -> Matrix:
    """How states act on rates of change."""
    names, time = names_of(point.neurons), circuit.unit_system.unit(Dimension.TIME)
    doc = f"Slope of a row's rate of change over a column's state, at {where}."
    return Matrix(
        "A  connections",
        doc,
        point.by_state,
        names,
        names,
        _cells(circuit, point),
        f"1/{time}" if time else "",
    )


def _cells(circuit: Circuit, point: Point) -> Ints:
    """int64[n, n], what each cell is about: the neuron itself, or the first synapse from a column's to a row's."""
    place = {n.id: k for k, n in enumerate(point.neurons)}
    cells = np.full((len(place), len(place)), NOTHING, dtype=np.int64)
    for (pre, post), synapse in _between(circuit).items():
        if pre in place and post in place:
            cells[place[post], place[pre]] = synapse
    np.fill_diagonal(cells, list(place))
    return cells


def matrix_b(circuit: Circuit, point: Point, block: Floats, k: int) -> Matrix:
    """How input k changes that."""
    source, between, names = circuit.inputs[k], _between(circuit), names_of(point.neurons)
    cells = _cells(circuit, point)
    np.fill_diagonal(cells, [between.get((source.id, n.id), n.id) for n in point.neurons])
    return Matrix(f"B  by {source.name}", f"How A changes with {source.name}.", block, names, names, cells)


def matrix_c(circuit: Circuit, point: Point, where: str) -> Matrix:
    """The constant term, and how inputs act on rates of change."""
    between = _between(circuit)
    columns = ("constant", *(i.name for i in circuit.inputs))
    cells = np.array(
        [[n.id, *(between.get((i.id, n.id), NOTHING) for i in circuit.inputs)] for n in point.neurons],
        dtype=np.int64,
    )
    doc = f"Slope of the rate of change over an input; in the first column the rate g at {where}."
    size = np.maximum(1.0, np.abs(point.by_state) @ np.abs(point.states))
    constant = np.where(np.abs(point.rate) > ROUNDING * size, point.rate, 0.0)
    values = np.column_stack([constant, point.by_input])
    return Matrix("C  inputs, and the constant term", doc, values, names_of(point.neurons), columns, cells)
