"""What the peek card says of what is under the mouse, at the instant that is shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.card import UNKNOWN, Facts, Line, Reading
from circuitsim.app.canvas.card_lines import course_of, strength_of, synapse_lines
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.map_facts import of_input, of_network, of_output, read_outs
from circuitsim.app.document.memory import constant, gate, target, time_constant
from circuitsim.app.document.quantity import duration, number, steady
from circuitsim.circuit.elements import Cell, Input, Neuron, Output, Role, Synapse
from circuitsim.engine.currents import acting, current
from circuitsim.spec.kind import ContinuousKind
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.app.canvas.ports import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.report import Snapshot

INPUTS = 3  # of a neuron are named, the strongest first


def facts(document: Document, element: Element) -> Facts | None:
    """The facts of a neuron, a synapse, an input, a network or an output; None for everything else."""
    match element:
        case Neuron():
            inside = document.circuit.network_of(element.id) is not None
            return _of_unit(document, element) if inside else _of_neuron(document, element)
        case Synapse():
            return _of_synapse(document, element)
        case Input():
            return of_input(document, element)
        case Cell():
            return of_network(document, element)
        case Output():
            return of_output(document, element)
    return None


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
        courses = [course_of(document, name, neuron.id, snapshot.t) for name in ("v", "vinf", "tau")]
    readings = (Reading(name, *value, course) for (name, value), course in zip(shown, courses, strict=True))
    role = f"{neuron.role}"
    lines = (*_arriving(document.circuit, snapshot, neuron), *read_outs(document.circuit, neuron))
    return Facts(neuron.label or neuron.name, role, tuple(readings), _band(document, neuron.id), lines)


def _of_unit(document: Document, unit: Neuron) -> Facts:
    """Held output and gate of a unit of a network."""
    snapshot, network = document.snapshot(), document.circuit.network_of(unit.id)
    shown = [("h", steady(unit.start)), ("r", UNKNOWN)]
    courses = [np.empty(0)] * 2
    if snapshot is not None and unit.id in snapshot.unit_ids:
        v = snapshot.v[snapshot.ids.index(unit.id)]
        shown = [("h", steady(float(v))), ("r", gate(snapshot, unit.id))]
        courses = [course_of(document, name, unit.id, snapshot.t) for name in ("v", "gate")]
    readings = (
        Reading(name, value, "", course) for (name, value), course in zip(shown, courses, strict=True)
    )
    remark = "" if network is None else f"held until {network.name} is called"
    if network is not None and shown[1][1] == UNKNOWN:
        remark = f"{network.name} has not been called yet"
    kind = "unit" if unit.role is Role.INTER else f"{unit.role} unit"
    lines = read_outs(document.circuit, unit)
    return Facts(unit.label or unit.name, kind, tuple(readings), remark, lines)


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


def _arriving(circuit: Circuit, snapshot: Snapshot | None, neuron: Neuron) -> tuple[Line, ...]:
    """The synapses that act most on a neuron now, those with a conductance first."""
    attached = [e for i in circuit.attached(neuron.id) if isinstance(e := circuit.elements[i], Synapse)]
    mutual = {s.id for s in attached if circuit.kinds.synapses[s.kind].mutual}
    arriving = [s for s in attached if s.post == neuron.id or s.id in mutual]
    return synapse_lines(circuit, snapshot, arriving, neuron.id, INPUTS)


def _of_synapse(document: Document, synapse: Synapse) -> Facts:
    circuit, snapshot = document.circuit, document.snapshot()
    kind = circuit.kinds.synapses[synapse.kind]
    pre, post = (getattr(circuit.elements[i], "name", "") for i in (synapse.pre, synapse.post))
    unit = strength_of(circuit, synapse)[1]
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
