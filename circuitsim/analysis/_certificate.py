"""A bound of how strongly outputs answer inputs within their ranges: largest derivatives in the box of all intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._calls import DenseCalls, lean
from circuitsim.analysis._lanczos import bounded
from circuitsim.analysis._spectrum import rightmost

if TYPE_CHECKING:
    from circuitsim.analysis._tangent import Tangent
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """What holds for every input within its declared range and every state in its interval.

    Attributes:
        one: Gain of one call, from its inputs to all states.
        whole: Gain of a whole sequence, from inputs to outputs.
        abscissa: Largest real part of an eigenvalue of M: below 0 the circuit contracts.
        steady: Gain for all time, from inputs to outputs; infinite where it does not contract.
    """

    one: float
    whole: float
    abscissa: float
    steady: float


def certified(tangent: Tangent, box: Bands, read: Floats, calls: int, steps: int) -> Certificate:
    """Bounds by nonnegative matrices (comparison of nonnegative systems; the last by Metzler matrices).

    Args:
        tangent: The step of the circuit.
        box: Its intervals.
        read: float64[o, n], how outputs read states.
        calls: Of a sequence.
        steps: Of a call.
    """
    if not (np.isfinite(box.state_low).all() and np.isfinite(box.state_high).all()):
        return Certificate(math.inf, math.inf, math.inf, math.inf)
    gains = np.abs(tangent.shared.gains)
    a, b = _one_call(tangent.most(box.state_low, box.state_high), steps)
    flow = tangent.flow(box.state_low, box.state_high)
    b, flow[:, a.shape[0] :] = b * gains, flow[:, a.shape[0] :] * gains
    abscissa = float(rightmost(flow[:, : a.shape[0]]).real.max())
    steady = math.inf
    if abscissa < 0.0:
        inner, outer = flow[:, : a.shape[0]], flow[:, a.shape[0] :]
        steady = float(np.linalg.norm(np.abs(read) @ -np.linalg.solve(inner, outer), 2))
    whole = _of_sequence(a, b, lean(np.abs(read)), calls)
    return Certificate(float(np.linalg.norm(b, 2)), whole, abscissa, steady)


def _one_call(most: Floats, steps: int) -> tuple[Floats, Floats]:
    """|dv'| <= a |dv| + b |du| over a call."""
    from scipy.sparse import csr_array

    n = most.shape[0]
    inner, outer = csr_array(most[:, :n]), most[:, n:]
    a, b = np.eye(n), np.zeros_like(outer)
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            a, b = inner @ a, inner @ b + outer
    return a, b


def _of_sequence(a: Floats, b: Floats, read: Any, calls: int) -> float:
    """A bound of the norm of the map of a whole sequence whose every call is bounded by |dv'| <= a |dv| + b |du|."""
    one = DenseCalls(
        np.zeros((calls + 1, a.shape[0])),
        np.broadcast_to(a, (calls, *a.shape)),
        np.broadcast_to(b, (calls, *b.shape)),
    )
    with np.errstate(over="ignore", invalid="ignore"):
        return bounded(lambda way: one.inputs(one.outputs(way, read), read), (calls, b.shape[1]))
