"""Opening, saving and exporting, away from the GUI thread; what is open stays as it was if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.api import load, save
from circuitsim.app.document.document import derive
from circuitsim.engine.replay import replay
from circuitsim.io.dispatch import trace_writer
from circuitsim.io.run_log import write_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Derived, Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.issue import CircuitsimError


def open_file(
    document: Document, path: Path, then: Callable[[], None] | None = None, *, as_copy: bool = False
) -> Job:
    """Read a circuit and put it in the place of the open one.

    Args:
        document: Where it goes.
        path: The file.
        then: Called when it is open.
        as_copy: True for examples: saving asks for a name instead of changing the file.
    """

    def work(_job: Job) -> tuple[Circuit, Derived]:
        circuit = load(path)
        return circuit, derive(circuit)

    def done(found: tuple[Circuit, Derived]) -> None:
        circuit, derived = found
        document.replace(circuit, None if as_copy else path, derived)
        if then is not None:
            then()

    return document.bridge.run(f"Opening {path.name}", work, done, _refuse(document))


def save_file(document: Document, path: Path, then: Callable[[], None] | None = None) -> Job:
    """Write the circuit as it is now; edits made meanwhile stay unsaved."""
    twin, index, origin = document.circuit.copy(), document.stack.index(), document.circuit

    def done(_nothing: None) -> None:
        if document.circuit is not origin:
            return
        document.saved(path, index, twin)
        if then is not None:
            then()

    return document.bridge.run(f"Saving {path.name}", lambda _job: save(twin, path), done, _refuse(document))


def export_traces(
    document: Document,
    path: Path,
    variables: tuple[str, ...],
    every: float | None = None,
    then: Callable[[], None] | None = None,
) -> Job:
    """Replay the run so far at full resolution and write its traces.

    Args:
        document: The document whose run is replayed.
        path: File ending in ``.csv`` or ``.npz``.
        variables: Some of ``v``, ``tau``, ``vinf``, ``input``, ``output``.
        every: Time between two rows; None for every step.
        then: Called when the file is written.
    """
    simulator = document.simulator

    def work(job: Job) -> None:
        log = simulator.log()
        samples = replay(log, every=every, progress=lambda fraction: job.report(0.9 * fraction))
        if not job.report(0.9):
            return  # cancelled at the very end: nobody wants the file any more
        trace_writer(path).write(samples, path, variables)

    def done(_nothing: None) -> None:
        document.set_notice(f"Traces written to {path.name}")
        document.exported.emit()
        if then is not None:
            then()

    return document.bridge.run(f"Exporting {path.name}", work, done, _refuse(document))


def save_run(document: Document, path: Path) -> Job:
    """Write the log of the run so far; `circuitsim replay` runs it again, bit by bit."""
    simulator = document.simulator
    done: Callable[[None], None] = lambda _nothing: document.set_notice(f"Run written to {path.name}")  # noqa: E731
    return document.bridge.run(
        f"Saving {path.name}", lambda _job: write_log(simulator.log(), path), done, _refuse(document)
    )


def _refuse(document: Document) -> Callable[[CircuitsimError], None]:
    return lambda error: document.refuse(error.issues[0])
