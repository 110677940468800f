"""The peek: a card beside the thing on which the mouse rests, that follows the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.facts import facts
from circuitsim.app.canvas.paint.glyph import paint_sign_glyph
from circuitsim.app.canvas.paint.preview import HALO
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.app.theme.ink import pen
from circuitsim.app.theme.measures import RADIUS_CARD
from circuitsim.app.widgets.sparkline import paint_course
from circuitsim.circuit.elements import Cell, Input, Neuron, Output, Synapse

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from circuitsim.app.canvas.card import Facts, Line, Reading
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.theme.tokens import Theme

DELAY = 300  # ms
WIDTH, NARROW, PAD = 224, 168, 12  # with courses, without, and around
TITLE, ROW, LINE, REMARK = 20, 24, 19, 20  # heights, px
NAME = 40.0  # px from the left, of a synapse in the list
AWAY = 10.0  # px between an element and its card
CLEAR = 16.0  # px around the mouse, on a synapse

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Peek(QWidget):
    """Shows itself after a while on the same element; takes neither mouse nor keys."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.setObjectName("peek")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._view = view
        self._element: int | None = None
        self._at = QPointF()
        self._corner: int | None = None  # on which side of the element it stands
        self._shown_of: tuple[object, ...] = ()
        self.facts: Facts | None = None
        self._wait = QTimer(self, singleShot=True, interval=DELAY)
        self._wait.timeout.connect(self._appear)

    def watch(self, element: int | None, at: QPointF) -> None:
        """The mouse is on an element at a canvas point; on another one than before, the card begins anew."""
        if element == self._element:
            if not self.isVisible():
                self._at = at
            return
        self.dismiss()
        found = self._view.document.circuit.elements.get(element or 0)
        if isinstance(found, Neuron | Synapse | Input | Cell | Output):
            self._element, self._at = element, at
            self._wait.start()

    def dismiss(self) -> None:
        """Go."""
        self._wait.stop()
        self._element, self.facts, self._corner = None, None, None
        self.hide()

    def refresh(self) -> None:
        """Say what is so now, if the card is seen."""
        if not self.isVisible():
            return
        snapshot = self._view.document.snapshot()
        element = self._view.document.circuit.elements.get(self._element or 0)
        now = (element, -1 if snapshot is None else snapshot.serial, self._view.scene.revision)
        if now != self._shown_of:
            self._shown_of = now
            self._tell()

    def _appear(self) -> None:
        self._shown_of = ()
        self._tell()

    def _tell(self) -> None:
        """Take over the facts and stand beside the element; go if it has gone."""
        element = self._view.document.circuit.elements.get(self._element or 0)
        self.facts = None if element is None else facts(self._view.document, element)
        if self.facts is None:
            self.dismiss()
            return
        self.setFixedSize(*size_of(self.facts))
        self._place()
        self.show()
        self.raise_()
        self.update()

    def _place(self) -> None:
        """Right, left, below or above of what it tells of, where it hides least; it stays on that side."""
        room, keep = self._view.rect().toRectF().adjusted(4, 4, -4, -4), self._covered()
        size = self.size().toSizeF()
        middle = keep.center().y() - size.height() / 2
        y = min(max(middle, room.top()), room.bottom() - size.height())
        x = min(max(keep.center().x() - size.width() / 2, room.left()), room.right() - size.width())
        corners = (
            QPointF(keep.right() + AWAY, y),
            QPointF(keep.left() - AWAY - size.width(), y),
            QPointF(x, keep.bottom() + AWAY),
            QPointF(x, keep.top() - AWAY - size.height()),
        )
        if self._corner is None:
            fitting = [k for k, c in enumerate(corners) if room.contains(QRectF(c, size))]
            self._corner = min(fitting or [0], key=lambda k: self._hidden_by(QRectF(corners[k], size)))
        self.move(corners[self._corner].toPoint())

    def _hidden_by(self, card: QRectF) -> int:
        """How many neurons and tiles a card would hide."""
        scene, camera = self._view.scene, self._view.camera
        area = QRectF(camera.to_canvas(card.topLeft()), camera.to_canvas(card.bottomRight()))
        return sum(area.intersects(scene.box(element)) for element in scene.placed())

    def _covered(self) -> QRectF:
        """What the card keeps clear of, in px of the view."""
        view = self._view
        element = view.document.circuit.elements.get(self._element or 0)
        if isinstance(element, Neuron):
            middle, reach = (
                view.camera.to_view(QPointF(*view.scene.place(element))),
                NEURON * view.camera.zoom * HALO,
            )
        elif isinstance(element, Input | Cell | Output):
            box, camera = view.scene.box(element), view.camera
            return QRectF(camera.to_view(box.topLeft()), camera.to_view(box.bottomRight()))
        else:
            middle, reach = view.camera.to_view(self._at), CLEAR
        return QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The card."""
        if self.facts is None:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        number = self._view.document.circuit.document.trace_numbers.get(self._element or 0)
        t = theme.current()
        ink = t.liquid_top if number is None else t.trace(number)
        paint_card(p, self.rect().toRectF(), self.facts, ink, t)
        p.end()


def size_of(card: Facts) -> tuple[int, int]:
    """Width and height of a card, px."""
    below = REMARK * bool(card.remark) + LINE * len(card.lines)
    height = PAD + TITLE + ROW * len(card.readings) + (9 + below if below else 0) + 8
    return WIDTH if card.lines or any(len(r.course) for r in card.readings) else NARROW, height


def paint_card(p: QPainter, box: QRectF, card: Facts, ink: str, t: Theme) -> None:
    """Title, numbers with their courses, and below a hairline the remark and the lines."""
    p.setPen(pen(t.border_strong, 1))
    p.setBrush(QColor(t.raised))
    p.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD)
    field = box.adjusted(PAD, PAD - 2, -PAD, 0)
    p.setFont(theme.font(11, 400))
    p.setPen(QColor(t.text2))
    p.drawText(QRectF(field.left(), field.top(), field.width(), TITLE), _RIGHT, card.kind)
    room = field.width() - p.fontMetrics().horizontalAdvance(card.kind) - 8
    p.setFont(theme.font(12, 600))
    p.setPen(QColor(t.text))
    title = p.fontMetrics().elidedText(card.title, Qt.TextElideMode.ElideRight, int(room))
    p.drawText(QRectF(field.left(), field.top(), room, TITLE), _LEFT, title)
    y = field.top() + TITLE + 2
    for k, reading in enumerate(card.readings):
        _reading(p, QRectF(field.left(), y, field.width(), ROW), reading, t.text3 if k == 1 else ink, t)
        y += ROW
    if card.remark or card.lines:
        p.setPen(pen(t.border, 1, round_cap=False))
        p.drawLine(QPointF(field.left(), y + 4.5), QPointF(field.right(), y + 4.5))
        y += 8
    for line in card.lines:
        _line(p, QRectF(field.left(), y, field.width(), LINE), line, t)
        y += LINE
    p.setFont(theme.font(11, 400))
    p.setPen(QColor(t.text2))
    p.drawText(QRectF(field.left(), y, field.width(), REMARK), _LEFT, card.remark)


def _reading(p: QPainter, row: QRectF, reading: Reading, ink: str, t: Theme) -> None:
    p.setFont(theme.font(11, 500))
    p.setPen(QColor(t.text2))
    p.drawText(row, _LEFT, reading.symbol)
    narrow = row.width() < WIDTH - 2 * PAD
    number = QRectF(row.left() + 24, row.top(), 78 if narrow else 56, row.height())
    unit = QRectF(number.right() + 4, row.top(), 30, row.height())
    p.setPen(QColor(t.text3))
    p.drawText(unit, _LEFT, reading.unit)
    p.setFont(theme.font(13, 600))
    p.setPen(QColor(t.text))
    p.drawText(number, _RIGHT, reading.value)
    left = unit.right()
    paint_course(p, QRectF(left, row.top(), row.right() - left, row.height()), reading.course, ink)


def _line(p: QPainter, row: QRectF, line: Line, t: Theme) -> None:
    indent = NAME if line.sign is not None else 0.0
    if line.sign is not None:
        paint_sign_glyph(p, line.sign, row.left(), row.center().y(), t)
    p.setFont(theme.font(11, 500))
    p.setPen(QColor(t.text))
    p.drawText(row, _RIGHT, line.value)
    room = row.width() - indent - p.fontMetrics().horizontalAdvance(line.value) - 8
    p.setPen(QColor(t.text2))
    name = p.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, int(room))
    p.drawText(row.adjusted(indent, 0, 0, 0), _LEFT, name)
