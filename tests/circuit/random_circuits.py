"""Random legal circuits and random legal edits, drawn by hypothesis."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import (
    Add,
    Compound,
    Delete,
    Edit,
    Move,
    Rename,
    Replace,
    SetKind,
    SetKnots,
    SetLanes,
    SetMuted,
    SetParameter,
    SetPins,
    SetSettings,
    SetStart,
    SetTable,
    SetTraced,
    TakeNumbers,
)
from circuitsim.circuit.elements import (
    Cell,
    Input,
    Named,
    Neuron,
    Pin,
    Placed,
    Role,
    ScopeLane,
    Settings,
    Synapse,
    Table,
    Tunable,
)
from circuitsim.circuit.memoryless import closes_cycle
from circuitsim.circuit.networks import add_network, new_network
from circuitsim.spec.curve import MOST, Knots

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.elements import Element
    from circuitsim.spec.curve import Curve
    from circuitsim.spec.parameter import Parameter

coordinates = st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False)] * 2)


@st.composite
def knots_of(draw: Any, curve: Curve) -> Knots:
    """Legal knots of a curve."""
    steps = draw(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=MOST - 1))
    x = list(accumulate(steps, initial=draw(st.floats(-1e3, 1e3))))
    value = st.floats(max(curve.low, -1e3), min(curve.high, 1e3))
    return Knots(tuple(x), tuple(draw(st.lists(value, min_size=len(x), max_size=len(x)))))


TABLE = Table((0.0, 1.0), (0.5, -0.5))


def names(circuit: Circuit) -> st.SearchStrategy[str]:
    return st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_]{0,6}\Z").map(circuit.free_name)


def a_value(parameter: Parameter, system: str) -> st.SearchStrategy[float]:
    if parameter.choices:
        return st.sampled_from([float(k) for k in range(len(parameter.choices))])
    shown = parameter.range(system)
    low, high = max(parameter.low, shown.slider_low), min(parameter.high, shown.slider_high)
    return (
        st.integers(math.ceil(low), math.floor(high)).map(float) if parameter.whole else st.floats(low, high)
    )


def _ids(circuit: Circuit, of: Any) -> list[int]:
    return [i for i, e in circuit.elements.items() if isinstance(e, of)]


def an_addition(draw: Any, circuit: Circuit) -> Add:
    """An element, or a network with its units."""
    if circuit.neurons and draw(st.integers(0, 9)) == 0:
        return a_network(draw, circuit)
    return Add((an_element(draw, circuit),))


def a_network(draw: Any, circuit: Circuit) -> Add:
    sources = _ids(circuit, Neuron | Input)
    kind = draw(st.sampled_from(sorted(circuit.kinds.cells)))
    made = new_network(
        circuit, draw(names(circuit)), kind, reads=draw(st.lists(st.sampled_from([0, *sources]), min_size=1, max_size=3)),
        units=draw(st.integers(1, 3)), backbone_units=None if circuit.kinds.cells[kind].wired else 2, mixed_memory=draw(st.booleans()), position=draw(coordinates),
    )  # fmt: skip
    return add_network(*made)


def an_element(draw: Any, circuit: Circuit) -> Element:
    neurons = [n.id for n in circuit.neurons]
    what = draw(st.sampled_from(["neuron", "input", "note", "synapse", "output"] if neurons else ["neuron"]))
    at = draw(coordinates)
    if what == "neuron":
        kind = draw(st.sampled_from(sorted(circuit.kinds.neurons)))
        return new_neuron(
            circuit, draw(names(circuit)), kind, position=at, role=draw(st.sampled_from(list(Role)))
        )
    if what == "input":
        stimulus = draw(st.sampled_from(sorted(circuit.kinds.stimuli)))
        table = TABLE if circuit.kinds.stimuli[stimulus].table else None
        made = new_input(circuit, draw(names(circuit)), stimulus, table=table, position=at)
        return replace(
            made, gain=draw(st.sampled_from([1.0, -0.5])), offset=draw(st.sampled_from([0.0, 2.0]))
        )
    if what == "output":
        return new_output(
            circuit, draw(names(circuit)), draw(st.sampled_from(neurons)), gain=2.0, position=at
        )
    if what == "synapse":
        return a_synapse(draw, circuit) or new_note(circuit, "", "nothing fits", at)
    return new_note(circuit, "Try", "a longer text", at)


def a_synapse(draw: Any, circuit: Circuit) -> Synapse | None:
    ends = [circuit.elements[i] for i in _ids(circuit, Neuron | Input)]
    pre, post = draw(st.sampled_from(ends)), draw(st.sampled_from(circuit.neurons))
    source = "input" if isinstance(pre, Input) else pre.kind
    legal = [
        k
        for k, kind in circuit.kinds.synapses.items()
        if circuit.kinds.synapse_refusal(k, source, post.kind) is None
        and not (kind.junction and pre.id == post.id)
        and closes_cycle(circuit, pre, post) is None
    ]
    if not legal:
        return None
    kind = draw(st.sampled_from(legal))
    curve = circuit.kinds.synapses[kind].curve
    knots = draw(knots_of(curve)) if curve is not None and draw(st.booleans()) else None
    return new_synapse(circuit, pre.id, post.id, kind, knots=knots)


def _set_parameter(draw: Any, circuit: Circuit) -> Edit:
    element = draw(st.sampled_from([circuit.elements[i] for i in _ids(circuit, Tunable)]))
    tables = {
        Neuron: circuit.kinds.all_neurons,
        Cell: circuit.kinds.cells,
        Synapse: circuit.kinds.synapses,
        Input: circuit.kinds.stimuli,
    }
    kind = tables[type(element)][element.stimulus if isinstance(element, Input) else element.kind]
    free = [p for p in kind.parameters if p.name != "mode"]  # the weights of a network are made for one
    if not free:
        return Compound((), "Nothing")
    parameter = draw(st.sampled_from(free))
    return SetParameter((element.id,), parameter.name, draw(a_value(parameter, circuit.document.unit_system)))


def _set_kind(draw: Any, circuit: Circuit) -> Edit:
    able = _ids(circuit, Neuron | Input)
    free = [i for i in able if not circuit.attached(i) and circuit.network_of(i) is None]
    if not free:
        return Compound((), "Nothing")
    element = circuit.elements[draw(st.sampled_from(free))]
    table = circuit.kinds.neurons if isinstance(element, Neuron) else circuit.kinds.stimuli
    return SetKind(element.id, draw(st.sampled_from(sorted(table))))


def _delete(draw: Any, circuit: Circuit) -> Edit:
    ids = [i for i in circuit.elements if i]
    drawn = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3))
    return Delete(frozenset(i if (owner := circuit.network_of(i)) is None else owner.id for i in drawn))


def _set_table(draw: Any, circuit: Circuit) -> Edit:
    inputs = _ids(circuit, Input)
    times = draw(st.lists(st.floats(0, 100), min_size=1, max_size=4, unique=True).map(sorted))
    table = Table(tuple(times), tuple(-t for t in times))
    return SetTable(draw(st.sampled_from(inputs)), table) if inputs else Compound((), "Nothing")


def _set_muted(draw: Any, circuit: Circuit) -> Edit:
    ids = st.sampled_from(_ids(circuit, Neuron | Synapse))
    return SetMuted(tuple(draw(st.lists(ids, max_size=3, unique=True))), draw(st.booleans()))


def _set_knots(draw: Any, circuit: Circuit) -> Edit:
    drawn = [s for s in circuit.synapses if s.knots is not None]
    if not drawn:
        return Compound((), "Nothing")
    synapse = draw(st.sampled_from(drawn))
    return SetKnots((synapse.id,), draw(knots_of(circuit.kinds.synapses[synapse.kind].curve)))


def _set_settings(draw: Any, circuit: Circuit) -> Edit:
    solver = draw(st.sampled_from([None, *circuit.kinds.solvers]))
    dt = draw(st.none() | st.floats(1e-6, 1.0))
    return SetSettings(Settings(solver=solver, dt=dt, seed=draw(st.integers(0, 2**63 - 1))))


def _relabel(draw: Any, circuit: Circuit) -> Edit:
    from dataclasses import replace

    synapses = draw(st.lists(st.sampled_from(circuit.synapses), max_size=3, unique_by=lambda s: s.id))
    return Replace(tuple(replace(s, label="7 contacts") for s in synapses), "Label")


def _set_pins(draw: Any, circuit: Circuit) -> Edit:
    able = (*circuit.neurons, *circuit.synapses, *circuit.inputs, *circuit.cells)
    pins = [Pin(element.id, name) for element in able for name in element.parameters]
    return SetPins(tuple(draw(st.lists(st.sampled_from(pins), max_size=4, unique=True))))


def _set_lanes(draw: Any, circuit: Circuit) -> Edit:
    some = draw(st.lists(st.sampled_from(_ids(circuit, Neuron)), unique=True))
    return SetLanes((ScopeLane("tau"), ScopeLane("v", tuple(some)), ScopeLane("input")))


def _take_numbers(draw: Any, circuit: Circuit) -> Edit:
    from dataclasses import replace

    start = draw(st.floats(-9, 9))
    return TakeNumbers({n.id: replace(n, start=start, name="earlier") for n in circuit.neurons})


MAKERS: dict[str, Callable[[Any, Circuit], Edit]] = {
    "Add": an_addition,
    "Delete": _delete,
    "Move": lambda draw, c: Move({draw(st.sampled_from(_ids(c, Placed))): draw(coordinates)}),
    "Rename": lambda draw, c: Rename(draw(st.sampled_from(_ids(c, Named))), draw(names(c)), draw(st.text())),
    "SetParameter": _set_parameter,
    "SetStart": lambda draw, c: SetStart({draw(st.sampled_from(_ids(c, Neuron))): draw(st.floats(-9, 9))}),
    "SetMuted": _set_muted,
    "SetKind": _set_kind,
    "SetKnots": _set_knots,
    "SetTable": _set_table,
    "SetSettings": _set_settings,
    "SetLanes": _set_lanes,
    "SetPins": _set_pins,
    "SetTraced": lambda draw, c: SetTraced(
        tuple(draw(st.lists(st.sampled_from(_ids(c, Neuron)), unique=True)))
    ),
    "TakeNumbers": _take_numbers,
    "Replace": lambda draw, c: _relabel(draw, c) if c.synapses else Compound((), "Nothing"),
}


@st.composite
def circuits(draw: Any, most: int = 14) -> Circuit:
    """A legal circuit of a few elements, with at least one neuron."""
    circuit = Circuit("random", draw(st.sampled_from(["liquid", "physiological"])))
    for _ in range(draw(st.integers(1, most))):
        circuit.apply(an_addition(draw, circuit))
    return circuit


def an_edit(draw: Any, circuit: Circuit) -> Edit:
    """A legal edit of any class, or one that adds a neuron where there is none."""
    if not circuit.neurons:
        return an_addition(draw, circuit)
    return MAKERS[draw(st.sampled_from(sorted(MAKERS)))](draw, circuit)
