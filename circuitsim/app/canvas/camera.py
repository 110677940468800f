"""The camera: which part of the canvas is seen, and how large."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

LEAST, MOST = 0.05, 8.0  # zoom
FIT_MOST = 1.25  # fitting a small circuit does not blow it up


@dataclass(frozen=True, slots=True)
class Camera:
    """A view point in px is the canvas point times zoom, plus (x, y)."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @property
    def origin(self) -> QPointF:
        """Where the origin of the canvas stands in the view, on whole px so that lines stay sharp."""
        return QPointF(round(self.x), round(self.y))

    def to_canvas(self, at: QPointF) -> QPointF:
        """The canvas point under a view point."""
        return QPointF((at.x() - self.x) / self.zoom, (at.y() - self.y) / self.zoom)

    def to_view(self, at: QPointF) -> QPointF:
        """Where a canvas point is seen."""
        return QPointF(at.x() * self.zoom + self.x, at.y() * self.zoom + self.y)

    def moved(self, dx: float, dy: float) -> Camera:
        """The camera after the canvas was pushed by so many px."""
        return Camera(self.zoom, self.x + dx, self.y + dy)

    def zoomed(self, zoom: float, at: QPointF) -> Camera:
        """The camera at another zoom, with the same canvas point under a view point."""
        zoom = min(MOST, max(LEAST, zoom))
        fixed = self.to_canvas(at)
        return Camera(zoom, at.x() - fixed.x() * zoom, at.y() - fixed.y() * zoom)
