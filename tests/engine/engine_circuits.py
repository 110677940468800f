"""Circuits drawn by a random generator, and an independent right-hand side for them.

The right-hand side is written from the equations element by element, without the engine's groups,
chunks or kernels, so that both can only agree by being right.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from circuitsim.circuit.build import new_input, new_neuron, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.elements import Input, Neuron, Synapse
    from circuitsim.spec.curve import Knots

    Vector = np.ndarray


def random_circuit(
    seed: int, conductance: int = 5, paper: int = 3, *, stable: bool = True, curves: bool = False
) -> Circuit:
    """A circuit with neurons and synapses of every kind and a sine and a slider as inputs.

    Curves are corners to a method of high order, so they and clamps are left out unless they are asked for.
    """
    r = np.random.default_rng(seed)
    circuit = Circuit("random")
    cells = []
    for k in range(conductance):
        start, cm = r.uniform(-1, 1), r.uniform(0.3, 0.6)
        cells.append(
            new_neuron(
                circuit, f"c{k}", start=start, capacitance=cm, leak_conductance=r.uniform(0.1, 1.0),
                leak_potential=r.uniform(-0.3, 0.3),
            )
        )  # fmt: skip
    for k in range(paper):
        activation = ["sigmoid", "tanh", "relu", "hard_tanh"][int(r.integers(4))]
        decay = "absolute" if stable else ["signed", "absolute"][int(r.integers(2))]
        cells.append(
            new_neuron(
                circuit, f"p{k}", "ltc_paper", start=r.uniform(-0.2, 0.2), time_constant=r.uniform(0.3, 0.9),
                target=r.normal(), bias=r.normal(0, 0.3), activation=activation, decay=decay,
            )
        )  # fmt: skip
    sine = new_input(circuit, "sine", "sine", amplitude=0.5, frequency=r.uniform(0.1, 0.8), phase=r.uniform())
    hand = new_input(circuit, "hand", "slider", value=r.uniform())
    circuit.apply(Add((*cells, sine, hand)))
    for post in cells:
        for pre in (*cells, sine, hand):
            if r.random() < 0.5:
                _connect(circuit, r, pre, post, curves=curves)
    circuit.apply(Add((new_output(circuit, "y", cells[0].id, 2.0, -0.5),)))
    return circuit


def _connect(
    circuit: Circuit, r: np.random.Generator, pre: Neuron | Input, post: Neuron, *, curves: bool
) -> None:
    source = getattr(pre, "kind", "input")
    legal = [k for k in circuit.kinds.synapses if circuit.kinds.synapse_refusal(k, source, post.kind) is None]
    plain = [
        k for k in legal if circuit.kinds.synapses[k].curve is None and not circuit.kinds.synapses[k].clamp
    ]
    legal = legal if curves else plain
    legal = [k for k in legal if not (circuit.kinds.synapses[k].junction and pre.id >= post.id)]
    if not legal:
        return
    kind = legal[int(r.integers(len(legal)))]
    numbers = {
        "chemical": {
            "conductance": r.uniform(0.05, 1.5), "slope": r.uniform(-4, 8), "midpoint": r.uniform(-0.5, 0.8),
            "reversal_potential": r.choice([-1.0, 1.0]) * r.uniform(0.5, 1.5),
        },
        "electrical": {"conductance": r.uniform(0.05, 0.8)},
        "electrical_directed": {"conductance": r.uniform(0.05, 0.8)},
        "weight": {"weight": r.normal()},
        "clamp": {"series_conductance": r.uniform(0.5, 5.0)},
        "spline_drive": {"weight": r.normal(), "knots": _knots(r, -1.5, 1.5)},
        "spline_conductance": {
            "conductance": r.uniform(0.05, 1.5), "knots": _knots(r, 0.0, 1.0),
            "reversal_potential": r.choice([-1.0, 1.0]) * r.uniform(0.5, 1.5),
        },
        "current": {"gain": r.normal(0, 0.5)},
    }[kind]  # fmt: skip
    circuit.apply(Add((new_synapse(circuit, pre.id, post.id, kind, **numbers),)))


def _knots(r: np.random.Generator, low: float, high: float) -> tuple[Vector, Vector]:
    count = int(r.integers(2, 9))
    return np.cumsum(r.uniform(0.1, 0.6, count)) - 1.5, r.uniform(low, high, count)


def curve(knots: Knots, v: float, *, held: bool) -> float:
    """A curve through knots as scipy draws it; outside it goes on straight."""
    slopes, inside = _interpolant(knots, held=held)
    for end, outside in ((0, v < knots.x[0]), (-1, v > knots.x[-1])):
        if outside:
            return float(knots.y[end] + slopes[end] * (v - knots.x[end]))
    return float(inside(v))


@cache
def _interpolant(knots: Knots, *, held: bool) -> tuple[Vector, CubicHermiteSpline]:
    slopes = PchipInterpolator(knots.x, knots.y).derivative()(knots.x)
    if held:
        slopes[[0, -1]] = 0.0
    return slopes, CubicHermiteSpline(knots.x, knots.y, slopes)


def with_maps(circuit: Circuit) -> Circuit:
    """The same circuit, whose sine sends something else than its value."""
    circuit.apply(Replace((replace(circuit["sine"], gain=-1.3, offset=0.2),), "Map"))
    return circuit


def input_value(source: Input, t: float) -> float:
    """Value of a sine or a slider."""
    p = source.parameters
    if source.stimulus == "sine":
        return p["offset"] + p["amplitude"] * math.sin(2 * math.pi * (p["frequency"] * t + p["phase"]))
    return p["value"]


def _act(code: float, z: float) -> float:
    return [1 / (1 + math.exp(-z)), math.tanh(z), max(z, 0.0), min(1.0, max(-1.0, z))][int(code)]


def _added(s: Synapse, x: float) -> Vector:
    """What a synapse adds to the four channels of its postsynaptic neuron."""
    p = s.parameters
    g = reversal = drive = current = 0.0
    match s.kind:
        case "chemical":
            g = p["conductance"] / (1 + math.exp(-p["slope"] * (x - p["midpoint"])))
            reversal = p["reversal_potential"]
        case "electrical" | "electrical_directed":
            g, reversal = p["conductance"], x
        case "clamp":
            g, reversal = p["series_conductance"], x
        case "spline_conductance":
            g, reversal = p["conductance"] * curve(s.knots, x, held=True), p["reversal_potential"]
        case "spline_drive":
            drive = p["weight"] * curve(s.knots, x, held=False)
        case "weight":
            drive = p["weight"] * x
        case "current":
            current = p["gain"] * x
    return np.array([g, g * reversal, drive, current])


def decay_and_drive(circuit: Circuit, t: float, v: Vector) -> tuple[Vector, Vector]:
    """(lambda, b) of dx/dt = b - lambda x for every neuron in id order, straight from the equations."""
    x = {n.id: v[k] for k, n in enumerate(circuit.neurons)}
    x |= {i.id: i.gain * input_value(i, t) + i.offset for i in circuit.inputs}
    total = {n.id: np.zeros(4) for n in circuit.neurons}  # conductance, conductance * target, drive, current
    for s in circuit.synapses:
        total[s.post] += _added(s, x[s.pre])
        if s.kind == "electrical":
            total[s.pre] += _added(s, x[s.post])
    lam, b = np.empty(v.size), np.empty(v.size)
    for k, n in enumerate(circuit.neurons):
        g, ge, drive, current = total[n.id]
        p = n.parameters
        if n.kind == "ltc":
            lam[k] = (p["leak_conductance"] + g) / p["capacitance"]
            b[k] = (p["leak_conductance"] * p["leak_potential"] + ge + current) / p["capacitance"]
        else:
            f = _act(p["activation"], drive + current + p["bias"])
            lam[k] = 1 / p["time_constant"] + (abs(f) if p["decay"] == 1 else f)
            b[k] = f * p["target"]
    return lam, b


def right_hand_side(circuit: Circuit) -> Callable[[float, Vector], Vector]:
    """dx/dt of a circuit for scipy."""

    def f(t: float, v: Vector) -> Vector:
        lam, b = decay_and_drive(circuit, t, v)
        return b - lam * v

    return f
