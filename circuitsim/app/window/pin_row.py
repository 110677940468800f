"""One pinned slider: whose parameter it is, its value, and the slider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.panels._menu import open_menu
from circuitsim.app.panels._parameter import SCRUB, explained
from circuitsim.app.widgets import wheel
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.scrub import ScrubLabel
from circuitsim.app.widgets.slider import Slider
from circuitsim.circuit.elements import Named, Synapse
from circuitsim.spec.issue import Issue

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QMouseEvent, QWheelEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.document.handle import Handle
    from circuitsim.circuit.circuit import Circuit

MARKS = {
    Sign.EXCITATORY: "→",
    Sign.INHIBITORY: "⊣",
    Sign.ELECTRICAL: "–",
    Sign.DIRECTED: "⇢",
    Sign.CLAMP: "⊳",
}
HINT = "drag to change it while it runs · double-click the value to type · right click for more"
VALUE = 68  # least width of the value, so that what stands before it keeps still
FIELD = 84  # width of the field that opens on a double click


def owner_name(document: Document, element: int) -> tuple[str, str]:
    """Whose parameter a pin moves: short (``brake ⊣ liquid``) and in words (``brake to liquid``)."""
    circuit = document.circuit
    found = circuit.elements[element]
    if not isinstance(found, Synapse):
        return _called(circuit, element), _called(circuit, element)
    pre, post = (_called(circuit, i) for i in (found.pre, found.post))
    return f"{pre} {MARKS[sign_of(circuit, found)]} {post}", f"{pre} to {post}"


def _called(circuit: Circuit, element: int) -> str:
    found = circuit.elements.get(element)
    return found.label or found.name if isinstance(found, Named) else ""


class PinRow(QWidget):
    """Name and value over a slider; a double click on the value types it."""

    def __init__(self, document: Document, handle: Handle) -> None:
        super().__init__()
        self._document, self.handle = document, handle
        self._shown = (0.0, 0.0)
        self._held = 0.0
        self.name, self.value = ScrubLabel("", (), theme.named("label")), QLabel()
        self.name.pressed.connect(self._take_hold)
        self.name.moved.connect(lambda px: handle.slide(min(1.0, max(0.0, self._held + px / SCRUB))))
        self.name.released.connect(document.end_gesture)
        self.value.setFont(theme.named("field"))
        self.value.setFixedHeight(18)
        self.value.setMinimumWidth(VALUE)
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field = Field(self._take, handle.unit, steps=True)
        self.field.setFixedSize(FIELD, 20)
        self.field.hide()
        self.field.left.connect(self._close_field)
        self.field.returnPressed.connect(self._confirmed)
        self.field.stepped.connect(lambda way, far, held: handle.step(way, coarse=far, again=held))
        self.slider = Slider(prominent=True)
        self.slider.pressed.connect(document.begin_gesture)
        self.slider.moved.connect(handle.slide)
        self.slider.released.connect(document.end_gesture)
        head = row(self.name, self.value, self.field, spacing=4)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.slider, spacing=0, margins=(0, 0, 6, 0)))
        self.rename()
        self.sync()

    def rename(self) -> None:
        """Show whose parameter it is."""
        parameter = self.handle.parameter
        owner, words = owner_name(self._document, self.handle.ids[0])
        self.name.show_texts(owner, (parameter.title, parameter.symbol))
        words = f"{words}: {parameter.title}"
        self.setObjectName(f"pin:{words}")
        self.slider.setAccessibleName(words)
        self.setToolTip(f"{words}\n{explained(self.handle)}")

    def sync(self) -> None:
        """Show the value in force."""
        self._shown = self.handle.span
        self.value.setText(self.handle.with_unit(self.handle.text))
        self.field.show_text(self.handle.text)
        self.slider.set_fraction(self._shown[0])

    def refresh(self) -> None:
        """Follow a hand that moves the same value elsewhere."""
        if self.handle.span != self._shown:
            self.sync()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type the value."""
        if event.position().y() <= self.value.geometry().bottom():
            self.value.hide()
            self.field.show()
            self.field.setFocus(Qt.FocusReason.MouseFocusReason)
            self.field.selectAll()
        event.accept()

    def _take_hold(self) -> None:
        self._held = self._shown[0]
        self._document.begin_gesture()

    def _take(self, text: str) -> str | None:
        problem = self.handle.take(text)
        if problem is not None:
            issue = Issue(self.handle.parameter.title, problem.rstrip("."), "the old value stays")
            self._document.refuse(issue)
        return problem

    def _confirmed(self) -> None:
        if not self.field.property("invalid"):
            self.field.clearFocus()

    def _close_field(self) -> None:
        self.field.hide()
        self.value.show()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Show on the canvas what it belongs to."""
        self._document.pointing.to(self.handle.ids[0])
        self._document.set_hint(HINT)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing is pointed at any more."""
        self._document.pointing.to(None)
        self._document.set_hint("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, paste, reset, unpin."""
        open_menu(self, self.handle, event.globalPos(), self._take)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the value, unless the wheel has just zoomed."""
        notches = event.angleDelta().y() / 120
        if notches and not wheel.just_scrolled():
            self.handle.turn(notches)
        event.accept()
