"""The state of the run, made ready for painting."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.canvas.looks import Scales, neuron_looks
from circuitsim.app.canvas.moving import Values
from circuitsim.app.canvas.shot import Frame
from circuitsim.app.document.memory import UNSTABLE, gate, time_constant
from circuitsim.app.document.quantity import steady
from circuitsim.app.theme import reduced_motion
from circuitsim.engine.currents import CurrentMeter
from circuitsim.engine.readouts import readout
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.app.canvas.flow import Flow
    from circuitsim.app.canvas.hands import Hands
    from circuitsim.app.canvas.paint.preview import Mark
    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.report import Snapshot

MANY = 1000  # synapses
CURRENTS_EVERY = 4  # frames between two looks at the currents; they only set the speed of dots


class Live:
    """Pulls snapshots and turns them into frames."""

    def __init__(self, document: Document, scene: Scene, flow: Flow) -> None:
        self._document = document
        self._scene = scene
        self._flow = flow
        self._snapshot: Snapshot | None = document.snapshot()
        self._failed: int | None = document.failed_neuron()
        self._warned = self._named_by_warnings()
        self._bands: Bands | None = document.bands()
        self._scales = Scales(self._bands)
        self._frame: Frame | None = None
        self._meter: CurrentMeter | None = None
        self._meter_of = self._edited = -1
        self._turn = 0

    @property
    def serial(self) -> int:
        """Serial number of the state shown."""
        return -1 if self._snapshot is None else self._snapshot.serial

    @property
    def _t(self) -> float | None:
        return None if self._snapshot is None else self._snapshot.t

    def stale(self) -> None:
        """Make the next frame anew, since circuit, selection or theme changed."""
        self._frame = None

    def pull(self, seconds: float) -> bool:
        """Take over the latest state; True if a new frame is needed. The dots run only while the run does."""
        before = (self.serial, self._failed, self._bands, self._warned)
        shown = self._t
        self._snapshot = self._document.snapshot()
        self._failed, self._warned = self._document.failed_neuron(), self._named_by_warnings()
        self._bands = self._document.bands()
        if self._bands is not before[2]:
            self._scales = Scales(self._bands)
        now = (self.serial, self._failed, self._bands, self._warned)
        if all(new is old or new == old for new, old in zip(now, before, strict=True)):
            return False
        if self._t != shown:  # an edit also makes another state
            self._run_dots(seconds)
        self._frame = None
        return True

    def _named_by_warnings(self) -> frozenset[int]:
        """Ids of the elements that warnings of the run name; once it has failed, only its failure is told of."""
        status = self._document.status()
        warnings = () if status.failure else status.warnings
        return frozenset(issue.element for issue in warnings if issue.element is not None)

    def _run_dots(self, seconds: float) -> None:
        if self._snapshot is not None and self._turn % CURRENTS_EVERY == 0:
            self._read_currents(self._snapshot)
        self._turn += 1
        if not reduced_motion():
            self._flow.advance(seconds)

    def _read_currents(self, snapshot: Snapshot) -> None:
        """Look at the currents; of many synapses only the next time after an edit, whose own frames have enough to do."""
        circuit, version = self._scene.circuit, self._scene.version
        if self._meter is None or self._meter_of != version:
            waits, self._edited = self._edited != version, version
            if waits and len(circuit.synapses) > MANY:
                return
            self._meter, self._meter_of = CurrentMeter(circuit), version
        self._flow.set_currents(self._meter.flowing(snapshot), self._meter.directed)

    def frame(self, theme: Theme, hands: Hands, marks: Mapping[int, Mark], beat: int = 0) -> Frame:
        """What the next painting shows; some neurons marked for the mouse, lit ones at a beat of their pulse."""
        if self._frame is None:
            self._frame = self._make(theme)
        self._frame.values.inputs = self.input_values(hands)
        self._frame.values.pressed = hands.held
        if not marks:
            return self._frame
        looks = self._frame.looks
        return replace(self._frame, looks=None if looks is None else looks.marked(marks, beat))

    def input_values(self, hands: Hands) -> dict[int, float]:
        """Values of the inputs: where a hand just put them, else as in the run, else as declared."""
        result = {i.id: i.parameters["value"] for i in self._scene.circuit.inputs if "value" in i.parameters}
        if self._snapshot is not None:
            result.update(zip(self._snapshot.input_ids, map(float, self._snapshot.inputs), strict=True))
        result.update(hands.slid(self.serial))
        return result

    def _make(self, theme: Theme) -> Frame:
        circuit, snapshot = self._scene.circuit, self._snapshot
        selection = self._document.selection
        looks = neuron_looks(circuit, snapshot, self._scales, selection, self._failed, theme)
        values = Values()
        if snapshot is not None:
            place = {i: k for k, i in enumerate(snapshot.ids)} if circuit.outputs else {}
            reads = {o.id: readout(circuit, o) for o in circuit.outputs}
            values.outputs = {
                i: float(read.of(snapshot.v[[place[n] for n in read.neurons]]))
                for i, read in reads.items()
                if place.keys() >= set(read.neurons)
            }
        return Frame(looks, lambda neuron: self._numbers_of(neuron, snapshot), values, self._warned)

    def _numbers_of(self, neuron: int, snapshot: Snapshot | None) -> str:
        """V and tau of a neuron as text; empty if there is nothing to say."""
        if snapshot is None:
            return ""
        at, system = bisect_left(snapshot.ids, neuron), self._scene.circuit.unit_system
        if at == len(snapshot.ids) or snapshot.ids[at] != neuron:
            return ""
        v, tau = float(snapshot.v[at]), float(snapshot.tau[at])
        if neuron in snapshot.unit_ids:
            return f"{steady(v)}   r {gate(snapshot, neuron)}"
        memory = time_constant(tau, self._scales.bounds(neuron)[2], system)
        if not math.isfinite(v) or memory[0] == UNSTABLE:
            return ""
        text = f"{steady(v)} {system.unit(Dimension.POTENTIAL)}".rstrip()
        return f"{text}   τ {' '.join(memory).rstrip()}"
