"""What sets the ends of bands: the synapse that pulls hardest there, or the neuron itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._heard import Heard
from circuitsim.dynamics.neurons.ltc_paper import ABSOLUTE
from circuitsim.engine.bands import bands, reaches
from circuitsim.engine.groups import neuron_groups
from circuitsim.spec.kind import Channel, ContinuousKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.groups import NeuronGroup, SynapseGroup
    from circuitsim.spec.bounds import Floats, Ints, Reach

START, OWN = "start state", "leak"
LOW, HIGH = range(2)  # ends of an interval
SAME = 1e-9  # ends that are no further apart, as a part of their size, are the same


@dataclass(frozen=True, slots=True)
class Cause:
    """What sets an end.

    Attributes:
        name: What leads there, `START` or `OWN`.
        synapse: Id of the synapse that it is; None if it is none.
    """

    name: str = OWN
    synapse: int | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """For every neuron, in id order, what sets an end.

    Attributes:
        tau: The lower end of the band of the time constant.
        low: The lower end of the state interval.
        high: Its upper end.
    """

    tau: tuple[Cause, ...]
    low: tuple[Cause, ...]
    high: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """What neurons, in id order, do at the ends of their intervals by themselves.

    Attributes:
        pull: float64[2, n], current of the leak upwards; 0 where there is no membrane.
        turn: float64[2, n], sign with which a drive moves the state.
        membrane: bool[n], whether currents charge it, rather than being part of f.
        absolute: bool[n], whether |f| shortens the time constant.
    """

    pull: Floats
    turn: Floats
    membrane: NDArray[np.bool_]
    absolute: NDArray[np.bool_]


def origins(circuit: Circuit, found: Bands, states: Mapping[int, float] | None) -> Origins:
    """Find out what sets the ends of bands.

    Args:
        circuit: The circuit.
        found: Its bands.
        states: The states from which the intervals start; None for the start states.
    """
    n, own = len(found.ids), _own(circuit, found)
    ends = np.stack([found.state_low, found.state_high])
    best = {"tau": np.zeros(n), "low": -own.pull[LOW], "high": own.pull[HIGH]}
    by: dict[str, list[int | None]] = {end: [None] * n for end in best}
    for group, reach in reaches(circuit, found):
        at, beyond = _places(found, group)
        forces = {
            "tau": _opening(reach, own, at),
            "low": -_pull(reach, ends, own, (at, beyond), LOW),
            "high": _pull(reach, ends, own, (at, beyond), HIGH),
        }
        ids = group.ids.tolist()
        for end, force in forces.items():
            for place in np.flatnonzero(force > np.maximum(best[end][at], 0.0)).tolist():
                k = int(at[place])
                if force[place] > best[end][k]:  # none of the same group was stronger
                    best[end][k], by[end][k] = force[place], ids[place]
    heard = Heard(circuit)
    causes = {
        end: [Cause() if s is None else Cause(heard.name(s, i), s) for s, i in zip(found_, found.ids, strict=True)]
        for end, found_ in by.items()
    }  # fmt: skip
    for end, begun in zip(("low", "high"), _begun(circuit, found, states), strict=True):
        for k in np.flatnonzero(begun).tolist():
            causes[end][k] = Cause(START)
    return Origins(tuple(causes["tau"]), tuple(causes["low"]), tuple(causes["high"]))


def _places(found: Bands, group: SynapseGroup) -> tuple[Ints, Ints]:
    """int64[s] each: places of the neurons at which synapses end, and of those where they begin; -1 for inputs."""
    ids = np.array(found.ids, dtype=np.int64)
    begin = np.minimum(np.searchsorted(ids, group.pre), ids.size - 1)
    return np.searchsorted(ids, group.post), np.where(ids[begin] == group.pre, begin, -1)


def _own(circuit: Circuit, found: Bands) -> _Own:
    n, ids = len(found.ids), np.array(found.ids, dtype=np.int64)
    pull, turn = np.zeros((2, n)), np.ones((2, n))
    membrane, absolute = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    for group in neuron_groups(circuit):
        at = np.searchsorted(ids, group.ids)
        ends = np.stack([found.state_low[at], found.state_high[at]])
        names = [p.name for p in group.kind.parameters]
        if isinstance(group.kind, ContinuousKind) and group.kind.capacitance:
            membrane[at] = True
            pull[:, at] = _leaks(group.kind, group, ends)
        if "target" in names:  # f draws the state there, from below or from above
            turn[:, at] = np.sign(group.p[names.index("target")] - ends)
        if "decay" in names:
            absolute[at] = group.p[names.index("decay")] == ABSOLUTE
    return _Own(pull, turn, membrane, absolute)


def _leaks(kind: ContinuousKind, group: NeuronGroup, ends: Floats) -> Floats:
    """float64[2, n], current of membranes at which nothing is open, at the ends of their intervals; 0 where there is no end."""
    n = group.ids.size
    acc, lam, b = np.zeros((len(Channel), n)), np.zeros(n), np.zeros(n)
    kind.rates(kind.pack(group.p).ravel(), 0, n, group.start, acc, lam, b)
    capacitance = group.p[[p.name for p in kind.parameters].index(kind.capacitance)]
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(ends), capacitance * (b - lam * ends), 0.0)


def _begun(circuit: Circuit, found: Bands, states: Mapping[int, float] | None) -> NDArray[np.bool_]:
    """bool[2, n], which ends are where they are only since the states start there."""
    start = np.array([n.start if states is None else states.get(n.id, n.start) for n in circuit.neurons])
    ends = np.stack([found.state_low, found.state_high])
    there: NDArray[np.bool_] = ends == start
    if not there.any():
        return there
    with np.errstate(invalid="ignore"):
        middle = 0.5 * (ends[LOW] + ends[HIGH])
    inside = np.where(np.isfinite(middle), middle, start)
    other = bands(circuit, dict(zip(found.ids, inside.tolist(), strict=True)))
    with np.errstate(invalid="ignore"):
        moved = np.abs(np.stack([other.state_low, other.state_high]) - ends)
        return there & (moved > SAME * np.maximum(1.0, np.abs(ends)))


def _opening(reach: Reach, own: _Own, at: Ints) -> Floats:
    """How much of what shortens the time constant each synapse can add."""
    for part in (reach.conductance, reach.gap, reach.steady):
        if part is not None:
            return part
    total = np.zeros(at.size)
    for drive in (reach.drive, reach.current):
        if drive is not None:
            least = np.where(own.absolute[at], -drive[0], 0.0)
            total = np.maximum(total, np.maximum(drive[1], least))
    return np.where(own.membrane[at], 0.0, total)


def _pull(reach: Reach, ends: Floats, own: _Own, places: tuple[Ints, Ints], side: int) -> Floats:
    """Current with which each synapse draws a state upwards that stands at an end: the most at the upper one, else the least."""
    at, beyond = places
    here, pull, turn = ends[side, at], np.zeros(at.size), own.turn[side, at]
    extreme = np.maximum if side else np.minimum
    with np.errstate(invalid="ignore"):
        if reach.conductance is not None and reach.reversal is not None:
            pull = pull + extreme(reach.conductance * (reach.reversal - here), 0.0)
        if reach.gap is not None:
            pull = pull + reach.gap * (ends[side, beyond] - here)
        if reach.steady is not None:
            pull = pull - reach.steady * here
        for part in (reach.drive, reach.current):
            if part is not None:
                pull = pull + np.where(turn > 0.0, part[side], np.where(turn < 0.0, -part[1 - side], 0.0))
    return np.nan_to_num(pull, nan=0.0)
