"""Under what elements are filed: class, name, and what they hang on."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.elements import Cell, Document, Input, Named, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from circuitsim.circuit.elements import Element

CLASSES: tuple[type, ...] = (Document, Neuron, Synapse, Input, Cell, Output, Note)
ENDS: Mapping[type, tuple[str, ...]] = {Synapse: ("pre", "post"), Output: ("source",)}
_KEYS: Mapping[type, Callable[[Any], object]] = {
    Synapse: attrgetter(*ENDS[Synapse]),
    Output: attrgetter("name", *ENDS[Output]),
    **{sort: attrgetter("name") for sort in (Neuron, Input, Cell)},
}


def to_refile(
    before: Sequence[Element | None], after: Sequence[Element | None], names: Container[str]
) -> Iterator[int]:
    """Where elements are not filed as those in whose place they come, or are not found under their name when it is their turn.

    Args:
        before: What stood there; None where nothing did.
        after: What comes there; None where nothing does.
        names: Under which somebody is found. One may be missing, as after another one had it that has gone.
    """
    sorts = [*map(type, before)], [*map(type, after)]
    if len(alone := {*sorts[0], *sorts[1]}) == 1:  # thousands of numbers, most often
        (sort,) = alone
        key = _KEYS.get(sort, id)
        if not issubclass(sort, Named) and [*map(key, before)] == [*map(key, after)]:
            return
    for k, (old, new) in enumerate(zip(before, after, strict=True)):
        if _moves(old, new, names):
            yield k


def _moves(old: Element | None, new: Element | None, names: Container[str]) -> bool:
    sort = type(new)
    if type(old) is not sort or (isinstance(new, Named) and new.name not in names):
        return True
    key = _KEYS.get(sort)
    return key is not None and key(old) != key(new)


def by_class(elements: Mapping[int, Element]) -> Mapping[type, dict[int, Any]]:
    """Elements by id, of each class together."""
    found: dict[type, dict[int, Any]] = {}
    for i, element in elements.items():
        found.setdefault(type(element), {})[i] = element
    return found


def ends_of(element: Element | None) -> tuple[int, ...]:
    """Ids of the elements on which a synapse or an output hangs."""
    return tuple(getattr(element, end) for end in ENDS.get(type(element), ()))
