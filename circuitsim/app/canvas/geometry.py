"""Curves of synapses: where they run, how long they are, how far a point is from them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[float, float]

SAMPLES = 25  # points of a curve for lengths and distances
SOURCE_GAP, TARGET_GAP = 3.0, 4.0  # px between a rim and the ends of a curve
MARK_GAP = 0.27  # more of it, in radii, where the curve meets the mark of a role
LOOP_OUT = 2.25  # reach of a self synapse, in radii
LOOP_SPREAD = math.radians(24)


@lru_cache
def basis(samples: int) -> NDArray[np.float64]:
    """Weights of the four control points at parameters from 0 to 1, float64[samples, 4]."""
    t = np.linspace(0.0, 1.0, samples)
    return np.stack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3], axis=1)


def sampled(points: NDArray[np.float64], pieces: int) -> NDArray[np.float64]:
    """Points along many curves, float64[n, pieces + 1, 2], from their control points, float64[n, 4, 2]."""
    result: NDArray[np.float64] = basis(pieces + 1) @ points
    return result


@dataclass(frozen=True)
class Curve:
    """A cubic Bézier curve; every synapse is one, whether bow or loop."""

    a: Point
    b: Point
    c: Point
    d: Point

    def at(self, t: float) -> QPointF:
        """The point at a parameter from 0 to 1."""
        return QPointF(*self._blossom((t, t, t)))

    def direction(self, t: float) -> Point:
        """Unit vector of travel at a parameter."""
        u = 1 - t
        x, y = (
            u * u * (self.b[i] - self.a[i])
            + 2 * u * t * (self.c[i] - self.b[i])
            + t * t * (self.d[i] - self.c[i])
            for i in (0, 1)
        )
        length = math.hypot(x, y) or 1.0
        return x / length, y / length

    def part(self, t0: float, t1: float) -> Curve:
        """The piece between two parameters."""
        return Curve(*(self._blossom(s) for s in ((t0, t0, t0), (t0, t0, t1), (t0, t1, t1), (t1, t1, t1))))

    def _blossom(self, s: tuple[float, float, float]) -> Point:
        """The symmetric form of the curve: at three equal parameters the point itself."""
        (t0, t1, t2), (u0, u1, u2) = s, (1 - s[0], 1 - s[1], 1 - s[2])
        k0, k3 = u0 * u1 * u2, t0 * t1 * t2
        k1 = t0 * u1 * u2 + u0 * t1 * u2 + u0 * u1 * t2
        k2 = u0 * t1 * t2 + t0 * u1 * t2 + t0 * t1 * u2
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.a, self.b, self.c, self.d
        return k0 * ax + k1 * bx + k2 * cx + k3 * dx, k0 * ay + k1 * by + k2 * cy + k3 * dy

    @cached_property
    def path(self) -> QPainterPath:
        """The whole curve for a painter."""
        path = QPainterPath(QPointF(*self.a))
        path.cubicTo(QPointF(*self.b), QPointF(*self.c), QPointF(*self.d))
        return path

    @cached_property
    def samples(self) -> NDArray[np.float64]:
        """Points along the curve, float64[SAMPLES, 2]."""
        result: NDArray[np.float64] = basis(SAMPLES) @ np.array((self.a, self.b, self.c, self.d))
        return result

    @cached_property
    def length(self) -> float:
        """Length, measured along the samples; never 0."""
        steps = np.diff(self.samples, axis=0)
        return max(float(np.hypot(steps[:, 0], steps[:, 1]).sum()), 1.0)

    def distance(self, x: float, y: float) -> float:
        """Smallest distance of a point from the curve."""
        start, step = self.samples[:-1], np.diff(self.samples, axis=0)
        rel = np.array((x, y)) - start
        along = (rel * step).sum(1) / np.maximum((step * step).sum(1), 1e-12)
        off = rel - step * np.clip(along, 0.0, 1.0)[:, None]
        return float(np.hypot(off[:, 0], off[:, 1]).min())

    @property
    def bounds(self) -> QRectF:
        """A box that holds the curve; never empty, since Qt says that an empty box meets nothing."""
        xs, ys = zip(self.a, self.b, self.c, self.d, strict=True)
        return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))).adjusted(-1.0, -1.0, 1.0, 1.0)


def _between(one: Point, other: Point, t: float) -> Point:
    return one[0] + (other[0] - one[0]) * t, one[1] + (other[1] - one[1]) * t


@dataclass(frozen=True, slots=True)
class End:
    """What a curve begins or ends at.

    Attributes:
        x: Centre.
        y: Centre.
        radius: Of the rim; 0 for the port of a tile.
        role: Role of the neuron, whose mark the curve keeps clear of; empty for others.
    """

    x: float
    y: float
    radius: float = 0.0
    role: str = ""


def bow(source: End, target: End, bend: float) -> Curve:
    """The curve between two ends, bent to the right of travel by ``bend`` times its length."""
    dx, dy = target.x - source.x, target.y - source.y
    middle = ((source.x + target.x) / 2 - dy * 2 * bend, (source.y + target.y) / 2 + dx * 2 * bend)
    a, d = _rim(source, middle, SOURCE_GAP), _rim(target, middle, TARGET_GAP)
    return Curve(a, _between(a, middle, 2 / 3), _between(d, middle, 2 / 3), d)


def loop(end: End, angle: float) -> Curve:
    """The curve from a neuron to itself, sticking out at an angle in degrees (0 right, 90 up)."""
    middle = math.radians(angle)
    at = end.radius + TARGET_GAP
    out = end.radius * LOOP_OUT

    def polar(r: float, phi: float) -> Point:
        return end.x + r * math.cos(phi), end.y - r * math.sin(phi)

    start, stop = middle + LOOP_SPREAD, middle - LOOP_SPREAD
    return Curve(polar(at, start), polar(out, start + 0.22), polar(out, stop - 0.22), polar(at, stop))


def _rim(end: End, towards: Point, gap: float) -> Point:
    dx, dy = towards[0] - end.x, towards[1] - end.y
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    # a curve may not swallow itself when two neurons touch
    reach = min(end.radius + gap + _mark_gap(end.role, ux, uy) * end.radius, 0.9 * length)
    return end.x + ux * reach, end.y + uy * reach


def _mark_gap(role: str, ux: float, uy: float) -> float:
    """More distance on the side that carries the mark of the role, in radii."""
    facing = {"command": abs(ux), "sensory": -uy, "motor": uy}.get(role, 0.0)
    return MARK_GAP * min(1.0, max(0.0, (facing - 0.80) / 0.08))
