"""What the peek card says of a neuron or a synapse at the instant that is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.document.memory import constant, target, time_constant
from circuitsim.app.document.quantity import duration, number, steady
from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.engine.currents import acting, current
from circuitsim.spec.kind import ContinuousKind
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.canvas.paint.synapse import Sign
    from circuitsim.app.canvas.ports import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.report import Snapshot
    from circuitsim.spec.bounds import Floats

PAST = 6.0  # the small traces show so many of the slowest time constants
POINTS = 72  # of a small trace
INPUTS = 3  # of a neuron are named, the strongest first
UNKNOWN = "–"
NOISE = 1e-9  # of a strength


@dataclass(frozen=True)
class Reading:
    """One number with its course; symbol, value and unit as texts, the course as float64[k]."""

    symbol: str
    value: str
    unit: str
    course: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class Line:
    """One synapse that acts on a neuron: what it does, from where, and how much."""

    sign: Sign
    name: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Everything on a card: title and what stands across from it, numbers, a remark, lines."""

    title: str
    kind: str
    readings: tuple[Reading, ...]
    remark: str = ""
    lines: tuple[Line, ...] = ()


def facts(document: Document, element: Element) -> Facts | None:
    """The facts of a neuron or a synapse; None for everything else."""
    if isinstance(element, Neuron) and document.circuit.network_of(element.id) is not None:
        return _of_unit(document, element)
    if isinstance(element, Neuron):
        return _of_neuron(document, element)
    return _of_synapse(document, element) if isinstance(element, Synapse) else None


def _of_neuron(document: Document, neuron: Neuron) -> Facts:
    snapshot, system = document.snapshot(), document.circuit.unit_system
    potential = system.unit(Dimension.POTENTIAL)
    begins = isinstance(document.circuit.kinds.neuron(neuron.kind), ContinuousKind)
    start = (steady(neuron.start), potential) if begins else (UNKNOWN, "")
    shown = [("v", start), ("v∞", (UNKNOWN, "")), ("τ", (UNKNOWN, ""))]
    courses = [np.empty(0)] * 3
    if snapshot is not None and neuron.id in snapshot.ids:
        at = snapshot.ids.index(neuron.id)
        v, vinf, tau = (float(values[at]) for values in (snapshot.v, snapshot.vinf, snapshot.tau))
        held = time_constant(tau, _tau_band(document, neuron.id)[0], system)
        aim = (target(vinf), potential if math.isfinite(vinf) else "")
        shown = [("v", (steady(v), potential)), ("v∞", aim), ("τ", held)]
        courses = [_course(document, name, neuron.id, snapshot.t) for name in ("v", "vinf", "tau")]
    readings = (Reading(name, *value, course) for (name, value), course in zip(shown, courses, strict=True))
    role = f"{neuron.role}"
    lines = _inputs(document.circuit, snapshot, neuron)
    return Facts(neuron.label or neuron.name, role, tuple(readings), _band(document, neuron.id), lines)


def _of_unit(document: Document, unit: Neuron) -> Facts:
    """Held output and gate of a unit of a network."""
    snapshot, network = document.snapshot(), document.circuit.network_of(unit.id)
    shown = [("h", steady(unit.start)), ("r", UNKNOWN)]
    courses = [np.empty(0)] * 2
    if snapshot is not None and unit.id in snapshot.unit_ids:
        v, gate = snapshot.v[snapshot.ids.index(unit.id)], snapshot.gate[snapshot.unit_ids.index(unit.id)]
        shown = [("h", steady(float(v))), ("r", steady(float(gate)))]
        courses = [_course(document, name, unit.id, snapshot.t) for name in ("v", "gate")]
    readings = (
        Reading(name, value, "", course) for (name, value), course in zip(shown, courses, strict=True)
    )
    remark = "" if network is None else f"held until {network.name} is called"
    return Facts(unit.label or unit.name, "unit", tuple(readings), remark)


def _course(document: Document, variable: str, element: int, t: float) -> Floats:
    slowest = document.proposal().tau_slowest
    length = PAST * slowest if math.isfinite(slowest) else 10.0
    _times, values = document.simulator.recording.read(variable, element, t - length, t)
    if len(values) <= POINTS:
        return values
    picked: Floats = values[np.linspace(0, len(values) - 1, POINTS).astype(int)]
    return picked


def _tau_band(document: Document, neuron: int) -> tuple[float, float]:
    """The ends of the band of τ; NaN if nothing is known of a neuron yet."""
    bands = document.bands()
    if bands is None or neuron not in bands.ids:
        return math.nan, math.nan
    at = bands.ids.index(neuron)
    return float(bands.tau_low[at]), float(bands.tau_high[at])


def _band(document: Document, neuron: int) -> str:
    """Between which bounds τ stays."""
    system = document.circuit.unit_system
    low, high = _tau_band(document, neuron)
    if math.isnan(low):
        return ""
    if word := constant(low, high):
        return word
    if not 0 < low < math.inf:
        return "τ has no bounds"
    least = " ".join(duration(low, system))
    if not 0 < high < math.inf:
        return f"τ stays above {least}"
    most = " ".join(duration(high, system))
    return f"τ is always {least}" if least == most else f"band of τ {least} – {most}"


def _inputs(circuit: Circuit, snapshot: Snapshot | None, neuron: Neuron) -> tuple[Line, ...]:
    """The synapses that act most on a neuron now, those with a conductance first."""
    attached = [e for i in circuit.attached(neuron.id) if isinstance(e := circuit.elements[i], Synapse)]
    mutual = {s.id for s in attached if circuit.kinds.synapses[s.kind].mutual}
    arriving = [s for s in attached if s.post == neuron.id or s.id in mutual]
    if snapshot is None or not arriving:
        return ()
    now = acting(circuit, snapshot, [s.id for s in arriving])
    arriving.sort(
        key=lambda s: (_strength(circuit, s)[0] is not Dimension.CONDUCTANCE, -abs(now.get(s.id, 0.0)))
    )
    lines = []
    for synapse in arriving[:INPUTS]:
        other = circuit.elements[synapse.pre if synapse.post == neuron.id else synapse.post]
        name = getattr(other, "label", "") or getattr(other, "name", "")
        unit = _strength(circuit, synapse)[1]
        value = (
            f"{steady(_quiet(circuit, synapse, now[synapse.id]))} {unit}".strip()
            if synapse.id in now
            else UNKNOWN
        )
        lines.append(Line(sign_of(circuit, synapse), name, value))
    return tuple(lines)


def _quiet(circuit: Circuit, synapse: Synapse, value: float) -> float:
    """What acts, or 0 where it is only what rounding leaves of a strength."""
    declared = synapse.parameters.get(circuit.kinds.synapses[synapse.kind].strength, 0.0)
    return value if abs(value) > NOISE * abs(declared) else 0.0


def _strength(circuit: Circuit, synapse: Synapse) -> tuple[Dimension, str]:
    """Dimension and unit of what says how strong a synapse is."""
    kind = circuit.kinds.synapses[synapse.kind]
    declared = kind.parameter(kind.strength)
    dimension = Dimension.NONE if declared is None else declared.dimension
    return dimension, circuit.unit_system.unit(dimension)


def _of_synapse(document: Document, synapse: Synapse) -> Facts:
    circuit, snapshot = document.circuit, document.snapshot()
    kind = circuit.kinds.synapses[synapse.kind]
    pre, post = (getattr(circuit.elements[i], "name", "") for i in (synapse.pre, synapse.post))
    unit = _strength(circuit, synapse)[1]
    readings = []
    strength = kind.parameter(kind.strength)
    if strength is not None:
        readings.append(Reading(strength.symbol, number(synapse.parameters[kind.strength]), unit))
    if snapshot is not None:
        now = acting(circuit, snapshot, (synapse.id,)).get(synapse.id)
        flows = current(circuit, snapshot, synapse.id)
        readings.append(Reading("acts", UNKNOWN if now is None else steady(now), unit))
        readings.append(Reading("I", steady(flows), circuit.unit_system.unit(Dimension.CURRENT)))
    remark = ""
    reversal = synapse.parameters.get("reversal_potential")
    if reversal is not None:
        unit = circuit.unit_system.unit(Dimension.POTENTIAL)
        remark = f"reversal potential {number(reversal)} {unit}".strip()
    return Facts(
        f"{pre} {'–' if kind.mutual else '→'} {post}", f"{sign_of(circuit, synapse)}", tuple(readings), remark
    )
