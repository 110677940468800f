"""Turn what stands in a circuit file into a circuit."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from msgspec import UNSET

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Restore
from circuitsim.circuit.elements import (
    DOCUMENT_ID,
    NOTHING,
    Cell,
    Document,
    Input,
    Neuron,
    Note,
    Output,
    Pin,
    Reading,
    Role,
    ScopeLane,
    Settings,
    Synapse,
    Table,
)
from circuitsim.io.cells import matrices_of
from circuitsim.io.to_document import units_of
from circuitsim.spec.curve import Knots
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from circuitsim.circuit.elements import Element
    from circuitsim.io.document import (
        FileDocument,
        FileLane,
    )
    from circuitsim.spec.kind import Declaration, Kinds

_NAMED = ("neurons", "inputs", "networks", "outputs")  # lists of a file whose elements have a name


def circuit_of(document: FileDocument, where: str) -> Circuit:
    """The circuit that a file describes.

    Args:
        document: What stands in the file; it is given away, since the circuit keeps parts of it.
        where: The file, for the sentences.

    Raises:
        InputError: With every issue if it is not a legal circuit.
    """
    circuit = Circuit(title=document.title, unit_system=document.unit_system)
    issues = [*_doubles(document), *_unit_issues(document, circuit)]
    builder = _Builder(document, circuit.kinds)
    elements = {e.id: e for e in sorted(builder.elements(), key=attrgetter("id"))}
    issues += builder.issues
    if not issues:
        try:
            circuit.apply(Restore(elements, title="Open"))
        except InputError as error:
            issues = list(error.issues)
    if issues:
        raise InputError(
            Issue(f"{where}, {i.where}" if i.where else where, i.problem, i.remedy, i.warning, i.element)
            for i in issues
        )
    return circuit


def _doubles(document: FileDocument) -> Iterator[Issue]:
    """Ids and names that are given twice."""
    groups = _groups(document)
    numbers = [element.id for group in groups.values() for element in group]
    called = [element.name for group in _NAMED for element in groups[group]]
    if len(set(numbers)) == len(numbers) and len(set(called)) == len(called):
        return
    ids: dict[int, str] = {}
    names: dict[str, str] = {}
    for group, elements in groups.items():
        for k, element in enumerate(elements):
            place = f"{group}[{k}]"
            if element.id in ids:
                told = f"the id {element.id} is already that of {ids[element.id]}"
                yield Issue(f"{place}.id", told, "use another")
            ids.setdefault(element.id, place)
            if group not in _NAMED:
                continue
            if element.name in names:
                told = f"the name {element.name} is already that of {names[element.name]}"
                yield Issue(f"{place}.name", told, "use another")
            names.setdefault(element.name, place)


def _groups(document: FileDocument) -> dict[str, Sequence[Any]]:
    """The elements of a file by the name of their list."""
    names = ("neurons", "synapses", "inputs", "networks", "outputs", "notes")
    return {name: getattr(document, name) or () for name in names}


def _unit_issues(document: FileDocument, circuit: Circuit) -> Iterator[Issue]:
    if document.units is None:
        return
    known = units_of(circuit)
    for dimension, unit in document.units.items():
        if dimension not in known:
            yield Issue(f"units.{dimension}", "there is no such dimension", f"use one of: {', '.join(known)}")
        elif unit != known[dimension]:
            problem = (
                f"the unit is {unit!r}, but {known[dimension]!r} in the unit system {document.unit_system}"
            )
            yield Issue(f"units.{dimension}", problem, "convert the numbers and correct the unit")


class _Builder:
    """Makes elements and gathers what is wrong on the way."""

    def __init__(self, document: FileDocument, kinds: Kinds) -> None:
        self.document = document
        self.kinds = kinds
        self.issues: list[Issue] = []
        self.neurons = {n.name: n.id for n in document.neurons}
        self.inputs = {i.name: i.id for i in document.inputs}
        self.outputs = {o.name: o.id for o in document.outputs}
        self.read = {**self.neurons, **{c.name: c.id for c in document.networks or ()}}
        self.sources = {**self.neurons, **self.inputs}

    def elements(self) -> Iterator[Element]:
        """Everything in the file, the document first."""
        yield self._whole()
        yield from self._neurons()
        yield from self._synapses()
        yield from self._inputs()
        yield from self._cells()
        for k, o in enumerate(self.document.outputs):
            source = self._find(self.read, o.source, f"outputs[{k}].from", "neuron or network")
            yield Output(
                id=o.id,
                name=o.name,
                label=o.label,
                source=source,
                row=o.row or 0,
                gain=o.gain,
                offset=o.offset,
                position=o.position,
            )
        for n in self.document.notes:
            yield Note(id=n.id, title=n.title, text=n.text, position=n.position, size=n.size)

    def _whole(self) -> Document:
        d, s = self.document, self.document.settings
        traced = tuple(
            self._find(self.neurons, name, f"traced[{k}]", "neuron") for k, name in enumerate(d.traced)
        )
        numbers = {name: float(value) for name, value in (s.parameters or {}).items()}
        settings = Settings(
            solver=s.solver,
            dt=s.dt,
            duration=s.duration,
            seed=s.seed,
            speed=s.speed,
            parameters=numbers,
            precision=DOUBLE if s.precision is UNSET else s.precision,
        )
        return Document(
            id=DOCUMENT_ID, title=d.title, unit_system=d.unit_system, settings=settings, traced=traced,
            numbers=self._numbers(),
            lanes=tuple(self._lane(k, lane) for k, lane in enumerate(d.lanes)),
            pins=tuple(Pin(pin.element, pin.parameter) for pin in d.pins),
        )  # fmt: skip

    def _numbers(self) -> tuple[int, ...]:
        """Numbers of the traces; none where they say no more than the order does."""
        numbers = tuple(self.document.trace_numbers or ())
        return () if numbers == tuple(range(1, len(self.document.traced) + 1)) else numbers

    def _lane(self, k: int, lane: FileLane) -> ScopeLane:
        what = {"input": "input", "output": "output"}.get(lane.variable, "neuron")
        tables = {"input": self.inputs, "output": self.outputs, "neuron": self.neurons}
        elements = tuple(
            self._find(tables[what], name, f"lanes[{k}].elements[{n}]", what)
            for n, name in enumerate(lane.elements)
        )
        return ScopeLane(lane.variable, elements)

    def _neurons(self) -> Iterator[Neuron]:
        kinds = self.kinds.all_neurons
        for k, n in enumerate(self.document.neurons):
            parameters = self._parameters("neurons", k, kinds.get(n.kind), n.parameters)
            yield Neuron(
                id=n.id, name=n.name, label=n.label, kind=n.kind, role=Role(n.role), parameters=parameters,
                start=n.start, position=n.position, muted=n.muted is True,
            )  # fmt: skip

    def _synapses(self) -> Iterator[Synapse]:
        sources, neurons, kinds = self.sources, self.neurons, self.kinds.synapses
        for k, s in enumerate(self.document.synapses):
            pre, post, kind = sources.get(s.pre), neurons.get(s.post), kinds.get(s.kind)
            if pre is None:
                pre = self._find(sources, s.pre, f"synapses[{k}].from", "neuron or input")
            if post is None:
                post = self._find(neurons, s.post, f"synapses[{k}].to", "neuron")
            name = s.kind if kind is None else kind.id  # one text for all, not one for each
            parameters = self._parameters("synapses", k, kind, s.parameters)
            knots = Knots(tuple(s.knots.x), tuple(s.knots.y)) if s.knots else None
            yield Synapse(s.id, name, pre, post, parameters, s.label, knots, s.muted is True)

    def _inputs(self) -> Iterator[Input]:
        for k, i in enumerate(self.document.inputs):
            table = Table(tuple(i.table.times), tuple(i.table.values)) if i.table else None
            parameters = self._parameters("inputs", k, self.kinds.stimuli.get(i.stimulus), i.parameters)
            yield Input(
                id=i.id, name=i.name, label=i.label, stimulus=i.stimulus, parameters=parameters, table=table,
                gain=1.0 if i.gain is UNSET else i.gain, offset=i.offset or 0.0, key=i.key, position=i.position,
            )  # fmt: skip

    def _cells(self) -> Iterator[Cell]:
        for k, c in enumerate(self.document.networks or ()):
            place = f"networks[{k}]"
            reads = tuple(
                Reading(self._read(r.source, f"{place}.reads[{n}].from"), r.gain, r.offset)
                for n, r in enumerate(c.reads)
            )
            units = tuple(
                self._find(self.neurons, name, f"{place}.units[{n}]", "neuron")
                for n, name in enumerate(c.units)
            )
            arrays, issues = matrices_of(c, place)
            self.issues += issues
            self.issues += [
                Issue(f"{place}.units[{n}]", f"{name} is named twice", "name each unit once")
                for n, name in enumerate(c.units)
                if name in c.units[:n]
            ]
            yield Cell(
                id=c.id, name=c.name, label=c.label, kind=c.kind, reads=reads, units=units, arrays=arrays,
                memory=tuple(c.memory), position=c.position,
                parameters=self._parameters("networks", k, self.kinds.cells.get(c.kind), c.parameters),
            )  # fmt: skip

    def _read(self, name: str, place: str) -> int:
        return self._find(self.sources, name, place, "neuron or input") if name else NOTHING

    def _find(self, table: Mapping[str, int], name: str, place: str, what: str) -> int:
        if name not in table:
            self.issues.append(Issue(place, f"there is no {what} named {name!r}", "check the name"))
        return table.get(name, DOCUMENT_ID)

    def _parameters(
        self, group: str, k: int, kind: Declaration | None, values: Mapping[str, float | str]
    ) -> dict[str, float]:
        """Numbers, with the names of choices turned into their index; validation does the rest."""
        if kind is not None and values.keys() == kind.plain and str not in map(type, values.values()):
            return cast("dict[str, float]", values)
        place = f"{group}[{k}]"
        result: dict[str, float] = {} if kind is None else dict(kind.absent)
        for name, value in values.items():
            parameter = kind.parameter(name) if kind is not None else None
            choices = parameter.choices if parameter is not None else ()
            if kind is None and isinstance(value, str):
                continue  # that there is no such kind is what is wrong
            if kind is not None and parameter is None and isinstance(value, str):
                problem = f"{kind.title} has no parameter {name!r}"
                self.issues.append(Issue(f"{place}.parameters.{name}", problem, "remove it"))
            elif isinstance(value, str) and value in choices:
                result[name] = float(choices.index(value))
            elif isinstance(value, str) or choices:
                problem = (
                    f"{value!r} is not one of {', '.join(choices)}"
                    if choices
                    else f"{value!r} is not a number"
                )
                self.issues.append(Issue(f"{place}.parameters.{name}", problem, "correct it"))
            else:
                result[name] = float(value)
        return result
