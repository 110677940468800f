"""Random: so many pairs, all equally likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.wirings._declare import MOST, SOURCE, Wiring, WiringKind, flat_roles, too_many_outputs
from circuitsim.spec.size import part, whole

if TYPE_CHECKING:
    import numpy as np

    from circuitsim.circuit.wirings._declare import Signs
    from circuitsim.spec.size import Numbers


def _draw(numbers: Numbers, inputs: int, seed: int) -> Wiring:
    import numpy as np

    units, outputs, density = (
        int(numbers["units"]),
        int(numbers["output_dim"]),
        1.0 - numbers["sparsity_level"],
    )
    random = np.random.default_rng(seed)
    adjacency = _pairs(random, units, units, density, 1)
    sensory = _pairs(
        random, inputs, units, density, 2
    )  # ncps draws signs of inputs twice; the second ones count
    return Wiring(adjacency, sensory, flat_roles(units, outputs), (tuple(range(units)),), outputs)


def _pairs(random: np.random.Generator, rows: int, columns: int, density: float, draws: int) -> Signs:
    """Signs of distinct pairs, drawn without replacement."""
    import numpy as np

    result = np.zeros((rows, columns), dtype=np.int64)
    pairs = np.argwhere(result == 0)
    chosen = random.choice(pairs, size=round(rows * columns * density), replace=False)
    signs = random.choice([-1, 1, 1], size=(len(chosen), draws))
    result[chosen[:, 0], chosen[:, 1]] = signs[:, -1]
    return result


WIRING = WiringKind(
    id="random",
    title="Random",
    doc="A given part of all pairs is connected, at random; two thirds of the synapses excite. Take it to ask what the "
    "layers of an NCP are worth against mere sparsity.",
    reference=SOURCE.format(name="Random"),
    sizes=(
        whole("units", "neurons", 16, 1, MOST, "How many neurons there are."),
        whole("output_dim", "motor neurons", 1, 1, MOST, "How many of them are read out."),
        part(
            "sparsity_level", "sparsity", 0.5, 0.0, 0.999, "Which part of the possible synapses is left out."
        ),
    ),
    seed=1111,
    refusals=too_many_outputs,
    draw=_draw,
)
