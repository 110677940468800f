"""The page of measured orders and errors, docs/solvers.md: ``python tests/engine/solver_table.py`` renews it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

from circuitsim.circuit.circuit import Circuit
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.kind import ContinuousKind

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "solvers.md"
END, STEP = 2.0, 0.02
SOFT: dict[str, dict[str, object]] = {
    "clamp": {"series_conductance": 1.0},  # one as it usually is holds a state that explicit steps lose
    "spline_conductance": {"knots": ((-3.0, -2.5, 2.5, 3.0), (0.1, 0.2, 0.8, 0.9))},
    "spline_drive": {"knots": ((-3.0, -2.5, 2.5, 3.0), (-0.5, -0.3, 0.3, 0.5))},
}
TOLERANCES = (1e-7, 1e-10)
HEAD = """# Solvers, measured

Made by `python tests/engine/solver_table.py`; a test measures again and fails if this page is not what it finds.

Three neurons of a kind, in a ring of each synapse that they receive from neurons, driven by a sine through each that
they receive from inputs (a clamp of 1), for 2 s; of kinds without memory, which have no error of their own, the second
is a CT-RNN neuron, whose error they hand on. No state crosses a knot of a spline, where a curve bends sharply and a
method of high order loses its order. The reference is scipy's DOP853 at a relative tolerance of 1e-12, and where it is
of another opinion than Radau, the page is not made. The error is the largest of all neurons and rows with a step of
0.02 s, in the unit of the state. The order is that between a step of 0.02 s and one of 0.01 s; of a solver that chooses
its own steps, the one at which its error falls with their number, between tolerances of 1e-7 and 1e-10. That which
reproduces the cell of ncps holds the sine over each step, whose 6 substeps are shorter than those of the others.

Discrete networks (CfC in every mode, LTC with mixed memory) stand beside the neurons under every solver and have no rows
here: no solver integrates them. The instants of their calls end a step of each solver, between calls they hold their
states, and one that reads inputs alone has the same bits under every solver and step; one that reads a neuron hands on
that neuron's error. They are tested against plain numpy in `tests/engine/test_networks.py`.

"""


def ring(kind: str) -> Circuit:
    """Three neurons in a ring of each synapse between neurons, and a sine through each from inputs; one remembers."""
    circuit = Circuit()
    second = kind if isinstance(kinds().neurons[kind], ContinuousKind) else "ct_rnn"
    order = (kind, second, kind)
    names = [circuit.add_neuron(f"n{k}", each, start=0.2 * k).name for k, each in enumerate(order)]
    circuit.add_input("wave", "sine", amplitude=0.5, frequency=0.2)  # slow: its wave bounds few steps
    legal = [s for s in kinds().synapses if kinds().synapse_refusal(s, kind, kind) is None]
    for synapse in legal:
        for pre, post in zip(names, (*names[1:], names[0]), strict=True):
            circuit.connect(pre, post, synapse, **SOFT.get(synapse, {}))
    driving = [s for s in kinds().synapses if kinds().synapse_refusal(s, "input", kind) is None]
    circuit.connect("wave", names[0], driving[0])
    for synapse in driving:
        if synapse not in legal and kinds().synapse_refusal(synapse, "input", second) is None:
            circuit.connect("wave", names[1], synapse, **SOFT.get(synapse, {}))
    return circuit


def truth(circuit: Circuit, t: np.ndarray) -> np.ndarray:
    """States at times, float64[s, n]; two methods that have nothing in common must agree."""
    session = Session(circuit, "rk4", STEP)
    program = session._program
    own = program.columns[program.remembers]

    def at(t: float, v: np.ndarray) -> np.ndarray:
        x = program.start.copy()
        x[own] = v
        session._field(t, x, program.tables)
        return x

    def slope(t: float, v: np.ndarray) -> np.ndarray:
        x = at(t, v)
        return program.tables.b[own] - program.tables.lam[own] * x[own]

    start = program.start[own]
    found = [
        solve_ivp(slope, (0.0, END), start, method=m, rtol=1e-12, atol=1e-13, t_eval=t).y.T
        for m in ("DOP853", "Radau")
    ]
    assert np.abs(found[0] - found[1]).max() < 1e-9
    return np.array([at(*row)[program.columns] for row in zip(t, found[0], strict=True)])


def measured(circuit: Circuit, solver: str, exact: dict[float, np.ndarray]) -> tuple[float, float]:
    """Order and error of a solver."""
    runs = [(STEP, None), (STEP / 2, None)]
    if kinds().solvers[solver].adaptive:
        runs = [(STEP, tolerance) for tolerance in (None, TOLERANCES[0], TOLERANCES[-1])]
    errors, steps = [], []
    for dt, tolerance in runs:
        session = Session(circuit, solver, dt, tolerance=tolerance)
        rows = session.advance(10**6, END)
        errors.append(np.abs(rows.v - exact[dt]).max())
        steps.append(session.own_steps or 1 / dt)
    order = np.log(errors[-2] / errors[-1]) / np.log(steps[-1] / steps[-2])
    return order, errors[0]


def page() -> str:
    """The page."""
    lines = ["| Kind | Solver | Declared order | Measured order | Error |", "| --- | --- | --- | --- | --- |"]
    for kind in kinds().neurons.values():
        circuit = ring(kind.id)
        exact = {dt: truth(circuit, dt * np.arange(1, round(END / dt) + 1)) for dt in (STEP, STEP / 2)}
        for solver in kinds().solvers.values():
            order, error = measured(circuit, solver.id, exact)
            lines.append(f"| `{kind.id}` | `{solver.id}` | {solver.order} | {order:.1f} | {error:.0e} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
