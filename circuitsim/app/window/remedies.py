"""What the window offers to do about trouble; every remedy that changes the circuit can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from circuitsim.circuit.edits import SetSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document
    from circuitsim.spec.issue import Issue


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button.

    Attributes:
        title: What it says.
        act: Does it.
    """

    title: str
    act: Callable[[], object]


def remedies(document: Document, issue: Issue) -> list[Remedy]:
    """What can be done about an issue of the run, the best first."""
    failed = document.status().failure is not None
    then = " and restart" if failed else ""
    known = {
        "halve": Remedy(f"Halve the step{then}", lambda: _with(document, "Halve the step", halve=True)),
        "fused": Remedy(f"Use the fused solver{then}", lambda: _with(document, "Use the fused solver")),
    }
    found = [known[cure] for cure in issue.cures]
    if failed:
        if document.stack.canUndo():
            found.insert(1, Remedy("Undo last edit", lambda: _again(document, document.stack.undo)))
        found.append(Remedy("Back to the start", document.restart))
    return found


def _with(document: Document, title: str, *, halve: bool = False) -> None:
    """Change step or solver as one step of undo; a run that failed begins anew."""
    settings = document.circuit.document.settings
    wanted = replace(settings, dt=document.status().dt / 2) if halve else replace(settings, solver="fused")
    if document.status().failure is None:
        document.push(SetSettings(wanted, title))
    else:
        _again(document, lambda: document.push(SetSettings(wanted, title)))


def _again(document: Document, change: Callable[[], object]) -> None:
    change()
    document.restart()
    document.play()
