"""Run a circuit from Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circuitsim.api.trace import Trace
from circuitsim.circuit.elements import Table
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from os import PathLike

    from circuitsim.circuit.circuit import Circuit

    Signal = float | Table | tuple[Iterable[float], Iterable[float]]
    Inputs = Mapping[str, Signal] | str | PathLike[str]
    Initial = Mapping[str, float] | str | PathLike[str]


def simulate(
    circuit: Circuit,
    duration: float | None = None,
    dt: float | None = None,
    solver: str | None = None,
    seed: int | None = None,
    inputs: Inputs | None = None,
    initial: Initial | None = None,
    every: float | None = None,
    progress: Callable[[float], bool] | None = None,
    tolerance: float | None = None,
    unfolds: int | None = None,
    epsilon: float | None = None,
    precision: str | None = None,
) -> Trace:
    """Simulate a circuit; what is not given comes from its settings or is proposed for it.

    Args:
        circuit: The circuit; it is not changed.
        duration: Length of the run, in the circuit's unit of time.
        dt: Solver step.
        solver: Id of the solver.
        seed: Seed of everything random.
        inputs: What takes the place of inputs, by name: a number, or times and values, each value
            holding until the next time; or the path of a CSV file with a column ``t`` and one per input.
        initial: States at time 0 by name of the neuron, or the path of a CSV file with the columns
            ``neuron`` and ``value``.
        every: Time between rows, a multiple of dt; edges of inputs are rows too.
        progress: Called with the fraction done; returns False to cancel.
        tolerance: Error of a step that a solver with steps of its own allows, per unit and per part of the
            state; for a reference 1e-12. None takes that of the solver.
        unfolds: Substeps of a call of the solver ``ncps``. None takes those of the settings, or 6.
        epsilon: What it adds where it divides. None takes that of the settings, or 1e-8.
        precision: ``double``, or ``single``: faster, off by about 1e-6 of the potentials. None takes that of the settings.

    Returns:
        The traces from time 0 to the duration.

    Raises:
        InputError: If an argument or a file does not fit.
        RunError: If a state diverges or the run is cancelled.
    """
    from circuitsim.engine.run import run

    numbers = {"unfolds": unfolds, "epsilon": epsilon}
    found = run(
        circuit,
        duration=duration,
        dt=dt,
        solver=solver,
        seed=seed,
        inputs=signals(circuit, inputs),
        initial=states_of(circuit, initial),
        every=every,
        tolerance=tolerance,
        parameters={name: value for name, value in numbers.items() if value is not None},
        precision=precision,
        progress=progress,
    )
    return Trace(found)


def replay(
    path: str | PathLike[str],
    every: float | None = None,
    progress: Callable[[float], bool] | None = None,
) -> Trace:
    """Run a live run again that was saved from the window; the numbers are the same to the last bit.

    Args:
        path: The saved run, ``NAME.run.json``.
        every: Time between rows, a multiple of dt; edges, edits and hand inputs are rows too.
        progress: Called with the fraction done; returns False to cancel.

    Raises:
        InputError: If the file is no saved run.
        RunError: If a state diverges, as it did then, or the replay is cancelled.
    """
    from circuitsim.engine.replay import replay as replay_log
    from circuitsim.io.run_log import read_log

    return Trace(replay_log(read_log(Path(path)), every=every, progress=progress))


def replays(
    text: str,
    every: float | None = None,
    progress: Callable[[float], bool] | None = None,
) -> Trace:
    """Run a live run again from a text, such as the content of a saved run.

    Args:
        text: JSON.
        every: Time between rows, a multiple of dt; edges, edits and hand inputs are rows too.
        progress: Called with the fraction done; returns False to cancel.

    Raises:
        InputError: If the text is no saved run.
        RunError: If a state diverges, as it did then, or the replay is cancelled.
    """
    from circuitsim.engine.replay import replay as replay_log
    from circuitsim.io.run_log import loads_log

    log = loads_log(text.encode("utf-8", "surrogatepass"), Path("the text"))
    return Trace(replay_log(log, every=every, progress=progress))


def signals(circuit: Circuit, inputs: Inputs | None) -> Mapping[str, Table] | None:
    """What was given for inputs, as tables by name."""
    if inputs is None:
        return None
    if isinstance(inputs, Mapping):
        return {name: _table(name, signal) for name, signal in inputs.items()}
    from circuitsim.io.input_csv import read_inputs

    return read_inputs(_path("inputs", inputs), circuit)


def states_of(circuit: Circuit, initial: Initial | None) -> Mapping[str, float] | None:
    """What was given for states, by name of the neuron."""
    if initial is None:
        return None
    if isinstance(initial, Mapping):
        return {name: number_of(f"neuron {name}", value) for name, value in initial.items()}
    from circuitsim.io.input_csv import read_initial

    return read_initial(_path("initial", initial), circuit)


def _path(argument: str, value: str | PathLike[str]) -> Path:
    try:
        return Path(os.fspath(value))
    except TypeError:
        problem = f"{type(value).__name__} is neither a mapping by name nor a path"
        raise InputError(Issue(argument, problem, "give one of the two")) from None


def _table(name: str, signal: Any) -> Table:
    """Times and values of whatever was given for an input."""
    where = f"input {name}"
    if isinstance(signal, Real):
        return Table((0.0,), (number_of(where, signal),))
    try:
        times, values = (signal.times, signal.values) if isinstance(signal, Table) else signal
        pair = tuple(map(float, times)), tuple(map(float, values))
    except (TypeError, ValueError):
        problem = f"{type(signal).__name__} is neither a number nor a pair of times and values"
        raise InputError(Issue(where, problem, "give a number or (times, values)")) from None
    return Table(*pair)


def number_of(where: str, value: Any) -> float:
    """A number that was given, or an InputError that says where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        raise InputError(Issue(where, f"{value!r} is not a number", "give a number")) from None
