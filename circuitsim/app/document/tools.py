"""The tool in hand: what the next click on the canvas adds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QPoint, Signal


class Family(StrEnum):
    """What can be added to a drawing."""

    NEURON = "neuron"
    INPUT = "input"
    NETWORK = "network"
    OUTPUT = "output"
    NOTE = "note"
    SYNAPSE = "synapse"


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that can be added.

    Attributes:
        family: What it is.
        kind: Id of its kind; of a synapse its effect; empty for what has no kinds.
    """

    family: Family
    kind: str = ""


class Toolbox(QObject):
    """Which tool is in hand; palette and keys take one up, the canvas uses it.

    Signals:
        changed: Another tool is in hand, or none.
        carried: The tool is dragged over a point of the screen (QPoint).
        dropped: It was let go at a point of the screen (QPoint).
        find_asked: Somebody wants to find an element by its name.
        help_asked: Somebody wants to know what a kind is (its declaration; None for that of the selection).
    """

    changed = Signal()
    carried = Signal(QPoint)
    dropped = Signal(QPoint)
    find_asked = Signal()
    help_asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._armed: Tool | None = None

    @property
    def armed(self) -> Tool | None:
        """The tool in hand; None while the mouse selects and moves."""
        return self._armed

    def arm(self, tool: Tool | None) -> None:
        """Take up a tool, or lay it down."""
        if tool != self._armed:
            self._armed = tool
            self.changed.emit()

    def disarm(self) -> None:
        """Lay the tool down."""
        self.arm(None)
