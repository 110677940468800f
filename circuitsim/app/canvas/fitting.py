"""The camera that shows everything, with the cells clear of a card in the lower left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.camera import LEAST, Camera

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF, QSizeF

    from circuitsim.app.canvas.scene import Scene

MARGIN = 28.0  # px free around a fitted circuit
TOP = 20.0  # and more at the top, for the chip
CLEAR = 8.0  # px between a cell and the card
SMALLER = 0.97  # per attempt to keep clear of it


def fit(scene: Scene, view: QSizeF, corner: QSizeF, ids: Iterable[int] | None = None) -> Camera:
    """Show everything, or some elements.

    Args:
        scene: What is drawn.
        view: Size of the view, px.
        corner: Room that the card takes in the lower left corner, px; empty if there is none.
        ids: What to show; None for everything.
    """
    wanted = None if ids is None else frozenset(ids)
    bounds = scene.bounds(wanted)
    if bounds.isEmpty():
        return Camera(1.0, view.width() / 2, view.height() / 2)
    plain = Camera.fitting(bounds, view, MARGIN, TOP)
    boxes = np.array(
        [
            scene.outline(element).getCoords()
            for element in scene.placed()
            if wanted is None or element.id in wanted
        ]
    )
    if corner.isEmpty() or not len(boxes):
        return plain
    zoom = plain.zoom
    while zoom > LEAST:
        for x, y in _places(bounds, view, zoom):
            camera = Camera(zoom, x, y)
            if _clear(boxes, camera, view, corner):
                return camera
        zoom *= SMALLER
    return plain


def _places(bounds: QRectF, view: QSizeF, zoom: float) -> list[tuple[float, float]]:
    """Where the origin may stand: the content in the middle, at the right, at the top, or both."""
    centre = (
        view.width() / 2 - bounds.center().x() * zoom,
        (view.height() + TOP) / 2 - bounds.center().y() * zoom,
    )
    right = view.width() - MARGIN - bounds.right() * zoom
    top = MARGIN + TOP - bounds.top() * zoom
    return [(x, y) for y in (centre[1], top) for x in (centre[0], right)]


def _clear(boxes: NDArray[np.float64], camera: Camera, view: QSizeF, corner: QSizeF) -> bool:
    """Whether no box, float64[n, 4] of left, top, right and bottom on the canvas, touches the card."""
    left = boxes[:, 0] * camera.zoom + camera.x
    bottom = boxes[:, 3] * camera.zoom + camera.y
    return not np.any((left < corner.width() + CLEAR) & (bottom > view.height() - corner.height() - CLEAR))
