"""Networks that are closed forms themselves: what they would answer after one time and another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._point import present
from circuitsim.circuit.elements import Neuron
from circuitsim.engine.cells import answers
from circuitsim.spec.result import Course, Diagram, Finding, Ink, Level
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell
    from circuitsim.spec.bounds import Floats

COUNT = 61  # elapsed times
REACH = 30.0  # of the period, to either side
MOST = 6  # units that are drawn
INKS = (Ink.MAIN, Ink.OTHER, Ink.THIRD, Ink.FOURTH, Ink.ERROR, Ink.QUIET)
CLOSED = ("cfc", "cfc_no_gate", "cfc_pure", "cfc_wired")


def cell_pieces(question: Question) -> tuple[list[Diagram], list[Finding]]:
    """A diagram and a sentence for every CfC network."""
    circuit = question.circuit
    cells = [cell for cell in circuit.cells if cell.kind in CLOSED]
    if not cells:
        return [], []
    states, inputs = present(question)
    text = (
        "A CfC network is a closed form by itself: it solves no equation, and the time since its last call stands in its "
        "gate. So it has no error of a step; what it answers after another time is drawn."
    )
    pieces = [_diagram(circuit, cell, states, inputs) for cell in cells]
    return pieces, [Finding(text, Level.NOTE, tuple(cell.id for cell in cells))]


def _diagram(circuit: Circuit, cell: Cell, states: dict[int, float], inputs: Floats) -> Diagram:
    period = cell.parameters["period"]
    elapsed = period * np.geomspace(1.0 / REACH, REACH, COUNT)
    found = answers(circuit, cell, states, inputs, elapsed)
    moved = np.ptp(found, axis=0)
    drawn = sorted(np.argsort(-moved, kind="stable")[:MOST].tolist())
    courses = tuple(
        Course(circuit.get(cell.units[k], Neuron).name, elapsed, found[:, k], ink, element=cell.units[k])
        for k, ink in zip(drawn, INKS, strict=False)
    )
    doc = f"What units of {cell.name} would answer to a call after so long, with present states and inputs."
    unit = circuit.unit_system.unit(Dimension.TIME)
    return Diagram(f"{cell.name} by elapsed time", doc, "elapsed", "state", courses, x_unit=unit, log_x=True)
