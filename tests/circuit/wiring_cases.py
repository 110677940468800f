"""Cases of wirings drawn by a seed, and what ncps makes of them; run it to write tests/data/wirings anew.

python tests/circuit/wiring_cases.py     (needs ncps, from the extra peers)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.circuit.wirings import wirings

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

STORED = Path(__file__).resolve().parents[1] / "data" / "wirings" / "adjacency.npz"
SEEDS = 200


def case(kind: str, seed: int) -> tuple[dict[str, float], int]:
    """Numbers and inputs of a case; small ones, so that layers are often full, empty or reached by nobody."""
    random = np.random.default_rng((seed, sum(map(ord, kind))))
    inputs = int(random.integers(1, 9))
    return _NUMBERS[kind](random), inputs


def _dense(random: Generator) -> dict[str, float]:
    units = int(random.integers(1, 13))
    return {
        "units": units,
        "output_dim": int(random.integers(1, units + 1)),
        "self_connections": int(random.integers(2)),
    }


def _random(random: Generator) -> dict[str, float]:
    units = int(random.integers(1, 21))
    return {
        "units": units,
        "output_dim": int(random.integers(1, units + 1)),
        "sparsity_level": float(random.choice([0.0, 0.1, 0.25, 0.5, 0.8, 0.95])),
    }


def _ncp(random: Generator) -> dict[str, float]:
    inter, command, motor = (int(n) for n in random.integers(1, 16, 3))
    return {
        "inter_neurons": inter,
        "command_neurons": command,
        "motor_neurons": motor,
        "sensory_fanout": int(random.integers(1, inter + 1)),
        "inter_fanout": int(random.integers(1, command + 1)),
        "recurrent_command_synapses": int(random.integers(0, 2 * command + 1)),
        "motor_fanin": int(random.integers(1, command + 1)),
    }


def _auto_ncp(random: Generator) -> dict[str, float]:
    units = int(random.integers(4, 41))
    return {
        "units": units,
        "output_size": int(random.integers(1, units - 2)),
        "sparsity_level": float(random.choice([0.1, 0.3, 0.5, 0.75, 0.9, 1.0])),
    }


_NUMBERS: dict[str, Any] = {
    "fully_connected": _dense, "random": _random, "ncp": _ncp, "auto_ncp": _auto_ncp,
}  # fmt: skip


def theirs(kind: str, seed: int) -> Any:
    """The wiring object of ncps for a case, built once for its inputs."""
    from ncps import wirings as peers

    numbers, inputs = case(kind, seed)
    n = dict(numbers)
    if kind == "fully_connected":
        built = peers.FullyConnected(
            n["units"], n["output_dim"], erev_init_seed=seed, self_connections=bool(n["self_connections"])
        )
    elif kind == "random":
        built = peers.Random(n["units"], n["output_dim"], n["sparsity_level"], random_seed=seed)
    elif kind == "ncp":
        built = peers.NCP(**n, seed=seed)
    else:
        built = peers.AutoNCP(**n, seed=seed)
    built.build(inputs)
    return built


def ours(kind: str, seed: int) -> Any:
    """The wiring that circuitsim draws for a case."""
    numbers, inputs = case(kind, seed)
    return wirings()[kind].draw(numbers, inputs, seed)


def stored() -> dict[str, NDArray[np.int8]]:
    """What ncps made of every case of a kind, one after the other: internal, then sensory, row after row."""
    with np.load(STORED) as file:
        return dict(file)


def _renew() -> None:
    parts: dict[str, NDArray[np.int8]] = {}
    for kind in _NUMBERS:
        built = [theirs(kind, seed) for seed in range(SEEDS)]
        flat = [m.ravel() for b in built for m in (b.adjacency_matrix, b.sensory_adjacency_matrix)]
        parts[kind] = np.concatenate(flat).astype(np.int8)
    STORED.parent.mkdir(exist_ok=True)
    np.savez_compressed(STORED, **parts)


if __name__ == "__main__":
    _renew()
