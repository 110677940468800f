"""What the families of CfC networks share: a block with its inputs, its units and its read-outs."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_output
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.families._declare import INPUTS, STIMULUS, Family, finished, new_inputs
from circuitsim.circuit.layout import arrange
from circuitsim.circuit.networks import USUAL_BACKBONE, drawn, new_network
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.cell_sizes import MOST_LAYERS, CellSizes
from circuitsim.spec.size import chosen, switch, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.circuit.wirings import Wiring
    from circuitsim.spec.kind import CellKind
    from circuitsim.spec.size import Numbers, Size

MIXED = switch(
    "mixed_memory", "mixed memory", "Whether a memory of the LSTM kind stands before the network.", on=False
)
NAME = "net"
CHOICES = ("activation", "mode")  # parameters of the kind that are chosen beforehand


def dense(kind: str) -> Family:
    """The family of a kind of CfC network with a backbone."""
    layers, width = USUAL_BACKBONE
    return _family(
        kind,
        (
            INPUTS,
            STIMULUS,
            whole("units", "units", 8, 1, 1024, "How many units there are."),
            whole(
                "projection",
                "read-outs",
                1,
                0,
                302,
                "Rows of the dense map to read-outs; with 0 units are read out.",
            ),
            whole(
                "backbone_layers", "backbone layers", layers, 0, MOST_LAYERS, "Dense layers before the units."
            ),
            whole("backbone_units", "backbone width", width, 1, 1024, "Units of each of these layers."),
            _of_kind(kind, "activation"),
            MIXED,
        ),
    )


def wired(kind: str) -> Family:
    """The family of a kind of CfC network over the layers of a wiring."""
    return _family(kind, (INPUTS, STIMULUS, _of_kind(kind, "mode"), MIXED))


def _family(kind: str, sizes: tuple[Size, ...]) -> Family:
    declared = kinds().cells[kind]
    return Family(
        id=kind,
        title=declared.title,
        doc=declared.doc,
        reference=declared.reference,
        sizes=sizes,
        build=partial(_build, declared),
        count=partial(_count, declared),
        wired=declared.wired,
    )


def _of_kind(kind: str, name: str) -> Size:
    """A choice that the kind declares."""
    parameter = kinds().cells[kind].parameter(name)
    assert parameter is not None  # noqa: S101  (its files name it)
    return chosen(name, parameter.title, parameter.choices, parameter.doc)


def _parameters(kind: CellKind, numbers: Numbers, unit_system: str = "liquid") -> dict[str, float]:
    return kind.defaults(unit_system) | {name: numbers[name] for name in CHOICES if name in numbers}


def _sizes(numbers: Numbers, wiring: Wiring | None) -> CellSizes:
    inputs, mixed = int(numbers["inputs"]), bool(numbers["mixed_memory"])
    if wiring is not None:
        return CellSizes(inputs, tuple(map(len, wiring.layers)), 0, 0, mixed=mixed)
    layers = int(numbers["backbone_layers"])
    width, rows = int(numbers["backbone_units"]), int(numbers["projection"])
    return CellSizes(inputs, (int(numbers["units"]),), layers, width, mixed=mixed, projected=rows)


def _build(kind: CellKind, numbers: Numbers, wiring: Wiring | None, seed: int, unit_system: str) -> Circuit:
    """Units n0, n1, ... in the order of the states in ncps, inputs u0, ..., read-outs y0, ...; weights as ncps draws them."""
    circuit = Circuit(unit_system=unit_system)
    inputs = new_inputs(circuit, numbers)
    sizes, parameters = _sizes(numbers, wiring), _parameters(kind, numbers, unit_system)
    arrays = {**drawn(kind, sizes, parameters, seed), **_masks(wiring)}
    cell, units = new_network(
        circuit, NAME, kind.id, reads=[i.id for i in inputs], units=sizes.layers, arrays=arrays,
        unit_names=[f"n{k}" for k in range(sum(sizes.layers))],
    )  # fmt: skip
    cell = replace(cell, parameters=parameters)
    if wiring is not None:
        order = [k for layer in wiring.layers for k in layer]
        units = tuple(replace(unit, role=wiring.roles[k]) for unit, k in zip(units, order, strict=True))
    if sizes.projected:
        read = [(cell.id, row) for row in range(sizes.projected)]
    else:
        count = len(units) if wiring is None else wiring.outputs
        last = units[-sizes.layers[-1] :]
        read = [(unit.id, 0) for unit in last[:count]]
    outputs = [new_output(circuit, f"y{k}", source, row=row) for k, (source, row) in enumerate(read)]
    return finished(circuit, (*inputs, *units, cell, *outputs), arrange)


def _masks(wiring: Wiring | None) -> Mapping[str, NDArray[np.float32]]:
    """For each layer what of the layer before it, or of the inputs, reaches it; within a layer everything does."""
    import numpy as np

    result: dict[str, NDArray[np.float32]] = {}
    before: tuple[int, ...] | None = None
    for k, layer in enumerate(wiring.layers if wiring is not None else ()):
        assert wiring is not None  # noqa: S101  (it has the layer)
        source = wiring.sensory if before is None else wiring.adjacency[list(before)]
        reached = np.abs(source[:, list(layer)]).T
        both = np.concatenate([reached, np.ones((len(layer), len(layer)))], axis=1)
        result[f"layer_{k}.sparsity_mask"] = both.astype(np.float32)
        before = layer
    return result


def _count(kind: CellKind, numbers: Numbers, wiring: Wiring | None) -> int:
    """Entries of all arrays that are trained."""
    shapes = kind.shapes(_sizes(numbers, wiring), _parameters(kind, numbers))
    return sum(math.prod(shape) for name, shape in shapes.items() if not name.endswith("sparsity_mask"))
