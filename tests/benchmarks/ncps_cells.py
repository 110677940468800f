"""The solver ncps beside ncps itself, on the same network and input: ``python tests/benchmarks/ncps_cells.py``.

Needs the extra peers. Both compute the states after every call in one process, in turn; ncps in single precision, as it is
trained. Prints calls a second (best of the rounds), the ratio, the largest difference of a state, and the seconds that
reading the network from its file takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from ncps.torch import LTC
from ncps.wirings import AutoNCP
from ncps_live import INPUTS, OUTPUTS, SIZES

import circuitsim as cs
from circuitsim.circuit.elements import Table

CALLS, ROUNDS = 300, 5


def case(units: int, folder: Path) -> tuple[LTC, np.ndarray, Path]:
    """A network of ncps, its input, and its file."""
    torch.manual_seed(units)
    model = LTC(INPUTS, AutoNCP(units, OUTPUTS), batch_first=True)
    path = folder / f"{units}.pt"
    torch.save(model.state_dict(), path)
    return model, np.random.default_rng(units).normal(size=(CALLS, INPUTS)), path


def by_ncps(model: LTC, x: np.ndarray) -> tuple[np.ndarray, float]:
    """States after every call, and seconds."""
    steps, state = torch.tensor(x, dtype=torch.float32), torch.zeros(1, model.state_size)
    begun, rows = time.perf_counter(), []
    with torch.no_grad():
        for row in steps:
            _, state = model.rnn_cell(row[None], state, 1.0)
            rows.append(state)
    seconds = time.perf_counter() - begun
    return torch.cat(rows).numpy(), seconds


def by_circuitsim(circuit: cs.Circuit, x: np.ndarray) -> tuple[np.ndarray, float]:
    """States after every call, and seconds."""
    times = tuple(float(k) for k in range(len(x)))
    inputs = {f"u{k}": Table(times, tuple(x[:, k].tolist())) for k in range(INPUTS)}
    begun = time.perf_counter()
    trace = cs.simulate(circuit, duration=float(len(x)), inputs=inputs)
    seconds = time.perf_counter() - begun
    return np.stack([trace[n.name].v[1:] for n in circuit.neurons], axis=1), seconds


def main() -> None:
    """Print one line for each size."""
    torch.set_num_threads(1)
    print("units synapses  import s   ncps/s  circuitsim/s  ratio  difference")
    with tempfile.TemporaryDirectory() as folder:
        for units in SIZES:
            model, x, path = case(units, Path(folder))
            begun = time.process_time()
            circuit = cs.load(path)
            loading = time.process_time() - begun
            theirs, ours = by_ncps(model, x), by_circuitsim(circuit, x)
            best = [
                min(run(*given)[1] for _ in range(ROUNDS))
                for run, given in ((by_ncps, (model, x)), (by_circuitsim, (circuit, x)))
            ]
            off = np.abs(theirs[0] - ours[0]).max()
            rates = [CALLS / seconds for seconds in best]
            print(
                f"{units:>5} {len(circuit.synapses):>8} {loading:>9.3f} {rates[0]:>8.0f} {rates[1]:>13.0f} "
                f"{rates[1] / rates[0]:>6.0f} {off:>11.1e}"
            )


if __name__ == "__main__":
    sys.exit(main())
