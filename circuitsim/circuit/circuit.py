"""The circuit: elements by id, changed by edits that return their inverse."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from circuitsim.circuit import build
from circuitsim.circuit.elements import (
    DOCUMENT_ID,
    NOTHING,
    Cell,
    Document,
    Element,
    Input,
    Named,
    Neuron,
    Note,
    Output,
    Synapse,
)
from circuitsim.circuit.filing import CLASSES, ENDS, by_class, to_refile
from circuitsim.circuit.shelf import Ends, Shelf
from circuitsim.circuit.validate import validate
from circuitsim.spec.catalogue import kinds as all_kinds
from circuitsim.spec.event import Event
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.unit import UNIT_SYSTEMS
from circuitsim.spec.words import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from circuitsim.circuit.edits.edit import Edit
    from circuitsim.spec.kind import Kinds
    from circuitsim.spec.unit import UnitSystem

E = TypeVar("E", bound=Element)
A = TypeVar("A", Neuron, Synapse, Input, Output)

Changes = Mapping[int, Element | None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit changed: elements by id before and after; None where there was or is none."""

    before: Changes
    after: Changes


class Circuit:
    """Neurons, synapses, inputs, networks, outputs and notes, by id.

    Attributes:
        changed: Emits a `Changed` after every edit.
        kinds: The declarations it is validated against.
        edition: Changes with every change of an element.

    Raises:
        InputError: If there is no such unit system.
    """

    def __init__(self, title: str = "", unit_system: str = "liquid", kinds: Kinds | None = None) -> None:
        if unit_system not in UNIT_SYSTEMS:
            known = ", ".join(UNIT_SYSTEMS)
            raise InputError(
                Issue("the circuit", f"there is no unit system {unit_system!r}", f"use one of: {known}")
            )
        self.changed: Event[Changed] = Event()
        self.kinds = kinds or all_kinds()
        self.edition = 0
        self._elements: dict[int, Element] = {}
        self._shelves: dict[type, Shelf[Any]] = {c: Shelf() for c in CLASSES}
        self._last_id = DOCUMENT_ID
        self._names: dict[str, int] = {}
        self._ends = Ends()
        self._write({DOCUMENT_ID: Document(title=title, unit_system=unit_system)})

    # reading ------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Circuit) and self._elements == other._elements

    __hash__ = None  # type: ignore[assignment]

    @property
    def elements(self) -> Mapping[int, Element]:
        """Everything by id, the document included."""
        return MappingProxyType(self._elements)

    @property
    def document(self) -> Document:
        """Title, unit system and settings."""
        document = self._elements[DOCUMENT_ID]
        assert isinstance(document, Document)  # noqa: S101  (held by `validate`)
        return document

    @property
    def unit_system(self) -> UnitSystem:
        """The units of every number in this circuit."""
        return UNIT_SYSTEMS[self.document.unit_system]

    @property
    def neurons(self) -> tuple[Neuron, ...]:
        """Neurons in id order."""
        return self._shelves[Neuron].items

    @property
    def synapses(self) -> tuple[Synapse, ...]:
        """Synapses in id order."""
        return self._shelves[Synapse].items

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Inputs in id order."""
        return self._shelves[Input].items

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Networks with memory in id order."""
        return self._shelves[Cell].items

    @property
    def units(self) -> tuple[Neuron, ...]:
        """Units of all networks with memory in id order."""
        ids = sorted(i for cell in self.cells for i in cell.units)
        return tuple(self.get(i, Neuron) for i in ids)

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Outputs in id order."""
        return self._shelves[Output].items

    @property
    def notes(self) -> tuple[Note, ...]:
        """Notes in id order."""
        return self._shelves[Note].items

    def __getitem__(self, name: str) -> Named:
        """The neuron, input, network or output of a name.

        Raises:
            InputError: If there is none.
        """
        if name not in self._names:
            problem = f"there is no neuron, input, network or output named {name!r}"
            raise InputError(Issue("", problem, meant(name, self._names)))
        found = self._elements[self._names[name]]
        assert isinstance(found, Named)  # noqa: S101  (held by `_write`)
        return found

    def get(self, element: int, kind: type[E]) -> E:
        """The element of an id, of a known class.

        Raises:
            InputError: If there is none of that class.
        """
        found = self._elements.get(element)
        if not isinstance(found, kind):
            raise InputError(
                Issue("", f"there is no {kind.__name__.lower()} with id {element}", "check the id")
            )
        return found

    def named(self, name: str) -> Named | None:
        """The neuron, input, network or output of a name, or None."""
        return self[name] if name in self._names else None

    def attached(self, element: int) -> tuple[int, ...]:
        """Ids of the synapses and outputs that begin or end at an element, in id order."""
        return self._ends.at(element)

    def network_of(self, unit: int) -> Cell | None:
        """The network with memory that a unit is part of; None if there is none."""
        return next((cell for cell in self.cells if unit in cell.units), None)

    def readers(self, element: int) -> tuple[Cell, ...]:
        """The networks with memory that read an input or a neuron, in id order."""
        return tuple(cell for cell in self.cells if any(r.source == element for r in cell.reads))

    def new_id(self) -> int:
        """An id that no element has or had."""
        self._last_id += 1
        return self._last_id

    def free_name(self, stem: str, taken: Container[str] = ()) -> str:
        """An unused identifier: the stem itself or the stem with a number (``N2``, ``DB01_2``).

        Args:
            stem: What it begins with.
            taken: Names that will be used besides those of the circuit.
        """

        def is_free(name: str) -> bool:
            return name not in self._names and name not in taken

        if is_free(stem):
            return stem
        numbered = f"{stem}_" if stem[-1].isdigit() else stem
        # Numbers are usually taken without gaps, so their end is searched by doubling and halving.
        used, free = 1, 2
        while not is_free(f"{numbered}{free}"):
            used, free = free, 2 * free
        while free - used > 1:
            middle = (used + free) // 2
            if is_free(f"{numbered}{middle}"):
                free = middle
            else:
                used = middle
        return f"{numbered}{free}"

    def copy(self) -> Circuit:
        """An independent circuit with the same elements and ids, without listeners."""
        twin = Circuit(kinds=self.kinds)
        twin._elements, twin._names = dict(self._elements), dict(self._names)
        twin._shelves = {sort: shelf.copy() for sort, shelf in self._shelves.items()}
        twin._ends = self._ends.copy()
        twin._last_id = self._last_id
        return twin

    # changing -----------------------------------------------------------------------------------

    def apply(self, edit: Edit, *, checked: bool = False) -> Edit:
        """Carry out an edit as a whole and return its inverse; `checked` if a copy of this circuit has taken it.

        Raises:
            InputError: If the result would not be a legal circuit; nothing has changed then.
        """
        from circuitsim.circuit.edits.edit import Restore

        after = dict(edit.changes(self))
        before: dict[int, Element | None] = {i: self._elements.get(i) for i in after}
        try:
            self._write(after)
            if not checked:
                self._require_legal(after, before)
        except BaseException:
            self._write(before)
            raise
        self.changed.emit(Changed(before, after))
        return Restore(before, title=edit.text)

    def _require_legal(self, after: Changes, before: Changes) -> None:
        errors = [issue for issue in validate(self, after, before) if not issue.warning]
        if errors:
            raise InputError(errors)

    @contextmanager
    def rehearsal(self) -> Iterator[Callable[[Changes], None]]:
        """Write changes without validation or event, and take them back at the end of the block.

        Edits made of several edits use it to show each part what the parts before it have done.
        """
        before: dict[int, Element | None] = {}

        def write(changes: Changes) -> None:
            for i in changes:
                before.setdefault(i, self._elements.get(i))
            self._write(changes)

        try:
            yield write
        finally:
            self._write(before)

    # building -----------------------------------------------------------------------------------

    def add_neuron(self, name: str, kind: str = "ltc", **properties: Any) -> Neuron:
        """Add a neuron; parameters that are not given have the defaults of the kind.

        Args:
            name: Its identifier.
            kind: Id of the neuron kind.
            **properties: ``role``, ``start``, ``position``, ``label`` and the parameters of the kind.

        Raises:
            InputError: If a property does not exist or the circuit would not be legal.
        """
        return self._added(build.new_neuron(self, name, kind, **properties))

    def add_input(self, name: str, stimulus: str = "constant", **properties: Any) -> Input:
        """Add an input; connect it to neurons with `connect`.

        Args:
            name: Its identifier.
            stimulus: Id of the stimulus kind.
            **properties: ``table``, ``gain`` and ``offset`` of what it sends, ``key``, ``position``, ``label`` and the
                parameters of the stimulus; an ``offset`` goes to the stimulus if it has one itself, as a sine has.

        Raises:
            InputError: If a property does not exist or the circuit would not be legal.
        """
        return self._added(build.new_input(self, name, stimulus, **properties))

    def add_output(
        self, name: str, source: str, gain: float = 1.0, offset: float = 0.0, *, row: int = 0
    ) -> Output:
        """Add an output that reads a neuron, or a row of the projection of a network: gain times that plus an offset.

        Raises:
            InputError: If there is nothing of that name or the circuit would not be legal.
        """
        return self._added(build.new_output(self, name, self[source].id, gain, offset, row=row))

    def connect(self, pre: str, post: str, kind: str = "chemical", **properties: Any) -> Synapse:
        """Add a synapse between two neurons, or from an input to a neuron, by their names.

        Args:
            pre: Name of the presynaptic neuron or of the input.
            post: Name of the postsynaptic neuron.
            kind: Id of the synapse kind.
            **properties: ``label``, ``knots`` (x and y) where the kind has a curve, and the parameters of the kind.

        Raises:
            InputError: If an end or a property does not exist or the circuit would not be legal.
        """
        return self._added(build.new_synapse(self, self[pre].id, self[post].id, kind, **properties))

    def add_network(
        self, name: str, kind: str = "cfc", *, reads: Sequence[str] = (), **properties: Any
    ) -> Cell:
        """Add a discrete network with memory and its units; weights are drawn from a seed unless they are given.

        Args:
            name: Its identifier; units are called ``NAME_n0``, ``NAME_n1`` and so on unless ``unit_names`` says otherwise.
            kind: Id of the kind of network.
            reads: Names of the inputs and neurons that it reads, one for each column; empty for one free column.
            **properties: ``units``, ``backbone_layers``, ``backbone_units``, ``mixed_memory``, ``seed``, ``arrays``,
                ``unit_names``, ``position``, ``label`` and the parameters of the kind.

        Raises:
            InputError: If a name or a property does not exist or the circuit would not be legal.
        """
        from circuitsim.circuit.networks import add_network, new_network

        sources = tuple(self[source].id for source in reads) or (NOTHING,)
        cell, units = new_network(self, name, kind, reads=sources, **properties)
        self.apply(add_network(cell, units))
        return cell

    def mute(self, *what: str | Neuron | Synapse, muted: bool = True) -> None:
        """Lesion neurons and synapses; they stay in the drawing and act no more.

        Args:
            *what: Names of neurons, of synapses (``pre:post``), or neurons and synapses themselves.
            muted: False lets them act again.

        Raises:
            InputError: If there is nothing of that name, or it is neither a neuron nor a synapse.
        """
        from circuitsim.circuit.edits.mute import SetMuted
        from circuitsim.circuit.lesions import targets

        ids = [targets(self, e) if isinstance(e, str) else (e.id,) for e in what]
        self.apply(SetMuted(tuple(i for found in ids for i in found), muted))

    def _added(self, element: A) -> A:
        from circuitsim.circuit.edits.add import Add

        self.apply(Add((element,)))
        return element

    # filing -------------------------------------------------------------------------------------

    def _write(self, changes: Changes) -> None:
        self.edition += 1
        there = {i: element for i, element in changes.items() if element is not None}
        gone, come = to_refile(self._elements, self._names, changes)
        self._forget({i: changes[i] for i in gone})
        self._elements.update(there)
        for sort, elements in by_class(there).items():
            self._shelves[sort].put(elements)
        for sort, elements in by_class({i: there[i] for i in come}).items():
            self._remember(sort, elements)

    def _forget(self, successors: Mapping[int, Element | None]) -> None:
        """Take elements from where they are filed; all together, since there may be thousands."""
        for sort, elements in by_class({i: self._elements[i] for i in successors}).items():
            self._ends.take(elements, ENDS.get(sort, ()))
            self._shelves[sort].take([i for i in elements if type(successors[i]) is not sort])
        for i, successor in successors.items():
            if successor is None:
                del self._elements[i]

    def _remember(self, sort: type, elements: Mapping[int, Any]) -> None:
        """File elements of one class; all together, since there may be hundreds of thousands."""
        self._last_id = max(self._last_id, *elements)
        if issubclass(sort, Named):
            for i, element in elements.items():
                self._names.setdefault(element.name, i)
        self._ends.put(elements, ENDS.get(sort, ()))
