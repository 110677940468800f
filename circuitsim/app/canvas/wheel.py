"""What a wheel, two fingers or a pinch do to the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from circuitsim.app.canvas.camera import Camera

NOTCH = 1.2  # zoom per notch of the wheel


def wheeled(camera: Camera, event: QWheelEvent) -> Camera:
    """A wheel zooms at the cursor; two fingers pan; Shift pans sideways."""
    fine, notches = event.pixelDelta(), event.angleDelta()
    ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return camera.moved((notches.x() or notches.y()) / 2, 0)
    if not fine.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase and not ctrl:
        return camera.moved(fine.x(), fine.y())
    return camera.zoomed(camera.zoom * NOTCH ** (notches.y() / 120), event.position())


def pinched(camera: Camera, event: QNativeGestureEvent, view: QWidget) -> Camera:
    """A pinch zooms at its middle."""
    at = QPointF(view.mapFromGlobal(event.globalPosition()))
    return camera.zoomed(camera.zoom * (1 + event.value()), at)
