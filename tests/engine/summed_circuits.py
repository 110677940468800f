"""Random circuits of every kind that sums a drive, and an independent right-hand side for them.

The right-hand side follows the equations element by element and evaluates static neurons by recursion, without
the engine's groups, levels or kernels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.circuit import Circuit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Vector = np.ndarray

SMOOTH = ("sigmoid", "tanh")
ACTIVATIONS = (*SMOOTH, "relu", "hard_tanh")
CONTINUOUS = ("ct_rnn", "ltc", "ltc_paper", "neural_ode")


def summed_circuit(
    seed: int, activations: Sequence[str] = ACTIVATIONS, kinds: Sequence[str] = CONTINUOUS, count: int = 7
) -> Circuit:
    """A circuit of neurons of some kinds, driven by one another and by a sine.

    With smooth activations alone the right-hand side is smooth too: |f| has a kink, so the decay is signed then.
    """
    r = np.random.default_rng(seed)
    circuit = Circuit()
    names = [f"n{k}" for k in range(count)]
    for name in names:
        kind = kinds[int(r.integers(len(kinds)))]
        numbers = {"bias": r.normal(0, 0.5), "activation": activations[int(r.integers(len(activations)))]}
        if kind == "ltc":
            numbers = {"capacitance": r.uniform(0.3, 0.6), "leak_conductance": r.uniform(0.3, 1.0)}
        if kind in ("ct_rnn", "ltc_paper"):
            numbers["time_constant"] = r.uniform(0.3, 0.9)
        if kind == "ltc_paper":
            numbers |= {
                "target": r.normal(),
                "decay": ("absolute", "signed")[len(activations) == len(SMOOTH)],
            }
        circuit.add_neuron(name, kind, start=r.uniform(-1, 1), **numbers)
    circuit.add_input("u", "sine", amplitude=0.7, frequency=r.uniform(0.1, 0.8), phase=r.uniform())
    for later, post in enumerate(names):
        chemical = circuit[post].kind == "ltc"
        for earlier, pre in enumerate(names):
            back = circuit[pre].kind == circuit[post].kind == "static" and earlier >= later
            if r.random() < 0.4 and not back:  # static neurons may not form a cycle
                if chemical:
                    circuit.connect(pre, post, conductance=r.uniform(0.1, 1), reversal_potential=r.normal())
                else:
                    circuit.connect(pre, post, "weight", weight=r.normal(0, 0.8))
        if r.random() < 0.5:
            circuit.connect("u", post, "current", gain=r.normal(0, 0.5))
    return circuit


def act(code: float, z: float) -> float:
    """The activations, from their definitions."""
    return [1 / (1 + math.exp(-z)), math.tanh(z), max(z, 0.0), min(1.0, max(-1.0, z))][int(code)]


def complete(circuit: Circuit, t: float, v: Vector) -> Vector:
    """States with those of static neurons put in from what drives them now, float64[n]."""
    order = [n.id for n in circuit.neurons]
    values = dict(zip(order, v.tolist(), strict=True))
    static = {n.id: n for n in circuit.neurons if n.kind == "static"}
    known: set[int] = set()

    def value(i: int) -> float:
        if i in static and i not in known:
            p = static[i].parameters
            values[i] = act(p["activation"], _drive(circuit, t, i, value) + p["bias"])
            known.add(i)
        return values[i]

    return np.array([value(i) for i in order])


def _drive(circuit: Circuit, t: float, neuron: int, value: Callable[[int], float]) -> float:
    p = circuit["u"].parameters
    u = p["offset"] + p["amplitude"] * math.sin(2 * math.pi * (p["frequency"] * t + p["phase"]))
    arriving = [s for s in circuit.synapses if s.post == neuron]
    weights = sum(s.parameters["weight"] * value(s.pre) for s in arriving if s.kind == "weight")
    return weights + sum(s.parameters["gain"] * u for s in arriving if s.kind == "current")


def right_hand_side(circuit: Circuit) -> Callable[[float, Vector], Vector]:
    """dx/dt for scipy; that of static neurons is 0, since `complete` puts their values in."""

    def f(t: float, v: Vector) -> Vector:
        x = dict(zip((n.id for n in circuit.neurons), complete(circuit, t, v).tolist(), strict=True))
        rates = np.zeros(v.size)
        for k, n in enumerate(circuit.neurons):
            p, now = n.parameters, x[n.id]
            drive = _drive(circuit, t, n.id, x.__getitem__)
            if n.kind == "ltc":
                flow = drive + p["leak_conductance"] * (p["leak_potential"] - now)
                for s in circuit.synapses:
                    if s.post == n.id and s.kind == "chemical":
                        q = s.parameters
                        g = q["conductance"] / (1 + math.exp(-q["slope"] * (x[s.pre] - q["midpoint"])))
                        flow += g * (q["reversal_potential"] - now)
                rates[k] = flow / p["capacitance"]
                continue
            f = act(p["activation"], drive + p["bias"])
            match n.kind:
                case "ct_rnn":
                    rates[k] = -now / p["time_constant"] + f
                case "neural_ode":
                    rates[k] = f
                case "ltc_paper":
                    decay = abs(f) if p["decay"] == 1 else f
                    rates[k] = f * p["target"] - (1 / p["time_constant"] + decay) * now
        return rates

    return f
