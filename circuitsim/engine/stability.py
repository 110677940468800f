"""Solvers that do not fit what a kind can do: a decay below 0, or no decay at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.memoryless import levels, remembering
from circuitsim.engine.groups import synapse_groups
from circuitsim.engine.proposal import smaller_step
from circuitsim.spec.issue import Issue
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats, Ints

WATCHFUL = (
    "dormand_prince"  # chooses its steps by their error, which a stiff method does not where f saturates
)
FAR_FROM_POLE = 4.0  # how far a step keeps from a pole, near which it is still stable but far off
POWERS = 16  # of the matrix of slopes: a chain of fewer neurons that goes round nowhere counts for nothing


def misfits(circuit: Circuit, found: Bands, dt: float, solver: str) -> Iterator[Issue]:
    """Warn where a solver gives wrong results that look right: beyond its pole, or where nothing decays.

    Args:
        circuit: The circuit.
        found: Its bands, of all its neurons.
        dt: The step it is to be run with.
        solver: Id of the solver.
    """
    kind, unit = circuit.kinds.solvers[solver], circuit.unit_system.unit(Dimension.TIME)
    parts = kind.substeps(circuit.document.settings.parameters)
    growth = np.where(remembering(circuit), -found.decay_low, 0.0)
    if kind.pole is not None and growth.size and dt / parts * growth.max() >= kind.pole:
        what = (
            f"its decay can fall to {-growth.max():.3g} per {unit}, where {kind.title} divides by 0 or less at the step "
            f"{dt:g} {unit}, so that the result can look bounded and yet be wrong"
        )
        step = smaller_step(dt, parts * kind.pole / float(growth.max()) / FAR_FROM_POLE)
        yield _issue(circuit, found.ids[int(growth.argmax())], what, (dt, step, unit))
    if kind.reach is None:
        return
    slope, neuron = steepness(circuit, found)
    if neuron is not None and dt / parts * slope > kind.reach:
        what = (
            f"nothing in it decays and what it hears of its own state has a slope of up to {slope:.3g} per {unit}, for "
            f"which the step {dt:g} {unit} is too large, so that its state can swing or grow without reason"
        )
        step = smaller_step(dt, parts * kind.reach / slope)
        yield _issue(circuit, neuron, what, (dt, step, unit))


def steepness(circuit: Circuit, found: Bands) -> tuple[float, int | None]:
    """How fast states that nothing decays can act back on themselves at most, and the neuron where it is greatest.

    Greatest derivatives of f times those of synapses bound the Jacobian, entry by entry; its spectral radius is at
    most the k-th root of the row sum norm of the k-th power of that bound (Horn and Johnson, Matrix Analysis, 2nd
    edition 2013, corollary 5.6.14 and theorem 8.1.18). Neurons without memory hand on what they hear.

    Args:
        circuit: The circuit.
        found: Its bands, of all its neurons.
    """
    lasting = (found.slope > 0.0) & remembering(circuit)
    if not lasting.any():
        return 0.0, None
    pre, post, steep = _edges(circuit, found)
    depth = max(levels(circuit).values(), default=-1) + 1
    x, logarithm = lasting.astype(np.float64), 0.0
    for _ in range(POWERS):
        for _ in range(depth):
            x = np.where(lasting, x, _through(pre, post, steep, x))
        x = np.where(lasting, _through(pre, post, steep, x), 0.0)
        greatest = float(x.max())
        if greatest == 0.0:
            return 0.0, None
        logarithm += float(np.log(greatest)) / POWERS
        x /= greatest
    return float(np.exp(logarithm)), found.ids[int(x.argmax())]


def _edges(circuit: Circuit, found: Bands) -> tuple[Ints, Ints, Floats]:
    """Synapses between neurons that have a slope: where they begin and end, and the greatest derivative through both."""
    ids = np.array(found.ids, dtype=np.int64)
    parts: list[tuple[Ints, Ints, Floats]] = []
    for group in synapse_groups(circuit):
        mine = np.flatnonzero(np.isin(group.pre, ids))
        if not mine.size:
            continue
        pre, post = (np.searchsorted(ids, ends[mine]) for ends in (group.pre, group.post))
        slope = group.kind.reach(group.p[:, mine], found.state_low[pre], found.state_high[pre]).slope
        if slope is not None:
            parts.append((pre, post, slope * found.slope[post]))
    none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([nowhere, *(p[0] for p in parts)]),
        np.concatenate([nowhere, *(p[1] for p in parts)]),
        np.concatenate([none, *(p[2] for p in parts)]),
    )


def _through(pre: Ints, post: Ints, steep: Floats, x: Floats) -> Floats:
    return np.bincount(post, steep * x[pre], x.size).astype(np.float64)


def _issue(circuit: Circuit, neuron: int, what: str, steps: tuple[float, float, str]) -> Issue:
    dt, step, unit = steps
    name = next(n.name for n in circuit.neurons if n.id == neuron)
    remedy = f"{lower(dt, step)} {unit} or take the solver {WATCHFUL}"
    return Issue(
        f"neuron {name}", what, remedy, warning=True, element=neuron, cures=("step", WATCHFUL), step=step
    )


def lower(dt: float, step: float) -> str:
    """What to do about a step that is too large, without the unit."""
    return f"{'halve' if step == dt / 2 else 'lower'} dt to {step:g}"
