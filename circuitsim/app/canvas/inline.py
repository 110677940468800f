"""Names and notes edited where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from circuitsim.app import theme
from circuitsim.app.canvas.sizes import is_slider
from circuitsim.app.widgets.boxes import column
from circuitsim.circuit.edits import Rename, Replace
from circuitsim.circuit.elements import Input, Named, Neuron, Note, Placed
from circuitsim.circuit.validate import IDENTIFIER
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.canvas.view import CanvasView

NAME = (150, 26)  # px
NOTE_LEAST = (220, 130)  # px
NAME_HINT = "Enter keeps the name · Esc cancels"
NOTE_HINT = "Ctrl+Enter or a click beside keeps the note · Esc cancels"
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Editor(QFrame):
    """A field for a name, or for title and text of a note.

    Signals:
        kept: It shall be taken over.
        dropped: It shall be forgotten.
    """

    kept = Signal()
    dropped = Signal()

    def __init__(self, over: QWidget, first: str, rest: str | None = None) -> None:
        super().__init__(over)
        self.first = QLineEdit(first)
        self.first.setAccessibleName("Name" if rest is None else "Title")
        self.rest: QPlainTextEdit | None = None
        if rest is None:
            self.first.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.first.setFont(theme.named("label"))
            self.setLayout(column(self.first))
        else:
            self.setObjectName("picker")
            self.first.setPlaceholderText("title")
            self.first.setFont(theme.named("title"))
            self.rest = QPlainTextEdit(rest)
            self.rest.setPlaceholderText("text")
            self.rest.setAccessibleName("Text")
            self.rest.setTabChangesFocus(True)
            self.setLayout(column(self.first, self.rest, spacing=4, margins=(6, 6, 6, 6)))
        for field in self.fields:
            field.installEventFilter(self)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The one or two fields."""
        return (self.first,) if self.rest is None else (self.first, self.rest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Escape, and the loss of the focus to something outside."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event, watched)
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            to = self.window().focusWidget()
            if event.reason() not in _STAYS and to not in self.fields and self.isVisible():
                self.kept.emit()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent, watched: QObject) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        elif self.rest is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.kept.emit()
        elif watched is self.first:
            self.rest.setFocus()
        else:
            return False
        return True


class Inline:
    """At most one editor over a view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._element = 0
        self.editor: Editor | None = None

    def edit(self, element: int) -> bool:
        """Open an editor on what has a name, or on a note; False if there is nothing to edit."""
        found = self._view.document.circuit.elements.get(element)
        if not isinstance(found, Placed):
            return False
        self.close()
        self._element = element
        self._view.document.select({element})
        if isinstance(found, Note):
            self.editor = Editor(self._view, found.title, found.text)
        else:
            self.editor = Editor(self._view, found.label or found.name)
        self.editor.kept.connect(self._keep)
        self.editor.dropped.connect(self._drop)
        self.follow()
        self.editor.show()
        self.editor.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.first.selectAll()
        self._view.acted.emit()
        self._view.document.set_hint(NOTE_HINT if isinstance(found, Note) else NAME_HINT)
        return True

    def follow(self) -> None:
        """Stand where the name stands."""
        element = self._view.document.circuit.elements.get(self._element)
        if self.editor is None:
            return
        if not isinstance(element, Placed):
            self.close()  # an undo took it away
            return
        box, camera = self._view.scene.box(element), self._view.camera
        seen = QRectF(camera.to_view(box.topLeft()), camera.to_view(box.bottomRight()))
        if isinstance(element, Note):
            size = max(seen.width(), NOTE_LEAST[0]), max(seen.height(), NOTE_LEAST[1])
            place = QRectF(seen.left(), seen.top(), *size)
        else:
            place = QRectF(0, 0, *NAME)
            place.moveCenter(seen.center())
            above = isinstance(element, Neuron) and self._view.scene.sides()[element.id] == "t"
            if above:
                place.moveBottom(seen.top() - 4)
            elif isinstance(element, Neuron) or (isinstance(element, Input) and not is_slider(element)):
                place.moveTop(seen.bottom() + 4)
        self.editor.setGeometry(_within(place, self._view.rect().toRectF()).toRect())

    def _keep(self) -> None:
        """Take over what was typed; what cannot be stays open with the reason."""
        if self.editor is None:
            return
        if self._taken(self.editor):
            self._drop()
        elif self.editor.first.hasFocus():
            _mark(self.editor.first)
        else:
            self.close()

    def _taken(self, editor: Editor) -> bool:
        element = self._view.document.circuit.elements.get(self._element)
        if isinstance(element, Note) and editor.rest is not None:
            changed = replace(
                element, title=editor.first.text().strip(), text=editor.rest.toPlainText().strip()
            )
            return changed == element or self._view.document.push(Replace((changed,), "Edit note"))
        if isinstance(element, Named):
            return self._named(element, editor.first.text().strip())
        return True

    def _named(self, element: Named, text: str) -> bool:
        """An identifier becomes the name unless there is a label; anything else becomes the label."""
        if text == (element.label or element.name):
            return True
        document = self._view.document
        if not text:
            return not element.label or document.push(Rename(element.id, element.name, ""))
        if element.label or not IDENTIFIER.match(text):
            changed = replace(element, label=text)
            return document.push(Replace((changed,), f"Label {element.name}"))
        if document.circuit.named(text) is not None:
            document.refuse(Issue("", f"the name {text} is already taken", "choose another name"))
            return False
        return document.push(Rename(element.id, text))

    def _drop(self) -> None:
        self.close()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Close without taking anything over."""
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self._view.document.set_hint("")


def _within(box: QRectF, area: QRectF) -> QRectF:
    """A box pushed into an area, as far as that lies beside it."""
    x = max(area.left(), min(box.left(), area.right() - box.width()))
    y = max(area.top(), min(box.top(), area.bottom() - box.height()))
    return QRectF(x, y, box.width(), box.height())


def _mark(field: QLineEdit) -> None:
    """Show that what was typed cannot be."""
    field.setProperty("invalid", "1")
    field.style().unpolish(field)
    field.style().polish(field)
