"""The circuit: elements by id, changed by edits that return their inverse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from circuitsim.circuit.elements import (
    DOCUMENT_ID,
    Document,
    Element,
    Input,
    Named,
    Neuron,
    Note,
    Output,
    Synapse,
)
from circuitsim.circuit.validate import validate
from circuitsim.spec.catalogue import kinds as all_kinds
from circuitsim.spec.event import Event
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from circuitsim.circuit.edits.edit import Edit
    from circuitsim.spec.kind import Kinds
    from circuitsim.spec.unit import UnitSystem

E = TypeVar("E", bound=Element)

Changes = Mapping[int, Element | None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit changed: elements by id before and after; None where there was or is none."""

    before: Changes
    after: Changes


class Circuit:
    """Neurons, synapses, inputs, outputs and notes, by id.

    Attributes:
        changed: Emits a `Changed` after every edit.
        kinds: The declarations it is validated against.
    """

    def __init__(self, title: str = "", unit_system: str = "liquid", kinds: Kinds | None = None) -> None:
        self.changed: Event[Changed] = Event()
        self.kinds = kinds or all_kinds()
        self._elements: dict[int, Element] = {DOCUMENT_ID: Document(title=title, unit_system=unit_system)}
        self._last_id = DOCUMENT_ID
        self._names: dict[str, int] = {}
        self._ends: dict[int, dict[int, None]] = {}

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
        assert isinstance(document, Document)  # noqa: S101  (held by `_write`)
        return document

    @property
    def unit_system(self) -> UnitSystem:
        """The units of every number in this circuit."""
        from circuitsim.spec.unit import UNIT_SYSTEMS

        return UNIT_SYSTEMS[self.document.unit_system]

    @property
    def neurons(self) -> tuple[Neuron, ...]:
        """Neurons in id order."""
        return self._of(Neuron)

    @property
    def synapses(self) -> tuple[Synapse, ...]:
        """Synapses in id order."""
        return self._of(Synapse)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Inputs in id order."""
        return self._of(Input)

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Outputs in id order."""
        return self._of(Output)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Notes in id order."""
        return self._of(Note)

    def _of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple(self._elements[i] for i in sorted(self._elements) if isinstance(self._elements[i], kind))  # type: ignore[misc]

    def __getitem__(self, name: str) -> Named:
        """The neuron, input or output of a name.

        Raises:
            InputError: If there is none.
        """
        if name not in self._names:
            raise InputError(
                Issue("", f"there is no neuron, input or output named {name!r}", "check the name")
            )
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
        """The neuron, input or output of a name, or None."""
        return self[name] if name in self._names else None

    def attached(self, element: int) -> tuple[int, ...]:
        """Ids of the synapses and outputs that begin or end at an element, in id order."""
        return tuple(sorted(self._ends.get(element, ())))

    def new_id(self) -> int:
        """An id that no element has or had."""
        self._last_id += 1
        return self._last_id

    def free_name(self, stem: str) -> str:
        """An unused identifier: the stem itself or the stem with a number."""
        if stem not in self._names:
            return stem
        number = 2
        while f"{stem}{number}" in self._names:
            number += 1
        return f"{stem}{number}"

    def copy(self) -> Circuit:
        """An independent circuit with the same elements and ids, without listeners."""
        twin = Circuit(kinds=self.kinds)
        twin._write(self._elements)
        twin._last_id = self._last_id
        return twin

    # changing -----------------------------------------------------------------------------------

    def apply(self, edit: Edit) -> Edit:
        """Carry out an edit as a whole and return its inverse.

        Raises:
            InputError: If the result would not be a legal circuit; nothing has changed then.
        """
        from circuitsim.circuit.edits.edit import Restore

        after = dict(edit.changes(self))
        before: dict[int, Element | None] = {i: self._elements.get(i) for i in after}
        self._write(after)
        errors = [issue for issue in validate(self, after) if not issue.warning]
        if errors:
            self._write(before)
            raise InputError(errors)
        self.changed.emit(Changed(before, after))
        return Restore(before, title=edit.text)

    def _write(self, changes: Changes) -> None:
        for i in changes:
            self._forget(i)
        for i, element in changes.items():
            if element is not None:
                self._remember(i, element)

    def _forget(self, i: int) -> None:
        old = self._elements.pop(i, None)
        if isinstance(old, Named) and self._names.get(old.name) == i:
            del self._names[old.name]
        for end in _ends_of(old):
            self._ends[end].pop(i, None)

    def _remember(self, i: int, element: Element) -> None:
        self._elements[i] = element
        self._last_id = max(self._last_id, i)
        if isinstance(element, Named):
            self._names.setdefault(element.name, i)
        for end in _ends_of(element):
            self._ends.setdefault(end, {})[i] = None


def _ends_of(element: Element | None) -> tuple[int, ...]:
    if isinstance(element, Synapse):
        return (element.pre, element.post)
    if isinstance(element, Output):
        return (element.source,)
    return ()
