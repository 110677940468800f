"""Random legal circuits over every registered kind."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Replace
from circuitsim.circuit.elements import LANE_VARIABLES, Matrix, Pin, Role, ScopeLane, Settings, Table
from circuitsim.circuit.memoryless import closes_cycle
from circuitsim.circuit.networks import add_network, new_network
from circuitsim.spec.curve import LEAST, MOST, Knots
from circuitsim.spec.precision import PRECISIONS

if TYPE_CHECKING:
    from circuitsim.spec.curve import Curve
    from circuitsim.spec.kind import Declaration
    from circuitsim.spec.parameter import Parameter

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
POSITION = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))


def parameters(kind: Declaration) -> st.SearchStrategy[dict[str, float]]:
    """Any legal value of every parameter of a kind."""
    return st.fixed_dictionaries({p.name: _values(p) for p in kind.parameters})


def _values(parameter: Parameter) -> st.SearchStrategy[float]:
    if parameter.choices:
        return st.sampled_from([float(k) for k in range(len(parameter.choices))])
    if parameter.whole:
        return st.integers(math.ceil(parameter.low), math.floor(min(parameter.high, 1e9))).map(float)
    return st.floats(parameter.low, parameter.high)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Values at increasing times."""
    times = sorted(draw(st.sets(st.floats(-1e6, 1e6), min_size=1, max_size=5)))
    values = [draw(st.floats(-1e9, 1e9)) for _ in times]
    return Table(tuple(times), tuple(values))


@st.composite
def knots(draw: st.DrawFn, curve: Curve) -> Knots:
    """Any legal knots of a curve."""
    places = draw(st.sets(st.integers(-1000, 1000), min_size=LEAST, max_size=MOST))
    scale = draw(st.floats(1e-3, 1e6))
    values = [draw(st.floats(curve.low, curve.high)) for _ in places]
    return Knots(tuple(scale * x for x in sorted(places)), tuple(values))


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Any legal settings."""
    positive = st.none() | st.floats(1e-6, 1e6)
    return Settings(
        solver=draw(st.sampled_from([None, "rk4", "fused", "ncps"])),
        dt=draw(positive),
        duration=draw(positive),
        seed=draw(st.integers(0, 2**63 - 1)),
        speed=draw(positive),
        parameters=draw(st.sampled_from([{}, {"unfolds": 12.0}, {"unfolds": 3.0, "epsilon": 0.25}])),
        precision=draw(st.sampled_from(list(PRECISIONS))),
    )


@st.composite
def circuits(draw: st.DrawFn) -> Circuit:
    """A legal circuit."""
    circuit = Circuit(title=draw(TEXT), unit_system=draw(st.sampled_from(["liquid", "physiological"])))
    kinds = circuit.kinds
    names = iter(draw(st.permutations(["A", "b2", "_x", "AVAL", "tap", "y0", "if", "t"])))
    ids = {}
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(sorted(kinds.neurons)))
        neuron = new_neuron(
            circuit, next(names), kind, role=draw(st.sampled_from(Role)), start=draw(st.floats(-1e9, 1e9)),
            position=draw(POSITION), label=draw(TEXT), **draw(parameters(kinds.neurons[kind])),
        )  # fmt: skip
        circuit.apply(Add((neuron,)))
        ids[neuron.id] = kind
    ends = dict(ids)
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(sorted(kinds.stimuli)))
        table = draw(tables()) if kinds.stimuli[kind].table else None
        source = new_input(
            circuit, next(names), kind, table=table, key=draw(st.sampled_from(["", "T"])),
            position=draw(POSITION), label=draw(TEXT), **draw(parameters(kinds.stimuli[kind])),
        )  # fmt: skip
        source = replace(source, gain=draw(st.floats(-9, 9)), offset=draw(st.floats(-9, 9)))
        circuit.apply(Add((source,)))
        ends[source.id] = "input"
    if draw(st.booleans()):
        _add_network(draw, circuit, next(names), sorted(ends))
    _connect(draw, circuit, ids, ends)
    if ids and draw(st.booleans()):
        neuron_id = draw(st.sampled_from(sorted(ids)))
        output = new_output(circuit, next(names), neuron_id, draw(st.floats(-1e9, 1e9)), -0.0, draw(POSITION))
        circuit.apply(Add((output,)))
    circuit.apply(Add((new_note(circuit, draw(TEXT), draw(TEXT), draw(POSITION)),)))
    traced = tuple(draw(st.permutations(sorted(ids))))[: draw(st.integers(0, 3))]
    some = st.lists(st.integers(1, 12), min_size=len(traced), max_size=len(traced), unique=True)
    numbers = tuple(sorted(draw(some)))
    if numbers == tuple(range(1, len(traced) + 1)):
        numbers = ()
    document = replace(
        circuit.document, settings=draw(settings()), traced=traced, numbers=numbers, lanes=_lanes(draw, circuit),
        pins=_pins(draw, circuit),
    )  # fmt: skip
    circuit.apply(Replace((document,), "Set up"))
    return circuit


def _add_network(draw: st.DrawFn, circuit: Circuit, name: str, sources: list[int]) -> None:
    """A network of any kind that reads some of what there is, with numbers that need all of their digits."""
    kind = draw(st.sampled_from(sorted(circuit.kinds.cells)))
    reads = draw(st.lists(st.sampled_from([0, *sources]), min_size=1, max_size=3))
    values = {n: v for n, v in draw(parameters(circuit.kinds.cells[kind])).items() if n != "mode"}
    cell, units = new_network(
        circuit, name, kind, reads=reads, units=draw(st.integers(1, 3)), position=draw(POSITION),
        backbone_units=None if circuit.kinds.cells[kind].wired else 2,
        mixed_memory=draw(st.booleans()), projection=draw(st.integers(0, 2)), label=draw(TEXT), **values,
    )  # fmt: skip
    factor = draw(st.sampled_from([1.0, 1.0 / 3.0]))
    arrays = {n: Matrix.of(m.values * factor) for n, m in cell.arrays.items()}
    reads = tuple(replace(r, gain=draw(st.floats(-9, 9)), offset=draw(st.floats(-9, 9))) for r in cell.reads)
    memory = tuple(draw(st.lists(st.floats(-9, 9), min_size=len(units), max_size=len(units))))
    circuit.apply(add_network(replace(cell, arrays=arrays, reads=reads, memory=memory), units))


def _lanes(draw: st.DrawFn, circuit: Circuit) -> tuple[ScopeLane, ...]:
    """Some lanes, each for everything of its sort or for some of it."""
    lanes = []
    for variable in draw(st.lists(st.sampled_from(LANE_VARIABLES), max_size=4)):
        sort = {"input": circuit.inputs, "output": circuit.outputs}.get(variable, circuit.neurons)
        ids = [element.id for element in sort]
        some = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        lanes.append(ScopeLane(variable, tuple(some)))
    return tuple(lanes)


def _pins(draw: st.DrawFn, circuit: Circuit) -> tuple[Pin, ...]:
    """Sliders for some of the parameters."""
    pins = [
        Pin(element.id, name)
        for element in (*circuit.neurons, *circuit.synapses, *circuit.inputs, *circuit.cells)
        for name in element.parameters
    ]
    return tuple(draw(st.lists(st.sampled_from(pins), unique=True, max_size=3))) if pins else ()


def _connect(draw: st.DrawFn, circuit: Circuit, ids: dict[int, str], ends: dict[int, str]) -> None:
    """Add some of the synapses that are legal."""
    legal = [
        (kind.id, pre, post)
        for kind in circuit.kinds.synapses.values()
        for pre in ends
        for post in ids
        if circuit.kinds.synapse_refusal(kind.id, ends[pre], ids[post]) is None
        and not (kind.junction and pre == post)
    ]
    if not legal:
        return
    for kind, pre, post in draw(st.lists(st.sampled_from(legal), max_size=5)):
        values = draw(parameters(circuit.kinds.synapses[kind]))
        if closes_cycle(circuit, circuit.elements[pre], circuit.elements[post]):
            continue
        curve = circuit.kinds.synapses[kind].curve
        drawn = None if curve is None else draw(knots(curve))
        made = new_synapse(circuit, pre, post, kind, label=draw(TEXT), knots=drawn, **values)
        circuit.apply(Add((made,)))
