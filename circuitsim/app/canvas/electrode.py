"""Put an electrode on a neuron: an input by hand that holds its membrane potential, and a lane for the holding current."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_input, new_synapse
from circuitsim.circuit.edits import Add, Compound, SetLanes, SetTraced
from circuitsim.circuit.elements import ScopeLane
from circuitsim.spec.issue import Issue
from circuitsim.spec.words import a, inside

if TYPE_CHECKING:
    from circuitsim.app.canvas.adding import Adder
    from circuitsim.app.canvas.ports import Document
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Neuron

REACH = {"liquid": (-1.0, 1.0), "physiological": (-100.0, 60.0)}  # of the slider of the command potential
PLACES = ((-176.0, 0.0), (-176.0, -96.0), (-176.0, 96.0), (0.0, -144.0), (0.0, 144.0), (176.0, 0.0))
DIGITS = 3  # significant ones of the first command


def clamp(document: Document, adder: Adder, neuron: Neuron) -> None:
    """Hold a neuron where it is now, as one step of undo: electrode, clamp and lane; the electrode is selected."""
    circuit = document.circuit
    reason = circuit.kinds.synapse_refusal("clamp", "input", neuron.kind)
    if reason is not None:
        kind = circuit.kinds.neurons.get(neuron.kind)
        what = a(inside(kind.title)) if kind is not None else "it"
        document.refuse(Issue(neuron.name, f"{what} has no membrane to clamp", "choose an LTC neuron"))
        return
    low, high = REACH[circuit.document.unit_system]
    value = min(max(_present(document, neuron), low), high)
    command = new_input(circuit, circuit.free_name("command"), "slider", value=value, low=low, high=high)
    command = replace(command, position=adder.beside(command, neuron, PLACES))
    edits: list[Edit] = [Add((command, new_synapse(circuit, command.id, neuron.id, "clamp")))]
    whole = circuit.document
    if neuron.id not in whole.traced:
        edits.append(SetTraced((*whole.traced, neuron.id)))
    if all(lane.variable != "clamp" for lane in whole.lanes):
        edits.append(SetLanes((*whole.lanes, ScopeLane("clamp"))))
    document.push(Compound(tuple(edits), f"Clamp {neuron.name}"), select=[command.id])


def _present(document: Document, neuron: Neuron) -> float:
    """The membrane potential now, with few digits."""
    snapshot = document.snapshot()
    v = neuron.start
    if snapshot is not None and neuron.id in snapshot.ids:
        v = float(snapshot.v[snapshot.ids.index(neuron.id)])
    return float(f"{v:.{DIGITS}g}") if math.isfinite(v) else neuron.start
