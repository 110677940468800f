"""Change what synapses do and what neurons are for, several at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.replace import Replace
from circuitsim.circuit.elements import Neuron, Synapse
from circuitsim.circuit.wiring import signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Output, Role
    from circuitsim.circuit.wiring import Effect


def turned(circuit: Circuit, ids: Iterable[int]) -> Replace:
    """The edit that lets synapses between neurons run the other way; those from inputs stay as they are."""
    chosen = [s for s in _synapses(circuit, ids) if isinstance(circuit.elements[s.pre], Neuron)]
    return Replace(tuple(replace(s, pre=s.post, post=s.pre) for s in chosen), _title("Turn", len(chosen)))


def with_effect(circuit: Circuit, ids: Iterable[int], effect: Effect) -> Replace:
    """The edit that makes synapses excitatory or inhibitory by the number that decides it; gap junctions stay."""
    altered = []
    for synapse in _synapses(circuit, ids):
        kind, target = circuit.kinds.synapses[synapse.kind], circuit.get(synapse.post, Neuron)
        numbers = signed(kind, circuit.document.unit_system, target, effect)
        declared = kind.parameter(kind.sign)
        if declared is not None and kind.sign != kind.strength:
            altered.append(replace(synapse, parameters={**synapse.parameters, **numbers}))
        elif declared is not None:  # the strength itself carries the sign, so its size stays
            size = abs(synapse.parameters[kind.sign])
            value = size if numbers[kind.sign] >= 0 else -size
            altered.append(replace(synapse, parameters={**synapse.parameters, kind.sign: value}))
    return Replace(tuple(altered), f"Make {effect}")


def with_role(circuit: Circuit, ids: Iterable[int], role: Role) -> Replace:
    """The edit that gives neurons a role."""
    chosen = [n for i in sorted(ids) if isinstance(n := circuit.elements.get(i), Neuron)]
    return Replace(tuple(replace(n, role=role) for n in chosen), f"Make {role}")


def reading(output: Output, neuron: Neuron) -> Replace:
    """The edit that lets an output read another neuron."""
    return Replace((replace(output, source=neuron.id),), f"Let {output.name} read {neuron.name}")


def _synapses(circuit: Circuit, ids: Iterable[int]) -> list[Synapse]:
    return [s for i in sorted(ids) if isinstance(s := circuit.elements.get(i), Synapse)]


def _title(verb: str, count: int) -> str:
    return f"{verb} synapse" if count == 1 else f"{verb} {count} synapses"
