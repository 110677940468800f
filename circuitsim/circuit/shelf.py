"""Elements of one class in id order, cheap to change one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

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

    def put(self, i: int, element: T) -> None:
        """File an element; one that is already there under the id is replaced in its place."""
        if i not in self._by_id:
            self._ordered = self._ordered and i > self._last
            self._last = max(self._last, i)
        self._by_id[i] = element
        self._items = None

    def take(self, i: int) -> None:
        """Remove the element of an id."""
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

    Copies share it until one of them changes what hangs on an element: large circuits are copied after every edit.
    """

    def __init__(self) -> None:
        self._attached: dict[int, dict[int, None]] = {}
        self._own: set[int] = set()  # elements whose part no copy shares

    def copy(self) -> Ends:
        """The same ends, independent of these."""
        twin = Ends()
        twin._attached, self._own = dict(self._attached), set()
        return twin

    def at(self, end: int) -> Collection[int]:
        """What hangs on an element."""
        return self._attached.get(end, {}).keys()

    def put(self, end: int, i: int) -> None:
        """Hang something on an element."""
        if end in self._own:  # a file of a large circuit comes here for each end of its synapses
            self._attached[end][i] = None
        else:
            self._of(end)[i] = None

    def take(self, end: int, i: int) -> None:
        """Let something hang on an element no more."""
        self._of(end).pop(i, None)

    def _of(self, end: int) -> dict[int, None]:
        if end not in self._own:
            self._own.add(end)
            self._attached[end] = dict(self._attached.get(end, ()))
        return self._attached[end]
