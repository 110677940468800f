"""What the kinds of CfC networks share: parameters, bounds and the declaration itself."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.cells import _arrays, _kernel
from circuitsim.dynamics.cells._kernel import DEFAULT, NO_GATE, PURE
from circuitsim.spec.kind import CellKind
from circuitsim.spec.parameter import choice, number
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator

    from circuitsim.dynamics.cells._arrays import Arrays
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.cell_sizes import CellSizes
    from circuitsim.spec.kind import Shape
    from circuitsim.spec.parameter import Parameter

SOURCE = (
    "Hasani et al., Nature Machine Intelligence 4:992 (2022), arXiv 2106.13898; "
    "as computed by ncps 1.0.1 (torch, {file})"
)
ALONE = -1  # the mode of a kind that leaves it to a parameter

PERIOD = number(
    "period", "period", "T", Dimension.TIME, (1.0, 0.01, 10.0), (50.0, 1.0, 1000.0),
    "Time between two calls; the output is held in between.", low=1e-9, log=True,
)  # fmt: skip
TIMESPAN = number(
    "timespan_per_time", "timespan per time", "κ", Dimension.FREQUENCY, (1.0, 0.01, 100.0), (0.02, 0.0001, 1.0),
    "Elapsed time that a call is told, per unit of time; 1 / T for a network that was trained with a timespan of 1.",
    low=1e-9, log=True, absent=1.0,
)  # fmt: skip
CLOCK = choice(
    "clock", "called", "clock", ("period", "samples"),
    "When it is called: once in a period, or at every row of the tables that it reads and then at their distance.",
)  # fmt: skip
ACTIVATION = choice(
    "activation", "activation", "act", ("lecun_tanh", "tanh", "relu", "silu", "gelu"),
    "The nonlinearity of the backbone.",
)  # fmt: skip
CANDIDATES = choice(
    "candidates", "candidates", "φ", ("tanh", "linear"),
    "The nonlinearity of the candidates: tanh as in torch; none (linear) as ncps leaves it out in TensorFlow and Keras.",
    absent="tanh",
)  # fmt: skip
MODE = choice("mode", "mode", "mode", ("default", "no_gate", "pure"), "How the units of each layer are made.")


def declared(
    identity: str,
    title: str,
    short: str,
    *,
    doc: str,
    avoid: str,
    equation: str,
    gate: str,
    file: str,
    parameters: tuple[Parameter, ...],
    mode: int = ALONE,
    wired: bool = False,
    forms: tuple[tuple[str, str], ...] = (),
) -> CellKind:
    """The declaration of a kind of CfC network.

    Args:
        identity: Its id.
        title: Its title.
        short: The same, short.
        doc: What it is and when to use it.
        avoid: When not to use it.
        equation: What a unit becomes.
        gate: What the ring of a unit shows.
        file: The file of ncps that computes the same.
        parameters: Its numbers.
        mode: How units are made; `ALONE` leaves it to the parameter ``mode``.
        wired: True if its units form layers with masks instead of a backbone.
        forms: What a unit becomes and what its ring shows, for each value of the parameter ``mode``.
    """
    kind = CellKind(
        id=identity,
        title=title,
        doc=doc,
        avoid=avoid,
        equation=equation,
        reference=SOURCE.format(file=file),
        parameters=parameters,
        short=short,
        gate=gate,
        sizes=_arrays.wired_sizes_of if wired else _arrays.sizes_of,
        shapes=partial(_shapes, mode, wired),
        fresh=partial(_fresh, mode, wired),
        pack=partial(_pack, mode, wired),
        work=_work,
        advance=_kernel.advance,
        bounds=partial(_bounds, mode, wired),
        wired=wired,
    )
    turned = tuple(replace(kind, equation=equation, gate=gate) for equation, gate in forms)
    return replace(kind, forms=turned)


def _mode(mode: int, parameters: Mapping[str, float]) -> int:
    return int(parameters.get("mode", DEFAULT)) if mode == ALONE else mode


def _shapes(mode: int, wired: bool, sizes: CellSizes, parameters: Mapping[str, float]) -> dict[str, Shape]:
    make = _arrays.wired_shapes_of if wired else _arrays.shapes_of
    return make(sizes, _mode(mode, parameters))


def _fresh(
    mode: int, wired: bool, sizes: CellSizes, parameters: Mapping[str, float], r: Generator
) -> dict[str, Floats]:
    return _arrays.fresh(_shapes(mode, wired, sizes, parameters), r)


def _pack(
    mode: int, wired: bool, parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes
) -> tuple[Floats, Ints]:
    chosen = _mode(mode, parameters)
    codes = int(parameters.get("activation", 0.0)), int(parameters.get("candidates", 0.0))
    return (
        _arrays.packed(arrays, sizes, chosen, wired=wired),
        _arrays.dims_of(sizes, chosen, *codes),
    )


def _work(sizes: CellSizes) -> int:
    return 2 * _arrays.width_of(sizes) + sum(sizes.layers)


def _bounds(
    mode: int, wired: bool, parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes
) -> tuple[Floats, Floats]:
    """What units never leave: they are made of hyperbolic tangents, or of A less a part that decays with |a|.

    In the pure mode |a| exp(-T |a|) is at most 1 / (e T), and |a| itself is bounded if the backbone is.
    """
    chosen = _mode(mode, parameters)
    if chosen != PURE and parameters.get("candidates", 0.0):
        most = _linear_reach(parameters, arrays, sizes, chosen, wired=wired)
        return -most, most
    if chosen != PURE:
        most = np.full(sum(sizes.layers), 2.0 if chosen == NO_GATE else 1.0)
        return -most, most
    low, high = [], []
    for k in range(len(sizes.layers)):
        prefix = f"layer_{k}." if wired else ""
        target = arrays[f"{prefix}A"].ravel()
        swing = np.zeros(target.size)  # 0 times what has no bound is 0
        np.multiply(
            np.abs(target), _largest(prefix, parameters, arrays, sizes), out=swing, where=target != 0.0
        )
        low.append(target - swing)
        high.append(target + swing)
    return np.concatenate(low), np.concatenate(high)


def _linear_reach(
    parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes, mode: int, *, wired: bool
) -> Floats:
    """The most that units with linear candidates can be."""
    found = []
    for k in range(len(sizes.layers)):
        prefix = f"layer_{k}." if wired else ""
        g, q = (_reach(f"{prefix}{head}", parameters, arrays, sizes) for head in ("ff1", "ff2"))
        found.append(g + q if mode == NO_GATE else np.maximum(g, q))
    return np.concatenate(found)


def _reach(head: str, parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes) -> Floats:
    """The most that a dense map behind the backbone can be; infinite if the backbone is not bounded."""
    limits = {"lecun_tanh": 1.7159, "tanh": 1.0}
    act = ACTIVATION.choices[int(parameters.get("activation", 0.0))]
    bias = arrays[f"{head}.bias"]
    if not sizes.backbone_layers or act not in limits:
        return np.full(bias.size, np.inf)
    reach: Floats = np.abs(bias) + limits[act] * np.abs(arrays[f"{head}.weight"]).sum(axis=1)
    return reach


def _largest(prefix: str, parameters: Mapping[str, float], arrays: Arrays, sizes: CellSizes) -> Floats:
    """The most that |a| exp(-T (|w| + |a|)) can be, for each unit of a layer in the pure mode."""
    result = _reach(f"{prefix}ff1", parameters, arrays, sizes)
    if parameters["clock"] == 0.0:
        elapsed = parameters["timespan_per_time"] * parameters["period"]
        decay = np.exp(-elapsed * np.abs(arrays[f"{prefix}w_tau"].ravel()))
        result = np.minimum(result, decay / (math.e * elapsed))
    return result
