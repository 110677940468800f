"""A stretch of a live run as samples, for those who look at a run without computing it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.graph import clamped
from circuitsim.engine.rows import Rows
from circuitsim.engine.samples import samples, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron
    from circuitsim.engine.recording import Recording
    from circuitsim.engine.report import Status
    from circuitsim.engine.samples import Samples


def recorded(
    circuit: Circuit, recording: Recording, status: Status, start: float, end: float
) -> Samples | None:
    """The rows that are left of a stretch of time; None if there are fewer than two, or an element is missing in one.

    Args:
        circuit: The circuit as it was all that time.
        recording: Of its run.
        status: How that run goes.
        start: From here on.
        end: Up to here.
    """
    stretch = recording.stretch(start, end)
    kept = (stretch.t >= start) & (stretch.t <= end)
    neurons = circuit.neurons
    whose: Mapping[str, Sequence[Neuron | Input]] = {
        "v": neurons, "tau": neurons, "vinf": neurons, "input": circuit.inputs, "clamp": clamped(circuit),
        "gate": circuit.units,
    }  # fmt: skip
    read = {name: stretch.course(name, [e.id for e in of]).values.T[kept] for name, of in whose.items()}
    if np.count_nonzero(kept) < 2 or not (np.isfinite(read["v"]).all() and np.isfinite(read["input"]).all()):
        return None
    rows = Rows(stretch.t[kept], *read.values())
    return samples(circuit, rows, stamp(circuit, status.solver, status.dt, circuit.document.settings.seed))
