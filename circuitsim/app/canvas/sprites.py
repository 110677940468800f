"""Neurons from sprites: each part is painted once per look, those that move per quantised level, target and sweep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_back, paint_front, paint_neuron
from circuitsim.app.canvas.paint.preview import DIMMED, HALO, Mark
from circuitsim.app.canvas.paint.ring import paint_ring
from circuitsim.app.canvas.paint.vessel import paint_notch, paint_vessel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from circuitsim.app.theme.tokens import Theme

VECTORS_FROM = 84.0  # diameter, px; so few of these fit a view that they are painted anew
LEVELS, SWEEPS, PACES = 96, 120, 12
EDGE = 2.0  # px of a sprite around what it shows
BEYOND = 6.0  # px that halo and mark of the role reach beyond a small neuron
BYTES = 48 * 2**20  # of sprites, before the oldest are thrown away


class Sprites:
    """Paints neurons at one size, ratio and theme at a time."""

    def __init__(self) -> None:
        self._cache: dict[Hashable, QPixmap] = {}
        self._bytes = 0
        self._of: tuple[float, float, str] | None = None
        self._radius = 0.0
        self._ratio = 1.0
        self._theme: Theme | None = None
        self._half = self._reach = 0.0

    def begin(self, radius: float, ratio: float, theme: Theme) -> None:
        """Paint at this outer radius in px, pixel ratio and theme from now on."""
        if self._of != (radius, ratio, theme.name):
            self._cache.clear()
            self._bytes = 0
            self._of = (radius, ratio, theme.name)
            self._radius, self._ratio, self._theme = radius, ratio, theme
            self._half = math.ceil(radius * ratio + EDGE) / ratio
            self._reach = math.ceil(max(HALO * radius, radius + BEYOND) * ratio + EDGE) / ratio

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
        corner = QPointF(x - self._half, y - self._half)
        wide = QPointF(x - self._reach, y - self._reach)
        if look.selected or look.mark or look.role != "inter":
            p.drawPixmap(wide, self._back(look, theme))
        p.drawPixmap(corner, self._vessel(look, theme))
        if look.target is not None:
            p.drawPixmap(corner, self._notch(look.target, theme))
        p.drawPixmap(corner, self._ring(look, theme))
        if look.mark is Mark.ILLEGAL:
            p.setOpacity(1.0)  # what says so is not dimmed
        if look.mark or look.tag:
            p.drawPixmap(wide, self._front(look, theme))

    def _back(self, look: NeuronLook, theme: Theme) -> QPixmap:
        at, r = self._reach, self._radius
        key = ("back", look.role, look.selected, look.mark)
        return self._sprite(key, at, lambda p: paint_back(p, at, at, r, look, theme))

    def _front(self, look: NeuronLook, theme: Theme) -> QPixmap:
        at, r = self._reach, self._radius
        key = ("front", look.tag, look.tint, look.mark)
        return self._sprite(key, at, lambda p: paint_front(p, at, at, r, look, theme))

    def _vessel(self, look: NeuronLook, theme: Theme) -> QPixmap:
        at, r, level = self._half, self._radius, round(look.level * LEVELS)
        return self._sprite(
            ("vessel", level, look.tint, look.open_top),
            at,
            lambda p: paint_vessel(p, at, at, r, level / LEVELS, look.tint, theme, open_top=look.open_top),
        )

    def _notch(self, target: float, theme: Theme) -> QPixmap:
        at, r, level = self._half, self._radius, round(target * LEVELS)
        return self._sprite(("notch", level), at, lambda p: paint_notch(p, at, at, r, level / LEVELS, theme))

    def _ring(self, look: NeuronLook, theme: Theme) -> QPixmap:
        at, r = self._half, self._radius
        sweep, pace = round(look.sweep * SWEEPS), round(look.pace * PACES)
        return self._sprite(
            ("ring", sweep, pace, look.endless, look.fixed),
            at,
            lambda p: paint_ring(
                p, at, at, r, sweep / SWEEPS, pace / PACES, theme, endless=look.endless, fixed=look.fixed
            ),
        )

    def _sprite(self, key: Hashable, half: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """A pixmap of a key, painted if it is not there yet about its middle; the oldest make room."""
        found = self._cache.get(key)
        if found is not None:
            return found
        edge = round(2 * half * self._ratio)
        size = 4 * edge * edge
        while self._cache and self._bytes + size > BYTES:
            oldest = self._cache.pop(next(iter(self._cache)))
            self._bytes -= 4 * oldest.width() * oldest.height()
        pixmap = QPixmap(edge, edge)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        p = QPainter(pixmap)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(p)
        p.end()
        self._cache[key] = pixmap
        self._bytes += size
        return pixmap
