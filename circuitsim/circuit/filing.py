"""Under what elements are filed: class, name, and what they hang on."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.elements import Cell, Document, Input, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.elements import Element

CLASSES: tuple[type, ...] = (Document, Neuron, Synapse, Input, Cell, Output, Note)
ENDS: Mapping[type, tuple[str, ...]] = {Synapse: ("pre", "post"), Output: ("source",)}
_KEYS: Mapping[type, Callable[[Any], object]] = {
    Synapse: attrgetter(*ENDS[Synapse]),
    Output: attrgetter("name", *ENDS[Output]),
    **{sort: attrgetter("name") for sort in (Neuron, Input, Cell)},
}


def filed_alike(old: Element | None, new: Element) -> bool:
    """Whether an element takes the place of another one under the same name and at the same ends."""
    sort = type(new)
    if type(old) is not sort:
        return False
    key = _KEYS.get(sort)
    return key is None or key(old) == key(new)


def by_class(elements: Mapping[int, Element]) -> Mapping[type, dict[int, Any]]:
    """Elements by id, of each class together."""
    found: dict[type, dict[int, Any]] = {}
    for i, element in elements.items():
        found.setdefault(type(element), {})[i] = element
    return found


def ends_of(element: Element | None) -> tuple[int, ...]:
    """Ids of the elements on which a synapse or an output hangs."""
    return tuple(getattr(element, end) for end in ENDS.get(type(element), ()))
