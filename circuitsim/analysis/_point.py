"""A circuit at states and values of inputs that are given as numbers: its rate of change and the derivatives of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.circuit.elements import Neuron, Table
from circuitsim.engine.groups import stimulus_numbers
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.run import with_inputs
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.analysis._declare import Question
    from circuitsim.circuit.circuit import Circuit
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


class Point:
    """The circuit about a point; every value of an input that is needed is set up at once.

    Attributes:
        neurons: Those that have a state, in id order.
        inputs: float64[m], values of the inputs there.
        states: float64[n], the states there.
        rate: float64[n], rate of change g.
        by_state: float64[n, n], its derivative by the states.
        by_input: float64[n, m], its derivative by the inputs.
    """

    def __init__(self, circuit: Circuit, inputs: Floats, states: Mapping[int, float]) -> None:
        self._circuit, self.inputs = circuit, inputs
        self._steps = np.array([_step(circuit, source.id) for source in circuit.inputs])
        around = [inputs]
        for k, h in enumerate(self._steps):
            for count in WEIGHTS:
                for sign in (1.0, -1.0):
                    moved = inputs.copy()
                    moved[k] += sign * count * h
                    around.append(moved)
        times = tuple(map(float, range(len(around))))
        tables = {
            source.name: Table(times, tuple(values))
            for source, values in zip(circuit.inputs, np.array(around).T.tolist(), strict=True)
        }
        self._linearizer = Linearizer(with_inputs(circuit, tables), sparse=len(circuit.neurons) >= MANY)
        self.neurons = tuple(circuit.get(i, Neuron) for i in self._linearizer.neuron_ids)
        self._move({n.id: states.get(n.id, n.start) for n in self.neurons})

    def _move(self, states: dict[int, float]) -> None:
        found = self._linearizer.at(states, 0.0)
        self._by_id = states
        self.states = np.array([states[n.id] for n in self.neurons])
        self.rate, self.by_state, self.by_input = found.rate, full(found.state), full(found.input)

    def settle(self) -> bool:
        """Go to a fixed point nearby by Newton's method; False if none was found, and then nothing has moved."""
        begun = dict(self._by_id)
        for _ in range(MOST):
            size = np.abs(self.by_state) @ np.abs(self.states) + 1e-300
            if np.all(np.abs(self.rate) <= SMALL * np.maximum(size, 1.0)):
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
        size = np.abs(self.by_state) @ np.abs(self.states)
        done = bool(np.all(np.abs(self.rate) <= 1e3 * SMALL * np.maximum(size, 1.0)))
        if not done:
            self._move(begun)
        return done

    def _newton(self) -> Floats:
        try:
            return np.asarray(np.linalg.solve(self.by_state, -self.rate), dtype=np.float64)
        except np.linalg.LinAlgError:  # singular: the shortest way to where the rate is least
            return np.asarray(np.linalg.lstsq(self.by_state, -self.rate, rcond=None)[0], dtype=np.float64)

    def mixed(self, k: int) -> Any:
        """float64[n, n], how the derivative by the states changes with input k: B of the bilinear form; sparse if large.

        Central differences of the analytic derivative; about ten digits hold.
        """
        total, row = 0.0, 1 + 2 * len(WEIGHTS) * k
        for weight in WEIGHTS.values():
            up, down = (self._linearizer.at(self._by_id, float(row + j)).state for j in (0, 1))
            total = total + weight * (up - down)
            row += 2
        return total / self._steps[k]


def full(matrix: Any) -> Floats:
    """A matrix as an array, if it is sparse."""
    return np.asarray(matrix.toarray() if hasattr(matrix, "toarray") else matrix)


def _step(circuit: Circuit, source: int) -> float:
    """A step of an input that is small beside what bends where it is heard."""
    bends = [
        abs(value)
        for s in circuit.synapses
        if s.pre == source
        for name, value in s.parameters.items()
        if name in ("slope", "weight")
    ]
    return STEP / max(bends, default=1.0) if max(bends, default=1.0) > 0.0 else STEP


def present(question: Question) -> tuple[dict[int, float], Floats]:
    """Present states by neuron id, and float64[m] present values of the inputs."""
    circuit = question.circuit
    states = {n.id: n.start for n in circuit.neurons} | dict(question.states or {})
    if question.inputs is not None:
        return states, np.array([question.inputs[i.id] for i in circuit.inputs])
    return states, values_at(circuit, question.t)


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
