"""One piece of a result: its title, what it shows, and the way to and from the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Collection

    from circuitsim.spec.result import Piece


class PieceView(QWidget):
    """Shows a piece; a piece of the same shape can take its place.

    Signals:
        pointed: The mouse rests on what is about elements; their ids, which may be none.
        picked: What is about elements was clicked; their ids.
    """

    pointed = Signal(object)
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lit: frozenset[int] = frozenset()
        self._pointed: tuple[int, ...] = ()

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

    def point(self, *elements: int) -> None:
        """Tell that the mouse rests on what is about some elements, or on nothing."""
        if elements != self._pointed:
            self._pointed = elements
            self.pointed.emit(elements)

    def pick(self, *elements: int) -> None:
        """Tell that what is about some elements was clicked."""
        if elements:
            self.picked.emit(elements)

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  (Qt's signature)
        """The mouse rests on nothing here."""
        self.point()
