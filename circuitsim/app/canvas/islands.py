"""A layer that is mostly empty, put into the picture only where something stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPixmap

BAND = 32  # device px; height of the bands that are cut into islands, and width of the gaps between those
MOST = 64  # islands; a layer with more is put as a whole


class Islands:
    """Keeps where something stands on a layer; it is looked up when the same layer is put a second time."""

    def __init__(self) -> None:
        self._layer: QPixmap | None = None
        self._found: list[tuple[QRectF, QRectF]] | None = None

    def paint(self, p: QPainter, layer: QPixmap) -> None:
        """Put a layer, which does not change any more, with its corner at the origin."""
        if layer is not self._layer:
            self._layer, self._found = layer, None
        elif self._found is None:
            self._found = _islands(layer)
        if self._found is None or len(self._found) > MOST:
            p.drawPixmap(0, 0, layer)
            return
        for place, source in self._found:
            p.drawPixmap(place, layer, source)


def _islands(layer: QPixmap) -> list[tuple[QRectF, QRectF]]:
    """Places in the view and in the layer of all that is not empty."""
    image, ratio = layer.toImage(), layer.devicePixelRatio()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    found = []
    for top in range(0, image.height(), BAND):
        band = pixels[top : top + BAND]
        taken = np.flatnonzero(band.any(axis=0))
        for part in np.split(taken, np.flatnonzero(np.diff(taken) > BAND) + 1):
            if part.size:
                left, width, height = int(part[0]), int(part[-1] - part[0]) + 1, len(band)
                place = QRectF(left / ratio, top / ratio, width / ratio, height / ratio)
                found.append((place, QRectF(left, top, width, height)))
    return found
