"""What can be added, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.picklist import Row
from circuitsim.app.document.names import told
from circuitsim.app.document.tools import Family, Tool
from circuitsim.circuit.elements import Cell, Input, Neuron, Note
from circuitsim.circuit.wiring import fitting_kinds

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Placed
    from circuitsim.circuit.wiring import Effect
    from circuitsim.spec.kind import Declaration

NEURON_KEY, INPUT_KEY, OUTPUT_KEY, NOTE_KEY, SYNAPSE_KEY, NETWORK_KEY = "N", "I", "P", "T", "W", "B"
ELECTRODE_KEY = "E"
USUAL_NEURON, USUAL_INPUT, USUAL_NETWORK = "ltc", "button", "cfc"
INPUT_ICONS = {
    "button": "button", "slider": "slider", "pulse": "pulse", "pulse_train": "pulse", "chirp": "chirp", "ramp": "ramp",
    "white_noise": "noise", "ornstein_uhlenbeck": "noise",
}  # fmt: skip
READS = "Reads {}: gain times its state plus an offset."


def everything(circuit: Circuit, reads: Neuron | None) -> list[Row]:
    """Every kind of neuron and stimulus, an output of a neuron if there is one, a note."""
    taken = taken_keys(circuit)

    def key(letter: str, *, usual: bool = True) -> str:
        return letter if usual and letter not in taken else ""

    rows = [
        Row(k.title, _short(k), "neuron", Tool(Family.NEURON, k.id), key(NEURON_KEY, usual=k.id == USUAL_NEURON), f"neuron cell {k.id}", told(k))
        for k in circuit.kinds.neurons.values()
    ]  # fmt: skip
    stimuli = sorted(
        circuit.kinds.stimuli.values(), key=lambda k: (k.id != USUAL_INPUT, k.id != "slider", k.title)
    )
    rows += [
        Row(k.title, _short(k), INPUT_ICONS.get(k.id, "wave"), Tool(Family.INPUT, k.id), key(INPUT_KEY, usual=k.id == USUAL_INPUT), f"input stimulus {k.id}", told(k))
        for k in stimuli
    ]  # fmt: skip
    rows += [
        Row(k.title, _short(k), "block", Tool(Family.NETWORK, k.id), key(NETWORK_KEY, usual=k.id == USUAL_NETWORK), "network block memory CfC")
        for k in circuit.kinds.cells.values()
    ]  # fmt: skip
    if reads is not None:
        detail = READS.format(reads.label or reads.name)
        rows.append(
            Row("Output", detail, "probe", Tool(Family.OUTPUT), key(OUTPUT_KEY), "probe read-out motor")
        )
    rows.append(
        Row(
            "Note",
            "A title and a text on the canvas.",
            "note",
            Tool(Family.NOTE),
            key(NOTE_KEY),
            "text comment",
        )
    )
    return rows


def followers(circuit: Circuit, source: Neuron | Input, effect: Effect) -> list[Row]:
    """What may follow a line from an element: kinds of neurons that it may end at, and an output of a neuron."""
    rows = []
    for kind in circuit.kinds.neurons.values():
        fitting = fitting_kinds(circuit, source, kind.id, effect)
        if fitting:
            synapse = circuit.kinds.synapses[fitting[0]]
            how = synapse.title.lower() if synapse.junction else f"{effect} {synapse.title.lower()}"
            rows.append(
                Row(
                    kind.title,
                    f"through an {how}" if how[0] in "aeiou" else f"through a {how}",
                    "neuron",
                    Tool(Family.NEURON, kind.id),
                    words="neuron cell",
                )
            )
    if isinstance(source, Neuron):
        detail = READS.format(source.label or source.name)
        rows.append(Row("Output", detail, "probe", Tool(Family.OUTPUT), words="probe read-out"))
    return rows


def existing(circuit: Circuit, placed: list[Placed]) -> list[Row]:
    """Everything that stands on the canvas, by name."""
    rows = [_existing(circuit, e) for e in placed]
    return sorted(rows, key=lambda row: row.title.lower())


def _existing(circuit: Circuit, element: Placed) -> Row:
    if isinstance(element, Note):
        return Row(element.title or "Note", element.text or "note", "note", element.id, words="note")
    title = element.label or element.name
    name = f"{element.name} · " if element.label else ""
    if isinstance(element, Neuron):
        kind = circuit.kinds.neuron(element.kind).title
        return Row(title, f"{name}{element.role} · {kind}", "neuron", element.id)
    if isinstance(element, Input):
        kind = circuit.kinds.stimuli[element.stimulus].title
        icon = INPUT_ICONS.get(element.stimulus, "wave")
        return Row(title, f"{name}input · {kind}", icon, element.id)
    if isinstance(element, Cell):
        return Row(title, f"{name}{circuit.kinds.cells[element.kind].title}", "block", element.id)
    return Row(
        title, f"{name}output of {getattr(circuit.elements[element.source], 'name', '')}", "probe", element.id
    )


def taken_keys(circuit: Circuit) -> dict[str, Input]:
    """Letters that work an input, which no tool may have, with that input."""
    return {e.key.upper(): e for e in circuit.inputs if e.key}


def _short(kind: Declaration) -> str:
    """The first sentence of what a kind is."""
    return kind.doc.split(": ")[0].split(". ")[0].rstrip(".") + "."
