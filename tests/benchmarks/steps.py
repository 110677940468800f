"""Steps per second of the solvers: ``python tests/benchmarks/steps.py``.

The time of a step is the difference between a long and a short run over the difference of their steps, so that
preparing a run, which is listed beside it, does not count.
"""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

from workload import random_circuit

import circuitsim as cs
from circuitsim.engine.run import run
from circuitsim.spec.paths import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.circuit import Circuit

ROUNDS = 7
BUDGET = 0.4  # seconds of wall time that the long run takes, about
LEAST_STEPS = 128


def seconds(call: Callable[[], object]) -> float:
    """Wall time of a call."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def measure(circuit: Circuit, solver: str, dt: float) -> tuple[float, list[float]]:
    """Seconds to prepare a run, and steps per second, one figure a round."""

    def simulate(steps: int) -> float:
        return seconds(partial(run, circuit, duration=steps * dt, dt=dt, solver=solver, every=steps * dt))

    simulate(LEAST_STEPS)  # compiles, or reads what was compiled before
    prepare = min(simulate(1) for _ in range(3))
    steps = 4 * LEAST_STEPS
    while simulate(steps) - prepare < BUDGET / 2:
        steps *= 2
    rates = [(steps - LEAST_STEPS) / (simulate(steps) - simulate(LEAST_STEPS)) for _ in range(ROUNDS)]
    return prepare, rates


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
