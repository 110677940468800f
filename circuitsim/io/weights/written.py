"""Weights that are about to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from numpy.typing import NDArray

    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by the names of ncps, and what else ncps must be told.

    Attributes:
        arrays: float64, as they are stored.
        told: Options that the names do not tell, by their names.
        report: Sentences for people.
        due: float64, what some of them must become when they are read.
        become: What makes that of them.
    """

    arrays: dict[str, Floats]
    told: dict[str, str]
    report: tuple[str, ...]
    due: Mapping[str, Floats] = field(default_factory=dict)
    become: Callable[[Floats], Floats] | None = None

    def same(self, short: Mapping[str, NDArray[Any]]) -> bool:
        """Whether arrays with fewer digits become the same numbers."""
        return all(self._same(name, short[name].astype("<f8")) for name in self.arrays)

    def _same(self, name: str, rounded: Floats) -> bool:
        if name in self.due and self.become is not None:
            return np.array_equal(self.become(rounded), self.due[name])
        return np.array_equal(rounded, self.arrays[name])


def inexpressible(
    where: str, problem: str, remedy: str = "save the circuit as NAME.circuit.json"
) -> InputError:
    """The sentence for what ncps cannot express."""
    return InputError(Issue(where, problem, remedy))
