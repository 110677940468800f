"""What the cell of ncps makes of a network beside what its differential equation does, against the number of substeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.proposal import propose
from circuitsim.engine.run import run
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Table
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Floats, Ints

CELL, ODE = "ncps", "dormand_prince"
COUNTS = (1, 2, 3, 6, 12, 24, 48, 96)
TOLERANCE = 1e-10  # of the exact solution: far below what the cell misses
FINER = 8  # rows of the exact solution in a call, so that it can be drawn
SAME = 1e-9  # of the time between two rows: instants that are no further apart are the same


@dataclass(frozen=True, slots=True, eq=False)
class Unfolds:
    """How far the cell is from its equation.

    Attributes:
        counts: int64[k], numbers of substeps, rising.
        state_error: float64[k], greatest difference of any state at the end of any call, in the unit of the states.
        worst: Name of the neuron in which it is greatest, for each count.
        output_error: float64[k], greatest difference of any output; NaN in a circuit without outputs.
        exact: What the network does if it is integrated exactly, at the ends of the calls and elsewhere.
        called: What the cell makes of it with its own number of substeps.
        own: That number.
    """

    counts: Ints
    state_error: Floats
    worst: tuple[str, ...]
    output_error: Floats
    exact: Samples
    called: Samples
    own: int


def unfolds(
    circuit: Circuit,
    *,
    duration: float | None = None,
    inputs: Mapping[str, Table] | None = None,
    initial: Mapping[str, float] | None = None,
    counts: Sequence[int] = COUNTS,
    progress: Callable[[float], bool] | None = None,
) -> Unfolds:
    """Run a network by the cell of ncps with several numbers of substeps, and exactly.

    The cell holds inputs over a call; a table holds its rows anyway, but an input that moves within a call is another
    one to the equation, which is then a part of the difference.

    Args:
        circuit: The network; it is not changed.
        duration: Length of the run, in the circuit's unit of time; None takes that of the cell.
        inputs: Held tables that take the place of inputs, by name.
        initial: States at time 0, by neuron name.
        counts: Numbers of substeps; that of the circuit is added.
        progress: Called with the fraction done; returns False to cancel.

    Raises:
        InputError: If an argument does not fit, or the cell does not fit the circuit.
        RunError: If a state diverges, or progress returned False.
    """
    kind = circuit.kinds.solvers[CELL]
    settings = circuit.document.settings
    own = int(kind.numbers(settings.parameters, circuit.document.unit_system)["unfolds"])
    every = tuple(sorted({*counts, own}))
    done = 0

    def go(solver: str, **options: object) -> Samples:
        nonlocal done
        begun = done / (1 + len(every))
        part = None if progress is None else lambda f: progress(begun + f / (1 + len(every)))
        done += 1
        return run(circuit, solver=solver, inputs=inputs, initial=initial, progress=part, **options)  # type: ignore[arg-type]

    runs = {n: go(CELL, duration=duration, parameters={"unfolds": n}) for n in every}
    called = runs[own]
    dt = propose(circuit, solver=CELL).dt / FINER
    exact = go(ODE, duration=float(called.t[-1]), dt=dt, tolerance=TOLERANCE, precision=DOUBLE)
    rows = _rows_at(exact.t, called.t)
    errors = [np.abs(found.v - exact.v[rows]) for found in runs.values()]
    read = [np.abs(found.outputs - exact.outputs[rows]) for found in runs.values()]
    return Unfolds(
        np.array(every, dtype=np.int64),
        np.array([float(e.max(initial=0.0)) for e in errors]),
        tuple(called.neuron_names[int(e.max(axis=0).argmax())] if e.size else "" for e in errors),
        np.array([float(e.max()) if e.size else np.nan for e in read]),
        exact,
        called,
        own,
    )


def _rows_at(t: Floats, wanted: Floats) -> Ints:
    """The rows at some instants; every one of them must be there but for rounding."""
    above = np.clip(np.searchsorted(t, wanted), 1, max(1, t.size - 1))
    nearest = np.where(np.abs(t[above - 1] - wanted) <= np.abs(t[above] - wanted), above - 1, above)
    assert np.all(np.abs(t[nearest] - wanted) <= SAME * np.maximum(1.0, wanted))  # noqa: S101  (edges are rows)
    return nearest.astype(np.int64)
