"""Lesion elements, and heal them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.lesions import Mutable
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element

    Changes = Mapping[int, Element | None]


@dataclass(frozen=True)
class SetMuted:
    """Mute neurons and synapses, or let them act again."""

    ids: tuple[int, ...]
    muted: bool
    merge_key: str | None = None

    @property
    def text(self) -> str:
        """What is done."""
        return "Mute" if self.muted else "Unmute"

    def changes(self, circuit: Circuit) -> Changes:
        """The elements with their new state.

        Raises:
            InputError: If one of them is neither a neuron nor a synapse.
        """
        result: dict[int, Element | None] = {}
        for i in self.ids:
            element = circuit.elements.get(i)
            if not isinstance(element, Mutable):
                raise InputError(Issue("", f"there is no neuron or synapse to mute under id {i}"))
            result[i] = replace(element, muted=self.muted)
        return result
