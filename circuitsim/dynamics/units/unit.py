"""The unit of a network with memory: its state is what the last call left, and nothing but a call changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.bounds import Bounds
from circuitsim.spec.kind import ContinuousKind

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Surroundings


def _pack(p: Floats) -> Floats:
    return np.zeros((1, p.shape[1]))


def _rates(_p: Floats, lo: int, n: int, _x: Floats, _acc: Floats, lam: Floats, b: Floats) -> None:
    for i in range(n):
        lam[lo + i] = 0.0
        b[lo + i] = 0.0


def _partials(_p: Floats, lo: int, n: int, _x: Floats, _acc: Floats, dx: Floats, _dacc: Floats) -> None:
    for i in range(n):
        dx[lo + i] = 0.0


def _bounds(around: Surroundings) -> Bounds:
    """By itself a unit stays where it is; what its network can make of it is known to the kind of the network."""
    forever = np.full(around.start.size, np.inf)
    return Bounds(around.start, around.start, forever, forever)


KIND = ContinuousKind(
    id="unit",
    title="Unit of a network",
    doc="A unit of a discrete network with memory. It holds its state until its network is called again; its ring shows "
    "the time gate of the last call.",
    avoid="Do not use it as a neuron of its own: it receives no synapses, its network reads inputs and neurons by its matrices.",
    equation="dx/dt = 0",
    reference="Hasani et al., Nature Machine Intelligence 4:992 (2022), arXiv 2106.13898",
    parameters=(),
    accepts=frozenset(),
    pack=_pack,
    rates=_rates,
    partials=_partials,
    bounds=_bounds,
    state="output of the unit",
)
