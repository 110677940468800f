"""How long each part of a laboratory takes: ``python tests/benchmarks/laboratories.py [ID...]``.

For the worm's sixteen cells, a layered network of nineteen neurons, and random circuits of 302 and 1000; a figure is the
least of a few rounds, and for parts that follow a run what they take once the run is recorded.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from workload import random_circuit

import circuitsim as cs
from circuitsim.analysis import analyses
from circuitsim.analysis._declare import Question
from circuitsim.engine.run import run
from circuitsim.engine.twin import with_inputs_raised
from circuitsim.io.examples import example

if TYPE_CHECKING:
    from circuitsim.analysis._declare import Part, Values
    from circuitsim.engine.samples import Samples

ROUNDS = 3
LONG = 5.0  # s, from which on one round is enough


def circuits() -> dict[str, cs.Circuit]:
    """By name."""
    return {
        "16 (worm)": cs.load(example("tap-withdrawal").path),
        "19 (NCP)": cs.network("auto_ncp", units=19, output_size=1, seed=1),
        "302 (random)": random_circuit(302),
        "1000 (random)": random_circuit(1000),
    }


def once(part: Part, values: Values, circuit: cs.Circuit) -> float:
    """Seconds of processor time of one answer; the run and the twin that it looks at are made before."""
    runs: list[Samples | None] = [None, None]
    if part.follows(values):
        twin = with_inputs_raised(circuit, 1e-3)
        runs = [run(each, duration=2.0, solver="rk4", dt=0.01) for each in (circuit, twin)]
    question = Question(circuit, values, seen=runs[0], beside=runs[1])
    begun = time.process_time()
    part.run(question)
    return time.process_time() - begun


def main(names: list[str]) -> None:
    """Print a table."""
    made = circuits()
    print(f"{'s of a processor':<28}" + "".join(f"{title:>16}" for title in made))
    for name in names or list(analyses()):
        for part in analyses()[name].parts:
            cells = []
            for circuit in made.values():
                values = analyses()[name].values(circuit, {})
                try:
                    spent = [once(part, values, circuit)]
                    while len(spent) < 2 or (
                        len(spent) < ROUNDS and spent[-1] < LONG
                    ):  # the first may wait for kernels
                        spent.append(once(part, values, circuit))
                    cells.append(f"{min(spent):.3f}")
                except cs.CircuitsimError as error:
                    cells.append(type(error).__name__)
            title = f"{name} {part.run.__name__.strip('_')}"
            print(f"{title:<28}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
