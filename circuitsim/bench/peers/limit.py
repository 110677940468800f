"""The same method by hand in C++, compiled for this processor: what the machine can do."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.bench._declare import STEP, Missing, Peer
from circuitsim.bench.peers._compiled import complaint, loaded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

COMPILERS = ("g++", "clang++", "c++")
OPTIONS = ("-O3", "-march=native", "-ffp-contract=fast", "-fno-math-errno", "-shared", "-fPIC")
LANES = 8
LOG2_E = 1.4426950408889634
SYNAPSES = ("rate", "offset", "conductance", "pull")
COEFFICIENTS = ("odd", "even")
NEURONS = ("leak", "drive", "inverse", "sine", "cosine")


def prepare(work: Workload) -> Runner:
    """Runs of the compiled loop; nothing is recorded."""
    library = _library()
    columns, rank = _columns(work)
    circuit = _circuit(columns)
    padded = columns["leak"].size
    room = np.empty(5 * padded)

    def run(duration: float) -> NDArray[np.float64]:
        state = np.zeros(padded)
        state[rank] = work.start
        library.runge_kutta(
            ctypes.byref(circuit),
            _at(state),
            ctypes.c_double(STEP),
            ctypes.c_int64(round(duration / STEP)),
            _at(room),
        )
        return state[rank]

    return run


class _Circuit(ctypes.Structure):
    """As the source declares it."""

    columns: dict[str, NDArray[Any]]
    _fields_ = (
        ("chunks", ctypes.c_int64),
        ("first", ctypes.c_void_p),
        ("pre", ctypes.c_void_p),
        *((name, ctypes.c_void_p) for name in (*SYNAPSES, *NEURONS)),
        *((name, ctypes.c_void_p) for name in COEFFICIENTS),
    )


def _circuit(columns: dict[str, NDArray[Any]]) -> _Circuit:
    result = _Circuit(columns["first"].size - 1)
    for name, values in columns.items():
        setattr(result, name, values.ctypes.data)
    result.columns = columns  # it holds their addresses alone
    return result


def _at(values: NDArray[np.float64]) -> ctypes.c_void_p:
    return ctypes.c_void_p(values.ctypes.data)


def _columns(work: Workload) -> tuple[dict[str, NDArray[Any]], NDArray[np.int64]]:
    """Columns as the source takes them, and the place of each neuron among the states."""
    n, degree = work.case.neurons, np.diff(work.first)
    order = np.argsort(-degree, kind="stable")
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    chunks = -(-n // LANES)
    first = np.concatenate([[0], np.cumsum(degree[order][::LANES] * LANES)])
    row = rank[work.post]
    slot = np.arange(work.case.synapses) - work.first[work.post]
    place = first[row // LANES] + slot * LANES + row % LANES
    synapses: dict[str, NDArray[Any]] = {
        "pre": rank[work.pre].astype(np.uint32),
        "rate": -work.slope * LOG2_E,
        "offset": work.slope * work.midpoint * LOG2_E,
        "conductance": work.conductance,
        "pull": work.conductance * work.reversal,
    }
    neurons: dict[str, NDArray[Any]] = {
        "leak": work.leak,
        "drive": work.leak * work.leak_potential,
        "inverse": 1.0 / work.capacitance,
        "sine": work.sine,
        "cosine": work.cosine,
    }
    columns: dict[str, NDArray[Any]] = {"first": first, **_coefficients()}
    for given, at, size in ((synapses, place, int(first[-1])), (neurons, rank, chunks * LANES)):
        for name, values in given.items():
            columns[name] = np.zeros(size, values.dtype)
            columns[name][at] = values
    return columns, rank


def _coefficients() -> dict[str, NDArray[np.float64]]:
    """Those of the kernels."""
    from circuitsim.dynamics.lanewise import DOUBLE

    return {"odd": np.array(DOUBLE.odd), "even": np.array(DOUBLE.even)}


@cache
def _library() -> ctypes.CDLL:
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise Missing("there is no C++ compiler; install one, for instance g++")
    source = Path(__file__).with_suffix(".cpp")
    with tempfile.TemporaryDirectory(prefix="circuitsim-bench-") as folder:
        built = Path(folder) / "limit.so"
        done = subprocess.run(  # noqa: S603  (our own source)
            [compiler, *OPTIONS, str(source), "-o", str(built)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Missing(f"{compiler} does not compile it: {complaint(done)}")
        return loaded(built)


PEER = Peer(
    id="limit",
    title="C++ by hand, same method",
    solver="rk4",
    prepare=prepare,
    always=True,
)
