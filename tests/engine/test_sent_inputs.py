"""What inputs send: gain times their value plus an offset, whoever reads it and however it is run.

The twin of a circuit has tables whose values are mapped already, so that it needs no gain and no offset.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from mixed_circuits import SOLVERS, fits, mixed_circuits, step_of

import circuitsim as cs
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Replace
from circuitsim.circuit.elements import Input, Table
from circuitsim.engine.bands import bands
from circuitsim.engine.currents import CurrentMeter, acting, current
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.replay import replay
from circuitsim.engine.report import Snapshot
from circuitsim.engine.run import run
from circuitsim.engine.runlog import Edited, RunLog
from circuitsim.engine.session import Session

GAIN, OFFSET = -1.75, 0.375  # powers of two in it: mapped tables are exact


def mapped(circuit: Circuit) -> tuple[Circuit, Circuit]:
    """A circuit whose inputs are tables with gain and offset, and its twin without them."""
    one, other = circuit.copy(), circuit.copy()
    for k, source in enumerate(circuit.inputs):
        table = Table((0.0, 0.25 * (k + 1)), (0.5 + k, -0.25))
        plain = {"stimulus": "table", "parameters": circuit.kinds.stimuli["table"].defaults()}
        moved = Table(table.times, tuple(GAIN * v + OFFSET for v in table.values))
        one.apply(Replace((replace(source, table=table, gain=GAIN, offset=OFFSET, **plain),), "Map"))
        other.apply(Replace((replace(source, table=moved, gain=1.0, offset=0.0, **plain),), "Twin"))
    return one, other


def probe() -> Circuit:
    """An input that excites one neuron, drives another one and is read by a network."""
    circuit = Circuit()
    circuit.add_input("u", "table", table=Table((0.0, 1.0, 2.0), (0.2, 0.9, -0.4)), gain=GAIN, offset=OFFSET)
    circuit.add_neuron("a")
    circuit.add_neuron("b", "ct_rnn")
    circuit.connect("u", "a", conductance=2.0)
    circuit.connect("u", "b", "weight", weight=1.5)
    circuit.add_network("net", reads=("u",), units=3, seed=5, period=1.0)
    return circuit


@pytest.mark.parametrize("solver", SOLVERS)
@settings(max_examples=8)
@given(circuit=mixed_circuits())
def test_a_run_is_that_of_the_twin_with_mapped_values(solver, circuit):
    one, other = mapped(circuit)
    if not fits(one, solver):
        return
    dt = step_of(one, solver)
    first, second = (Session(c, solver, dt).advance(60) for c in (one, other))
    np.testing.assert_array_equal(first.t, second.t)
    for variable in ("v", "tau", "vinf", "clamp"):
        np.testing.assert_array_equal(getattr(first, variable), getattr(second, variable))
    np.testing.assert_array_equal(GAIN * first.inputs + OFFSET, second.inputs)


@settings(max_examples=20)
@given(circuit=mixed_circuits())
def test_bands_and_the_jacobian_are_those_of_the_twin(circuit):
    one, other = mapped(circuit)
    for end in ("state_low", "state_high", "tau_low", "tau_high"):
        np.testing.assert_array_equal(getattr(bands(one), end), getattr(bands(other), end))
    first, second = (Linearizer(c).at(t=0.1) for c in (one, other))
    np.testing.assert_array_equal(first.state, second.state)
    np.testing.assert_allclose(first.input, GAIN * second.input, rtol=1e-14)


def test_a_gain_of_0_bounds_what_has_no_bound_itself():
    circuit = Circuit()
    circuit.add_input("noise", "white_noise", gain=0.0, offset=0.5)
    circuit.add_neuron("a")
    circuit.connect("noise", "a", "current", gain=2.0)
    found = bands(circuit)
    assert (found.state_low[0], found.state_high[0]) == pytest.approx((0.0, 1.0))


def test_currents_are_those_of_what_is_sent():
    circuit = probe()
    circuit.apply(Replace((replace(circuit["u"], gain=2.0, offset=-0.5),), "Map"))
    synapse = circuit.synapses[0]
    seen = Snapshot(
        0.0, tuple(n.id for n in circuit.neurons), np.zeros(5), np.ones(5), np.zeros(5),
        tuple(i.id for i in circuit.inputs), np.array([0.7]), 1, (), np.zeros(0), (), np.zeros(0),
    )  # fmt: skip
    p = synapse.parameters
    opened = 2.0 / (1.0 + np.exp(-p["slope"] * (2.0 * 0.7 - 0.5 - p["midpoint"])))
    assert acting(circuit, seen, [synapse.id])[synapse.id] == pytest.approx(opened, rel=1e-14)
    flow = opened * p["reversal_potential"]
    assert current(circuit, seen, synapse.id) == pytest.approx(flow, rel=1e-14)
    assert CurrentMeter(circuit).flowing(seen)[synapse.id] == pytest.approx(flow, rel=1e-14)


def test_a_network_maps_what_it_is_sent_once_more():
    circuit = probe()
    cell = circuit["net"]
    reading = replace(cell.reads[0], gain=0.5, offset=1.0)
    circuit.apply(Replace((replace(cell, reads=(reading,)),), "Read"))
    both = replace(reading, gain=0.5 * GAIN, offset=0.5 * OFFSET + 1.0)
    twin = circuit.copy()
    twin.apply(Replace((replace(cell, reads=(both,)), replace(circuit["u"], gain=1.0, offset=0.0)), "Twin"))
    first, second = (run(c, duration=4.0, dt=0.1, solver="rk4") for c in (circuit, twin))
    np.testing.assert_allclose(first.v[:, 2:], second.v[:, 2:], rtol=1e-13)


def test_edits_of_gain_and_offset_take_effect_at_once_and_are_replayed():
    circuit = probe()
    session = Session(circuit, "rk4", 0.05)
    parts = [session.present(), session.advance(10)]
    after = {circuit["u"].id: replace(circuit["u"], gain=0.25, offset=-1.0)}
    circuit.apply(Replace(tuple(after.values()), "Map"))
    session.edit(after)
    parts.append(session.advance(30))
    log = RunLog(probe(), "rk4", 0.05, 0, (Edited(0.5, after),), 2.0)
    again = replay(log)
    np.testing.assert_array_equal(again.v[-1], parts[-1].v[-1])
    plain = run(probe(), duration=2.0, dt=0.05, solver="rk4")
    assert np.abs(plain.v[-1] - again.v[-1]).max() > 0.01
    np.testing.assert_array_equal(again.inputs, plain.inputs)


def test_what_is_no_number_is_refused():
    circuit = Circuit()
    with pytest.raises(cs.InputError, match="gain"):
        circuit.add_input("u", gain="much")
    with pytest.raises(cs.InputError, match="offset is inf"):
        circuit.add_input("u", offset=float("inf"))


def test_a_stimulus_with_an_offset_of_its_own_takes_it():
    circuit = Circuit()
    found = circuit.add_input("u", "sine", offset=0.5, gain=2.0)
    assert isinstance(found, Input)
    assert (found.parameters["offset"], found.gain, found.offset) == (0.5, 2.0, 0.0)
