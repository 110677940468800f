"""Pages that are made before somebody turns to them, a few rows in a frame."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from circuitsim.app.document.group import Group
from circuitsim.circuit.elements import DOCUMENT_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from circuitsim.app.document.document import Document
    from circuitsim.app.panels._page import Ids, Page

    Place = Callable[[Page], None]

MOST = 6  # pages at most, besides that of everything
PIECE = 0.004  # s of a frame, after which the rest waits for the next one
URGENT = 0.010  # s of a frame, if somebody waits


class Ahead:
    """Makes a page of each kind of element of a circuit, if there is none.

    Args:
        document: What is open.
        start: A page for some elements, without a row as yet; None if there is one already, or if they are gone.
        place: Puts one where it will be shown, once it has its rows: there, each would have the whole window laid out anew.
        keep: Takes a page that is complete.
        drop: Takes one that is not wanted any more.
    """

    def __init__(
        self, document: Document, start: Callable[[Ids], Page | None], place: Place, keep: Place, drop: Place
    ) -> None:
        self._document, self._start, self._place, self._keep, self._drop = document, start, place, keep, drop
        self._waiting: list[Ids] = []
        self._made: Page | None = None
        self._pieces: Iterator[None] = iter(())
        self._urgent = False

    @property
    def done(self) -> bool:
        """Whether there is nothing to make."""
        return self._made is None and not self._waiting

    def look(self) -> None:
        """Note an element of each kind, and all of them, whose pages may be missing."""
        self.stop()
        self._urgent = False
        everything = tuple(i for i in self._document.circuit.elements if i != DOCUMENT_ID)
        kinds = Group(self._document, everything).of_a_kind
        first: list[Ids] = [(some[0].id,) for some in kinds]
        self._waiting = first[:MOST]
        if len(everything) > 1:
            self._waiting.append(everything)

    def hurry(self, ids: Ids, fits: Callable[[Page], bool]) -> None:
        """Make a page for some elements before all others; one that fits them may be under way."""
        self._urgent = True
        if self._made is not None and not fits(self._made):
            self._waiting.insert(0, self._made.ids)
            self.stop()
        if self._made is None:
            self._waiting = [ids, *(others for others in self._waiting if others != ids)]

    def finish(self) -> None:
        """Make the page for which somebody waits at once."""
        while self._urgent and not self.done:
            self._step()

    def check(self, good: Callable[[Page], bool]) -> None:
        """Give up the page that is being made if it is not good any more."""
        if self._made is not None and not good(self._made):
            self.stop()

    def go_on(self) -> None:
        """Make as much as a frame has time for."""
        end = time.perf_counter() + (URGENT if self._urgent else PIECE)
        while not self.done and time.perf_counter() < end:
            self._step()

    def _step(self) -> None:
        if self._made is None:
            self._made = self._start(self._waiting.pop(0))
            self._pieces = iter(()) if self._made is None else self._rest(self._made)
        elif next(self._pieces, self) is self:
            page, self._made, self._urgent = self._made, None, False
            self._keep(page)

    def stop(self) -> None:
        """Let go of the page that is being made, which belongs to nobody as yet."""
        if self._made is not None:
            self._drop(self._made)
        self._made, self._pieces = None, iter(())

    def _rest(self, page: Page) -> Iterator[None]:
        """The rows of a page, then their clothes: dressing takes a third of it."""
        while page.go_on():
            yield
        self._place(page)
        for number, widget in enumerate(page.findChildren(QWidget)):
            if number % 8 == 0:
                yield
            widget.ensurePolished()
