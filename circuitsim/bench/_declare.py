"""The shape of a peer's declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from circuitsim.bench.cases import CASES

if TYPE_CHECKING:
    from circuitsim.bench.workload import Workload

Runner = Callable[[float], NDArray[np.float64]]  # a duration in; float64[n], the states at its end, out

STEP = 0.05  # s, of every solver with a fixed step unless said


class Missing(Exception):
    """A peer cannot be run here.

    Attributes:
        reason: Why.
        remedy: Commands of a shell that mend it; may be empty.
    """

    def __init__(self, reason: str, remedy: str = "") -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(f"{reason}: {remedy}" if remedy else reason)


@dataclass(frozen=True)
class Peer:
    """Another way to compute the workload.

    Attributes:
        id: Name in files.
        title: Name in the table.
        solver: Solver of circuitsim that does the same.
        prepare: Makes the numbers of a case ready to run; raises Missing if it cannot.
        cases: Ids of the cases it is run on.
        modules: What must be installed for it.
        remedy: Tells the commands that install it.
        step: Step of both, s; None where both choose their own.
        quiet: Whether it runs without inputs.
        always: Whether it runs without being asked for.
    """

    id: str
    title: str
    solver: str
    prepare: Callable[[Workload], Runner]
    cases: tuple[str, ...] = tuple(CASES)
    modules: tuple[str, ...] = ()
    remedy: Callable[[], str] = str
    step: float | None = STEP
    quiet: bool = False
    always: bool = False

    @property
    def installed(self) -> bool:
        """Whether everything it needs is there."""
        return all(find_spec(module) is not None for module in self.modules)
