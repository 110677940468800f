"""LTC network with mixed memory: before every call a memory of the LSTM kind sets the membranes anew."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.cells import _arrays, _declare, _ltc_kernel
from circuitsim.spec.kind import CellKind, Sign
from circuitsim.spec.parameter import number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator

    from circuitsim.dynamics.cells._arrays import Arrays, Shapes
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.cell_sizes import CellSizes
    from circuitsim.spec.kind import Shape

_UNIT = ("cm", "gleak", "vleak")
_SYNAPSE = ("w", "sigma", "mu", "erev")
_REACH = 1.0  # what the memory makes of a membrane is a hyperbolic tangent times a gate


def _sizes(shapes: Shapes, inputs: int, units: int) -> CellSizes:
    return replace(_arrays.sizes_of(shapes, inputs, units), backbone_layers=0, backbone_units=0, projected=0)


def _shapes(sizes: CellSizes, _parameters: Mapping[str, float]) -> dict[str, Shape]:
    (n,), m = sizes.layers, sizes.inputs
    result: dict[str, Shape] = dict(_arrays.memory_shapes(sizes))
    result |= dict.fromkeys(_UNIT, (n,)) | dict.fromkeys(("input_w", "input_b"), (m,))
    for prefix, rows in (("sensory_", m), ("", n)):
        result |= {f"{prefix}{name}": (rows, n) for name in (*_SYNAPSE, _arrays.MASK)}
    return result


def _pack(parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes) -> tuple[Floats, Ints]:
    parts = [np.array([parameters["epsilon"]]), *_arrays.packed_memory(arrays, sizes)]
    parts += [arrays["cm"], arrays["gleak"], arrays["gleak"] * arrays["vleak"]]
    parts += [arrays["input_w"], arrays["input_b"]]
    for prefix in ("sensory_", ""):
        parts.append((arrays[f"{prefix}w"] * arrays[prefix + _arrays.MASK]).ravel())
        parts += [arrays[prefix + name].ravel() for name in _SYNAPSE[1:]]
    (n,) = sizes.layers
    dims = np.array([sizes.inputs, n, int(sizes.mixed), int(parameters["unfolds"])], dtype=np.int64)
    return np.concatenate(parts), dims


def _work(sizes: CellSizes) -> int:
    (n,) = sizes.layers
    return 2 * sizes.inputs + 9 * n


def _fresh(sizes: CellSizes, parameters: Mapping[str, float], r: Generator) -> dict[str, Floats]:
    """Random numbers as ncps begins with, after the softplus of its implicit constraints; everything is wired."""
    shapes = _shapes(sizes, parameters)
    memory = {name: shapes[name] for name in _arrays.MEMORY if name in shapes}
    result = _arrays.fresh(memory, r)
    ranges = {"gleak": (0.001, 1.0), "vleak": (-0.2, 0.2), "cm": (0.4, 0.6), "w": (0.001, 1.0), "sigma": (3.0, 8.0),
              "mu": (0.3, 0.8)}  # fmt: skip
    for name, shape in shapes.items():
        stem = name.removeprefix("sensory_")
        if stem in ranges:
            drawn = r.uniform(*ranges[stem], shape)
            result[name] = np.log1p(np.exp(drawn)) if stem in ("gleak", "cm", "w") else drawn
        elif stem == "erev":
            result[name] = r.choice([-1.0, 1.0, 1.0], shape)
        elif name not in result:
            result[name] = np.zeros(shape) if name == "input_b" else np.ones(shape)
    return result


def _bounds(_parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes) -> tuple[Floats, Floats]:
    """An unfold makes a mean of the state, the leak potential, reversal potentials and, by epsilon, 0."""
    if min(arrays[name].min() for name in ("cm", "gleak", "w", "sensory_w")) < 0.0:
        unbounded = np.full(sizes.layers[0], math.inf)
        return -unbounded, unbounded
    low, high = np.minimum(arrays["vleak"], -_REACH), np.maximum(arrays["vleak"], _REACH)
    for prefix in ("sensory_", ""):
        there = arrays[prefix + _arrays.MASK] != 0.0
        low = np.minimum(low, np.where(there, arrays[f"{prefix}erev"], 0.0).min(axis=0))
        high = np.maximum(high, np.where(there, arrays[f"{prefix}erev"], 0.0).max(axis=0))
    if not sizes.mixed:
        start = np.full(sizes.layers[0], math.inf)
        return -start, start
    return low, high


KIND = CellKind(
    id="ltc_mixed",
    title="LTC network with mixed memory",
    short="LTC, mixed memory",
    doc="At every call a memory of the LSTM kind sets the membranes anew, and from there they follow the LTC equation "
    "for the elapsed time, in a few semi-implicit unfolds. Take it for LTC networks that were trained with mixed_memory.",
    avoid="Do not use it for an LTC network without such a memory: as neurons and synapses it is the same, and each "
    "synapse can be seen and cut.",
    equation="v ← (c L v / Δt + gₗ Eₗ + Σ g σ(s (v_pre − m)) E) / (c L / Δt + gₗ + Σ g σ(s (v_pre − m)) + ε), "
    " Δt = κ T",
    signs=(
        Sign("v", "state of a unit, which the memory sets before the first of L unfolds"),
        Sign("v_pre", "state of another unit, or an input after its map"),
        Sign("c", "capacitance of a unit"),
        Sign("gₗ", "leak conductance of a unit"),
        Sign("Eₗ", "leak potential of a unit"),
        Sign("g", "conductance of a synapse"),
        Sign("s", "slope of a synapse"),
        Sign("m", "midpoint of a synapse"),
        Sign("E", "reversal potential of a synapse"),
    ),
    gate="part of the old state that the last unfold kept",
    reference="Lechner and Hasani, arXiv 2006.04418 (mixed memory); Hasani et al., AAAI 2021, arXiv 2006.04439, eq. 3; "
    "as computed by ncps 1.0.1 (torch, ltc.py, ltc_cell.py and lstm.py)",
    parameters=(
        _declare.PERIOD,
        _declare.CLOCK,
        _declare.TIMESPAN,
        number(
            "unfolds", "unfolds", "L", Dimension.NONE, (6.0, 1.0, 48.0), (6.0, 1.0, 48.0),
            "Steps in a call; a trained network is exact with as many as it was trained with.",
            low=1.0, high=1e6, log=True, whole=True,
        ),
        number(
            "epsilon", "epsilon", "ε", Dimension.CONDUCTANCE, (1e-8, 1e-12, 1e-3), (1e-8, 1e-12, 1e-3),
            "What is added to the denominator.", low=0.0, log=True,
        ),
    ),
    sizes=_sizes,
    shapes=_shapes,
    fresh=_fresh,
    pack=_pack,
    work=_work,
    advance=_ltc_kernel.advance,
    bounds=_bounds,
)  # fmt: skip
