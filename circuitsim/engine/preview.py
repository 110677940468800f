"""A short run of a circuit to look at: nobody is there to press its buttons, so they are pressed in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Table
from circuitsim.circuit.graph import clamped
from circuitsim.engine.bands import bands
from circuitsim.engine.ends import MOST, Calls
from circuitsim.engine.proposal import propose
from circuitsim.engine.report import Snapshot
from circuitsim.engine.run import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.proposal import Proposal
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Ints

SECONDS = 14.0  # of wall time that a preview shows, at the speed of the circuit
PRESSED = 0.3  # share of its turn that a button is held


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A circuit with a stretch of its run.

    Attributes:
        circuit: What ran.
        bands: Its bands, for the scales of the drawing.
        samples: Its rows.
        rows: int64[f], the row of each frame: the last one before a time of its own, frames being even in time.
    """

    circuit: Circuit
    bands: Bands
    samples: Samples
    rows: Ints

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.rows.size

    def snapshot(self, frame: int) -> Snapshot:
        """The state in a frame; its serial is its number."""
        s, row = self.samples, int(self.rows[frame])
        return Snapshot(
            float(s.t[row]), tuple(n.id for n in self.circuit.neurons), s.v[row], s.tau[row], s.vinf[row],
            tuple(i.id for i in self.circuit.inputs), s.inputs[row], frame,
            tuple(n.id for n in clamped(self.circuit)), s.clamp[row],
            tuple(n.id for n in self.circuit.units), s.gate[row],
        )  # fmt: skip


def preview(circuit: Circuit, rate: float, progress: Callable[[float], bool] | None = None) -> Preview:
    """Run a circuit for a few seconds on the wall.

    Args:
        circuit: The circuit; it is not changed.
        rate: Frames per second on the wall.
        progress: Told how far it is, from 0 to 1; returns False to stop.

    Raises:
        RunError: If the run diverges or is stopped.
    """
    plan = propose(circuit)
    duration = SECONDS * plan.speed
    every = max(1, round(plan.speed / rate / plan.dt)) * plan.dt
    found = run(
        circuit,
        duration=duration,
        solver=plan.solver,
        inputs=_presses(circuit, plan, duration),
        every=every,
        progress=progress,
    )
    frame = plan.speed / rate if circuit.kinds.solvers[plan.solver].calls else every
    times = np.arange(round(duration / frame) + 1) * frame
    rows = np.searchsorted(found.t, times + 1e-9 * frame, side="right") - 1
    return Preview(circuit, bands(circuit), found, rows)


def _presses(circuit: Circuit, plan: Proposal, duration: float) -> Mapping[str, Table]:
    """Each button held for a part of its turn, by name."""
    buttons = [i for i in circuit.inputs if i.stimulus == "button"]
    turn = duration / max(1, len(buttons))
    result = {}
    for k, button in enumerate(buttons):
        up, down = button.parameters["released"], button.parameters["pressed"]
        begin = (k + 0.2) * turn
        end = begin + PRESSED * turn
        if circuit.kinds.solvers[plan.solver].calls:  # rows of tables are calls: there shall be no others
            calls = Calls(circuit, 0.0, plan.dt).stretch(0.0, duration, MOST).times
            held = (calls >= begin) & (calls < end)
            result[button.name] = Table(tuple(calls.tolist()), tuple(np.where(held, down, up).tolist()))
        else:
            result[button.name] = Table((0.0, begin, end), (up, down, up))
    return result
