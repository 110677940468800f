"""Properties of runs of any circuit: of mixed kinds, under every solver."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mixed_circuits import ADAPTIVE, SOLVERS, fits, mixed_circuits, reordered, step_of
from random_circuits import an_edit

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, SetParameter, SetSettings
from circuitsim.circuit.elements import DOCUMENT_ID, Settings
from circuitsim.circuit.networks import read_nothing
from circuitsim.engine.bands import bands
from circuitsim.engine.change import Effect
from circuitsim.engine.hazards import hazards
from circuitsim.engine.monitor import ROUNDING
from circuitsim.engine.proposal import propose
from circuitsim.engine.rows import Rows
from circuitsim.engine.session import Session
from circuitsim.spec.kind import ContinuousKind

EVERY_SOLVER = pytest.mark.parametrize("solver", SOLVERS)
SEEN = ("t", "v", "tau", "vinf", "inputs", "clamp", "gate")
FROZEN = ("exponential_euler", "fused")  # a step goes towards b / lambda and not beyond, whatever its length


def until_explosion(session: Session, steps: int) -> Rows:
    """Rows of so many steps from the present on, up to an explosion if there is one."""
    return Rows.joined([session.present(), session.advance(steps)])


def stays_inside(circuit, rows, part):
    found = bands(circuit)
    room = part * (
        1.0 + sum(np.where(np.isfinite(e), np.abs(e), 0.0) for e in (found.state_low, found.state_high))
    )
    assert (rows.v >= found.state_low - room).all()
    assert (rows.v <= found.state_high + room).all()
    with np.errstate(divide="ignore"):
        decay = 1.0 / rows.tau
        low, high = 1.0 / found.tau_high, 1.0 / found.tau_low
    bounded = np.isfinite(found.tau_high)
    assert (decay <= high * (1 + part) + 1e-300).all()
    assert (decay[:, bounded] >= low[bounded] * (1 - part)).all()


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits())
def test_states_and_time_constants_stay_in_their_bands_at_the_proposed_step(solver, circuit):
    """Up to what the monitor of a run lets pass, so that it does not warn of a run that is sound."""
    assume(fits(circuit, solver))
    stays_inside(circuit, until_explosion(Session(circuit, solver, step_of(circuit, solver)), 200), ROUNDING)


@pytest.mark.parametrize("solver", FROZEN)
@settings(max_examples=10)
@given(circuit=mixed_circuits(), larger=st.sampled_from([10.0, 1e3, 1e5]))
def test_some_solvers_stay_there_at_any_step(solver, circuit, larger):
    stays_inside(
        circuit, until_explosion(Session(circuit, solver, larger * step_of(circuit, solver)), 50), 1e-9
    )


def alike(one: np.ndarray, other: np.ndarray, solver: str, rounding: float) -> bool:
    """Whether states agree within rounding.

    An adaptive solver may choose other steps for a rounding, and a kink of hardtanh may lie where no estimate sees it.
    """
    slack = 1e-4 if solver in ADAPTIVE else rounding
    return bool((np.abs(one - other) <= slack * (1.0 + np.abs(one).max(axis=1, keepdims=True))).all())


def compared(first: Rows, second: Rows, order=slice(None)) -> tuple[np.ndarray, np.ndarray]:
    """States of two runs at the instants that both have reached, the columns of the second in another order."""
    rows = min(first.t.size, second.t.size)
    np.testing.assert_array_equal(first.t[:rows], second.t[:rows])
    return first.v[:rows], second.v[:rows][:, order]


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits(least=2), data=st.data())
def test_the_order_of_neurons_and_synapses_changes_nothing_but_rounding(solver, circuit, data):
    assume(fits(circuit, solver))
    twin, names = reordered(circuit, data.draw)
    dt = step_of(circuit, solver)
    first, second = (until_explosion(Session(c, solver, dt, tolerance=1e-9), 40) for c in (circuit, twin))
    order = [names.index(n.name) for n in circuit.neurons]
    assert alike(*compared(first, second, order), solver, 1e-9)


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits(), first=st.integers(1, 59))
def test_a_run_in_two_parts_has_the_same_bits(solver, circuit, first):
    assume(fits(circuit, solver))
    dt = step_of(circuit, solver)
    whole, parts = until_explosion(Session(circuit, solver, dt), 60), Session(circuit, solver, dt)
    begun = until_explosion(parts, first)
    cut = begun if parts.explosion else Rows.joined([begun, parts.advance(60 - first)])
    for name in SEEN:
        np.testing.assert_array_equal(getattr(cut, name), getattr(whole, name))


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits(least=2), data=st.data())
def test_a_synapse_of_no_strength_is_a_deleted_one(solver, circuit, data):
    """To the last bit, since it adds nothing to the same sums."""
    assume(fits(circuit, solver) and circuit.synapses)
    mute, dt = data.draw(st.sampled_from(circuit.synapses)), step_of(circuit, solver)
    without = circuit.copy()
    circuit.apply(SetParameter((mute.id,), circuit.kinds.synapses[mute.kind].strength, 0.0))
    without.apply(Delete(frozenset({mute.id})))
    np.testing.assert_array_equal(
        *compared(*(until_explosion(Session(c, solver, dt), 40) for c in (circuit, without)))
    )


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits(least=2), data=st.data())
def test_a_neuron_that_acts_on_none_may_as_well_be_deleted(solver, circuit, data):
    """Only a solver with steps of its own or a matrix notices that it is there, within its tolerance and rounding."""
    assume(fits(circuit, solver))
    loose = [n for n in circuit.neurons if circuit.network_of(n.id) is None]
    gone, dt = data.draw(st.sampled_from(loose)), step_of(circuit, solver)
    mute_neuron(circuit, gone.id)
    without = circuit.copy()
    without.apply(Delete(frozenset({gone.id})))
    first, second = (until_explosion(Session(c, solver, dt, tolerance=1e-9), 40) for c in (circuit, without))
    kept = [k for k, n in enumerate(circuit.neurons) if n.id != gone.id]
    second, first = compared(second, first, kept)
    kind = circuit.kinds.solvers[solver]
    if kind.adaptive or kind.jacobian:
        assert alike(second, first, solver, 1e-10)
    else:
        np.testing.assert_array_equal(first, second)


def mute_neuron(circuit: Circuit, neuron: int) -> None:
    """Take their strength from the synapses by which a neuron acts on others, and let no network read it."""
    for synapse in circuit.synapses:
        kind = circuit.kinds.synapses[synapse.kind]
        if neuron == synapse.pre or (kind.mutual and neuron == synapse.post):
            circuit.apply(SetParameter((synapse.id,), kind.strength, 0.0))
    for cell in circuit.cells:
        for column in (k for k, r in enumerate(cell.reads) if r.source == neuron):
            circuit.apply(read_nothing(circuit.elements[cell.id], column))


def remembered(session: Session) -> dict[int, float]:
    """Present states by neuron id; outputs of neurons without memory are none, and muted units have none either."""
    kept = {
        n.id
        for n in session.circuit.neurons
        if isinstance(session.circuit.kinds.neuron(n.kind), ContinuousKind)
        and not (n.muted and session.circuit.network_of(n.id))
    }
    return {i: x for i, x in session.states().items() if i in kept}


@EVERY_SOLVER
@settings(max_examples=10)
@given(circuit=mixed_circuits(), data=st.data())
def test_a_live_edit_is_a_restart_from_the_present_state(solver, circuit, data):
    """To the last bit: nothing of what was before the edit is left behind but the states and the time."""
    assume(fits(circuit, solver))
    live = Session(circuit, solver, step_of(circuit, solver))
    live.advance(data.draw(st.integers(1, 40)))
    assume(live.explosion is None)
    before, t = remembered(live), live.t
    circuit.apply(an_edit(data.draw, circuit))
    old, new = live.circuit.elements, circuit.elements
    after = {i: new.get(i) for i in {*old, *new} if old.get(i) != new.get(i)}
    effect = live.edit(after)
    assume(not (effect is Effect.NOTHING and circuit.kinds.solvers[live.solver].adaptive))
    assert live.circuit == circuit
    assert live.t == t
    states = remembered(live)
    kept = before.keys() & states.keys()
    assert {i: states[i] for i in kept} == {i: before[i] for i in kept}
    anew = Session(circuit, live.solver, live.dt, initial=states)
    anew.t, anew._ends.origin, anew._ends.k = t, live._ends.origin, live._ends.k
    anew._cells = live._cells.after(circuit, anew._program, t)  # their memories are states too
    anew._begin_anew()
    first, second = (until_explosion(s, 40) for s in (live, anew))
    for name in SEEN:
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_what_fills_up_a_block_of_neurons_is_never_seen():
    """Columns are padded with copies of the last neuron, which nothing drives: alone this integrator would explode."""
    circuit = Circuit()
    circuit.add_neuron("a", "neural_ode", activation="sigmoid")
    circuit.add_input("u", value=-1.0)
    circuit.connect("u", "a", "current", gain=100.0)
    for solver in SOLVERS:
        session = Session(circuit, solver, 1e4)
        rows = session.advance(400)
        assert session.explosion is None
        assert np.abs(rows.v).max() < 1e-9


@pytest.mark.parametrize("solver", SOLVERS)
def test_another_seed_in_a_run_acts_at_once(solver):
    """A solver that has already stepped ahead of what is shown comes back."""
    circuit = Circuit()
    circuit.add_neuron("a")
    circuit.add_input("u", "white_noise", hold=4.0)
    circuit.connect("u", "a", "current", gain=1.0)
    live = Session(circuit, solver, 2.0**-6)
    live.advance(16)
    circuit.apply(SetSettings(Settings(seed=7)))
    live.edit({DOCUMENT_ID: circuit.document})
    anew = Session(circuit, solver, live.dt, initial=live.states())
    anew.t, anew._ends.k = live.t, live._ends.k
    first, second = (until_explosion(s, 40) for s in (live, anew))
    np.testing.assert_array_equal(first.v, second.v)


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_step_that_is_proposed_fits_the_solver_that_is_named(solver):
    """Of time constants far apart an explicit solver follows the fastest; any other one need not."""
    circuit = Circuit()
    fast = circuit.add_neuron("fast", capacitance=1e-4, leak_conductance=10.0, start=1.0)
    circuit.add_neuron("slow", capacitance=10.0, leak_conductance=0.1)
    plan = propose(circuit, solver=solver)
    assert plan.solver == solver
    explicit = circuit.kinds.solvers[solver].explicit
    assert (plan.dt <= plan.tau_fastest) is explicit
    circuit.apply(SetSettings(Settings(solver=solver)))
    assert propose(circuit).dt == plan.dt
    told = [issue.element for issue in hazards(circuit, plan.dt, solver)]
    assert told == ([fast.id] if explicit or solver in ADAPTIVE else [])
    run = until_explosion(Session(circuit, solver, plan.dt), 50)
    assert np.abs(run.v).max() <= 1.0
