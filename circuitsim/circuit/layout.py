"""Lay a circuit out readably: stimulus left, action right, mirrored pairs side by side, few crossings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Output, Role, Synapse
from circuitsim.circuit.force import onto_grid, spread
from circuitsim.circuit.graph import ranks, wiring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron, Point
    from circuitsim.circuit.graph import Wiring

GRID = 40  # positions are multiples of it
ROW = 120  # between cells that stand above each other, and the least distance of all
COLUMN = 160  # between columns of one layer
LAYER = 280  # between layers
ASPECT = 1.7  # width to height to aim at
_FEW = 6  # a layer of up to this many cells stays one column
_FORCED = 600  # neurons up to which forces are fast enough
_SWEEPS = 6
_ROLES = tuple(Role)


def arrange(circuit: Circuit) -> dict[int, Point]:
    """New positions of all neurons, inputs, networks and outputs; the same circuit always gives the same ones.

    Returns:
        Positions by id, as the edit `Move` takes them: on the grid, at least 120 apart.
    """
    if circuit.cells:
        from circuitsim.circuit.network_layout import beside_networks

        return beside_networks(circuit, arrange)
    neurons = circuit.neurons
    joined = wiring(circuit)
    layer = ranks(neurons, joined)
    if layer is None and len(neurons) <= _FORCED:
        at = onto_grid(spread(joined), (float(COLUMN), float(ROW)))
    else:
        layer = np.zeros(len(neurons), dtype=np.intp) if layer is None else layer
        at = _columns(_ordered(neurons, joined, layer), len(neurons))
    return _with_ends(circuit, at)


def in_layers(circuit: Circuit) -> dict[int, Point]:
    """New positions by roles alone, for circuits without networks with memory: what ncps calls the layers of a wiring.

    Inputs stand left, then sensory, inter, command and motor neurons, then outputs, even if all neurons have one role.

    Returns:
        Positions by id, as the edit `Move` takes them: on the grid, at least 120 apart.
    """
    neurons = circuit.neurons
    _, layer = np.unique([_ROLES.index(n.role) for n in neurons], return_inverse=True)
    at = _columns(_ordered(neurons, wiring(circuit), layer), len(neurons))
    return _with_ends(circuit, at, in_order=True)


def _with_ends(circuit: Circuit, at: NDArray[np.float64], *, in_order: bool = False) -> dict[int, Point]:
    """Positions of all neurons, with outputs on their right, and inputs on their left, in their order if so wished."""
    at -= at.min(axis=0, initial=0.0) if len(at) else 0.0
    neurons = circuit.neurons
    result: dict[int, Point] = {n.id: (float(x), float(y)) for n, (x, y) in zip(neurons, at, strict=True)}
    right = float(at[:, 0].max(initial=0.0))
    middle = float(at[:, 1].max(initial=0.0)) / 2
    left_wishes = {i.id: middle if in_order else _beside(circuit, i, result) for i in circuit.inputs}
    right_wishes = {o.id: _beside(circuit, o, result) for o in circuit.outputs}
    result.update(stacked(left_wishes, -float(LAYER - GRID)))
    result.update(stacked(right_wishes, right + LAYER - GRID))
    return result


def _ordered(neurons: Sequence[Neuron], joined: Wiring, layer: NDArray[np.intp]) -> list[list[int]]:
    """Indices of neurons by layer, from top to bottom, ordered by the mean place of their neighbours."""
    layers = [_units(neurons, np.flatnonzero(layer == k)) for k in range(int(layer.max(initial=0)) + 1)]
    across = layer[joined.pre] != layer[joined.post]
    a = np.concatenate([joined.pre[across], joined.post[across]])
    b = np.concatenate([joined.post[across], joined.pre[across]])
    degree = np.bincount(a, minlength=joined.size)
    height = np.zeros(joined.size)
    for units in layers:
        _set_heights(units, height)
    forth = list(range(len(layers)))
    for _ in range(_SWEEPS if len(a) else 0):
        for k in (*forth, *reversed(forth)):
            total = np.bincount(a, weights=height[b], minlength=joined.size)
            mean = np.where(degree > 0, total / np.maximum(degree, 1), height)
            layers[k] = sorted(layers[k], key=lambda unit: float(mean[unit].mean()))
            _set_heights(layers[k], height)
    return [[i for unit in units for i in unit] for units in layers]


def _units(neurons: Sequence[Neuron], members: NDArray[np.intp]) -> list[list[int]]:
    """Cells that stay together: pairs whose names differ in a last L or R, and all others alone."""
    index = {neurons[i].name: int(i) for i in members}
    units: list[list[int]] = []
    for name, i in index.items():
        twin = index.get(name[:-1] + {"L": "R", "R": "L"}.get(name[-1], "")) if len(name) > 1 else None
        if twin is None or name[-1] not in "LR":
            units.append([i])
        elif name[-1] == "L":
            units.append([i, twin])
    return units


def _set_heights(units: list[list[int]], height: NDArray[np.float64]) -> None:
    """Spread the cells of a layer evenly from 0 to 1."""
    cells = [i for unit in units for i in unit]
    height[cells] = (np.arange(len(cells)) + 0.5) / max(len(cells), 1)


def _columns(layers: list[list[int]], size: int) -> NDArray[np.float64]:
    """Positions of layers side by side; long ones fold into several columns, in snakes so that pairs stay close."""
    tallest = max(_FEW, math.ceil(math.sqrt(size * COLUMN / (ROW * ASPECT))))
    shapes = []
    for cells in layers:
        columns = max(1, math.ceil(len(cells) / tallest))
        shapes.append((columns, math.ceil(len(cells) / columns)))
    full = max((rows for _, rows in shapes), default=0)
    at = np.zeros((size, 2))
    left = 0
    for cells, (columns, rows) in zip(layers, shapes, strict=True):
        top = (full - rows) * ROW // 2 // GRID * GRID
        for k, cell in enumerate(cells):
            row, column = divmod(k, columns)
            if row % 2:
                column = columns - 1 - column
            # A zigzag keeps edges within a column, and those that skip one, from running through cells.
            shift = (GRID * 2 * (row % 2), 0) if columns == 1 else (0, GRID * (column % 2))
            at[cell] = (left + COLUMN * column + shift[0], top + ROW * row + shift[1])
        left += COLUMN * (columns - 1) + LAYER
    return at


def _beside(circuit: Circuit, element: Input | Output, at: dict[int, Point]) -> float:
    """Mean height of the neurons that an input drives or an output reads."""
    ends = [element.source] if isinstance(element, Output) else _targets(circuit, element)
    heights = [at[i][1] for i in ends if i in at]
    return sum(heights) / len(heights) if heights else 0.0


def _targets(circuit: Circuit, source: Input) -> list[int]:
    return [circuit.get(i, Synapse).post for i in circuit.attached(source.id)]


def stacked(wishes: dict[int, float], x: float) -> dict[int, Point]:
    """A column of elements near the heights they wish, in their order and far enough apart."""
    order = sorted(wishes, key=lambda i: (wishes[i], i))
    heights: list[float] = []
    for i in order:
        wish = GRID * round(wishes[i] / GRID)
        heights.append(max(wish, heights[-1] + ROW) if heights else wish)
    excess = sum(heights) / len(heights) - sum(wishes.values()) / len(heights) if heights else 0.0
    shift = GRID * round(excess / GRID)
    return {i: (x, float(h - shift)) for i, h in zip(order, heights, strict=True)}
