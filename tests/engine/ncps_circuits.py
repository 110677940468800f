"""LTC networks of ncps as circuits, from the arrays of a state_dict alone, and the cell itself in plain numpy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.elements import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).resolve().parent.parent / "data" / "ncps"
CASES = ("ltc_autoncp8_1", "ltc_full4")


class Case:
    """One of the stored cases.

    Attributes:
        arrays: What the npz holds; parameters as float64, positive ones as they act.
        times: float64[T + 1], beginnings of the intervals and the end of the last one.
        facts: What the json beside it says.
    """

    def __init__(self, name: str) -> None:
        with np.load(DATA / f"{name}.npz") as file:
            self.arrays = {key: file[key] for key in file.files}
        self.facts: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["ltc"]
        self.parameters = parameters(self.arrays, implicit=self.facts["implicit_param_constraints"])
        self.times = np.concatenate([[0.0], np.cumsum(self.arrays["timespans"])])

    def circuit(self) -> Circuit:
        """The circuit, its inputs as tables and its start states those of the case."""
        return circuit(self.parameters, self.arrays["input"], self.times[:-1], self.arrays["h0"])


def parameters(arrays: Mapping[str, np.ndarray], *, implicit: bool) -> dict[str, np.ndarray]:
    """Parameters of the cell as float64, by their names; softplus as PyTorch has it where constraints are implicit."""
    prefix = "param.rnn_cell."
    found = {k.removeprefix(prefix): np.float64(v) for k, v in arrays.items() if k.startswith(prefix)}
    if implicit:
        for name in ("w", "sensory_w", "cm", "gleak"):
            found[name] = np.where(found[name] > 20.0, found[name], np.log1p(np.exp(found[name])))
    return found


def circuit(p: Mapping[str, np.ndarray], inputs: np.ndarray, times: np.ndarray, start: np.ndarray) -> Circuit:
    """Neurons n0 and so on, inputs u0 and so on as tables, read-outs y0 and so on."""
    result = Circuit("ncps")
    for k, column in enumerate(np.float64(inputs).T):
        table = Table(tuple(np.float64(times).tolist()), tuple(column.tolist()))
        gain, offset = float(p["input_w"][k]), float(p["input_b"][k])
        result.add_input(f"u{k}", "table", table=table, gain=gain, offset=offset)
    for k, v in enumerate(np.float64(start)):
        own = {"capacitance": p["cm"][k], "leak_conductance": p["gleak"][k], "leak_potential": p["vleak"][k]}
        result.add_neuron(f"n{k}", start=float(v), **{name: float(value) for name, value in own.items()})
    for pre, before, mask in (("u", "sensory_", "sensory_sparsity_mask"), ("n", "", "sparsity_mask")):
        rows = [p[before + name] for name in ("w", "sigma", "mu", "erev")]
        for j, i in np.argwhere(p[mask]).tolist():
            g, slope, midpoint, reversal = (float(row[j, i]) for row in rows)
            result.connect(
                f"{pre}{j}",
                f"n{i}",
                conductance=g,
                slope=slope,
                midpoint=midpoint,
                reversal_potential=reversal,
            )
    for k, (gain, offset) in enumerate(zip(p["output_w"], p["output_b"], strict=True)):
        result.add_output(f"y{k}", f"n{k}", float(gain), float(offset))
    return result


def hidden(
    p: Mapping[str, np.ndarray],
    inputs: np.ndarray,
    spans: np.ndarray,
    start: np.ndarray,
    unfolds: int = 6,
    epsilon: float = 1e-8,
) -> np.ndarray:
    """States after each call, float64[T, N], in the words of the cell of ncps."""

    def opened(x: np.ndarray, before: str) -> np.ndarray:
        z = p[f"{before}sigma"] * (x[:, None] - p[f"{before}mu"])
        return p[f"{before}w"] * p[f"{before}sparsity_mask"] / (1.0 + np.exp(-z))

    v, rows = np.float64(start), []
    for value, span in zip(np.float64(inputs), spans, strict=True):
        sensory = opened(p["input_w"] * value + p["input_b"], "sensory_")
        rate = p["cm"] / (span / unfolds) if span else np.inf
        for _ in range(unfolds if span else 0):
            own = opened(v, "")
            top = rate * v + p["gleak"] * p["vleak"] + (own * p["erev"]).sum(0)
            top += (sensory * p["sensory_erev"]).sum(0)
            v = top / (rate + p["gleak"] + own.sum(0) + sensory.sum(0) + epsilon)
        rows.append(v)
    return np.array(rows)
