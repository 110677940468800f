"""Neurons from sprites: vessels and rings are painted once per quantised level and sweep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_back, paint_front, paint_neuron
from circuitsim.app.canvas.paint.preview import DIMMED, Mark
from circuitsim.app.canvas.paint.ring import paint_ring
from circuitsim.app.canvas.paint.vessel import paint_notch, paint_vessel

if TYPE_CHECKING:
    from collections.abc import Hashable

    from circuitsim.app.theme.tokens import Theme

VECTORS_FROM = 84.0  # diameter, px; so few of these fit a view that they are painted anew
LEVELS, SWEEPS, PACES = 96, 120, 12
BYTES = 48 * 2**20  # of sprites, before the oldest are thrown away


class Sprites:
    """Paints neurons at one size, ratio and theme at a time."""

    def __init__(self) -> None:
        self._cache: dict[Hashable, QPixmap] = {}
        self._of: tuple[float, float, str] | None = None
        self._radius = 0.0
        self._ratio = 1.0
        self._theme: Theme | None = None
        self._half = 0.0

    def begin(self, radius: float, ratio: float, theme: Theme) -> None:
        """Paint at this outer radius in px, pixel ratio and theme from now on."""
        if self._of != (radius, ratio, theme.name):
            self._cache.clear()
            self._of = (radius, ratio, theme.name)
            self._radius, self._ratio, self._theme = radius, ratio, theme
            self._half = math.ceil(radius * ratio + 2) / ratio

    def paint(self, p: QPainter, x: float, y: float, look: NeuronLook) -> None:
        """Paint one neuron; its centre is rounded to whole device pixels."""
        if look.mark is Mark.ILLEGAL:
            p.setOpacity(DIMMED)
            self._paint(p, x, y, look)
            p.setOpacity(1.0)
        else:
            self._paint(p, x, y, look)

    def _paint(self, p: QPainter, x: float, y: float, look: NeuronLook) -> None:
        r, theme = self._radius, self._theme
        assert theme is not None  # noqa: S101  (set by `begin`)
        x, y = round(x * self._ratio) / self._ratio, round(y * self._ratio) / self._ratio
        if 2 * r > VECTORS_FROM or look.failure:
            paint_neuron(p, x, y, r, look, theme)
            return
        paint_back(p, x, y, r, look, theme)
        corner = QPointF(x - self._half, y - self._half)
        p.drawPixmap(corner, self._vessel(look, theme))
        if look.target is not None:
            paint_notch(p, x, y, r, look.target, theme)
        p.drawPixmap(corner, self._ring(look, theme))
        paint_front(p, x, y, r, look, theme)

    def _vessel(self, look: NeuronLook, theme: Theme) -> QPixmap:
        level = round(look.level * LEVELS)
        key = (level, look.tint, look.open_top)
        found = self._cache.get(key)
        if found is None:
            found, p = self._blank(key)
            paint_vessel(
                p,
                self._half,
                self._half,
                self._radius,
                level / LEVELS,
                look.tint,
                theme,
                open_top=look.open_top,
            )
            p.end()
        return found

    def _ring(self, look: NeuronLook, theme: Theme) -> QPixmap:
        sweep, pace = round(look.sweep * SWEEPS), round(look.pace * PACES)
        key = (sweep, pace, look.endless, look.fixed, None)
        found = self._cache.get(key)
        if found is None:
            found, p = self._blank(key)
            paint_ring(
                p, self._half, self._half, self._radius, sweep / SWEEPS, pace / PACES, theme,
                endless=look.endless, fixed=look.fixed,
            )  # fmt: skip
            p.end()
        return found

    def _blank(self, key: Hashable) -> tuple[QPixmap, QPainter]:
        edge = round(2 * self._half * self._ratio)
        while self._cache and (len(self._cache) + 1) * edge * edge * 4 > BYTES:
            del self._cache[next(iter(self._cache))]
        pixmap = QPixmap(edge, edge)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        self._cache[key] = pixmap
        p = QPainter(pixmap)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        return pixmap, p
