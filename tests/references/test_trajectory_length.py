"""How long the path of a random network is while its input goes once round a circle (Hasani et al. 2021, section 5).

The reference's own runs agree to 1e-14 of the length; rounding in a sum of 400 chords is far below 1e-12.
"""

from __future__ import annotations

import numpy as np
import pytest
from reference_circuits import VALUES

import circuitsim as cs

CONTENT = VALUES["trajectory_length"]
WIDTH = CONTENT["width"]
TURN, ROWS = 2 * np.pi, 400
MEASURES = ("length", "length_unprojected", "diameter", "length_over_diameter")
KINDS = {"node": "neural_ode", "ctrnn": "ct_rnn"}


def drawn(seed: int) -> dict[str, np.ndarray]:
    """The random numbers of a network, in the order of the reference."""
    r = np.random.default_rng(seed)
    names = ("W", "b", "E", "tau", "Wr", "br", "Er")
    numbers = (
        r.normal(0, 2, (2, WIDTH)), r.normal(0, 1, WIDTH), r.normal(0, 2, (WIDTH, WIDTH)).sum(0),
        np.abs(r.normal(0, 1, WIDTH)), r.normal(0, 2, (WIDTH, WIDTH)), r.normal(0, 1, WIDTH),
        r.normal(0, 2, (WIDTH, WIDTH)).sum(0),
    )  # fmt: skip
    return dict(zip(names, numbers, strict=True))


def network(kind: str, p: dict[str, np.ndarray]) -> cs.Circuit:
    """Neurons n0, n1, ... that start at 0 and see (sin t, cos t)."""
    circuit = cs.Circuit()
    for name, phase in (("sine", 0.0), ("cosine", 0.25)):
        circuit.add_input(name, "sine", amplitude=1.0, frequency=1 / TURN, phase=phase)
    for k in range(WIDTH):
        own = {"time_constant": p["tau"][k]} if kind == "ct_rnn" else {}
        circuit.add_neuron(f"n{k}", kind, activation="tanh", bias=p["b"][k], **own)
        for source, weights in zip(("sine", "cosine"), p["W"], strict=True):
            circuit.connect(source, f"n{k}", "weight", weight=weights[k])
    return circuit


def chords(points: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())


def lengths(path: np.ndarray) -> dict[str, float]:
    """Measures of a path, float64[rows, neurons]."""
    centred = path - path.mean(axis=0)
    seen = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    diameter = float(np.linalg.norm(seen[:, None] - seen[None, :], axis=2).max())
    found = chords(seen), chords(path), diameter, chords(seen) / diameter
    return dict(zip(MEASURES, found, strict=True))


@pytest.mark.parametrize("row", CONTENT["rows"], ids=lambda row: str(row["seed"]))
@pytest.mark.parametrize("model", KINDS)
def test_length(row, model):
    p = drawn(row["seed"])
    assert {name: numbers.sum() for name, numbers in p.items()} == pytest.approx(row["check_sums"], rel=1e-12)
    run = cs.simulate(network(KINDS[model], p), TURN, TURN / ROWS, "dormand_prince", tolerance=1e-12)
    assert len(run) == ROWS + 1
    path = np.column_stack([run[f"n{k}"].v for k in range(WIDTH)])
    expected = {name: row[model][name] for name in MEASURES}
    assert lengths(path) == pytest.approx(expected, rel=1e-12)
