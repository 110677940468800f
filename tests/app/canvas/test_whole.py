"""A large drawing is fitted into the view some frames after it is there; what is seen until then is nothing false."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.view import CanvasView
from circuitsim.app.canvas.whole import Whole
from circuitsim.app.document.document import Document
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Move

pytestmark = pytest.mark.gui
SIDE = 15


def mesh():
    circuit = Circuit("mesh")
    names = [[f"n{i}_{k}" for k in range(SIDE)] for i in range(SIDE)]
    for i, row in enumerate(names):
        for k, name in enumerate(row):
            circuit.add_neuron(name, position=(110.0 * k, 110.0 * i))
    for i in range(SIDE):
        for k in range(SIDE - 1):
            circuit.connect(names[i][k], names[i][k + 1])
            circuit.connect(names[k + 1][i], names[k][i])
    return circuit


@pytest.fixture
def document(qtbot):
    made = Document(mesh())
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.bridge.busy)


@pytest.fixture
def canvas(document, qtbot):
    view = CanvasView(document)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    frames(view, 30)
    return view


def frames(view, most):
    """Frames as the clock of the window has them, until everything is fitted; how many there were."""
    for k in range(most):
        view.refresh()
        view.repaint()
        if not view._to_fit:
            return k + 1
    return most


def inks(view):
    picture = view.grab().toImage()
    return {picture.pixel(x, y) for x in range(0, 800, 7) for y in range(60, picture.height(), 7)}


def wheel_once(view):
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 12), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  (Qt takes it by position)
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def drag(view):
    """Press the middle button, let frames pass, and pan by some px."""
    middle, none, start = Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 500)
    QTest.mousePress(view, middle, none, start)
    frames(view, 10)
    QTest.mouseMove(view, start + QPoint(4, 3))
    QTest.mouseRelease(view, middle, none, start + QPoint(4, 3))


def test_only_paper_is_seen_of_what_was_opened_until_it_is_fitted(canvas, document):
    assert canvas._picture.large
    document.replace(mesh(), None)
    canvas.repaint()
    assert canvas._to_fit
    assert len(inks(canvas)) == 1
    assert 1 < frames(canvas, 30) < 6
    assert len(inks(canvas)) > 3
    found = canvas.camera
    canvas.fit()
    assert canvas.camera == found


@pytest.mark.parametrize(
    "act",
    [
        lambda view: view.zoom_to(0.3),
        wheel_once,
        lambda view: view.show_element(view.document.circuit["n7_7"].id),
        drag,
    ],
    ids=["zoom", "wheel", "element", "drag"],
)
def test_who_acts_before_it_is_fitted_acts_on_the_fitted_view(canvas, document, act):
    document.select(())
    far = mesh()
    far.apply(Move({n.id: (n.position[0] + 3000.0, n.position[1] + 2000.0) for n in far.neurons}))
    document.replace(far, None)
    canvas.repaint()
    assert canvas._to_fit
    act(canvas)
    assert not canvas._to_fit
    frames(canvas, 30)
    seen = canvas._picture._in_view(canvas._picture._seen[0])
    assert len(seen) > 0.9 * len(document.circuit.neurons)


def test_what_is_edited_stays_in_view_until_there_is_another_fit(canvas, document):
    before = canvas.camera
    neuron = document.circuit["n0_0"]
    document.push(Move({neuron.id: (-4000.0, 0.0)}))
    canvas.keep_clear(card=(300.0, 80.0))  # other room is what has the view fitted anew
    canvas.repaint()
    assert canvas._to_fit
    assert canvas._camera == before
    assert len(inks(canvas)) > 3
    frames(canvas, 30)
    assert canvas.camera.zoom < before.zoom
    document.stack.undo()
    canvas.keep_clear(card=(0.0, 0.0))
    frames(canvas, 30)
    assert canvas.camera == before


def test_an_edit_between_the_steps_begins_them_anew(canvas, document):
    whole = Whole(canvas.scene)
    whole.step()
    neuron = document.circuit["n0_0"]
    document.push(Move({neuron.id: (-4000.0, 0.0)}))
    for _ in range(10):
        if whole.known:
            break
        whole.step()
    assert whole.known
    assert whole.now().whole(1.0) == Extent(canvas.scene).whole(1.0)
    assert whole.now().whole(1.0).left() < -4000.0
    document.push(Move({neuron.id: (0.0, 0.0)}))
    assert not whole.known
    assert whole.now().whole(1.0).left() > -4000.0
