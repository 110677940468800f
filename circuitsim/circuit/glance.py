"""Synapses that are legal at a glance: nearly all of them, and there may be hundreds of thousands.

What `validate.py` asks of each, one question after the other, is asked here of all that are alike at once. Nothing is
refused here: what is not plainly legal is looked at there.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.elements import Input, Neuron, Synapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from circuitsim.circuit.elements import Element, Tunable
    from circuitsim.spec.kind import Declaration, Kinds, SynapseKind
    from circuitsim.spec.parameter import Parameter


class Glance:
    """Looks at the synapses of a circuit.

    Args:
        elements: Everything in it, by id.
        kinds: What is registered.
    """

    def __init__(self, elements: Mapping[int, Element], kinds: Kinds) -> None:
        self._elements, self._kinds, self._neurons = elements, kinds, kinds.all_neurons

    def plain(self, ids: Iterable[int]) -> set[int]:
        """Those of some ids under which a synapse stands that is certainly legal."""
        alike: dict[str, list[Synapse]] = {}
        for i in ids:
            element = self._elements.get(i)
            if type(element) is Synapse and element.id == i and i > 0 and element.knots is None:
                alike.setdefault(element.kind, []).append(element)
        found: set[int] = set()
        for name, synapses in alike.items():
            kind = self._kinds.synapses.get(name)
            if kind is not None and kind.curve is None:
                found.update(self._legal(kind, synapses))
        return found

    def _legal(self, kind: SynapseKind, synapses: list[Synapse]) -> Iterable[int]:
        """Ids of those that are certainly legal: all at once, or by halves, so that few that are not delay nobody."""
        if within(kind, synapses) and self._join(kind, synapses):
            return [s.id for s in synapses]
        if len(synapses) == 1:
            return ()
        half = len(synapses) // 2
        return chain(self._legal(kind, synapses[:half]), self._legal(kind, synapses[half:]))

    def _join(self, kind: SynapseKind, synapses: list[Synapse]) -> bool:
        """Whether all of them join what they may."""
        if kind.junction and any(s.pre == s.post for s in synapses):
            return False
        pres, posts = [s.pre for s in synapses], [s.post for s in synapses]
        sorts = {i: self._sort(i) for i in {*pres, *posts}}
        ends = set(zip(map(sorts.__getitem__, pres), map(sorts.__getitem__, posts), strict=True))
        return all(self._may_join(kind, *both) for both in ends)

    def _sort(self, i: int) -> str:
        """The kind of a neuron, ``input``, or nothing if it is neither or unknown."""
        element = self._elements.get(i)
        if isinstance(element, Neuron) and element.kind in self._neurons:
            return element.kind
        return "input" if isinstance(element, Input) else ""

    def _may_join(self, kind: SynapseKind, source: str, target: str) -> bool:
        there = source and target and target != "input"
        return bool(there) and self._kinds.synapse_refusal(kind.id, source, target) is None


def within(kind: Declaration, elements: Sequence[Tunable]) -> bool:
    """Whether elements have every parameter of their kind and no other, each a number within its bounds.

    Never said of a kind that lets one choose or count.
    """
    blocks = [element.parameters for element in elements]
    if any(len(block) != len(kind.parameters) for block in blocks):
        return False
    return all(_all_within(p, [block.get(p.name) for block in blocks]) for p in kind.parameters)


def _all_within(parameter: Parameter, numbers: list[float | None]) -> bool:
    if parameter.choices or parameter.whole or not set(map(type, numbers)) <= {float}:
        return False
    values = np.array(numbers, dtype=np.float64)
    return bool(np.all((parameter.low <= values) & (values <= parameter.high) & (values < np.inf)))
