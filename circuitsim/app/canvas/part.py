"""Some elements of a drawing: those that are in the air, or all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.circuit.elements import Element

    E = TypeVar("E", bound=Element)


@dataclass(frozen=True)
class Part:
    """Elements of some ids, or all others.

    Attributes:
        ids: The ids.
        others: Whether it is all others.
    """

    ids: frozenset[int]
    others: bool = False

    def of(self, elements: Iterable[E]) -> list[E]:
        """Those of some elements that belong to it."""
        return [element for element in elements if (element.id in self.ids) != self.others]

    def takes(self, group: Iterable[int]) -> bool:
        """Whether a group belongs to it: to some elements with any of its own, to all others as a whole."""
        return self.ids.isdisjoint(group) == self.others
