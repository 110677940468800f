"""The matrices of CfC networks: names and shapes as in ncps, what the kernel reads, and what training begins with."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.cells._kernel import HEADS, PURE
from circuitsim.spec.cell_sizes import MOST_LAYERS, CellSizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.random import Generator

    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.kind import Shape

    Shapes = Mapping[str, Shape]
    Arrays = Mapping[str, Floats]

MEMORY = ("lstm.input_map.weight", "lstm.input_map.bias", "lstm.recurrent_map.weight")
_BACKBONE = re.compile(r"backbone\.(\d+)\.(?:weight|bias)\Z")
_LAYER = re.compile(r"layer_(\d+)\.")
MASK = "sparsity_mask"


def sizes_of(shapes: Shapes, inputs: int, units: int) -> CellSizes:
    """Sizes of a network of one layer with a backbone, as far as its arrays tell them."""
    layers = _count(shapes, _BACKBONE)
    width = _rows(shapes, "backbone.0") if layers else 0
    return CellSizes(inputs, (units,), layers, width, mixed=_mixed(shapes), projected=_projected(shapes))


def wired_sizes_of(shapes: Shapes, inputs: int, units: int) -> CellSizes:
    """Sizes of a network of several layers without a backbone; the last layer has the units that are left."""
    count = max(1, _count(shapes, _LAYER))
    layers = [_rows(shapes, f"layer_{k}.ff1") or 1 for k in range(count - 1)]
    sizes = (*layers, units - sum(layers))
    return CellSizes(inputs, sizes, 0, 0, mixed=_mixed(shapes), projected=_projected(shapes))


def _count(shapes: Shapes, pattern: re.Pattern[str]) -> int:
    """How many layers have names that follow one another from 0; what comes after a gap belongs to none."""
    found = {m[1] for m in map(pattern.match, shapes) if m}
    return next((k for k in range(MOST_LAYERS) if str(k) not in found), MOST_LAYERS)


def _rows(shapes: Shapes, name: str) -> int:
    """Rows of a dense map, by its weight or else its bias; 0 if there is neither."""
    return (shapes.get(f"{name}.weight") or shapes.get(f"{name}.bias") or (0,))[0]


def _mixed(shapes: Shapes) -> bool:
    return any(name.startswith("lstm.") for name in shapes)


def _projected(shapes: Shapes) -> int:
    return _rows(shapes, "fc")


def shapes_of(sizes: CellSizes, mode: int) -> dict[str, Shape]:
    """The arrays of a network of one layer with a backbone."""
    (units,) = sizes.layers
    result, n = memory_shapes(sizes), sizes.inputs + units
    for k in range(sizes.backbone_layers):
        result |= _linear(f"backbone.{k}", n, sizes.backbone_units)
        n = sizes.backbone_units
    return result | _head_shapes("", n, units, mode) | _projection_shapes(sizes)


def wired_shapes_of(sizes: CellSizes, mode: int) -> dict[str, Shape]:
    """The arrays of a network of several layers without a backbone."""
    result, n = memory_shapes(sizes), sizes.inputs
    for k, units in enumerate(sizes.layers):
        result |= _head_shapes(f"layer_{k}.", n + units, units, mode)
        result[f"layer_{k}.{MASK}"] = (units, n + units)
        n = units
    return result | _projection_shapes(sizes)


def _projection_shapes(sizes: CellSizes) -> dict[str, Shape]:
    return _linear("fc", sizes.layers[-1], sizes.projected) if sizes.projected else {}


def memory_shapes(sizes: CellSizes) -> dict[str, Shape]:
    """The arrays of the memory before a network; none without one."""
    units = sum(sizes.layers)
    shapes = ((4 * units, sizes.inputs), (4 * units,), (4 * units, units))
    return dict(zip(MEMORY, shapes, strict=True)) if sizes.mixed else {}


def _linear(name: str, n: int, m: int) -> dict[str, Shape]:
    return {f"{name}.weight": (m, n), f"{name}.bias": (m,)}


def _head_shapes(prefix: str, n: int, units: int, mode: int) -> dict[str, Shape]:
    if mode == PURE:
        lone = {f"{prefix}w_tau": (1, units), f"{prefix}A": (1, units)}
        return _linear(f"{prefix}ff1", n, units) | lone
    result: dict[str, Shape] = {}
    for head in ("ff1", "ff2", "time_a", "time_b"):
        result |= _linear(f"{prefix}{head}", n, units)
    return result


def packed(arrays: Arrays, sizes: CellSizes, mode: int, *, wired: bool) -> Floats:
    """The maps in the order in which the kernel uses them; masks are multiplied in, into ff1 and ff2 alone."""
    parts = packed_memory(arrays, sizes)
    for k in range(sizes.backbone_layers):
        parts += [arrays[f"backbone.{k}.weight"].T.ravel(), arrays[f"backbone.{k}.bias"]]
    for k in range(len(sizes.layers)):
        parts += _heads(arrays, f"layer_{k}." if wired else "", mode)
    return np.concatenate(parts)


def packed_memory(arrays: Arrays, sizes: CellSizes) -> list[Floats]:
    """The map of the memory before a network, as the kernel uses it; nothing without one."""
    if not sizes.mixed:
        return []
    both = np.concatenate([arrays[MEMORY[0]], arrays[MEMORY[2]]], axis=1)
    return [both.T.ravel(), arrays[MEMORY[1]]]


def _heads(arrays: Arrays, prefix: str, mode: int) -> Iterator[Floats]:
    mask = np.abs(arrays[f"{prefix}{MASK}"]) if f"{prefix}{MASK}" in arrays else 1.0
    names = ("ff1",) if mode == PURE else ("ff1", "ff2", "time_a", "time_b")
    weights = [arrays[f"{prefix}{name}.weight"] * (mask if name in {"ff1", "ff2"} else 1.0) for name in names]
    yield np.concatenate(weights).T.ravel()
    yield np.concatenate([arrays[f"{prefix}{name}.bias"] for name in names])
    if mode == PURE:
        yield arrays[f"{prefix}w_tau"].ravel()
        yield arrays[f"{prefix}A"].ravel()


def width_of(sizes: CellSizes) -> int:
    """Length of the longest vector in a call."""
    units = sum(sizes.layers)
    most = max(units, sizes.inputs, *sizes.layers)
    return max(2 * most, HEADS * units, sizes.backbone_units)


def dims_of(sizes: CellSizes, mode: int, activation: int, candidates: int) -> Ints:
    """Sizes and choices as the kernel reads them."""
    head = (
        sizes.inputs, sum(sizes.layers), width_of(sizes), int(sizes.mixed), mode, activation, candidates,
        len(sizes.layers),
    )  # fmt: skip
    layers = [number for n in sizes.layers for number in (n, sizes.backbone_layers, sizes.backbone_units)]
    return np.array([*head, *layers], dtype=np.int64)


def fresh(shapes: Shapes, r: Generator) -> dict[str, Floats]:
    """Random arrays as ncps begins with (torch; DYNAMICS of every layer the same).

    Every matrix that is trained is Xavier-uniform, `w_tau` and `A` too, since they have a single row; a bias is
    uniform within 1 / sqrt(fan-in). In the memory biases are within 0.1 and the recurrent matrix is orthogonal.
    """
    result: dict[str, Floats] = {}
    for name, shape in shapes.items():
        if name.endswith(MASK):
            result[name] = _sparse(shape, r)
        elif name == MEMORY[2]:
            result[name] = _orthogonal(shape, r)
        elif name == "fc.weight":  # ncps leaves the projection as torch makes it
            limit = 1.0 / math.sqrt(shape[1])
            result[name] = r.uniform(-limit, limit, shape)
        elif len(shape) == 2:
            limit = math.sqrt(6.0 / sum(shape))
            result[name] = r.uniform(-limit, limit, shape)
        else:
            fan_in = shapes[name.replace("bias", "weight")][1]
            limit = 0.1 if name == MEMORY[1] else 1.0 / math.sqrt(fan_in)
            result[name] = r.uniform(-limit, limit, shape)
    return result


def _sparse(shape: Shape, r: Generator) -> Floats:
    """A mask like that of an NCP: what a layer reads goes to half of its units each, and every unit gets something.

    Units feed back to all of their layer, as ncps masks them. Source: Lechner et al., Nature Machine Intelligence
    2:642 (2020), methods.
    """
    units, sources = shape[0], shape[1] - shape[0]
    mask = np.ones(shape)
    mask[:, :sources] = 0.0
    for source in range(sources):
        mask[r.choice(units, math.ceil(units / 2), replace=False), source] = 1.0
    for unit in np.flatnonzero(~mask[:, :sources].any(axis=1)):
        mask[unit, r.integers(sources)] = 1.0
    return mask


def _orthogonal(shape: Shape, r: Generator) -> Floats:
    """A matrix with orthonormal columns (more rows than columns), uniform among these (Mezzadri 2007)."""
    q, triangle = np.linalg.qr(r.normal(size=shape))
    result: Floats = q * np.sign(np.diag(triangle))
    return result
