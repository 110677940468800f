"""The circuit as a figure: all of it, at 100 %, as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from circuitsim.app import theme
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.flow import Flow
from circuitsim.app.canvas.hands import Hands
from circuitsim.app.canvas.live import Live
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.scene import Scene
from circuitsim.app.canvas.shot import Shot
from circuitsim.app.document.figure import Figure

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.document.document import Document

MARGIN = 24.0  # px around the circuit


def circuit_figure(document: Document) -> Figure:
    """The circuit with the states that are shown now; later edits do not change it, nothing in it is selected.

    Taking it is quick; painting it may be done in another thread.
    """
    t = theme.current()
    scene = Scene(document.circuit.copy(), _nobody)
    frame = Live(document, scene, Flow()).frame(t, Hands(document), {})
    frame.looks = None if frame.looks is None else frame.looks.unselected()
    extent = Extent(scene)
    ink = QRectF() if extent.empty else extent.whole(1.0)
    box = ink.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    camera = Camera(1.0, -box.left(), -box.top())
    shot = Shot(camera, box.size().toSize(), 1.0, t, frozenset(), scene.revision)

    def paint(painter: QPainter, *, ground: bool) -> None:
        if ground:
            painter.fillRect(QRectF(QPointF(), box.size()), QColor(t.canvas))
        painter.save()
        Picture(scene).paint_vectors(painter, shot, frame)
        painter.restore()

    return Figure(document.name, box.size(), paint)


def _nobody() -> None:
    """Nobody looks at the scene of a figure while it is drawn."""
