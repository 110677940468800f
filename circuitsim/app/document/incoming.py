"""Other files that come in: edge lists, tables of inputs, and the open file as another program has changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from circuitsim.api import load
from circuitsim.app.document.derived import derive
from circuitsim.circuit.edits import Compound, Restore, SetKind, SetTable
from circuitsim.circuit.elements import Input
from circuitsim.io.dispatch import reader
from circuitsim.io.input_csv import read_table, read_tables
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.derived import Derived
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element, Table
    from circuitsim.io.format import Questions, Reading
    from circuitsim.spec.issue import CircuitsimError


def import_file(
    document: Document, path: Path, options: Mapping[str, Any], then: Callable[[Reading], None]
) -> Job:
    """Turn a file of another kind into a circuit that no file holds yet, in the place of the open one.

    Args:
        document: Where it goes.
        path: The file.
        options: What was chosen for its reader; defaults serve for the rest.
        then: Called with the circuit and what was changed or left out on the way.
    """

    def work(_job: Job) -> tuple[Reading, Derived]:
        reading = reader(path).read(path, options)
        return reading, derive(reading.circuit)

    def done(found: tuple[Reading, Derived]) -> None:
        reading, derived = found
        document.replace(reading.circuit, None, derived)
        document.not_saved()
        then(reading)

    return document.bridge.run(f"Reading {path.name}", work, done, _refuse(document))


def ask_about(document: Document, path: Path, then: Callable[[Questions], None]) -> Job:
    """Look into a file for what it leaves open before it is read.

    Args:
        document: Where it will go.
        path: The file, of a format that asks.
        then: Called with the questions.
    """

    def work(_job: Job) -> Questions:
        ask = reader(path).ask
        assert ask is not None  # noqa: S101  (the caller has looked)
        return ask(path)

    return document.bridge.run(f"Reading {path.name}", work, then, _refuse(document))


def load_table(document: Document, source: int, path: Path) -> Job:
    """Let an input follow the table in a file, as one step of undo."""
    origin, name = document.circuit, document.circuit.get(source, Input).name

    def done(table: Table) -> None:
        if document.circuit is not origin or not isinstance(origin.elements.get(source), Input):
            return
        edit = Compound((SetKind(source, "table"), SetTable(source, table)), f"Load {path.name}")
        if document.push(edit):
            document.set_notice(f"{len(table.times)} rows loaded from {path.name}")

    return document.bridge.run(
        f"Reading {path.name}", lambda _job: read_table(path, name), done, _refuse(document)
    )


def load_tables(document: Document, path: Path) -> Job:
    """Let all inputs that are named in a table follow it, as one step of undo."""
    origin, names = document.circuit, [source.name for source in document.circuit.inputs]

    def done(tables: dict[str, Table]) -> None:
        found = {n: e for n in tables if isinstance(e := document.circuit.named(n), Input)}
        if document.circuit is not origin or len(found) < len(tables):
            return
        steps = [
            edit for n, e in found.items() for edit in (SetKind(e.id, "table"), SetTable(e.id, tables[n]))
        ]
        if document.push(Compound(tuple(steps), f"Load {path.name}")):
            rows = max(len(table.times) for table in tables.values())
            document.set_notice(f"{rows} rows of {path.name} loaded into {listed(list(found))}")

    return document.bridge.run(
        f"Reading {path.name}", lambda _job: read_tables(path, names), done, _refuse(document)
    )


def reload_file(document: Document) -> Job | None:
    """Take over what another program wrote into the open file, as one step of undo; the run goes on."""
    path = document.path
    if path is None:
        return None

    def done(theirs: Circuit) -> None:
        if document.path != path:
            return
        mine = document.circuit.elements
        after: dict[int, Element | None] = {i: theirs.elements.get(i) for i in {*mine, *theirs.elements}}
        changed = {i: element for i, element in after.items() if element != mine.get(i)}
        if document.push(Restore(changed, f"Reload {path.name}")):
            document.saved(path, document.stack.index())
            document.set_notice(f"{path.name} read again; undo brings back what was here")

    return document.bridge.run(f"Reading {path.name}", lambda _job: load(path), done, _refuse(document))


def _refuse(document: Document) -> Callable[[CircuitsimError], None]:
    return lambda error: document.refuse(error.issues[0])
