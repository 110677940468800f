"""A run as a short Python script that computes it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.api.files import load
from circuitsim.io.circuits.circuit_json import dumps
from circuitsim.io.run_log import dumps_log
from circuitsim.spec.issue import InputError
from circuitsim.spec.precision import DOUBLE
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.engine.runlog import RunLog


def script(log: RunLog, path: Path | None = None) -> str:
    """A script that computes a run again, to the last bit.

    A run that nobody touched is simulated anew, from the file of the circuit if that still holds the same circuit,
    else from a text in the script. A run with edits or hand inputs is replayed from its log in the script.

    Args:
        log: The run.
        path: File of the circuit; None if it has none.
    """
    title = " ".join(log.circuit.document.title.split()) or "A circuit"
    unit = log.circuit.unit_system.unit(Dimension.TIME)
    head = f"# {title}, from 0 to {log.end:.6g} {unit}\nimport circuitsim as cs\n\n"
    if log.events:
        return f"{head}RUN = {_literal(dumps_log(log))}\n\ntrace = cs.replays(RUN)\nprint(trace)\n"
    arguments = f"dt={log.dt!r}, solver={log.solver!r}, seed={log.seed!r}"
    precision = log.circuit.document.settings.precision
    if precision != DOUBLE:
        arguments = f"{arguments}, precision={precision!r}"
    if log.end > 0.0:
        arguments = f"duration={log.end!r}, {arguments}"
    call = f"trace = cs.simulate(circuit, {arguments})\nprint(trace)\n"
    if path is not None and _holds(path, log):
        return f"{head}circuit = cs.load({str(path)!r})\n{call}"
    return f"{head}CIRCUIT = {_literal(dumps(log.circuit))}\n\ncircuit = cs.loads(CIRCUIT)\n{call}"


def _holds(path: Path, log: RunLog) -> bool:
    try:
        return load(path) == log.circuit
    except InputError:
        return False


def _literal(data: bytes) -> str:
    """JSON as a raw text of Python; an apostrophe, which could end it, is written as JSON allows."""
    text = data.decode().strip().replace("'", "\\u0027")
    return f"r'''\n{text}\n'''"
