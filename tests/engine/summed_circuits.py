"""Random circuits of every kind that sums a drive, and an independent right-hand side for them.

The right-hand side follows the equations element by element and evaluates neurons without memory by recursion, without
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
MEMORYLESS = ("static", "closed_form")
MIXED = (*CONTINUOUS, "static", "static", *MEMORYLESS)


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
        circuit.add_neuron(name, kind, start=r.uniform(-1, 1), **_numbers(r, kind, activations))
    circuit.add_input("u", "sine", amplitude=0.7, frequency=r.uniform(0.1, 0.8), phase=r.uniform())
    for later, post in enumerate(names):
        chemical = circuit[post].kind == "ltc"
        for earlier, pre in enumerate(names):
            back = {circuit[pre].kind, circuit[post].kind} <= {*MEMORYLESS} and earlier >= later
            if r.random() < 0.4 and not back:  # neurons without memory may not form a cycle
                if chemical:
                    circuit.connect(pre, post, conductance=r.uniform(0.1, 1), reversal_potential=r.normal())
                else:
                    circuit.connect(pre, post, "weight", weight=r.normal(0, 0.8))
        if r.random() < 0.5:
            circuit.connect("u", post, "current", gain=r.normal(0, 0.5))
    return circuit


def _numbers(r: np.random.Generator, kind: str, activations: Sequence[str]) -> dict[str, float | str]:
    """Random parameters of a neuron."""
    if kind == "ltc":
        return {"capacitance": r.uniform(0.3, 0.6), "leak_conductance": r.uniform(0.3, 1.0)}
    numbers = {"bias": r.normal(0, 0.5), "activation": activations[int(r.integers(len(activations)))]}
    if kind in ("closed_form", "ct_rnn", "ltc_paper"):
        numbers["time_constant"] = r.uniform(0.3, 0.9)
    if kind in ("closed_form", "ltc_paper"):
        numbers["target"] = r.normal()
    if kind == "ltc_paper":
        numbers["decay"] = ("absolute", "signed")[len(activations) == len(SMOOTH)]
    if kind == "closed_form":
        del numbers["activation"]
    return numbers


def act(code: float, z: float) -> float:
    """The activations, from their definitions; the smooth ones of complex numbers, too."""
    smooth = [lambda: 1 / (1 + np.exp(-z)), lambda: np.tanh(z)]
    return [*smooth, lambda: max(z, 0.0), lambda: min(1.0, max(-1.0, z))][int(code)]()


def complete(circuit: Circuit, t: float, v: Vector, u: complex | None = None) -> Vector:
    """States, and of neurons without memory the outputs that follow from what drives them now, float64[n].

    Args:
        circuit: The circuit.
        t: The instant.
        v: States; complex ones go through.
        u: Takes the place of the sine's value.
    """
    order = [n.id for n in circuit.neurons]
    values = dict(zip(order, v.tolist(), strict=True))
    instant = {n.id: n for n in circuit.neurons if n.kind in MEMORYLESS}
    known: set[int] = set()

    def value(i: int) -> float:
        if i in instant and i not in known:
            p, drive = instant[i].parameters, _drive(circuit, t, i, value, u)
            if instant[i].kind == "static":
                values[i] = act(p["activation"], drive + p["bias"])
            else:
                decay = np.exp(-t * (1 / p["time_constant"] + act(0, p["bias"] + drive)))
                values[i] = p["target"] + (instant[i].start - p["target"]) * decay * act(0, p["bias"] - drive)
            known.add(i)
        return values[i]

    return np.array([value(i) for i in order])


def _drive(
    circuit: Circuit, t: float, neuron: int, value: Callable[[int], float], u: complex | None
) -> float:
    p = circuit["u"].parameters
    u = (
        u
        if u is not None
        else p["offset"] + p["amplitude"] * math.sin(2 * math.pi * (p["frequency"] * t + p["phase"]))
    )
    arriving = [s for s in circuit.synapses if s.post == neuron]
    weights = sum(s.parameters["weight"] * value(s.pre) for s in arriving if s.kind == "weight")
    return weights + sum(s.parameters["gain"] * u for s in arriving if s.kind == "current")


def right_hand_side(circuit: Circuit) -> Callable[[float, Vector], Vector]:
    """dx/dt for scipy; that of neurons without memory is 0, since `complete` puts their values in."""

    def f(t: float, v: Vector, u: complex | None = None) -> Vector:
        x = dict(zip((n.id for n in circuit.neurons), complete(circuit, t, v, u).tolist(), strict=True))
        rates = np.zeros(v.size, complex if u is not None else v.dtype)
        for k, n in enumerate(circuit.neurons):
            p, now = n.parameters, x[n.id]
            drive = _drive(circuit, t, n.id, x.__getitem__, u)
            if n.kind in MEMORYLESS:
                continue
            if n.kind == "ltc":
                flow = drive + p["leak_conductance"] * (p["leak_potential"] - now)
                for s in circuit.synapses:
                    if s.post == n.id and s.kind == "chemical":
                        q = s.parameters
                        g = q["conductance"] / (1 + np.exp(-q["slope"] * (x[s.pre] - q["midpoint"])))
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
