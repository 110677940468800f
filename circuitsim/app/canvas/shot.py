"""What one frame of the canvas is made from, and the pixmaps that are kept between frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPixmap

from circuitsim.app.canvas.moving import Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize

    from circuitsim.app.canvas.camera import Camera
    from circuitsim.app.canvas.looks import Looks
    from circuitsim.app.theme.tokens import Theme


@dataclass(frozen=True)
class Shot:
    """Everything a frame depends on besides the state of the run."""

    camera: Camera
    size: QSize
    ratio: float
    theme: Theme
    selection: frozenset[int]
    revision: int
    dimmed: frozenset[int] = frozenset()  # neurons whose names step back
    lit: frozenset[int] = frozenset()  # neurons whose names stand outside the ring of a legal target
    named: bool = True


@dataclass
class Frame:
    """The state of the run for one frame."""

    looks: Looks | None = None
    numbers: Callable[[int], str] = lambda _neuron: ""
    values: Values = field(default_factory=Values)
    warned: frozenset[int] = frozenset()  # neurons that a warning names


def same_paper(one: Shot, other: Shot) -> bool:
    """Whether layers of one can stand in for those of the other while the view moves."""
    return (one.ratio, one.theme) == (other.ratio, other.theme)


def layer(shot: Shot, ground: QColor) -> tuple[QPixmap, QPainter]:
    """A pixmap of the size of a frame, and a painter on it."""
    pixmap = QPixmap(shot.size * shot.ratio)
    pixmap.setDevicePixelRatio(shot.ratio)
    pixmap.fill(ground)
    p = QPainter(pixmap)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, p
