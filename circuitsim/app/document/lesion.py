"""Lesions of what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.edits import SetMuted
from circuitsim.circuit.lesions import Mutable, muted

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document


def mutable(document: Document) -> tuple[int, ...]:
    """Ids of the neurons and synapses that are selected, in id order."""
    elements = document.circuit.elements
    return tuple(i for i in sorted(document.selection) if isinstance(elements.get(i), Mutable))


def can_mute(document: Document) -> bool:
    """Whether something is selected that can be muted."""
    return document.chosen.count(Mutable) > 0


def all_muted(document: Document) -> bool:
    """Whether there is something selected that can be muted, and all of it is."""
    chosen = map(document.circuit.elements.get, document.selection)
    return can_mute(document) and all(muted(e) for e in chosen if isinstance(e, Mutable))


def toggle_muted(document: Document) -> None:
    """Mute all selected neurons and synapses; if they are muted already, let them act again."""
    chosen = mutable(document)
    acting = tuple(i for i in chosen if not muted(document.circuit.elements[i]))
    document.push(SetMuted(acting or chosen, bool(acting)))
