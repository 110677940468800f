"""Type a few letters, choose from what is left: a card with a field and a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from circuitsim.app import theme
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.widgets.boxes import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint

WIDTH, ROW, SHOWN = 340, 42, 7  # px, px, rows without scrolling
ICON = 20
EDGE = 8  # px kept free at the edges of what lies below
_DATA = Qt.ItemDataRole.UserRole
_MOVES = {
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_PageDown.value: SHOWN - 1,
    Qt.Key.Key_PageUp.value: 1 - SHOWN,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose.

    Attributes:
        title: Its name.
        detail: What it is, in a short line.
        icon: Name of its icon.
        value: What is handed out when it is chosen.
        keys: The key that does the same; may be empty.
        words: More words by which it is found.
        tip: What more there is to say, for a tooltip; the detail if it is empty.
    """

    title: str
    detail: str
    icon: str
    value: object
    keys: str = ""
    words: str = ""
    tip: str = ""

    def rank(self, typed: str) -> int | None:
        """How well it fits what was typed, 0 best; None if it does not."""
        title, wanted = self.title.lower(), typed.lower().split()
        text = f"{title} {self.detail} {self.words}".lower()
        if not all(word in text for word in wanted):
            return None
        if not wanted or title.startswith(wanted[0]):
            return 0
        return 1 if all(word in title for word in wanted) else 2


class PickList(QFrame):
    """Opens over another widget; Enter or a click chooses, Escape or a click beside it closes.

    Signals:
        chosen: The value of the chosen row.
        dismissed: It was closed without a choice.
    """

    chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("picker")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._over = over
        self._rows: Sequence[Row] = ()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else a click on a row would focus what lies below
        self.setFixedWidth(WIDTH)
        self.hide()

    def _make(self) -> None:
        """What is in it, when it is opened for the first time."""
        self.field = QLineEdit()
        self.field.setFixedHeight(28)
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setObjectName("picklist")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(self._choose)
        self.list.setAccessibleName("What fits")
        self._none = QLabel("nothing fits; type something else")
        self._none.setProperty("dim", "2")
        self._none.setContentsMargins(6, 4, 6, 6)
        self.setFocusProxy(self.field)
        self.setLayout(column(self.field, self.list, self._none, spacing=4, margins=(6, 6, 6, 6)))

    def ask(self, rows: Sequence[Row], at: QPoint, question: str) -> None:
        """Open at a point of the widget below."""
        if self.layout() is None:
            self._make()
        self._rows = rows
        self.field.setPlaceholderText(question)
        self.field.setAccessibleName(question)
        self.field.clear()
        self._filter("")
        self._place(at)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, at: QPoint) -> None:
        over = self._over
        x = min(at.x(), over.width() - self.width() - EDGE)
        y = min(at.y(), over.height() - self.height() - EDGE)
        self.move(max(EDGE, x), max(EDGE, y))

    def _filter(self, typed: str) -> None:
        """Show what fits, the best first."""
        ranked = [(rank, row) for row in self._rows if (rank := row.rank(typed)) is not None]
        ranked.sort(key=lambda pair: pair[0])
        self.list.clear()
        for _, row in ranked:
            item = QListWidgetItem(row.title)
            item.setData(_DATA, row)
            item.setToolTip(row.tip or row.detail)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(ROW * min(SHOWN, max(1, len(ranked))))
        self.list.setVisible(bool(ranked))
        self._none.setVisible(not ranked)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that belong to the list, and the loss of focus."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        if event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            kept = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in kept:
                self.dismiss(back=False)
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in _MOVES and self.list.count():
            row = self.list.currentRow() + _MOVES[key]
            self.list.setCurrentRow(min(self.list.count() - 1, max(0, row)))
        else:
            return False
        return True

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        row: Row = item.data(_DATA)
        self._close(back=True)
        self.chosen.emit(row.value)

    def dismiss(self, *, back: bool = True) -> None:
        """Close without a choice; the focus goes back to what lies below unless it went elsewhere already."""
        if self.isVisible():
            self._close(back=back)
            self.dismissed.emit()

    def _close(self, *, back: bool) -> None:
        self.hide()
        if back:
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)


class _Painter(QStyledItemDelegate):
    """A row: icon, title and key above, detail below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002  (Qt's signature)
        """All rows are alike."""
        return QSize(WIDTH - 24, ROW)

    def paint(
        self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row; the current one on the colour of interaction."""
        row: Row = index.data(_DATA)
        t = theme.current()
        box: QRect = option.rect
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(t.accent_fill))
            p.drawRoundedRect(box.adjusted(0, 1, 0, -1), 5, 5)
        ink, dim = (t.on_accent, t.on_accent) if current else (t.text, t.text3)
        p.drawPixmap(
            box.left() + 8, box.center().y() - ICON // 2,
            pixmap(row.icon, ink if current else t.text2, ICON, p.device().devicePixelRatio()),
        )  # fmt: skip
        line = box.adjusted(8 + ICON + 10, 4, -10, -4)
        upper, lower = line.adjusted(0, 0, 0, -line.height() // 2), line.adjusted(0, line.height() // 2, 0, 0)
        _line(p, upper, row.keys, "micro", dim, Qt.AlignmentFlag.AlignRight)
        upper.setRight(upper.right() - p.fontMetrics().horizontalAdvance(row.keys) - 8)
        _line(p, upper, row.title, "field", ink, Qt.AlignmentFlag.AlignLeft)
        _line(p, lower, row.detail, "label", dim, Qt.AlignmentFlag.AlignLeft)
        p.restore()


def _line(p: QPainter, box: QRect, text: str, face: str, ink: str, align: Qt.AlignmentFlag) -> None:
    p.setFont(theme.named(face))
    p.setPen(QColor(ink))
    shown = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    p.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)
