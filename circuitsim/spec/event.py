"""A plain event emitter for headless objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Event(Generic[T]):
    """Calls its listeners in the order in which they connected."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def connect(self, listener: Callable[[T], None]) -> None:
        """Call a listener at every emission from now on."""
        self._listeners.append(listener)

    def disconnect(self, listener: Callable[[T], None]) -> None:
        """Stop calling a listener.

        Raises:
            ValueError: If it was not connected.
        """
        self._listeners.remove(listener)

    def emit(self, message: T) -> None:
        """Hand a message to every listener."""
        for listener in tuple(self._listeners):
            listener(message)
