"""The strip below the lanes: the whole recording, the stretch in sight, and the instant that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import number
from circuitsim.app.plots.picture import GUTTER, RIGHT
from circuitsim.app.plots.traces import Window
from circuitsim.app.theme.ink import colour, pen
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.timeline import Timeline

HEIGHT = 15
HANDLE = 5.0  # radius, px
LIVE = 42.0  # px for the word at the right end
GAP = 7.0  # between the strip and its words
STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
SHARP = 4  # parts of a px that somebody could see


class Scrub(QWidget):
    """Dragging it shows the past; its right end and the word "live" return to the present."""

    def __init__(self, document: Document, timeline: Timeline) -> None:
        super().__init__()
        self.setObjectName("scrub")
        self.setAccessibleName("History")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that nothing below is painted with it
        self._document, self._timeline = document, timeline
        self._dragged = False
        self._shown: object = None
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        document.looked.connect(self.update)

    def sizeHint(self) -> QSize:
        """A thin strip."""
        return QSize(600, HEIGHT)

    @property
    def _track(self) -> Window:
        """The whole recording on the pixels of the strip."""
        first, last = self._timeline.span()
        right = self.width() - RIGHT - LIVE - GAP
        return Window(first, max(last, first + 1e-9), GUTTER + HANDLE, right)

    @property
    def _word(self) -> QRectF:
        return QRectF(self.width() - RIGHT - LIVE, 0, LIVE, self.height())

    def place_of(self, t: float) -> QPointF:
        """Where an instant stands on the strip."""
        return QPointF(self._track.place(t), self.height() / 2)

    # painting -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw the newest state at the next opportunity, if it looks different."""
        seen = [round(SHARP * x) for x in self._shown_part()]
        now = (self._length(), seen, self._timeline.follows)
        if now != self._shown:
            self._shown = now
            self.update()

    def _shown_part(self) -> tuple[float, float]:
        """Ends of the stretch in sight, px."""
        track, shown = self._track, self._timeline.window(0.0, 1.0)
        left, right = (min(max(track.place(t), track.left), track.right) for t in (shown.t0, shown.t1))
        return left, right

    def _length(self) -> str:
        """How much is recorded, in words."""
        unit = self._document.circuit.unit_system.unit(Dimension.TIME)
        first, last = self._timeline.span()
        return f"{number(last - first, 3)} {unit} history"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Ground, track, the stretch in sight, handle, words."""
        t, track, y = theme.current(), self._track, self.height() / 2
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter)
        painter.setPen(pen(t.track, 3))
        painter.drawLine(QLineF(track.left, y, track.right, y))
        left, right = self._shown_part()
        painter.setPen(pen(t.text3, 3))
        painter.drawLine(QLineF(left, y, right, y))
        at = self._document.looking_at
        painter.setPen(pen(t.accent, 1.75))
        painter.setBrush(colour(t.panel))
        centre = QPointF(track.right if at is None else track.place(at), y)
        painter.drawEllipse(centre, HANDLE, HANDLE)

    def _paint_words(self, painter: QPainter) -> None:
        t, live = theme.current(), self._document.looking_at is None and self._timeline.follows
        align = Qt.AlignmentFlag
        painter.setFont(theme.named("micro"))
        painter.setPen(colour(t.text3))
        box = QRectF(0, 0, GUTTER - GAP, self.height())
        painter.drawText(box, align.AlignRight | align.AlignVCenter, self._length())
        width = QFontMetricsF(painter.font()).horizontalAdvance("live")
        painter.setPen(colour(t.ok if live else t.text2))
        painter.drawText(self._word, align.AlignRight | align.AlignVCenter, "live")
        painter.setPen(pen(t.ok if live else t.text3, 1))
        painter.setBrush(colour(t.ok) if live else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(self._word.right() - width - 7, self.height() / 2), 2.6, 2.6)

    # mouse and keys -----------------------------------------------------------------------------

    def _look(self, x: float) -> None:
        """Show the recorded instant at a place, or the present at the right end."""
        track = self._track
        found = self._document.simulator.recording.at(track.time(max(x, track.left)))
        self._document.look_at(None if found is None or x >= track.right else found.t)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the instant under the pointer, or the present."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif self._word.contains(event.position()):
            self._document.look_at(None)
        else:
            self._dragged = True
            self._look(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer through the past."""
        if self._dragged:
            self._look(event.position().x())
        over = self._word.contains(event.position()) and not self._dragged
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.SizeHorCursor)
        self._document.set_hint(
            "click returns to the present" if over else "drag to look back · Home and End jump to the ends"
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Stay where the pointer was."""
        self._dragged = False

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing to say any more."""
        self._document.set_hint("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from one recorded instant to the next."""
        way = STEPS.get(event.key())
        if way is None or not self._document.can_step(way):
            event.ignore()
        else:
            self._document.step(way)
