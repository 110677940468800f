"""What the engine thread publishes: the present state and how the run is going."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.engine.condition import Condition, Met
    from circuitsim.engine.session import Session
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.issue import Issue


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of the circuit at one instant.

    Attributes:
        t: Model time.
        ids: Neurons, in id order.
        v: float64[n], states.
        tau: float64[n], effective time constants.
        vinf: float64[n], states they are heading for.
        input_ids: Inputs, in id order.
        inputs: float64[m], their values.
        serial: Changes with every new state.
        clamped_ids: Neurons that are clamped, in id order.
        clamp: float64[k], holding currents of these.
        unit_ids: Units of networks with memory, in id order.
        gate: float64[g], their gates, as the last call left them; NaN before the first.
    """

    t: float
    ids: tuple[int, ...]
    v: Floats
    tau: Floats
    vinf: Floats
    input_ids: tuple[int, ...]
    inputs: Floats
    serial: int
    clamped_ids: tuple[int, ...] = ()
    clamp: Floats = field(default_factory=lambda: np.zeros(0))
    unit_ids: tuple[int, ...] = ()
    gate: Floats = field(default_factory=lambda: np.zeros(0))


def snapshot_of(session: Session, serial: int) -> Snapshot:
    """The present state of a session."""
    row = session.present()
    return Snapshot(
        session.t, session.neuron_ids, row.v[0], row.tau[0], row.vinf[0], session.input_ids, row.inputs[0],
        serial, session.clamped_ids, row.clamp[0], session.unit_ids, row.gate[0],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """How the run is going.

    Attributes:
        playing: True while it runs.
        t: Model time.
        speed: Model time per second that was asked for; None for as fast as possible.
        achieved: Model time per second that is reached.
        steps_per_second: Solver steps per second of wall time.
        solver: Id of the solver.
        dt: Its step.
        compiling: True while kernels are compiled or loaded.
        failure: Why it stopped by itself; None if it did not.
        warnings: What may go wrong.
        serial: Changes with every new status.
        condition: A value at which it stops; None if there is none.
        met: What stopped it last, until it runs again; None if nothing did.
        error: How far the states are off because of the solver, about; None if nothing could tell yet.
    """

    playing: bool
    t: float
    speed: float | None
    achieved: float
    steps_per_second: float
    solver: str
    dt: float
    compiling: bool
    failure: Issue | None
    warnings: tuple[Issue, ...]
    serial: int
    condition: Condition | None = None
    met: Met | None = None
    error: float | None = None
