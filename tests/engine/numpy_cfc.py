"""CfC cells written out in plain numpy, equation by equation, without the project's kernels or packing.

Source: Hasani et al. 2022 as implemented by ncps 1.0.1 (cfc_cell.py, wired_cfc_cell.py, lstm.py).
"""

from __future__ import annotations

from math import erf

import numpy as np


def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


ACTIVATIONS = {
    "lecun_tanh": lambda z: 1.7159 * np.tanh(0.666 * z),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "silu": lambda z: z * sigmoid(z),
    "gelu": lambda z: 0.5 * z * (1 + np.vectorize(erf)(z / np.sqrt(2))),
}


def cfc(arrays, x, h, elapsed, mode, activation, prefix="", candidates="tanh"):
    """One call of a CfC cell: new states and gates."""

    def linear(name, z, mask=1.0):
        return (arrays[f"{prefix}{name}.weight"] * mask) @ z + arrays[f"{prefix}{name}.bias"]

    z = np.concatenate([x, h])
    k = 0
    while f"{prefix}backbone.{k}.weight" in arrays:
        z = ACTIVATIONS[activation](linear(f"backbone.{k}", z))
        k += 1
    mask = np.abs(arrays.get(f"{prefix}sparsity_mask", 1.0))
    a = linear("ff1", z, mask)
    if mode == "pure":
        target, w_tau = arrays[f"{prefix}A"][0], arrays[f"{prefix}w_tau"][0]
        decay = np.exp(-elapsed * (np.abs(w_tau) + np.abs(a)))
        return -target * decay * a + target, decay
    g, q = a, linear("ff2", z, mask)
    if candidates == "tanh":
        g, q = np.tanh(g), np.tanh(q)
    r = sigmoid(linear("time_a", z) * elapsed + linear("time_b", z))
    return (g + r * q if mode == "no_gate" else g * (1 - r) + q * r), r


def wired(arrays, x, h, elapsed, mode, layers, candidates):
    """One call of a cell of several layers: each reads the new states of the one before."""
    states, gates, first = [], [], 0
    for k, n in enumerate(layers):
        x, r = cfc(arrays, x, h[first : first + n], elapsed, mode, "tanh", f"layer_{k}.", candidates)
        states.append(x)
        gates.append(r)
        first += n
    return np.concatenate(states), np.concatenate(gates)


def memory(arrays, x, h, c):
    """One step of the memory of the LSTM kind that stands before a cell."""
    z = arrays["lstm.input_map.weight"] @ x + arrays["lstm.input_map.bias"]
    z = z + arrays["lstm.recurrent_map.weight"] @ h
    i, ig, fg, og = np.split(z, 4)
    c = c * sigmoid(fg + 1) + np.tanh(i) * sigmoid(ig)
    return np.tanh(c) * sigmoid(og), c


def sequence(arrays, inputs, spans, h, c, *, mode, activation="lecun_tanh", layers=(), candidates="tanh"):
    """States and gates after each of several calls, float64[k, n] both."""
    states, gates = [], []
    for x, elapsed in zip(inputs, spans, strict=True):
        if "lstm.input_map.weight" in arrays:
            h, c = memory(arrays, x, h, c)
        if layers:
            h, r = wired(arrays, x, h, elapsed, mode, layers, candidates)
        else:
            h, r = cfc(arrays, x, h, elapsed, mode, activation, candidates=candidates)
        states.append(h)
        gates.append(r)
    return np.array(states), np.array(gates)
