"""Circuits of a few neurons, networks, inputs and synapses of any registered kinds, drawn by hypothesis.

Which kinds there are and what joins what comes from the registries, so that a kind that is added is drawn as well.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from drawn_knots import knots_of
from hypothesis import strategies as st

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Delete, Replace
from circuitsim.circuit.elements import NOTHING, Cell, Input, Reading, Table
from circuitsim.circuit.networks import add_network, new_network
from circuitsim.engine.hazards import unfit
from circuitsim.engine.proposal import propose
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError
from circuitsim.spec.unit import UNIT_SYSTEMS, Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from circuitsim.circuit.elements import Element, Neuron
    from circuitsim.spec.kind import Declaration
    from circuitsim.spec.parameter import Parameter

SOLVERS = tuple(kinds().solvers)
KNOTS = 6  # at most: narrow turns of a curve that inputs run through may hide between the stages of a step
ADAPTIVE = tuple(k.id for k in kinds().solvers.values() if k.adaptive)
SPACING = (
    0.3,
    0.7,
    1.1,
)  # steps between two ticks: no float is one of these, and some multiples miss by a rounding


@dataclass(frozen=True)
class Clock:
    """Where edges lie: anywhere, or at multiples of a tick, which differ by a rounding where they are sums.

    Attributes:
        tick: Time between two of them; 0 for anywhere.
        usual: About how long the run takes that shall see them.
    """

    tick: float
    usual: float

    def time(self, r: np.random.Generator, least: float = 0.0) -> float:
        """An instant, or a length of at least so much."""
        if not self.tick:
            return float(least + r.uniform(0.0, self.usual))
        count = int(r.integers(1 if least else 0, 12))
        return float(count * self.tick if r.integers(2) else sum([self.tick] * count))


def numbers(kind: Declaration, system: str, r: np.random.Generator) -> dict[str, float]:
    """A value of every parameter of a kind between the ends of its slider."""
    return {p.name: number(p, system, r) for p in kind.parameters}


def number(parameter: Parameter, system: str, r: np.random.Generator) -> float:
    if parameter.choices:
        return float(r.integers(len(parameter.choices)))
    shown = parameter.range(system)
    low, high = max(parameter.low, shown.slider_low), min(parameter.high, shown.slider_high)
    found = float(r.uniform(low, high))
    return float(round(found)) if parameter.whole else found


def timed(kind: Declaration, system: str, r: np.random.Generator, clock: Clock) -> dict[str, float]:
    """The same of a kind whose times are those of a clock, so that a run sees them."""
    found = numbers(kind, system, r)
    for p in kind.parameters:
        if p.dimension is Dimension.TIME and (clock.tick or r.integers(2)):
            found[p.name] = clock.time(r, least=p.low)
    return found


@st.composite
def mixed_circuits(draw: Any, least: int = 1, most: int = 6) -> Circuit:
    """Such a circuit; what it is made of is drawn and its numbers follow from a seed."""
    circuit = Circuit("mixed", draw(st.sampled_from(sorted(UNIT_SYSTEMS))))
    r = np.random.default_rng(draw(st.integers(0, 2**32)))
    for k, kind in enumerate(draw(some(kinds().neurons, least, most))):
        a_neuron(circuit, f"n{k}", kind, r)
    plan = propose(circuit)
    tick = plan.dt * float(r.choice(SPACING)) * float(r.choice([1.0, 10.0])) * draw(st.integers(0, 1))
    clock = Clock(tick, 20.0 * plan.dt)
    for k, kind in enumerate(draw(some(kinds().stimuli, 0, 3))):
        an_input(circuit, f"u{k}", kind, r, clock)
    for k, kind in enumerate(draw(some(kinds().cells, 0, 2))):
        a_network(circuit, f"net{k}", kind, r, clock)
    for cell in circuit.cells:
        let_read(circuit, cell, r)
    ends: list[Element] = [*circuit.inputs, *circuit.neurons]
    heard = [n for n in circuit.neurons if circuit.network_of(n.id) is None]
    for _ in range(draw(st.integers(0, 3 * len(heard)))):
        a_synapse(circuit, *draw(st.tuples(st.sampled_from(ends), st.sampled_from(heard))), r)
    return circuit


def some(of: Iterable[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(of)), min_size=least, max_size=most)


def an_input(circuit: Circuit, name: str, stimulus: str, r: np.random.Generator, clock: Clock) -> Input:
    kind = circuit.kinds.stimuli[stimulus]
    times = tuple(sorted({clock.time(r) for _ in range(4)}))
    table = Table(times, tuple(r.uniform(-1, 1, len(times)).tolist())) if kind.table else None
    gain, offset = r.choice([-1.5, 0.0, 0.5, 1.0], p=[0.2, 0.1, 0.2, 0.5]), r.choice([0.0, 0.3])
    own = timed(kind, circuit.document.unit_system, r, clock)
    made = new_input(circuit, name, stimulus, table=table, **own)
    made = replace(made, gain=float(gain), offset=float(offset))
    circuit.apply(Add((made,)))
    return made


def a_neuron(circuit: Circuit, name: str, kind: str, r: np.random.Generator) -> Neuron:
    own = numbers(circuit.kinds.neurons[kind], circuit.document.unit_system, r)
    start = own.get("leak_potential", 0.0) + r.uniform(-1, 1)
    made = new_neuron(circuit, name, kind, start=start, **own)
    circuit.apply(Add((made,)))
    return made


def a_network(circuit: Circuit, name: str, kind: str, r: np.random.Generator, clock: Clock) -> None:
    """A small network of any size, mode and memory, which reads nothing as yet."""
    declared = circuit.kinds.cells[kind]
    mixed = bool(r.integers(2))
    sizes: dict[str, Any] = {
        "units": r.integers(1, 4, 2).tolist() if declared.wired else int(r.integers(1, 4))
    }
    if not declared.wired:
        sizes |= {"backbone_layers": int(r.integers(3)), "backbone_units": 2}
    cell, units = new_network(
        circuit, name, kind, reads=[NOTHING] * int(r.integers(1, 4)), mixed_memory=mixed, seed=int(r.integers(999)),
        **sizes, **timed(declared, circuit.document.unit_system, r, clock),
    )  # fmt: skip
    memory = tuple(r.normal(0.0, 0.5, len(units)).tolist()) if mixed else ()
    begun = tuple(replace(unit, start=float(r.uniform(-1, 1))) for unit in units)
    circuit.apply(add_network(replace(cell, memory=memory), begun))


def let_read(circuit: Circuit, cell: Cell, r: np.random.Generator) -> None:
    """Let the columns of a network read inputs, neurons, units of other networks, or nothing."""
    able = [NOTHING, *(e.id for e in (*circuit.inputs, *circuit.neurons) if e.id not in cell.units)]
    reads = tuple(
        Reading(int(i), float(r.choice([1.0, -0.5])), float(r.choice([0.0, 0.2])))
        for i in r.choice(able, len(cell.reads))
    )
    circuit.apply(Replace((replace(cell, reads=reads),), "Read"))


def a_synapse(circuit: Circuit, pre: Element, post: Neuron, r: np.random.Generator) -> None:
    """Join two ends by any kind that may join them, if there is one."""
    source = "input" if isinstance(pre, Input) else pre.kind
    legal = [k for k in circuit.kinds.synapses if circuit.kinds.synapse_refusal(k, source, post.kind) is None]
    if not legal:
        return
    kind = circuit.kinds.synapses[legal[int(r.integers(len(legal)))]]
    system = circuit.document.unit_system
    knots = knots_of(kind, r, system, KNOTS) if r.integers(4) else None
    with suppress(InputError):  # to itself, or in a cycle that is not allowed
        made = new_synapse(circuit, pre.id, post.id, kind.id, knots=knots, **numbers(kind, system, r))
        circuit.apply(Add((made,)))


def reordered(circuit: Circuit, draw: Any) -> tuple[Circuit, list[str]]:
    """The same circuit, built in another order of neurons, networks and synapses, and its neurons.

    Inputs keep their places, and with them their noise.
    """
    twin, ids = circuit.copy(), {i.id: i.id for i in circuit.inputs} | {NOTHING: NOTHING}
    loose = [n.id for n in circuit.neurons if circuit.network_of(n.id) is None]
    twin.apply(Delete(frozenset([*loose, *(cell.id for cell in circuit.cells)])))
    order = draw(st.permutations([*circuit.neurons, *circuit.cells]))
    ids |= {element.id: twin.new_id() for element in order}
    twin.apply(Add(tuple(copied(element, ids) for element in order)))
    for synapse in draw(st.permutations(circuit.synapses)):
        pre, post = ids[synapse.pre], ids[synapse.post]
        twin.apply(Add((replace(synapse, id=twin.new_id(), pre=pre, post=post),)))
    return twin, [n.name for n in twin.neurons]


def copied(element: Neuron | Cell, ids: Mapping[int, int]) -> Neuron | Cell:
    """The same under another id, with all that it names."""
    if not isinstance(element, Cell):
        return replace(element, id=ids[element.id])
    reads = tuple(replace(r, source=ids[r.source]) for r in element.reads)
    return replace(element, id=ids[element.id], reads=reads, units=tuple(ids[i] for i in element.units))


def step_of(circuit: Circuit, solver: str) -> float:
    """The power of two up to the step that is proposed: what is rounded then is the states alone."""
    return 2.0 ** math.floor(math.log2(propose(circuit, solver=solver).dt))


def fits(circuit: Circuit, solver: str) -> bool:
    return not unfit(circuit, solver)
