"""A circuit expanded about a point, as the causal model takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._point import Point, present, require_rates
from circuitsim.analysis._spectrum import rightmost
from circuitsim.engine.bands import bands
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands

ZERO, PRESENT, FIXED = range(3)  # values of the option `at`


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """The circuit about a point.

    Attributes:
        point: The point, with A and C.
        where: What it is called.
        at: Which of the points it is.
        b: How A changes with each input, float64[n, n] each; arrays, or sparse ones of many neurons.
        bands: The intervals of the circuit.
        chosen: Which input takes a step; -1 if there is none.
        eigenvalues: complex128[k], of A; of many neurons those with the largest real parts.
    """

    point: Point
    where: str
    at: int
    b: list[Any]
    bands: Bands
    chosen: int
    eigenvalues: NDArray[np.complex128]

    @property
    def growth(self) -> float:
        """Largest real part of an eigenvalue of A."""
        return float(self.eigenvalues.real.max())


def expanded(question: Question) -> Expansion:
    """Expand the circuit where the question says.

    Raises:
        InputError: If the circuit is not given by rates of change, or no fixed point was found.
    """
    circuit = question.circuit
    require_rates(circuit, "dcm")
    at = int(question.number("at"))
    point, where = _point(question, at)
    b = [point.mixed(k) for k in range(len(circuit.inputs))]
    k = _chosen(circuit, question.text("input"), point)
    return Expansion(point, where, at, b, bands(circuit, question.states), k, rightmost(point.by_state))


def _chosen(circuit: Circuit, name: str, point: Point) -> int:
    """Which input takes the step: the one of a name, or the strongest; -1 if there is none."""
    if not circuit.inputs:
        return -1
    return [i.name for i in circuit.inputs].index(name) if name else int(point.strengths().argmax())


def _point(question: Question, at: int) -> tuple[Point, str]:
    """The point of the expansion, and what it is called."""
    circuit = question.circuit
    if at == ZERO:
        nowhere = {n.id: 0.0 for n in circuit.neurons}
        return Point(circuit, np.zeros(len(circuit.inputs)), nowhere, question.t), "x = 0, I = 0"
    states, inputs = present(question)
    point = Point(circuit, inputs, states, question.t)
    if at == PRESENT:
        return point, "the present state"
    if not point.settle():
        problem = "no fixed point was found near the present state"
        raise InputError(Issue("dcm", problem, "let it run until it is nearly at rest, or take at=present"))
    return point, "a fixed point"
