"""Networks with memory in a run: when they are called, what they read, and what they hold in between.

A call happens at an instant of its own clock, which ends a step. It reads what the inputs were just before that
instant, so that a value that was held over the interval belongs to the call that ends it. All networks that are called
at one instant read before any of them writes; instants that differ by a rounding are one, of calls and edges alike.
Nothing of this depends on the solver or on how a run is sliced.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.circuit.elements import NOTHING
from circuitsim.circuit.lesions import acting_arrays, muted
from circuitsim.dynamics.noise import next_sample
from circuitsim.engine.compile import compile_program
from circuitsim.engine.ends import elapsed, even, sample_times
from circuitsim.engine.instants import same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats, Ints

    Bools = NDArray[np.bool_]

PERIOD, SAMPLES = range(2)  # values of the parameter `clock`


@dataclass(slots=True, eq=False)
class _Network:
    """One network: numbers that the kernel reads, and what the last call left.

    Attributes:
        id: Of the network.
        entry: Its kernel.
        p: float64[...], weights.
        dims: int64[...], sizes.
        reads: int64[m], columns of states and inputs that it reads; the last column of all reads nothing.
        gain: float64[m].
        offset: float64[m].
        units: int64[n], state columns of its units.
        acts: bool[n], False for units that are muted: they hold 0.
        clock: `PERIOD` or `SAMPLES`.
        period: Time between two calls.
        timespan: What the network is told to have passed, per unit of time.
        samples: float64[k], rising times of the rows of the tables that it reads, and where the interval of the last ends.
        beyond: Time between two calls after the last of them.
        last: When it was called last, or began: the instant of its own clock.
        due: When it is called next.
        memory: float64[n].
        gate: float64[n], NaN before the first call.
        work: float64[...].
    """

    id: int
    entry: Any
    p: Floats
    dims: Ints
    reads: Ints
    gain: Floats
    offset: Floats
    units: Ints
    acts: Bools
    clock: int
    period: float
    timespan: float
    samples: Floats
    beyond: float
    last: float
    memory: Floats
    gate: Floats
    work: Floats
    out: Floats = field(init=False)
    due: float = field(init=False)

    def __post_init__(self) -> None:
        self.out = np.zeros((2, self.units.size))
        self.due = self._due_after(self.last)

    def _due_after(self, t: float) -> float:
        """The first instant of its clock that is later than t and means another one."""
        found = self._tick_after(t)
        return self._tick_after(found) if same(found, t) else found

    def _tick_after(self, t: float) -> float:
        if self.clock == PERIOD or not self.samples.size:
            return next_sample(t, self.period)
        begun = max(float(self.samples[0]), 0.0)
        row = int(np.searchsorted(self.samples, max(t, begun), side="right"))
        if row < self.samples.size:
            return float(self.samples[row])
        end = max(float(self.samples[-1]), 0.0)
        after = end + next_sample(t - end, self.beyond)
        return after if after > t else end + next_sample(after + 0.5 * self.beyond - end, self.beyond)

    def go_on(self, old: _Network, t: float) -> None:
        """Take over, at time t, what another edition of this network remembers."""
        self.last, self.gate, self.memory = old.last, old.gate, old.memory * self.acts
        kept = (self.clock, self.period) == (old.clock, old.period)
        self.due = old.due if kept and np.array_equal(self.samples, old.samples) else self._due_after(t)

    def call(self, u: Floats, h: Floats) -> None:
        """Compute new states and gates into `out`; the memory moves on. A whole period is exactly one."""
        since = float(elapsed(np.array([self.last, self.due]), self.period)[0])
        self.entry(self.p, self.dims, u, self.timespan * since, h, self.memory, self.out, self.work)
        self.out[:, ~self.acts] = 0.0

    def called(self) -> None:
        """What the call computed is so from now on."""
        self.gate, self.last = self.out[1].copy(), self.due
        self.due = self._due_after(self.due)


class Cells:
    """All networks with memory of a circuit that runs.

    Attributes:
        unit_ids: Units of all networks, in id order.
        gates: float64[g], their gates; NaN before the first call.
    """

    def __init__(self, circuit: Circuit, program: Program, t: float, end: float | None = None) -> None:
        self._program, self._end = program, end
        self._networks = [_network(circuit, program, cell, t, end) for cell in circuit.cells]
        self.unit_ids = tuple(sorted(i for cell in circuit.cells for i in cell.units))
        self._places = [np.searchsorted(self.unit_ids, cell.units) for cell in circuit.cells]
        self.gates = np.zeros(len(self.unit_ids))
        self._gather()

    def __bool__(self) -> bool:
        return bool(self._networks)

    def after(self, circuit: Circuit, program: Program, t: float) -> Cells:
        """The networks of another structure of the circuit; those that were there before go on where they are."""
        result = Cells(circuit, program, t, self._end)
        for network, old in product(result._networks, self._networks):
            if old.id == network.id and old.units.size == network.units.size:
                network.go_on(old, t)
        result._gather()
        return result

    def _gather(self) -> None:
        self.gates = np.zeros(len(self.unit_ids))
        for network, places in zip(self._networks, self._places, strict=True):
            self.gates[places] = network.gate

    def silence(self, x: Floats) -> None:
        """Let muted units hold 0 from now on in float64[C...] states."""
        for network in self._networks:
            x[network.units[~network.acts]] = 0.0

    def next_call(self) -> float:
        """When networks are called next, the last of instants that mean the same; inf without networks."""
        first = min((network.due for network in self._networks), default=math.inf)
        return max((n.due for n in self._networks if same(n.due, first)), default=first)

    def call(self, x: Floats, limit: float) -> tuple[int, float] | None:
        """Call those whose instant has come.

        Args:
            x: float64[C + 2M], states at that instant and inputs just before it; the units' states are replaced.
            limit: A state beyond this has exploded; then nothing is changed.

        Returns:
            State column and value of a unit that exploded, or None.
        """
        now = self.next_call()
        due = [network for network in self._networks if network.due <= now]
        known = np.append(x, 0.0)
        kept = [(network, network.memory.copy()) for network in due]
        for network in due:
            u = network.gain * known[network.reads] + network.offset
            network.call(u, x[network.units])
        for network in due:
            wrong = np.flatnonzero(~(np.abs(network.out[0]) <= limit))
            if wrong.size:
                for other, memory in kept:
                    other.memory[:] = memory
                return int(network.units[wrong[0]]), float(network.out[0, wrong[0]])
        for network in due:
            x[network.units] = network.out[0]
            network.called()
        self._gather()
        return None

    def write(self, circuit: Circuit, cell: Cell, t: float) -> None:
        """Take over, at time t, numbers of a network whose sizes and sources are unchanged."""
        at = next(k for k, network in enumerate(self._networks) if network.id == cell.id)
        fresh = _network(circuit, self._program, cell, t, self._end)
        fresh.go_on(self._networks[at], t)
        self._networks[at] = fresh


def _network(circuit: Circuit, program: Program, cell: Cell, t: float, end: float | None) -> _Network:
    from circuitsim.dynamics import build

    kind = circuit.kinds.cells[cell.kind]
    n = len(cell.units)
    sizes = kind.sizes(cell.shapes, len(cell.reads), n)
    p, dims = kind.pack(cell.parameters, acting_arrays(circuit, cell), sizes)
    samples = _sample_times(circuit, cell)
    beyond = even(samples) or cell.parameters["period"]
    if end is not None and samples.size > 1 and not even(samples) and end > samples[-1]:
        samples = np.append(
            samples, end
        )  # as `Calls`: nothing else says how long the interval of the last row is
    begun = max(t, float(samples[0])) if samples.size and cell.parameters["clock"] == SAMPLES else t
    acts = np.array([not muted(circuit.elements[i]) for i in cell.units], dtype=np.bool_)
    return _Network(
        id=cell.id,
        entry=build.call(cell.kind),
        p=p,
        dims=dims,
        reads=np.array([_column(circuit, program, r.source) for r in cell.reads], dtype=np.int64),
        gain=np.array([r.gain for r in cell.reads]),
        offset=np.array([r.offset for r in cell.reads]),
        units=np.array([program.column(i) for i in cell.units], dtype=np.int64),
        acts=acts,
        clock=int(cell.parameters["clock"]),
        period=cell.parameters["period"],
        timespan=cell.parameters["timespan_per_time"],
        samples=samples,
        beyond=beyond,
        last=begun,
        memory=np.array(cell.memory or [0.0] * n) * acts,
        gate=np.full(n, np.nan),
        work=np.zeros(kind.work(sizes)),
    )


def _column(circuit: Circuit, program: Program, source: int) -> int:
    """Where a source stands in states, what inputs send, and a last 0, which is what a muted neuron sends."""
    if source == NOTHING or muted(circuit.elements[source]):
        return int(program.start.size)
    if source in program.input_ids:
        return program.width + program.input_ids.index(source)
    return program.column(source)


def _sample_times(circuit: Circuit, cell: Cell) -> Floats:
    """Times of the rows of all tables that a network reads."""
    read = {r.source for r in cell.reads}
    return sample_times(circuit, tuple(source for source in circuit.inputs if source.id in read))


def answering(
    circuit: Circuit, cell: Cell, states: Mapping[int, float], inputs: Floats
) -> Callable[[Floats], Floats]:
    """What a network would answer to one call, as a function of the time since the last one.

    Args:
        circuit: The circuit; nothing in it moves.
        cell: The network.
        states: States by neuron id; the start states where there is none.
        inputs: float64[m], values of the inputs in id order.

    Returns:
        float64[k], elapsed times in the circuit's unit of time, to float64[k, n], states of its units after the call.
    """
    program = compile_program(circuit)
    network, x = _network(circuit, program, cell, 0.0, None), program.start.copy()
    for neuron, value in states.items():
        x[program.column(neuron)] = value
    first = program.width
    x[first : first + inputs.size] = [i.sent(v) for i, v in zip(circuit.inputs, inputs.tolist(), strict=True)]
    known = np.append(x, 0.0)
    u, h, memory = network.gain * known[network.reads] + network.offset, x[network.units], network.memory

    def answers(elapsed: Floats) -> Floats:
        result = np.empty((elapsed.size, network.units.size))
        for k, since in enumerate(elapsed.tolist()):
            network.entry(
                network.p,
                network.dims,
                u,
                network.timespan * since,
                h,
                memory.copy(),
                network.out,
                network.work,
            )
            result[k] = network.out[0]
        result[:, ~network.acts] = 0.0
        return result

    return answers
