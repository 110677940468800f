"""Circuits of a few neurons, inputs and synapses of any registered kinds, drawn by hypothesis.

Which kinds there are and what joins what comes from the registries, so that a kind that is added is drawn as well.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Input, Table
from circuitsim.engine.hazards import unfit
from circuitsim.engine.proposal import propose
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError
from circuitsim.spec.unit import UNIT_SYSTEMS

if TYPE_CHECKING:
    from circuitsim.circuit.elements import Element, Neuron
    from circuitsim.spec.kind import Declaration

SOLVERS = tuple(kinds().solvers)
ADAPTIVE = tuple(k.id for k in kinds().solvers.values() if k.adaptive)


def numbers(kind: Declaration, system: str, r: np.random.Generator) -> dict[str, float]:
    """A value of every parameter of a kind between the ends of its slider."""
    found = {}
    for p in kind.parameters:
        shown = p.range(system)
        low, high = max(p.low, shown.slider_low), min(p.high, shown.slider_high)
        found[p.name] = float(r.integers(len(p.choices))) if p.choices else r.uniform(low, high)
    return found


@st.composite
def mixed_circuits(draw: Any, least: int = 1, most: int = 6) -> Circuit:
    """Such a circuit; what it is made of is drawn and its numbers follow from a seed."""
    circuit = Circuit("mixed", draw(st.sampled_from(sorted(UNIT_SYSTEMS))))
    r = np.random.default_rng(draw(st.integers(0, 2**32)))
    neurons = draw(st.lists(st.sampled_from(sorted(kinds().neurons)), min_size=least, max_size=most))
    stimuli = draw(st.lists(st.sampled_from(sorted(kinds().stimuli)), max_size=3))
    ends: list[Element] = [an_input(circuit, f"u{k}", kind, r) for k, kind in enumerate(stimuli)]
    ends += [a_neuron(circuit, f"n{k}", kind, r) for k, kind in enumerate(neurons)]
    for _ in range(draw(st.integers(0, 3 * len(neurons)))):
        pre, post = draw(st.tuples(st.sampled_from(ends), st.sampled_from(ends[len(stimuli) :])))
        a_synapse(circuit, pre, post, r)
    return circuit


def an_input(circuit: Circuit, name: str, stimulus: str, r: np.random.Generator) -> Input:
    kind, system = circuit.kinds.stimuli[stimulus], circuit.document.unit_system
    usual = propose(circuit).tau_slowest
    times = tuple(np.cumsum(r.uniform(0, usual, 4)).tolist())
    table = Table(times, tuple(r.uniform(-1, 1, 4).tolist())) if kind.table else None
    gain, offset = r.choice([-1.5, 0.0, 0.5, 1.0], p=[0.2, 0.1, 0.2, 0.5]), r.choice([0.0, 0.3])
    made = new_input(circuit, name, stimulus, table=table, **numbers(kind, system, r))
    made = replace(made, gain=float(gain), offset=float(offset))
    circuit.apply(Add((made,)))
    return made


def a_neuron(circuit: Circuit, name: str, kind: str, r: np.random.Generator) -> Neuron:
    own = numbers(circuit.kinds.neurons[kind], circuit.document.unit_system, r)
    start = own.get("leak_potential", 0.0) + r.uniform(-1, 1)
    made = new_neuron(circuit, name, kind, start=start, **own)
    circuit.apply(Add((made,)))
    return made


def a_synapse(circuit: Circuit, pre: Element, post: Neuron, r: np.random.Generator) -> None:
    """Join two ends by any kind that may join them, if there is one."""
    source = "input" if isinstance(pre, Input) else pre.kind
    legal = [k for k in circuit.kinds.synapses if circuit.kinds.synapse_refusal(k, source, post.kind) is None]
    if not legal:
        return
    kind = legal[int(r.integers(len(legal)))]
    own = numbers(circuit.kinds.synapses[kind], circuit.document.unit_system, r)
    with suppress(InputError):  # to itself, or in a cycle that is not allowed
        circuit.apply(Add((new_synapse(circuit, pre.id, post.id, kind, **own),)))


def step_of(circuit: Circuit, solver: str) -> float:
    """The power of two up to the step that is proposed: what is rounded then is the states alone."""
    return 2.0 ** math.floor(math.log2(propose(circuit, solver=solver).dt))


def fits(circuit: Circuit, solver: str) -> bool:
    return not unfit(circuit, solver)
