"""The closed form beside the ODE: what it approximates, how well, and what it costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._cost import EXPONENTIAL, costs, priced
from circuitsim.analysis._declare import Analysis, Part, Question, Which
from circuitsim.analysis._elapsed import cell_pieces
from circuitsim.analysis._shadow import heard_by, with_shadow
from circuitsim.engine.proposal import propose
from circuitsim.engine.run import run
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.result import Band, Column, Course, Diagram, Finding, Ink, Level, Result, Style, Table
from circuitsim.spec.size import part, switch
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import counted, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.result import Piece

PAPER, CONDUCTANCE, CLOSED = "ltc_paper", "ltc", "closed_form"
ROWS = 1200  # of a course
TOLERANCE = 1e-11  # of the ODE
STEPS = 5_000  # of a course that nobody said how long it should be
SPANS = 5.0  # of the slowest time constant, that are shown
ROUNDING = 1e-9  # by which a course may pass a bound


@dataclass(frozen=True, slots=True, eq=False)
class _Curves:
    """One neuron by several equations, float64[s] each.

    Attributes:
        neuron: The neuron.
        ode: Its differential equation.
        step: The exponential step of the solver, at the step of the circuit.
        closed: The published closed form; NaN where there is none.
        lemma: The exact solution of the equation that the closed form stands for, and what lemma 1 allows between the two;
            None in the conductance form.
    """

    neuron: Neuron
    ode: Floats
    step: Floats
    closed: Floats
    lemma: tuple[Floats, Floats] | None

    @property
    def from_altered(self) -> float:
        """Largest distance of the closed form from the equation that it stands for; NaN if there is none."""
        return math.nan if self.lemma is None else _largest(self.closed - self.lemma[0])

    @property
    def kept(self) -> bool:
        """Whether lemma 1 holds."""
        return self.lemma is not None and bool(
            np.all(np.abs(self.closed - self.lemma[0]) <= self.lemma[1] + ROUNDING)
        )

    @property
    def passed(self) -> bool:
        """Whether the closed form is further from the ODE than the lemma allows from the altered equation."""
        return self.lemma is not None and bool(
            np.any(np.abs(self.closed - self.ode) > self.lemma[1] + ROUNDING)
        )


def _run(question: Question) -> Result:
    circuit = question.circuit
    chosen = question.text("neuron")
    neurons = [n for n in circuit.neurons if n.kind in (PAPER, CONDUCTANCE) and chosen in ("", n.name)]
    cells, told = cell_pieces(question)
    if not neurons and not cells:
        problem = f"{chosen} is no LTC neuron" if chosen else "there is no LTC neuron and no CfC network"
        raise InputError(Issue("closed-form", problem, "choose or draw one"))
    pieces: list[Piece] = []
    findings: list[Finding] = []
    values: dict[str, object] = {}
    if neurons:
        t, found = _courses(question, neurons)
        shown = max(found, key=lambda c: -1.0 if np.isnan(c.closed).any() else _largest(c.closed - c.ode))
        pieces += [_drawn(circuit, t, shown), *cells, _errors(circuit, t, shown), _listed(circuit, found)]
        findings += _said(found, shown)
        values = _values(t, found, shown)
        if question.number("cost"):
            values["cost"] = spent = costs(circuit, _with_closed(circuit))
            pieces.append(priced(spent))
    return Result((*findings, *told), tuple(pieces or cells), values)


# courses ------------------------------------------------------------------------------------------


def _courses(question: Question, neurons: list[Neuron]) -> tuple[Floats, list[_Curves]]:
    circuit = question.circuit
    plan = propose(circuit)
    usual = min(plan.duration, SPANS * _slowest(circuit, plan.duration), STEPS * plan.dt)
    duration = question.number("duration") or usual
    twin = circuit.copy()
    heard = heard_by(circuit)
    closed = {
        n.id: _shadow(twin, n, heard[n.id])
        for n in neurons
        if n.kind == PAPER and n.parameters["activation"] == 0.0
    }
    every = plan.dt * max(1, round(duration / ROWS / plan.dt))  # rows of both, so that they can be compared
    begun = _initial(question)
    with_shadows = begun | {name: begun[of] for of, name in _named(circuit, closed) if of in begun}
    course = run(
        twin, duration=duration, dt=every, solver="dormand_prince", tolerance=TOLERANCE, initial=with_shadows,
        progress=question.report,
    )  # fmt: skip
    stepped = run(
        circuit,
        duration=duration,
        dt=plan.dt,
        every=every,
        solver=EXPONENTIAL,
        initial=begun,
        progress=question.report,
    )
    return course.t, [_curves(circuit, course, stepped, (n, heard[n.id]), closed.get(n.id)) for n in neurons]


def _named(circuit: Circuit, closed: dict[int, str]) -> Iterator[tuple[str, str]]:
    """Names of neurons, and of what hears the same and begins where they begin."""
    return ((n.name, closed[n.id]) for n in circuit.neurons if n.id in closed)


def _initial(question: Question) -> dict[str, float]:
    """States at time 0; the present ones of a run that has gone on do not belong to the inputs of that time."""
    if question.t > 0.0:
        return {}
    names = {n.id: n.name for n in question.circuit.neurons}
    return {names[i]: v for i, v in (question.states or {}).items() if i in names}


def _slowest(circuit: Circuit, otherwise: float) -> float:
    from circuitsim.engine.bands import bands

    slow = bands(circuit).tau_high
    return float(slow[np.isfinite(slow)].max(initial=0.0)) or otherwise


def _shadow(twin: Circuit, neuron: Neuron, heard: list[Synapse]) -> str:
    kept = {name: neuron.parameters[name] for name in ("time_constant", "target", "bias")}
    return with_shadow(twin, neuron, heard, CLOSED, kept)


def _curves(
    circuit: Circuit, course: Samples, stepped: Samples, of: tuple[Neuron, list[Synapse]], shadow: str | None
) -> _Curves:
    neuron, heard = of
    k = course.neuron_names.index(neuron.name)
    ode, t = course.v[:, k], course.t
    step = np.interp(t, stepped.t, stepped.v[:, stepped.neuron_names.index(neuron.name)])
    if neuron.kind == CONDUCTANCE:
        return _Curves(neuron, ode, step, published(circuit, course, neuron, heard), None)
    target, aside = neuron.parameters["target"], float(ode[0]) - neuron.parameters["target"]
    altered = target + aside * np.exp(-_integral(t, 1.0 / course.tau[:, k]))
    bound = abs(aside) * np.exp(-t / neuron.parameters["time_constant"])
    closed = np.full(t.size, np.nan) if shadow is None else course.v[:, course.neuron_names.index(shadow)]
    return _Curves(neuron, ode, step, closed, (altered, bound))


def _integral(t: Floats, y: Floats) -> Floats:
    """float64[s], the integral from the first instant on, of order 4."""
    from scipy.integrate import cumulative_simpson

    return np.asarray(cumulative_simpson(y, x=t, initial=0.0))


def published(circuit: Circuit, course: Samples, neuron: Neuron, heard: list[Synapse]) -> Floats:
    """The synapse-wise closed form of a conductance neuron, float64[s], as it was published.

    Sum over chemical synapses of (x0 - E) exp(-t (g_l + g s) / c) s_neg + E, with s = sigma(slope (v_pre - midpoint)) and
    s_neg = sigma(-slope (v_pre - midpoint)) (Hasani et al., Nature Machine Intelligence 4 (2022) 992, algorithm 1).

    Args:
        circuit: What has run.
        course: Its run.
        neuron: The neuron.
        heard: The synapses that end at it.
    """
    p, t = neuron.parameters, course.t
    start, total = course.v[0, course.neuron_names.index(neuron.name)], np.zeros(course.t.size)
    neurons = {n.id: k for k, n in enumerate(circuit.neurons)}
    inputs = {i.id: k for k, i in enumerate(circuit.inputs)}
    for s in heard:
        if s.kind != "chemical":
            continue
        pre = course.v[:, neurons[s.pre]] if s.pre in neurons else _sent(circuit, course, inputs[s.pre])
        q = s.parameters
        z = np.clip(q["slope"] * (pre - q["midpoint"]), -700.0, 700.0)
        open_, shut = 1.0 / (1.0 + np.exp(-z)), 1.0 / (1.0 + np.exp(z))
        rate = (p["leak_conductance"] + q["conductance"] * open_) / p["capacitance"]
        reversal = q["reversal_potential"]
        total += (start - reversal) * np.exp(-t * rate) * shut + reversal
    return total


def _sent(circuit: Circuit, course: Samples, k: int) -> Floats:
    """What an input sends, float64[s]."""
    return np.array([circuit.inputs[k].sent(v) for v in course.inputs[:, k].tolist()])


# what is shown ------------------------------------------------------------------------------------


def _drawn(circuit: Circuit, t: Floats, shown: _Curves) -> Diagram:
    name, element = shown.neuron.name, shown.neuron.id
    courses = [Course("ODE", t, shown.ode, Ink.OTHER, element=element)]
    bands: tuple[Band, ...] = ()
    if shown.lemma is not None:
        altered, bound = shown.lemma
        courses.append(Course("altered ODE, exact", t, altered, Ink.THIRD, element=element))
        bands = (Band("lemma 1", t, altered - bound, altered + bound, Ink.THIRD),)
    courses.append(Course("closed form", t, shown.closed, Ink.MAIN, element=element))
    courses.append(Course("exponential step", t, shown.step, Ink.FOURTH, Style.DASHED, element))
    return Diagram(
        f"{name} by {'three' if shown.lemma is None else 'four'} equations",
        "The band is that of lemma 1: it belongs to the altered equation, and holds for the closed form alone.",
        "t", name, tuple(courses), bands,
        circuit.unit_system.unit(Dimension.TIME), circuit.unit_system.unit(Dimension.POTENTIAL),
    )  # fmt: skip


def _errors(circuit: Circuit, t: Floats, shown: _Curves) -> Diagram:
    courses = [Course("closed form − ODE", t, np.abs(shown.closed - shown.ode), Ink.MAIN)]
    if shown.lemma is not None:
        courses.append(Course("closed form − altered", t, np.abs(shown.closed - shown.lemma[0]), Ink.THIRD))
        courses.append(Course("lemma 1", t, shown.lemma[1], Ink.QUIET, Style.DASHED))
    courses.append(Course("exponential step − ODE", t, _told(np.abs(shown.step - shown.ode)), Ink.FOURTH))
    return Diagram(
        "Distances", "How far the equations are from each other; the lemma bounds the distance from the altered one alone.",
        "t", "distance", tuple(courses), (), circuit.unit_system.unit(Dimension.TIME),
        circuit.unit_system.unit(Dimension.POTENTIAL), log_y=True,
    )  # fmt: skip


def _told(distance: Floats) -> Floats:
    """Distances that the ODE is exact enough to tell."""
    return np.where(distance > 10.0 * TOLERANCE, distance, np.nan)


def _listed(circuit: Circuit, found: list[_Curves]) -> Table:
    unit = circuit.unit_system.unit(Dimension.POTENTIAL)
    columns = (
        Column("neuron"),
        Column("from the ODE", unit, "Largest distance of the closed form from the differential equation."),
        Column(
            "from the altered",
            unit,
            "Largest distance of the closed form from the equation that it stands for.",
        ),
        Column("at the start", unit, "Distance of the closed form from the start state."),
        Column(
            "exponential step",
            unit,
            "Largest distance of the exponential step from the differential equation.",
        ),
    )
    rows = tuple(
        (
            c.neuron.name, _largest(c.closed - c.ode), "–" if c.lemma is None else c.from_altered,
            _largest(c.closed[:1] - c.ode[:1]), _largest(c.step - c.ode),
        )
        for c in found
    )  # fmt: skip
    return Table("Largest distances", columns, rows, tuple(c.neuron.id for c in found))


def _largest(aside: Floats) -> float:
    return float(np.abs(aside).max())


def _said(found: list[_Curves], shown: _Curves) -> Iterator[Finding]:
    element = (shown.neuron.id,)
    off, begin, end = (
        _largest(shown.closed - shown.ode),
        shown.closed[0] - shown.ode[0],
        shown.closed[-1] - shown.ode[-1],
    )
    if math.isnan(off):
        yield Finding("Without a logistic f there is no closed form to compare with.", Level.NOTE, element)
    else:
        yield Finding(
        f"The closed form of {shown.neuron.name} is up to {off:.3g} from its ODE: {abs(begin):.3g} at the start, since it does "
        f"not begin at x₀, and {abs(end):.3g} at the end, since it heads for another limit.",
        Level.WARNING, element,
    )  # fmt: skip
    bounded = [c for c in found if c.lemma is not None and np.isfinite(c.closed).all()]
    if bounded:
        passed = [c for c in bounded if c.passed]
        if all(c.kept for c in bounded):
            yield Finding(
                "Lemma 1 holds: the closed form stays in its band about the altered equation.", Level.GOOD
            )
        else:
            names = together([c.neuron.name for c in bounded if not c.kept])
            yield Finding(
                f"The closed form of {names} leaves the band of lemma 1: f must grow with its input.",
                Level.ALARM,
            )
        if passed:
            names = together([c.neuron.name for c in passed], len(bounded))
            text = (
                f"That band says nothing of the ODE, from which the closed form of {names} is further away."
            )
            yield Finding(text, Level.NOTE, element)
    conductance = [c for c in found if c.neuron.kind == CONDUCTANCE]
    if conductance:
        text = (
            f"{counted(len(conductance), 'neuron')} in conductance form: the synapse-wise closed form is drawn as published. It is "
            "a sum of non-linear pieces, without the leak potential and without a guarantee, and heads for the sum of all "
            "reversal potentials."
        )
        yield Finding(text, Level.WARNING, tuple(c.neuron.id for c in conductance))
    step = max(_largest(c.step - c.ode) for c in found)
    yield Finding(
        f"The exponential step of the solver, with the step of the circuit, misses the ODE by at most {step:.3g}."
    )


def _values(t: Floats, found: list[_Curves], shown: _Curves) -> dict[str, object]:
    return {
        "neurons": [c.neuron.name for c in found], "shown": shown.neuron.name, "t": t, "ode": shown.ode,
        "altered": None if shown.lemma is None else shown.lemma[0], "closed": shown.closed, "step": shown.step,
        "bound": None if shown.lemma is None else shown.lemma[1],
        "from_ode": np.array([_largest(c.closed - c.ode) for c in found]),
        "from_altered": np.array([c.from_altered for c in found]),
        "step_from_ode": np.array([_largest(c.step - c.ode) for c in found]),
    }  # fmt: skip


def _with_closed(circuit: Circuit) -> Circuit | None:
    """The circuit with the closed forms beside it; None if it has none."""
    twin, heard = circuit.copy(), heard_by(circuit)
    logistic = [n for n in circuit.neurons if n.kind == PAPER and n.parameters["activation"] == 0.0]
    for neuron in logistic:
        _shadow(twin, neuron, heard[neuron.id])
    return twin if logistic else None


ANALYSIS = Analysis(
    id="closed-form",
    title="Closed form",
    doc="Shows the differential equation of a neuron, the exact solution of the altered equation, the published closed form and "
    "the exponential step on the same input, how far they are apart and what they cost.",
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
