"""LTC neurons over a wiring, with numbers as the training of ncps begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_neuron, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.families._declare import INPUTS, STIMULUS, Family, finished, new_inputs
from circuitsim.circuit.layout import in_layers
from circuitsim.spec.size import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from circuitsim.circuit.elements import Input, Neuron, Synapse
    from circuitsim.circuit.wirings import Wiring
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.size import Numbers

IMPLICIT = 0
POSITIVE, MEMBRANE = (0.001, 1.0), (0.4, 0.6)  # of w and gleak, and of cm
SLOPE, MIDPOINT, LEAK = (3.0, 8.0), (0.3, 0.8), (-0.2, 0.2)


def _build(numbers: Numbers, wiring: Wiring | None, seed: int, unit_system: str) -> Circuit:
    """Neurons n0, n1, ... in the order of the states in ncps, inputs u0, ..., read-outs y0, ... of motor neurons.

    Every number is uniform as in ncps. With implicit constraints, the default of ncps.torch.LTC, conductances and
    capacitances are the softplus of what is drawn, as it then stands in the equations; with explicit ones, the default
    of ncps.torch.LTCCell, they are what is drawn. States begin at 0.
    """
    import numpy as np

    assert wiring is not None  # noqa: S101  (held by `Plan`)
    circuit, random = Circuit(unit_system=unit_system), np.random.default_rng(seed)
    softened = numbers["constraints"] == IMPLICIT
    units = len(wiring.roles)

    def drawn(limits: tuple[float, float], *shape: int, soft: bool = False) -> Floats:
        values: Floats = random.uniform(*limits, shape)
        return np.logaddexp(0.0, values) if soft and softened else values

    leak, rest = drawn(POSITIVE, units, soft=True), drawn(LEAK, units)
    capacitance = drawn(MEMBRANE, units, soft=True)
    neurons = [
        new_neuron(
            circuit, f"n{k}", "ltc", role=role, start=0.0,
            capacitance=capacitance[k], leak_conductance=leak[k], leak_potential=rest[k],
        )
        for k, role in enumerate(wiring.roles)
    ]  # fmt: skip
    inputs = new_inputs(circuit, numbers)
    synapses: list[Synapse] = []
    for signs, pres in ((wiring.adjacency, neurons), (wiring.sensory, inputs)):
        shape = signs.shape
        strength, slope, midpoint = (
            drawn(POSITIVE, *shape, soft=True), drawn(SLOPE, *shape), drawn(MIDPOINT, *shape),
        )  # fmt: skip
        synapses += _synapses(circuit, pres, neurons, signs, (strength, slope, midpoint))
    outputs = [new_output(circuit, f"y{k}", neuron.id) for k, neuron in enumerate(neurons[: wiring.outputs])]
    return finished(circuit, (*neurons, *inputs, *synapses, *outputs), in_layers)


def _synapses(
    circuit: Circuit,
    pres: Sequence[Neuron] | Sequence[Input],
    posts: Sequence[Neuron],
    signs: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    numbers: tuple[Floats, Floats, Floats],
) -> Iterator[Synapse]:
    """The synapses where signs are not 0, row after row; the sign is the reversal potential."""
    import numpy as np

    for pre, post in np.argwhere(signs).tolist():
        strength, slope, midpoint = (float(n[pre, post]) for n in numbers)
        yield new_synapse(
            circuit, pres[pre].id, posts[post].id, "chemical",
            conductance=strength, slope=slope, midpoint=midpoint, reversal_potential=float(signs[pre, post]),
        )  # fmt: skip


def _count(_numbers: Numbers, wiring: Wiring | None) -> int:
    """Three numbers of each neuron, four of each synapse, gain and offset of each input and read-out."""
    import numpy as np

    assert wiring is not None  # noqa: S101  (held by `Plan`)
    synapses = np.count_nonzero(wiring.adjacency) + np.count_nonzero(wiring.sensory)
    return int(3 * len(wiring.roles) + 4 * synapses + 2 * (len(wiring.sensory) + wiring.outputs))


FAMILY = Family(
    id="ltc",
    title="LTC neurons",
    doc="Liquid time-constant neurons with chemical synapses, each a neuron and a synapse of the drawing. Take it to see "
    "and change every part of the network.",
    reference="Hasani et al., AAAI 2021, arXiv 2006.04439; numbers as ncps 1.0.1 begins with (torch, ltc_cell.py)",
    sizes=(
        INPUTS,
        STIMULUS,
        chosen(
            "constraints", "constraints", ("implicit", "explicit"),
            "Whether conductances and capacitances are the softplus of what is drawn, as in LTC of ncps, or just that, as in "
            "LTCCell.",
        ),
    ),
    build=_build,
    count=_count,
    wired=True,
    pure=True,
)  # fmt: skip
