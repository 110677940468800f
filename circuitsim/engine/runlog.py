"""The log of a live run: enough to run it again, bit by bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True, slots=True)
class Edited:
    """Elements were replaced, added or removed (None) at a time."""

    t: float
    after: Mapping[int, Element | None]


@dataclass(frozen=True, slots=True)
class HandMoved:
    """A hand pressed or released a button or moved a slider at a time."""

    t: float
    input_id: int
    value: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run was to stop at a time, which may lie between two steps; a step ended there."""

    t: float


LogEvent = Edited | HandMoved | Stopped


@dataclass(frozen=True, slots=True)
class RunLog:
    """A run from time 0 on.

    Attributes:
        circuit: The circuit at time 0; nobody may change it.
        solver: Id of the solver at time 0.
        dt: Its step.
        seed: Seed of everything random.
        events: What happened, in order of time.
        end: How far the run has come.
    """

    circuit: Circuit
    solver: str
    dt: float
    seed: int
    events: tuple[LogEvent, ...]
    end: float
