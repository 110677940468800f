"""Take numbers back to what they were."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Cell, Input, Neuron, Output, Synapse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element


@dataclass(frozen=True)
class TakeNumbers:
    """Give elements the parameters, start states, gains and offsets that they had before.

    What was added or turned into another kind since then stays as it is, and so does every position.

    Attributes:
        before: Elements by id, as they were.
    """

    before: Mapping[int, Element]
    text: str = "Take parameters back"
    merge_key: str | None = None

    def changes(self, circuit: Circuit) -> Mapping[int, Element | None]:
        """The elements whose numbers differ."""
        result: dict[int, Element | None] = {}
        for i, now in circuit.elements.items():
            then = _with_numbers(now, self.before.get(i))
            if then != now:
                result[i] = then
        return result


def _with_numbers(now: Element, then: Element | None) -> Element:
    match now, then:
        case Neuron(), Neuron() if now.kind == then.kind:
            return replace(now, parameters=then.parameters, start=then.start)
        case Synapse(), Synapse() if now.kind == then.kind:
            return replace(now, parameters=then.parameters, knots=then.knots)
        case Input(), Input() if now.stimulus == then.stimulus:
            return replace(now, parameters=then.parameters, gain=then.gain, offset=then.offset)
        case Cell(), Cell() if now.kind == then.kind and now.shapes == then.shapes:
            return replace(now, parameters=then.parameters, arrays=then.arrays, memory=then.memory)
        case Output(), Output():
            return replace(now, gain=then.gain, offset=then.offset)
    return now
