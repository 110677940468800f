"""Cut, copy and paste: a part of a circuit travels as the text of a circuit file, so that any window can take it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from circuitsim.circuit.edits import Delete
from circuitsim.circuit.elements import Placed
from circuitsim.circuit.fragment import fragment, is_empty, merged, middle
from circuitsim.circuit.validate import LARGEST
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.issue import CircuitsimError

MIME = "application/x-circuitsim+json"
STEP = 32.0  # canvas units by which a copy is put aside, each way
GRID = 16.0  # what the place of a paste snaps to
PLACE = Path("the clipboard")
AT_ONCE = 200  # elements that are written in one go; more are written away from the GUI thread
LARGE = 40_000  # bytes; what is longer is read away from the GUI thread


@dataclass
class Copied:
    """A part of this circuit that was copied, so that nobody needs to read what has just been written.

    Attributes:
        part: The part.
        raw: What stands on the clipboard for it; empty while it is on its way there.
    """

    part: Circuit
    raw: bytes = b""

    def again(self, text: Callable[[], bytes]) -> Circuit | None:
        """The part, if a clipboard with this text holds it, or will in a moment; else None."""
        return self.part if not self.raw or self.raw == text() else None


def copy(document: Document) -> bool:
    """Put the selection on the clipboard; False if there is nothing in it that can stand alone."""
    part = fragment(document.circuit, document.selection)
    if is_empty(part):
        document.refuse(
            Issue("the selection", "a synapse or an output cannot be copied alone", "select its neurons too")
        )
        return False
    copied = document.copied = Copied(part)
    if len(part.elements) <= AT_ONCE:
        _place(document, copied, dumps(part))
    else:
        document.bridge.run("", lambda _job: dumps(part), lambda raw: _place(document, copied, raw))
    return True


def _place(document: Document, copied: Copied, raw: bytes) -> None:
    """Put a part on the clipboard, unless another one has been copied meanwhile."""
    if document.copied is copied:
        clipboard, copied.raw = QGuiApplication.clipboard(), raw
        clipboard.setText(raw.decode())
        # The data are those that Qt made for the text: any made in Python would outlive Python itself.
        clipboard.mimeData().setData(MIME, raw)


def cut(document: Document) -> None:
    """Put the selection on the clipboard and delete it."""
    chosen = document.selection
    if copy(document):
        count = len([i for i in chosen if isinstance(document.circuit.elements[i], Placed)])
        document.push(Delete(chosen, title="Cut" if count == 1 else f"Cut {count} things"), select=())


def paste(document: Document, at: Point | None = None) -> None:
    """Add what is on the clipboard and select it.

    Args:
        document: What it is added to.
        at: Where its middle comes, in canvas units; None puts it where it was, or beside what stands there now.
    """
    part = None if document.copied is None else document.copied.again(_text)
    if part is not None:
        _put(document, part, at)
        return
    raw, origin = _text(), document.circuit

    def done(found: Circuit) -> None:
        if document.circuit is origin:
            _put(document, found, at)

    def failed(error: CircuitsimError) -> None:
        document.refuse(error.issues[0])

    if len(raw) > LARGE:
        document.bridge.run("Pasting", lambda _job: _read(raw), done, failed)
        return
    try:
        done(_read(raw))
    except InputError as error:
        failed(error)


def _put(document: Document, part: Circuit, at: Point | None) -> None:
    """Add a part with its middle at a place, or beside what stands where it was."""
    if at is None:
        shift = _aside(document.circuit, part)
    else:
        x, y = middle(part)
        shift = _snapped(at[0] - x), _snapped(at[1] - y)
    add(document, part, shift)


def duplicate(document: Document) -> None:
    """Add a copy of the selection beside it and select the copy; the clipboard stays as it is."""
    part = fragment(document.circuit, document.selection)
    if not is_empty(part):
        add(document, part, (STEP, STEP), "Duplicate")


def add(document: Document, part: Circuit, shift: Point, verb: str = "Paste") -> None:
    """Add a part as one step of undo and select what stands on the canvas of it."""
    try:
        edit = merged(document.circuit, part, shift, verb)
    except InputError as error:
        document.refuse(error.issues[0])
        return
    placed = [e for e in edit.elements if isinstance(e, Placed)]
    near = all(
        max(map(abs, e.position)) <= LARGEST for e in placed
    )  # all else is as legal as it was in the part
    document.push(edit, checked=near, select=[e.id for e in placed])


def _text() -> bytes:
    """What is on the clipboard."""
    data = QGuiApplication.clipboard().mimeData()
    return bytes(data.data(MIME).data()) if data.hasFormat(MIME) else data.text().encode()


def _read(raw: bytes) -> Circuit:
    """The part of a circuit that a text describes.

    Raises:
        InputError: If it is none.
    """
    if b'"circuitsim"' not in raw:
        raise InputError(Issue("the clipboard", "it holds no part of a circuit", "copy some neurons first"))
    return loads(raw, PLACE)


def _aside(circuit: Circuit, part: Circuit) -> Point:
    """How far to shift a part so that nothing of it stands exactly on something else."""
    taken = {e.position for e in circuit.elements.values() if isinstance(e, Placed)}
    wanted = [e.position for e in part.elements.values() if isinstance(e, Placed)]
    shift = 0.0
    while any((x + shift, y + shift) in taken for x, y in wanted):
        shift += STEP
    return shift, shift


def _snapped(way: float) -> float:
    return round(way / GRID) * GRID
