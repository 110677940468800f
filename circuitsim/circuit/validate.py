"""What makes a circuit legal; the declarations arrive as an argument, inside the circuit."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from circuitsim.circuit.elements import (
    DOCUMENT_ID,
    LANE_VARIABLES,
    Cell,
    Document,
    Element,
    Input,
    Named,
    Neuron,
    Note,
    Output,
    Parameters,
    Settings,
    Synapse,
    Table,
    Tunable,
)
from circuitsim.circuit.glance import Glance
from circuitsim.circuit.memoryless import cycle_issues
from circuitsim.circuit.validate_cells import cell_problems, projection_problems, unit_problems
from circuitsim.spec.issue import Issue
from circuitsim.spec.precision import PRECISIONS
from circuitsim.spec.unit import UNIT_SYSTEMS
from circuitsim.spec.words import a, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from circuitsim.circuit.circuit import Changes, Circuit
    from circuitsim.spec.kind import Declaration, SynapseKind

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
LARGEST = 1e9  # no state, position or setting is larger


def validate(
    circuit: Circuit, touched: Iterable[int] | None = None, before: Changes | None = None
) -> list[Issue]:
    """Check a circuit.

    Args:
        circuit: The circuit.
        touched: Ids that an edit has written or removed; None checks everything.
        before: What stood under those ids before; without it everything that hangs on them is checked too.

    Returns:
        What is wrong, errors and warnings, in id order of the elements; cycles last.
    """
    ids = set(circuit.elements) if touched is None else _affected(circuit, touched, before or {})
    issues: list[Issue] = []
    if DOCUMENT_ID not in circuit.elements:
        issues.append(Issue("the circuit", "its document is missing", "restore it"))
    elements = circuit.elements
    for i in sorted(ids - Glance(elements, circuit.kinds).plain(ids)):
        element = elements.get(i)
        if element is not None:
            issues.extend(_check(circuit, i, element))
    issues.extend(cycle_issues(circuit, ids))
    return issues


def place(circuit: Circuit, element: Element) -> str:
    """Name an element as a person would: ``neuron AVAL``, ``synapse AVM to PVCL``."""
    if isinstance(element, Named):
        sort = "network" if isinstance(element, Cell) else type(element).__name__.lower()
        return f"{sort} {_shown(element)}"
    if isinstance(element, Synapse):
        pre, post = circuit.elements.get(element.pre), circuit.elements.get(element.post)
        ends = [_shown(e) if isinstance(e, Named) else "nothing" for e in (pre, post)]
        return f"synapse {ends[0]} to {ends[1]}"
    return "the circuit" if isinstance(element, Document) else f"note {element.id}"


def _shown(element: Named) -> str:
    """Its name; quoted and cut short if it would break a sentence."""
    name = element.name
    return name if name.isprintable() and 0 < len(name) <= 80 else repr(name[:80])


def _affected(circuit: Circuit, touched: Iterable[int], before: Changes) -> set[int]:
    """Touched elements, what hangs on those that became something else, and the document with its traces."""
    ids = set(touched)
    if ids.issuperset(circuit.elements):
        return ids
    elements = circuit.elements
    for i in tuple(ids):
        old, new = before.get(i), elements.get(i)
        if type(old or new) is Synapse and (new is None or type(new) is Synapse):
            continue  # nothing hangs on a synapse, and there may be thousands
        if not _same_kind(old, new):
            ids.update(circuit.attached(i))
            ids.update(cell.id for cell in circuit.readers(i))
            owner = circuit.network_of(i)
            ids.update(() if owner is None else (owner.id,))
        ids.update(_units_concerned(old, new))
    ids.add(DOCUMENT_ID)
    return ids


def _units_concerned(old: Element | None, new: Element | None) -> set[int]:
    """Units of a network that came, went or got other ones."""
    mine = (old.units if isinstance(old, Cell) else (), new.units if isinstance(new, Cell) else ())
    return set() if mine[0] == mine[1] else {*mine[0], *mine[1]}


def _same_kind(old: Element | None, new: Element | None) -> bool:
    """Tell whether everything that was legal at the old element is legal at the new one."""
    if isinstance(old, Neuron):
        return isinstance(new, Neuron) and new.kind == old.kind
    return old is not None and type(old) is type(new)


def _check(circuit: Circuit, i: int, element: Element) -> Iterator[Issue]:
    if element.id != i:
        yield Issue(
            place(circuit, element),
            f"its id {element.id} is filed under {i}",
            "give it its own id",
            element=i,
        )
    if isinstance(element, Document) != (i == DOCUMENT_ID) or i < DOCUMENT_ID:
        yield Issue(place(circuit, element), f"its id cannot be {i}", "use a new id above 0", element=i)
    for problem, remedy in _problems(circuit, element):
        yield Issue(place(circuit, element), problem, remedy, element=i)


def _problems(circuit: Circuit, element: Element) -> Iterator[tuple[str, str]]:
    if isinstance(element, Named):
        yield from _name_problems(circuit, element)
    if isinstance(element, Neuron | Input | Cell | Output | Note):
        yield from _number_problems({"x": element.position[0], "y": element.position[1]})
    match element:
        case Neuron():
            yield from _neuron_problems(circuit, element)
        case Synapse():
            yield from _synapse_problems(circuit, element)
        case Input():
            yield from _input_problems(circuit, element)
        case Cell():
            yield from _cell_problems(circuit, element)
        case Output():
            yield from _output_problems(circuit, element)
        case Note():
            yield from _size_problems(element)
        case Document():
            yield from _document_problems(circuit, element)


def _name_problems(circuit: Circuit, element: Named) -> Iterator[tuple[str, str]]:
    if not IDENTIFIER.match(element.name):
        yield (
            f"the name {element.name!r} is not an identifier",
            "use letters, digits and _, not beginning with a digit",
        )
    holder = circuit.named(element.name)
    if holder is not None and holder.id != element.id:
        yield f"the name {element.name} is already taken", "choose another name"


def _number_problems(numbers: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for name, value in numbers.items():
        if not math.isfinite(value) or abs(value) > LARGEST:
            yield f"{name} is {value:g}", f"use a finite number of at most {LARGEST:g}"


def _neuron_problems(circuit: Circuit, neuron: Neuron) -> Iterator[tuple[str, str]]:
    kind = circuit.kinds.all_neurons.get(neuron.kind)
    if kind is None:
        yield f"there is no neuron kind {neuron.kind!r}", _known(circuit.kinds.neurons)
        return
    yield from unit_problems(circuit, neuron)
    yield from _parameter_problems(kind, neuron.parameters)
    yield from _number_problems({"start state": neuron.start})


def _synapse_problems(circuit: Circuit, synapse: Synapse) -> Iterator[tuple[str, str]]:
    kind = circuit.kinds.synapses.get(synapse.kind)
    if kind is None:
        yield f"there is no synapse kind {synapse.kind!r}", _known(circuit.kinds.synapses)
        return
    yield from _parameter_problems(kind, synapse.parameters)
    if kind.curve is not None or synapse.knots is not None:
        yield from _knot_problems(kind, synapse)
    elements = circuit.elements
    pre, post = elements.get(synapse.pre), elements.get(synapse.post)
    if not isinstance(post, Neuron) or not isinstance(pre, Neuron | Input):
        yield "it must begin at a neuron or an input and end at a neuron", "connect both ends"
        return
    if kind.junction and synapse.pre == synapse.post:
        yield f"{a(kind.title.lower())} joins two different neurons", "remove it"
        return
    kinds = circuit.kinds
    source = "input" if isinstance(pre, Input) else pre.kind
    known = [k == "input" or k in kinds.neurons or k in kinds.units for k in (source, post.kind)]
    if all(known):
        refusal = kinds.synapse_refusal(synapse.kind, source, post.kind)
        if refusal:
            yield refusal, "choose another kind of synapse"


def _knot_problems(kind: SynapseKind, synapse: Synapse) -> Iterator[tuple[str, str]]:
    if kind.curve is None:
        if synapse.knots is not None:
            yield f"{a(kind.title.lower())} has no curve, so it takes no knots", "remove the knots"
    elif synapse.knots is None:
        yield "its knots are missing", "give the x and the y of at least two knots"
    elif problem := kind.curve.check(synapse.knots):
        yield problem, "change the knots"


def _input_problems(circuit: Circuit, source: Input) -> Iterator[tuple[str, str]]:
    kind = circuit.kinds.stimuli.get(source.stimulus)
    if kind is None:
        yield f"there is no stimulus {source.stimulus!r}", _known(circuit.kinds.stimuli)
        return
    yield from _parameter_problems(kind, source.parameters)
    yield from _number_problems({"gain": source.gain, "offset": source.offset})
    if kind.table and source.table is None:
        yield f"{a(kind.title.lower())} needs times and values", "give it a table"
    if source.table is not None:
        yield from _table_problems(source.table)


def _cell_problems(circuit: Circuit, cell: Cell) -> Iterator[tuple[str, str]]:
    kind = circuit.kinds.cells.get(cell.kind)
    if kind is None:
        yield f"there is no kind of network {cell.kind!r}", _known(circuit.kinds.cells)
        return
    wrong = list(_parameter_problems(kind, cell.parameters))
    yield from wrong
    if not wrong:
        yield from cell_problems(circuit, cell, kind)


def _output_problems(circuit: Circuit, output: Output) -> Iterator[tuple[str, str]]:
    yield from _number_problems({"gain": output.gain, "offset": output.offset})
    source = circuit.elements.get(output.source)
    if isinstance(source, Cell):
        yield from projection_problems(source, output.row)
    elif not isinstance(source, Neuron):
        yield f"it reads neuron {output.source}, which does not exist", "let it read a neuron"


def _size_problems(note: Note) -> Iterator[tuple[str, str]]:
    yield from _number_problems({"width": note.size[0], "height": note.size[1]})
    if not min(note.size) > 0:
        yield "it has no size", "use a width and a height above 0"


def _table_problems(table: Table) -> Iterator[tuple[str, str]]:
    if not table.times or len(table.times) != len(table.values):
        yield "its table needs one value per time and at least one row", "complete the table"
        return
    if not all(abs(number) <= LARGEST for number in (*table.times, *table.values)):
        yield f"its table holds a number that is not finite or beyond {LARGEST:g}", "replace it"
    elif not _increase(table.times):
        yield "the times of its table do not increase", "sort the rows by time and remove doubles"


def _increase(values: Sequence[float]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _document_problems(circuit: Circuit, document: Document) -> Iterator[tuple[str, str]]:
    if document.unit_system not in UNIT_SYSTEMS:
        yield f"there is no unit system {document.unit_system!r}", _known(UNIT_SYSTEMS)
    yield from _settings_problems(circuit, document.settings)
    for i in document.traced:
        if not isinstance(circuit.elements.get(i), Neuron):
            yield f"the scope shows neuron {i}, which does not exist", "remove it from the scope"
    if len(set(document.traced)) != len(document.traced):
        yield "the scope shows a neuron twice", "remove one of the two"
    numbers = document.numbers
    if numbers and (len(numbers) != len(document.traced) or numbers[0] < 1 or not _increase(numbers)):
        yield (
            "the numbers of the traces do not fit",
            "give each trace a larger one than the one before, from 1 on",
        )
    yield from _lane_problems(circuit, document)
    yield from _pin_problems(circuit, document)


def _settings_problems(circuit: Circuit, settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.solver is not None and settings.solver not in circuit.kinds.solvers:
        yield f"there is no solver {settings.solver!r}", _known(circuit.kinds.solvers)
    positive = {"dt": settings.dt, "duration": settings.duration, "speed": settings.speed}
    for name, value in positive.items():
        if value is not None and not 0 < value <= LARGEST:
            yield f"{name} is {value:g}", f"use a number above 0 and at most {LARGEST:g}"
    if not 0 <= settings.seed < 2**63:
        yield f"seed is {settings.seed}", "use a whole number from 0 to 2^63 - 1"
    if settings.precision not in PRECISIONS:
        yield f"there is no precision {settings.precision!r}", _known(PRECISIONS)
    yield from _solver_problems(circuit, settings.parameters)


def _solver_problems(circuit: Circuit, parameters: Parameters) -> Iterator[tuple[str, str]]:
    known = circuit.kinds.solver_parameters
    for name, value in parameters.items():
        if name not in known:
            yield f"no solver has a parameter {name!r}", _known(known)
        elif problem := known[name].check(value):
            yield problem, "change it"


def _lane_problems(circuit: Circuit, document: Document) -> Iterator[tuple[str, str]]:
    for lane in document.lanes:
        if lane.variable not in LANE_VARIABLES:
            yield f"the scope has a lane for {lane.variable!r}", f"use one of: {', '.join(LANE_VARIABLES)}"
            continue
        wanted = {"input": Input, "output": Output}.get(lane.variable, Neuron)
        for i in lane.elements:
            if not isinstance(circuit.elements.get(i), wanted):
                what = wanted.__name__.lower()
                yield f"a lane of the scope shows {what} {i}, which does not exist", "remove it from the lane"


def _pin_problems(circuit: Circuit, document: Document) -> Iterator[tuple[str, str]]:
    for pin in document.pins:
        element = circuit.elements.get(pin.element)
        if not isinstance(element, Tunable) or pin.parameter not in element.parameters:
            problem = f"the pinned slider for {pin.parameter} of element {pin.element} has nothing to move"
            yield problem, "remove it"
    if len(set(document.pins)) != len(document.pins):
        yield "a parameter is pinned twice", "remove one of the two"


def _parameter_problems(kind: Declaration, parameters: Parameters) -> Iterator[tuple[str, str]]:
    known = 0
    for parameter in kind.parameters:
        value = parameters.get(parameter.name)
        if value is None:
            yield f"{parameter.title} is missing", f"give {parameter.name}"
            continue
        known += 1
        problem = parameter.check(value)
        if problem:
            yield problem, "change it"
    if known == len(parameters):
        return
    for name in parameters:
        if kind.parameter(name) is None:
            names = ", ".join(p.name for p in kind.parameters) or "none"
            yield f"{a(inside(kind.title))} has no parameter {name!r}", f"use one of: {names}"


def _known(table: Mapping[str, object]) -> str:
    return f"use one of: {', '.join(table)}"
