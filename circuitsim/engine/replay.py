"""Run a log again without a window, with the same bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.graph import clamped
from circuitsim.engine.hazards import explosion_issue
from circuitsim.engine.readouts import BIAS, WEIGHT
from circuitsim.engine.rows import Rows
from circuitsim.engine.run import Cancelled, Diverged, check_size, seeded, stride_of
from circuitsim.engine.runlog import Edited, HandMoved, Stopped
from circuitsim.engine.samples import Samples, samples, stamp
from circuitsim.engine.session import Session
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Input, Neuron, Output
    from circuitsim.engine.runlog import LogEvent, RunLog

STEPS = 20_000  # between two reports of progress


def replay(
    log: RunLog,
    *,
    every: float | None = None,
    progress: Callable[[float], bool] | None = None,
    until: float | None = None,
) -> Samples:
    """Run a log and sample it.

    Args:
        log: The log.
        every: Time between output rows, a multiple of dt; edges, edits and hand inputs are rows too.
            None writes every step.
        progress: Called with the fraction done; returns False to cancel.
        until: Stop here instead of at the end of the log.

    Returns:
        Samples from time 0 on. Neurons that were added or deleted on the way are NaN where they
        did not exist.

    Raises:
        InputError: If the time between rows is no multiple of dt or the rows do not fit into memory.
        Cancelled: If progress returned False.
        Diverged: If a state explodes, as it then did live.
    """
    end = log.end if until is None else until
    stride = 1 if every is None else stride_of(every, log.dt)
    check_size(log.circuit, end, log.dt * stride)
    session = Session(seeded(log.circuit, log.seed), log.solver, log.dt, every=stride)
    tape = _Tape(session)
    for event in log.events:
        if event.t > end:
            break
        _go(session, tape, event.t, end, progress)
        tape.happen(event)
    _go(session, tape, end, end, progress)
    touched = any(not isinstance(event, Stopped) for event in log.events)
    mark = stamp(log.circuit, log.solver, log.dt, log.seed, edited=touched)
    return _merged(
        [samples(piece.circuit, Rows.joined(piece.rows), mark) for piece in tape.pieces], tape.pieces
    )


def _go(
    session: Session, tape: _Tape, to: float, end: float, progress: Callable[[float], bool] | None
) -> None:
    while session.t < to:
        tape.rows.append(session.advance(STEPS, to))
        if session.explosion is not None:
            raise Diverged(explosion_issue(session.circuit, session.explosion, session.solver, session.dt))
        if progress is not None and progress(min(1.0, session.t / end)) is False:
            raise Cancelled(Issue("the replay", "it was cancelled", "nothing was written"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Rows during which the structure did not change."""

    circuit: Circuit
    rows: list[Rows]


class _Tape:
    """Rows of a session, piece by piece; each instant once, as it is after what happened at it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.pieces = [_Piece(session.circuit.copy(), [session.present()])]

    @property
    def rows(self) -> list[Rows]:
        return self.pieces[-1].rows

    def happen(self, event: LogEvent) -> None:
        session = self._session
        names = _columns(session.circuit)
        match event:
            case HandMoved():
                session.move_hand(event.input_id, event.value)
            case Edited():
                session.edit(event.after)
            case Stopped():
                return  # the step that ended here is all there is to it
        joined = Rows.joined(self.rows)
        self.rows[:] = [joined.part(slice(joined.t.size - int(joined.t[-1] == session.t)))]
        if _columns(session.circuit) == names:
            self.rows.append(session.present())
        else:
            self.pieces.append(_Piece(session.circuit.copy(), [session.present()]))


def _columns(circuit: Circuit) -> tuple[tuple[object, ...], ...]:
    """What decides the columns of a piece: which elements there are and how they are named."""
    return (
        tuple((n.id, n.name) for n in circuit.neurons),
        tuple((i.id, i.name) for i in circuit.inputs),
        tuple((n.id, n.name) for n in clamped(circuit)),
        tuple((n.id, n.name) for n in circuit.units),
        tuple(circuit.outputs),
        tuple(cell.arrays.get(name) for cell in circuit.cells for name in (WEIGHT, BIAS)),
    )


def _merged(parts: list[Samples], pieces: list[_Piece]) -> Samples:
    if len(parts) == 1:
        return parts[0]
    t = np.concatenate([p.t for p in parts])
    found: list[dict[str, tuple[Neuron | Input | Output, ...]]] = [
        {
            "neurons": p.circuit.neurons,
            "inputs": p.circuit.inputs,
            "outputs": p.circuit.outputs,
            "clamped": clamped(p.circuit),
            "units": p.circuit.units,
        }
        for p in pieces
    ]
    neurons, inputs, outputs, held, units = (
        _union([{e.id: e.name for e in each[sort]} for each in found]) for sort in found[0]
    )
    ids = {sort: [[e.id for e in each[sort]] for each in found] for sort in found[0]}

    def stacked(variable: str, field: str, union: dict[int, str]) -> np.ndarray:
        place = {i: k for k, i in enumerate(union)}
        result = np.full((t.size, len(union)), np.nan)
        row = 0
        for part, here in zip(parts, ids[field], strict=True):
            result[row : row + part.t.size, [place[i] for i in here]] = getattr(part, variable)
            row += part.t.size
        return result

    return Samples(
        t=t,
        v=stacked("v", "neurons", neurons),
        tau=stacked("tau", "neurons", neurons),
        vinf=stacked("vinf", "neurons", neurons),
        inputs=stacked("inputs", "inputs", inputs),
        clamp=stacked("clamp", "clamped", held),
        gate=stacked("gate", "units", units),
        outputs=stacked("outputs", "outputs", outputs),
        neuron_names=tuple(neurons.values()),
        input_names=tuple(inputs.values()),
        output_names=tuple(outputs.values()),
        clamped_names=tuple(held.values()),
        unit_names=tuple(units.values()),
        stamp=parts[0].stamp,
    )


def _union(tables: list[dict[int, str]]) -> dict[int, str]:
    """Latest name of every id that ever was, in id order.

    What is there at the end keeps its name; what was deleted gives way with its id (``N1_7``) if its
    name was used again.
    """
    latest: dict[int, str] = {}
    for table in tables:
        latest |= table
    taken = set(tables[-1].values())
    result: dict[int, str] = {}
    for i in sorted(latest):
        name = latest[i]
        while i not in tables[-1] and name in taken:
            name = f"{name}_{i}"
        taken.add(name)
        result[i] = name
    return result
