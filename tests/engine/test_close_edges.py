"""Instants that mean the same and differ by a rounding: edges of inputs, calls of networks, the end of a run."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.elements import Table
from circuitsim.circuit.networks import read_from
from circuitsim.engine.run import run
from circuitsim.engine.session import Session
from circuitsim.spec.catalogue import kinds

SUM = 0.1 + 0.2
assert SUM != 0.3
PULSES = (("pulse", {"onset": 0.1, "width": 0.2}), ("pulse", {"onset": 0.3, "width": 10.0}))
ALIKE = (PULSES[0], ("pulse", {"onset": SUM, "width": 10.0}))
TRAINS = tuple(("pulse_train", {"onset": 0.0, "width": p / 2, "period": p}) for p in (0.3, 0.7))
NOISES = tuple(("white_noise", {"hold": p, "shape": 1.0}) for p in (0.3, 0.7))


def driven(inputs) -> Circuit:
    """A neuron that hears inputs of some kinds."""
    circuit = Circuit("driven")
    circuit.add_neuron("A", start=0.1)
    for k, (kind, numbers) in enumerate(inputs):
        circuit.add_input(f"u{k}", kind, **numbers)
        circuit.connect(f"u{k}", "A", "current", gain=0.7 - 0.3 * k)
    return circuit


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
@pytest.mark.parametrize("dt", [0.05, 0.037])
@pytest.mark.parametrize("inputs", [PULSES, TRAINS, NOISES], ids=["pulses", "trains", "noises"])
def test_a_run_goes_on_through_edges_a_rounding_apart(inputs, dt, solver):
    result = run(driven(inputs), duration=2.5, dt=dt, solver=solver)
    assert np.isfinite(result.v).all()
    assert (np.diff(result.t) > 0.0).all()
    assert result.t[-1] == 2.5


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_a_rounding_changes_the_states_no_more_than_itself(solver):
    """Against the same pulses with the edge in one place to the last bit."""
    apart, alike = (run(driven(each), duration=1.0, dt=0.05, solver=solver) for each in (PULSES, ALIKE))
    assert np.abs(apart.v[-1] - alike.v[-1]).max() < 1e-12


def of_tables(times) -> Circuit:
    """A neuron that hears two tables, the first of which has its rows at the given times."""
    circuit = Circuit("tables")
    circuit.add_neuron("A", start=0.1)
    r = np.random.default_rng(4)
    for k, rows in enumerate((times, 0.1 * np.arange(1, len(times) + 1))):
        table = Table(tuple(rows.tolist()), tuple(r.uniform(-1, 1, len(rows)).tolist()))
        circuit.add_input(f"u{k}", "table", table=table)
        circuit.connect(f"u{k}", "A", "current", gain=1.0)
    return circuit


@pytest.mark.parametrize("solver", sorted(kinds().solvers))
def test_sums_of_hundreds_of_terms_are_the_instants_that_they_mean(solver):
    """Rows at 0.1 + 0.1 + ... stray from rows at k 0.1 by up to 32 neighbouring numbers: too little for a step."""
    sums = np.cumsum([0.1] * 300)
    apart, alike = (
        run(of_tables(times), duration=30.0, dt=0.05, solver=solver)
        for times in (sums, 0.1 * np.arange(1, 301))
    )
    assert np.abs(apart.v[-1] - alike.v[-1]).max() < 1e-12


def reading_each_other(period: float, solver: str):
    """Two networks that are called once and thrice in three periods and read each other; states at all calls."""
    circuit = Circuit("pair")
    circuit.add_input("u", value=0.4)
    for name, own, seed in (("fast", period, 1), ("slow", 3.0 * period if period != 0.1 else 0.3, 2)):
        circuit.add_network(name, units=2, seed=seed, period=own, timespan_per_time=1.0 / period)
    for cell, source in ((circuit["fast"], "slow_n0"), (circuit["slow"], "fast_n1")):
        circuit.apply(read_from(circuit[source], cell))
    return run(circuit, duration=30.0 * period, dt=0.4 * period, solver=solver)


@pytest.mark.parametrize("solver", ["rk4", "dormand_prince", "ncps"])
def test_networks_whose_clocks_are_a_rounding_apart_are_called_together(solver):
    """Against periods without rounding: 0.3 is three times 0.1 for whoever writes it."""
    assert 3 * 0.1 != 0.3
    rounded, exact = reading_each_other(0.1, solver), reading_each_other(0.125, solver)
    last = [np.flatnonzero(np.diff(found.v, axis=0).any(axis=1)) for found in (rounded, exact)]
    assert last[0].size == last[1].size == 30
    assert np.abs(rounded.v[last[0] + 1] - exact.v[last[1] + 1]).max() < 1e-12


@pytest.mark.parametrize("clock", ["samples", "period"])
def test_a_network_reads_the_row_that_its_call_ends(clock):
    """Though the clock says 3 * 0.1 where the table says 0.3."""
    rows = np.round(0.1 * np.arange(40), 1)
    values = np.random.default_rng(6).uniform(-1, 1, rows.size)
    circuit = Circuit("reader")
    circuit.add_input("u", "table", table=Table(tuple(rows.tolist()), tuple(values.tolist())))
    for each in ("samples", "period"):
        circuit.add_network(each, reads=("u",), units=3, seed=3, clock=each, period=0.1)
    found = run(circuit, duration=4.0, dt=0.03)
    assert np.ptp(found.v[:, 0]) > 0.1
    calls = np.flatnonzero(np.diff(found.v[:, 0 if clock == "samples" else 3]) != 0.0) + 1
    assert np.abs(found.v[calls, :3] - found.v[calls, 3:]).max() < 1e-12


@pytest.mark.parametrize("calls", [3, 6, 7, 12])
def test_the_last_call_of_a_run_is_not_lost_to_a_rounding(calls):
    circuit = Circuit("short")
    circuit.add_input("u", value=0.4)
    circuit.add_network("net", reads=("u",), units=2, seed=1, period=0.1)
    whole, parts = Session(circuit, "rk4", 0.03), Session(circuit, "rk4", 0.03)
    end = round(0.1 * calls, 1)
    assert end != calls * 0.1
    rows = whole.advance(1000, end)
    assert np.count_nonzero(np.diff(rows.v[:, 0])) == calls
    assert whole.t == end
    for k in range(1, 2 * calls + 1):
        parts.advance(1000, round(0.05 * k, 2))
    assert parts.states() == whole.states()
