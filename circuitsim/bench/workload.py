"""Random conductance circuits of a fixed recipe: the same numbers for every simulator, on every day.

C dv/dt = g (E_L - v) + sum w sigma(a (u - m)) (E - v) + p sin(t / 2) + q cos(t / 2)
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.bench.cases import Case

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SEED = 12345  # and the number of neurons
OMEGA = 0.5  # angular frequency of both inputs
FEW = 20  # synapses per neuron up to which their strength is as drawn
USUAL = 16  # synapses per neuron whose sum denser circuits keep
DISTINCT = 10_000  # neurons up to which a neuron hears each partner once


@dataclass(frozen=True)
class Workload:
    """The numbers of a case, synapses in the order of the neurons that they reach.

    Attributes:
        case: Its size.
        first: int64[n + 1], where the synapses of each neuron begin.
        pre: int64[s], the neuron that a synapse comes from.
        leak: float64[n], leak conductances.
        leak_potential: float64[n].
        capacitance: float64[n].
        conductance: float64[s].
        slope: float64[s].
        midpoint: float64[s].
        reversal: float64[s], reversal potentials, 1 or -1.
        sine: float64[n], gain of the sine.
        cosine: float64[n], gain of the cosine.
        start: float64[n], states at time 0.
    """

    case: Case
    first: Ints
    pre: Ints
    leak: Floats
    leak_potential: Floats
    capacitance: Floats
    conductance: Floats
    slope: Floats
    midpoint: Floats
    reversal: Floats
    sine: Floats
    cosine: Floats
    start: Floats

    @property
    def post(self) -> Ints:
        """int64[s], the neuron that a synapse reaches."""
        return np.repeat(np.arange(self.case.neurons), np.diff(self.first))

    def quiet(self) -> Workload:
        """The same without inputs."""
        return replace(self, sine=np.zeros_like(self.sine), cosine=np.zeros_like(self.cosine))

    def rates(self) -> Callable[[float, Floats], Floats]:
        """The right-hand side in plain numpy: time and float64[n] states in, float64[n] out."""
        first = self.first[:-1]

        def rates(t: float, v: Floats) -> Floats:
            opened = self.conductance / (1 + np.exp(-self.slope * (v[self.pre] - self.midpoint)))
            towards = np.add.reduceat(opened * self.reversal, first)
            total = np.add.reduceat(opened, first)
            driven = self.sine * math.sin(OMEGA * t) + self.cosine * math.cos(OMEGA * t)
            leaking = self.leak * (self.leak_potential - v)
            result: Floats = (leaking + towards - total * v + driven) / self.capacitance
            return result

        return rates


def workload(case: Case) -> Workload:
    """Draw the numbers of a case; the order of draws is part of the recipe."""
    n, s = case.neurons, case.synapses
    rng = np.random.default_rng(SEED + n)
    degree = np.full(n, s // n)
    degree[: s - int(degree.sum())] += 1
    pre = np.concatenate([_partners(rng, n, int(k)) for k in degree])
    scale = USUAL * n / s if s > FEW * n else 1.0
    leak, rest = rng.uniform(0.001, 1.0, n), rng.uniform(-0.2, 0.2, n)
    capacitance = rng.uniform(0.4, 0.6, n)
    conductance = rng.uniform(0.001, 1.0, s) * scale
    slope, midpoint = rng.uniform(3.0, 8.0, s), rng.uniform(0.3, 0.8, s)
    reversal = rng.choice([-1.0, 1.0], s)
    sine, cosine = rng.normal(0.0, 0.3, n), rng.normal(0.0, 0.3, n)
    return Workload(
        case, np.concatenate([[0], np.cumsum(degree)]), pre, leak, rest, capacitance, conductance, slope, midpoint,
        reversal, sine, cosine, rng.uniform(-0.5, 0.5, n),
    )  # fmt: skip


def _partners(rng: np.random.Generator, n: int, degree: int) -> Ints:
    if degree == n:
        return np.arange(n)
    drawn = rng.choice(n, degree, replace=False) if n <= DISTINCT else rng.integers(0, n, degree)
    return np.sort(drawn)
