"""Which edits leave the still picture as it is, so that a slider does not paint every line at every step."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import is_button, is_slider
from circuitsim.circuit.elements import Cell, Document, Input, Neuron, Placed, Synapse

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Changed
    from circuitsim.circuit.elements import Element


_WIRED = attrgetter("kind", "pre", "post", "label", "muted")  # all but the numbers of a synapse


def only_numbers(changed: Changed) -> bool:
    """Whether an edit changed nothing but numbers of neurons, synapses and inputs moved by hand.

    What lines look like may still follow from them; the caller compares the lines.
    """
    old, new = [changed.before.get(i) for i in changed.after], list(changed.after.values())
    if {*map(type, old), *map(type, new)} == {Synapse}:  # of which there may be thousands
        return list(map(_WIRED, old)) == list(map(_WIRED, new))
    return all(map(_same_but_numbers, old, new))


def only_synapses(changed: Changed) -> bool:
    """Whether an edit left everything alone that has a place."""
    elements = (*changed.before.values(), *changed.after.values())
    return {*map(type, elements)} <= {Synapse, Document, type(None)}


def only_places(changed: Changed) -> bool:
    """Whether an edit only moved things, or changed the document: no current depends on either."""
    return all(_same_but_place(changed.before.get(i), element) for i, element in changed.after.items())


def _same_but_place(old: Element | None, new: Element | None) -> bool:
    if isinstance(old, Document) or not isinstance(old, Placed) or not isinstance(new, Placed):
        return isinstance(old, Document)
    return type(old) is type(new) and replace(old, position=new.position) == new


def _same_but_numbers(old: Element | None, new: Element | None) -> bool:
    match old, new:
        case Document(), Document():
            # title, pins, lanes and traces are not part of the still picture, but courses of noise are
            return old.settings.seed == new.settings.seed
        case Cell(), Cell():
            return replace(old, arrays=new.arrays, memory=new.memory) == new
        case Neuron(), Neuron():
            return replace(old, parameters=new.parameters, start=new.start) == new
        case Synapse(), Synapse():
            return bool(_WIRED(old) == _WIRED(new))
        case Input(), Input():
            by_hand = is_button(new) or is_slider(new)  # the others carry a picture of their course
            return by_hand and replace(old, parameters=new.parameters) == new
    return False
