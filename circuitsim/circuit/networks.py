"""Build networks with memory: a block, its units, and weights as training begins with; connect what they read."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.build import filled, new_neuron
from circuitsim.circuit.edits.add import Add
from circuitsim.circuit.edits.replace import Replace
from circuitsim.circuit.elements import NOTHING, Cell, Input, Matrix, Neuron, Reading, Role
from circuitsim.spec.cell_sizes import MOST_LAYERS, CellSizes
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.kind import CellKind

SPACING = 96.0  # between units that stand beside each other
LAYER = 160.0  # from the block to its units, and between their layers
STEEP = 1.3  # rows to columns of a layer
USUAL_BACKBONE = (1, 32)  # layers and width
ROLES = (Role.INTER, Role.COMMAND, Role.MOTOR)


def new_network(
    circuit: Circuit,
    name: str,
    kind: str = "cfc",
    *,
    reads: Sequence[int] = (NOTHING,),
    units: int | Sequence[int] = 8,
    backbone_layers: int | None = None,
    backbone_units: int | None = None,
    mixed_memory: bool = False,
    projection: int = 0,
    seed: int = 0,
    arrays: Mapping[str, ArrayLike] | None = None,
    unit_names: Sequence[str] = (),
    position: Point = (0.0, 0.0),
    label: str = "",
    **parameters: float | str,
) -> tuple[Cell, tuple[Neuron, ...]]:
    """A network with memory and its units, with fresh ids.

    Args:
        circuit: What it will be added to, by an edit with all of them.
        name: Its identifier.
        kind: Id of the kind of network.
        reads: Ids of inputs and neurons, one for each column; 0 reads nothing.
        units: How many units it has; for a network over layers, of each layer.
        backbone_layers: Dense layers before the units; None for one, or for none where the kind has none.
        backbone_units: Their width; None for 32.
        mixed_memory: True to put a memory of the LSTM kind before it.
        projection: Rows of the dense map from its output to read-outs; 0 for none.
        seed: Of its weights.
        arrays: Weights by name, which then decide the sizes; None draws them as ncps does.
        unit_names: Identifiers of the units; those that are missing are made of the name and a number.
        position: Centre of the block; units stand to the right of it.
        label: Free text for people.
        **parameters: Parameters of the kind.

    Raises:
        InputError: If there is no such kind or a number makes no sense.
    """
    where = f"network {name}"
    numbers = filled(where, circuit.kinds.cells, kind, circuit.document.unit_system, parameters)
    declared = circuit.kinds.cells[kind]
    if min(projection, seed) < 0 or not reads:
        raise InputError(Issue(where, "its sizes make no network", "give at least one unit and one column"))
    layers = _layers(where, declared, units)
    backbone = _backbone(where, declared, backbone_layers, backbone_units)
    if arrays is None:
        sizes = CellSizes(len(reads), layers, *backbone, mixed=mixed_memory, projected=projection)
        arrays = drawn(declared, sizes, numbers, seed)
    matrices = {i: Matrix.of(values) for i, values in arrays.items()}
    layers = declared.sizes({i: m.shape for i, m in matrices.items()}, len(reads), sum(layers)).layers
    members = _units(circuit, name, layers, unit_names, position, wired=declared.wired)
    cell = Cell(
        id=circuit.new_id(), name=name, label=label, kind=kind, parameters=numbers,
        reads=tuple(Reading(i) for i in reads), units=tuple(n.id for n in members), arrays=matrices, position=position,
    )  # fmt: skip
    return cell, members


def _backbone(where: str, kind: CellKind, layers: int | None, units: int | None) -> tuple[int, int]:
    """Layers and width of the backbone."""
    if kind.wired:
        if layers or units:
            remedy = "leave out backbone_layers and backbone_units"
            raise InputError(Issue(where, f"{kind.title} has no backbone", remedy))
        return 0, 0
    count, width = (
        USUAL_BACKBONE[0] if layers is None else layers,
        USUAL_BACKBONE[1] if units is None else units,
    )
    if not 0 <= count <= MOST_LAYERS:
        remedy = f"give from 0 to {MOST_LAYERS}"
        raise InputError(Issue(where, f"its backbone cannot have {counted(count, 'layer')}", remedy))
    if count and width < 1:
        remedy = "give at least one, or no backbone_layers"
        raise InputError(Issue(where, f"its backbone cannot have {counted(width, 'unit')}", remedy))
    return count, width


def _layers(where: str, kind: CellKind, units: int | Sequence[int]) -> tuple[int, ...]:
    """Units of each layer."""
    layers = (units,) if isinstance(units, int) else tuple(units)
    if not layers or min(layers) < 1:
        raise InputError(Issue(where, f"it cannot have {units} units", "give at least one to each layer"))
    if len(layers) > MOST_LAYERS:
        raise InputError(Issue(where, f"it cannot have {len(layers)} layers", f"give at most {MOST_LAYERS}"))
    if len(layers) > 1 and not kind.wired:
        raise InputError(Issue(where, f"{kind.title} has one layer of units", "give one number of units"))
    return layers


def drawn(
    kind: CellKind, sizes: CellSizes, parameters: Mapping[str, float], seed: int
) -> dict[str, NDArray[np.float32]]:
    """Weights as training begins with, in the four bytes in which torch holds them."""
    import numpy as np

    fresh = kind.fresh(sizes, parameters, np.random.default_rng(seed))
    return {name: values.astype(np.float32) for name, values in fresh.items()}


def _units(
    circuit: Circuit, name: str, layers: Sequence[int], names: Sequence[str], at: Point, *, wired: bool
) -> tuple[Neuron, ...]:
    places = unit_places(layers, at)
    roles = [ROLES[max(0, k + len(ROLES) - len(layers))] for k, n in enumerate(layers) for _ in range(n)]
    made = []
    for k, place in enumerate(places):
        own = names[k] if k < len(names) else circuit.free_name(f"{name}_n{k}")
        role = roles[k] if wired else Role.INTER
        made.append(new_neuron(circuit, own, "unit", role=role, position=place))
    return tuple(made)


def unit_places(
    layers: Sequence[int], block: Point, spacing: float = SPACING, layer: float = LAYER
) -> list[Point]:
    """Where units stand: to the right of the block, each layer in columns, about at the height of the block.

    Args:
        layers: Sizes of the layers.
        block: Centre of the block.
        spacing: Between units that stand beside each other.
        layer: From the block to its units, and between their layers.
    """
    places: list[Point] = []
    x = block[0] + layer
    for n in layers:
        rows = math.ceil(math.sqrt(n * STEEP))
        columns = math.ceil(n / rows)
        for k in range(n):
            column, row = divmod(k, rows)
            places.append((x + spacing * column, block[1] + spacing * (row - (rows - 1) // 2)))
        x += spacing * (columns - 1) + layer
    return places


def add_network(cell: Cell, units: tuple[Neuron, ...]) -> Add:
    """The edit that adds a network with its units."""
    return Add((*units, cell), title=f"Add network {cell.name}")


def reading_refusal(source: Neuron | Input, cell: Cell) -> str | None:
    """Why a network may not read something, as a clause; None if it may."""
    if source.id in cell.units:
        return f"{source.name} is a unit of {cell.name}, whose arrays feed it back already"
    if any(r.source == source.id for r in cell.reads):
        return f"{cell.name} already reads {source.name}"
    if all(r.source != NOTHING for r in cell.reads):
        return f"every column of {cell.name} reads something; disconnect one of them first"
    return None


def kinds_like(circuit: Circuit, cell: Cell) -> dict[str, CellKind]:
    """The kinds of network that the arrays of a network fit, its own first, by id."""
    result = {cell.kind: circuit.kinds.cells[cell.kind]}
    for i, kind in circuit.kinds.cells.items():
        sizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
        if min(sizes.layers) > 0 and kind.shapes(sizes, kind.defaults()) == cell.shapes:
            result[i] = kind
    return result


def modes_like(circuit: Circuit, cell: Cell) -> dict[int, str]:
    """The modes that the arrays of a network fit, by their values; none for kinds that have one mode."""
    kind = circuit.kinds.cells[cell.kind]
    mode = kind.parameter("mode")
    if mode is None:
        return {}
    sizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
    made = [kind.shapes(sizes, {**cell.parameters, "mode": float(k)}) for k in range(len(mode.choices))]
    return {k: name for k, name in enumerate(mode.choices) if made[k] == cell.shapes}


def read_from(source: Neuron | Input, cell: Cell, column: int | None = None) -> Replace:
    """The edit that lets a network read an input or a neuron: in a column, or in the first that reads nothing.

    Raises:
        InputError: If it may not.
    """
    if column is None:
        refusal = reading_refusal(source, cell)
        if refusal is not None:
            raise InputError(Issue(f"{source.name} to {cell.name}", refusal, "draw to another one"))
        column = next(k for k, r in enumerate(cell.reads) if r.source == NOTHING)
    reading = replace(cell.reads[column], source=source.id)
    return read_nothing(cell, column, reading, f"Let {cell.name} read {source.name}")


def read_nothing(
    cell: Cell, column: int, reading: Reading | None = None, title: str = "Disconnect"
) -> Replace:
    """The edit that lets a column of a network read nothing, or something else if that is given.

    Gain and offset stay, for what is read next.
    """
    reads = list(cell.reads)
    reads[column] = reading or replace(reads[column], source=NOTHING)
    return Replace((replace(cell, reads=tuple(reads)),), title)
