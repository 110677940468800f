"""The issues panel: every problem of the drawing in a sentence, a click away from its culprit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from circuitsim.app import theme
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.measures import PADDING
from circuitsim.app.widgets.boxes import column
from circuitsim.circuit.elements import DOCUMENT_ID

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.spec.issue import Issue

MOST = 200  # rows; nobody reads more
LEFT, TOP, GAP = 24, 8, 3  # px in a row
_DATA = Qt.ItemDataRole.UserRole


class IssuesPanel(PanelView):
    """A list that follows the drawing."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("issues")
        self._document = document
        self._shown: tuple[Issue, ...] = ()
        self.list = QListWidget()
        self.list.setObjectName("plainlist")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Issues")
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.list.currentItemChanged.connect(self._follow)
        self.none = QLabel("Nothing is odd about this drawing.")
        self.none.setProperty("dim", "2")
        self.none.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        self.setFocusProxy(self.list)
        self.setLayout(column(self.none, self.list, None))
        for signal in (document.derived, document.replaced):
            signal.connect(self.sync)
        theme.changed.connect(self.list.viewport().update)
        self.sync()

    def sync(self) -> None:
        """List what is odd now; the chosen row stays chosen."""
        found = self._document.problems()
        if found == self._shown and self.list.count():
            return
        item = self.list.currentItem()
        chosen = item.data(_DATA) if item is not None else None
        self._shown = found
        self.list.blockSignals(True)  # noqa: FBT003  (Qt's signature)
        self.list.clear()
        for issue in found[:MOST]:
            self._append(issue)
            if issue == chosen:
                self.list.setCurrentRow(self.list.count() - 1)
        if len(found) > MOST:
            self.list.addItem(f"and {len(found) - MOST} more")
        self.list.blockSignals(False)  # noqa: FBT003  (Qt's signature)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)

    def _append(self, issue: Issue) -> None:
        item = QListWidgetItem(issue.sentence)
        item.setData(_DATA, issue)
        self.list.addItem(item)

    def _follow(self, item: QListWidgetItem | None) -> None:
        """Arrow keys go from culprit to culprit."""
        if item is not None and self.list.hasFocus():
            self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        """Select the culprit and bring it to the middle."""
        issue: Issue | None = item.data(_DATA)
        element = None if issue is None else issue.element
        if element in (None, DOCUMENT_ID) or element not in self._document.circuit.elements:
            return
        self._document.pointed_at.emit(element)


class _Painter(QStyledItemDelegate):
    """A row: place above, problem and remedy below, as many lines as they need."""

    def _texts(self, index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
        issue: Issue | None = index.data(_DATA)
        if issue is None:
            return "", str(index.data(Qt.ItemDataRole.DisplayRole))
        body = f"{issue.problem}; {issue.remedy}." if issue.remedy else f"{issue.problem}."
        return issue.where[:1].upper() + issue.where[1:], body[:1].upper() + body[1:]

    def _room(self) -> int:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else 240
        return width - PADDING - LEFT - 8

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002  (Qt's signature)
        """As high as the texts."""
        head, body = self._texts(index)
        metrics = QFontMetrics(theme.named("label"))
        box = metrics.boundingRect(QRect(0, 0, self._room(), 1000), Qt.TextFlag.TextWordWrap, body)
        above = QFontMetrics(theme.named("field")).height() + GAP if head else 0
        return QSize(self._room(), above + box.height() + 2 * TOP)

    def paint(
        self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row, with the mark of a warning."""
        t = theme.current()
        box: QRect = option.rect
        head, body = self._texts(index)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if lit:
            p.setPen(Qt.PenStyle.NoPen)
            chosen = option.state & QStyle.StateFlag.State_Selected
            p.setBrush(QColor(t.pressed if chosen else t.hover))
            p.drawRoundedRect(box.adjusted(4, 1, -4, -1), 5, 5)
        left = box.left() + PADDING + LEFT
        line = QRect(left, box.top() + TOP, self._room(), box.height() - TOP)
        if head:
            ratio = p.device().devicePixelRatio()
            p.drawPixmap(box.left() + PADDING, line.top(), pixmap("warning", t.warn, 16, ratio))
            p.setFont(theme.named("field"))
            p.setPen(QColor(t.text))
            shown = p.fontMetrics().elidedText(head, Qt.TextElideMode.ElideRight, line.width())
            p.drawText(line, 0, shown)
            line.setTop(line.top() + p.fontMetrics().height() + GAP)
        p.setFont(theme.named("label"))
        p.setPen(QColor(t.text2))
        p.drawText(line, Qt.TextFlag.TextWordWrap, body)
        p.restore()


def _build(document: Document) -> PanelView:
    return IssuesPanel(document)


PANEL = Panel("issues", "Issues", "right", "F8", _build)
