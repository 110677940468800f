"""Steps per second of the solvers: ``python tests/benchmarks/steps.py``.

Preparing a run (arrays and, the first time, kernels) does not count and is listed beside.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from workload import random_circuit

import circuitsim as cs
from circuitsim.engine.session import Session
from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit

ROUNDS = 7
BUDGET = 0.5  # seconds of wall time that a round takes, about
NEVER = 2**60  # steps between two rows: nothing is sampled but the end of a round


def measure(circuit: Circuit, solver: str, dt: float) -> tuple[float, list[float]]:
    """Seconds to prepare a run, and steps per second, one figure a round."""
    Session(circuit, solver, dt).advance(1)  # compiles, or reads what was compiled before
    begun = time.perf_counter()
    session = Session(circuit, solver, dt, every=NEVER)
    prepare = time.perf_counter() - begun

    def rate(steps: int) -> float:
        begun = time.perf_counter()
        session.advance(steps)
        return steps / (time.perf_counter() - begun)

    steps = 1
    while (first := rate(steps)) * BUDGET / 4 > steps:
        steps *= 4
    steps = max(1, round(first * BUDGET))
    return prepare, [rate(steps) for _ in range(ROUNDS)]


def main() -> None:
    """Print the table."""
    cases: list[tuple[str, Circuit, float]] = [
        ("tap withdrawal", cs.load(resource("examples", "tap-withdrawal.circuit.json")), 0.01),
        ("random", random_circuit(16), 0.05),
        ("random", random_circuit(302), 0.05),
        ("random", random_circuit(10_000), 0.05),
    ]
    print(f"steps per second: median (lowest to highest) of {ROUNDS} rounds")
    print(
        f"{'circuit':<16}{'neurons':>8}{'synapses':>10}  {'solver':<8}{'steps/s':>12}   {'spread':<26}{'prepare':>9}"
    )
    for title, circuit, dt in cases:
        for solver in ("rk4", "fused"):
            prepare, rates = measure(circuit, solver, dt)
            spread = f"{min(rates):,.0f} to {max(rates):,.0f}"
            print(
                f"{title:<16}{len(circuit.neurons):>8}{len(circuit.synapses):>10}  {solver:<8}"
                f"{statistics.median(rates):>12,.0f}   {spread:<26}{prepare:>7.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
