"""One piece of a result: its title, what it shows, and the way to and from the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from circuitsim.spec.result import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection

    from circuitsim.spec.result import Piece


class PieceView(QWidget):
    """Shows a piece; a piece of the same shape can take its place.

    Signals:
        pointed: The mouse rests on what is about an element; its id, or `NOTHING`.
        picked: What is about an element was clicked; its id.
    """

    pointed = Signal(int)
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lit: Collection[int] = ()
        self._pointed = NOTHING

    def show_piece(self, piece: Piece) -> None:
        """Show another piece of the same sort."""
        raise NotImplementedError

    def light(self, elements: Collection[int]) -> None:
        """Stress what is about some elements."""
        if set(elements) != set(self.lit):
            self.lit = frozenset(elements)
            self.update()

    def for_paper(self, scale: float) -> None:
        """Make it ready for a painter that draws so many pixels for each of its own."""

    def point(self, element: int) -> None:
        """Tell that the mouse rests on what is about an element."""
        if element != self._pointed:
            self._pointed = element
            self.pointed.emit(element)

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  (Qt's signature)
        """The mouse rests on nothing here."""
        self.point(NOTHING)
