"""Folds, Hopf points and fixed points, found on the product's right-hand side and Jacobian.

The values are of 40 digits and written with 16. The right-hand side is evaluated in double precision, so a state is
known to about its rounding error over the smallest eigenvalue; what is differentiated once more by differences, to
the precision of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from reference_circuits import VALUES, as_complex, conductance_circuit, eigenvalues, linearised
from scipy.optimize import brentq, root

import circuitsim as cs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_circuits import Floats

EXACT = 1e-12  # of a root whose function is evaluated to rounding
FOLDS, HOPF = VALUES["scalar_folds"], VALUES["hopf"]


def self_exciting(w: float) -> cs.Circuit:
    """One neuron that excites itself, and a current."""
    p = FOLDS["parameters"]
    matrices = {name: [[p[name]]] for name in ("sigma", "mu", "E")}
    return conductance_circuit(
        {"cm": [p["cm"]], "gleak": [p["gleak"]], "vleak": [p["vleak"]], "w": [[w]], "gain": [[1.0]], **matrices}
    )  # fmt: skip


def slope(circuit: cs.Circuit, v: float) -> float:
    return float(linearised(circuit, [v]).state[0, 0])


def current(circuit: cs.Circuit, v: float) -> float:
    """The current that makes v an equilibrium: what is missing in dv/dt, times the capacitance."""
    return -FOLDS["parameters"]["cm"] * float(linearised(circuit, [v], [0.0]).rate[0])


def test_folds():
    circuit = self_exciting(FOLDS["parameters"]["w"])
    grid = np.linspace(-1, 1, 41)
    signs = np.sign([slope(circuit, v) for v in grid])
    brackets = [(grid[k], grid[k + 1]) for k in np.flatnonzero(signs[:-1] != signs[1:])]
    found = [brentq(lambda v: slope(circuit, v), *ends, xtol=1e-15, rtol=1e-15) for ends in brackets]
    expected = sorted(FOLDS["folds"], key=lambda fold: fold["v"])
    assert found == pytest.approx([fold["v"] for fold in expected], abs=EXACT)
    assert [current(circuit, v) for v in found] == pytest.approx([fold["I"] for fold in expected], abs=EXACT)


def test_a_cusp():
    """Where the slope and its own slope vanish; the latter by differences of the Jacobian, to about h^4."""

    def bends(x):
        v, w = x
        circuit, h = self_exciting(w), 1e-3
        minus2, minus, plus, plus2 = (slope(circuit, v + k * h) for k in (-2, -1, 1, 2))
        return [slope(circuit, v), (minus2 - 8 * minus + 8 * plus - plus2) / (12 * h)]

    found = root(bends, (0.2, 1.0), tol=1e-13)
    assert found.success
    cusp = FOLDS["cusp"]
    assert found.x == pytest.approx([cusp["v"], cusp["w"]], abs=1e-8)
    assert current(self_exciting(found.x[1]), found.x[0]) == pytest.approx(cusp["I"], abs=1e-8)


def test_three_equilibria_between_the_folds():
    circuit, expected = self_exciting(FOLDS["parameters"]["w"]), FOLDS["at_mid_current"]
    for v, eigenvalue in zip(expected["equilibria"], expected["eigenvalues"], strict=True):
        ends = v - 0.1, v + 0.1
        found = brentq(lambda x: current(circuit, x) - expected["I"], *ends, xtol=1e-15, rtol=1e-15)
        assert found == pytest.approx(v, abs=EXACT)
        assert slope(circuit, found) == pytest.approx(eigenvalue, rel=EXACT)


def oscillator() -> cs.Circuit:
    """A neuron that excites itself and another one, which inhibits it; a current into the first."""
    p = HOPF["parameters"]
    return conductance_circuit(
        {
            "cm": [p["cm1"], p["cm2"]],
            "gleak": [p["gl1"], p["gl2"]],
            "vleak": [p["vl1"], p["vl2"]],
            "w": [[p["w11"], p["w12"]], [p["w21"], 0.0]],
            "sigma": [[p["sg"], p["sg"]], [p["sg"], 0.0]],
            "mu": [[p["mu11"], p["mu12"]], [p["mu21"], 0.0]],
            "E": [[1.0, 1.0], [-1.0, 0.0]],
            "gain": [[1.0, 0.0]],
        }
    )


def equilibrium(circuit: cs.Circuit, v1: float) -> tuple[float, float]:
    """The second state and the current with which v1 is an equilibrium; dv2/dt is linear in v2."""
    at = linearised(circuit, [v1, 0.0])
    v2 = -at.rate[1] / at.state[1, 1]
    return float(v2), float(-HOPF["parameters"]["cm1"] * linearised(circuit, [v1, v2]).rate[0])


def trace(circuit: cs.Circuit, v1: float) -> float:
    return float(np.trace(linearised(circuit, [v1, equilibrium(circuit, v1)[0]]).state))


FIRST = {
    -3: -1 / 60,
    -2: 3 / 20,
    -1: -3 / 4,
    1: 3 / 4,
    2: -3 / 20,
    3: 1 / 60,
}  # central differences of order 6
SECOND = {-3: 1 / 90, -2: -3 / 20, -1: 3 / 2, 0: -49 / 18, 1: 3 / 2, 2: -3 / 20, 3: 1 / 90}


def derived(
    circuit: cs.Circuit, v: Floats, along: Floats, weights: dict[int, float], h: float = 0.01
) -> Floats:
    """A derivative of the Jacobian along a direction, float64[n, n]."""
    total: Floats = sum(w * linearised(circuit, v + k * h * along).state for k, w in weights.items())
    return total


def first_lyapunov(circuit: cs.Circuit, v: Floats) -> float:
    """Kuznetsov, Elements of Applied Bifurcation Theory, eq. 5.62, for two states."""
    h, e = 0.01, np.eye(2)
    A = linearised(circuit, v).state
    omega = np.sqrt(np.linalg.det(A))
    B = np.stack([derived(circuit, v, axis, FIRST) / h for axis in e], axis=2)
    C = np.empty((2, 2, 2, 2))
    pure = [derived(circuit, v, axis, SECOND) / h**2 for axis in (*e, e[0] + e[1])]
    C[:, :, 0, 0], C[:, :, 1, 1] = pure[:2]
    C[:, :, 0, 1] = C[:, :, 1, 0] = (pure[2] - pure[0] - pure[1]) / 2
    right, left = np.linalg.eig(A), np.linalg.eig(A.T)
    q = right.eigenvectors[:, np.argmax(right.eigenvalues.imag)]
    p = left.eigenvectors[:, np.argmin(left.eigenvalues.imag)]
    q = q / np.linalg.norm(q)
    p = p / np.conj(np.vdot(p, q))
    q_ = q.conj()
    steady = np.linalg.solve(A, B @ q_ @ q)
    double = np.linalg.solve(2j * omega * e - A, B @ q @ q)
    terms = C @ q_ @ q @ q - 2 * (B @ steady @ q) + B @ double @ q_
    return float(np.vdot(p, terms).real / (2 * omega))


@pytest.mark.parametrize("point", HOPF["points"], ids=lambda point: point["kind"])
def test_a_hopf_point(point):
    circuit, (near, _) = oscillator(), point["fixed_point"]
    v1 = brentq(lambda x: trace(circuit, x), near - 0.05, near + 0.05, xtol=1e-15, rtol=1e-15)
    v2, drive = equilibrium(circuit, v1)
    assert [v1, v2, drive] == pytest.approx([*point["fixed_point"], point["I"]], abs=EXACT)
    omega = eigenvalues(linearised(circuit, [v1, v2]).state)[0].imag
    assert omega == pytest.approx(point["omega"], rel=EXACT)
    assert omega / (2 * np.pi) == pytest.approx(point["frequency"], rel=EXACT)
    assert first_lyapunov(circuit, np.array([v1, v2])) == pytest.approx(point["first_lyapunov"], rel=1e-7)
    sides = [(trace(circuit, v1 + h) / 2, equilibrium(circuit, v1 + h)[1]) for h in (-1e-5, 1e-5)]
    grows = (sides[1][0] - sides[0][0]) / (sides[1][1] - sides[0][1])
    assert grows == pytest.approx(point["d_real_part_dI"], rel=1e-6)


def cycle(circuit: cs.Circuit, drive: float, start: Sequence[float], end: float) -> tuple[float, float]:
    """Swing and frequency of the first state in the last tenth of a run."""
    initial = {"v0": start[0], "v1": start[1]}
    run = cs.simulate(
        circuit, end, 0.01, "dormand_prince", inputs={"I0": drive}, initial=initial, tolerance=1e-11
    )
    late = run.part(start=0.9 * end)
    t, x = late.t, late["v0"].v
    middle = (x.max() + x.min()) / 2
    i = np.flatnonzero((x[:-1] < middle) & (x[1:] >= middle))
    beats = t[i] + (middle - x[i]) / (x[i + 1] - x[i]) * (t[i + 1] - t[i])
    return float(np.ptp(x)), float(1 / np.diff(beats).mean())


CYCLES = [
    pytest.param(point, check, id=f"{point['kind']} {check['I_minus_hopf']}")
    for point in HOPF["points"]
    for check in point["simulation_check"]
    if check["runs"][1]["frequency"]
    and check["runs"][1]["swing"] > 0.02  # closer by, cycles settle too slowly
]


@pytest.mark.parametrize(("point", "check"), CYCLES)
def test_the_cycle_beside_a_hopf_point(point, check):
    """From beside it. The swings of the reference are of rows, and those of its two runs differ by 1e-5."""
    v1, v2 = point["fixed_point"]
    settled = check["runs"][1]
    end = 500.0 if point["kind"] == "subcritical" else 1500.0
    start = [v1 + settled["swing"] / 2, v2]
    swing, frequency = cycle(oscillator(), point["I"] + check["I_minus_hopf"], start, end)
    assert swing == pytest.approx(settled["swing"], rel=2e-5)
    assert frequency == pytest.approx(settled["frequency"], rel=1e-6)


@pytest.mark.parametrize("name", [name for name in VALUES if name.startswith("fixed_points")])
def test_fixed_points(name):
    content = VALUES[name]
    circuit, inputs = conductance_circuit(content["parameters"]), content["input"]
    for point in content["fixed_points"]:
        start = np.array(point["v"]) + 0.01
        found = root(
            lambda v: linearised(circuit, v, inputs).rate, start, jac=lambda v: linearised(circuit, v, inputs).state, tol=1e-14
        )  # fmt: skip
        assert found.x == pytest.approx(point["v"], abs=EXACT)
        at = linearised(circuit, point["v"], inputs)
        assert np.abs(at.rate).max() < 1e-13
        values = eigenvalues(at.state)
        np.testing.assert_allclose(values, as_complex(point["eigenvalues"]), rtol=1e-11, atol=1e-11)
        assert point["stable"] is bool((values.real < 0).all())


@pytest.mark.parametrize("name", [name for name in VALUES if name.startswith("fixed_points")])
def test_a_run_from_a_stable_fixed_point_stays_and_returns(name):
    content = VALUES[name]
    circuit = conductance_circuit(content["parameters"])
    inputs = {f"I{k}": u for k, u in enumerate(content["input"])}
    for point in content["fixed_points"]:
        if point["stable"]:
            away = {f"v{k}": v + 0.02 for k, v in enumerate(point["v"])}
            run = cs.simulate(circuit, 20.0, 0.01, "rk4", inputs=inputs, initial=away)
            assert [run[name].v[-1] for name in away] == pytest.approx(point["v"], abs=1e-11)
