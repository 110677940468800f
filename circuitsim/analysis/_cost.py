"""What a step costs by each equation: evaluations, and the time that they take on this machine now.

Neurons are timed alone, with what they hear standing still, and so many copies of them that what a call costs besides
does not count.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._elapsed import elapsed_of
from circuitsim.analysis._equations import CLOSED, CONDUCTANCE, EXPONENTIAL, PAPER, synapse_wise
from circuitsim.circuit.build import new_input
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.engine.proposal import propose
from circuitsim.engine.session import Session
from circuitsim.spec.result import NOTHING, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from circuitsim.analysis._elapsed import Answers
    from circuitsim.analysis._equations import Equations
    from circuitsim.circuit.elements import Cell, Element, Neuron, Synapse

TIMED, STRETCHES = 100, 5  # steps, and how often
COPIES = 128  # neurons at least that are timed together
MOST = 32  # different ones
APART = 1e-9  # between midpoints of copies
STILL = 1e-3  # of a step: states hardly move while they are timed
INSTANTS = 2048  # of a formula that is evaluated for many at once
ODE, FUSED = "rk4", "fused"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step costs by one equation.

    Attributes:
        title: Name of the curve.
        evaluations: How often the right-hand side or the formula is evaluated in a step.
        time: Nanoseconds for one neuron and step.
        element: The network that it belongs to; `NOTHING` for neurons.
    """

    title: str
    evaluations: int
    time: float
    element: int = NOTHING


def costs(circuit: Circuit, found: Sequence[Equations], cells: Sequence[tuple[Cell, Answers]]) -> list[Cost]:
    """The cost of a step of every curve that there is, for the neurons of both forms and for networks."""
    result: list[Cost] = []
    forms = {e.neuron.kind for e in found}
    for kind, title in ((PAPER, "paper"), (CONDUCTANCE, "conductance")):
        some = _some([e for e in found if e.neuron.kind == kind])
        if some:
            form = f" ({title})" if len(forms) > 1 else ""
            result += [replace(cost, title=cost.title + form) for cost in _form(circuit, some)]
    return [*result, *(_called(cell, answers) for cell, answers in cells)]


def _some(found: list[Equations]) -> list[Equations]:
    """Not too many, from everywhere."""
    return found[:: math.ceil(len(found) / MOST)] if found else []


def _form(circuit: Circuit, found: Sequence[Equations]) -> Iterator[Cost]:
    """Costs of neurons of one form."""
    drawn = _alone(circuit, found, lambda neuron: neuron)
    way = circuit.kinds.solvers[ODE].title
    dt = STILL * propose(circuit).dt
    yield _solved(f"ODE, {way}", drawn, ODE, dt)
    if found[0].neuron.kind == CONDUCTANCE:
        yield Cost("closed form", 1, float(np.mean([_evaluated(e) for e in found])))
    else:
        yield _solved(f"altered ODE, {way}", _alone(circuit, found, _altered), ODE, dt)
        if closed := [e for e in found if e.closed is not None]:
            yield _solved("closed form", _alone(circuit, closed, _closed), EXPONENTIAL, dt)
    yield _solved("exponential step", drawn, EXPONENTIAL, dt)
    yield _solved("fused step", drawn, FUSED, dt)


def _altered(neuron: Neuron) -> Neuron:
    return replace(neuron, parameters={**neuron.parameters, "target": 0.0})


def _closed(neuron: Neuron) -> Neuron:
    kept = {name: neuron.parameters[name] for name in ("time_constant", "target", "bias")}
    return replace(neuron, kind=CLOSED, parameters=kept)


def _alone(circuit: Circuit, found: Sequence[Equations], change: Callable[[Neuron], Neuron]) -> Circuit:
    """Copies of neurons that hear what they hear from inputs that stand still; junctions, which need two neurons, are left out."""
    result = Circuit(unit_system=circuit.document.unit_system, kinds=circuit.kinds)
    source = new_input(result, "source", value=0.5)
    elements: list[Element] = [source]
    able = {kind.id for kind in circuit.kinds.synapses.values() if "input" in kind.sources and not kind.clamp}
    for copy in range(math.ceil(COPIES / len(found))):
        for e in found:
            neuron = replace(change(e.neuron), id=result.new_id(), name=f"n{e.neuron.id}_{copy}", muted=False)
            elements.append(neuron)
            heard = (s for s in e.heard if s.kind in able)
            elements += [_other(replace(s, id=result.new_id(), pre=source.id, post=neuron.id)) for s in heard]
    result.apply(Add(tuple(elements)), checked=True)  # as legal as where they come from
    return result


def _other(synapse: Synapse) -> Synapse:
    """A synapse with a midpoint of its own, so that its gate is not computed once for all copies."""
    numbers = synapse.parameters
    if "midpoint" not in numbers:
        return synapse
    return replace(synapse, parameters={**numbers, "midpoint": numbers["midpoint"] + synapse.id * APART})


def _solved(title: str, alone: Circuit, solver: str, dt: float) -> Cost:
    kind = alone.kinds.solvers[solver]
    session = Session(alone, solver, dt, every=TIMED)
    session.advance(TIMED)
    best = _fastest(lambda: session.advance(TIMED))
    return Cost(title, kind.stages, best / TIMED / len(alone.neurons))


def _evaluated(e: Equations) -> float:
    """Nanoseconds of an instant of the synapse-wise form, many instants at once."""
    assert e.pieces is not None  # noqa: S101  (a neuron in conductance form has them)
    t = np.resize(e.t, INSTANTS)
    numbers, pre = e.pieces[0], np.resize(e.pieces[1][:, :1], (e.pieces[1].shape[0], INSTANTS))
    best = _fastest(lambda: synapse_wise(t, float(e.ode[0]), e.neuron, numbers, pre))
    return best / INSTANTS


def _called(cell: Cell, answers: Answers) -> Cost:
    elapsed = elapsed_of(cell)
    best = _fastest(lambda: answers(elapsed))
    return Cost(f"{cell.name}, a call", 1, best / elapsed.size / len(cell.units), cell.id)


def _fastest(work: Callable[[], object]) -> float:
    """Nanoseconds of the fastest of several stretches."""
    best = math.inf
    for _ in range(STRETCHES):
        begun = time.perf_counter_ns()
        work()
        best = min(best, float(time.perf_counter_ns() - begun))
    return best


def priced(found: Sequence[Cost]) -> Table:
    """The table of costs."""
    columns = (
        Column("a step of"),
        Column("evaluations", "", "How often the right-hand side or the formula is evaluated in a step."),
        Column(
            "a neuron",
            "ns",
            "Time for one neuron and step, in the fastest of five stretches on this machine now. Solvers take several neurons "
            "at once, the synapse-wise form several instants; a network is timed by its units.",
        ),
    )
    rows = tuple((cost.title, str(cost.evaluations), cost.time) for cost in found)
    return Table("Cost of a step", columns, rows, tuple(cost.element for cost in found))
