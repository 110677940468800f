"""The shape of a panel's declaration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.document.document import Document


class PanelView(QFrame):
    """A panel on the screen; the window calls `refresh` at every frame while it is visible.

    Attributes:
        head: What stands beside the tabs while it is in front of others; None if it has nothing there.
        wanted_height: Height that it needs below the canvas, px; None if it follows from its lanes.
    """

    head: QWidget | None = None
    wanted_height: int | None = None

    def refresh(self) -> None:
        """Show the newest state of the run."""


@dataclass(frozen=True)
class Panel:
    """One panel: the window places it and the View menu lists it.

    Attributes:
        id: Name in settings.
        title: Name for people.
        side: ``left`` or ``right`` of the canvas, or at the ``bottom``.
        shortcut: Key that shows and hides it.
        build: Makes it for a document.
    """

    id: str
    title: str
    side: str
    shortcut: str
    build: Callable[[Document], PanelView]
