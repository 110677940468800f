"""The example that multiplies with curves of one value: what its note says, and how exact it is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from circuitsim.circuit.edits import SetKnots
from circuitsim.circuit.elements import Synapse, Table
from circuitsim.engine.run import run
from circuitsim.io.circuits.circuit_json import loads
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

SETTLED = 25.0  # s, many time constants of 1 s
GRID = (-1.0, -0.5, 0.0, 0.5, 1.0)


def load() -> Circuit:
    path = resources() / "examples" / "product.circuit.json"
    return loads(path.read_bytes(), path)


def settled(circuit: Circuit, x: float, y: float, solver: str | None = None) -> float:
    held = {"x": Table((0.0,), (x,)), "y": Table((0.0,), (y,))}
    return float(run(circuit, duration=SETTLED, inputs=held, every=SETTLED, solver=solver).outputs[-1, 0])


def outer(circuit: Circuit) -> tuple[Synapse, ...]:
    """The curves that lead to the product."""
    return tuple(s for s in circuit.synapses if s.post == circuit["product"].id)


@pytest.mark.parametrize(("x", "y"), list(product(GRID, GRID)))
def test_it_multiplies(x: float, y: float) -> None:
    """Within 0.006 of x y, and to rounding what the two parabolas of scipy make of sum and difference."""
    circuit = load()
    found = settled(circuit, x, y)
    assert found == pytest.approx(x * y, abs=6e-3)
    first, second = outer(circuit)
    parabola = PchipInterpolator(first.knots.x, first.knots.y)
    assert first.knots == second.knots
    assert found == pytest.approx(parabola((x + y) / 2) - parabola((x - y) / 2), abs=1e-8)


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_every_solver_multiplies(solver: str) -> None:
    """What a circuit settles at is a matter of its equations alone."""
    circuit = load()
    assert settled(circuit, 0.75, -0.5, solver) == pytest.approx(settled(circuit, 0.75, -0.5), abs=1e-7)
    assert settled(circuit, 0.75, -0.5, solver) == pytest.approx(-0.375, abs=6e-3)


def test_every_connection_is_a_curve_of_one_value() -> None:
    circuit = load()
    assert {s.kind for s in circuit.synapses} == {"spline_drive"}
    assert len(circuit.synapses) == 6


def test_with_straight_lines_at_the_end_it_only_adds() -> None:
    """The parabolas make it a product: without them it yields y, whatever x is."""
    circuit = load()
    line = circuit.kinds.synapses["spline_drive"].curve.default("liquid")
    circuit.apply(SetKnots(tuple(s.id for s in outer(circuit)), line))
    assert [settled(circuit, x, 0.3) for x in (-0.5, 0.0, 0.5)] == pytest.approx([0.3] * 3, abs=1e-8)


def test_y_turns_the_wave_over() -> None:
    """Across 0 the product turns against x; at 0 there is none."""
    swings = {}
    for y in (0.8, 0.0, -0.8):
        found = run(load(), duration=100.0, inputs={"y": Table((0.0,), (y,))}, every=0.5)
        late = found.t >= 50.0
        wave, made = found.inputs[late, 0], found.outputs[late, 0]
        swings[y] = float(
            np.dot(np.roll(wave, 4), made) / np.dot(wave, wave)
        )  # 2 s later, as two neurons take
    assert swings[0.8] == pytest.approx(0.8, abs=0.03)
    assert swings[0.0] == pytest.approx(0.0, abs=1e-3)
    assert swings[-0.8] == pytest.approx(-0.8, abs=0.03)
