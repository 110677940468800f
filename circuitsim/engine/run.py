"""Run a circuit from start to end without a window."""

from __future__ import annotations

import time
from dataclasses import replace
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.edits.alter import SetSettings
from circuitsim.circuit.edits.replace import Replace
from circuitsim.engine.ends import spacing
from circuitsim.engine.hazards import explosion_issue, unfit
from circuitsim.engine.proposal import propose, round_down, round_up
from circuitsim.engine.rows import EXPLODED, Gathering
from circuitsim.engine.samples import Samples, circuit_hash, samples, stamp
from circuitsim.engine.session import Session
from circuitsim.spec.issue import InputError, Issue, RunError
from circuitsim.spec.precision import PRECISIONS
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Table
    from circuitsim.engine.rows import Rows

    Progress = Callable[[float], bool]

FIRST_STEPS = 64  # whose time tells how many make a slice
FEW = 16  # rows at edges, for which there is room from the begin
SLICE = 0.05  # seconds of wall time between two reports of progress
LONGEST = 1e12  # no run, step or time between rows is longer
MOST_NUMBERS = 250_000_000  # 2 GB; more rows must be thinned out


class Cancelled(RunError):
    """The user stopped the run."""


class Diverged(RunError):
    """A state became infinite or exploded."""


def run(
    circuit: Circuit,
    *,
    duration: float | None = None,
    dt: float | None = None,
    solver: str | None = None,
    seed: int | None = None,
    inputs: Mapping[str, Table] | None = None,
    initial: Mapping[str, float] | None = None,
    every: float | None = None,
    tolerance: float | None = None,
    parameters: Mapping[str, float] | None = None,
    precision: str | None = None,
    progress: Progress | None = None,
    begin: float = 0.0,
) -> Samples:
    """Simulate a circuit; what is not given comes from its settings or is proposed.

    Args:
        circuit: The circuit; it is not changed.
        duration: Length of the run, in the circuit's unit of time.
        dt: Solver step.
        solver: Id of the solver.
        seed: Seed of everything random.
        inputs: Held tables that take the place of inputs, by name.
        initial: States at the beginning, by neuron name.
        every: Time between output rows, a multiple of dt, or so many calls of a cell; edges of inputs are rows too.
        tolerance: Error of a step that a solver with steps of its own allows, per unit and per part of the state.
        parameters: Numbers of the solver, by name.
        precision: One of `PRECISIONS`.
        progress: Called with the fraction done; returns False to cancel.
        begin: The instant at which it begins, with the states that are given.

    Returns:
        Samples from there on for the duration.

    Raises:
        InputError: If an argument does not fit.
        Diverged: If a state explodes.
        Cancelled: If progress returned False.
    """
    circuit = with_inputs(circuit, inputs or {})
    _refuse_unfit(circuit, solver)
    plan = propose(circuit, solver=solver)
    duration = positive("the duration", plan.duration if duration is None else duration)
    dt = positive("the step dt", plan.dt if dt is None else dt)
    solver = known_solver(circuit, plan.solver if solver is None else solver)
    tolerance = tolerance_of(circuit, solver, tolerance)
    stride = 1 if every is None else stride_of(every, dt)
    check_size(circuit, duration, spacing(circuit, solver, dt) * stride)
    seed = circuit.document.settings.seed if seed is None else _seed(seed)
    states = initial_states(circuit, initial or {})
    begun = seeded(circuit, seed, parameters_of(circuit, solver, parameters or {}), precision)
    end = begin + duration
    session = Session(
        begun, solver, dt, every=stride, initial=states, tolerance=tolerance, begin=begin, end=end
    )
    rows = finish(session, end, progress, _diverged)
    mark = replace(stamp(begun, solver, dt, seed, tolerance=tolerance), circuit_hash=circuit_hash(circuit))
    return replace(samples(circuit, rows, mark), error=session.error_along(rows))


def _refuse_unfit(circuit: Circuit, solver: str | None) -> None:
    if (solver is None or solver in circuit.kinds.solvers) and (too_large := unfit(circuit, solver)):
        raise InputError(too_large)


def known_solver(circuit: Circuit, solver: str) -> str:
    """The id of a solver.

    Raises:
        InputError: If there is none.
    """
    if solver not in circuit.kinds.solvers:
        known = ", ".join(circuit.kinds.solvers)
        raise InputError(Issue("the solver", f"there is none called {solver!r}", f"use one of: {known}"))
    return solver


def known_precision(precision: str) -> str:
    """A precision that was given.

    Raises:
        InputError: If there is none of that name.
    """
    if precision not in list(PRECISIONS):
        remedy = f"use one of: {', '.join(PRECISIONS)}"
        raise InputError(Issue("the precision", f"there is none called {precision!r}", remedy))
    return precision


def seeded(
    circuit: Circuit,
    seed: int,
    parameters: Mapping[str, float] | None = None,
    precision: str | None = None,
) -> Circuit:
    """A copy of a circuit with another seed, and with other numbers of solvers and another precision if they are given.

    Raises:
        InputError: If there is no such precision.
    """
    twin = circuit.copy()
    settings = twin.document.settings
    numbers = {**settings.parameters, **(parameters or {})}
    precision = settings.precision if precision is None else known_precision(precision)
    twin.apply(SetSettings(replace(settings, seed=seed, parameters=numbers, precision=precision)))
    return twin


def parameters_of(circuit: Circuit, solver: str, given: Mapping[str, Any]) -> dict[str, float]:
    """The numbers that were given for a solver.

    Raises:
        InputError: If one is not usable, or the solver has no such parameter.
    """
    kind, result = circuit.kinds.solvers[solver], {}
    for name, value in given.items():
        parameter = kind.parameter(name)
        if parameter is None:
            able = [k.id for k in circuit.kinds.solvers.values() if k.parameter(name)]
            remedy = f"take the solver {listed(able)}" if able else "leave it out"
            raise InputError(Issue("the solver", f"{solver} has no parameter {name!r}", remedy))
        if not isinstance(value, Real):
            raise InputError(
                Issue("the solver", f"{parameter.title} {value!r} is not a number", "give a number")
            )
        if problem := parameter.check(float(value)):
            raise InputError(Issue("the solver", problem, "change it"))
        result[name] = float(value)
    return result


def with_inputs(circuit: Circuit, inputs: Mapping[str, Table]) -> Circuit:
    """A copy of a circuit in which inputs follow held tables.

    Raises:
        InputError: If there is no input of a name or a table is not usable.
    """
    twin = circuit.copy()
    by_name = {i.name: i for i in circuit.inputs}
    held = circuit.kinds.stimuli["table"].defaults()
    for name, table in inputs.items():
        if name not in by_name:
            known = ", ".join(by_name) or "none"
            raise InputError(
                Issue(f"input {name}", "the circuit has no such input", f"its inputs are: {known}")
            )
        twin.apply(
            Replace(
                (replace(by_name[name], stimulus="table", parameters=held, table=table),), "Follow a table"
            )
        )
    return twin


def _diverged(session: Session) -> Diverged:
    found = session.explosion
    assert found is not None  # noqa: S101  (nobody asks otherwise)
    return Diverged(explosion_issue(session.circuit, found, session.solver, session.dt))


def finish(
    session: Session, until: float, progress: Progress | None, diverged: Callable[[Session], Diverged]
) -> Rows:
    """Run a session up to an instant.

    Raises:
        Diverged: What is said of a session in which a state exploded.
        Cancelled: If progress returned False.
    """
    between = spacing(session.circuit, session.solver, session.dt) * session.every
    rows = Gathering(session.present(), int((until - session.t) / between) + FEW)
    begin, steps = session.t, FIRST_STEPS
    while session.t < until:
        begun = time.perf_counter()
        rows.add(session.advance(steps, until))
        if session.explosion is not None:
            raise diverged(session)
        if progress is not None and progress(min(1.0, (session.t - begin) / (until - begin))) is False:
            raise Cancelled(Issue("the run", "it was cancelled", "nothing was written"))
        spent = time.perf_counter() - begun
        steps = max(1, min(4 * steps, int(steps * SLICE / max(spent, 1e-6))))
    return rows.gathered()


def initial_states(circuit: Circuit, states: Mapping[str, float]) -> dict[int, float]:
    """States by neuron id.

    Raises:
        InputError: If there is no neuron of a name or a state is not usable.
    """
    by_name = {n.name: n.id for n in circuit.neurons}
    for name, value in states.items():
        if name not in by_name:
            raise InputError(
                Issue(f"neuron {name}", "the circuit has no such neuron", "check the initial states")
            )
        if not abs(value) <= EXPLODED:
            remedy = f"use a number from -{EXPLODED:g} to {EXPLODED:g}"
            raise InputError(Issue(f"neuron {name}", f"its initial state {value:g} is not usable", remedy))
    return {by_name[name]: float(value) for name, value in states.items()}


def positive(what: str, value: Any) -> float:
    """A number above 0.

    Raises:
        InputError: If it is not.
    """
    if not isinstance(value, Real):
        raise InputError(Issue(what, f"{value!r} is not a number", "give a number"))
    if not 0.0 < float(value) < LONGEST:
        raise InputError(
            Issue(what, f"it is {float(value):g}", f"use a number above 0 and below {LONGEST:g}")
        )
    return float(value)


def _seed(value: Any) -> int:
    if not isinstance(value, Integral) or not 0 <= int(value) < 2**63:
        raise InputError(Issue("the seed", f"it is {value!r}", "use a whole number from 0 to 2^63 - 1"))
    return int(value)


def tolerance_of(circuit: Circuit, solver: str, tolerance: float | None) -> float | None:
    """The tolerance that was given for a solver.

    Raises:
        InputError: If it is not usable, or the solver has none.
    """
    if tolerance is None:
        return None
    if not circuit.kinds.solvers[solver].adaptive:
        able = [k.id for k in circuit.kinds.solvers.values() if k.adaptive]
        problem = f"{solver} takes steps of the length dt, whatever their error"
        raise InputError(Issue("the tolerance", problem, f"use dt, or the solver {listed(able)}"))
    value = positive("the tolerance", tolerance)
    declared = circuit.kinds.solvers[solver].parameter("tolerance")
    if declared is not None and not declared.low <= value <= declared.high:
        range_ = f"use a number from {declared.low:g} to {declared.high:g}, such as 1e-9"
        raise InputError(Issue("the tolerance", f"it is {value:g}", range_))
    return value


def stride_of(every: float, dt: float) -> int:
    """Steps between two rows.

    Raises:
        InputError: If the time between rows is no multiple of dt.
    """
    ratio = positive("the time between rows", every) / dt
    stride = round(ratio)
    if stride < 1 or abs(ratio - stride) > 1e-6 * stride:
        near = f"{max(1, int(ratio)) * dt:g} or {(int(ratio) + 1) * dt:g}"
        raise InputError(
            Issue("the time between rows", f"{every:g} is not a multiple of dt {dt:g}", f"use {near}")
        )
    return stride


def check_size(circuit: Circuit, duration: float, between: float, others: int = 0) -> None:
    """Make sure that the rows of a run fit into memory.

    Args:
        circuit: The circuit.
        duration: Length of the run.
        between: Time between two rows.
        others: Neurons that are no elements of it.

    Raises:
        InputError: If they do not.
    """
    causes = [("the run", "write a row every {:g} or less often", between), *_holds(circuit)]
    rows = sum(duration / span for _, _, span in causes)
    most = MOST_NUMBERS / (3 * (len(circuit.neurons) + others) + len(circuit.inputs) + 1)
    if rows <= most:
        return
    where, remedy, span = min(causes, key=lambda cause: cause[2])
    left = most - (rows - duration / span)  # for the one that makes most of them
    remedies = [remedy.format(round_up(duration / left))] if left > 0.0 else []
    remedies.append(f"run for {round_down(duration * most / rows):g} or less")
    problem = f"its {duration / span:.3g} rows would not fit into memory"
    raise InputError(Issue(where, problem, ", or ".join(remedies)))


def _holds(circuit: Circuit) -> Iterator[tuple[str, str, float]]:
    """What random inputs and networks are called, what to alter and how long each of their values is held.

    The begin of each is a row too, however seldom rows are written.
    """
    for cell in circuit.cells:
        yield f"network {cell.name}", "raise its period to {:g} or more", cell.parameters["period"]
    for source in circuit.inputs:
        clock = circuit.kinds.stimuli[source.stimulus].clock
        if clock:
            yield f"input {source.name}", f"raise its {clock} to {{:g}} or more", source.parameters[clock]
