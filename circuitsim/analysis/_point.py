"""A circuit at states and values of inputs that are given as numbers: its rate of change and the derivatives of that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.analysis._routes import routes
from circuitsim.circuit.edits import Replace
from circuitsim.circuit.elements import Neuron
from circuitsim.engine.groups import stimulus_numbers
from circuitsim.engine.jacobian import Linearizer
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.kind import ContinuousKind, MemorylessKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.jacobian import Derivatives
    from circuitsim.spec.bounds import Floats

WEIGHTS = {1: 3 / 4, 2: -3 / 20, 3: 1 / 60}  # of the differences at so many steps: what is left is of order 6
STEP = 0.02  # of the distance over which what hears an input bends
MANY = 200  # neurons, from which on matrices are sparse
MOST = 60  # steps of Newton's method
SMALL = 1e-13  # of the size of the terms: a rate of change that is 0 but for rounding


def require_rates(circuit: Circuit, analysis: str) -> None:
    """Refuse circuits that are not given by rates of change.

    Raises:
        InputError: If the circuit has a network that is called, or nothing that changes by a rate.
    """
    if circuit.cells:
        name = circuit.cells[0].name
        problem = f"network {name} is computed in calls and has no rate of change"
        raise InputError(Issue(analysis, problem, f"delete {name}, or take another circuit"))
    if not circuit.neurons:
        raise InputError(Issue(analysis, "the circuit has no neuron", "draw one"))
    if not any(isinstance(circuit.kinds.neuron(n.kind), ContinuousKind) for n in circuit.neurons):
        raise InputError(
            Issue(analysis, "no neuron of the circuit has a rate of change", "draw an LTC neuron")
        )


class Point:
    """The circuit about a point, at an instant that stands still.

    Attributes:
        neurons: Those that have a state, in id order.
        t: The instant.
        ageing: Ids of neurons that change with the time since the start of a run by themselves.
        inputs: float64[m], values of the inputs there.
        states: float64[n], the states there.
        begun: float64[n], the states from which a fixed point was looked for.
        rate: float64[n], rate of change g.
        by_state: float64[n, n], its derivative by the states.
        by_input: float64[n, m], its derivative by the inputs.
        arriving: What arrives as drive and current together, by the id of every neuron.
    """

    def __init__(self, circuit: Circuit, inputs: Floats, states: Mapping[int, float], t: float) -> None:
        self._ids, self.inputs, self.t = [i.id for i in circuit.inputs], inputs, t
        self._all = [n.id for n in circuit.neurons]
        self._linearizer = Linearizer(_by_hand(circuit), sparse=len(circuit.neurons) >= MANY)
        self.neurons = tuple(circuit.get(i, Neuron) for i in self._linearizer.neuron_ids)
        self._move({n.id: states.get(n.id, n.start) for n in self.neurons})
        self.begun = self.states
        self.ageing = tuple(n.id for n in circuit.neurons if _ages(circuit, n))
        self._routes = routes(circuit, t)
        self._conductances = self._bent_by_states(inputs)

    @property
    def by_conductances(self) -> bool:
        """Whether no input acts but by conductances of its own, or as a current."""
        return not any(route.mingled.intersection(n.id for n in self.neurons) for route in self._routes)

    def _bent_by_states(self, inputs: Floats) -> Floats:
        """float64[n, m], how far the derivative by the inputs is at states of 1 from that at states of 0."""
        at_0, at_1 = (self._at({n.id: x for n in self.neurons}, inputs).input for x in (0.0, 1.0))
        return full(at_1 - at_0)

    def strengths(self) -> Floats:
        """float64[m], how much inputs change the slopes of the circuit, or if none does, its rates: at x = 0 and I = 0.

        So the order of inputs does not change while a circuit runs.
        """
        nowhere = np.zeros(self.inputs.size)
        by_slope = np.abs(self._bent_by_states(nowhere)).max(axis=0, initial=0.0)
        if by_slope.any():
            return np.asarray(by_slope)
        found = self._at({n.id: 0.0 for n in self.neurons}, nowhere).input
        return np.asarray(np.abs(full(found)).max(axis=0, initial=0.0))

    def _at(self, states: Mapping[int, float], inputs: Floats) -> Derivatives:
        return self._linearizer.at(states, self.t, dict(zip(self._ids, inputs.tolist(), strict=True)))

    def _move(self, states: dict[int, float]) -> None:
        found = self._at(states, self.inputs)
        self._by_id = states
        self.states = np.array([states[n.id] for n in self.neurons])
        self.rate, self.by_state, self.by_input = found.rate, full(found.state), full(found.input)
        self.arriving = dict(zip(self._all, found.arriving.tolist(), strict=True))

    def settle(self) -> bool:
        """Go to a fixed point nearby by Newton's method; False if none was found, and then nothing has moved."""
        begun = dict(self._by_id)
        for _ in range(MOST):
            if self._rests(SMALL):
                return True
            way = self._newton()
            before, start = float(np.abs(self.rate).max()), self.states
            for share in 0.5 ** np.arange(30):
                self._move(
                    dict(zip((n.id for n in self.neurons), (start + share * way).tolist(), strict=True))
                )
                if float(np.abs(self.rate).max()) < before:
                    break
            else:
                break
        done = self._rests(1e3 * SMALL)
        if not done:
            self._move(begun)
        return done

    def _rests(self, share: float) -> bool:
        """Whether rates are 0 beside the slopes there: far out on a sigmoid both vanish together, and nothing is at rest."""
        size = np.abs(self.by_state) @ (np.abs(self.states) + 1.0)
        return bool(np.all(np.abs(self.rate) <= share * size))

    def _newton(self) -> Floats:
        try:
            return np.asarray(np.linalg.solve(self.by_state, -self.rate), dtype=np.float64)
        except np.linalg.LinAlgError:  # singular: the shortest way to where the rate is least
            return np.asarray(np.linalg.lstsq(self.by_state, -self.rate, rcond=None)[0], dtype=np.float64)

    def mixed(self, k: int) -> Any:
        """float64[n, n], how the derivative by the states changes with input k: B of the bilinear form; sparse if large.

        Where an input opens conductances of its own, its effect on the rate of change is a straight line in the state of
        that neuron alone, whose slope is B to the last digits. Other rows are central differences of the analytic
        derivative; about ten digits hold.
        """
        mingled = np.array([n.id in self._routes[k].mingled for n in self.neurons])
        slopes = self._diagonal(np.where(mingled, 0.0, self._conductances[:, k]))
        if not mingled.any():
            return slopes
        bend = self._routes[k].bend
        least = max(
            1e-12 * abs(float(self.inputs[k])), 1e-200
        )  # what does not drown in the digits of the input
        step, total = max(STEP / bend, least) if bend > 0.0 else STEP, 0.0
        for count, weight in WEIGHTS.items():
            up, down = (self._at(self._by_id, self._moved(k, sign * count * step)).state for sign in (1, -1))
            total = total + weight * (up - down)
        return self._diagonal(mingled / step) @ total + slopes

    def _moved(self, k: int, far: float) -> Floats:
        moved = self.inputs.copy()
        moved[k] += far
        return moved

    def _diagonal(self, numbers: Floats) -> Any:
        if not self._linearizer.sparse:
            return np.diag(numbers)
        from scipy.sparse import csr_array

        places = np.arange(numbers.size)
        return csr_array((numbers, (places, places)))


def _ages(circuit: Circuit, neuron: Neuron) -> bool:
    kind = circuit.kinds.neuron(neuron.kind)
    return isinstance(kind, MemorylessKind) and kind.from_start


def _by_hand(circuit: Circuit) -> Circuit:
    """A copy of a circuit whose inputs stand where they are put, whatever the time is."""
    twin = circuit.copy()
    numbers = circuit.kinds.stimuli["slider"].defaults()
    held = [replace(source, stimulus="slider", parameters=numbers, table=None) for source in circuit.inputs]
    if held:
        twin.apply(Replace(tuple(held), "Take by hand"))
    return twin


def full(matrix: Any) -> Floats:
    """A matrix as an array, if it is sparse."""
    return np.asarray(matrix.toarray() if hasattr(matrix, "toarray") else matrix)


def present(question: Question) -> tuple[dict[int, float], Floats]:
    """Present states by neuron id, and float64[m] present values of the inputs.

    What the run has not reached yet, since it has only just been added, is where it will start.
    """
    circuit, known = question.circuit, question.inputs or {}
    states = {n.id: n.start for n in circuit.neurons} | dict(question.states or {})
    inputs = values_at(circuit, question.t)
    for k, source in enumerate(circuit.inputs):
        inputs[k] = known.get(source.id, inputs[k])
    return states, inputs


def values_at(circuit: Circuit, t: float) -> Floats:
    """float64[m], what the inputs are at an instant."""
    kinds, seed = circuit.kinds.stimuli, circuit.document.settings.seed
    found = [
        float(kinds[i.stimulus].value(stimulus_numbers(kinds[i.stimulus], i, seed), t))
        for i in circuit.inputs
    ]
    return np.array(found, dtype=np.float64)


def names_of(neurons: Sequence[Neuron]) -> tuple[str, ...]:
    """Their names."""
    return tuple(n.name for n in neurons)
