"""The curves of all lines of a drawing as arrays; single ones become objects only when somebody wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.geometry import (
    MARK_GAP,
    SAMPLES,
    SOURCE_GAP,
    TARGET_GAP,
    Curve,
    End,
    basis,
    sampled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QRectF

    from circuitsim.spec.bounds import Floats, Ints


class Curves(Mapping[int, Curve]):
    """Curves by id of their line.

    Attributes:
        ids: Of the lines, in the order of the arrays.
        points: float64[n, 4, 2], control points in px.
    """

    def __init__(self, row: Mapping[int, int], points: Floats) -> None:
        self.ids, self.points = tuple(row), points
        self._row = row
        self._made: dict[int, Curve] = {}
        self._boxes: Floats | None = None

    def put(self, rows: Ints, points: Floats) -> None:
        """Give some lines, int64[k], other control points, float64[k, 4, 2]."""
        self.points[rows] = points
        for row in rows.tolist():
            self._made.pop(self.ids[row], None)
        if self._boxes is not None:
            self._boxes[rows] = _boxes(points)

    def near(self, area: QRectF) -> Ints:
        """Indices of the curves whose box meets an area, int64[k]."""
        if self._boxes is None:
            self._boxes = _boxes(self.points)
        left, top, right, bottom = self._boxes.T
        across = (left <= area.right()) & (right >= area.left())
        return np.flatnonzero(across & (top <= area.bottom()) & (bottom >= area.top()))

    def distances(self, rows: Ints, x: float, y: float) -> Floats:
        """Smallest distance of a point from each of some curves, float64[k]; as `Curve.distance`."""
        samples = basis(SAMPLES) @ self.points[rows]
        start, step = samples[:, :-1], np.diff(samples, axis=1)
        rel = np.array((x, y)) - start
        along = (rel * step).sum(2) / np.maximum((step * step).sum(2), 1e-12)
        off = rel - step * np.clip(along, 0.0, 1.0)[..., None]
        result: Floats = np.hypot(off[..., 0], off[..., 1]).min(axis=1)
        return result

    def angles(self) -> tuple[Floats, Floats]:
        """In which direction, in degrees with 90 up, each curve leaves its source and its target."""
        out, back = self.points[:, 1] - self.points[:, 0], self.points[:, 2] - self.points[:, 3]
        first, last = (np.degrees(np.arctan2(-way[:, 1], way[:, 0])) for way in (out, back))
        return first, last

    def lengths(self, rows: Ints) -> Floats:
        """Lengths of some curves, float64[k] in px; as `Curve.length`."""
        steps = np.diff(sampled(self.points[rows], SAMPLES - 1), axis=1)
        result: Floats = np.maximum(np.hypot(steps[..., 0], steps[..., 1]).sum(axis=1), 1.0)
        return result

    def measure(self, rows: Ints) -> None:
        """Find out the lengths of some curves at once, before their objects are asked for one by one."""
        for row, length in zip(rows.tolist(), self.lengths(rows).tolist(), strict=True):
            vars(self[self.ids[row]])["length"] = length  # where the curve keeps it too

    def __getitem__(self, line: int) -> Curve:
        curve = self._made.get(line)
        if curve is None:
            a, b, c, d = map(tuple, self.points[self._row[line]].tolist())
            curve = self._made[line] = Curve(a, b, c, d)
        return curve

    def __contains__(self, line: object) -> bool:
        return line in self._row

    def __iter__(self) -> Iterator[int]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Ends:
    """One end of many curves: centres float64[n, 2], radii float64[n], roles as texts of n."""

    centre: Floats
    radius: Floats
    role: np.ndarray[tuple[int], np.dtype[np.str_]]

    @classmethod
    def of(cls, ends: Sequence[End]) -> Ends:
        """The same as arrays."""
        centre = np.array([(e.x, e.y) for e in ends]).reshape(-1, 2)
        return cls(
            centre, np.array([e.radius for e in ends]), np.array([e.role for e in ends], dtype=np.str_)
        )

    def at(self, rows: Ints) -> Ends:
        """Those of some rows, int64[k], as arrays of their own."""
        return Ends(self.centre[rows], self.radius[rows], self.role[rows])

    def put(self, row: int, end: End) -> None:
        """Replace one of them."""
        self.centre[row], self.radius[row], self.role[row] = (end.x, end.y), end.radius, end.role

    def end(self, row: int) -> End:
        """One of them."""
        x, y = self.centre[row].tolist()
        return End(x, y, float(self.radius[row]), str(self.role[row]))


def _boxes(points: Floats) -> Floats:
    """Left, top, right and bottom of what holds each of some curves, float64[n, 4]."""
    return np.concatenate((points.min(axis=1), points.max(axis=1)), axis=1)


def bows(source: Ends, target: Ends, bend: Floats) -> Floats:
    """What `geometry.bow` gives for one curve, for many: float64[n, 4, 2]."""
    way = target.centre - source.centre
    side = np.stack((-way[:, 1], way[:, 0]), axis=1)
    middle = (source.centre + target.centre) / 2 + side * (2 * bend)[:, None]
    a, d = _rims(source, middle, SOURCE_GAP), _rims(target, middle, TARGET_GAP)
    return np.stack((a, a + (middle - a) * (2 / 3), d + (middle - d) * (2 / 3), d), axis=1)


def _rims(end: Ends, towards: Floats, gap: float) -> Floats:
    way = towards - end.centre
    length = np.hypot(way[:, 0], way[:, 1])
    length[length == 0] = 1.0
    ux, uy = (way / length[:, None]).T
    facing = np.select(
        [end.role == "command", end.role == "sensory", end.role == "motor"], [np.abs(ux), -uy, uy], 0.0
    )
    mark = MARK_GAP * np.clip((facing - 0.80) / 0.08, 0.0, 1.0)
    reach = np.minimum(end.radius + gap + mark * end.radius, 0.9 * length)
    result: Floats = end.centre + np.stack((ux, uy), axis=1) * reach[:, None]
    return result
