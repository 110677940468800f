"""What the window offers to do about trouble; every remedy that changes the circuit can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from circuitsim.circuit.edits import SetSettings
from circuitsim.spec.precision import DOUBLE
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    found: list[Remedy] = []
    better: Mapping[str, Any]
    for cure in issue.cures:
        if cure == "step":
            unit = document.circuit.unit_system.unit(Dimension.TIME)
            title, better = f"Take a step of {issue.step:g} {unit}", {"dt": issue.step}
        elif cure == DOUBLE:
            title, better = "Use double precision", {"precision": DOUBLE}
        else:
            title, better = f"Use the {cure} solver", {"solver": cure}
        found.append(_with(document, title, better, failed=failed))
    if failed:
        if document.stack.canUndo():
            found.insert(1, Remedy("Undo last edit", lambda: _again(document, document.stack.undo)))
        found.append(Remedy("Back to the start", document.restart))
    return found


def _with(document: Document, title: str, better: Mapping[str, Any], *, failed: bool) -> Remedy:
    """Other settings as one step of undo; a run that failed begins anew."""

    def change() -> None:
        document.push(SetSettings(replace(document.circuit.document.settings, **better), title))

    if failed:
        return Remedy(f"{title} and restart", lambda: _again(document, change))
    return Remedy(title, change)


def _again(document: Document, change: Callable[[], object]) -> None:
    change()
    document.restart()
    document.play()
