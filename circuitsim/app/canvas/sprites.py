"""Neurons from sprites: their parts are painted once per quantised level and sweep, then stamped together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.atlas import Atlas
from circuitsim.app.canvas.looks import ROLES
from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_back, paint_front, paint_neuron
from circuitsim.app.canvas.paint.preview import DIMMED, Mark, paint_badge, paint_halo
from circuitsim.app.canvas.paint.ring import paint_ring
from circuitsim.app.canvas.paint.vessel import paint_notch, paint_vessel

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.looks import Looks
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats, Ints

    Number = Floats | Ints | int
    Part = tuple[int, Ints, Number, Number, Number]

VECTORS_FROM = 84.0  # diameter, px; so few of these fit a view that they are painted anew
LEVELS, SWEEPS, PACES = 96, 120, 12
REACH = 1.36  # of R; a picture holds the mark of the role too
VESSEL, NOTCH, RING, ROLE, BADGE, HALO, SIGN, SELECTION = range(8)
_SIGNS = (Mark.LEGAL, Mark.ILLEGAL)
_BITS = 16  # of each of three numbers in the key of a picture


class Sprites:
    """Paints neurons at one size, ratio and theme at a time."""

    def __init__(self) -> None:
        self._of: tuple[float, float, str] | None = None
        self._radius, self._ratio, self._half = 0.0, 1.0, 0.0
        self._theme: Theme | None = None
        self._atlas: Atlas | None = None

    def begin(self, radius: float, ratio: float, theme: Theme) -> None:
        """Paint at this outer radius in px, pixel ratio and theme from now on."""
        if self._of != (radius, ratio, theme.name):
            self._of = (radius, ratio, theme.name)
            self._radius, self._ratio, self._theme = radius, ratio, theme
            self._half = math.ceil(max(radius * REACH, radius + 4) * ratio + 2) / ratio
            self._atlas = Atlas(2 * self._half, ratio)

    def paint(self, p: QPainter, at: Floats, looks: Looks, seen: Ints) -> None:
        """Paint some neurons.

        Args:
            p: Painter.
            at: float64[n, 2], centres of all neurons; they are rounded to whole device pixels.
            looks: How all of them look.
            seen: int64[k], indices of those that are painted.
        """
        at = np.round(at * self._ratio) / self._ratio
        if 2 * self._radius > VECTORS_FROM:
            alone = seen
        else:
            alone, many = seen[looks.special[seen]], seen[~looks.special[seen]]
            self._stamp(p, at, looks, many[~looks.dim[many]])
            p.setOpacity(DIMMED)
            self._stamp(p, at, looks, many[looks.dim[many]])
            p.setOpacity(1.0)
            self._sign(p, at, looks, many)
        for index in alone.tolist():
            x, y = at[index].tolist()
            self._paint_one(p, x, y, looks.at(index))

    def _paint_one(self, p: QPainter, x: float, y: float, look: NeuronLook) -> None:
        assert self._theme is not None  # noqa: S101  (set by `begin`)
        p.setOpacity(DIMMED if look.mark is Mark.ILLEGAL else 1.0)
        paint_neuron(p, x, y, self._radius, look, self._theme)
        p.setOpacity(1.0)

    def _stamp(self, p: QPainter, at: Floats, looks: Looks, which: Ints) -> None:
        """Halos, marks of roles, vessels, notches, rings and badges of some neurons in one call of the painter."""
        if not which.size:
            return
        flags = (
            looks.open_top[which],
            looks.endless[which] + 2 * looks.fixed[which] + 4 * looks.instant[which],
        )
        role, tint, target = looks.role[which], looks.tint[which], looks.target[which]
        chosen, lit, aimed = looks.selected[which], looks.lit[which], np.isfinite(target)
        ranked = (role > 0) & ~chosen  # the mark of a selected one has another colour
        tagged = (tint > 0) & ~lit & ~looks.dim[which]
        level = np.round(looks.level[which] * LEVELS)
        sweep, pace = np.round(looks.sweep[which] * SWEEPS), np.round(looks.pace[which] * PACES)
        self._put(
            p,
            at,
            (HALO, which[lit], looks.beat, 0, 0),
            (SELECTION, which[chosen], role[chosen], 0, 0),
            (ROLE, which[ranked], role[ranked], 0, 0),
            (VESSEL, which, level, tint, flags[0]),
            (NOTCH, which[aimed], np.round(target[aimed] * LEVELS), 0, 0),
            (RING, which, sweep, pace, flags[1]),
            (BADGE, which[tagged], tint[tagged], 0, 0),
        )

    def _sign(self, p: QPainter, at: Floats, looks: Looks, which: Ints) -> None:
        """The signs that say where a line may end and where not."""
        lit, dim = which[looks.lit[which]], which[looks.dim[which]]
        if lit.size or dim.size:
            self._put(p, at, (SIGN, lit, 0, 0, 0), (SIGN, dim, 1, 0, 0))

    def _put(self, p: QPainter, at: Floats, *parts: Part) -> None:
        """Pictures of some neurons, part after part; of each its number, the neurons, and what it depends on."""
        assert self._atlas is not None  # noqa: S101  (set by `begin`)
        there = [part for part in parts if part[1].size]
        places = at[np.concatenate([which for _, which, *_ in there])]
        keys = np.concatenate([_key(*part) for part in there])
        self._atlas.paint(p, places, keys, self._draw)

    def _draw(self, p: QPainter, key: int) -> None:
        """Paint the picture of a key."""
        theme, r, half = self._theme, self._radius, self._half
        assert theme is not None  # noqa: S101  (set by `begin`)
        part, a, b, c = (key >> (_BITS * k) & (1 << _BITS) - 1 for k in (3, 2, 1, 0))
        if part == VESSEL:
            tint = theme.trace(b) if b else ""
            paint_vessel(p, half, half, r, a / LEVELS, tint, theme, open_top=bool(c))
        elif part == NOTCH:
            paint_notch(p, half, half, r, a / LEVELS, theme)
        elif part == RING:
            flags = {"endless": bool(c & 1), "fixed": bool(c & 2), "instant": bool(c & 4)}
            paint_ring(p, half, half, r, a / SWEEPS, b / PACES, theme, **flags)
        elif part == HALO:
            paint_halo(p, half, half, r, Mark.LEGAL, theme, beat=a)
        elif part == SIGN:
            paint_badge(p, half, half, r, _SIGNS[a], theme)
        elif part == ROLE:
            paint_back(p, half, half, r, NeuronLook(role=ROLES[a]), theme)
        elif part == SELECTION:
            paint_back(p, half, half, r, NeuronLook(role=ROLES[a], selected=True), theme)
        else:
            paint_front(p, half, half, r, NeuronLook(tint=theme.trace(a), tag=str(a)), theme)


def _key(part: int, which: Ints, *numbers: Number) -> Ints:
    """The numbers of pictures of a part of some neurons: three small numbers side by side, int64[k]."""
    key = np.full(len(which), part, dtype=np.int64)
    for number in numbers:
        key <<= _BITS
        key += number if isinstance(number, int) else number.astype(np.int64)
    return key
