"""The part of the status bar that tells of trouble: a sentence, and buttons that help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.measures import STATUS
from circuitsim.app.widgets.boxes import Text, row
from circuitsim.app.window.remedies import Remedy, remedies

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.engine.report import Status
    from circuitsim.spec.issue import Issue

BUTTONS = 2


class Trouble(QWidget):
    """Shows the failure of the run, else its first warning; a click on the sentence goes to the culprit."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._issue: Issue | None = None
        self._sign, self.text = QLabel(), Text(dim=1)
        self.text.setFont(theme.font(11))
        self.text.setCursor(Qt.CursorShape.PointingHandCursor)
        self.text.mousePressEvent = self._show_culprit  # type: ignore[method-assign]
        self.buttons = [self._button(k) for k in range(BUTTONS)]
        line = row(self._sign, self.text, *self.buttons, spacing=6)
        line.setStretch(1, 1)
        self.setLayout(line)
        theme.changed.connect(self._dress)
        self.hide()

    def _button(self, k: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("link")
        button.setFont(theme.font(11, 500))
        button.setFixedHeight(STATUS - 5)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._act(k))
        return button

    def show_status(self, status: Status) -> None:
        """Show what is wrong, if anything is."""
        first = status.failure or (status.warnings[0] if status.warnings else None)
        if first == self._issue:
            return
        self._issue = first
        self.setHidden(first is None)
        if first is not None:
            self._dress()
            self._tell(first)

    def _tell(self, issue: Issue) -> None:
        text = f"{issue.where}: {issue.problem}" if issue.where else issue.problem
        self.text.setText(text[:1].upper() + text[1:])
        self.text.setMaximumWidth(self.text.fontMetrics().horizontalAdvance(text) + 12)
        self.setToolTip(issue.sentence)
        offered = self._offered(issue)
        for k, button in enumerate(self.buttons):
            button.setVisible(k < len(offered))
            if k < len(offered):
                button.setText(offered[k].title)
                button.setFixedWidth(button.fontMetrics().horizontalAdvance(offered[k].title) + 14)

    def _offered(self, issue: Issue) -> list[Remedy]:
        """The first ones; of a failure those that the banner has no room for."""
        skipped = BUTTONS if issue == self._document.status().failure else 0
        return remedies(self._document, issue)[skipped : skipped + BUTTONS]

    def _act(self, k: int) -> None:
        if self._issue is not None:
            offered = self._offered(self._issue)
            if k < len(offered):
                offered[k].act()

    def _show_culprit(self, _event: object) -> None:
        element = None if self._issue is None else self._issue.element
        if element is not None and element in self._document.circuit.elements:
            self._document.pointed_at.emit(element)

    def _dress(self) -> None:
        t = theme.current()
        failed = self._document.status().failure is not None
        name, ink = ("error", t.error) if failed else ("warning", t.warn)
        self._sign.setPixmap(pixmap(name, ink, 14, self.devicePixelRatioF()))
