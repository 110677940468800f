"""The conditions under which a circuit is a dynamic causal model: which of its elements meet them, and which do not.

The theorem wants g continuous and bounded and every time constant positive; matrices want slopes at the point besides.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.bands import reaches
from circuitsim.spec.result import Finding, Level
from circuitsim.spec.words import inside, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.analysis._point import Point
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron
    from circuitsim.engine.bands import Bands
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.nonlinearity import Nonlinearity

ON_IT = 1e-9  # of its size: a sum that is no further from a kink stands on it


class Conditions:
    """What of the conditions holds for a circuit about a point."""

    def __init__(self, circuit: Circuit, point: Point, found: Bands) -> None:
        self._circuit, self._point, self._bands = circuit, point, found
        self._shapes = {n.id: _shape(circuit, n) for n in circuit.neurons}
        self._own = [n for n in circuit.neurons if n.id in {each.id for each in point.neurons}]
        self._place = {i: k for k, i in enumerate(found.ids)}

    def findings(self) -> Iterator[Finding]:
        """The conditions in sentences, those that fail first."""
        failed = [*self._time_constants(), *self._boundedness()]
        yield from failed
        if not failed:
            text = "The conditions hold: g is continuous, bounded where the states can go, and every τ is positive."
            yield Finding(text, Level.GOOD)
        yield from self._open_ended()
        yield from self._kinks()
        yield from self._curves()

    def _time_constants(self) -> Iterator[Finding]:
        """Neurons whose decay is not positive, or can become negative."""
        decay = self._bands.decay_low
        still = [n for n in self._own if self._alone(n)]
        growing = [n for n in self._own if decay[self._place[n.id]] <= 0.0 and not self._alone(n)]
        if growing:
            text = f"The condition of positive time constants fails at {_names(growing)}: the decay there can become 0 or less."
            yield Finding(text, Level.WARNING, _ids(growing))
        if still:
            kinds = {inside(self._circuit.kinds.neuron(n.kind).title) for n in still}
            text = (
                f"The condition of positive time constants fails at {_names(still)} ({_listed(kinds)}): nothing "
                "decays there, so there is no τ."
            )
            yield Finding(text, Level.WARNING, _ids(still))

    def _alone(self, neuron: Neuron) -> bool:
        """Whether f alone is the rate of change of a neuron."""
        return bool(self._bands.slope[self._place[neuron.id]] > 0.0)

    def _boundedness(self) -> Iterator[Finding]:
        """Neurons whose rate of change has no bound, in spite of all that holds the circuit."""
        width = self._bands.state_high - self._bands.state_low
        free = [n for n in self._own if not math.isfinite(width[self._place[n.id]])]
        if free:
            low, high = _arriving(self._circuit, self._bands)
            free = [n for n in free if not (self._alone(n) and self._held(n, low, high))]
        if free:
            whose = "its state" if len(free) == 1 else "their states"
            text = f"g is not bounded where {_names(free)} may go: nothing holds {whose}."
            yield Finding(text, Level.WARNING, _ids(free))

    def _held(self, neuron: Neuron, low: Floats, high: Floats) -> bool:
        """Whether f of a neuron is bounded: by itself, or since all that arrives is."""
        shape, k = self._shapes[neuron.id], self._place[neuron.id]
        return shape is not None and (shape.bounded or bool(np.isfinite(high[k] - low[k])))

    def _open_ended(self) -> Iterator[Finding]:
        """Functions that have no bound themselves."""
        endless = [
            n for n in self._circuit.neurons if (s := self._shapes[n.id]) is not None and not s.bounded
        ]
        if endless:
            text = (
                f"f of {self._with_shapes(endless)} has no bound of its own: g is bounded only as far as what arrives "
                "there is."
            )
            yield Finding(text, Level.NOTE, _ids(endless))

    def _kinks(self) -> Iterator[Finding]:
        """Where g has no slope: at the point itself, or elsewhere."""
        far = {
            n.id: shape.nearest(self._point.arriving[n.id])
            for n in self._circuit.neurons
            if (shape := self._shapes[n.id]) is not None and shape.kinks
        }
        bent = [n for n in self._circuit.neurons if n.id in far]
        on = [n for n in bent if far[n.id] <= ON_IT * max(1.0, abs(self._point.arriving[n.id]))]
        if on:
            text = (
                f"g has no slope at this point: what arrives at {self._with_shapes(on)} stands on a kink of f. A, B and C "
                "are those of one side."
            )
            yield Finding(text, Level.WARNING, _ids(on))
        elif bent:
            near = min(bent, key=lambda n: far[n.id])
            text = (
                f"g is continuous, but has kinks: f of {self._with_shapes(bent)}. A, B and C hold on this side of them; the "
                f"nearest is {far[near.id]:.3g} away in what arrives at {near.name}."
            )
            yield Finding(text, Level.NOTE, _ids(bent))

    def _curves(self) -> Iterator[Finding]:
        """Synapses whose curve runs through knots."""
        drawn = [s for s in self._circuit.synapses if s.knots is not None and not s.muted]
        if drawn:
            names = {n.id: n.name for n in self._circuit.neurons}
            names |= {i.id: i.name for i in self._circuit.inputs}
            lines = together([f"{names[s.pre]} → {names[s.post]}" for s in drawn])
            kinds = {inside(self._circuit.kinds.synapses[s.kind].title) for s in drawn}
            text = (
                f"The slope of the curve of {lines} ({_listed(kinds)}) is continuous, its curvature jumps at the knots: A, B and C "
                "exist, but a step across a knot meets another curvature."
            )
            yield Finding(text, Level.NOTE, tuple(s.id for s in drawn))

    def _with_shapes(self, neurons: list[Neuron]) -> str:
        shapes = {n.id: shape.name for n in neurons if (shape := self._shapes[n.id]) is not None}
        return together([f"{n.name} ({shapes[n.id]})" for n in neurons])


def _shape(circuit: Circuit, neuron: Neuron) -> Nonlinearity | None:
    declared = circuit.kinds.neuron(neuron.kind).nonlinearity
    shape: Nonlinearity | None = None if declared is None else declared(neuron.parameters)
    return shape


def _arriving(circuit: Circuit, found: Bands) -> tuple[Floats, Floats]:
    """float64[n] each, least and greatest sum of drive and current at every neuron, in id order."""
    ids, ends = np.array(found.ids, dtype=np.int64), np.zeros((2, len(found.ids)))
    for group, reach in reaches(circuit, found):
        at = np.searchsorted(ids, group.post)
        for part in (reach.drive, reach.current):
            if part is not None:
                np.add.at(ends[0], at, part[0])
                np.add.at(ends[1], at, part[1])
    return ends[0], ends[1]


def _names(neurons: list[Neuron]) -> str:
    return together([n.name for n in neurons])


def _ids(neurons: list[Neuron]) -> tuple[int, ...]:
    return tuple(n.id for n in neurons)


def _listed(words: set[str]) -> str:
    return ", ".join(sorted(words))
