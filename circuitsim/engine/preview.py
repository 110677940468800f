"""A short run of a circuit to look at: nobody is there to press its buttons, so they are pressed in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Table
from circuitsim.circuit.graph import clamped
from circuitsim.engine.bands import bands
from circuitsim.engine.proposal import propose
from circuitsim.engine.report import Snapshot
from circuitsim.engine.run import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.samples import Samples

SECONDS = 14.0  # of wall time that a preview shows, at the speed of the circuit
PRESSED = 0.3  # share of its turn that a button is held


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A circuit with a stretch of its run.

    Attributes:
        circuit: What ran.
        bands: Its bands, for the scales of the drawing.
        samples: Rows at even times, one per frame.
    """

    circuit: Circuit
    bands: Bands
    samples: Samples

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.samples.t.size

    def snapshot(self, frame: int) -> Snapshot:
        """The state in a frame; its serial is its number."""
        s = self.samples
        return Snapshot(
            float(s.t[frame]), tuple(n.id for n in self.circuit.neurons), s.v[frame], s.tau[frame], s.vinf[frame],
            tuple(i.id for i in self.circuit.inputs), s.inputs[frame], frame,
            tuple(n.id for n in clamped(self.circuit)), s.clamp[frame],
            tuple(n.id for n in self.circuit.units), s.gate[frame],
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
        inputs=_presses(circuit, duration),
        every=every,
        progress=progress,
    )
    return Preview(circuit, bands(circuit), found)


def _presses(circuit: Circuit, duration: float) -> Mapping[str, Table]:
    """Each button held for a part of its turn, by name."""
    buttons = [i for i in circuit.inputs if i.stimulus == "button"]
    turn = duration / max(1, len(buttons))
    result = {}
    for k, button in enumerate(buttons):
        up, down = button.parameters["released"], button.parameters["pressed"]
        begin = (k + 0.2) * turn
        result[button.name] = Table((0.0, begin, begin + PRESSED * turn), (up, down, up))
    return result
