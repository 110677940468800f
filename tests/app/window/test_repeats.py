"""A key that is held: what an X server sends as releases and presses arrives as repetitions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from circuitsim.app.window.repeats import PATIENCE, Repeats

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class Listener(QWidget):
    """Writes down what happens to its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, str, bool]] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(("press", event.text(), event.isAutoRepeat()))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.heard.append(("release", event.text(), event.isAutoRepeat()))


@pytest.fixture
def listener(qtbot, qapp):
    repeats = Repeats(qapp)
    widget = Listener()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.setFocus()
    yield widget
    qapp.removeEventFilter(repeats)
    repeats.deleteLater()


def send(listener, kind, letter, at):
    event = QKeyEvent(kind, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter)
    event.setTimestamp(at)
    QApplication.sendEvent(listener.windowHandle(), event)


def test_a_pair_of_one_instant_is_a_repetition(listener):
    for kind, at in ((PRESS, 10), (RELEASE, 700), (PRESS, 700), (RELEASE, 740), (PRESS, 740)):
        send(listener, kind, "p", at)
    assert listener.heard == [("press", "p", False), ("press", "p", True), ("press", "p", True)]


def test_a_release_arrives_when_nothing_follows(listener, qtbot):
    send(listener, PRESS, "p", 10)
    send(listener, RELEASE, "p", 700)
    assert listener.heard == [("press", "p", False)]
    qtbot.waitUntil(lambda: len(listener.heard) > 1)
    assert listener.heard[1] == ("release", "p", False)


@pytest.mark.parametrize(("letter", "at"), [("p", 701), ("q", 700)])
def test_what_was_pressed_again_was_released_before(listener, qtbot, letter, at):
    send(listener, PRESS, "p", 10)
    send(listener, RELEASE, "p", 700)
    send(listener, PRESS, letter, at)
    qtbot.wait(2 * PATIENCE)
    assert listener.heard == [("press", "p", False), ("release", "p", False), ("press", letter, False)]


def test_a_release_does_not_outlive_its_window(listener, qtbot):
    send(listener, PRESS, "p", 10)
    send(listener, RELEASE, "p", 700)
    listener.destroy()
    qtbot.wait(2 * PATIENCE)
    assert listener.heard == [("press", "p", False)]
