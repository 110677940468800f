"""What a line drawn from one element to another becomes: the synapse that fits both ends, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from circuitsim.circuit.build import new_synapse
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output, Synapse
from circuitsim.circuit.memoryless import closes_cycle, would_close_cycle
from circuitsim.circuit.networks import reading_refusal
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.kind import MemorylessKind
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import a

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.spec.kind import SynapseKind

INHIBITORY_REVERSAL = {"liquid": -1.0, "physiological": -80.0}  # the latter between chloride and potassium
MARGIN = 0.1  # of the slider's range, by which a reversal potential stays away from rest


class Effect(StrEnum):
    """What the person who draws a line wants it to do to its target."""

    EXCITATORY = "excitatory"
    INHIBITORY = "inhibitory"
    ELECTRICAL = "electrical"
    DIRECTED = "directed electrical"
    CLAMP = "clamp"


def fitting_kinds(circuit: Circuit, source: Neuron | Input, target_kind: str, effect: Effect) -> list[str]:
    """Ids of the synapse kinds that may lead from an element to a neuron of a kind, the most fitting first."""
    origin = "input" if isinstance(source, Input) else source.kind
    return [
        i
        for i in _candidates(circuit, source, effect)
        if circuit.kinds.synapse_refusal(i, origin, target_kind) is None
    ]


def fitting_neuron_kinds(circuit: Circuit, neuron: Neuron) -> list[str]:
    """Ids of the kinds of neurons that can take all synapses of a neuron, its own among them; none for a unit."""
    table = circuit.kinds
    if neuron.kind in table.units:
        return []
    attached = [s for i in circuit.attached(neuron.id) if isinstance(s := circuit.elements[i], Synapse)]

    def fits(kind: str) -> bool:
        if isinstance(table.neurons[kind], MemorylessKind) and would_close_cycle(circuit, neuron):
            return False
        return all(
            table.synapse_refusal(
                s.kind, *(kind if end == neuron.id else _kind_at(circuit, end) for end in (s.pre, s.post))
            )
            is None
            for s in attached
        )

    return [kind for kind in table.neurons if kind == neuron.kind or fits(kind)]


def fitting_synapse_kinds(circuit: Circuit, synapse: Synapse) -> list[str]:
    """Ids of the kinds of synapses that may join both ends of a synapse."""
    table, own = circuit.kinds, synapse.pre == synapse.post
    ends = _kind_at(circuit, synapse.pre), _kind_at(circuit, synapse.post)
    return [
        i
        for i, kind in table.synapses.items()
        if table.synapse_refusal(i, *ends) is None and not (kind.junction and own)
    ]


def _kind_at(circuit: Circuit, end: int) -> str:
    """The kind at an end of a synapse, as declarations name it."""
    found = circuit.elements[end]
    return found.kind if isinstance(found, Neuron) else "input"


def _candidates(circuit: Circuit, source: Neuron | Input, effect: Effect) -> list[str]:
    """Kinds with an effect; those made for just this sort of source first."""
    table = circuit.kinds.synapses
    family = "input" if isinstance(source, Input) else "neuron"
    found = [i for i, kind in table.items() if has_effect(kind, effect)]
    found.sort(key=lambda i: (family not in table[i].sources, len(table[i].sources)))
    return found


def has_effect(kind: SynapseKind, effect: Effect) -> bool:
    """True if a kind can do what is wanted; whether it excites or inhibits is a matter of its numbers."""
    if effect in {Effect.ELECTRICAL, Effect.DIRECTED}:
        return kind.junction and kind.mutual == (effect is Effect.ELECTRICAL)
    return kind.clamp if effect is Effect.CLAMP else not (kind.junction or kind.clamp)


def refusal(circuit: Circuit, source: Neuron | Input, target: Element | None, effect: Effect) -> str | None:
    """Why a line may not lead from an element to another, as a clause; None if it may."""
    match target:
        case Neuron():
            return _neuron_refusal(circuit, source, target, effect)
        case Input():
            return f"{target.name} is an input: it sends, and receives nothing"
        case Output() if isinstance(source, Input):
            return f"{target.name} is an output: it reads a neuron, not an input"
        case Cell():
            return reading_refusal(source, target)
        case Output():
            return f"{target.name} already reads {source.name}" if target.source == source.id else None
        case Note():
            return "a note receives nothing"
    return "a line ends at a neuron, a network or an output"


def _neuron_refusal(circuit: Circuit, source: Neuron | Input, target: Neuron, effect: Effect) -> str | None:
    kinds = fitting_kinds(circuit, source, target.kind, effect)
    if kinds and circuit.kinds.synapses[kinds[0]].junction and source.id == target.id:
        return f"{a(circuit.kinds.synapses[kinds[0]].title.lower())} joins two different neurons"
    if kinds:
        return closes_cycle(circuit, source, target)
    origin = "input" if isinstance(source, Input) else source.kind
    for i in _candidates(circuit, source, effect):
        reason = circuit.kinds.synapse_refusal(i, origin, target.kind)
        if reason is not None:
            return reason
    return f"there is no {effect} synapse"


def connection(circuit: Circuit, source: Neuron | Input, target: Neuron, effect: Effect) -> Synapse:
    """A new synapse of the most fitting kind, with numbers that have the wanted effect.

    The target may be a neuron that is not yet in the circuit.

    Raises:
        InputError: If no kind of synapse may join the two.
    """
    reason = refusal(circuit, source, target, effect)
    if reason is not None:
        remedy = "end it at another neuron"
        raise InputError(Issue(f"{source.name} to {target.name}", reason, remedy, element=target.id))
    kind = circuit.kinds.synapses[fitting_kinds(circuit, source, target.kind, effect)[0]]
    numbers = signed(kind, circuit.document.unit_system, target, effect)
    usual = new_synapse(circuit, source.id, target.id, kind.id)
    return replace(usual, parameters={**usual.parameters, **numbers})


def signed(kind: SynapseKind, unit_system: str, target: Neuron, effect: Effect) -> dict[str, float]:
    """The number that tells excitation from inhibition; empty if the kind has none."""
    declared = kind.parameter(kind.sign)
    if declared is None:
        return {}
    usual = declared.range(unit_system)
    if declared.dimension is not Dimension.POTENTIAL:
        size = abs(usual.default)
        return {kind.sign: -size if effect is Effect.INHIBITORY else size}
    rest = target.parameters.get("leak_potential", 0.0)
    margin = MARGIN * (usual.slider_high - usual.slider_low)
    if effect is Effect.INHIBITORY:
        return {kind.sign: min(INHIBITORY_REVERSAL.get(unit_system, usual.slider_low), rest - margin)}
    return {kind.sign: max(usual.default, rest + margin)}
