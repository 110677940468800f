"""What a reader changed or left out, on a card that stays until it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.cards import Foot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.canvas.view import CanvasView

WIDTH = 460  # px of a text; longer ones take several lines


class Report(Foot):
    """A title and sentences below it."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.title, self.text = QLabel(), QLabel()
        self.title.setFont(theme.named("title"))
        self.text.setFont(theme.font(11))
        self.text.setProperty("dim", "1")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setFixedWidth(WIDTH)
        self.close_button = QToolButton()
        self.close_button.setFixedSize(24, 24)
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setAccessibleName("Close the report")
        self.close_button.clicked.connect(self.hide)
        head = row(self.title, None, self.close_button)
        self.setLayout(column(head, self.text, spacing=2, margins=(14, 6, 6, 11)))
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.close_button.setIcon(theme.icon("close", 14))

    def tell(self, title: str, sentences: Sequence[str]) -> None:
        """Show sentences; none hides the card."""
        self.hide()
        if sentences:
            self.title.setText(title)
            self.text.setText("\n".join(sentences))
            self.text.setFixedHeight(self.text.heightForWidth(WIDTH))
            self.show()
            self.place()
