"""Reference values, and the circuits that they are about, built as a user would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import circuitsim as cs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VALUES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "references" / "values.json").read_text(encoding="utf-8")
)


def conductance_circuit(p: dict[str, Any]) -> cs.Circuit:
    """Neurons v0, v1, ... in the conductance form, and inputs I0, I1, ... by sensory synapses or as currents."""
    circuit = cs.Circuit()
    count = len(p["cm"])
    for k in range(count):
        circuit.add_neuron(
            f"v{k}", capacitance=p["cm"][k], leak_conductance=p["gleak"][k], leak_potential=p["vleak"][k]
        )
    for k in range(len(p.get("gain", p.get("sw", [])))):
        circuit.add_input(f"I{k}", value=0.0)
    _chemical(circuit, "v", [p[name] for name in ("w", "sigma", "mu", "E")])
    if "sw" in p:
        _chemical(circuit, "I", [p[name] for name in ("sw", "ssigma", "smu", "sE")])
    for k, row in enumerate(p.get("gain", [])):
        for i, gain in enumerate(row):
            if gain:
                circuit.connect(f"I{k}", f"v{i}", "current", gain=gain)
    return circuit


def _chemical(circuit: cs.Circuit, source: str, matrices: Sequence[Any]) -> None:
    w, sigma, mu, reversal = (np.array(m, dtype=float) for m in matrices)
    for j, i in zip(*np.nonzero(w), strict=True):
        circuit.connect(
            f"{source}{j}", f"v{i}", conductance=w[j, i], slope=sigma[j, i], midpoint=mu[j, i],
            reversal_potential=reversal[j, i],
        )  # fmt: skip


def paper_circuit(p: dict[str, Any]) -> cs.Circuit:
    """Neurons v0, v1, ... in the paper's form, and inputs I0, I1, ... with weights."""
    circuit = cs.Circuit()
    for k, tau in enumerate(p["tau"]):
        circuit.add_neuron(
            f"v{k}", "ltc_paper", time_constant=tau, target=p["A"][k], bias=p["mu"][k], activation=p["activation"]
        )  # fmt: skip
    for source, matrix in (("I", p["W"]), ("v", p["Wr"])):
        for j, row in enumerate(matrix):
            if source == "I":
                circuit.add_input(f"I{j}", value=0.0)
            for i, weight in enumerate(row):
                circuit.connect(f"{source}{j}", f"v{i}", "weight", weight=weight)
    return circuit


def linearised(circuit: cs.Circuit, v: Sequence[float], inputs: Sequence[float] = ()) -> cs.Jacobian:
    """The Jacobian at states of v0, v1, ... and values of I0, I1, ..."""
    states = {f"v{k}": float(x) for k, x in enumerate(v)}
    return cs.jacobian(circuit, states, inputs={f"I{k}": float(u) for k, u in enumerate(inputs)})


def eigenvalues(matrix: Floats) -> NDArray[np.complex128]:
    """Sorted from the right to the left, of a pair the one above the axis first."""
    found = np.linalg.eigvals(matrix)
    return np.array(sorted(found, key=lambda z: (-round(z.real, 9), -z.imag)), dtype=np.complex128)


def as_complex(pairs: Sequence[Sequence[float]]) -> NDArray[np.complex128]:
    """Numbers that are written [re, im], in the same order."""
    return np.array(sorted((complex(*p) for p in pairs), key=lambda z: (-round(z.real, 9), -z.imag)))
