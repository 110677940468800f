"""Two threads on one circuit: the bits of one, nothing left behind, and others at the same time."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from engine_circuits import random_circuit

import circuitsim as cs
from circuitsim.dynamics import build
from circuitsim.dynamics.turns import PIECE, SPAN
from circuitsim.engine import helper
from circuitsim.engine.session import Session


@pytest.fixture(autouse=True)
def _everything_is_shared(monkeypatch):
    """As if there were two processors, and as if the smallest block paid."""
    monkeypatch.setenv(helper.THREADS, "2")
    monkeypatch.setattr(helper, "SHARED", 1)


def columns(neurons: int, seed: int) -> cs.Columns:
    """Synapses and currents at random neurons, an uneven number of them at each."""
    r = np.random.default_rng(seed)
    result = cs.Columns()
    result.add_neurons(
        neurons, start=r.uniform(-0.5, 0.5, neurons), leak_conductance=r.uniform(0.1, 1.0, neurons)
    )
    pre, post = r.integers(0, neurons, (2, 9 * neurons))
    result.connect(
        pre, post, conductance=r.uniform(0.0, 1.0, pre.size), slope=r.uniform(3.0, 8.0, pre.size),
        midpoint=r.uniform(-0.5, 0.5, pre.size), reversal_potential=r.choice([-1.0, 1.0], pre.size),
    )  # fmt: skip
    ring = np.arange(neurons)
    result.connect(ring, (ring + 1) % neurons, "electrical", conductance=r.uniform(0.0, 0.3, neurons))
    result.add_input("u", "sine", frequency=0.7)
    result.connect("u", np.arange(neurons), "current", gain=r.normal(size=neurons))
    return result


def alone(monkeypatch, run):
    """What a run gives with one thread that does everything in one go."""
    with monkeypatch.context() as patch:
        patch.setenv(helper.THREADS, "1")
        patch.setattr(helper, "SHARED", 10**9)
        return run()


@pytest.mark.parametrize("solver", ["rk4", "fused", "exponential_euler"])
@pytest.mark.parametrize("neurons", [2, 8 * PIECE - 3, 8 * PIECE + 1, 20 * PIECE])
def test_every_bit_is_that_of_one_thread(monkeypatch, neurons, solver):
    circuit = columns(neurons, neurons)

    def run() -> np.ndarray:
        return circuit.simulate(0.5, 0.05, solver).samples.v

    np.testing.assert_array_equal(run(), alone(monkeypatch, run))


@pytest.mark.parametrize("solver", ["dormand_prince", "rosenbrock"])
def test_so_it_is_where_kinds_are_mixed(monkeypatch, solver):
    circuit = random_circuit(5)

    def run() -> np.ndarray:
        return cs.simulate(circuit, 0.5, 0.02, solver).samples.v

    np.testing.assert_array_equal(run(), alone(monkeypatch, run))


def test_one_thread_alone_takes_pieces_too(monkeypatch):
    circuit = columns(20 * PIECE, 4)

    def run() -> np.ndarray:
        return circuit.simulate(0.5, 0.05).samples.v

    monkeypatch.setenv(helper.THREADS, "1")
    np.testing.assert_array_equal(run(), alone(monkeypatch, run))


def test_a_helper_that_never_comes_is_not_waited_for(monkeypatch):
    circuit = columns(20 * PIECE, 3)

    def run() -> np.ndarray:
        return circuit.simulate(0.5, 0.05).samples.v

    expected = alone(monkeypatch, run)
    monkeypatch.setattr(build, "assist", lambda: lambda _tables: None)
    np.testing.assert_array_equal(run(), expected)


def test_neurons_of_a_kind_are_cut_into_pieces_and_each_keeps_its_numbers():
    n = 2 * SPAN + 3
    circuit = cs.Columns()
    tau = np.linspace(0.5, 2.0, n)
    circuit.add_neurons(n, start=1.0, leak_conductance=1.0, capacitance=tau, leak_potential=0.0)
    circuit.connect(np.arange(n), np.arange(n), conductance=0.0)
    found = circuit.simulate(1.0, 0.001).samples
    np.testing.assert_allclose(found.v[-1], np.exp(-1.0 / tau), rtol=1e-9)
    np.testing.assert_allclose(found.tau[-1], tau, rtol=1e-12)


def test_no_thread_is_left_behind():
    before = threading.active_count()
    columns(50, 1).simulate(0.5, 0.05)
    assert threading.active_count() == before


def test_several_runs_at_once_do_not_disturb_each_other(monkeypatch):
    circuits = [columns(700 + k, k) for k in range(4)]
    expected = alone(monkeypatch, lambda: [c.simulate(2.0, 0.05).samples.v for c in circuits])
    found: dict[int, np.ndarray] = {}

    def work(k: int) -> None:
        found[k] = circuits[k].simulate(2.0, 0.05).samples.v

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for k in range(4):
        np.testing.assert_array_equal(found[k], expected[k])


def test_a_window_on_two_processors_keeps_one_to_draw_with(monkeypatch):
    """Nobody helps there; the same session without a window is helped."""
    helped: list[object] = []
    real = helper.helped
    monkeypatch.setattr(
        "circuitsim.engine.session.helped", lambda tables: helped.append(tables) or real(tables)
    )
    circuit = random_circuit(1)
    Session(circuit, "rk4", 0.01, spared=1).advance(3)
    assert not helped
    Session(circuit, "rk4", 0.01).advance(3)
    assert helped


@pytest.mark.parametrize("told", ["", "0", "-1", "many", "2.5"])
def test_what_is_no_number_of_threads_is_not_taken(monkeypatch, told):
    monkeypatch.setenv(helper.THREADS, told)
    given = helper.processors()
    monkeypatch.delenv(helper.THREADS)
    assert given == helper.processors()


@pytest.mark.parametrize(
    ("granted", "most"), [("100000 100000", 1), ("50000 100000", 1), ("max 100000", None), ("", None)]
)
def test_a_container_grants_what_it_grants(monkeypatch, tmp_path, granted, most):
    monkeypatch.delenv(helper.THREADS)
    usual = helper.processors()
    quota = tmp_path / "cpu.max"
    quota.write_text(granted)
    monkeypatch.setattr(helper, "QUOTA", quota)
    assert helper.processors() == (most or usual)
