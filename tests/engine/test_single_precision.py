"""Runs in single precision: near those in double, the same again, edited while they run, and honest about their error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_circuits import random_circuit

import circuitsim as cs
from circuitsim.bench import own
from circuitsim.bench.cases import CASES
from circuitsim.bench.truth import reference
from circuitsim.bench.workload import workload
from circuitsim.circuit.edits import SetParameter, SetSettings
from circuitsim.circuit.elements import Settings
from circuitsim.dynamics.turns import PIECE
from circuitsim.engine import gates, helper
from circuitsim.engine.compile import compile_program
from circuitsim.engine.hazards import hazards
from circuitsim.engine.jacobian import Linearizer
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

RANGE = 2.0  # of potentials in these circuits, about


def single(circuit):
    circuit.apply(SetSettings(replace(circuit.document.settings, precision="single")))
    return circuit


def forms(program):
    return {b.kind.id: b.single is not None for b in program.synapse_blocks}


@pytest.mark.parametrize("case", ["N19", "N302"])
def test_error_on_the_workload_is_what_is_said_of_it(case):
    """At most 1e-6 against a tight reference with Runge-Kutta 4 at a step of 0.05, and 3e-7 against double precision."""
    work = workload(CASES[case])
    columns = own.columns_of(work)
    double, found = (columns.simulate(10.0, 0.05, precision=p) for p in ("double", "single"))
    assert 0.0 < np.abs(found.samples.v - double.samples.v).max() < 3e-7
    assert np.abs(found.samples.v[-1] - reference(work)).max() < 1e-6


@pytest.mark.parametrize("solver", kinds().solvers)
def test_every_solver_comes_near_double_precision(solver):
    circuit = random_circuit(4)
    double = run(circuit, duration=2.0, dt=0.01, solver=solver)
    found = run(circuit, duration=2.0, dt=0.01, solver=solver, precision="single")
    assert 0.0 < np.abs(found.v - double.v).max() < 2e-5 * RANGE
    assert (double.stamp.precision, found.stamp.precision) == ("double", "single")


@pytest.mark.parametrize("solver", ["rk4", "dormand_prince", "rosenbrock"])
@pytest.mark.parametrize("seed", range(3))
def test_the_estimate_claims_no_less_than_single_precision_gives(solver, seed):
    """With a step so small that double precision has nearly no error."""
    circuit = random_circuit(seed, paper=0)
    given = {"tolerance": 1e-11} if solver == "dormand_prince" else {}
    double = run(circuit, duration=1.0, dt=0.002, solver=solver, **given)
    found = run(circuit, duration=1.0, dt=0.002, solver=solver, precision="single", **given)
    assert found.error > np.abs(found.v - double.v).max()
    assert found.error > double.error
    assert found.error < 1e-4 * RANGE


@pytest.mark.parametrize("system", ["liquid", "physiological"])
@pytest.mark.parametrize("seed", range(6))
def test_so_it_is_in_circuits_of_any_size_of_numbers(system, seed):
    """Slopes and midpoints all over what sliders offer, few synapses and many."""
    r = np.random.default_rng(seed)
    cells = int(r.integers(2, 12))
    pre, post = r.integers(0, cells, (2, cells * int(r.integers(1, 6))))
    size = 1.0 if system == "liquid" else 80.0
    columns = cs.Columns(system)
    columns.add_neurons(cells, start=r.uniform(-0.8, 0.2, cells) * size)
    declared = {p.name: p.range(system) for p in kinds().synapses["chemical"].parameters}
    drawn = {n: r.uniform(a.slider_low, a.slider_high, pre.size) for n, a in declared.items()}
    columns.connect(pre, post, **drawn)
    double, found = (columns.simulate(20.0, 0.02, every=0.2, precision=p) for p in ("double", "single"))
    assert found.error > np.abs(found.samples.v - double.samples.v).max()


@pytest.mark.parametrize(
    ("precision", "solver", "tolerance", "told"),
    [
        ("single", "dormand_prince", 1e-10, True),
        ("single", "dormand_prince", 1e-8, False),
        ("single", "rk4", 1e-10, False),
        ("double", "dormand_prince", 1e-10, False),
    ],
)
def test_a_tolerance_that_single_precision_cannot_keep_is_told(precision, solver, tolerance, told):
    circuit = random_circuit(0)
    circuit.apply(SetSettings(Settings(precision=precision, parameters={"tolerance": tolerance})))
    found = [i for i in hazards(circuit, 0.01, solver) if "single precision" in i.problem]
    assert bool(found) == told
    assert all(i.warning and i.cures == ("double",) for i in found)


def test_only_what_has_a_form_for_it_takes_it():
    found = forms(compile_program(random_circuit(2), "single"))
    assert found["chemical"]
    assert not any(taken for kind, taken in found.items() if kind != "chemical")
    assert not any(forms(compile_program(random_circuit(2))).values())


def test_gates_that_are_shared_stay_double(monkeypatch):
    monkeypatch.setattr(gates, "LEAST", 0)
    circuit = random_circuit(3, conductance=9)
    ids = tuple(s.id for s in circuit.synapses if s.kind == "chemical")
    for name in ("slope", "midpoint"):
        circuit.apply(SetParameter(ids, name, 0.5))
    double, found = (run(circuit, duration=1.0, dt=0.01, precision=p) for p in ("double", "single"))
    np.testing.assert_array_equal(double.v, found.v)
    assert double.error == found.error


def test_a_synapse_takes_20_bytes():
    program = own.columns_of(workload(CASES["N302"])).program("single")
    (block,) = (b for b in program.synapse_blocks if b.single is not None)
    assert block.rows(4, program.tables.q).itemsize * 4 + program.tables.pre.itemsize == 20


@pytest.mark.parametrize("name", ["conductance", "slope", "midpoint", "reversal_potential"])
def test_a_number_written_live_equals_a_fresh_compilation(name):
    circuit = single(random_circuit(6))
    session = Session(circuit, "rk4", 0.01)
    program = session._program
    ids = tuple(s.id for s in circuit.synapses if s.kind == "chemical")[:3]
    circuit.apply(SetParameter(ids, name, 0.7))
    session.edit({i: circuit.elements[i] for i in ids})
    assert session._program is program
    np.testing.assert_array_equal(session.advance(30).v, Session(circuit, "rk4", 0.01).advance(30).v)


def test_another_precision_is_taken_while_it_runs_and_keeps_the_states():
    circuit = random_circuit(6)
    session = Session(circuit, "rk4", 0.01)
    session.advance(20)
    before = session.states()
    single(circuit)
    session.edit({0: circuit.document})
    assert any(forms(session._program).values())
    assert session.states() == pytest.approx(before, abs=1e-5)
    circuit.apply(SetSettings(replace(circuit.document.settings, precision="double")))
    session.edit({0: circuit.document})
    assert not any(forms(session._program).values())
    assert session.states() == pytest.approx(before, abs=1e-5)


def test_analyses_of_derivatives_stay_double():
    circuit = random_circuit(7)
    double, found = Linearizer(circuit).at(), Linearizer(single(circuit)).at()
    np.testing.assert_array_equal(double.state, found.state)


@pytest.mark.parametrize("neurons", [8 * PIECE - 3, 20 * PIECE])
def test_two_threads_give_the_bits_of_one(monkeypatch, neurons):
    monkeypatch.setattr(helper, "SHARED", 1)
    r = np.random.default_rng(neurons)
    columns = cs.Columns()
    columns.add_neurons(neurons, start=r.uniform(-0.5, 0.5, neurons))
    pre, post = r.integers(0, neurons, (2, 9 * neurons))
    columns.connect(pre, post, slope=r.uniform(3.0, 8.0, pre.size), midpoint=r.uniform(-0.5, 0.5, pre.size))
    found = []
    for threads in ("1", "2"):
        monkeypatch.setenv(helper.THREADS, threads)
        found.append(columns.simulate(0.5, 0.05, precision="single"))
    np.testing.assert_array_equal(found[0].samples.v, found[1].samples.v)
