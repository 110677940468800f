"""The lanes as a figure: a picture of any size, and a vector file whose lines stay inside their lanes."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from scope_hand import drawn, scope_of

from circuitsim.app.plots.decimate import cut
from circuitsim.app.plots.figure import lanes_figure
from circuitsim.app.plots.picture import GUTTER, RIGHT
from circuitsim.circuit.edits import Delete


def as_svg(scope, width, height):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    lanes_figure(scope, QSizeF(width, height)).paint(painter, ground=True)
    painter.end()
    return bytes(buffer.data()).decode()


def test_a_vector_file_holds_lines_and_no_picture(window):
    scope = scope_of(window)
    scope.timeline.pan(-2.0)
    text = as_svg(scope, 800, 400)
    assert "<image" not in text
    assert "one" in text
    lines = [
        np.array([[float(c) for c in pair.split(",")] for pair in found.split()])
        for found in re.findall(r'<polyline[^>]*points="([^"]*)"', text)
    ]
    long = [line for line in lines if len(line) > 2]
    assert len(long) == 2  # v of both neurons; what stands still is a line of two points
    assert all(line[:, 0].min() >= GUTTER - 1 and line[:, 0].max() <= 800 - RIGHT + 1 for line in long)


def test_a_picture_of_any_size_leaves_the_window_as_it_was(window):
    scope = scope_of(window)
    drawn(window)
    before = scope.grab().toImage()
    image = QImage(1200, 700, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    lanes_figure(scope, QSizeF(1200, 700)).paint(painter, ground=True)
    painter.end()
    assert image.pixelColor(5, 695).alpha() == 255
    assert len({image.pixel(x, y) for x in range(100, 1100, 7) for y in range(20, 600, 11)}) > 4
    drawn(window)
    assert scope.grab().toImage() == before


@pytest.mark.parametrize(("left", "right"), [(2.5, 6.25), (-1.0, 4.0), (0.0, 9.0)])
def test_a_line_is_cut_where_its_lane_ends(left, right):
    x = np.arange(10.0)
    y = x**2
    cut_x, cut_y = cut(x, y, left, right)
    assert (cut_x[0], cut_x[-1]) == (max(left, 0.0), right)
    np.testing.assert_allclose(cut_y, np.interp(cut_x, x, y))


def test_a_line_elsewhere_is_cut_away():
    x = np.arange(10.0)
    assert len(cut(x, x, 20.0, 30.0)[0]) == 0


def test_a_figure_that_was_taken_stays_as_it_was_then(window):
    scope = scope_of(window)
    scope.put_cursor("A", 3.0)
    figure = lanes_figure(scope, QSizeF(600, 300))

    def painted():
        image = QImage(600, 300, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        figure.paint(painter, ground=True)
        painter.end()
        return image

    before = painted()
    scope.put_cursor("A", None)
    scope.toggle_hidden(window.document.circuit["one"].id)
    scope.timeline.pan(-3.0)
    scope.lanes[0].scale.stretch(3.0, 0.5)
    window.document.push(Delete(frozenset({window.document.circuit["two"].id})))
    drawn(window)
    assert painted() == before
