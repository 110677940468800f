"""The intervals that states and time constants never leave, for the whole circuit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.groups import neuron_groups, stimulus_numbers, synapse_groups
from circuitsim.spec.bounds import Reach, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell
    from circuitsim.engine.groups import NeuronGroup, SynapseGroup
    from circuitsim.spec.bounds import Bounds, Floats, Ints


UNKNOWN = 1e150  # as far away as a state may be, yet not without bound
BEYOND = 1e100  # an end further away than this follows from one that is unknown


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Intervals of every neuron; infinite ends mean that there is no bound.

    A time constant without upper end belongs to a decay that can fall to 0 and below; it is negative then.

    Attributes:
        ids: In id order.
        state_low: float64[n], lower end of the invariant interval of the state.
        state_high: float64[n], its upper end.
        tau_low: float64[n], lower end of the band of the effective time constant.
        tau_high: float64[n], its upper end.
        decay_low: float64[n], least decay, that is 1/tau; below 0 where states can grow.
        slope: float64[n], greatest derivative of f, where f alone is the rate of change or the output; 0 elsewhere.
    """

    ids: tuple[int, ...]
    state_low: Floats
    state_high: Floats
    tau_low: Floats
    tau_high: Floats
    decay_low: Floats
    slope: Floats

    def part(self, which: NDArray[np.bool_]) -> Bands:
        """The intervals of some neurons, bool[n]."""
        ids = tuple(compress(self.ids, which))
        states, taus = (self.state_low, self.state_high), (self.tau_low, self.tau_high)
        return Bands(ids, *(each[which] for each in (*states, *taus, self.decay_low, self.slope)))


def bands(circuit: Circuit, states: Mapping[int, float] | None = None) -> Bands:
    """Invariant state intervals and tau bands of a circuit.

    Args:
        circuit: The circuit.
        states: Present states by neuron id; after a live edit the interval starts from them.
            None takes the start states. What has no state of its own is not asked for one.
    """
    groups, synapses = _in_order(neuron_groups(circuit)), synapse_groups(circuit)
    ids = np.array([n.id for n in circuit.neurons], dtype=np.int64)
    inputs = np.array([i.id for i in circuit.inputs], dtype=np.int64)
    everything = np.concatenate([ids, inputs])
    low, high = (np.concatenate([np.full(ids.size, end), side]) for end, side in _input_ends(circuit))
    networks = [(np.searchsorted(ids, cell.units), _of_units(circuit, cell)) for cell in circuit.cells]
    result = np.empty((6, ids.size))
    bounded: list[bool] = []
    # A drive is bounded once the states that make it are, and a chain of neurons hands on that one has no bound.
    for _ in range(2 + ids.size):
        for group in groups:
            at = np.searchsorted(ids, group.ids)
            start = group.start if states is None else np.array([states.get(int(i), 0.0) for i in group.ids])
            around = _surroundings(group, synapses, start, _Ends(everything, low, high))
            bounds = group.kind.bounds(around)
            result[:, at] = (
                _known(bounds.state_low),
                _known(bounds.state_high),
                bounds.tau_low,
                bounds.tau_high,
                _least_decay(bounds),
                np.zeros(at.size) if bounds.slope is None else bounds.slope,
            )
            low[at], high[at] = result[0, at], result[1, at]
        for at, ends in networks:
            result[0, at] = np.minimum(result[0, at], ends[0])
            result[1, at] = np.maximum(result[1, at], ends[1])
            low[at], high[at] = result[0, at], result[1, at]
        before, bounded = bounded, (np.isfinite(result[0]) & np.isfinite(result[1])).tolist()
        if bounded == before:
            break
    return Bands(tuple(ids.tolist()), *result)


def reaches(circuit: Circuit, found: Bands) -> Iterator[tuple[SynapseGroup, Reach]]:
    """The most that the synapses of each kind can do while every state stays in its interval."""
    inputs = np.array([i.id for i in circuit.inputs], dtype=np.int64)
    everything = np.concatenate([np.array(found.ids, dtype=np.int64), inputs])
    (_, low), (_, high) = _input_ends(circuit)
    ends = _Ends(everything, np.concatenate([found.state_low, low]), np.concatenate([found.state_high, high]))
    for group in synapse_groups(circuit):
        yield group, group.kind.reach(group.p, *ends.of(group.pre))


def _in_order(groups: tuple[NeuronGroup, ...]) -> list[NeuronGroup]:
    """Those without memory first, level by level: their intervals follow from those before and give those behind."""
    return sorted(groups, key=lambda group: group.level if group.level >= 0 else len(groups))


def _of_units(circuit: Circuit, cell: Cell) -> tuple[Floats, Floats]:
    """What the units of a network never leave once it has been called."""
    kind = circuit.kinds.cells[cell.kind]
    sizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
    arrays = {name: array.values for name, array in cell.arrays.items()}
    low, high = kind.bounds(cell.parameters, arrays, sizes)
    return low, high


def _least_decay(bounds: Bounds) -> Floats:
    with np.errstate(divide="ignore"):
        return 1.0 / bounds.tau_high if bounds.decay_low is None else bounds.decay_low


def _known(ends: Floats) -> Floats:
    """Ends of an interval without those that follow from an unknown state: these are none."""
    return np.where(np.abs(ends) > BEYOND, np.copysign(np.inf, ends), ends)


def _input_ends(circuit: Circuit) -> tuple[tuple[float, Floats], tuple[float, Floats]]:
    """For states an unknown interval, for inputs that of what they send: lower ends, then upper ends."""
    ends = np.zeros((2, len(circuit.inputs)))
    for k, source in enumerate(circuit.inputs):
        kind = circuit.kinds.stimuli[source.stimulus]
        low, high = kind.interval(stimulus_numbers(kind, source, circuit.document.settings.seed))
        if source.gain:  # 0 times a value without bound is 0
            low, high = source.sent(low), source.sent(high)
        else:
            low = high = source.offset
        ends[:, k] = min(low, high), max(low, high)
    return (-UNKNOWN, ends[0]), (UNKNOWN, ends[1])


@dataclass(frozen=True, slots=True)
class _Ends:
    """Interval of every state and input; ids of states, then of inputs, each rising."""

    ids: Ints
    low: Floats
    high: Floats

    def of(self, ids: Ints) -> tuple[Floats, Floats]:
        order = np.argsort(self.ids)
        at = order[np.searchsorted(self.ids, ids, sorter=order)]
        return self.low[at], self.high[at]


def _surroundings(
    group: NeuronGroup, synapses: tuple[SynapseGroup, ...], start: Floats, ends: _Ends
) -> Surroundings:
    n = group.ids.size
    rows: list[tuple[Ints, Floats, Floats]] = []
    gaps: list[tuple[Ints, Ints, Floats]] = []
    drive, current, steady = np.zeros((2, n)), np.zeros((2, n)), np.zeros(n)
    for other in synapses:
        mine = np.flatnonzero(np.isin(other.post, group.ids))
        if not mine.size:
            continue
        row = np.searchsorted(group.ids, other.post[mine])
        reach: Reach = other.kind.reach(other.p[:, mine], *ends.of(other.pre[mine]))
        if reach.conductance is not None and reach.reversal is not None:
            rows.append((row, reach.conductance, reach.reversal))
        if reach.gap is not None:
            gaps.append((row, np.searchsorted(group.ids, other.pre[mine]), reach.gap))
        if reach.steady is not None:
            np.add.at(steady, row, reach.steady)
        for total, part in ((drive, reach.drive), (current, reach.current)):
            if part is not None:
                np.add.at(total[0], row, part[0])
                np.add.at(total[1], row, part[1])
    none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
    return Surroundings(
        group.p,
        start,
        np.concatenate([nowhere, *(r[0] for r in rows)]),
        np.concatenate([none, *(r[1] for r in rows)]),
        np.concatenate([none, *(r[2] for r in rows)]),
        np.concatenate([nowhere, *(g[0] for g in gaps)]),
        np.concatenate([nowhere, *(g[1] for g in gaps)]),
        np.concatenate([none, *(g[2] for g in gaps)]),
        steady,
        (drive[0], drive[1]),
        (current[0], current[1]),
    )
