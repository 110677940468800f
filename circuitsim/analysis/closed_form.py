"""The closed form beside the ODE: what it approximates, how well, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._cost import costs, priced
from circuitsim.analysis._declare import Analysis, Part, Question, Which
from circuitsim.analysis._elapsed import cell_pieces, networks
from circuitsim.analysis._equations import CONDUCTANCE, PAPER, equations
from circuitsim.analysis._misses import TOLD, told
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Band, Column, Course, Diagram, Finding, Ink, Result, Style, Table
from circuitsim.spec.size import part, switch
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.analysis._cost import Cost
    from circuitsim.analysis._equations import Equations
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Piece, Value

NONE = "–"  # where there is no number


def _run(question: Question) -> Result:
    circuit, cells = question.circuit, networks(question)
    neurons = _neurons(question, lone=not cells)
    found = equations(question, neurons) if neurons else ()
    drawn, said = cell_pieces(circuit, cells)
    findings: list[Finding] = []
    before: list[Piece] = []
    values: dict[str, object] = {}
    after: list[Piece] = []
    if found:
        shown = max(found, key=lambda e: (e.closed is not None, not e.hollow, e.off))
        before = [_drawn(circuit, shown), _errors(circuit, shown)]
        after = [_listed(circuit, found)]
        findings += told(circuit, found, shown)
        values = _values(found, shown)
    if question.number("cost"):
        spent = costs(circuit, found, cells)
        after.append(priced(spent))
        values |= _spent(spent)
    return Result((*findings, *said), (*before, *drawn, *after), values)


def _neurons(question: Question, *, lone: bool) -> list[Neuron]:
    """The LTC neurons that are looked at.

    Args:
        question: What is asked.
        lone: Whether there is nothing else to look at.

    Raises:
        InputError: If there is none and nothing else, or the chosen one is no LTC neuron.
    """
    chosen, able = question.text("neuron"), (PAPER, CONDUCTANCE)
    found = [n for n in question.circuit.neurons if n.kind in able and chosen in ("", n.name)]
    if not found and (chosen or lone):
        problem = f"{chosen} is no LTC neuron" if chosen else "there is no LTC neuron and no CfC network"
        raise InputError(Issue("closed-form", problem, "choose or draw one"))
    return found


# what is shown ------------------------------------------------------------------------------------


def _drawn(circuit: Circuit, shown: Equations) -> Diagram:
    name, element, t = shown.neuron.name, shown.neuron.id, shown.t
    courses = [Course("ODE", t, shown.ode, Ink.OTHER, element=element)]
    bands: tuple[Band, ...] = ()
    if shown.altered is not None:
        courses.append(Course("altered ODE, exact", t, shown.altered, Ink.THIRD, element=element))
        if shown.lemma is not None:
            low, high = shown.altered - shown.lemma, shown.altered + shown.lemma
            bands = (Band("lemma 1", t, low, high, Ink.THIRD),)
    if shown.closed is not None:
        courses.append(Course("closed form", t, shown.closed, Ink.MAIN, element=element))
    courses.append(Course("exponential step", t, shown.step, Ink.FOURTH, Style.DASHED, element))
    doc = "The band is that of lemma 1: it belongs to the altered equation, and holds for the closed form alone."
    return Diagram(
        f"{name} by {'four' if len(courses) == 4 else 'three'} equations",
        doc if bands else "The same input by every equation that there is for this neuron.",
        "t", name, tuple(courses), bands,
        circuit.unit_system.unit(Dimension.TIME), circuit.unit_system.unit(Dimension.POTENTIAL),
    )  # fmt: skip


def _errors(circuit: Circuit, shown: Equations) -> Diagram:
    t, closed, courses = shown.t, shown.closed, []
    if closed is not None:
        courses.append(_distance("closed form − ODE", t, closed - shown.ode, Ink.MAIN))
        if shown.lemma is not None and shown.altered is not None:
            courses.append(_distance("closed form − altered", t, closed - shown.altered, Ink.THIRD))
            courses.append(Course("lemma 1", t, shown.lemma, Ink.QUIET, Style.DASHED))
    if shown.missed_by_step > TOLD:  # what is exact has no line
        courses.append(_distance("exponential step − ODE", t, shown.step - shown.ode, Ink.FOURTH))
    return Diagram(
        "Distances", "How far the equations are from each other; the lemma bounds the distance from the altered one alone.",
        "t", "distance", tuple(courses), (), circuit.unit_system.unit(Dimension.TIME),
        circuit.unit_system.unit(Dimension.POTENTIAL), log_y=True,
    )  # fmt: skip


def _distance(name: str, t: Floats, apart: Floats, ink: Ink) -> Course:
    """A distance, as far as what is integrated is exact enough to tell it."""
    size = np.abs(apart)
    return Course(name, t, np.where(size > TOLD, size, np.nan), ink)


def _listed(circuit: Circuit, found: Sequence[Equations]) -> Table:
    unit = circuit.unit_system.unit(Dimension.POTENTIAL)
    ends = [e.ends() for e in found]
    altered, stepped = any(e.altered is not None for e in found), any(e.missed_by_step > TOLD for e in found)
    every = (
        (True, "from ODE", "Largest distance of the closed form from the differential equation.",
         [e.off for e in found]),
        (altered, "from altered", "Largest distance of the closed form from the equation that it stands for.",
         [e.off_altered for e in found]),
        (True, "at start", "Distance of the closed form from the start state.", [start for start, _ in ends]),
        (True, "at end", "Distance of the closed form from the differential equation at the last instant.",
         [end for _, end in ends]),
        (stepped, "exp. step", "Largest distance of the exponential step from the differential equation.",
         [e.missed_by_step for e in found]),
    )  # fmt: skip
    kept = [(Column(title, unit, doc), values) for shown, title, doc, values in every if shown]
    rows = ((e.neuron.name, *(_number(values[k]) for _, values in kept)) for k, e in enumerate(found))
    columns = (Column("neuron"), *(each for each, _ in kept))
    return Table("Largest distances", columns, tuple(rows), tuple(e.neuron.id for e in found))


def _number(distance: float) -> Value:
    return NONE if np.isnan(distance) else distance if distance > TOLD else 0.0


def _values(found: Sequence[Equations], shown: Equations) -> dict[str, object]:
    ends = np.array([e.ends() for e in found])
    return {
        "neurons": [e.neuron.name for e in found], "shown": shown.neuron.name, "t": shown.t, "ode": shown.ode,
        "altered": shown.altered, "closed": shown.closed, "step": shown.step, "bound": shown.lemma,
        "from_ode": np.array([e.off for e in found]), "from_altered": np.array([e.off_altered for e in found]),
        "at_start": ends[:, 0], "at_end": ends[:, 1], "step_from_ode": np.array([e.missed_by_step for e in found]),
    }  # fmt: skip


def _spent(found: Sequence[Cost]) -> dict[str, object]:
    """Nanoseconds and evaluations of a step, by the title of the curve or the name of the network."""
    return {
        "cost": {cost.title: cost.time for cost in found},
        "evaluations": {cost.title: cost.evaluations for cost in found},
    }


ANALYSIS = Analysis(
    id="closed-form",
    title="Closed form",
    doc="Shows the differential equation of a neuron, the exact solution of the altered equation, the published closed form and "
    "the exponential step on the same input, how far they are apart and what a step costs.",
    holds="LTC neurons in the paper's form with a logistic f, each on what it hears in the ODE; the synapse-wise form for LTC "
    "neurons in conductance form; CfC networks as functions of the elapsed time.",
    avoid="Do not take the closed form for a solver: it forgets the past of its input, misses the start state, and heads for A "
    "instead of A f / (1/τ + f).",
    reference="Hasani et al., Nature Machine Intelligence 4 (2022) 992, arXiv 2106.13898, eq. 2, lemma 1 and algorithm 1",
    options=(
        Which("neuron", "neuron", "Whose courses are drawn.", "neuron", "all neurons"),
        part("duration", "duration", 0.0, 0.0, 1e9, "Length of the courses; 0 takes five of the slowest time constants, 5000 steps at most."),
        switch("cost", "time the steps", "Whether the steps are timed.", on=True),
    ),
    parts=(Part(_run),),
)  # fmt: skip
