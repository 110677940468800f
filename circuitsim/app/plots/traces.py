"""What the scope shows of a recording, ready to be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.plots.decimate import FEW, cut, extremes, runs, simplify, sparse, thin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from circuitsim.engine.recording import Recording
    from circuitsim.engine.stretch import Stretch

    Floats = NDArray[np.float64]
    Line = tuple[Floats, Floats]


@dataclass(frozen=True)
class Window:
    """The stretch of time in sight and the pixels it is drawn on."""

    t0: float
    t1: float
    left: float
    right: float

    @cached_property
    def per_pixel(self) -> float:
        """Time per px."""
        return (self.t1 - self.t0) / max(1.0, self.right - self.left)

    def x(self, times: Floats) -> Floats:
        """Places in px of float64[k] times."""
        return self.left + (times - self.t0) / self.per_pixel

    def place(self, t: float) -> float:
        """Place in px of one time."""
        return self.left + (t - self.t0) / self.per_pixel

    def time(self, x: float) -> float:
        """Time at a place in px."""
        return self.t0 + (x - self.left) * self.per_pixel


@dataclass(frozen=True)
class Trace:
    """One variable of one element over the window, NaN at breaks.

    Attributes:
        element: Id of the element.
        times: float64[k].
        values: float64[k].
        low: float64[k], least value from a row up to the next one; None if the recording left no row out.
        high: float64[k], greatest value.
        known_span: Its span, if it was found together with that of others.
    """

    element: int
    times: Floats
    values: Floats
    low: Floats | None = None
    high: Floats | None = None
    known_span: tuple[float, float] | None = None

    @property
    def span(self) -> tuple[float, float]:
        """Least and greatest value; infinite the wrong way round if there is none."""
        if self.known_span is not None:
            return self.known_span
        low, high = (self.values if side is None else side for side in (self.low, self.high))
        if low.size:
            span = float(np.minimum.reduce(low)), float(np.maximum.reduce(high))
            if math.isfinite(span[0]) and math.isfinite(span[1]):
                return span
        low, high = (side[np.isfinite(side)] for side in (low, high))
        return (float(low.min()), float(high.max())) if len(low) and len(high) else (np.inf, -np.inf)

    @property
    def last(self) -> tuple[float, float] | None:
        """The newest time and value, unless the trace ends in a break."""
        if len(self.times) == 0 or not np.isfinite(self.values[-1]):
            return None
        return float(self.times[-1]), float(self.values[-1])

    def at(self, t: float) -> float | None:
        """The value at a time, or None outside the trace and in breaks."""
        if len(self.times) < 2 or not self.times[0] <= t <= self.times[-1]:
            return None
        after = min(max(1, int(self.times.searchsorted(t))), len(self.times) - 1)
        (t0, t1), (y0, y1) = (
            self.times[after - 1 : after + 1].tolist(),
            self.values[after - 1 : after + 1].tolist(),
        )
        value = y1 if t == t1 else y0 + (y1 - y0) * (t - t0) / (t1 - t0)
        return value if math.isfinite(value) else None

    def scaled(self, element: int, gain: float, offset: float) -> Trace:
        """The trace of an element that is this one times a gain plus an offset."""
        sides = (self.low, self.high) if gain >= 0.0 else (self.high, self.low)
        low, high = (None if side is None else gain * side + offset for side in sides)
        return Trace(element, self.times, gain * self.values + offset, low, high)


def lines_of(
    traces: Sequence[Trace],
    window: Window,
    place: Callable[[Floats], Floats],
    slack: float = 0.0,
    *,
    hair: bool = False,
) -> list[list[Line]]:
    """Points in px of every unbroken run of each trace: as few as draw the same picture.

    Args:
        traces: All read at once, so that they have the same times.
        window: The stretch of time.
        place: Heights in px of values.
        slack: How far in px a line may reach beyond the window; what lies beyond that is cut off.
        hair: True for hairlines, whose points take less time to paint than to choose with care.
    """
    if not traces:
        return []

    times, values = _rows(traces, window)
    lines: list[list[Line]] = [[] for _ in traces]
    for rows, part in _stretches(np.isfinite(values)):
        heights = place(values[:, part] if len(rows) == len(values) else values[rows, part])
        for row, line in zip(rows, _thinned(times[part], heights, window, hair=hair), strict=True):
            lines[row].append(line)
    return [_in_sight(parts, window, slack) for parts in lines]


def _stretches(there: NDArray[np.bool_]) -> Iterator[tuple[list[int], slice]]:
    """Rows of bool[n, k] that have the same breaks, with each stretch between two of them: what is together is drawn together."""
    if there.all():
        yield list(range(len(there))), slice(None)
        return
    alike: dict[bytes, list[int]] = {}
    for row, good in enumerate(there):
        alike.setdefault(good.tobytes(), []).append(row)
    for rows in alike.values():
        for part in runs(there[rows[0]]):
            yield rows, part


def _rows(traces: Sequence[Trace], window: Window) -> tuple[Floats, Floats]:
    """Times and values, float64[k] and float64[n, k], through which lines in a window go.

    Those in it, two before, which no line keeps both, and one after; where the recording left rows out, their extremes.
    """
    times = traces[0].times
    begin = max(0, int(times.searchsorted(window.t0)) - 2)
    rows = slice(begin, int(times.searchsorted(window.t1)) + 1)
    times, values = times[rows], np.array([trace.values[rows] for trace in traces])
    low = [trace.low[rows] for trace in traces if trace.low is not None]
    high = [trace.high[rows] for trace in traces if trace.high is not None]
    if not low or not high or len(times) < 2:
        return times, values
    return extremes(times, values, np.array(low), np.array(high))


def _thinned(times: Floats, heights: Floats, window: Window, *, hair: bool) -> list[Line]:
    """Few points of lines through float64[n, k] heights at float64[k] times, in px."""
    if len(times) < FEW:
        x = window.x(times)
        return [(x, y) for y in heights]
    lines = thin(times, heights, window.per_pixel)
    if not hair:
        return [simplify(window.x(t), y) for t, y in lines]
    if lines[0][0] is times:
        return sparse(window.x(times), heights)
    return [(window.x(t), y) for t, y in lines]


def _in_sight(lines: Sequence[Line], window: Window, slack: float) -> list[Line]:
    cut_lines = [cut(x, y, window.left - slack, window.right + slack) for x, y in lines]
    return [line for line in cut_lines if len(line[0]) > 1]


def stretch_of(recording: Recording, window: Window) -> Stretch:
    """What is recorded of a window and a little more, so that lines reach its edges."""
    margin = 2 * window.per_pixel
    return recording.stretch(window.t0 - margin, window.t1 + margin)


def read_all(stretch: Stretch, variable: str, elements: Sequence[int]) -> list[Trace]:
    """Traces of one variable of several elements."""
    course = stretch.course(variable, elements)
    times, values, rows = course.t, course.values, range(len(elements))
    if not times.size or not elements:
        return [Trace(elements[k], times, values[k]) for k in rows]
    low, high = (values if side is None else side for side in (course.low, course.high))
    least, most = np.fmin.reduce(low, axis=1), np.fmax.reduce(high, axis=1)  # breaks do not count
    ends = zip(least.tolist(), most.tolist(), strict=True)
    spans = [span if math.isfinite(span[0]) and math.isfinite(span[1]) else None for span in ends]
    if course.low is None or course.high is None:
        return [Trace(elements[k], times, values[k], known_span=spans[k]) for k in rows]
    return [Trace(elements[k], times, values[k], low[k], high[k], spans[k]) for k in rows]
