"""A drawn circuit under four right-hand sides with the same weights: LTC, CT-RNN, neural ODE, static.

Neurons of the paper's family share W, mu, tau and their activation, as in the comparison of Hasani et al. (AAAI 2021,
section 5). Neurons in conductance form keep conductances, midpoints and reversal potentials; without the factor (E - v)
becoming E they would be the same equation, and that factor is what is liquid:

    LTC     c dv/dt = g_l (E_l - v) + sum g s (E - v) + rest
    CT-RNN  c dv/dt = g_l (E_l - v) + sum g s E + rest
    ODE     c dv/dt = g_l E_l + sum g s E + rest
    static  v = E_l + (sum g s E + rest) / g_l

where rest is currents and gap junctions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._random_networks import ACTIVATIONS
from circuitsim.circuit.graph import Wiring, longest_paths, strong_groups
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.engine.groups import stimulus_numbers
from circuitsim.spec.issue import InputError, Issue, RunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron, Synapse
    from circuitsim.spec.bounds import Floats, Ints

MODELS = {"ltc": "LTC", "ctrnn": "CT-RNN", "node": "neural ODE", "static": "static"}
FAMILY = ("ltc_paper", "ct_rnn", "neural_ode", "static")
OWN = {"time_constant", "target"}  # of an LTC in the paper's form
GAPS = ("electrical", "electrical_directed")


class Shared:
    """The numbers of a circuit, ready for all four right-hand sides.

    Attributes:
        names: Of the neurons, in id order.
        start: float64[n], start states.
        sources: How many inputs there are.
        gains: float64[m], factors of what they send.
        is_membrane: bool[n], neurons in conductance form; the others are of the paper's family.
        c, leak, rest: float64[n], capacitance, leak conductance and leak potential of membranes.
        tau, target, bias, code: float64[n], numbers of the others, and int64[n], their activations.
        absolute: bool[n], whether |f| rather than f is their decay.
        liquid: bool[n], the others that are drawn as LTC neurons, so that f is part of their decay.
        steady_decay: float64[n], decay of the others as drawn, whatever they hear: 1/tau, or 0 for a neural ODE.
        groups: For each sort of synapse int64[s] places it comes from (neurons, then inputs), int64[s] neurons at which it
            ends, and float64[k, s] numbers.
        lacking: Names of those that are drawn without a target or a time constant, for which 1 is taken.
        cyclic: Whether neurons hear themselves or each other in a circle, so that a static network is not defined.
        depth: Synapses on the longest way through the neurons.
    """

    def __init__(self, circuit: Circuit, analysis: str = "compare") -> None:
        neurons, self._circuit, self._analysis = circuit.neurons, circuit, analysis
        for neuron in neurons:
            if neuron.kind != "ltc" and neuron.kind not in FAMILY:
                title = circuit.kinds.neuron(neuron.kind).title
                problem = f"{neuron.name} is of the kind {title}, which has no counterpart"
                raise InputError(
                    Issue(analysis, problem, "take a circuit of LTC neurons, or delete it", element=neuron.id)
                )
        self.names = tuple(n.name for n in neurons)
        self.lacking = tuple(n.name for n in neurons if n.kind != "ltc" and not n.parameters.keys() >= OWN)
        self.start = np.array([n.start for n in neurons], dtype=np.float64)
        self.sources = len(circuit.inputs)
        self.gains = np.array([i.gain for i in circuit.inputs], dtype=np.float64)
        self._place = {n.id: k for k, n in enumerate(neurons)} | {
            i.id: len(neurons) + k for k, i in enumerate(circuit.inputs)
        }
        self._membranes(neurons)
        self._synapses(circuit)
        self.cyclic, self.depth = _passage(len(neurons), self._pairs)

    def _membranes(self, neurons: tuple[Neuron, ...]) -> None:
        def row(name: str, otherwise: float, *, of: Callable[[Neuron], bool]) -> Floats:
            return np.array([n.parameters.get(name, otherwise) if of(n) else otherwise for n in neurons])

        def membrane(n: Neuron) -> bool:
            return n.kind == "ltc"

        def other(n: Neuron) -> bool:
            return not membrane(n)

        self.is_membrane = np.array([membrane(n) for n in neurons], dtype=bool)
        self.c = row("capacitance", 1.0, of=membrane)
        self.leak = row("leak_conductance", 0.0, of=membrane)
        self.rest = row("leak_potential", 0.0, of=membrane)
        self.tau = row("time_constant", 1.0, of=other)
        self.target = row("target", 1.0, of=other)
        self.bias = row("bias", 0.0, of=other)
        self.code = row("activation", 0.0, of=other).astype(np.int64)
        self.absolute = row("decay", 0.0, of=other) == 1.0
        kinds = np.array([n.kind for n in neurons])
        self.liquid = kinds == "ltc_paper"
        self.steady_decay = np.where(kinds == "neural_ode", 0.0, 1.0 / self.tau)

    def _synapses(self, circuit: Circuit) -> None:
        groups: dict[str, list[Synapse]] = {"chemical": [], "weight": [], "current": [], "gap": []}
        acting = acting_synapses(circuit)
        for s in acting:
            kind = "gap" if s.kind in GAPS else s.kind
            if kind not in groups:
                title = circuit.kinds.synapses[s.kind].title.lower()
                problem = f"a {title} has no counterpart in a standard network"
                raise InputError(Issue(self._analysis, problem, "delete or mute it", element=s.id))
            groups[kind].append(s)
        self._pairs = [(self._place[s.pre], self._place[s.post]) for s in acting if s.kind not in GAPS]
        self._pairs += [(self._place[s.post],) * 2 for s in groups["gap"]]  # a junction reads its own neuron
        names = {"chemical": ("conductance", "slope", "midpoint", "reversal_potential"), "weight": ("weight",),
                 "current": ("gain",), "gap": ("conductance",)}  # fmt: skip
        self.groups: dict[str, tuple[Ints, Ints, Floats]] = {}
        for kind, found in groups.items():
            ends = [(self._place[s.pre], self._place[s.post], s) for s in found]
            if kind == "gap":
                ends += [(post, pre, s) for pre, post, s in ends if s.kind == GAPS[0]]
            ends.sort(key=lambda end: end[1])  # what is summed lies side by side
            numbers = np.array(
                [[s.parameters[name] for name in names[kind]] for _, _, s in ends], dtype=np.float64
            )
            self.groups[kind] = (
                np.array([pre for pre, _, _ in ends], dtype=np.int64),
                np.array([post for _, post, _ in ends], dtype=np.int64),
                np.ascontiguousarray(numbers.reshape(len(ends), len(names[kind])).T),
            )

    def inputs(self, t: Floats) -> Floats:
        """float64[s, m], what the inputs send at some instants."""
        circuit, columns = self._circuit, []
        for source in circuit.inputs:
            kind = circuit.kinds.stimuli[source.stimulus]
            row = stimulus_numbers(kind, source, circuit.document.settings.seed)
            columns.append([source.sent(float(kind.value(row, now))) for now in t.tolist()])
        return np.array(columns, dtype=np.float64).reshape(len(columns), t.size).T

    # right-hand sides -------------------------------------------------------------------------------

    def _heard(self, x: Floats, u: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Open conductance, conductance times reversal, f, and what comes by gaps and currents, float64[n] each."""
        n, all_ = x.size, np.concatenate([x, u])
        pre, post, (g, slope, midpoint, reversal) = self.groups["chemical"]
        open_ = g / (1.0 + np.exp(-np.clip(slope * (all_[pre] - midpoint), -700.0, 700.0)))
        conductance, pulled = _summed(post, open_, n), _summed(post, open_ * reversal, n)
        pre, post, (gain,) = self.groups["current"]
        current = _summed(post, gain * all_[pre], n)
        pre, post, (gap,) = self.groups["gap"]
        gaps = _summed(post, gap * (all_[pre] - all_[post]), n)
        return conductance, pulled, self._f(all_, current), current + gaps

    def _f(self, all_: Floats, current: Floats) -> Floats:
        """float64[n], the nonlinearity of neurons in the paper's form; 0 if there are none."""
        if self.is_membrane.all():
            return np.zeros(current.size)
        pre, post, (weight,) = self.groups["weight"]
        z = _summed(post, weight * all_[pre], current.size) + current + self.bias
        return np.choose(self.code, [ACTIVATIONS[a](z) for a in ("sigmoid", "tanh", "relu", "hard_tanh")])

    def rate(self, model: str, x: Floats, u: Floats) -> Floats:
        """dx/dt of a model that has one, float64[n]."""
        conductance, pulled, f, rest = self._heard(x, u)
        leak = self.leak * (self.rest - x)
        if model == "ltc":
            decay = np.where(self.absolute, np.abs(f), f)
            other, own = f * self.target - x * (1.0 / self.tau + decay), leak + pulled - conductance * x
        elif model == "ctrnn":
            other, own = f - x / self.tau, leak + pulled
        else:
            other, own = f, self.leak * self.rest + pulled
        return np.where(self.is_membrane, (own + rest) / self.c, other)

    def still(self, u: Floats) -> Floats:
        """What a static network makes of inputs: evaluated over and over until the last layer has heard the first."""
        x = np.zeros(len(self.names))
        for _ in range(self.depth + 1):
            _, pulled, f, rest = self._heard(x, u)
            with np.errstate(divide="ignore", invalid="ignore"):
                own = self.rest + (pulled + rest) / self.leak
            x = np.where(self.is_membrane, np.nan_to_num(own), f)
        return x

    def course(self, model: str, t: Floats, report: Callable[[float], bool], parts: int = 1) -> Floats:
        """float64[s, n], a model at even instants, by Runge-Kutta 4 with so many steps from each to the next one.

        Raises:
            RunError: If it was cancelled.
        """
        rows = np.empty((t.size, len(self.names)))
        if model == "static":
            for k, now in enumerate(self.inputs(t)):
                rows[k] = self.still(now)
                self._stop_if_asked(k / t.size, report)
            return rows
        steps = parts * (t.size - 1)
        h, u = (t[-1] - t[0]) / steps, self.inputs(np.linspace(t[0], t[-1], 2 * steps + 1))
        rows[0] = x = self.start
        with np.errstate(over="ignore", invalid="ignore"):
            for k in range(steps):
                a = self.rate(model, x, u[2 * k])
                b = self.rate(model, x + h / 2 * a, u[2 * k + 1])
                c = self.rate(model, x + h / 2 * b, u[2 * k + 1])
                d = self.rate(model, x + h * c, u[2 * k + 2])
                x = x + h / 6 * (a + 2 * b + 2 * c + d)
                if (k + 1) % parts == 0:
                    rows[(k + 1) // parts] = x
                self._stop_if_asked(k / steps, report)
        return rows

    def _stop_if_asked(self, done: float, report: Callable[[float], bool]) -> None:
        if report(done) is False:
            raise RunError(Issue(self._analysis, "it was cancelled"))


def _summed(at: Ints, values: Floats, n: int) -> Floats:
    """Sums of values by place, float64[n]."""
    return np.bincount(at, values, n).astype(np.float64)


def _passage(n: int, pairs: list[tuple[int, int]]) -> tuple[bool, int]:
    """Whether there is a circle among n neurons, and how many synapses the longest way through them has."""
    table = np.array([pair for pair in pairs if pair[0] < n], dtype=np.intp).reshape(-1, 2)
    following: list[list[int]] = [[] for _ in range(n)]
    for pre, post in table.tolist():
        following[pre].append(post)
    cyclic = len(set(strong_groups(following))) < n or bool((table[:, 0] == table[:, 1]).any())
    joined = Wiring(n, table[:, 0], table[:, 1], np.ones(len(table), dtype=np.bool_))
    return cyclic, int(longest_paths(joined).max(initial=0))
