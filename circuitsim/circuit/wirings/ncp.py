"""NCP: sensory, inter, command and motor neurons, each layer sparsely onto the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Role
from circuitsim.circuit.wirings._declare import MOST, SOURCE, Refusal, Wiring, WiringKind
from circuitsim.spec.size import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from circuitsim.circuit.wirings._declare import Signs
    from circuitsim.spec.size import Numbers


def refusals(numbers: Numbers) -> Iterator[Refusal]:
    """What exceeds the layer that it leads to or comes from."""
    inter, command = int(numbers["inter_neurons"]), int(numbers["command_neurons"])
    for name, most, layer in (
        ("sensory_fanout", inter, "inter"),
        ("inter_fanout", command, "command"),
        ("motor_fanin", command, "command"),
    ):
        if numbers[name] > most:
            title = next(size.title for size in WIRING.sizes if size.name == name)
            problem = f"{title} cannot be {numbers[name]:g} with {most} {layer} neurons"
            yield Refusal(name, problem, f"give at most {most}, or more {layer} neurons")


def draw(numbers: Numbers, inputs: int, seed: int) -> Wiring:
    """Draw the wiring, layer by layer."""
    import numpy as np

    inter, command, motor = (int(numbers[f"{layer}_neurons"]) for layer in ("inter", "command", "motor"))
    motors = list(range(motor))  # ncps counts from the motor neurons back to the inter neurons
    commands = list(range(motor, motor + command))
    inters = list(range(motor + command, motor + command + inter))
    units = inter + command + motor
    random = np.random.RandomState(seed)
    adjacency = np.zeros((units, units), dtype=np.int64)
    sensory = np.zeros((inputs, units), dtype=np.int64)
    fanout, inter_fanout = int(numbers["sensory_fanout"]), int(numbers["inter_fanout"])
    _onto(random, sensory, range(inputs), inters, fanout, most=inputs)
    _onto(
        random, adjacency, inters, commands, inter_fanout, most=command
    )  # the cap of ncps, which here is too low
    for _ in range(int(numbers["recurrent_command_synapses"])):  # the same pair may be drawn again
        pre, post = random.choice(commands), random.choice(commands)
        adjacency[pre, post] = random.choice([-1, 1])
    _onto(random, adjacency.T, motors, commands, int(numbers["motor_fanin"]), most=motor)  # from its far end
    roles = (Role.MOTOR,) * motor + (Role.COMMAND,) * command + (Role.INTER,) * inter
    return Wiring(adjacency, sensory, roles, (tuple(inters), tuple(commands), tuple(motors)), motor)


def _onto(
    random: np.random.RandomState,
    signs: Signs,
    pres: Sequence[int],
    posts: Sequence[int],
    fanout: int,
    most: int,
) -> None:
    """Let every cell reach `fanout` others, and what nobody reached be reached by as many as others are on average."""
    for pre in pres:
        for post in random.choice(posts, size=fanout, replace=False):
            signs[pre, post] = random.choice([-1, 1])
    mean = min(max(int(len(pres) * fanout / len(posts)), 1), most)
    for post in _untouched(signs.T, posts, pres):
        for pre in random.choice(pres, size=mean, replace=False):
            signs[pre, post] = random.choice([-1, 1])


def _untouched(signs: Signs, cells: Sequence[int], others: Sequence[int]) -> list[int]:
    """The cells that no synapse joins to the others yet."""
    return [cell for cell in cells if not signs[cell, others].any()]


WIRING = WiringKind(
    id="ncp",
    title="NCP",
    doc="A neural circuit policy: inputs reach some inter neurons, these some command neurons, which also act on each "
    "other and on the motor neurons; half of the synapses excite. Take it to say every size yourself.",
    reference=SOURCE.format(name="NCP"),
    sizes=(
        whole("inter_neurons", "inter neurons", 12, 1, MOST, "How many neurons read the inputs."),
        whole("command_neurons", "command neurons", 6, 1, MOST, "How many neurons read these and each other."),
        whole("motor_neurons", "motor neurons", 1, 1, MOST, "How many neurons read those and are read out."),
        whole("sensory_fanout", "fan-out of inputs", 6, 1, MOST, "How many inter neurons each input reaches."),
        whole("inter_fanout", "fan-out of inter neurons", 4, 1, MOST, "How many command neurons each of them reaches."),
        whole(
            "recurrent_command_synapses", "recurrent synapses", 6, 0, 10_000,
            "How often a synapse between command neurons is drawn; one that is drawn again counts once.",
        ),
        whole("motor_fanin", "fan-in of motor neurons", 4, 1, MOST, "How many command neurons each of them hears."),
    ),
    seed=22222,
    refusals=refusals,
    draw=draw,
)  # fmt: skip
