"""A layer that is mostly empty, put into the picture only where something stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.paint.stamps import Stamps

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPixmap

    from circuitsim.spec.bounds import Floats

BAND = 32  # device px; height of the bands that are cut into islands
GAP = 16  # device px; least width of what is empty between those
MOST = 1500  # islands; a layer with more is put as a whole
SHARE = 0.5  # of a layer; one of which more is taken is put as a whole too


class Islands:
    """Keeps where something stands on a layer; it is looked up when the same layer is put a second time."""

    def __init__(self) -> None:
        self._layer: QPixmap | None = None
        self._found: Floats | None = None
        self._stamps = Stamps()

    def paint(self, p: QPainter, layer: QPixmap) -> None:
        """Put a layer, which does not change any more, with its corner at the origin."""
        if layer is not self._layer:
            self._layer, self._found = layer, None
        elif self._found is None:
            self._found = _islands(layer)
        if self._found is None or not self._worthwhile(layer):
            p.drawPixmap(0, 0, layer)
            return
        ratio = layer.devicePixelRatio()
        corners, sizes = self._found[:, :2] / ratio, self._found[:, 2:] / ratio
        self._stamps.paint(p, layer, ratio, corners + sizes / 2, corners, sizes, 1.0)

    def _worthwhile(self, layer: QPixmap) -> bool:
        """Whether there are few islands enough, and much between them."""
        assert self._found is not None  # noqa: S101  (looked up before)
        taken = float(self._found[:, 2:].prod(axis=1).sum())
        return len(self._found) <= MOST and taken <= SHARE * layer.width() * layer.height()


def _islands(layer: QPixmap) -> Floats:
    """What of a layer is not empty: left, top, width and height in device px, float64[k, 4]."""
    image = layer.toImage()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    found = []
    for top in range(0, image.height(), BAND):
        band = pixels[top : top + BAND]
        taken = np.flatnonzero(band.any(axis=0))
        for part in np.split(taken, np.flatnonzero(np.diff(taken) > GAP) + 1):
            if part.size:
                left, right = int(part[0]), int(part[-1]) + 1
                rows = np.flatnonzero(band[:, left:right].any(axis=1))
                above, height = int(rows[0]), int(rows[-1] - rows[0]) + 1
                found.append((left, top + above, right - left, height))
    return np.array(found, dtype=np.float64).reshape(-1, 4)
