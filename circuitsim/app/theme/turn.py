"""From one theme to another in pieces between which the program goes on.

What takes long to draw is drawn ahead while everything has its old look. Then windows stand still for some pieces, in
which all that is seen is dressed, and show it at once. What is hidden is dressed after that.
"""

from __future__ import annotations

from time import thread_time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from circuitsim.app.theme.apply import change_sheet
from circuitsim.app.theme.dress import WhenShown, dress, in_order, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from circuitsim.app.theme.tokens import Theme

PIECE = 0.010  # s of the processor's time, after which events have their turn
GAP = 2  # ms until the next piece
PATIENCE = 1.0  # s of that; a view that is moved all the time is never drawn to the end
LARGE = 40_000  # px; opaque widgets from that size on are painted in a piece of their own


class DrawsAhead:
    """A widget that takes long to draw in another theme, and can do it before it is seen."""

    def draw_ahead(self, theme: Theme, room: float) -> bool:
        """Draw for so many seconds, unseen; True once everything is there."""
        raise NotImplementedError


class Turn(QObject):
    """Turns from theme to theme.

    Args:
        take: Makes a theme the current one.
        tell: Tells everybody that it is.

    Attributes:
        taken: Whether one comes that cannot be taken back any more.
    """

    def __init__(self, take: Callable[[Theme], None], tell: Callable[[], None]) -> None:
        super().__init__()
        self._take, self._tell = take, tell
        self._pieces: Iterator[bool] = iter(())
        self._to: Theme | None = None
        self._then: Theme | None = None
        self.taken = False
        self._timer = QTimer(self, interval=GAP)
        self._timer.timeout.connect(self._go_on)

    @property
    def to(self) -> Theme | None:
        """The theme that comes; None if none does."""
        return self._then or self._to

    def begin(self, app: QApplication, theme: Theme) -> None:
        """Turn to a theme, after what cannot be taken back any more."""
        if self.taken:
            self._then = None if theme is self._to else theme
            return
        self._to, self._pieces = theme, self._all(app, theme)
        self._timer.start()

    def end(self) -> None:
        """Forget what has not begun to be seen, and do the rest at once."""
        self._then = None
        if self.taken:
            for _ in self._pieces:
                pass
        self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self._to, self._pieces, self.taken = None, iter(()), False

    def _go_on(self) -> None:
        """One piece."""
        end = thread_time() + PIECE
        for whole in self._pieces:
            if whole or thread_time() > end:
                return
        then, self._then = self._then, None
        self._stop()
        app = QApplication.instance()
        if then is not None and isinstance(app, QApplication):
            self.begin(app, then)

    def _all(self, app: QApplication, theme: Theme) -> Iterator[bool]:
        """All steps, each of which says whether it is a piece of its own."""
        yield from _draw_ahead(theme)
        windows = [top for top in app.topLevelWidgets() if top.isVisible() and top.updatesEnabled()]
        for window in windows:
            window.setUpdatesEnabled(False)
        self.taken = True
        self._take(theme)
        change_sheet(app, theme)
        yield True
        hidden: list[QWidget] = []
        for top in app.topLevelWidgets():
            yield from _dress_seen(top, hidden)
        late = WhenShown(filter(isValid, hidden))
        yield True
        self._tell()
        yield True
        yield from _show(windows)
        for outer in filter(isValid, hidden):
            for widget in in_order(outer):
                dress(widget)
                yield False
        late.deleteLater()


def _draw_ahead(theme: Theme) -> Iterator[bool]:
    """Have drawn what takes long, for as long as one would wait."""
    spent = 0.0
    for widget in QApplication.allWidgets():
        if isinstance(widget, DrawsAhead) and widget.isVisible():
            done = False
            while isValid(widget) and not done and spent < PATIENCE:
                begun = thread_time()
                done = widget.draw_ahead(theme, PIECE)
                spent += max(PIECE, thread_time() - begun)  # what is never painted is not waited for
                yield True


def _dress_seen(widget: QWidget, hidden: list[QWidget]) -> Iterator[bool]:
    """Dress what is seen of a widget and all in it; note what is hidden, with all in that."""
    if not isValid(widget):
        return
    if not widget.isVisible():
        hidden.append(widget)
        return
    dress(widget)
    yield False
    for child in inside(widget):
        yield from _dress_seen(child, hidden)


def _show(windows: list[QWidget]) -> Iterator[bool]:
    """Let windows be painted again, and large parts of them that hide what is below after the rest."""
    opaque = Qt.WidgetAttribute.WA_OpaquePaintEvent
    for window in filter(isValid, windows):
        seen = [
            part for part in window.findChildren(QWidget) if part.isVisible() and part.testAttribute(opaque)
        ]
        large = [part for part in seen if part.width() * part.height() >= LARGE]
        for part in large:
            part.setUpdatesEnabled(False)
        window.setUpdatesEnabled(True)
        _ask_for_paint(window)
        yield True
        for part in filter(isValid, large):
            part.setUpdatesEnabled(True)
        if isValid(window):
            _ask_for_paint(window)
        yield True


def _ask_for_paint(window: QWidget) -> None:
    """Ask Qt to paint what is dirty of a window.

    A request that came while it was not to be painted is forgotten, and yet what it was for stays dirty. Whatever is dirty
    as a whole asks no more, so the window would stand still for ever.
    """
    QCoreApplication.postEvent(window, QEvent(QEvent.Type.UpdateRequest))
