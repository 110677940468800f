"""Synapses that share a gate are computed at less cost and to the same bits."""

from __future__ import annotations

import numpy as np
import pytest
from engine_circuits import random_circuit
from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.edits import SetParameter
from circuitsim.engine import compile as compiling
from circuitsim.engine import gates as gates_module
from circuitsim.engine.compile import compile_program
from circuitsim.engine.gates import shared
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

LENGTH = 60  # steps


def shared_circuit(seed):
    """A mixed circuit whose chemical synapses have slope and midpoint of their presynaptic end."""
    circuit = random_circuit(seed, conductance=9)
    r = np.random.default_rng(seed)
    for source in (*circuit.neurons, *circuit.inputs):
        own = tuple(s.id for s in circuit.synapses if s.pre == source.id and s.kind == "chemical")
        if own:
            circuit.apply(SetParameter(own, "slope", float(r.uniform(-4.0, 8.0))))
            circuit.apply(SetParameter(own, "midpoint", float(r.uniform(-0.5, 0.8))))
    return circuit


def chemical(circuit):
    return [s for s in circuit.synapses if s.kind == "chemical"]


def gates_of(program):
    return [block.gates for block in program.synapse_blocks if block.kind.id == "chemical"]


@pytest.fixture(autouse=True)
def however_few(monkeypatch):
    """Let small circuits share, too."""
    monkeypatch.setattr(gates_module, "LEAST", 0)


@pytest.fixture
def apart(monkeypatch):
    """Programs without gates, for the time of a call."""

    def inside(do):
        with monkeypatch.context() as patch:
            patch.setattr(compiling, "shared", lambda *_: None)
            return do()

    return inside


def same(one, other):
    for name in ("t", "v", "tau", "vinf", "inputs"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_it_is_taken_where_ends_have_their_numbers_in_common():
    circuit = shared_circuit(3)
    (gates,) = gates_of(compile_program(circuit))
    sources = {s.pre for s in chemical(circuit)}
    assert np.count_nonzero(gates.users) == len(sources)
    assert gates.users.sum() == len(chemical(circuit))
    assert gates_of(compile_program(random_circuit(3, conductance=9))) == [None]


@pytest.mark.parametrize("solver", kinds().solvers)
def test_every_solver_gives_the_same_bits(solver, apart):
    circuit = shared_circuit(5)

    def run():
        return Session(circuit, solver, 0.01).advance(LENGTH)

    same(run(), apart(run))


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_live_edits_give_the_same_bits(data):
    """Whatever is altered while it runs: what all of a gate have, what one of them has, and other numbers."""
    circuit = shared_circuit(data.draw(st.integers(0, 5)))
    ids = [s.id for s in chemical(circuit)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "shared", lambda *_: None)
        plain = Session(circuit, "rk4", 0.01)
    fast = Session(circuit, "rk4", 0.01)
    for _ in range(data.draw(st.integers(1, 5))):
        edited = tuple(data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True)))
        name = data.draw(st.sampled_from(["slope", "midpoint", "conductance", "reversal_potential"]))
        circuit.apply(SetParameter(edited, name, data.draw(st.floats(0.1, 2.0))))
        for session in (plain, fast):
            session.edit({i: circuit.elements[i] for i in edited})
        same(fast.advance(7), plain.advance(7))
    assert gates_of(plain._program) == [None]
    same(fast.advance(7), Session.advance(plain, 7))


def test_a_gate_of_one_synapse_is_written_in_place():
    circuit = shared_circuit(2)
    session = Session(circuit, "rk4", 0.01)
    one = chemical(circuit)[0].id
    programs = []
    for value in (1.5, 1.6, 1.7):
        circuit.apply(SetParameter((one,), "slope", value))
        session.edit({one: circuit.elements[one]})
        programs.append(session._program)
    assert programs[0] is programs[1] is programs[2]
    same(session.advance(9), Session(circuit, "rk4", 0.01).advance(9))


def test_a_gate_is_written_in_place_where_all_that_have_it_move_together():
    """So a slider for the synapses of one neuron makes no program at all; nor does a strength."""
    circuit = shared_circuit(2)
    session = Session(circuit, "rk4", 0.01)
    program = session._program
    pre = chemical(circuit)[0].pre
    together = tuple(s.id for s in chemical(circuit) if s.pre == pre)
    for value in (1.5, 1.6):
        for name in ("slope", "conductance"):
            circuit.apply(SetParameter(together, name, value))
            session.edit({i: circuit.elements[i] for i in together})
    assert session._program is program
    same(session.advance(9), Session(circuit, "rk4", 0.01).advance(9))
    assert len(together) > 1
    circuit.apply(SetParameter(together[:1], "slope", 2.0))
    session.edit({i: circuit.elements[i] for i in together})
    assert session._program is not program


def test_few_synapses_are_not_worth_a_kernel(monkeypatch):
    monkeypatch.undo()
    assert gates_of(compile_program(shared_circuit(3))) == [None]


def test_derivatives_are_the_same(apart):
    circuit = shared_circuit(7)
    together, alone = Linearizer(circuit).at(), apart(lambda: Linearizer(circuit)).at()
    np.testing.assert_array_equal(together.rate, alone.rate)
    np.testing.assert_allclose(together.state, alone.state, rtol=1e-15, atol=1e-16)
    np.testing.assert_allclose(together.input, alone.input, rtol=1e-15, atol=1e-16)


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 5))
def test_gates_stand_for_what_they_were_made_of(seed, synapses, sources):
    r = np.random.default_rng(seed)
    pre, rows = r.integers(0, sources, synapses), r.integers(0, 2, (2, synapses)).astype(float)
    distinct = len({(p, *row) for p, row in zip(pre.tolist(), rows.T.tolist(), strict=True)})
    gates = shared(pre, rows)
    assert (gates is not None) == (2 * distinct <= synapses)
    if gates is not None:
        assert gates.pre.size % 8 == 0
        assert np.count_nonzero(gates.users) == distinct
        np.testing.assert_array_equal(gates.pre[gates.of], pre)
        np.testing.assert_array_equal(gates.rows[:, gates.of], rows)
