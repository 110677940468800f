"""How tests use the scope: a small circuit, and a hand on the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetTraced

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def held_circuit() -> Circuit:
    """Two neurons, each with one input that stays as it is, and an output."""
    circuit = Circuit("Held")
    for name, level in (("one", 0.4), ("two", -0.3)):
        circuit.add_neuron(name, position=(300.0, 100.0 if name == "one" else 300.0), capacitance=0.4)
        circuit.add_input(f"hold_{name}", "constant", value=level, position=(0.0, 100.0))
        circuit.connect(f"hold_{name}", name, "current", gain=2.0)
    circuit.add_output("read", "one", gain=2.0, offset=1.0)
    circuit.apply(SetTraced((circuit["one"].id, circuit["two"].id)))
    return circuit


def run_for(window, qtbot, seconds):
    document = window.document
    end = document.status().t + seconds
    document.simulator.set_speed(None)
    document.simulator.run_for(seconds)
    qtbot.waitUntil(
        lambda: document.status().t >= end - 1e-6 and not document.status().playing, timeout=120_000
    )
    drawn(window)


def drawn(window):
    """Let the window take over the newest state and paint it."""
    window.refresh()
    QApplication.processEvents()


def scope_of(window):
    return window.panels["scope"].lanes


def scrub_of(window):
    return window.panels["scope"].scrub


def place_in(window, t, lane=0):
    """Where an instant stands in a lane of the scope, px."""
    scope = scope_of(window)
    return QPointF(scope.window_of_time.place(t), scope.lanes[lane].box.center().y()).toPoint()


def drag(widget, start, end, modifier=NONE, button=LEFT):
    QTest.mousePress(widget, button, modifier, start)
    for k in range(1, 6):
        QTest.mouseMove(widget, start + (end - start) * k / 5)
    QTest.mouseRelease(widget, button, modifier, end)


def wheel(widget, at, notches, modifier=NONE):
    place, inverted = QPointF(at), False
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, inverted,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def menu_on(window, at):
    """Open the menu of a place in the scope with the right button."""
    scope = scope_of(window)
    QApplication.sendEvent(
        scope, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, scope.mapToGlobal(at))
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu, text):
    """Click the entry of an open menu that begins with a text."""
    QTest.qWait(0)
    action = next(a for a in menu.actions() if a.text().startswith(text))
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
