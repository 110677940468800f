"""Alter single properties of elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.views import without_lost_pins
from circuitsim.circuit.elements import (
    DOCUMENT_ID,
    Cell,
    Input,
    Named,
    Neuron,
    Placed,
    Settings,
    Synapse,
    Table,
    Tunable,
)
from circuitsim.circuit.many import with_parameters
from circuitsim.circuit.traces import with_traces
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Parameters, Pin, Point, ScopeLane
    from circuitsim.spec.curve import Knots
    from circuitsim.spec.kind import Declaration, SynapseKind

    Changes = Mapping[int, Element | None]


def _number(value: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise InputError(Issue("", f"{value!r} is not a number", "give a number")) from None


@dataclass(frozen=True)
class Move:
    """Put elements at new positions."""

    positions: Mapping[int, Point]
    text: str = "Move"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The moved elements."""
        result: dict[int, Element | None] = {}
        for i, at in self.positions.items():
            element = circuit.elements.get(i)
            if not isinstance(element, Placed):
                raise InputError(Issue("", f"there is nothing to move under id {i}"))
            result[i] = replace(element, position=at)
        return result


@dataclass(frozen=True)
class Rename:
    """Give a neuron, input or output another name, and its label if one is given."""

    id: int
    name: str
    label: str | None = None
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """The new name."""
        return f"Rename to {self.name}"

    def changes(self, circuit: Circuit) -> Changes:
        """The renamed element."""
        element = circuit.elements.get(self.id)
        if not isinstance(element, Named):
            raise InputError(Issue("", f"there is nothing with a name under id {self.id}"))
        label = element.label if self.label is None else self.label
        return {self.id: replace(element, name=self.name, label=label)}


@dataclass(frozen=True)
class SetParameter:
    """Set one parameter of one or several neurons, synapses, inputs or networks."""

    ids: tuple[int, ...]
    name: str
    value: float

    @property
    def text(self) -> str:
        """The parameter."""
        return f"Set {self.name.replace('_', ' ')}"

    @property
    def merge_key(self) -> str:
        """A drag of one slider is one step of undo."""
        return f"{self.name}:{self.ids}"

    def changes(self, circuit: Circuit) -> Changes:
        """The elements with the new value."""
        elements, value = circuit.elements, _number(self.value)
        found: list[Tunable] = []
        for i in self.ids:
            element = elements.get(i)
            if not isinstance(element, Tunable):
                raise InputError(Issue("", f"there is nothing with parameters under id {i}"))
            found.append(element)
        made = with_parameters(found, [{**e.parameters, self.name: value} for e in found])
        return dict(zip(self.ids, made, strict=True))


@dataclass(frozen=True)
class SetStart:
    """Set start states, by neuron id."""

    states: Mapping[int, float]
    text: str = "Set start state"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The neurons with their new start states."""
        return {i: replace(circuit.get(i, Neuron), start=_number(v)) for i, v in self.states.items()}


@dataclass(frozen=True)
class SetKind:
    """Turn a neuron, synapse or input into another kind; parameters of the same name are kept."""

    id: int
    kind: str
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """The new kind."""
        return f"Change to {self.kind}"

    def changes(self, circuit: Circuit) -> Changes:
        """The element of the new kind.

        Raises:
            InputError: If there is no such element or kind.
        """
        turned = self._turned(circuit)
        document = without_lost_pins(circuit.document, self.id, turned.parameters)
        result: dict[int, Element | None] = {self.id: turned}
        if document is not circuit.document:
            result[DOCUMENT_ID] = document
        return result

    def _turned(self, circuit: Circuit) -> Tunable:
        element = circuit.elements.get(self.id)
        system = circuit.document.unit_system
        match element:
            case Neuron() if self.kind in circuit.kinds.neurons:
                kept = _carried(circuit.kinds.neurons[self.kind], element.parameters, system)
                return replace(element, kind=self.kind, parameters=kept)
            case Synapse() if self.kind in circuit.kinds.synapses:
                kind = circuit.kinds.synapses[self.kind]
                kept = _carried(kind, element.parameters, system)
                knots = _carried_knots(kind, element.knots, system)
                return replace(element, kind=self.kind, parameters=kept, knots=knots)
            case Input() if self.kind in circuit.kinds.stimuli:
                stimulus = circuit.kinds.stimuli[self.kind]
                table = (element.table or Table((0.0,), (0.0,))) if stimulus.table else None
                kept = _carried(stimulus, element.parameters, system)
                return replace(element, stimulus=self.kind, parameters=kept, table=table)
            case Cell() if self.kind in circuit.kinds.cells:
                kept = _carried(circuit.kinds.cells[self.kind], element.parameters, system)
                return replace(element, kind=self.kind, parameters=kept)
        raise InputError(Issue("", f"element {self.id} cannot become {self.kind!r}", "choose another kind"))


def _carried(kind: Declaration, old: Parameters, unit_system: str) -> dict[str, float]:
    """Defaults of a kind, with the old value of every parameter that it shares and allows."""
    result = kind.defaults(unit_system)
    for parameter in kind.parameters:
        if parameter.name in old and parameter.check(old[parameter.name]) is None:
            result[parameter.name] = old[parameter.name]
    return result


def _carried_knots(kind: SynapseKind, old: Knots | None, unit_system: str) -> Knots | None:
    """The old knots if a kind has a curve that may go through them; else those of a new synapse."""
    if kind.curve is None or (old is not None and kind.curve.check(old) is None):
        return old if kind.curve is not None else None
    return kind.curve.default(unit_system)


@dataclass(frozen=True)
class SetKnots:
    """Draw the curves of synapses through other knots."""

    ids: tuple[int, ...]
    knots: Knots
    text: str = "Draw curve"

    @property
    def merge_key(self) -> str:
        """A drag of one knot is one step of undo."""
        return f"knots:{self.ids}"

    def changes(self, circuit: Circuit) -> Changes:
        """The synapses with their new knots."""
        return {i: replace(circuit.get(i, Synapse), knots=self.knots) for i in self.ids}


@dataclass(frozen=True)
class SetTable:
    """Give an input a table of times and values."""

    id: int
    table: Table
    text: str = "Load table"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The input with its new table."""
        return {self.id: replace(circuit.get(self.id, Input), table=self.table)}


@dataclass(frozen=True)
class SetSettings:
    """Change how the circuit is simulated."""

    settings: Settings
    text: str = "Change settings"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The document with the new settings."""
        return {DOCUMENT_ID: replace(circuit.document, settings=self.settings)}


@dataclass(frozen=True)
class SetLanes:
    """Choose the lanes of the scope."""

    lanes: tuple[ScopeLane, ...]
    text: str = "Choose lanes"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The document with the new lanes."""
        return {DOCUMENT_ID: replace(circuit.document, lanes=self.lanes)}


@dataclass(frozen=True)
class SetPins:
    """Choose the parameters that have a slider on the canvas."""

    pins: tuple[Pin, ...]
    text: str = "Choose pinned sliders"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The document with the new pins."""
        return {DOCUMENT_ID: replace(circuit.document, pins=self.pins)}


@dataclass(frozen=True)
class SetTraced:
    """Choose the neurons that the scope shows; those that it shows already keep the numbers of their traces."""

    ids: tuple[int, ...]
    text: str = "Choose traces"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Changes:
        """The document with the new traces."""
        return {DOCUMENT_ID: with_traces(circuit.document, self.ids)}
