"""How long each laboratory takes: ``python tests/benchmarks/laboratories.py [ID...]``.

For the worm's sixteen cells, a layered network of nineteen neurons, and random circuits of 302 and 1000; a figure is the
least of a few rounds, and for analyses that follow a run what they take once the run is recorded.
"""

from __future__ import annotations

import sys
import time

from workload import random_circuit

import circuitsim as cs
from circuitsim.analysis import analyses
from circuitsim.analysis._declare import Question
from circuitsim.engine.run import run
from circuitsim.io.examples import example

ROUNDS = 3
LONG = 20.0  # s, from which on one round is enough


def circuits() -> dict[str, cs.Circuit]:
    """By name."""
    return {
        "16 (worm)": cs.load(example("tap-withdrawal").path),
        "19 (NCP)": cs.network("auto_ncp", units=19, output_size=1, seed=1),
        "302 (random)": random_circuit(302),
        "1000 (random)": random_circuit(1000),
    }


def once(name: str, circuit: cs.Circuit) -> float:
    """Seconds of one answer; the run that it looks at is made before."""
    analysis = analyses()[name]
    seen = run(circuit, duration=2.0, solver="rk4", dt=0.01) if analysis.live else None
    question = Question(circuit, analysis.values(circuit, {}), seen=seen)
    begun = time.perf_counter()
    analysis.run(question)
    return time.perf_counter() - begun


def main(names: list[str]) -> None:
    """Print a table."""
    made = circuits()
    print(f"{'s':<14}" + "".join(f"{title:>16}" for title in made))
    for name in names or list(analyses()):
        cells = []
        for circuit in made.values():
            try:
                spent = [once(name, circuit)]
                while len(spent) < ROUNDS and spent[-1] < LONG:
                    spent.append(once(name, circuit))
                cells.append(f"{min(spent):.3f}")
            except cs.CircuitsimError as error:
                cells.append(type(error).__name__)
        print(f"{name:<14}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
