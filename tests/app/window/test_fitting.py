"""Fit to view: all that is painted of a circuit is in sight, and nothing of it under what stands on the canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.api import load
from circuitsim.app import theme
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.shot import Shot
from circuitsim.app.window.start import application, build
from circuitsim.circuit.circuit import Circuit
from circuitsim.io.examples import examples

AROUND = 120  # px outside of the view that are looked at too


@pytest.fixture
def plain(qtbot):
    """The real window, at rest."""
    application()
    made = build(Circuit(), None)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.document.stack.setClean()
    made.close()


def ink(canvas):
    """Where something of the circuit is painted, bool[height, width], with so much around the view."""
    size = canvas.size() + QSize(2 * AROUND, 2 * AROUND)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    t, scene = theme.current(), canvas.scene
    shot = Shot(canvas.camera, canvas.size(), 1.0, t, frozenset(), scene.revision)
    painter = QPainter(image)
    painter.translate(AROUND, AROUND)
    Picture(scene).paint_vectors(painter, shot, canvas._live.frame(t, canvas._hands, {}))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(size.height(), size.width())
    return pixels >> 24 > 8


def painted(found, area):
    """Whether something is painted in an area of the view."""
    area = area.translated(AROUND, AROUND)
    return found[area.top() : area.bottom() + 1, area.left() : area.right() + 1].any()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_everything_of_every_example_is_seen_and_nothing_is_covered(plain, size):
    plain.resize(*size)
    plain.strip.welcome()
    canvas, seen = plain.canvas, 0
    for each in examples():
        plain.document.replace(load(each.path), each.path)
        QApplication.processEvents()
        QTest.keyClick(canvas, Qt.Key.Key_F)
        found, view = ink(canvas), canvas.rect()
        assert painted(found, view), each.id
        assert found[AROUND:-AROUND, AROUND:-AROUND].sum() == found.sum(), each.id
        assert not painted(found, canvas.chip.geometry()), each.id
        assert not painted(found, plain.strip.geometry()), each.id
        if plain.pins.isVisible():
            assert not painted(found, plain.pins.geometry()), each.id
        seen += 1
    assert seen >= 10


def test_what_the_strip_covered_is_free_once_it_is_closed(plain):
    plain.resize(1024, 700)
    circuit = Circuit("high")
    for k in range(5):
        circuit.add_neuron(f"n{k}", position=(150.0 * k, 0.0 if k % 4 else 500.0))
    plain.strip.welcome()
    plain.document.replace(circuit, None)
    QApplication.processEvents()
    below, covered = ink(plain.canvas), plain.strip.geometry()
    assert not painted(below, covered)
    QTest.mouseClick(plain.strip.close_button, Qt.MouseButton.LeftButton)
    assert painted(ink(plain.canvas), covered)


def test_long_bows_self_loops_and_long_names_are_fitted(plain):
    circuit = Circuit("wide")
    for k, x in enumerate((0.0, 600.0)):
        circuit.add_neuron(f"n{k}", position=(x, 0.0), label="a rather long name of a neuron " * (1 + k))
    for _ in range(6):
        circuit.connect("n0", "n1")
    circuit.connect("n0", "n0")
    circuit.add_input("tap", "button", position=(300.0, 0.0), label="a name much longer than its tile")
    plain.document.replace(circuit, None)
    QApplication.processEvents()
    QTest.keyClick(plain.canvas, Qt.Key.Key_F)
    found = ink(plain.canvas)
    inside = found[AROUND:-AROUND, AROUND:-AROUND].sum()
    assert inside == found.sum()
    assert not painted(found, plain.canvas.chip.geometry())


def test_a_line_that_is_pointed_at_comes_to_the_middle(plain):
    circuit = Circuit("far")
    circuit.add_neuron("a", position=(5000.0, 100.0))
    circuit.add_neuron("b", position=(5200.0, 100.0))
    line = circuit.connect("a", "b")
    plain.document.replace(circuit, None)
    plain.canvas.zoom_to(1.0)
    plain.canvas.show_element(getattr(line, "id", line))
    middle = plain.canvas.rect().center()
    area = QRect(middle.x() - 90, middle.y() - 40, 180, 80)
    assert painted(ink(plain.canvas), area)
    assert plain.document.selection == {getattr(line, "id", line)}
