"""The Python front door over the real engine."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

import circuitsim as cs
from circuitsim.circuit.build import new_input, new_neuron, new_output, new_synapse
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def circuit() -> cs.Circuit:
    made = cs.Circuit("pair")
    a, b = new_neuron(made, "A"), new_neuron(made, "B")
    tap = new_input(made, "tap", "step", onset=0.5)
    made.apply(Add((a, b, tap, new_output(made, "y0", b.id, 2.0, 1.0))))
    made.apply(Add((new_synapse(made, tap.id, a.id), new_synapse(made, a.id, b.id))))
    return made


def test_a_run_gives_traces_by_name(circuit: cs.Circuit, tmp_path: Path) -> None:
    trace = cs.simulate(circuit, duration=1.0, dt=0.01, solver="rk4", seed=3)
    assert trace.t[0] == 0.0
    assert trace.t[-1] == 1.0
    assert trace.t.shape == trace["A"].v.shape == trace["A"].tau.shape == trace["B"].vinf.shape
    assert trace["tap"].value[0] == 0.0
    assert trace["tap"].value[-1] == 1.0
    assert np.array_equal(trace["y0"].value, 2.0 * trace["B"].v + 1.0)
    assert (trace.stamp.solver, trace.stamp.dt, trace.stamp.seed) == ("rk4", 0.01, 3)
    assert trace.stamp.tolerance is None
    trace.save(tmp_path / "x.csv")
    read = np.genfromtxt(tmp_path / "x.csv", delimiter=",", names=True)
    assert np.array_equal(read["v_B"], trace["B"].v)


def test_inputs_may_be_numbers_pairs_or_a_file(circuit: cs.Circuit, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("t,tap\n0,0\n0.25,2\n")
    pair = (np.array([0.0, 0.25]), [0, 2])
    by_pair = cs.simulate(circuit, duration=0.5, dt=0.01, inputs={"tap": pair})
    by_file = cs.simulate(circuit, duration=0.5, dt=0.01, inputs=path)
    assert np.array_equal(by_pair["A"].v, by_file["A"].v)
    table = Table(tuple(np.array([0.0, 0.25])), tuple(np.array([0, 2], dtype=np.float32)))
    by_table = cs.simulate(circuit, duration=0.5, dt=0.01, inputs={"tap": table})
    assert np.array_equal(by_table["A"].v, by_file["A"].v)
    assert by_table.stamp == by_file.stamp
    held = cs.simulate(circuit, duration=0.5, dt=0.01, inputs={"tap": 2})
    assert set(held["tap"].value) == {2.0}
    assert set(by_file["tap"].value) == {0.0, 2.0}


def test_start_states_may_be_a_mapping_or_a_file(circuit: cs.Circuit, tmp_path: Path) -> None:
    path = tmp_path / "start.csv"
    path.write_text("neuron,value\nB,0.5\n")
    by_name = cs.simulate(circuit, duration=0.1, dt=0.01, initial={"B": 0.5})
    by_file = cs.simulate(circuit, duration=0.1, dt=0.01, initial=str(path))
    assert by_name["B"].v[0] == 0.5
    assert np.array_equal(by_name["B"].v, by_file["B"].v)


def test_rows_may_be_thinned_out(circuit: cs.Circuit) -> None:
    fine = cs.simulate(circuit, duration=1.0, dt=0.01)
    coarse = cs.simulate(circuit, duration=1.0, dt=0.01, every=0.1)
    common = np.isin(fine.t, coarse.t)
    assert len(coarse) == 11
    assert np.array_equal(fine["A"].v[common], coarse["A"].v)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"inputs": {"tap": "high"}}, "input tap: .* give a number or"),
        ({"inputs": {"tap": ([0, 1], [1])}}, "input tap: its table needs one value per time"),
        ({"inputs": {"tap": ([1, 0], [1, 1])}}, "input tap: the times of its table do not increase"),
        ({"inputs": {"tap": float("nan")}}, "input tap: its table holds a number that is not finite"),
        (
            {"inputs": {"tap": 1e300}},
            r"input tap: its table holds a number that is not finite or beyond 1e\+09",
        ),
        (
            {"initial": {"A": 1e7}},
            r"neuron A: its initial state 1e\+07 is not usable; use a number from -1e\+06 to",
        ),
        ({"inputs": {"poke": 1.0}}, "input poke: the circuit has no such input"),
        ({"initial": {"A": "x"}}, "neuron A: 'x' is not a number; give a number"),
        ({"initial": {"Z": 0.0}}, "neuron Z: the circuit has no such neuron"),
        ({"solver": "magic"}, "there is none called 'magic'; use one of: rk4, fused"),
        ({"every": 0.025}, "0.025 is not a multiple of dt 0.01; use 0.02 or 0.03"),
        ({"duration": -1.0}, "the duration: it is -1; use a number above 0 and below 1e"),
        ({"dt": float("nan")}, "the step dt: it is nan"),
        ({"dt": "0.01"}, "the step dt: '0.01' is not a number; give a number"),
        ({"seed": -1}, "the seed: it is -1; use a whole number from 0 to"),
        ({"seed": 1.5}, "the seed: it is 1.5; use a whole number from 0 to"),
        ({"inputs": [1.0]}, "inputs: list is neither a mapping by name nor a path"),
        ({"initial": [1.0]}, "initial: list is neither a mapping by name nor a path"),
    ],
)
def test_bad_arguments_are_refused(arguments: dict[str, object], expected: str, circuit: cs.Circuit) -> None:
    with pytest.raises(cs.InputError, match=expected):
        cs.simulate(circuit, **{"duration": 0.1, "dt": 0.01, **arguments})


def test_a_run_can_be_cancelled(circuit: cs.Circuit) -> None:
    with pytest.raises(cs.RunError, match="cancelled"):
        cs.simulate(circuit, duration=1.0, dt=0.01, progress=lambda _fraction: False)


def test_progress_that_returns_nothing_goes_on(circuit: cs.Circuit) -> None:
    seen: list[float] = []
    trace = cs.simulate(circuit, duration=1.0, dt=0.01, progress=seen.append)  # type: ignore[arg-type]
    assert trace.t[-1] == seen[-1] == 1.0


def test_numbers_of_numpy_are_numbers(circuit: cs.Circuit) -> None:
    plain = cs.simulate(circuit, duration=0.1, dt=0.01, inputs={"tap": 1.0})
    for one in (np.float32(1), np.int64(1), np.float64(1)):
        assert np.array_equal(
            cs.simulate(circuit, duration=0.1, dt=0.01, inputs={"tap": one})["A"].v, plain["A"].v
        )


def test_importing_is_light() -> None:
    code = (
        "import time; t = time.perf_counter(); import circuitsim as cs; spent = time.perf_counter() - t\n"
        "import sys\n"
        "heavy = {'PySide6', 'numba', 'scipy', 'numpy', 'msgspec', 'pyqtgraph'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert spent < 0.15, spent\n"
        "cs.Circuit, cs.load, cs.save, cs.simulate, cs.Trace\n"
        "heavy = {'PySide6', 'numba', 'scipy', 'pyqtgraph'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert 'simulate' in dir(cs)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        cs.simulat  # type: ignore[attr-defined]  # noqa: B018


def test_a_tolerance_makes_an_adaptive_run_as_exact_as_wanted(circuit: cs.Circuit) -> None:
    exact = cs.simulate(circuit, 1.0, 0.0005, "rk4", every=0.1)["B"].v
    usual, tight = (
        cs.simulate(circuit, 1.0, 0.1, "dormand_prince", tolerance=wanted) for wanted in (None, 1e-13)
    )
    assert (usual.stamp.tolerance, tight.stamp.tolerance) == (1e-6, 1e-13)
    assert np.abs(tight["B"].v - exact).max() < 1e-11 < np.abs(usual["B"].v - exact).max()


@pytest.mark.parametrize(
    ("solver", "tolerance", "said"),
    [
        ("rk4", 1e-9, "rk4 takes steps of the length dt, whatever their error"),
        ("dormand_prince", 1e-15, "use a number from 1e-14 to 1"),
        ("dormand_prince", -1.0, "use a number above 0"),
        ("dormand_prince", "small", "is not a number"),
    ],
)
def test_a_tolerance_that_is_no_use_is_refused(
    circuit: cs.Circuit, solver: str, tolerance: float, said: str
) -> None:
    with pytest.raises(cs.InputError, match=f"the tolerance: .*{said}"):
        cs.simulate(circuit, 1.0, solver=solver, tolerance=tolerance)
