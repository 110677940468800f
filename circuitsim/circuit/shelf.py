"""Elements of one class in id order, cheap to change one at a time."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter, lt
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


class Shelf(Generic[T]):
    """Elements by id; `items` is rebuilt only after a change, and sorted only when ids came out of order."""

    def __init__(self) -> None:
        self._by_id: dict[int, T] = {}
        self._items: tuple[T, ...] | None = ()
        self._last = -1
        self._ordered = True

    def copy(self) -> Shelf[T]:
        """An independent shelf with the same elements."""
        twin: Shelf[T] = Shelf()
        twin._by_id, twin._items = dict(self._by_id), self._items
        twin._last, twin._ordered = self._last, self._ordered
        return twin

    def put(self, elements: Mapping[int, T]) -> None:
        """File elements by id; one that is already there under its id is replaced in its place."""
        fresh = [i for i in elements if i not in self._by_id]
        if fresh:
            rising = fresh[0] > self._last and all(map(lt, fresh, fresh[1:]))
            self._ordered = self._ordered and rising
            self._last = max(self._last, *fresh)
        self._by_id.update(elements)
        self._items = None

    def take(self, ids: Iterable[int]) -> None:
        """Remove the elements of some ids."""
        for i in ids:
            del self._by_id[i]
            self._items = None

    @property
    def items(self) -> tuple[T, ...]:
        """Everything, in id order."""
        if not self._ordered:
            self._by_id = dict(sorted(self._by_id.items()))
            self._last = next(reversed(self._by_id), -1)
            self._ordered = True
        if self._items is None:
            self._items = tuple(self._by_id.values())
        return self._items


class Ends:
    """What hangs on each element, by id.

    Copies share the lists, which nobody changes once they are made: large circuits are copied after every edit.
    """

    def __init__(self) -> None:
        self._attached: dict[int, list[int]] = {}  # rising; twice what begins and ends there

    def copy(self) -> Ends:
        """The same ends, independent of these."""
        twin = Ends()
        twin._attached = dict(self._attached)
        return twin

    def at(self, end: int) -> tuple[int, ...]:
        """What hangs on an element, in id order."""
        return tuple(dict.fromkeys(self._attached.get(end, ())))

    def put(self, elements: Mapping[int, object], ends: Iterable[str]) -> None:
        """Hang elements, given by id, on those whose ids are in their attributes of these names."""
        for end, ids in _by_end(elements, ends).items():
            self._attached[end] = sorted((*self._attached.get(end, ()), *ids))

    def take(self, elements: Mapping[int, object], ends: Iterable[str]) -> None:
        """Let elements hang on nothing any more."""
        for end, ids in _by_end(elements, ends).items():
            leaving = set(ids)
            self._attached[end] = [i for i in self._attached.get(end, ()) if i not in leaving]


def _by_end(elements: Mapping[int, object], ends: Iterable[str]) -> Mapping[int, list[int]]:
    """Ids of elements by what they hang on; twice what begins and ends there."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for name in ends:
        for end, i in zip(map(attrgetter(name), elements.values()), elements, strict=True):
            found[end].append(i)
    return found
