"""Steps per second of the solvers through `simulate`: ``python tests/benchmarks/steps.py [FOLDER]``.

With the folder of another edition of the program, both run in turn, each in a process of its own, and what is
printed is how many times as fast this one is. Processor time is what counts. What a run takes besides its steps
(arrays, checks, result) is left out by the difference of a long and a short run, and is listed beside.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Circuit

HERE = Path(__file__).resolve()
ROUNDS = 7
STRIDE = 10  # steps between two rows
BUDGET = 1.0  # seconds of processor time that a long run takes, about
DT = 0.05
CASES = {
    "tap withdrawal": 9,
    "random 16": 16,
    "random 302": 302,
    "shared 302": 302,
    "random 10000": 10_000,
    "shared 10000": 10_000,
}
SOLVERS = ("rk4", "fused", "euler", "exponential_euler", "dormand_prince")


def circuit_of(case: str) -> Circuit:
    """The circuit of a case."""
    from workload import random_circuit

    import circuitsim as cs
    from circuitsim.spec.paths import resource

    if case == "tap withdrawal":
        return cs.load(resource("examples", "tap-withdrawal.circuit.json"))
    return random_circuit(CASES[case], shared=case.startswith("shared"))


def work() -> None:
    """Take orders from standard input, one a line, and answer each with seconds of processor time."""
    import circuitsim as cs

    circuits: dict[str, Circuit] = {}
    for line in sys.stdin:
        case, solver, steps = line.rstrip("\n").split("\t")
        if case not in circuits:
            circuits = {case: circuit_of(case)}
        begun = time.process_time()
        cs.simulate(circuits[case], int(steps) * DT, dt=DT, solver=solver, every=STRIDE * DT)
        print(time.process_time() - begun, flush=True)


class Edition:
    """A process that runs the program of a folder."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE), "--work"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment,
        )  # fmt: skip

    def seconds(self, case: str, solver: str, steps: int) -> float:
        """Processor time of a run of so many steps."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(case, solver, steps, sep="\t", file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def pair(self, case: str, solver: str, steps: int) -> tuple[float, float]:
        """Seconds a step, and seconds of everything else."""
        short = self.seconds(case, solver, STRIDE)
        long = self.seconds(case, solver, STRIDE + steps)
        each = (long - short) / steps
        return each, short - STRIDE * each

    def length(self, case: str, solver: str) -> int:
        """Steps that take about the budget; what is compiled is compiled then."""
        besides = min(self.seconds(case, solver, STRIDE) for _ in range(3))
        steps = STRIDE
        while (spent := self.seconds(case, solver, steps) - besides) < BUDGET / 4:
            steps *= 4
        return max(STRIDE, round(steps * BUDGET / spent / STRIDE) * STRIDE)


def rows(editions: list[Edition], cases: list[str], solvers: list[str]) -> Iterator[str]:
    """Lines of the table."""
    for case in cases:
        for solver in solvers:
            lengths = [edition.length(case, solver) for edition in editions]
            found = [
                [e.pair(case, solver, n) for e, n in zip(editions, lengths, strict=True)]
                for _ in range(ROUNDS)
            ]
            rates = [1.0 / pairs[0][0] for pairs in found]
            line = f"{case:<16}{solver:<20}{statistics.median(rates):>12,.0f}"
            line += f"{statistics.median(pairs[0][1] for pairs in found):>9.3f} s"
            if len(editions) > 1:
                ratios = [pairs[1][0] / pairs[0][0] for pairs in found]
                line += f"{statistics.median(ratios):>9.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            yield line


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="another edition of the program")
    parser.add_argument("--case", action="append", choices=CASES, help="only this case; may be repeated")
    parser.add_argument(
        "--solver", action="append", choices=SOLVERS, help="only this solver; may be repeated"
    )
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work()
        return
    folders = [HERE.parents[2], *([options.folder.resolve()] if options.folder else [])]
    print(
        f"median of {ROUNDS} rounds; a row every {STRIDE} steps; ratio: how many times as fast as {options.folder}"
    )
    print(f"{'circuit':<16}{'solver':<20}{'steps/s':>12}{'besides':>11}{'ratio':>9}")
    cases, solvers = options.case or list(CASES), options.solver or list(SOLVERS)
    for line in rows([Edition(folder) for folder in folders], cases, solvers):
        print(line, flush=True)


if __name__ == "__main__":
    main()
