"""A circuit of LTC neurons and chemical synapses as the weights of an LTC network of ncps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Neuron, Role
from circuitsim.circuit.lesions import acting_synapses, silent
from circuitsim.circuit.validate import place
from circuitsim.io.weights.ltc import IMPLICIT, LINEAR, POSITIVE, shapes_of, softplus
from circuitsim.io.weights.network import BESIDE, CELL, LTC
from circuitsim.io.weights.written import Weights, inexpressible
from circuitsim.spec.words import a, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Synapse
    from circuitsim.spec.bounds import Floats

SHUT = -1000.0  # its softplus is 0 in every type of number
_ORDER = (Role.MOTOR, Role.COMMAND, Role.INTER, Role.SENSORY)
_NUMBERS = {"w": "conductance", "sigma": "slope", "mu": "midpoint", "erev": "reversal_potential"}


def inverse_softplus(y: Floats) -> Floats:
    """The numbers of which softplus makes these; of 0 it makes what is 0 in every type of number."""
    with np.errstate(divide="ignore"):
        below = y + np.log(-np.expm1(-np.minimum(y, LINEAR)))
    result: Floats = np.where(y > LINEAR, y, np.where(y > 0.0, below, SHUT))
    return result


def ltc_weights(circuit: Circuit, constraints: str) -> Weights:
    """The weights of a circuit of neurons and synapses.

    Args:
        circuit: The circuit.
        constraints: ``implicit`` stores numbers whose softplus acts, ``explicit`` those that act.

    Raises:
        InputError: If ncps cannot express it.
    """
    _require_expressible(circuit)
    order = _neuron_order(circuit)
    settings = circuit.document.settings.parameters
    defaults = circuit.kinds.solvers["ncps"].defaults(circuit.document.unit_system)
    told = told_of({name: settings.get(name, defaults[name]) for name in ("unfolds", "epsilon")}, constraints)
    sentences = report(circuit, order, told, memory=False)
    return weights_of(_arrays(circuit, order), constraints, told, sentences)


def told_of(numbers: Mapping[str, float], constraints: str) -> dict[str, str]:
    """What the names of arrays do not tell, by the names of options."""
    epsilon = repr(float(numbers["epsilon"]))
    return {"unfolds": f"{numbers['unfolds']:.0f}", "epsilon": epsilon, "constraints": constraints}


def weights_of(
    acting: Mapping[str, Floats], constraints: str, told: dict[str, str], sentences: tuple[str, ...]
) -> Weights:
    """Weights whose arrays act as they are said to.

    Args:
        acting: Arrays by the names of a cell, with the numbers that act.
        constraints: ``implicit`` or ``explicit``.
        told: What the names do not tell.
        sentences: For people.
    """
    stored, due = dict(acting), {}
    for name in POSITIVE if constraints == IMPLICIT else ():
        mask = {"w": "sparsity_mask", "sensory_w": "sensory_sparsity_mask"}.get(name)
        there = True if mask is None else (acting[mask] != 0.0) | (acting[name] != 0.0)
        stored[name] = np.where(there, inverse_softplus(acting[name]), 0.0)
        due[CELL + name] = np.where(there, acting[name], softplus(np.zeros(1)))
    arrays = {
        name if name.startswith(BESIDE[LTC]) else CELL + name: values for name, values in stored.items()
    }
    return Weights(arrays, told, sentences, due, softplus)


def _require_expressible(circuit: Circuit) -> None:
    """Refuse what an LTC network of ncps does not have."""
    if not circuit.neurons or not circuit.inputs:
        what = "neuron" if not circuit.neurons else "input"
        raise inexpressible("the circuit", f"it has no {what}, and a network of ncps needs one")
    for neuron in circuit.neurons:
        if neuron.kind != "ltc":
            title = circuit.kinds.neuron(neuron.kind).title
            problem = f"it is {a(title)}, and such a network of ncps has LTC neurons alone"
            raise inexpressible(place(circuit, neuron), problem)
    pairs = set()
    for synapse in acting_synapses(circuit):
        if synapse.kind != "chemical":
            title = circuit.kinds.synapses[synapse.kind].title.lower()
            problem = f"it is {a(title)}, and a network of ncps has chemical synapses alone"
            raise inexpressible(place(circuit, synapse), problem)
        if (synapse.pre, synapse.post) in pairs:
            problem = "there are two of them, and ncps has one number for a pair"
            raise inexpressible(place(circuit, synapse), problem, "remove one of them")
        pairs.add((synapse.pre, synapse.post))
    read = set()
    for output in circuit.outputs:
        if output.source in read:
            problem = "its neuron is read twice, and ncps reads a motor neuron once"
            raise inexpressible(place(circuit, output), problem, "remove one of the two outputs")
        read.add(output.source)


def _neuron_order(circuit: Circuit) -> list[Neuron]:
    """Neurons as ncps counts them: those that are read first, in the order of outputs, then by role and id."""
    read = [circuit.get(output.source, Neuron) for output in circuit.outputs]
    rest = [n for n in circuit.neurons if n not in read]
    return [*read, *sorted(rest, key=lambda n: (_ORDER.index(n.role), n.id))]


def _written(circuit: Circuit) -> list[Synapse]:
    """The synapses whose numbers are written, those that act last: where there are two of them, these stay."""
    chemical = [s for s in circuit.synapses if s.kind == "chemical"]
    return sorted(chemical, key=lambda s: not silent(circuit, s))


def _arrays(circuit: Circuit, order: list[Neuron]) -> dict[str, Floats]:
    """Arrays by the names of a cell, with the numbers that act; what has no synapse is 0, what is muted has a mask of 0."""
    n, m, outputs = len(order), len(circuit.inputs), circuit.outputs
    column = {neuron.id: k for k, neuron in enumerate(order)}
    row = {source.id: k for k, source in enumerate(circuit.inputs)}
    result = {name: np.zeros(shape) for name, shape in shapes_of(n, m, len(outputs)).items()}
    result["gleak"][:] = [neuron.parameters["leak_conductance"] for neuron in order]
    result["vleak"][:] = [neuron.parameters["leak_potential"] for neuron in order]
    result["cm"][:] = [neuron.parameters["capacitance"] for neuron in order]
    for synapse in _written(circuit):
        prefix = "sensory_" if synapse.pre in row else ""
        at = (row | column)[synapse.pre], column[synapse.post]
        for name, parameter in _NUMBERS.items():
            result[prefix + name][at] = synapse.parameters[parameter]
        result[f"{prefix}sparsity_mask"][at] = float(not silent(circuit, synapse))
    result["input_w"][:] = [source.gain for source in circuit.inputs]
    result["input_b"][:] = [source.offset for source in circuit.inputs]
    result["output_w"][:] = [output.gain for output in outputs]
    result["output_b"][:] = [output.offset for output in outputs]
    return result if outputs else {k: v for k, v in result.items() if not k.startswith("output")}


def report(
    circuit: Circuit, order: Sequence[Neuron], told: Mapping[str, str], *, memory: bool
) -> tuple[str, ...]:
    """How to load the weights, as sentences.

    Args:
        circuit: The circuit.
        order: Its neurons as ncps counts them.
        told: What the names of arrays do not tell.
        memory: Whether the network has a mixed memory.
    """
    n, outputs = len(order), circuit.outputs
    call = [
        f"input_size={len(circuit.inputs)}", "units=wiring", *(["mixed_memory=True"] if memory else []),
        f"ode_unfolds={told['unfolds']}", f"epsilon={told['epsilon']}",
        f"implicit_param_constraints={told['constraints'] == IMPLICIT}",
    ]  # fmt: skip
    wiring = f"FullyConnected({n}, {len(outputs) or n})"
    if not outputs:
        call.append("output_mapping=None")
    sentences = [
        f"Load it into LTC({', '.join(call)}) with wiring = {wiring}; the masks in the file make the wiring.",
        f"Neurons as ncps counts them: {listed([neuron.name for neuron in order])}.",
        f"Inputs as ncps counts them: {listed([source.name for source in circuit.inputs])}.",
    ]
    if not memory:
        sentences += _other_maps(circuit)
    if any(neuron.start for neuron in order):
        starts = ", ".join(f"{neuron.start:g}" for neuron in order)
        sentences.append(f"Start states are no weights; give them to ncps as hx: {starts}.")
    return tuple(sentences)


def _other_maps(circuit: Circuit) -> list[str]:
    """Which models with other maps than affine ones take the file too: torch then passes over arrays that change nothing."""
    found = []
    for side, mapped in (("input", circuit.inputs), ("output", circuit.outputs)):
        if mapped and all(element.offset == 0.0 for element in mapped):
            same = all(element.gain == 1.0 for element in mapped)
            found.append(f"{side}_mapping={'None or ' if same else ''}'linear'")
    if not found:
        return []
    return [f"With load_state_dict(..., strict=False) a model with {' and '.join(found)} takes it too."]
