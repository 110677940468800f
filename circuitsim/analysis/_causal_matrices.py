"""A, B and C of a circuit about a point as matrices whose cells are neurons and synapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._paths import paths
from circuitsim.analysis._point import names_of
from circuitsim.circuit.elements import Neuron
from circuitsim.circuit.lesions import silent
from circuitsim.spec.kind import ContinuousKind
from circuitsim.spec.result import NOTHING, Matrix
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import inside

if TYPE_CHECKING:
    from circuitsim.analysis._paths import Paths
    from circuitsim.analysis._point import Point
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Synapse
    from circuitsim.spec.bounds import Floats, Ints

    Links = dict[tuple[int, int], tuple[int, ...]]

ROUNDING = 1e-12  # of the terms of g, below which it is shown as 0


class CausalMatrices:
    """The matrices of a circuit about a point, for people."""

    def __init__(self, circuit: Circuit, point: Point) -> None:
        self._circuit, self._point = circuit, point
        self._names = names_of(point.neurons)
        self._paths: Paths = paths(circuit)
        self._place = {n.id: k for k, n in enumerate(point.neurons)}
        self._between = [
            (self._place[post], self._place[pre], ids)
            for (pre, post), ids in self._paths.items()
            if pre in self._place and post in self._place
        ]

    def a(self) -> Matrix:
        """How states act on rates of change."""
        doc = "Slope of a row's rate over a column's state."
        cells, links = self._connections()
        return Matrix(
            "A  connections", doc, self._point.by_state, self._names, self._names, cells,
            self._unit("1"), links,
        )  # fmt: skip

    def _connections(self) -> tuple[Ints, Links]:
        """int64[n, n], the neuron of a cell on the diagonal, or else the first synapse from a column's to a row's; and others."""
        n = len(self._names)
        cells = np.full((n, n), NOTHING, dtype=np.int64)
        links: Links = {}
        for row, column, ids in self._between:
            cells[row, column] = ids[0]
            more = ids if row == column else ids[1:]
            if more:
                links[row, column] = more
        np.fill_diagonal(cells, list(self._place))
        return cells, links

    def b(self, block: Floats, k: int) -> Matrix:
        """How input k changes that."""
        source, (cells, links) = self._circuit.inputs[k], self._connections()
        for row, neuron in enumerate(self._place):
            ways = self._paths.get((source.id, neuron), (neuron,))
            cells[row, row] = ways[0]
            _link(links, (row, row), ways[1:])
        remark = "" if block.any() else _no_slope(self._circuit, source)
        doc = f"How A changes with {source.name}."
        return Matrix(
            f"B  by {source.name}",
            doc,
            block,
            self._names,
            self._names,
            cells,
            self._unit("1"),
            links,
            remark,
        )

    def c(self) -> Matrix:
        """The constant term, and how inputs act on rates of change."""
        point, inputs = self._point, self._circuit.inputs
        links: Links = {}
        cells = np.full((len(self._names), 1 + len(inputs)), NOTHING, dtype=np.int64)
        cells[:, 0] = list(self._place)
        for row, neuron in enumerate(self._place):
            for column, source in enumerate(inputs, 1):
                ways = self._paths.get((source.id, neuron), ())
                if ways:
                    cells[row, column] = ways[0]
                    _link(links, (row, column), ways[1:])
        size = np.maximum(1.0, np.abs(point.by_state) @ np.abs(point.states))
        constant = np.where(np.abs(point.rate) > ROUNDING * size, point.rate, 0.0)
        values = np.column_stack([constant, point.by_input])
        columns = ("constant", *(i.name for i in inputs))
        doc = "Slope of a row's rate over an input; first the rate itself."
        remark = "" if values.any() else "C is 0: nothing moves here, and no input changes that."
        title = "C  inputs, and the constant term"
        unit = self._unit(self._circuit.unit_system.unit(Dimension.POTENTIAL) or "1")
        return Matrix(title, doc, values, self._names, columns, cells, unit, links, remark)

    def _unit(self, of: str) -> str:
        """A unit for each unit of time; inputs are pure numbers."""
        return f"{of}/{self._circuit.unit_system.unit(Dimension.TIME)}"


def _link(links: Links, cell: tuple[int, int], ids: tuple[int, ...]) -> None:
    links.pop(cell, None)
    if ids:
        links[cell] = ids


def _no_slope(circuit: Circuit, source: Input) -> str:
    """Why no slope changes with an input, in a sentence."""
    heard = [s for s in circuit.synapses if s.pre == source.id and not silent(circuit, s)]
    if not heard:
        return f"B is 0: nothing hears {source.name}."
    if all(_adds(circuit, synapse) for synapse in heard):
        titles = dict.fromkeys(inside(circuit.kinds.synapses[s.kind].title) for s in heard)
        how = " and ".join(titles)
        return f"B is 0: {source.name} acts by {how} alone, which adds the same to the rate at every state."
    return f"B is 0: what hears {source.name} is flat at this point."


def _adds(circuit: Circuit, synapse: Synapse) -> bool:
    """Whether what a synapse adds to a rate of change does not depend on the state, apart from a constant decay."""
    kind, post = circuit.kinds.synapses[synapse.kind], circuit.get(synapse.post, Neuron)
    strength, target = kind.parameter(kind.strength), circuit.kinds.neuron(post.kind)
    current = kind.clamp or (strength is not None and strength.dimension is Dimension.CURRENT)
    return current and isinstance(target, ContinuousKind) and bool(target.capacitance)
