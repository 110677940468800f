"""Synapses that are legal at a glance: nearly all of them, and there may be hundreds of thousands.

What `validate.py` asks of each, one question after the other, is asked here of all that are alike at once. Nothing is
refused here: what is not plainly legal is looked at there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Input, Neuron, Synapse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.elements import Element
    from circuitsim.spec.kind import Kinds, SynapseKind

    Ranges = tuple[tuple[str, float, float], ...]


class Glance:
    """Looks at the synapses of a circuit.

    Args:
        elements: Everything in it, by id.
        kinds: What is registered.
    """

    def __init__(self, elements: Mapping[int, Element], kinds: Kinds) -> None:
        self._elements, self._kinds = elements, kinds
        self._ranges = {name: found for name, kind in kinds.synapses.items() if (found := _ranges(kind))}
        self._joins: dict[tuple[str, str, str], bool] = {}

    def passes(self, i: int, element: Element) -> bool:
        """Whether it is a synapse that is certainly legal under this id."""
        if type(element) is not Synapse or element.id != i or i < 1 or element.knots is not None:
            return False
        ranges, parameters = self._ranges.get(element.kind), element.parameters
        if ranges is None or len(parameters) != len(ranges):
            return False
        for name, low, high in ranges:
            value = parameters.get(name)
            if value is None or not low <= value <= high:
                return False
        pre, post = self._elements.get(element.pre), self._elements.get(element.post)
        if not isinstance(post, Neuron) or not isinstance(pre, Neuron | Input):
            return False
        if pre is post and self._kinds.synapses[element.kind].junction:
            return False
        ends = (element.kind, "input" if isinstance(pre, Input) else pre.kind, post.kind)
        if ends not in self._joins:
            self._joins[ends] = self._may_join(*ends)
        return self._joins[ends]

    def _may_join(self, synapse: str, source: str, target: str) -> bool:
        known = self._kinds.all_neurons
        there = target in known and (source == "input" or source in known)
        return there and self._kinds.synapse_refusal(synapse, source, target) is None


def _ranges(kind: SynapseKind) -> Ranges | None:
    """Name, least and greatest value of each parameter; None where a synapse has a curve or a choice to make."""
    if kind.curve is not None or any(p.choices or p.whole or p.high == float("inf") for p in kind.parameters):
        return None
    return tuple((p.name, p.low, p.high) for p in kind.parameters)
