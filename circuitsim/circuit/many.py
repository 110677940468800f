"""Thousands of elements altered at once."""

from __future__ import annotations

from collections import deque
from dataclasses import fields
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from circuitsim.circuit.elements import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from circuitsim.circuit.elements import Parameters, Tunable

E = TypeVar("E", bound=Element)


def with_parameters(elements: Sequence[Tunable], parameters: Sequence[Parameters]) -> list[Tunable]:
    """Elements of any class with other parameters, in their order."""
    result = list(elements)
    for sort in dict.fromkeys(map(type, elements)):
        rows = [row for row, element in enumerate(elements) if type(element) is sort]
        made = replaced([elements[row] for row in rows], parameters=[parameters[row] for row in rows])
        for row, element in zip(rows, made, strict=True):
            result[row] = element
    return result


def replaced(elements: Sequence[E], **columns: Iterable[Any]) -> list[E]:
    """What `dataclasses.replace` makes of each element, in a quarter of the time: slot by slot instead of one by one.

    Args:
        elements: All of one class.
        columns: For each field that changes, the new value of each element, in their order.
    """
    if not elements:
        return []
    sort = type(elements[0])
    made = list(map(object.__new__, repeat(sort, len(elements))))
    for field in fields(sort):
        column = columns.get(field.name) or map(attrgetter(field.name), elements)
        deque(
            map(vars(sort)[field.name].__set__, made, column), maxlen=0
        )  # to set them is all that is wanted
    return made
