"""How long large files take in the command line: ``python tests/benchmarks/opening.py [FOLDER]``.

Files of 10 000 neurons are checked (`circuitsim check`), each time by a process of its own, and of one such circuit it
is told how long saving takes. With the folder of another edition of the program, both work in turn. Processor time is
what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workload import random_circuit

import circuitsim as cs
from circuitsim.circuit.edits import Delete
from circuitsim.spec.paths import resource

HERE = Path(__file__).resolve()
ROUNDS = 7
NEURONS = 10_000


def files(folder: Path) -> dict[str, Path]:
    """Files to be checked, by what is in them."""
    circuit = random_circuit(NEURONS)
    both = folder / "both.circuit.json", folder / "chemical.circuit.json"
    cs.save(circuit, both[0])
    circuit.apply(Delete(frozenset(source.id for source in circuit.inputs)))
    cs.save(circuit, both[1])
    return {
        "16 synapses": resource("examples", "tap-withdrawal.circuit.json"),
        "160 000 synapses": both[1],
        "180 000 synapses": both[0],
    }


def checked(edition: Path, file: Path) -> float:
    """Seconds of processor time of a process that checks a file."""
    before = os.times()
    command = [sys.executable, "-m", "circuitsim", "check", str(file)]
    place = {**os.environ, "PYTHONPATH": str(edition)}
    subprocess.run(command, check=True, capture_output=True, env=place, cwd=edition)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def saved(file: Path) -> float:
    """Seconds of processor time that saving takes, in this process."""
    circuit = cs.load(file)
    begun = time.process_time()
    cs.save(circuit, file)
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="another edition of the program")
    other: Path | None = parser.parse_args().folder
    editions = [HERE.parents[2], *([] if other is None else [other.resolve()])]
    print(f"seconds of processor time of {ROUNDS} rounds: least, median, and the same of each edition")
    with tempfile.TemporaryDirectory() as folder:
        found = files(Path(folder))
        for title, file in found.items():
            rounds = [[checked(edition, file) for edition in editions] for _ in range(ROUNDS)]
            columns = [f"{min(c):>8.2f}{statistics.median(c):>8.2f}" for c in zip(*rounds, strict=True)]
            print(f"check, {title:<20}" + "".join(columns), flush=True)
        times = [saved(file) for _ in range(ROUNDS)]
        print(f"{'save, 180 000 synapses':<27}{min(times):>8.2f}{statistics.median(times):>8.2f}")


if __name__ == "__main__":
    main()
