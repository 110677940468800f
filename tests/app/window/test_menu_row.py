"""The row above everything."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel

from circuitsim.app.window.menu_row import MenuRow

pytestmark = pytest.mark.gui


class Painted(QObject):
    """Notes how wide a label is at each paint, and how wide it wants to be."""

    def __init__(self, label):
        super().__init__(label)
        self._label, self.widths = label, []
        label.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.widths.append((self._label.width(), self._label.sizeHint().width()))
        return super().eventFilter(watched, event)


def test_the_name_is_never_cut_when_the_mark_of_an_edit_comes_or_goes(window, qtbot):
    document = window.document
    name = next(
        label for label in window.findChild(MenuRow).findChildren(QLabel) if label.text() == document.name
    )
    painted = Painted(name)
    for act in (lambda: document.toggle_trace(document.circuit.neurons[0].id), document.stack.undo):
        before = len(painted.widths)
        act()
        qtbot.waitUntil(lambda before=before: len(painted.widths) > before)
    assert all(there >= wanted for there, wanted in painted.widths), painted.widths
