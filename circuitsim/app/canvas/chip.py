"""The zoom chip in the upper right corner of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.theme.measures import CONTROL

STEP = 1.25


class ZoomChip(QFrame):
    """Smaller, the zoom in per cent (a click sets 100 %), larger, fit.

    Signals:
        factor: Multiply the zoom by this.
        actual: Show at 100 %.
        fit: Show everything.
    """

    factor = Signal(float)
    actual = Signal()
    fit = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(1)
        self._icons: list[tuple[QToolButton, str]] = []
        self.smaller = self._button("minus", "Smaller")
        self.percent = self._button("", "100 % (1)")
        self.larger = self._button("plus", "Larger")
        self.all = self._button("zoom-fit", "Fit all (F)")
        self.percent.setFixedWidth(52)
        for button in (self.smaller, self.percent, self.larger, self.all):
            row.addWidget(button)
        self.smaller.clicked.connect(lambda: self.factor.emit(1 / STEP))
        self.larger.clicked.connect(lambda: self.factor.emit(STEP))
        self.percent.clicked.connect(self.actual)
        self.all.clicked.connect(self.fit)
        theme.changed.connect(self._tint)
        self._tint()
        self.show_zoom(1.0)

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedSize(CONTROL, CONTROL)
        button.setIconSize(QSize(16, 16))
        if icon:
            self._icons.append((button, icon))
        else:
            button.setFont(theme.named("field"))
        return button

    def _tint(self) -> None:
        for button, icon in self._icons:
            button.setIcon(theme.icon(icon, 16))

    def show_zoom(self, zoom: float) -> None:
        """Show a zoom, 1 being 100 %."""
        self.percent.setText(f"{round(zoom * 100)} %")
        self.adjustSize()
