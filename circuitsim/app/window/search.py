"""The search for commands: every action with its key, and every element by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.actions import ACTIONS
from circuitsim.app.canvas.offers import existing
from circuitsim.app.canvas.picklist import PickList, Row
from circuitsim.app.dialogs.shortcuts import native
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.measures import MENU
from circuitsim.circuit.elements import Placed
from circuitsim.spec.kind import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.commands import Commands

KEYS = "Ctrl K"
WIDE, SLIM = 250, 196  # px of the field
PLAIN = "chevron-right"  # icon of actions that have none
QUESTION = "Search or run a command"


class Search:
    """Opens the list, and does what is chosen."""

    def __init__(self, window: QWidget, document: Document, commands: Commands) -> None:
        self._window, self._document, self._commands = window, document, commands
        self._before: QWidget | None = None
        self._more: list[QAction] = []
        self.field = SearchField()
        self.field.clicked.connect(self.ask)
        self.list = PickList(window)
        self.list.chosen.connect(self._take)
        self.list.dismissed.connect(self._back)

    def offer(self, actions: Iterable[QAction]) -> None:
        """Offer actions besides those of the table: panels, examples."""
        self._more = list(actions)

    def ask(self) -> None:
        """List everything, below the field."""
        self._before = QApplication.focusWidget()
        corner = self.field.mapTo(self._window, QPoint(self.field.width(), self.field.height() + 4))
        corner.setX(corner.x() - self.list.width())
        self._document.set_hint("type to search · ↑ ↓ choose · Enter does it · Esc cancels")
        self.list.ask(self.rows(), corner, QUESTION)

    def rows(self) -> list[Row]:
        """Actions that can be done now, then elements, then what every kind is."""
        self._commands.refresh()
        rows = [
            _row(
                self._commands.actions[entry.id],
                entry.icon,
                " › ".join(filter(None, (entry.menu, entry.submenu))),
            )
            for entry in ACTIONS
            if self._commands.actions[entry.id].isEnabled() and entry.id != "search"
        ]
        rows += [
            _row(action, "", "View" if action.shortcut().toString() else "Example") for action in self._more
        ]
        placed = [e for e in self._document.circuit.elements.values() if isinstance(e, Placed)]
        return rows + existing(self._document.circuit, placed) + self._kinds()

    def _kinds(self) -> list[Row]:
        """A question for every kind."""
        kinds = self._document.circuit.kinds
        groups = (kinds.neurons, kinds.synapses, kinds.stimuli, kinds.cells, kinds.solvers)
        found = [kind for group in groups for kind in group.values()]
        return [Row(f"What is {k.title}?", "Help", PLAIN, k, words=f"{k.id} equation") for k in found]

    def _take(self, value: object) -> None:
        self._back()
        if isinstance(value, int):
            self._document.pointed_at.emit(value)
        elif isinstance(value, Declaration):
            self._document.tools.help_asked.emit(value)
        else:
            value.trigger()  # type: ignore[attr-defined]

    def _back(self) -> None:
        """Give the focus back to what had it."""
        self._document.set_hint("")
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None


def _row(action: QAction, icon: str, where: str) -> Row:
    text, _, held = action.text().partition("\t")
    title = (
        action.data() if isinstance(action.data(), str) else text
    )  # without the figure that chooses it in a menu
    keys = held or native(action.shortcut().toString())
    return Row(title.removesuffix("…"), where, icon or PLAIN, action, keys)


class SearchField(QToolButton):
    """Looks like a field; a click opens the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setFixedHeight(MENU - 6)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(QUESTION)
        self.setToolTip("Every command and every element by its name")
        self.fold(narrow=False)
        theme.changed.connect(self.update)

    def fold(self, *, narrow: bool) -> None:
        """Take less room in a small window."""
        self._text = "Search" if narrow else QUESTION
        self.setFixedWidth(SLIM if narrow else WIDE)
        self.update()

    def sizeHint(self) -> QSize:
        """Fixed."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Field, magnifier, question and key."""
        t = theme.current()
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = t.accent if self.hasFocus() else t.border_strong if self.underMouse() else t.border
        p.setPen(QColor(lit))
        p.setBrush(QColor(t.raised))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        p.drawPixmap(8, (self.height() - 14) // 2, pixmap("search", t.text2, 14, self.devicePixelRatioF()))
        align = Qt.AlignmentFlag
        p.setFont(theme.named("body"))
        p.setPen(QColor(t.text3))
        p.drawText(QRectF(30, 0, self.width() - 90, self.height()), align.AlignVCenter, self._text)
        p.setFont(theme.named("label"))
        p.setPen(QColor(t.text2))
        box = QRectF(0, 0, self.width() - 9, self.height())
        p.drawText(box, align.AlignVCenter | align.AlignRight, KEYS)
