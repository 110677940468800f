"""What an edit means for a run."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import Cell, Document, Input, Neuron, Synapse, Tunable
from circuitsim.spec.kind import MemorylessKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.elements import Element
    from circuitsim.spec.curve import Knots
    from circuitsim.spec.kind import Kinds


class Effect(Enum):
    """What a run must do after an edit."""

    NOTHING = "nothing"
    NUMBERS = "numbers"
    STRUCTURE = "structure"


def effect_of(
    kinds: Kinds, before: Mapping[int, Element | None], after: Mapping[int, Element | None]
) -> Effect:
    """Tell whether an edit changes the structure, only numbers, or nothing that runs.

    A start state waits for the next start, unless the equation of the neuron contains it.

    Args:
        kinds: The declarations.
        before: Elements by id before the edit; None where there was none.
        after: The same after the edit.
    """
    effects = {_effect(kinds, before.get(i), element) for i, element in after.items()}
    for effect in (Effect.STRUCTURE, Effect.NUMBERS):
        if effect in effects:
            return effect
    return Effect.NOTHING


def _effect(kinds: Kinds, old: Element | None, new: Element | None) -> Effect:
    if isinstance(old, Document) and isinstance(
        new, Document
    ):  # other settings are followed; titles do not run
        same = old.settings.precision == new.settings.precision
        return Effect.NOTHING if same else Effect.STRUCTURE
    match old, new:
        case Neuron(), Neuron():
            numbers_only = (old.kind, old.muted) == (new.kind, new.muted)
        case Synapse(), Synapse():
            numbers_only = _joint(old) == _joint(new)
        case Input(), Input():
            numbers_only = (old.stimulus, old.table) == (new.stimulus, new.table)
        case Cell(), Cell():
            return _effect_on_network(old, new)
        case _:
            touched = isinstance(old, Tunable) or isinstance(new, Tunable)
            return Effect.STRUCTURE if touched else Effect.NOTHING
    if not numbers_only:
        return Effect.STRUCTURE
    if isinstance(old, Input) and isinstance(new, Input) and (old.gain, old.offset) != (new.gain, new.offset):
        return Effect.NUMBERS
    if isinstance(old, Neuron) and isinstance(new, Neuron) and old.start != new.start:
        kind = kinds.neuron(new.kind)
        if isinstance(kind, MemorylessKind) and kind.from_start:
            return Effect.NUMBERS
    same = (old.parameters, _knots(old)) == (new.parameters, _knots(new))
    return Effect.NOTHING if same else Effect.NUMBERS


def _joint(synapse: Synapse) -> tuple[object, ...]:
    return synapse.kind, synapse.pre, synapse.post, synapse.muted


def _knots(element: Element) -> Knots | None:
    return element.knots if isinstance(element, Synapse) else None


def _effect_on_network(old: Cell, new: Cell) -> Effect:
    """Another kind, other sizes and other sources are another structure; weights and clock are numbers."""
    sources = ([r.source for r in cell.reads] for cell in (old, new))
    if (old.kind, old.units, old.shapes) != (new.kind, new.units, new.shapes) or next(sources) != next(
        sources
    ):
        return Effect.STRUCTURE
    same = (old.parameters, old.arrays, old.reads) == (new.parameters, new.arrays, new.reads)
    return Effect.NOTHING if same else Effect.NUMBERS
