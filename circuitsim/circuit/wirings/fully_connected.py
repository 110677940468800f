"""FullyConnected: every input to every neuron, every neuron to every neuron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.wirings._declare import MOST, SOURCE, Wiring, WiringKind, flat_roles, too_many_outputs
from circuitsim.spec.size import switch, whole

if TYPE_CHECKING:
    from circuitsim.spec.size import Numbers


def _draw(numbers: Numbers, inputs: int, seed: int) -> Wiring:
    import numpy as np

    units, outputs = int(numbers["units"]), int(numbers["output_dim"])
    random = np.random.default_rng(seed)
    adjacency = np.zeros((units, units), dtype=np.int64)
    wired = np.ones((units, units), dtype=np.bool_)
    if not numbers["self_connections"]:
        np.fill_diagonal(wired, val=False)
    adjacency[wired] = random.choice(
        [-1, 1, 1], size=int(wired.sum())
    )  # row after row, as ncps draws one by one
    sensory = random.choice([-1, 1, 1], size=(inputs, units))
    return Wiring(adjacency, sensory, flat_roles(units, outputs), (tuple(range(units)),), outputs)


WIRING = WiringKind(
    id="fully_connected",
    title="FullyConnected",
    doc="Every input reaches every neuron and every neuron every neuron; two thirds of the synapses excite. Take it as "
    "the dense network to which a sparse one is compared.",
    reference=SOURCE.format(name="FullyConnected"),
    sizes=(
        whole("units", "neurons", 8, 1, MOST, "How many neurons there are."),
        whole("output_dim", "motor neurons", 1, 1, MOST, "How many of them are read out."),
        switch(
            "self_connections", "self connections", "Whether neurons have synapses onto themselves.", on=True
        ),
    ),
    seed=1111,
    refusals=too_many_outputs,
    draw=_draw,
)
