"""Circuits with one network of any kind that reads tables, and what it must do, by `numpy_cfc` alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy_cfc import sequence

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.elements import Table

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Cell

VARIANTS: dict[str, dict[str, Any]] = {
    "default": {"kind": "cfc"},
    "no_gate": {"kind": "cfc_no_gate"},
    "pure": {"kind": "cfc_pure"},
    "no_backbone": {"kind": "cfc", "backbone_layers": 0},
    "deep": {"kind": "cfc", "backbone_layers": 3},
    "deep_pure": {"kind": "cfc_pure", "backbone_layers": 2},
    **{f"act_{name}": {"kind": "cfc", "activation": name} for name in ("tanh", "relu", "silu", "gelu")},
    "linear": {"kind": "cfc", "candidates": "linear"},
    "linear_no_gate": {"kind": "cfc_no_gate", "candidates": "linear"},
    "wired_linear": {"kind": "cfc_wired", "mode": "default", "candidates": "linear"},
    "wired_default": {"kind": "cfc_wired", "mode": "default"},
    "wired_no_gate": {"kind": "cfc_wired", "mode": "no_gate"},
    "wired_pure": {"kind": "cfc_wired", "mode": "pure"},
}
VARIANTS |= {f"{name}_mixed": {**options, "mixed_memory": True} for name, options in VARIANTS.items()}
LAYERS = (4, 3, 2)


@dataclass(frozen=True)
class Case:
    """A circuit, the name of its network, and the states, gates and call times that are due."""

    circuit: Circuit
    cell: Cell
    t: np.ndarray
    states: np.ndarray
    gates: np.ndarray


def case(variant: str, seed: int, calls: int = 12) -> Case:
    """A network of a variant with random weights, masks, start and irregular samples of two inputs."""
    r = np.random.default_rng(seed)
    options = dict(VARIANTS[variant])
    wired = options["kind"] == "cfc_wired"
    circuit = Circuit(variant)
    spans = r.uniform(0.05, 3.0, calls)
    times = np.concatenate([[0.0], np.cumsum(spans)])
    inputs = r.normal(0, 1.5, (calls, 2))
    for k, name in enumerate("ab"):
        table = Table(tuple(times[:-1].tolist()), tuple(inputs[:, k].tolist()))
        circuit.add_input(name, "table", table=table)
    units = LAYERS if wired else 5
    size = sum(LAYERS) if wired else 5
    if not wired:
        options["backbone_units"] = 11
    first = circuit.add_network("probe", reads=("a", "b"), units=units, seed=seed, clock="samples", **options)
    arrays = {name: m.values * r.uniform(0.5, 2.0) for name, m in first.arrays.items()}
    arrays |= {
        name: r.integers(-1, 2, m.shape).astype(float)
        for name, m in first.arrays.items()
        if name.endswith("mask")
    }
    start, memory = r.normal(0, 0.5, size), r.normal(0, 0.5, size)
    mixed = bool(options.pop("mixed_memory", False))
    circuit = finished(circuit, first, arrays, start, memory if mixed else np.zeros(0), spans[-1])
    mode = (
        options.get("mode")
        or {"cfc": "default", "cfc_no_gate": "no_gate", "cfc_pure": "pure"}[options["kind"]]
    )
    states, gates = sequence(
        arrays, inputs, spans, start, memory, mode=mode, activation=options.get("activation", "lecun_tanh"),
        layers=LAYERS if wired else (), candidates=options.get("candidates", "tanh"),
    )  # fmt: skip
    return Case(circuit, circuit["probe"], times[1:], states, gates)


def finished(circuit, cell, arrays, start, memory, last):
    """The circuit with other weights, start states and memory, whose period is the span after the last sample."""
    from dataclasses import replace

    from circuitsim.circuit.edits import Replace, SetStart
    from circuitsim.circuit.elements import Matrix

    numbers = {**cell.parameters, "period": float(last)}
    matrices = {name: Matrix.of(values) for name, values in arrays.items()}
    altered = replace(cell, arrays=matrices, memory=tuple(memory.tolist()), parameters=numbers)
    circuit.apply(Replace((altered,), "Train"))
    circuit.apply(SetStart(dict(zip(cell.units, start.tolist(), strict=True))))
    return circuit
