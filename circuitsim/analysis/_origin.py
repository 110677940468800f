"""What sets the ends of bands: the synapse that pulls hardest there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Named
from circuitsim.engine.bands import reaches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats, Reach

START, OWN = "start state", "leak"


@dataclass(frozen=True, slots=True)
class Origins:
    """For every neuron, in id order, what sets an end: the name of what leads there, `START` or `OWN`.

    Attributes:
        tau: The lower end of the band of the time constant.
        low: The lower end of the state interval.
        high: Its upper end.
    """

    tau: tuple[str, ...]
    low: tuple[str, ...]
    high: tuple[str, ...]


def origins(circuit: Circuit, found: Bands, states: Mapping[int, float] | None) -> Origins:
    """Find out what sets the ends of bands.

    Args:
        circuit: The circuit.
        found: Its bands.
        states: The states from which the intervals start; None for the start states.
    """
    place = {neuron: k for k, neuron in enumerate(found.ids)}
    best: dict[str, list[tuple[float, str]]] = {
        end: [(0.0, OWN)] * len(place) for end in ("tau", "low", "high")
    }
    for group, reach in reaches(circuit, found):
        at = np.array([place[post] for post in group.post.tolist()], dtype=np.int64)
        low, high = found.state_low[at], found.state_high[at]
        for end, pull in (
            ("tau", _opening(reach, at.size)),
            ("low", -_pull(reach, low, 0)),
            ("high", _pull(reach, high, 1)),
        ):
            for k, force, pre in zip(at.tolist(), pull.tolist(), group.pre.tolist(), strict=True):
                if force > best[end][k][0]:
                    best[end][k] = (force, _name(circuit, pre))
    named = {end: [name for _, name in found_] for end, found_ in best.items()}
    for k, neuron in enumerate(circuit.neurons):
        start = neuron.start if states is None else states.get(neuron.id, neuron.start)
        for end, value in (("low", found.state_low[k]), ("high", found.state_high[k])):
            if value == start:
                named[end][k] = START
    return Origins(tuple(named["tau"]), tuple(named["low"]), tuple(named["high"]))


def _name(circuit: Circuit, element: int) -> str:
    found = circuit.elements[element]
    assert isinstance(found, Named)  # noqa: S101  (synapses come from neurons and inputs)
    return found.name


def _opening(reach: Reach, n: int) -> Floats:
    """How much of what shortens the time constant each synapse can add."""
    for part in (reach.conductance, reach.gap, reach.steady):
        if part is not None:
            return part
    return np.zeros(n) if reach.drive is None else np.maximum(reach.drive[1], 0.0)


def _pull(reach: Reach, at: Floats, side: int) -> Floats:
    """Current with which each synapse draws a state upwards that stands at an end; side 1 the most, 0 the least."""
    pull = np.zeros(at.size)
    extreme = np.maximum if side else np.minimum
    with np.errstate(invalid="ignore"):
        if reach.conductance is not None and reach.reversal is not None:
            pull = pull + extreme(reach.conductance * (reach.reversal - at), 0.0)
        for part in (reach.drive, reach.current):
            if part is not None:
                pull = pull + part[side]
    return np.nan_to_num(pull, nan=0.0)
