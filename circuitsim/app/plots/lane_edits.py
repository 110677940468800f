"""Edits of lanes and traces, as one step of undo each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.plots.variables import VARIABLES
from circuitsim.circuit.edits import Compound, SetLanes, SetTraced
from circuitsim.circuit.elements import Neuron, ScopeLane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.app.document.document import Document


def add_lane(document: Document, variable: str, elements: tuple[int, ...] = ()) -> None:
    """Add a lane at the bottom; neurons it shows by name are traced from then on."""
    lanes = (*document.circuit.document.lanes, ScopeLane(variable, elements))
    text = f"Add lane of {VARIABLES[variable].title}"
    new = _untraced(document, elements)
    if new:
        traced = SetTraced((*document.traced, *new))
        document.push(Compound((traced, SetLanes(lanes)), text))
    else:
        document.push(SetLanes(lanes, text))


def remove_lane(document: Document, place: int) -> None:
    """Take a lane away."""
    lanes = list(document.circuit.document.lanes)
    gone = lanes.pop(place)
    document.push(SetLanes(tuple(lanes), f"Remove lane of {VARIABLES[gone.variable].title}"))


def move_lane(document: Document, place: int, to: int) -> None:
    """Put a lane at another place; the others close up."""
    lanes = list(document.circuit.document.lanes)
    lane = lanes.pop(place)
    lanes.insert(to, lane)
    document.push(SetLanes(tuple(lanes), f"Move lane of {VARIABLES[lane.variable].title}"))


def take_in(document: Document, neurons: Iterable[int], place: int | None) -> None:
    """Trace neurons, and show them in a lane that shows only what it names."""
    new = tuple(neurons)
    lanes = list(document.circuit.document.lanes)
    edits: list[SetTraced | SetLanes] = []
    fresh = _untraced(document, new)
    if fresh:
        edits.append(SetTraced((*document.traced, *fresh)))
    if place is not None and lanes[place].elements and VARIABLES[lanes[place].variable].of_neurons:
        lane = lanes[place]
        more = tuple(i for i in new if i not in lane.elements)
        lanes[place] = replace(lane, elements=(*lane.elements, *more))
        if more:
            edits.append(SetLanes(tuple(lanes)))
    if edits:
        document.push(Compound(tuple(edits), f"Trace {_names(document, new)}"))


def take_out(document: Document, neuron: int) -> None:
    """Take a neuron off the scope: no trace, and in no lane; a lane that showed only it goes too."""
    lanes: list[ScopeLane] = []
    for lane in document.circuit.document.lanes:
        kept = tuple(i for i in lane.elements if i != neuron)
        if kept or not lane.elements:
            lanes.append(replace(lane, elements=kept))
    traced = SetTraced(tuple(i for i in document.traced if i != neuron))
    text = f"Take {_names(document, (neuron,))} off the scope"
    document.push(Compound((traced, SetLanes(tuple(lanes))), text))


def _untraced(document: Document, elements: Iterable[int]) -> tuple[int, ...]:
    known = document.circuit.elements
    return tuple(i for i in elements if isinstance(known.get(i), Neuron) and i not in document.traced)


def _names(document: Document, neurons: tuple[int, ...]) -> str:
    return document.circuit.get(neurons[0], Neuron).name if len(neurons) == 1 else f"{len(neurons)} neurons"
