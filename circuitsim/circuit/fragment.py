"""Take a part out of a circuit as a circuit of its own, and put such a part into another one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits.add import Add
from circuitsim.circuit.edits.edit import Restore
from circuitsim.circuit.elements import DOCUMENT_ID, NOTHING, Cell, Named, Output, Placed, Synapse
from circuitsim.circuit.filing import ENDS
from circuitsim.circuit.many import replaced
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from circuitsim.circuit.elements import Element, Point

_NUMBERED = re.compile(r"(.*?)_?\d+\Z")


def fragment(circuit: Circuit, ids: Collection[int]) -> Circuit:
    """The chosen neurons, inputs, networks and notes, with the synapses between them and the outputs that read them.

    Ids, names, parameters and positions stay as they are; what only one chosen element takes part in is left out.
    A network comes with all of its units, even if only some of them are chosen; where it reads what is not chosen,
    it reads 0.
    """
    part = Circuit(unit_system=circuit.document.unit_system, kinds=circuit.kinds)
    elements = dict(circuit.elements)
    chosen = {i for i in ids if isinstance(elements.get(i), Placed) and not isinstance(elements[i], Output)}
    for cell in circuit.cells:
        if cell.id in chosen or not chosen.isdisjoint(cell.units):
            chosen.update((cell.id, *cell.units))
    for cell in circuit.cells:
        elements[cell.id] = _reading_only(cell, chosen)
    hanging = {i for end in chosen for i in circuit.attached(end)}
    inner = {i for i in hanging if _is_inner(elements[i], chosen)}
    kept: dict[int, Element | None] = {i: elements[i] for i in sorted(chosen | inner)}
    part.apply(Restore(kept, title="Copy"), checked=True)  # it is legal where it comes from
    return part


def _reading_only(cell: Cell, kept: Collection[int]) -> Cell:
    """A network that reads nothing but what is kept."""
    return replace(
        cell, reads=tuple(r if r.source in kept else replace(r, source=NOTHING) for r in cell.reads)
    )


def _is_inner(element: Element, chosen: Collection[int]) -> bool:
    if isinstance(element, Synapse):
        return element.pre in chosen and element.post in chosen
    return isinstance(element, Output) and element.source in chosen


def merged(circuit: Circuit, part: Circuit, shift: Point, verb: str = "Paste") -> Add:
    """The edit that adds a part to a circuit, with new ids and free names.

    Args:
        circuit: What it is added to.
        part: What is added, see `fragment`.
        shift: How far it is put from where it was, in canvas units.
        verb: What the undo menu calls it.

    Raises:
        InputError: If the numbers of the two have different units.
    """
    if part.document.unit_system != circuit.document.unit_system:
        theirs, ours = part.unit_system.title.lower(), circuit.unit_system.title.lower()
        raise InputError(
            Issue(
                "the clipboard",
                f"its numbers are in {theirs}, those of this circuit in {ours}",
                "paste it into a circuit with the same units",
            )
        )
    added = tuple(_renewed(circuit, part, shift))
    return Add(added, title=f"{verb} {_what(added)}")


def _renewed(circuit: Circuit, part: Circuit, shift: Point) -> Iterator[Element]:
    """The elements of a part as the circuit can take them: neurons and inputs before what hangs on them."""
    order: tuple[tuple[Element, ...], ...] = (
        part.neurons,
        part.inputs,
        part.cells,
        part.synapses,
        part.outputs,
        part.notes,
    )
    new = {old.id: circuit.new_id() for old in chain.from_iterable(order)}
    named = {e.id: e.name for e in chain.from_iterable(order) if isinstance(e, Named)}
    names = dict(zip(named, _free_names(circuit, named.values()), strict=True))
    for elements in filter(None, order):
        sort = type(elements[0])
        ends = {end: map(attrgetter(end), elements) for end in ("id", *ENDS.get(sort, ()))}
        columns: dict[str, Iterable[Any]] = {end: map(new.__getitem__, ids) for end, ids in ends.items()}
        if issubclass(sort, Placed):
            columns["position"] = [
                (x + shift[0], y + shift[1]) for x, y in map(attrgetter("position"), elements)
            ]
        if issubclass(sort, Named):
            columns["name"] = map(names.__getitem__, map(attrgetter("id"), elements))
        renewed: list[Element] = replaced(elements, **columns)
        yield from (_with_ids(e, new) if isinstance(e, Cell) else e for e in renewed)


def _with_ids(cell: Cell, new: dict[int, int]) -> Cell:
    """A network whose units and sources have other ids."""
    reads = tuple(replace(r, source=new.get(r.source, NOTHING)) for r in cell.reads)
    return replace(cell, reads=reads, units=tuple(new[i] for i in cell.units))


def _free_names(circuit: Circuit, names: Collection[str]) -> Iterator[str]:
    """The names of a part as the circuit can take them: those that are free, and others with a number.

    What is a numbered copy already (``N2`` beside ``N``) has another number instead of two.
    """
    given = {name for name in names if circuit.named(name) is None}  # nobody else gets these
    for name in names:
        if circuit.named(name) is None:
            yield name
            continue
        found = _NUMBERED.match(name)
        stem = found[1] if found else ""
        copied = stem and (circuit.named(stem) is not None or stem in given)
        free = circuit.free_name(stem if copied else name, given)
        given.add(free)
        yield free


def _what(added: tuple[Element, ...]) -> str:
    units = {i for element in added if isinstance(element, Cell) for i in element.units}
    placed = [element for element in added if isinstance(element, Placed) and element.id not in units]
    if len(placed) != 1:
        return f"{len(placed)} things"
    only = placed[0]
    return only.name if isinstance(only, Named) else "note"


def with_units(circuit: Circuit, ids: Collection[int]) -> frozenset[int]:
    """The ids, and those of the units of networks among them, which go where their block goes."""
    return frozenset((*ids, *(i for cell in circuit.cells if cell.id in ids for i in cell.units)))


def middle(part: Circuit) -> Point:
    """The middle of the positions of a part, in canvas units."""
    at = [element.position for element in part.elements.values() if isinstance(element, Placed)]
    xs, ys = zip(*at, strict=True) if at else ((0.0,), (0.0,))
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def is_empty(part: Circuit) -> bool:
    """Whether there is nothing in a circuit but its settings."""
    return part.elements.keys() <= {DOCUMENT_ID}
