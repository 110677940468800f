"""Random knots for kinds that have a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.dynamics.splines import rows_of
from circuitsim.spec.curve import MOST, Knots

if TYPE_CHECKING:
    from circuitsim.spec.kind import SynapseKind


def knots_of(
    kind: SynapseKind, r: np.random.Generator, system: str = "liquid", most: int = MOST
) -> Knots | None:
    """Random knots around the usual ones, up to so many; None for a kind without curve."""
    if kind.curve is None:
        return None
    usual = kind.curve.default(system)
    count, span = int(r.integers(2, most + 1)), usual.x[-1] - usual.x[0]
    x = usual.x[0] - 0.2 * span + 1.4 * span * np.cumsum(r.uniform(0.1, 1.0, count)) / count
    low, high = max(kind.curve.low, -2.0), min(kind.curve.high, 2.0)
    return Knots(tuple(x.tolist()), tuple(r.uniform(low, high, count).tolist()))


def with_knots(kind: object, r: np.random.Generator, system: str, p: np.ndarray) -> np.ndarray:
    """Parameters of synapses, float64[P, s], with random knots behind those of a kind that has a curve."""
    if getattr(kind, "curve", None) is None:
        return p
    columns = [rows_of(knots_of(kind, r, system)) for _ in range(p.shape[1])]
    return np.concatenate([p, np.array(columns).T])
