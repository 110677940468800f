"""Edge lists: a CSV file with one connection a row becomes a circuit."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Move, SetTraced
from circuitsim.circuit.elements import Role
from circuitsim.circuit.layout import arrange
from circuitsim.io.edge_table import counted, read_edges
from circuitsim.io.format import CircuitFormat, Option, Options, Reading
from circuitsim.io.sign_table import Signs, read_signs
from circuitsim.spec.words import plain_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.elements import Neuron, Synapse
    from circuitsim.io.edge_table import Edges

LAWS: dict[str, Callable[[float], float]] = {"linear": float, "sqrt": math.sqrt}
_TRACES = 4


def read(path: Path, options: Options) -> Reading:
    """Read an edge list as a circuit of LTC neurons, laid out, at rest and without inputs.

    Chemical rows become chemical synapses, electrical rows gap junctions, directed rows gap junctions that only
    the target feels; the conductance is the scale times the weight, or times its square root. Weights stay as labels.

    Raises:
        InputError: If the file or the table of signs cannot be read or makes no sense.
    """
    chosen = {**FORMAT.defaults(), **options}
    edges = read_edges(path)
    signs = read_signs(chosen["signs"]) if chosen["signs"] is not None else Signs()
    circuit = Circuit(title=path.stem)
    names = identifiers(edges.cells)
    neurons = _neurons(circuit, edges, names, signs)
    law = LAWS[chosen["weight_law"]]
    synapses = [
        *_chemical(circuit, edges, neurons, signs, lambda w: chosen["weight_scale"] * law(w)),
        *_gaps(circuit, edges, neurons, lambda w: chosen["gap_scale"] * law(w)),
    ]
    circuit.apply(Add((*neurons.values(), *synapses), title="Read"))
    circuit.apply(Move(arrange(circuit)))
    circuit.apply(SetTraced(_busiest(circuit)))
    return Reading(
        circuit, (*edges.report, *_name_report(names), *_sign_report(edges, signs, chosen["signs"]))
    )


def identifiers(cells: tuple[str, ...]) -> dict[str, str]:
    """An identifier for every name: itself if it is one, else with other signs replaced by ``_``."""
    plain = {cell: re.sub(r"[^A-Za-z0-9_]", "_", cell) for cell in cells}
    result = {cell: cell for cell, name in plain.items() if name == cell and not cell[0].isdigit()}
    taken = set(result)
    for cell, name in plain.items():
        if cell in result:
            continue
        stem = f"n{name}" if name[0].isdigit() else name
        free, number = stem, 2
        while free in taken:
            free, number = f"{stem}_{number}", number + 1
        result[cell] = free
        taken.add(free)
    return {cell: result[cell] for cell in cells}


def _neurons(circuit: Circuit, edges: Edges, names: dict[str, str], signs: Signs) -> dict[str, Neuron]:
    """A neuron for every cell, with its role from the table or from where it stands among chemical synapses."""
    sources = {a for a, b in edges.chemical if a != b}
    targets = {b for a, b in edges.chemical if a != b}

    def role(cell: str) -> Role:
        if cell in signs.roles:
            return signs.roles[cell]
        if cell in sources and cell not in targets:
            return Role.SENSORY
        return Role.MOTOR if cell in targets and cell not in sources else Role.INTER

    return {
        cell: new_neuron(circuit, name, role=role(cell), label=cell if cell != name else "")
        for cell, name in names.items()
    }


def _chemical(
    circuit: Circuit,
    edges: Edges,
    neurons: dict[str, Neuron],
    signs: Signs,
    strength: Callable[[float], float],
) -> list[Synapse]:
    return [
        new_synapse(
            circuit, neurons[a].id, neurons[b].id, "chemical", label=f"weight {weight:g}",
            conductance=strength(weight), reversal_potential=float(signs.of(a, b) or 1),
        )
        for (a, b), weight in edges.chemical.items()
    ]  # fmt: skip


def _gaps(
    circuit: Circuit, edges: Edges, neurons: dict[str, Neuron], strength: Callable[[float], float]
) -> list[Synapse]:
    return [
        new_synapse(
            circuit, neurons[a].id, neurons[b].id, kind, label=f"weight {weight:g}",
            conductance=strength(weight),
        )
        for kind, table in (("electrical", edges.gaps), ("electrical_directed", edges.directed))
        for (a, b), weight in table.items()
    ]  # fmt: skip


def _busiest(circuit: Circuit) -> tuple[int, ...]:
    """The neurons with most synapses, for the scope."""
    order = sorted(circuit.neurons, key=lambda n: (-len(circuit.attached(n.id)), n.id))
    return tuple(n.id for n in order[:_TRACES])


def _name_report(names: dict[str, str]) -> list[str]:
    changed = [(cell, name) for cell, name in names.items() if cell != name]
    if not changed:
        return []
    shown = ", ".join(f"{cell!r} is {name}" for cell, name in changed[:3]) + (", ..." * (len(changed) > 3))
    told = counted(len(changed), "name is no identifier and was", "names are no identifiers and were")
    return [f"{told} changed ({shown}); the originals stay as labels."]


def _sign_report(edges: Edges, signs: Signs, path: Path | None) -> list[str]:
    total = len(edges.chemical)
    if path is None:
        return (
            [f"No signs were given; {counted(total, 'chemical synapse')} taken as excitatory."]
            if total
            else []
        )
    signed = [signs.of(a, b) for a, b in edges.chemical]
    report = [f"Signs by the table: {signed.count(1)} excitatory, {signed.count(-1)} inhibitory."]
    if None in signed:
        told = counted(signed.count(None), "chemical synapse is", "chemical synapses are")
        report.append(f"{told} not in the table of signs and taken as excitatory.")
    strangers = sorted(signs.names - set(edges.cells))
    if strangers:
        shown = ", ".join(strangers[:5]) + (", ..." * (len(strangers) > 5))
        report.append(
            f"{counted(len(strangers), 'cell')} of the table of signs left out, not being in the list ({shown})."
        )
    return report


def _positive(text: str) -> float:
    try:
        value = plain_number(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number") from None
    if not 0 < value < math.inf:
        raise ValueError(f"{text} is not a finite number above 0")
    return value


FORMAT = CircuitFormat(
    id="edge_list",
    title="Edge list",
    suffixes=(".csv", ".tsv"),
    read=read,
    options=(
        Option("weight_law", str, "linear", "LAW", "how the conductance grows with the weight", tuple(LAWS)),
        Option("weight_scale", _positive, 0.1, "G", "conductance of a chemical synapse of weight 1"),
        Option("gap_scale", _positive, 0.05, "G", "conductance of a gap junction of weight 1"),
        Option(
            "signs",
            Path,
            None,
            "CSV",
            "table of signs: neuron,sign or source,target,sign; without it all excite",
        ),
    ),
)
