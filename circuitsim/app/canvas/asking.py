"""For what a context menu is asked: by the right mouse button where it was pressed, by the Menu key for the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QContextMenuEvent

if TYPE_CHECKING:
    from circuitsim.app.canvas.view import CanvasView


def asked(view: CanvasView, event: QContextMenuEvent) -> tuple[QPointF, QPoint]:
    """The canvas point and the point of the screen; what the mouse is on is selected, unless it was already."""
    document, camera = view.document, view.camera
    if event.reason() is QContextMenuEvent.Reason.Keyboard:
        at = _middle(view)
        return at, view.mapToGlobal(camera.to_view(at).toPoint())
    at = camera.to_canvas(QPointF(event.pos()))
    found = view.scene.hit(at, camera.zoom)
    if found is None:
        document.select(())
    elif found not in document.selection:
        document.select({found})
    return at, event.globalPos()


def _middle(view: CanvasView) -> QPointF:
    """The middle of what is selected and seen, else that of the view."""
    scene, camera = view.scene, view.camera
    seen = QRectF(camera.to_canvas(QPointF()), view.size().toSizeF() / camera.zoom)
    boxes = [scene.box(e) for e in scene.placed() if e.id in view.document.selection]
    curves = scene.curves(camera.zoom)
    lines = [curves[i].at(0.5) / camera.zoom for i in scene.lines.row if i in view.document.selection]
    middles = [at for at in (*(box.center() for box in boxes), *lines) if seen.contains(at)]
    return middles[0] if middles else seen.center()
