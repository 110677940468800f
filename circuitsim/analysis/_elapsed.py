"""Networks that are closed forms themselves: what they would answer after one time and another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._point import present
from circuitsim.circuit.elements import Neuron
from circuitsim.engine.cells import answering
from circuitsim.spec.result import Course, Diagram, Finding, Ink, Level
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell
    from circuitsim.spec.bounds import Floats

    Answers = Callable[[Floats], Floats]

COUNT = 61  # elapsed times
REACH = 30.0  # of the period, to either side
MOST = 6  # units that are drawn
INKS = (Ink.MAIN, Ink.OTHER, Ink.THIRD, Ink.FOURTH, Ink.ERROR, Ink.QUIET)
CLOSED = ("cfc", "cfc_no_gate", "cfc_pure", "cfc_wired")


def networks(question: Question) -> list[tuple[Cell, Answers]]:
    """Every CfC network, and what it answers with present states and inputs."""
    circuit = question.circuit
    cells = [cell for cell in circuit.cells if cell.kind in CLOSED]
    if not cells:
        return []
    states, inputs = present(question)
    return [(cell, answering(circuit, cell, states, inputs)) for cell in cells]


def elapsed_of(cell: Cell) -> Floats:
    """float64[k], times around the period of a network."""
    times: Floats = cell.parameters["period"] * np.geomspace(1.0 / REACH, REACH, COUNT)
    return times


def cell_pieces(circuit: Circuit, found: list[tuple[Cell, Answers]]) -> tuple[list[Diagram], list[Finding]]:
    """A diagram for every CfC network, and a sentence."""
    if not found:
        return [], []
    text = (
        "A CfC network is a closed form by itself: it solves no equation, and the time since its last call stands in its "
        "gate. So it has no error of a step; what it answers after another time is drawn."
    )
    pieces = [_diagram(circuit, cell, answers) for cell, answers in found]
    return pieces, [Finding(text, Level.NOTE, tuple(cell.id for cell, _ in found))]


def _diagram(circuit: Circuit, cell: Cell, answers: Answers) -> Diagram:
    elapsed = elapsed_of(cell)
    found = answers(elapsed)
    moved = np.ptp(found, axis=0)
    drawn = sorted(np.argsort(-moved, kind="stable")[:MOST].tolist())
    courses = tuple(
        Course(circuit.get(cell.units[k], Neuron).name, elapsed, found[:, k], ink, element=cell.units[k])
        for k, ink in zip(drawn, INKS, strict=False)
    )
    doc = f"What units of {cell.name} would answer to a call after so long, with present states and inputs."
    unit = circuit.unit_system.unit(Dimension.TIME)
    return Diagram(f"{cell.name} by elapsed time", doc, "elapsed", "state", courses, x_unit=unit, log_x=True)
