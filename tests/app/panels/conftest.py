"""The real window with a small physiological circuit, and hands that use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.widgets import wheel
from circuitsim.app.window.start import application, build
from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from circuitsim.app.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def small_circuit() -> Circuit:
    """A excites B, B inhibits A, a gap junction joins A and C, a slider drives A; mV, ms, nS."""
    circuit = Circuit(title="small", unit_system="physiological")
    a = new_neuron(circuit, "A", position=(160.0, 160.0), leak_conductance=2.0)
    b = new_neuron(circuit, "B", position=(352.0, 160.0), leak_conductance=3.0)
    c = new_neuron(circuit, "C", position=(352.0, 352.0))
    drive = new_input(circuit, "drive", "slider", position=(0.0, 160.0), high=2.0)
    lines = (
        new_synapse(circuit, a.id, b.id, reversal_potential=0.0),
        new_synapse(circuit, b.id, a.id, reversal_potential=-80.0, conductance=0.5),
        new_synapse(circuit, a.id, c.id, kind="electrical"),
        new_synapse(circuit, drive.id, a.id, kind="current"),
    )
    circuit.apply(Add((a, b, c, drive, *lines)))
    return circuit


@pytest.fixture
def window(qtbot) -> Iterator[MainWindow]:
    """The window, paused at the start."""
    application()
    wheel.forget()
    made = build(small_circuit(), None)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.frames.start()
    yield made
    theme.set_theme("light")
    made.document.stack.setClean()
    made.close()


@pytest.fixture
def running(window, qtbot):
    """The window while it runs."""
    window.document.play()
    qtbot.waitUntil(lambda: window.document.status().t > 1.0, timeout=120_000)  # kernels may be cold
    return window


class Hands:
    """What a person does to the inspector."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.document = window, window.document

    def select(self, *names: str) -> None:
        """Select by names."""
        self.document.select(self.document.circuit[name].id for name in names)
        QApplication.processEvents()

    def row(self, parameter: str):
        """The row of a parameter."""
        inspector = self.window.panels["inspector"]
        found = inspector.page.findChild(object, f"parameter:{parameter}")
        assert found is not None
        return found

    def value(self, name: str, parameter: str) -> float:
        """What the circuit holds."""
        return self.document.circuit[name].parameters[parameter]

    def type(self, field: QWidget, text: str, last: Qt.Key = Qt.Key.Key_Return) -> None:
        """Click a field, replace its text, confirm."""
        QTest.mouseClick(field, LEFT)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, last)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Press, move in five steps, release."""
        QTest.mousePress(widget, LEFT, NONE, start)
        for k in range(1, 6):
            QTest.mouseMove(widget, start + (end - start) * k / 5)
        QTest.mouseRelease(widget, LEFT, NONE, end)

    def wheel(self, widget: QWidget, notches: int) -> None:
        """Turn the wheel over the middle of a widget."""
        at = QPointF(widget.rect().center())
        event = QWheelEvent(
            at,
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003  (Qt takes no keywords here)
        )
        QApplication.sendEvent(widget, event)

    def undone_and_redone(self, read, before, after) -> None:
        """One step of undo leads back, one of redo forth."""
        assert read() == after
        self.document.stack.undo()
        assert read() == before
        self.document.stack.redo()
        assert read() == after


@pytest.fixture
def hands(window) -> Hands:
    """Hands on the window."""
    return Hands(window)
