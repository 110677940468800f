"""NAME.run.json: the log of a live run, from which it can be run again bit by bit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

import msgspec

from circuitsim.circuit.edits import Restore
from circuitsim.circuit.elements import Cell, Document, Input, Neuron, Note, Output, Synapse
from circuitsim.circuit.validate import LARGEST
from circuitsim.engine.runlog import Edited, HandMoved, LogEvent, RunLog, Stopped
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.io.decode import decode
from circuitsim.io.repeated_keys import refuse_repeated_keys
from circuitsim.spec.atomic import write_bytes
from circuitsim.spec.files import read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element

SUFFIX = ".run.json"
VERSION = 1
_CLASSES = {c.__name__.lower(): c for c in (Document, Neuron, Synapse, Input, Cell, Output, Note)}


class _Header(msgspec.Struct):
    """What is looked at before the rest."""

    format: str
    version: int


class _Altered(msgspec.Struct, forbid_unknown_fields=True):
    """An element as an edit left it; no `kind_of` means that it was deleted."""

    id: int
    kind_of: str | None = None
    element: msgspec.Raw = msgspec.Raw(b"null")


class _Event(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """An edit or a move of a hand at a time; without either, the end of a step."""

    t: float
    edit: list[_Altered] = []
    input_id: int | None = None
    value: float = 0.0


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    solver: str
    dt: float
    seed: int
    end: float
    circuit: msgspec.Raw
    events: list[_Event]


def dumps_log(log: RunLog) -> bytes:
    """The log of a run as the content of a file."""
    content = _File(
        format="circuitsim run",
        version=VERSION,
        solver=log.solver,
        dt=log.dt,
        seed=log.seed,
        end=log.end,
        circuit=msgspec.Raw(dumps(log.circuit)),
        events=[_event(event) for event in log.events],
    )
    return msgspec.json.encode(content)


def write_log(log: RunLog, path: Path) -> None:
    """Write the log of a run as a whole.

    Raises:
        InputError: If the file cannot be written.
    """
    write_bytes(path, dumps_log(log))


def read_log(path: Path) -> RunLog:
    """Read the log of a run; nothing in it is executed.

    Raises:
        InputError: If it is not the log of a run, or of a newer version.
    """
    return loads_log(read_bytes(path), path)


def loads_log(data: bytes, path: Path) -> RunLog:
    """The log of a run in the content of a file.

    Args:
        data: The content.
        path: The file, for the sentences.

    Raises:
        InputError: If it is not the log of a run, or of a newer version.
    """
    header = decode(data, path, _Header)
    if header.format != "circuitsim run":
        raise InputError(
            Issue(f"{path}, format", f"this is {header.format!r}, not a saved run", "choose another file")
        )
    if header.version != VERSION:
        problem = f"it is of version {header.version} of the format, known is {VERSION}"
        raise InputError(Issue(f"{path}, version", problem, "read it with a newer circuitsim"))
    content = decode(data, path, _File)
    refuse_repeated_keys(data, path)
    circuit = loads(bytes(content.circuit), path)
    for place, problem in _number_problems(content, circuit):
        raise InputError(Issue(f"{path}, {place}", problem, "choose another file"))
    events = tuple(_log_event(event, path) for event in content.events)
    _rehearse(circuit, events, path)
    return RunLog(circuit, content.solver, content.dt, content.seed, events, content.end)


def _number_problems(content: _File, circuit: Circuit) -> Iterator[tuple[str, str]]:
    """Place and problem of numbers with which no run can have been made."""
    if content.solver not in circuit.kinds.solvers:
        yield "solver", f"there is no such solver as {content.solver!r}"
    if not 0.0 < content.dt <= LARGEST:
        yield "dt", f"the step {content.dt:g} makes no sense"
    if not 0 <= content.seed < 2**63:
        yield "seed", f"the seed {content.seed} makes no sense"
    times = [0.0, *(event.t for event in content.events), content.end]
    if not content.end <= LARGEST or any(a > b for a, b in pairwise(times)):
        yield "events", "their times go back or beyond the end"


def _rehearse(circuit: Circuit, events: tuple[LogEvent, ...], path: Path) -> None:
    """Go through what happened without simulating it.

    Raises:
        InputError: If something could not have happened.
    """
    twin = circuit.copy()
    for k, event in enumerate(events):
        where = f"{path}, events[{k}]"
        if isinstance(event, Edited):
            try:
                twin.apply(Restore(event.after))
            except InputError as error:
                i = error.issues[0]
                raise InputError(Issue(f"{where}, {i.where}", i.problem, "choose another file")) from error
            continue
        if isinstance(event, Stopped):
            continue
        held = twin.elements.get(event.input_id)
        if not isinstance(held, Input) or not abs(event.value) <= LARGEST:
            problem = f"no hand can set element {event.input_id} to {event.value:g}"
            raise InputError(Issue(where, problem, "choose another file"))


def _event(event: LogEvent) -> _Event:
    if isinstance(event, HandMoved):
        return _Event(t=event.t, input_id=event.input_id, value=event.value)
    if isinstance(event, Stopped):
        return _Event(t=event.t)
    return _Event(t=event.t, edit=[_altered(i, element) for i, element in event.after.items()])


def _altered(i: int, element: Element | None) -> _Altered:
    if element is None:
        return _Altered(i)
    return _Altered(i, type(element).__name__.lower(), msgspec.Raw(msgspec.json.encode(element)))


def _log_event(event: _Event, path: Path) -> LogEvent:
    if event.input_id is not None:
        return HandMoved(event.t, event.input_id, event.value)
    if not event.edit:
        return Stopped(event.t)
    after: Mapping[int, Element | None] = {a.id: _element(a, path) for a in event.edit}
    return Edited(event.t, after)


def _element(altered: _Altered, path: Path) -> Element | None:
    if altered.kind_of is None:
        return None
    if altered.kind_of not in _CLASSES:
        raise InputError(
            Issue(f"{path}, events", f"there is no element {altered.kind_of!r}", "choose another file")
        )
    return cast("Element", decode(bytes(altered.element), path, _CLASSES[altered.kind_of]))
