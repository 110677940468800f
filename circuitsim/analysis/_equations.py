"""Neurons by several equations on what they hear in the ODE: the equation itself, its alterations and closed forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._shadow import heard_by, with_shadow
from circuitsim.engine.proposal import propose
from circuitsim.engine.run import run
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse
    from circuitsim.engine.samples import Samples
    from circuitsim.spec.bounds import Floats

PAPER, CONDUCTANCE, CLOSED = "ltc_paper", "ltc", "closed_form"
EXPONENTIAL = "exponential_euler"
ROWS = 1200  # of a course
TOLERANCE = 1e-11  # of what is integrated
STEPS = 5_000  # of a course that nobody said how long it should be
SPANS = 5.0  # of the slowest time constant, that are shown
ROUNDING = 1e-9  # by which a course may pass a bound, for each unit that it is away at the start
EXACTLY = 0.8  # of the work


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """One neuron by several equations, float64[s] each.

    Attributes:
        neuron: The neuron.
        heard: The synapses through which it hears something.
        t: The instants.
        ode: Its differential equation.
        towards: What that is heading for, at every instant.
        step: The exponential step of the solver, at the step of the circuit.
        altered: The exact solution of the altered equation; None in the conductance form, which has none.
        closed: The published closed form; None where f is not logistic.
        limit: What the closed form is heading for.
        pieces: What the synapse-wise form is made of, as `_pieces` says; None in the paper's form.
    """

    neuron: Neuron
    heard: Sequence[Synapse]
    t: Floats
    ode: Floats
    towards: Floats
    step: Floats
    altered: Floats | None
    closed: Floats | None
    limit: float
    pieces: tuple[Floats, Floats] | None = None

    @property
    def lemma(self) -> Floats | None:
        """What lemma 1 allows between the closed form and the altered equation; None where it says nothing."""
        if self.altered is None or self.closed is None:
            return None
        decayed: Floats = np.exp(-self.t / self.neuron.parameters["time_constant"])
        return abs(float(self.altered[0]) - self.limit) * decayed

    def between(self, one: Floats | None, other: Floats | None) -> float:
        """Largest distance of two of them; NaN where one is not there."""
        return np.nan if one is None or other is None else float(np.abs(one - other).max())

    @property
    def hollow(self) -> bool:
        """Whether the closed form is a sum without a single piece."""
        return self.pieces is not None and not self.pieces[0].size

    @property
    def off(self) -> float:
        """Largest distance of the closed form from the ODE."""
        return self.between(self.closed, self.ode)

    @property
    def off_altered(self) -> float:
        """Largest distance of the closed form from the equation that it stands for."""
        return self.between(self.closed, self.altered)

    @property
    def missed_by_step(self) -> float:
        """Largest distance of the exponential step from the ODE."""
        return self.between(self.step, self.ode)

    def ends(self) -> tuple[float, float]:
        """Distances of the closed form from the ODE at the start and at the end."""
        if self.closed is None:
            return np.nan, np.nan
        first, *_, last = np.abs(self.closed - self.ode)
        return float(first), float(last)

    def within(self, of: Floats | None) -> bool:
        """Whether the closed form is nowhere further from another curve than the lemma allows from the altered equation."""
        lemma = self.lemma
        if lemma is None or self.closed is None or of is None:
            return False
        return bool(np.all(np.abs(self.closed - of) <= lemma + ROUNDING * max(1.0, float(lemma[0]))))


def equations(question: Question, neurons: Sequence[Neuron]) -> tuple[Equations, ...]:
    """Neurons of both forms by their equations, from their start states on.

    The altered equation dx/dt = -(1/tau + f) (x - A) is an LTC in the paper's form that is headed for 0, of x - A: one state
    more for each neuron, which is integrated beside the ODE and as exactly, from edge to edge of all that is heard.

    Raises:
        RunError: If a state diverges, or it is cancelled.
    """
    circuit = question.circuit
    plan = propose(circuit)
    usual = min(plan.duration, SPANS * _slowest(circuit, plan.duration), STEPS * plan.dt)
    duration = question.number("duration") or usual
    every = plan.dt * max(1, round(duration / ROWS / plan.dt))  # rows of both, so that they can be compared
    begun, heard, twin = _initial(question), heard_by(circuit), circuit.copy()
    shadows = {n.id: _shadows(twin, n, heard[n.id], begun) for n in neurons if n.kind == PAPER}
    exact = run(
        twin, duration=duration, dt=every, solver="dormand_prince", tolerance=TOLERANCE, initial=begun,
        precision=DOUBLE, progress=lambda done: question.report(EXACTLY * done),
    )  # fmt: skip
    stepped = run(
        circuit, duration=duration, dt=plan.dt, every=every, solver=EXPONENTIAL, initial=begun,
        precision=DOUBLE, progress=lambda done: question.report(EXACTLY + (1.0 - EXACTLY) * done),
    )  # fmt: skip
    return tuple(_of(circuit, exact, stepped, (n, heard[n.id]), shadows.get(n.id)) for n in neurons)


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


def logistic(neuron: Neuron) -> bool:
    """Whether a neuron in the paper's form has an f for which there is a closed form."""
    return neuron.parameters["activation"] == 0.0


def _shadows(
    twin: Circuit, neuron: Neuron, heard: Sequence[Synapse], begun: dict[str, float]
) -> tuple[str, str | None]:
    """Names of what follows the altered equation, less A, and of the closed form, if there is one."""
    numbers, start = neuron.parameters, begun.get(neuron.name, neuron.start)
    altered = with_shadow(twin, neuron, heard, PAPER, {**numbers, "target": 0.0}, start - numbers["target"])
    if not logistic(neuron):
        return altered, None
    kept = {name: numbers[name] for name in ("time_constant", "target", "bias")}
    return altered, with_shadow(twin, neuron, heard, CLOSED, kept, start)


def _of(
    circuit: Circuit,
    exact: Samples,
    stepped: Samples,
    of: tuple[Neuron, Sequence[Synapse]],
    shadows: tuple[str, str | None] | None,
) -> Equations:
    neuron, heard = of
    k, t = exact.neuron_names.index(neuron.name), exact.t
    ode, towards = exact.v[:, k], exact.vinf[:, k]
    step = np.interp(t, stepped.t, stepped.v[:, stepped.neuron_names.index(neuron.name)])
    if shadows is None:
        numbers, pre = _pieces(circuit, exact, heard)
        closed = synapse_wise(t, float(ode[0]), neuron, numbers, pre)
        limit = float(numbers[3].sum())
        return Equations(neuron, heard, t, ode, towards, step, None, closed, limit, (numbers, pre))
    target = neuron.parameters["target"]
    altered = target + exact.v[:, exact.neuron_names.index(shadows[0])]
    published = None if shadows[1] is None else exact.v[:, exact.neuron_names.index(shadows[1])]
    return Equations(neuron, heard, t, ode, towards, step, altered, published, target)


def _pieces(circuit: Circuit, course: Samples, heard: Sequence[Synapse]) -> tuple[Floats, Floats]:
    """What the synapse-wise closed form is made of.

    Args:
        circuit: What has run.
        course: Its run.
        heard: The synapses through which a neuron hears something; only chemical ones have a piece.

    Returns:
        float64[4, k], conductances, slopes, midpoints and reversal potentials, and float64[k, s], what comes before them.
    """
    neurons = {n.id: k for k, n in enumerate(circuit.neurons)}
    inputs = {i.id: (k, i.gain, i.offset) for k, i in enumerate(circuit.inputs)}
    names = ("conductance", "slope", "midpoint", "reversal_potential")
    chemical = [s for s in heard if s.kind == "chemical"]
    pre = np.empty((len(chemical), course.t.size))
    for row, s in zip(pre, chemical, strict=True):
        if s.pre in neurons:
            row[:] = course.v[:, neurons[s.pre]]
        else:
            k, gain, offset = inputs[s.pre]
            row[:] = gain * course.inputs[:, k] + offset
    numbers = np.array([[s.parameters[name] for name in names] for s in chemical], dtype=np.float64)
    return numbers.reshape(len(chemical), len(names)).T, pre


def synapse_wise(t: Floats, start: float, neuron: Neuron, numbers: Floats, pre: Floats) -> Floats:
    """The synapse-wise closed form of a conductance neuron, float64[s], as it was published.

    Sum over chemical synapses of (x0 - E) exp(-t (g_l + g s) / c) s_neg + E, with s = sigma(slope (v_pre - midpoint)) and
    s_neg = sigma(-slope (v_pre - midpoint)) (Hasani et al., Nature Machine Intelligence 4 (2022) 992, algorithm 1).

    Args:
        t: float64[s], times since the start.
        start: State at the start.
        neuron: The neuron.
        numbers: float64[4, k], conductances, slopes, midpoints and reversal potentials.
        pre: float64[k, s], what comes before each synapse.
    """
    conductance, slope, midpoint, reversal = numbers[:, :, None]
    raised = np.exp(np.clip(slope * (pre - midpoint), -700.0, 700.0))
    shut = 1.0 / (1.0 + raised)
    open_ = raised * shut
    leak, capacitance = neuron.parameters["leak_conductance"], neuron.parameters["capacitance"]
    decayed = np.exp(-t * (leak + conductance * open_) / capacitance)
    summed: Floats = ((start - reversal) * decayed * shut + reversal).sum(axis=0)
    return summed
