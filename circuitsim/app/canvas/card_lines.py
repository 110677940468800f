"""What cards have in common: the recent past of a variable, and the synapses that act most."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.card import UNKNOWN, Line
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.document.maps import sent_by
from circuitsim.app.document.quantity import steady
from circuitsim.circuit.elements import Input
from circuitsim.engine.currents import acting
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.canvas.ports import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Synapse
    from circuitsim.engine.report import Snapshot
    from circuitsim.spec.bounds import Floats

PAST = 6.0  # the small traces show so many of the slowest time constants
POINTS = 72  # of a small trace
NOISE = 1e-9  # of a strength


def course_of(document: Document, variable: str, element: int, t: float) -> Floats:
    """The recent past of a variable of an element up to an instant, float64[k]."""
    slowest = document.proposal().tau_slowest
    length = PAST * slowest if math.isfinite(slowest) else 10.0
    _times, values = document.simulator.recording.read(variable, element, t - length, t)
    if len(values) <= POINTS:
        return values
    picked: Floats = values[np.linspace(0, len(values) - 1, POINTS).astype(int)]
    return picked


def synapse_lines(
    circuit: Circuit, snapshot: Snapshot | None, synapses: Sequence[Synapse], here: int, most: int
) -> tuple[Line, ...]:
    """Those of some synapses that act most now, with the names of their ends that are not here.

    Synapses with a conductance come first; an input is named with the map of what it sends. Before there is a run the
    strongest ones are named.
    """
    now = {} if snapshot is None else acting(circuit, snapshot, [s.id for s in synapses])

    def rank(synapse: Synapse) -> tuple[bool, float, float]:
        weak = -abs(synapse.parameters.get(circuit.kinds.synapses[synapse.kind].strength, 0.0))
        other = strength_of(circuit, synapse)[0] is not Dimension.CONDUCTANCE
        return other, -abs(now.get(synapse.id, 0.0)), weak

    ordered = sorted(synapses, key=rank)
    lines = []
    for synapse in ordered[:most]:
        unit = strength_of(circuit, synapse)[1]
        value = (
            f"{steady(_quiet(circuit, synapse, now[synapse.id]))} {unit}".strip()
            if synapse.id in now
            else UNKNOWN
        )
        name = _name(circuit, synapse.pre if synapse.post == here else synapse.post)
        lines.append(Line(sign_of(circuit, synapse), name, value))
    return tuple(lines)


def _name(circuit: Circuit, element: int) -> str:
    found = circuit.elements[element]
    name = getattr(found, "label", "") or getattr(found, "name", "")
    return sent_by(found).of(name) if isinstance(found, Input) else name


def _quiet(circuit: Circuit, synapse: Synapse, value: float) -> float:
    """What acts, or 0 where it is only what rounding leaves of a strength."""
    declared = synapse.parameters.get(circuit.kinds.synapses[synapse.kind].strength, 0.0)
    return value if abs(value) > NOISE * abs(declared) else 0.0


def strength_of(circuit: Circuit, synapse: Synapse) -> tuple[Dimension, str]:
    """Dimension and unit of what says how strong a synapse is."""
    kind = circuit.kinds.synapses[synapse.kind]
    declared = kind.parameter(kind.strength)
    dimension = Dimension.NONE if declared is None else declared.dimension
    return dimension, circuit.unit_system.unit(dimension)
