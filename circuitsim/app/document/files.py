"""Opening, saving and exporting, away from the GUI thread; what is open stays as it was if it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from circuitsim.api import load, save
from circuitsim.api.script import script
from circuitsim.app.document.derived import derive
from circuitsim.engine.replay import replay
from circuitsim.engine.samples import part
from circuitsim.io.dispatch import trace_writer
from circuitsim.io.run_log import write_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.derived import Derived
    from circuitsim.app.document.document import Document
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


@dataclass(frozen=True)
class Wanted:
    """What is exported of a run.

    Attributes:
        variables: Some of ``v``, ``tau``, ``vinf``, ``input``, ``output``.
        neurons: Names; None for all of them.
        every: Time between two rows; None for every step.
        start: First time; None for the beginning.
        end: Last time; None for the present.
    """

    variables: tuple[str, ...]
    neurons: tuple[str, ...] | None = None
    every: float | None = None
    start: float | None = None
    end: float | None = None


def export_traces(
    document: Document, path: Path, wanted: Wanted, then: Callable[[], None] | None = None
) -> Job:
    """Replay the run so far at full resolution and write its traces.

    Args:
        document: The document whose run is replayed.
        path: File ending in ``.csv`` or ``.npz``.
        wanted: What to write.
        then: Called when the file is written.
    """
    simulator = document.simulator

    def work(job: Job) -> None:
        log = simulator.log()
        until = log.end if wanted.end is None else min(log.end, wanted.end)
        samples = replay(
            log, every=wanted.every, until=until, progress=lambda fraction: job.report(0.9 * fraction)
        )
        samples = part(samples, wanted.neurons, wanted.start, wanted.end)
        if not job.report(0.9):
            return  # cancelled at the very end: nobody wants the file any more
        trace_writer(path).write(samples, path, wanted.variables)

    def done(_nothing: None) -> None:
        document.set_notice(f"Traces written to {path.name}")
        document.exported.emit()
        if then is not None:
            then()

    return document.bridge.run(f"Exporting {path.name}", work, done, _refuse(document))


def copy_script(document: Document, take: Callable[[str], None]) -> Job:
    """Write a Python script that computes the run so far again.

    Args:
        document: The document whose run it is.
        take: Called with the script.
    """
    simulator, path = document.simulator, document.path
    return document.bridge.run(
        "Writing the script", lambda _job: script(simulator.log(), path), take, _refuse(document)
    )


def save_run(document: Document, path: Path) -> Job:
    """Write the log of the run so far; `circuitsim replay` runs it again, bit by bit."""
    simulator = document.simulator
    done: Callable[[None], None] = lambda _nothing: document.set_notice(f"Run written to {path.name}")  # noqa: E731
    return document.bridge.run(
        f"Saving {path.name}", lambda _job: write_log(simulator.log(), path), done, _refuse(document)
    )


def _refuse(document: Document) -> Callable[[CircuitsimError], None]:
    return lambda error: document.refuse(error.issues[0])
