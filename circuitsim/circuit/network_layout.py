"""Where networks with memory stand in a layout: between inputs and neurons, each with its units beside its block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.edits.delete import Delete
from circuitsim.circuit.layout import stacked
from circuitsim.circuit.networks import unit_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Point

GRID = 40  # as that of the layout
SPACING, LAYER = (
    120.0,
    200.0,
)  # between units, and from the block to them; multiples of the grid, as all of these
APART = 160.0  # between what stands above each other
AWAY = 280.0  # from a column to the next


def beside_networks(circuit: Circuit, arrange: Callable[[Circuit], dict[int, Point]]) -> dict[int, Point]:
    """Positions of everything: what is no part of a network is arranged by itself, to the right of the networks.

    Args:
        circuit: A circuit with networks.
        arrange: Lays out a circuit without any.
    """
    plain = circuit.copy()
    plain.apply(Delete(frozenset(cell.id for cell in circuit.cells)))
    rest = arrange(plain)
    result: dict[int, Point] = {}
    top = right = 0.0
    for cell in circuit.cells:
        places = _placed(circuit, cell, top)
        result |= places
        top = max(y for _, y in places.values()) + APART
        right = max(right, *(x for x, _ in places.values()))
    inputs = {source.id for source in circuit.inputs}
    shift = right + AWAY
    middle = GRID * round((top - APART) / 2 / GRID)
    lowest = max((y for _, y in rest.values()), default=0.0)
    up = middle - GRID * round(lowest / 2 / GRID)
    result |= {i: (x if i in inputs else x + shift, y + up) for i, (x, y) in rest.items()}
    beyond = max(x for x, _ in result.values()) + AWAY
    heights = {o.id: result[o.source][1] for o in circuit.outputs if o.id not in rest}
    return result | stacked(
        heights, beyond
    )  # the layout of the rest knows nothing of what reads networks and units


def _placed(circuit: Circuit, cell: Cell, top: float) -> dict[int, Point]:
    """Block and units of a network whose highest unit stands at a height."""
    kind = circuit.kinds.cells[cell.kind]
    layers = kind.sizes(cell.shapes, len(cell.reads), len(cell.units)).layers
    units = unit_places(layers, (0.0, 0.0), SPACING, LAYER)
    down = top - min(0.0, *(y for _, y in units))
    places: dict[int, Point] = {cell.id: (0.0, down)}
    return places | {i: (x, y + down) for i, (x, y) in zip(cell.units, units, strict=True)}
