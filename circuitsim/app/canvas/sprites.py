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
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.atlas import Bools
    from circuitsim.app.canvas.looks import Looks
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.bounds import Floats, Ints

    Number = Floats | Ints | int
    Part = tuple[int, Ints, Number, Number, Number]

VECTORS_FROM = 84.0  # diameter, px; so few of these fit a view that they are painted anew
LEVELS, SWEEPS, PACES = 96, 120, 12
REACH = 1.36  # of R; a picture holds the mark of the role too
VESSEL, NOTCH, RING, ROLE, BADGE, HALO, SIGN, SELECTION = range(8)
LEAST, MOST = 0.4, 2.5  # sizes between which pictures are stretched
SLICE = 0.004  # s of a frame in which pictures of another size are painted
_SIGNS = (Mark.LEGAL, Mark.ILLEGAL)
_BITS = 16  # of each of three numbers in the key of a picture


class Sheet:
    """The pictures at one outer radius in px, pixel ratio and theme."""

    def __init__(self, radius: float, ratio: float, theme: Theme) -> None:
        self.radius, self.ratio, self.theme = radius, ratio, theme
        self._half = math.ceil(max(radius * REACH, radius + 4) * ratio + 2) / ratio
        self._atlas = Atlas(2 * self._half, ratio)

    def make(self, keys: Ints, room: float = math.inf) -> bool:
        """Paint the pictures of some keys that are not there yet; False if that took more than so many seconds."""
        return self._atlas.make(keys, self._draw, room)

    def paint(self, p: QPainter, at: Floats, keys: Ints) -> None:
        """Stamp pictures that there are with their centres at some places."""
        self._atlas.paint(p, at, keys)

    def has(self, keys: Ints) -> Bools:
        """Which of some pictures there are, bool[k]."""
        return self._atlas.has(keys)

    def _draw(self, p: QPainter, key: int) -> None:
        """Paint the picture of a key."""
        theme, r, half = self.theme, self.radius, self._half
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


class Sprites:
    """Paints neurons at one size, ratio and theme at a time."""

    def __init__(self) -> None:
        self._sheet: Sheet | None = None
        self._next: Sheet | None = None
        self._radius = 0.0
        self._at_once, self._missing = True, False
        self._whole = False  # all has been there at once; until then a large drawing shows what there is

    @property
    def unfinished(self) -> bool:
        """Whether pictures of the present size are still being painted, and those of another one stretched, or missing."""
        return self._next is not None or self._missing

    def begin(
        self, radius: float, ratio: float, theme: Theme, *, moving: bool = False, whole: bool = True
    ) -> None:
        """Paint at this outer radius in px, pixel ratio and theme from now on.

        Args:
            radius: Of a neuron.
            ratio: Device pixels per px.
            theme: Colours.
            moving: The size changes from frame to frame: pictures of the size before are stretched.
            whole: Otherwise all pictures are painted at once, and not some in every frame.
        """
        self._radius, self._at_once, self._missing = radius, whole, False
        sheet = self._sheet
        if sheet is None or (sheet.ratio, sheet.theme.name) != (ratio, theme.name):
            self._sheet, self._next = Sheet(radius, ratio, theme), None
        elif sheet.radius == radius:
            self._next = None
        elif max(radius, sheet.radius) * 2 > VECTORS_FROM or not LEAST < radius / sheet.radius < MOST:
            self._sheet, self._next = Sheet(radius, ratio, theme), None
        elif moving:
            self._next = None
        elif whole:
            self._sheet, self._next = Sheet(radius, ratio, theme), None
        elif self._next is None or self._next.radius != radius:
            self._next = Sheet(radius, ratio, theme)

    def paint(self, p: QPainter, at: Floats, looks: Looks, seen: Ints) -> None:
        """Paint some neurons.

        Args:
            p: Painter.
            at: float64[n, 2], centres of all neurons; they are rounded to whole device pixels.
            looks: How all of them look.
            seen: int64[k], indices of those that are painted.
        """
        assert self._sheet is not None  # noqa: S101  (set by `begin`)
        at = np.round(at * self._sheet.ratio) / self._sheet.ratio
        if 2 * self._radius > VECTORS_FROM:
            alone = seen
        else:
            alone, many = seen[looks.special[seen]], seen[~looks.special[seen]]
            self._put(p, at, _parts(looks, many[~looks.dim[many]]))
            p.setOpacity(DIMMED)
            self._put(p, at, _parts(looks, many[looks.dim[many]]))
            p.setOpacity(1.0)
            self._put(p, at, _signs(looks, many))
            self._whole |= not self._missing
        for index in alone.tolist():
            x, y = at[index].tolist()
            self._paint_one(p, x, y, looks.at(index))

    def _paint_one(self, p: QPainter, x: float, y: float, look: NeuronLook) -> None:
        assert self._sheet is not None  # noqa: S101  (set by `begin`)
        p.setOpacity(DIMMED if look.mark is Mark.ILLEGAL else 1.0)
        paint_neuron(p, x, y, self._radius, look, self._sheet.theme)
        p.setOpacity(1.0)

    def make(self, looks: Looks, which: Ints, room: float) -> bool:
        """Paint the pictures of some neurons that are not there yet, for so many seconds; False if some are missing then."""
        assert self._sheet is not None  # noqa: S101  (set by `begin`)
        if 2 * self._radius > VECTORS_FROM:
            return True
        many = which[~looks.special[which]]
        parts = (*_parts(looks, many), *_signs(looks, many))
        done = self._sheet.make(np.concatenate([_key(*part) for part in parts]), room)
        self._whole |= done
        return done

    def _put(self, p: QPainter, at: Floats, parts: Iterable[Part]) -> None:
        """Pictures of some neurons, part after part, in one call of the painter."""
        there = [part for part in parts if part[1].size]
        if not there:
            return
        places = at[np.concatenate([which for _, which, *_ in there])]
        keys = np.concatenate([_key(*part) for part in there])
        sheet = self._ready(keys)
        if self._missing:
            made = sheet.has(keys)
            places, keys = places[made], keys[made]
        k = self._radius / sheet.radius
        if k == 1.0:
            sheet.paint(p, places, keys)
            return
        p.save()
        p.scale(k, k)
        sheet.paint(p, places / k, keys)
        p.restore()

    def _ready(self, keys: Ints) -> Sheet:
        """The sheet to be stamped from: the next one once all pictures are on it."""
        assert self._sheet is not None  # noqa: S101  (set by `begin`)
        if self._next is not None and self._next.make(keys, SLICE):
            self._sheet, self._next = self._next, None
        at_once = self._at_once or self._whole
        self._missing |= not self._sheet.make(keys, math.inf if at_once else SLICE)
        return self._sheet


def _parts(looks: Looks, which: Ints) -> tuple[Part, ...]:
    """Halos, marks of roles, vessels, notches, rings and badges of some neurons; of each its number, the neurons, and what it depends on."""
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
    return (
        (HALO, which[lit], looks.beat, 0, 0),
        (SELECTION, which[chosen], role[chosen], 0, 0),
        (ROLE, which[ranked], role[ranked], 0, 0),
        (VESSEL, which, level, tint, flags[0]),
        (NOTCH, which[aimed], np.round(target[aimed] * LEVELS), 0, 0),
        (RING, which, sweep, pace, flags[1]),
        (BADGE, which[tagged], tint[tagged], 0, 0),
    )


def _signs(looks: Looks, which: Ints) -> tuple[Part, ...]:
    """The signs that say where a line may end and where not."""
    return (SIGN, which[looks.lit[which]], 0, 0, 0), (SIGN, which[looks.dim[which]], 1, 0, 0)


def _key(part: int, which: Ints, *numbers: Number) -> Ints:
    """The numbers of pictures of a part of some neurons: three small numbers side by side, int64[k]."""
    key = np.full(len(which), part, dtype=np.int64)
    for number in numbers:
        key <<= _BITS
        key += number if isinstance(number, int) else number.astype(np.int64)
    return key
