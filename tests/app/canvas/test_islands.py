"""A layer put in islands looks like the layer put as a whole."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from circuitsim.app.canvas.islands import MOST, Islands

SIZE = QSize(400, 300)
pytestmark = pytest.mark.usefixtures("qapp")


def layer_with(boxes, ratio) -> QPixmap:
    layer = QPixmap(SIZE * ratio)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    painter = QPainter(layer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for box in boxes:
        painter.setBrush(QColor(200, 40, 90, 150))
        painter.drawEllipse(QRectF(*box))
    painter.end()
    return layer


def drawn_whole(layer, painter):
    painter.drawPixmap(0, 0, layer)


def put_islands(islands, layer, painter):
    islands.paint(painter, layer)


def put(draw, ratio) -> QImage:
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
@pytest.mark.parametrize(
    "boxes",
    [
        [],
        [(10.3, 20.7, 60.0, 11.0), (300.5, 25.0, 80.0, 14.0), (33.0, 250.2, 366.9, 49.0)],
        [(k % 40 * 10.0, k // 40 * 60.0, 2.0, 2.0) for k in range(3 * MOST)],
    ],
)
def test_islands_look_like_the_whole(boxes, ratio):
    layer, islands = layer_with(boxes, ratio), Islands()
    whole = put(partial(drawn_whole, layer), ratio)
    for _ in range(3):
        assert put(partial(put_islands, islands, layer), ratio) == whole


def test_another_layer_is_looked_at_anew():
    islands = Islands()
    for boxes in ([(10.0, 10.0, 20.0, 20.0)], [(200.0, 200.0, 30.0, 30.0)]):
        layer = layer_with(boxes, 1.0)
        whole = put(partial(drawn_whole, layer), 1.0)
        for _ in range(2):
            assert put(partial(put_islands, islands, layer), 1.0) == whole
