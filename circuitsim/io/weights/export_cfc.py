"""A network with memory and what reads it as the weights of a CfC network of ncps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Neuron
from circuitsim.circuit.lesions import acting_arrays
from circuitsim.circuit.validate import place
from circuitsim.io.weights.export_cells import only_network, plain_inputs
from circuitsim.io.weights.network import BESIDE, CELL, CFC
from circuitsim.io.weights.written import Weights, inexpressible
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell, Input, Output
    from circuitsim.spec.cell_sizes import CellSizes

_BACKBONE = re.compile(r"backbone\.(\d+)\.")
_MODES = {"cfc": "default", "cfc_no_gate": "no_gate", "cfc_pure": "pure"}


def cfc_weights(circuit: Circuit) -> Weights:
    """The weights of a circuit with one network with memory.

    Raises:
        InputError: If ncps cannot express it.
    """
    cell = only_network(circuit)
    sources = plain_inputs(circuit, cell)
    kind = circuit.kinds.cells[cell.kind]
    sizes: CellSizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
    if cell.parameters.get("candidates", 0.0):
        problem = "its candidates are linear, which ncps has in TensorFlow and Keras alone"
        raise inexpressible(place(circuit, cell), problem, "set candidates to tanh")
    for output in circuit.outputs:
        _require_plain_output(circuit, cell, output, sizes)
    mode_number = kind.parameter("mode")
    mode = _MODES[cell.kind] if mode_number is None else mode_number.choices[int(cell.parameters["mode"])]
    told = {"cfc_mode": mode}
    activation = kind.parameter("activation")
    if activation is not None and sizes.backbone_layers:
        told["activation"] = activation.choices[int(cell.parameters["activation"])]
    arrays = {_named(name): values for name, values in acting_arrays(circuit, cell).items()}
    return Weights(arrays, told, _report(circuit, cell, sizes, told, sources))


def _require_plain_output(circuit: Circuit, cell: Cell, output: Output, sizes: CellSizes) -> None:
    """An output of ncps is a unit of the last layer, or a row of the projection, as it is."""
    last = cell.units[-sizes.layers[-1] :]
    legal = output.source == cell.id if sizes.projected else output.source in last
    if not legal:
        due = "a row of the projection" if sizes.projected else "a unit of the last layer"
        raise inexpressible(
            place(circuit, output),
            f"it does not read {due}, as outputs of this network in ncps do",
            "remove it",
        )
    if (output.gain, output.offset) != (1.0, 0.0):
        problem = "it has a gain or an offset, and a CfC network of ncps has none"
        raise inexpressible(place(circuit, output), problem, "set the gain to 1 and the offset to 0")


def _named(name: str) -> str:
    """A name as ncps has it, where activations of the backbone are counted too."""
    if name.startswith(BESIDE[CFC]):
        return name
    return CELL + _BACKBONE.sub(lambda m: f"backbone.{2 * int(m[1])}.", name)


def _report(
    circuit: Circuit, cell: Cell, sizes: CellSizes, told: dict[str, str], sources: list[Input]
) -> tuple[str, ...]:
    wired = circuit.kinds.cells[cell.kind].wired
    call = [f"input_size={sizes.inputs}", f"units={'wiring' if wired else sizes.layers[0]}",
            f"mode={told['cfc_mode']!r}"]  # fmt: skip
    if "activation" in told:
        call.append(f"activation={told['activation']!r}")
    if not wired:
        call += [f"backbone_layers={sizes.backbone_layers}"]
        call += [f"backbone_units={sizes.backbone_units}"] if sizes.backbone_layers else []
    if sizes.mixed:
        call.append("mixed_memory=True")
    if sizes.projected:
        call.append(f"proj_size={sizes.projected}")
    layers = f" with a wiring of layers of {', '.join(map(str, sizes.layers))}" if wired else ""
    sentences = [
        f"Load it into CfC({', '.join(call)}){layers}.",
        f"Inputs as ncps counts them: {listed([source.name for source in sources])}.",
    ]
    span = cell.parameters["timespan_per_time"] * cell.parameters["period"]
    if span != 1.0:
        sentences.append(f"A period is told as a timespan of {span:g}; give ncps timespans.")
    starts = [0.0 if unit.muted else unit.start for unit in (circuit.get(i, Neuron) for i in cell.units)]
    if any(starts) or any(cell.memory):
        shown = ", ".join(f"{start:g}" for start in starts)
        sentences.append(f"Start states are no weights; give them to ncps as hx: {shown}.")
    return tuple(sentences)
