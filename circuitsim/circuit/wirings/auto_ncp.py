"""AutoNCP: an NCP whose layers and fan-outs follow from its size and sparsity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.wirings import ncp
from circuitsim.circuit.wirings._declare import MOST, SOURCE, Refusal, WiringKind
from circuitsim.spec.size import part, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.wirings._declare import Wiring
    from circuitsim.spec.size import Numbers


def _refusals(numbers: Numbers) -> Iterator[Refusal]:
    units, outputs = int(numbers["units"]), int(numbers["output_size"])
    if outputs >= units - 2:
        problem = f"{outputs} motor neurons leave {units} units too few for the other layers"
        yield Refusal("output_size", problem, f"give at most {units - 3}, or more units")


def sizes_of(numbers: Numbers) -> dict[str, float]:
    """The numbers of the NCP that follow."""
    units, motor, density = (
        int(numbers["units"]),
        int(numbers["output_size"]),
        1.0 - numbers["sparsity_level"],
    )
    command = max(int(0.4 * (units - motor)), 1)
    inter = units - motor - command
    return {
        "inter_neurons": inter,
        "command_neurons": command,
        "motor_neurons": motor,
        "sensory_fanout": max(int(inter * density), 1),
        "inter_fanout": max(int(command * density), 1),
        "recurrent_command_synapses": max(int(command * density * 2), 1),
        "motor_fanin": max(int(command * density), 1),
    }


def _draw(numbers: Numbers, inputs: int, seed: int) -> Wiring:
    return ncp.draw(sizes_of(numbers), inputs, seed)


WIRING = WiringKind(
    id="auto_ncp",
    title="AutoNCP",
    doc="A neural circuit policy whose layers follow from its size: two fifths of the neurons that are not motor are "
    "command neurons, the rest inter neurons. Take it unless a layer must have a size of its own.",
    reference=SOURCE.format(name="AutoNCP"),
    sizes=(
        whole("units", "neurons", 19, 4, MOST, "How many neurons there are in all."),
        whole("output_size", "motor neurons", 1, 1, MOST, "How many of them are read out."),
        part("sparsity_level", "sparsity", 0.5, 0.1, 1.0, "Which part of the possible synapses is left out."),
    ),
    seed=22222,
    refusals=_refusals,
    draw=_draw,
)
