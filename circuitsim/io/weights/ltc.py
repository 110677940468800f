"""An LTC network of ncps as a circuit of neurons and synapses.

Source of names and equations: ncps 1.0.1, torch/ltc_cell.py (Apache License 2.0); the constraints are those of its
`implicit_param_constraints`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.build import new_input, new_neuron, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Move, SetLanes, SetSettings, SetTraced
from circuitsim.circuit.elements import Role, ScopeLane, Settings
from circuitsim.circuit.layout import arrange
from circuitsim.io.format import Reading
from circuitsim.io.weights.choices import joined
from circuitsim.io.weights.ltc_memory import KIND, circuit_of
from circuitsim.io.weights.roles import roles_of, silent_first
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.cell_sizes import CellSizes
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Input, Neuron, Output, Synapse
    from circuitsim.io.weights.choices import Choices
    from circuitsim.io.weights.network import Network
    from circuitsim.spec.bounds import Floats
    from circuitsim.spec.kind import Shape

POSITIVE = ("w", "sensory_w", "cm", "gleak")  # what ncps constrains
MEMORY = "lstm."
OUTPUT_MAP = "output_w"
MAPS = ("input_w", "input_b", "output_w", "output_b")
IMPLICIT, EXPLICIT = "implicit", "explicit"
LEAST_CAPACITANCE = 1e-12
LINEAR = 20.0  # above it torch takes softplus(x) as x
_TRACES = 4


def softplus(x: Floats) -> Floats:
    """log(1 + exp(x)), and x itself above 20, as torch computes it."""
    result: Floats = np.where(x > LINEAR, x, np.log1p(np.exp(np.minimum(x, LINEAR))))
    return result


def shapes_of(n: int, m: int, motors: int) -> dict[str, Shape]:
    """The arrays of a network of n neurons, m inputs and some motor neurons."""
    own: dict[str, Shape] = dict.fromkeys(("gleak", "vleak", "cm"), (n,))
    inner = dict.fromkeys(("sigma", "mu", "w", "erev", "sparsity_mask"), (n, n))
    outer = {f"sensory_{name}": (m, n) for name in inner}
    maps: dict[str, Shape] = {name: (m if name.startswith("input") else motors,) for name in MAPS}
    return own | inner | outer | maps


@dataclass(frozen=True, slots=True)
class Parts:
    """Arrays after the constraints; masks are multiplied into w.

    Attributes:
        arrays: By name.
        mask: bool[n, n].
        sensory: bool[m, n].
        motors: How many neurons are read out.
    """

    arrays: dict[str, Floats]
    mask: np.typing.NDArray[np.bool_]
    sensory: np.typing.NDArray[np.bool_]
    motors: int


def negative(network: Network) -> tuple[str, ...]:
    """Names of the arrays with negative numbers, which only implicit constraints leave there."""
    return tuple(name for name in POSITIVE if (network.arrays.get(name, np.zeros(1)) < 0.0).any())


def read_ltc(network: Network, choices: Choices) -> Reading:
    """The circuit of an LTC network, laid out, at rest, with sliders as inputs.

    Raises:
        InputError: If an array is missing, does not fit or makes no neuron.
    """
    n, m = _sizes(network)
    mapped = network.arrays["output_w"].size if OUTPUT_MAP in network.arrays else 0
    memory = _memory(network, n, m)
    network.expect(shapes_of(n, m, mapped or 1) | memory, MAPS)
    if mapped > n:
        raise network.wrong(
            OUTPUT_MAP, f"it maps {counted(mapped, 'motor neuron')}, more than there are neurons"
        )
    motors = mapped or int(choices.take("motors", likely_motors(network)))
    if motors > n:
        problem = f"{motors} are more motor neurons than the {counted(n, 'neuron')} of this network"
        raise InputError(Issue("motors", problem, f"give at most {n}"))
    mode = _mode(network, choices)
    unfolds, epsilon = choices.take("unfolds"), choices.take("epsilon")
    parts = _constrained(network, mode, motors)
    roles = roles_of(parts.mask, parts.sensory, parts.motors)
    title = network.path.stem
    if memory:
        circuit = circuit_of(title, parts, roles, float(unfolds), float(epsilon))
    else:
        circuit = _circuit(title, parts, roles, {"unfolds": float(unfolds), "epsilon": float(epsilon)})
    return Reading(circuit, (*_summary(network, parts, roles), *_notices(network, parts)))


def likely_motors(network: Network) -> int:
    """How many neurons are probably motor neurons where no output map tells: the first ones that drive no other, or all."""
    mask = network.arrays["sparsity_mask"] != 0.0
    return silent_first(mask) or len(mask)


def _circuit(title: str, parts: Parts, roles: tuple[Role, ...], parameters: dict[str, float]) -> Circuit:
    """Neurons and synapses, with the numbers of the solver that is theirs in ncps."""
    circuit = Circuit(title=title)
    neurons = _neurons(circuit, parts, roles)
    inputs = _inputs(circuit, parts)
    circuit.apply(
        Add((*neurons, *inputs, *_synapses(circuit, parts, inputs, neurons),
             *_outputs(circuit, parts, neurons)), title="Read")
    )  # fmt: skip
    circuit.apply(Move(arrange(circuit)))
    circuit.apply(SetSettings(Settings(solver="ncps", dt=1.0, parameters=parameters)))
    circuit.apply(SetTraced(tuple(neuron.id for neuron in neurons[:_TRACES])))
    circuit.apply(SetLanes(tuple(ScopeLane(v) for v in ("v", "tau", "output", "input"))))
    return circuit


def _mode(network: Network, choices: Choices) -> str:
    """The constraints: those that negative numbers betray, else those of `LTC` or of a cell that was saved alone."""
    found = negative(network)
    if found and "constraints" not in choices.given:
        choices.betray(
            "constraints", f"Numbers of {joined(found)} are negative, so constraints are implicit."
        )
        return IMPLICIT
    usual = IMPLICIT if network.whole else EXPLICIT
    mode: str = choices.take("constraints", usual, f"{usual} constraints")
    return mode


def _memory(network: Network, n: int, m: int) -> dict[str, Shape]:
    """The arrays of its memory; none if it has no mixed memory."""
    if not any(name.startswith(MEMORY) for name in network.arrays):
        return {}
    shapes = kinds().cells[KIND].shapes(CellSizes(m, (n,), mixed=True), {})
    return {name: shape for name, shape in shapes.items() if name.startswith(MEMORY)}


def _sizes(network: Network) -> tuple[int, int]:
    """Numbers of neurons and inputs."""
    of_neurons = next((a for k in ("gleak", "vleak", "cm") if (a := network.arrays.get(k)) is not None), None)
    if of_neurons is None or "sensory_w" not in network.arrays:
        name = "gleak" if of_neurons is None else "sensory_w"
        raise network.wrong(name, "this array is missing", "save the whole state_dict")
    inputs = network.arrays["sensory_w"]
    if of_neurons.ndim != 1 or not of_neurons.size:
        raise network.wrong("gleak", "it should be one row of numbers, one for each neuron")
    if inputs.ndim != 2 or not inputs.size:
        raise network.wrong(
            "sensory_w", "it should have one row for each input and one column for each neuron"
        )
    return of_neurons.size, len(inputs)


def _constrained(network: Network, mode: str, motors: int) -> Parts:
    arrays = dict(network.arrays)
    mask, sensory = arrays["sparsity_mask"] != 0.0, arrays["sensory_sparsity_mask"] != 0.0
    if mode == IMPLICIT:
        arrays |= {name: softplus(arrays[name]) for name in POSITIVE}
    for name, there, factor in (
        ("w", mask, "sparsity_mask"),
        ("sensory_w", sensory, "sensory_sparsity_mask"),
    ):
        arrays[name] = np.where(there, arrays[name] * arrays[factor], 0.0)
        arrays[factor] = there.astype(np.float64)
    for name in POSITIVE:
        bad = np.argwhere(arrays[name] < 0.0)
        if len(bad):
            place = ", ".join(map(str, bad[0]))
            problem = f"the number at [{place}] is negative, which explicit constraints never leave"
            raise network.wrong(name, problem, "read it with implicit constraints")
    return Parts(arrays, mask, sensory, motors)


def _neurons(circuit: Circuit, parts: Parts, roles: tuple[Role, ...]) -> list[Neuron]:
    a = parts.arrays
    return [
        new_neuron(
            circuit, f"n{k}", "ltc", role=role, start=0.0, capacitance=max(a["cm"][k], LEAST_CAPACITANCE),
            leak_conductance=a["gleak"][k], leak_potential=a["vleak"][k],
        )
        for k, role in enumerate(roles)
    ]  # fmt: skip


def _inputs(circuit: Circuit, parts: Parts) -> list[Input]:
    m = len(parts.sensory)
    gain, offset = parts.arrays.get("input_w", np.ones(m)), parts.arrays.get("input_b", np.zeros(m))
    return [
        new_input(circuit, f"u{k}", "slider", gain=float(gain[k]), offset=float(offset[k])) for k in range(m)
    ]


def _synapses(circuit: Circuit, parts: Parts, inputs: list[Input], neurons: list[Neuron]) -> list[Synapse]:
    found = []
    for prefix, mask, sources in (("", parts.mask, neurons), ("sensory_", parts.sensory, inputs)):
        w, sigma, mu, erev = (parts.arrays[prefix + name] for name in ("w", "sigma", "mu", "erev"))
        found += [
            new_synapse(
                circuit, sources[j].id, neurons[i].id, "chemical",
                conductance=w[j, i], slope=sigma[j, i], midpoint=mu[j, i], reversal_potential=erev[j, i],
            )
            for j, i in np.argwhere(mask)
        ]  # fmt: skip
    return found


def _outputs(circuit: Circuit, parts: Parts, neurons: list[Neuron]) -> list[Output]:
    n = parts.motors
    gain, offset = parts.arrays.get("output_w", np.ones(n)), parts.arrays.get("output_b", np.zeros(n))
    return [new_output(circuit, f"y{k}", neurons[k].id, float(gain[k]), float(offset[k])) for k in range(n)]


def effective(network: Network, synapses: int) -> int:
    """How many numbers act: four for each synapse, three for each neuron, and the maps."""
    maps = sum(network.arrays[name].size for name in MAPS if name in network.arrays)
    memory = sum(a.size for name, a in network.arrays.items() if name.startswith(MEMORY))
    return 4 * synapses + 3 * network.arrays["gleak"].size + maps + memory


def _summary(network: Network, parts: Parts, roles: tuple[Role, ...]) -> tuple[str, str]:
    inner, outer = int(parts.mask.sum()), int(parts.sensory.sum())
    signs = np.concatenate([parts.arrays["erev"][parts.mask], parts.arrays["sensory_erev"][parts.sensory]])
    count = Counter(roles)
    kinds = ", ".join(
        f"{count[role]} {role}" for role in (Role.INTER, Role.COMMAND, Role.MOTOR) if count[role]
    )
    memory = " with mixed memory" if any(name.startswith(MEMORY) for name in network.arrays) else ""
    told = (
        f"LTC network{memory}: {counted(len(roles), 'neuron')} ({kinds}), {counted(len(parts.sensory), 'input')}, "
        f"{counted(parts.motors, 'output')}; {counted(inner, 'synapse')} between neurons and {outer} from inputs, "
        f"of which {int((signs >= 0).sum())} excite and {int((signs < 0).sum())} inhibit by the sign of erev."
    )
    return told, f"{acting(effective(network, inner + outer), network.stored)}"


def acting(count: int, stored: int) -> str:
    """How many of the parameters act, as a sentence."""
    if count == stored:
        return f"All {stored} parameters act."
    return f"{count} of {stored} parameters act; the rest are masked."


def _notices(network: Network, parts: Parts) -> list[str]:
    found = []
    if OUTPUT_MAP not in network.arrays:
        who = "All neurons are" if parts.motors == len(parts.mask) else f"The first {parts.motors} are"
        who = "The first neuron is" if parts.motors == 1 < len(parts.mask) else who
        found.append(f"The file has no output map, which would tell the motor neurons. {who} read out.")
    flat = [f"n{k}" for k in np.flatnonzero(parts.arrays["cm"] < LEAST_CAPACITANCE)]
    if flat:
        found.append(
            f"The capacitance of {', '.join(flat)} is 0, as ncps clips it; {LEAST_CAPACITANCE:g} stands for it, which the "
            "solver ncps does not tell from 0; other solvers but fused and rosenbrock need tiny steps for it."
        )
    return found
