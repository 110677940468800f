"""A text field for one value with its unit; what cannot be read is refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit

from circuitsim.app.widgets import wheel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QWheelEvent

STEPS: dict[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}

UNDOING = (Qt.Key.Key_Z, Qt.Key.Key_Y)


class Field(QLineEdit):
    """Shows a text and its unit; Enter or leaving it hands the text to `accept`.

    `accept` takes the text and returns None if it was taken, else the sentence that says why not; then the
    field is marked, keeps the bad text while it has the focus, and shows the old text again when it is left. The
    sentence stays until the field is come back to: whoever leaves by a key must be able to read why nothing changed.

    Signals:
        refused: The sentence; an empty text takes it back.
        stepped: 1 or -1 for the keys up and down, whether it is a large step, whether the key is held.
        left: The focus went elsewhere.
        turned: Notches of the wheel, unless something was scrolled or zoomed a moment ago.
    """

    refused = Signal(str)
    stepped = Signal(int, bool, bool)
    left = Signal()
    turned = Signal(float)

    def __init__(
        self, accept: Callable[[str], str | None], unit: str = "", *, right: bool = True, steps: bool = False
    ) -> None:
        super().__init__()
        self._accept = accept
        self._shown = ""
        self._unit = unit
        self._steps = steps
        self._told = False
        self.setFixedHeight(24)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.setProperty("number", "1")
        self.set_unit(unit)
        self.returnPressed.connect(self.submit)

    def set_unit(self, unit: str) -> None:
        """Show another unit behind the value."""
        self._unit = unit
        width = self.fontMetrics().horizontalAdvance(unit) + 4 if unit else 0
        self.setTextMargins(0, 0, width, 0)
        self.update()

    def show_text(self, text: str) -> None:
        """Show the value in force; ignored while somebody types."""
        changed = text != self._shown
        self._shown = text
        if changed and not (self.hasFocus() and self.isModified()):
            self._set_from_its_head(text)

    def _set_from_its_head(self, text: str) -> None:
        """Have a text whose head is seen where it is too long for the field."""
        self.setText(text)
        self.setCursorPosition(0)

    def submit(self) -> bool:
        """Hand over what was typed; True if there is nothing left to correct."""
        if not self.isModified() or self.text() == self._shown:
            self.setModified(False)
            return True
        problem = self._accept(self.text())
        self._mark(problem)
        if problem is None:
            self.setModified(False)
            self.setText(self._shown)
            self.selectAll()
        return problem is None

    def offer(self, text: str) -> None:
        """Take a text as if it had been typed and confirmed, for instance from the clipboard."""
        self.setText(text)
        self.setModified(True)
        self.submit()

    def _mark(self, problem: str | None) -> None:
        self.stress(on=problem is not None)
        self._told = problem is not None
        self.refused.emit(problem or "")

    def stress(self, *, on: bool) -> None:
        """Mark the field as one whose value must change, or take the mark away."""
        if on == bool(self.property("invalid")):
            return
        self.setProperty("invalid", "1" if on else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def revert(self) -> None:
        """Show the value in force again."""
        if self._told:
            self._mark(None)
        self._take_back()

    def _take_back(self) -> None:
        self.stress(on=False)
        self._set_from_its_head(self._shown)
        self.setModified(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select everything, so that typing replaces it."""
        super().focusInEvent(event)
        # hundreds of fields would each hear of all their events in Python: one does so while it has the focus
        self.installEventFilter(self)
        if self._told and not self.isModified():
            self._mark(None)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what was typed; what cannot be read is dropped, and the reason stays in sight."""
        super().focusOutEvent(event)
        self.removeEventFilter(self)
        if event.reason() is Qt.FocusReason.PopupFocusReason:
            return
        if not self.submit():
            self._take_back()
        self.setCursorPosition(0)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows the value in force again and leaves the field; up and down step it."""
        if event.key() == Qt.Key.Key_Escape:
            self.revert()
            self.clearFocus()
            return
        way = STEPS.get(event.key())
        if way is None or not self._steps:
            super().keyPressEvent(event)
        elif self.submit():
            self.stepped.emit(
                way, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier), event.isAutoRepeat()
            )
            self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the value, unless the pointer only came here by scrolling."""
        notches = event.angleDelta().y() / 120
        if not self._steps or self.isModified() or not notches or wheel.just_scrolled():
            event.ignore()
            return
        self.turned.emit(notches)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  (Qt's signature)
        """Keep Escape for the field; leave undo and redo to the window unless there is something typed to undo."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in UNDOING:
                event.setAccepted(self.isModified())
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the unit in the ink of hints."""
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            box = QRectF(self.rect()).adjusted(0, 0, -6, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
