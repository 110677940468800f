"""Under what elements are filed: class, name, and what they hang on."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.elements import Cell, Document, Input, Named, Neuron, Note, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from circuitsim.circuit.elements import Element

CLASSES: tuple[type, ...] = (Document, Neuron, Synapse, Input, Cell, Output, Note)
ENDS: Mapping[type, tuple[str, ...]] = {Synapse: ("pre", "post"), Output: ("source",)}
_KEYS: Mapping[type, Callable[[Any], object]] = {
    Synapse: attrgetter(*ENDS[Synapse]),
    Output: attrgetter("name", *ENDS[Output]),
    **{sort: attrgetter("name") for sort in (Neuron, Input, Cell)},
}


def to_refile(
    elements: Mapping[int, Element], names: dict[str, int], changes: Mapping[int, Element | None]
) -> tuple[Iterable[int], Iterable[int]]:
    """Ids of elements that leave the place where they are filed, and of those that come to another one.

    Args:
        elements: By id, as they are.
        names: Who is found under each; those of who leaves are given up.
        changes: Elements by id, as they shall be; None where there shall be none.
    """
    before, after = [*map(elements.get, changes)], [*changes.values()]
    sorts = [*map(type, before)], [*map(type, after)]
    if len(alone := {*sorts[0], *sorts[1]}) == 1:  # thousands of numbers, most often
        (sort,) = alone
        key = _KEYS.get(sort, id)
        if not issubclass(sort, Named) and [*map(key, before)] == [*map(key, after)]:
            return (), ()
    if {*sorts[0]} == {type(None)}:  # or thousands that are new
        return (), changes
    gone, come = [], []
    for i, old, new in zip(changes, before, after, strict=True):
        if _moves(old, new, names):
            if isinstance(old, Named) and names.get(old.name) == i:
                del names[old.name]
            if old is not None:
                gone.append(i)
            if new is not None:
                come.append(i)
    return gone, come


def _moves(old: Element | None, new: Element | None, names: Container[str]) -> bool:
    """Whether an element is filed elsewhere than the one in whose place it comes, or is not found under its name.

    A name may be missing, as after another one had it that has gone.
    """
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
