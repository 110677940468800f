"""What is dragged ends where it was let go, and the layers of the canvas are then those of a canvas that never saw it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.line_painting import MOVED_DETAILED
from circuitsim.app.canvas.view import CanvasView
from circuitsim.circuit.build import new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add

pytestmark = pytest.mark.gui

ALT, LEFT = Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
APART = 90.0
SIZES = {"few lines": (12, 20), "a crowd": (30, 120), "more than are drawn in one go": (64, 500)}


def sheet(neurons: int, synapses: int) -> Circuit:
    """Neurons in a sheet with synapses of both signs among them, some from a neuron to itself, some beside others."""
    rng = np.random.default_rng(synapses)
    circuit = Circuit()
    columns = math.ceil(math.sqrt(neurons))
    places = [(60.0 + APART * (k % columns), 60.0 + APART * (k // columns)) for k in range(neurons)]
    cells = [new_neuron(circuit, f"N{k}", position=place) for k, place in enumerate(places)]
    ends = rng.integers(0, neurons, (synapses, 2)).tolist()
    strengths = rng.uniform(0.01, 0.4, synapses).tolist()
    lines = [
        new_synapse(
            circuit, cells[a].id, cells[b].id, conductance=g, reversal_potential=1.0 if k % 3 else -1.0
        )
        for k, ((a, b), g) in enumerate(zip(ends, strengths, strict=True))
    ]
    circuit.apply(Add((*cells, *lines)))
    return circuit


def picture(view: CanvasView) -> QImage:
    """The canvas once it is at rest, and the mouse elsewhere unless it drags."""
    if view.gesture is None:
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    view.grab()
    while view._picture.unfinished:
        view.grab()
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def pixels(image: QImage) -> np.ndarray:
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def afresh(document, like: CanvasView) -> QImage:
    """What a canvas shows that is made now."""
    view = CanvasView(document)
    view.resize(like.size())
    view.look(like.camera)
    view._at_rest()
    result = picture(view)
    view.scene.close()
    view.deleteLater()
    return result


@pytest.fixture
def opened(canvas, document):
    """Opens a circuit on the canvas, at 100 %."""

    def act(circuit: Circuit, zoom: float = 1.0) -> CanvasView:
        document.replace(circuit, None)
        canvas.look(Camera(zoom, 0.0, 0.0))
        canvas._at_rest()
        return canvas

    return act


def carry(canvas: CanvasView, neuron, ways) -> QPointF:
    """Press on a neuron and move it about; returns where the mouse is."""
    start = canvas.camera.to_view(QPointF(*neuron.position))
    QTest.mousePress(canvas, LEFT, ALT, start.toPoint())
    at = start
    for way in ways:
        at = start + QPointF(*way)
        move_with_alt(canvas, at)
        canvas.grab()
    return at


def move_with_alt(canvas: CanvasView, at: QPointF) -> None:
    """Alt is held, so that nothing snaps and no guides are drawn."""
    event = QMouseEvent(QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, ALT)
    QApplication.sendEvent(canvas, event)


@pytest.mark.parametrize("zoom", [1.0, 0.3])
@pytest.mark.parametrize("size", SIZES)
def test_layers_after_a_drag_are_those_drawn_afresh(opened, document, size, zoom):
    canvas = opened(sheet(*SIZES[size]), zoom)
    neuron = document.circuit.neurons[7]
    before = picture(canvas)
    assert before == afresh(document, canvas)
    end = carry(canvas, neuron, [(10.0, 4.0), (40.0, 60.0), (71.0, 33.0)])
    QTest.mouseRelease(canvas, LEFT, ALT, end.toPoint())
    moved = document.circuit.elements[neuron.id].position
    assert moved != neuron.position
    assert picture(canvas) == afresh(document, canvas)
    for back_and_forth, place in ((document.stack.undo, neuron.position), (document.stack.redo, moved)):
        back_and_forth()
        assert document.circuit.elements[neuron.id].position == place
        assert picture(canvas) == afresh(document, canvas)
    document.stack.undo()
    document.select(())
    assert picture(canvas) == before


@pytest.mark.parametrize("size", SIZES)
def test_lines_follow_the_mouse(opened, document, size):
    """In the middle of a drag all looks as it will after the drop, but for what crosses above or below what."""
    canvas = opened(sheet(*SIZES[size]))
    neuron = document.circuit.neurons[7]
    assert len(document.circuit.attached(neuron.id)) < MOVED_DETAILED
    end = carry(canvas, neuron, [(10.0, 4.0), (40.0, 60.0), (41.0, 33.0)])
    during = picture(canvas)
    QTest.mouseRelease(canvas, LEFT, ALT, end.toPoint())
    after = picture(canvas)
    apart = np.abs(pixels(during).astype(int) - pixels(after)).sum(axis=2) > 48
    assert apart.mean() < 0.01  # names and detours are settled at the drop


def test_a_drag_that_is_given_up_leaves_everything(opened, document):
    canvas = opened(sheet(*SIZES["a crowd"]))
    before = picture(canvas)
    carry(canvas, document.circuit.neurons[7], [(10.0, 4.0), (40.0, 60.0)])
    assert picture(canvas) != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    document.select(())
    assert picture(canvas) == before
    assert document.stack.count() == 0


def test_a_drag_of_everything_draws_the_strongest_lines_in_full_and_all_of_them_somehow(opened, document):
    canvas = opened(sheet(*SIZES["more than are drawn in one go"]))
    document.select(n.id for n in document.circuit.neurons)
    at_rest = picture(canvas)
    grabbed = document.circuit.neurons[0]
    end = carry(canvas, grabbed, [(10.0, 4.0), (16.0, 16.0)])
    during = picture(canvas)
    QTest.mouseRelease(canvas, LEFT, ALT, end.toPoint())
    assert picture(canvas) == afresh(document, canvas)
    ground = pixels(during)[1, 1]
    drawn, stood = ((pixels(p) != ground).any(axis=2).mean() for p in (during, at_rest))
    assert 0.5 * stood < drawn < 1.1 * stood
