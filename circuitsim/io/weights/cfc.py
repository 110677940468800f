"""A CfC network of ncps as a network with memory, with the names and sizes that its arrays tell.

Source of names: ncps 1.0.1, torch/cfc.py, cfc_cell.py and wired_cfc_cell.py (Apache License 2.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.circuit.build import new_input, new_output
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Move, SetLanes, SetSettings, SetTraced
from circuitsim.circuit.elements import ScopeLane, Settings
from circuitsim.circuit.layout import arrange
from circuitsim.circuit.networks import add_network, new_network
from circuitsim.io.format import Reading
from circuitsim.io.weights.ltc import acting
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Cell, Neuron, Output
    from circuitsim.io.weights.choices import Choices
    from circuitsim.io.weights.network import Network
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.cell_sizes import CellSizes

NAME = "cfc"
MASK = "sparsity_mask"
_KINDS = {"default": "cfc", "no_gate": "cfc_no_gate", "pure": "cfc_pure"}
_TRACES = 4


def is_pure(network: Network) -> bool:
    """Whether a network has the arrays of the mode pure."""
    return any(name.rpartition(".")[2] in ("w_tau", "A") for name in network.arrays)


def is_wired(network: Network) -> bool:
    """Whether a network has layers of a wiring."""
    return any(name.startswith("layer_") for name in network.arrays)


def read_cfc(network: Network, choices: Choices) -> Reading:
    """The circuit of a CfC network, laid out, at rest, with sliders as inputs.

    Raises:
        InputError: If an array is missing or does not fit.
    """
    circuit = Circuit(title=network.path.stem)
    mode = _mode(network, choices)
    kind = "cfc_wired" if is_wired(network) else _KINDS[mode]
    parameters: dict[str, Any] = {"clock": "samples"}
    if is_wired(network):
        parameters["mode"] = mode
    elif "backbone.0.weight" in network.arrays:
        parameters["activation"] = choices.take("activation")
    if network.keras and mode != "pure":
        parameters["candidates"] = "linear"
    flipped = _flipped(network, choices, mode)
    sizes = _sizes(circuit, network, kind, mode)
    inputs = [new_input(circuit, f"u{k}", "slider") for k in range(sizes.inputs)]
    circuit.apply(Add(tuple(inputs), title="Read"))
    names = [f"n{k}" for k in range(sum(sizes.layers))]
    cell, units = new_network(
        circuit, NAME, kind, reads=[source.id for source in inputs], units=sizes.layers, unit_names=names,
        arrays=_masked(flipped, kind), **parameters,
    )  # fmt: skip
    circuit.apply(add_network(cell, units))
    circuit.apply(Add(tuple(_outputs(circuit, cell, units, sizes)), title="Read"))
    circuit.apply(Move(arrange(circuit)))
    circuit.apply(SetSettings(Settings(solver="ncps", dt=1.0)))
    circuit.apply(SetTraced(tuple(unit.id for unit in units[-sizes.layers[-1] :][:_TRACES])))
    circuit.apply(SetLanes(tuple(ScopeLane(v) for v in ("v", "gate", "output", "input"))))
    turned = choices.given.get("time_sign") == "tf" and mode != "pure"
    return Reading(
        circuit,
        (*_summary(network, sizes, mode, len(circuit.outputs)), *_candidates(network, mode, turned=turned)),
    )


def _mode(network: Network, choices: Choices) -> str:
    """The mode, which is in the file if it is pure."""
    pure = is_pure(network)
    if pure and "cfc_mode" not in choices.given:
        return "pure"
    mode: str = choices.take("cfc_mode", words="mode default instead of no_gate")
    if pure != (mode == "pure"):
        name = next(
            n for n in network.arrays if n.rpartition(".")[2] in (("w_tau", "A") if pure else ("weight",))
        )
        problem = f"this array {'is that of' if pure else 'is not that of'} a network in the mode pure"
        raise network.wrong(name, problem, "leave out --cfc-mode" if pure else "use default or no_gate")
    return mode


def _flipped(network: Network, choices: Choices, mode: str) -> dict[str, Floats]:
    """The arrays, with time_a as torch has it."""
    arrays = dict(network.arrays)
    if mode == "pure":
        return arrays
    usual = "tf" if network.keras else "torch"
    if "time_sign" not in choices.given and not network.keras:
        return arrays  # names of torch are the usual case, of which nothing need be said
    if choices.take("time_sign", usual, f"time-sign {usual}") == "tf":
        arrays |= {name: -a for name, a in arrays.items() if name.rpartition(".")[0].endswith("time_a")}
    return arrays


def _sizes(circuit: Circuit, network: Network, kind: str, mode: str) -> CellSizes:
    """Sizes by the shapes, to which every array must then conform."""
    declared, shapes = circuit.kinds.cells[kind], network.shapes
    first = "layer_0.ff1" if declared.wired else "ff1"
    entry = "backbone.0" if "backbone.0.weight" in shapes else first
    for name in {f"{first}.weight", f"{entry}.weight"}:
        if len(shapes.get(name, ())) != 2:
            problem = "it should have rows and columns" if name in shapes else "this array is missing"
            raise network.wrong(name, problem, "save the whole state_dict")
    layers = _layers(network) if declared.wired else (shapes[f"{first}.weight"][0],)
    inputs = shapes[f"{entry}.weight"][1] - layers[0]
    if inputs < 1 or min(layers) < 1:
        problem = (
            f"with {shapes[f'{entry}.weight'][1]} columns for {counted(layers[0], 'unit')} it reads no input"
        )
        raise network.wrong(f"{entry}.weight", problem)
    sizes: CellSizes = declared.sizes(shapes, inputs, sum(layers))
    expected = declared.shapes(sizes, {"mode": float(list(_KINDS).index(mode))})
    masked = {MASK: expected["ff1.weight"]} if MASK in shapes and not declared.wired else {}
    network.expect(expected | masked)
    return sizes


def _layers(network: Network) -> tuple[int, ...]:
    """Units of each layer of a wiring."""
    count = len({name.partition(".")[0] for name in network.arrays if name.startswith("layer_")})
    layers = []
    for k in range(count):
        name = f"layer_{k}.ff1.weight"
        if name not in network.arrays:
            raise network.wrong(name, "this array is missing", "save the whole state_dict")
        layers.append(len(network.arrays[name]))
    return tuple(layers)


def _masked(arrays: dict[str, Floats], kind: str) -> dict[str, Floats]:
    """A mask of a cell without layers is multiplied into its two candidates, where alone it acts."""
    if kind == "cfc_wired" or MASK not in arrays:
        return arrays
    mask = np.abs(arrays.pop(MASK))
    return arrays | {n: arrays[n] * mask for n in ("ff1.weight", "ff2.weight") if n in arrays}


def _outputs(circuit: Circuit, cell: Cell, units: tuple[Neuron, ...], sizes: CellSizes) -> list[Output]:
    """Rows of the projection, or else the units of the last layer."""
    if sizes.projected:
        return [new_output(circuit, f"y{k}", cell.id, row=k) for k in range(sizes.projected)]
    return [new_output(circuit, f"y{k}", unit.id) for k, unit in enumerate(units[-sizes.layers[-1] :])]


def effective(network: Network) -> int:
    """How many numbers act: all but masks, and in ff1 and ff2 those that are not masked."""
    count = network.stored
    for name, array in network.arrays.items():
        prefix = name.removesuffix(MASK)
        if prefix != name:
            heads = sum(f"{prefix}{head}.weight" in network.arrays for head in ("ff1", "ff2"))
            count -= array.size + heads * int((array == 0.0).sum())
    return count


def _summary(network: Network, sizes: CellSizes, mode: str, outputs: int) -> tuple[str, ...]:
    units = counted(sum(sizes.layers), "unit")
    if len(sizes.layers) > 1:
        units += f" in layers of {', '.join(map(str, sizes.layers))}"
    parts = [units, counted(sizes.inputs, "input"), counted(outputs, "output")]
    if sizes.backbone_layers:
        parts.append(f"a backbone of {sizes.backbone_layers} × {sizes.backbone_units}")
    if sizes.mixed:
        parts.append("a mixed memory")
    told = f"CfC network, mode {mode}: {', '.join(parts)}."
    found = [told, acting(effective(network), network.stored)]
    return tuple(found)


def _candidates(network: Network, mode: str, *, turned: bool) -> list[str]:
    """What ncps does otherwise in TensorFlow and Keras than in torch, besides the sign of time_a."""
    if mode == "pure":
        return []
    if network.keras:
        return ["The candidates are linear, as ncps has them in TensorFlow and Keras."]
    if turned:
        return [
            "ncps has linear candidates in TensorFlow and Keras; set candidates to linear if they were so in training."
        ]
    return []
