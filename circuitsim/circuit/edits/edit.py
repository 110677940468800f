"""The shape of an edit, the inverse of any edit, and several edits as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


class Edit(Protocol):
    """One thing a user does to a circuit; `Circuit.apply` carries it out and returns the inverse."""

    @property
    def text(self) -> str:
        """What the undo menu says, in the imperative (``Move AVAL``)."""

    @property
    def merge_key(self) -> str | None:
        """Equal keys of successive edits make one step of undo; None never merges."""

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """Elements by id as they shall be; None removes one.

        Raises:
            InputError: If the edit does not fit the circuit.
        """


@dataclass(frozen=True)
class Restore:
    """Put elements back as they were: the inverse of any edit."""

    elements: Mapping[int, Element | None]
    title: str = "Change"
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """The text of the edit that it takes back."""
        return self.title

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:  # noqa: ARG002  (the shape of an edit)
        """The elements as they were."""
        return self.elements


@dataclass(frozen=True)
class Compound:
    """Several edits as one; each sees what the edits before it have done."""

    edits: tuple[Edit, ...]
    title: str
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """The title of the whole."""
        return self.title

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """The changes of all parts together."""
        result: dict[int, Element | None] = {}
        with circuit.rehearsal() as write:
            for edit in self.edits:
                part = edit.changes(circuit)
                write(part)
                result.update(part)
        return result
