"""Icons by name, tinted and rendered for the size and the screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from circuitsim.app.theme import holder
from circuitsim.spec.paths import resource

_STROKE = 'stroke-width="1.5"'
_RATIOS = (1.0, 2.0)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _shape(name: str, size: int, ratio: float) -> QPixmap:
    """One icon in the black of its file: reading that takes far longer than tinting it."""
    stroke = 1.5 * min(1.2, max(1.0, 20 / size))  # small icons keep a stroke that is seen
    svg = _source(name).replace(_STROKE, f'stroke-width="{stroke:.3f}"')
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, result.width(), result.height()))
    painter.end()
    return result


@lru_cache(maxsize=1024)
def pixmap(name: str, tint: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour; the pixmap is shared: callers do not paint on it.

    Raises:
        FileNotFoundError: If there is no icon of that name.
    """
    result = _shape(name, size, ratio).copy()
    painter = QPainter(result)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(result.rect(), QColor(tint))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


@lru_cache(maxsize=512)
def _icon(name: str, tint: str, active: str, on: str, disabled: str, size: int) -> QIcon:
    result = QIcon()
    for ratio in _RATIOS:
        result.addPixmap(pixmap(name, tint, size, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, active, size, ratio), QIcon.Mode.Active)
        result.addPixmap(pixmap(name, on, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        result.addPixmap(pixmap(name, on, size, ratio), QIcon.Mode.Active, QIcon.State.On)
        result.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return result


def icon(name: str, size: int = 18, tint: str | None = None) -> QIcon:
    """One icon in the colours of the current theme; set it anew when the theme changes.

    Args:
        name: File name in ``resources/icons`` without suffix.
        size: Edge in device-independent pixels.
        tint: Colour at rest, for instance on the filled play button; None for the usual ink.

    Raises:
        FileNotFoundError: If there is no icon of that name.
    """
    theme = holder.current()
    return _icon(name, tint or theme.text2, tint or theme.text, tint or theme.accent, theme.muted, size)
