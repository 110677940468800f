"""Write a circuit that ncps can express as weights of ncps; any other is refused with the reason.

Names and equations: ncps 1.0.1, torch/ltc_cell.py and cfc.py (Apache License 2.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.io.weights import safetensors
from circuitsim.io.weights.choices import PREFIX
from circuitsim.io.weights.export_cfc import cfc_weights
from circuitsim.io.weights.export_ltc import ltc_weights
from circuitsim.io.weights.export_memory import memory_weights
from circuitsim.io.weights.ltc import IMPLICIT
from circuitsim.io.weights.ltc_memory import KIND

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.io.format import Options


def write(circuit: Circuit, path: Path, options: Options) -> tuple[str, ...]:
    """Write the weights; what else ncps must be told is returned as sentences.

    Numbers are written in four bytes if that loses nothing, else in eight.

    Raises:
        InputError: If ncps cannot express the circuit, or the file cannot be written.
    """
    constraints = str(options.get("constraints", IMPLICIT))
    if not circuit.cells:
        weights = ltc_weights(circuit, constraints)
    elif circuit.cells[0].kind == KIND:
        weights = memory_weights(circuit, constraints)
    else:
        weights = cfc_weights(circuit)
    arrays = weights.arrays
    with np.errstate(over="ignore"):
        short = {name: array.astype("<f4") for name, array in arrays.items()}
    if weights.same(short):
        arrays = short
    safetensors.write(path, arrays, {PREFIX + name: text for name, text in weights.told.items()})
    return weights.report
