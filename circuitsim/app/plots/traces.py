"""What the scope shows of a recording, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.plots.decimate import FEW, cut, extremes, runs, simplify, thin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from circuitsim.engine.recording import Recording

    Floats = NDArray[np.float64]
    Line = tuple[Floats, Floats]


@dataclass(frozen=True)
class Window:
    """The stretch of time in sight and the pixels it is drawn on."""

    t0: float
    t1: float
    left: float
    right: float

    @property
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
    """

    element: int
    times: Floats
    values: Floats
    low: Floats | None = None
    high: Floats | None = None

    @property
    def span(self) -> tuple[float, float]:
        """Least and greatest value; infinite the wrong way round if there is none."""
        ends = [self.values if side is None else side for side in (self.low, self.high)]
        low, high = (side[np.isfinite(side)] for side in ends)
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
        value = float(np.interp(t, self.times, self.values))
        return value if np.isfinite(value) else None

    def rows(self, which: slice) -> Trace:
        """Some of its rows."""
        low, high = (None if side is None else side[which] for side in (self.low, self.high))
        return Trace(self.element, self.times[which], self.values[which], low, high)

    def scaled(self, element: int, gain: float, offset: float) -> Trace:
        """The trace of an element that is this one times a gain plus an offset."""
        sides = (self.low, self.high) if gain >= 0.0 else (self.high, self.low)
        low, high = (None if side is None else gain * side + offset for side in sides)
        return Trace(element, self.times, gain * self.values + offset, low, high)


def lines_of(traces: Sequence[Trace], window: Window, place: Callable[[Floats], Floats]) -> list[list[Line]]:
    """Points in px of every unbroken run of each trace: as few as draw the same picture.

    Args:
        traces: All read at once, so that they have the same times.
        window: The stretch of time; what lies beyond is cut off.
        place: Heights in px of values.
    """
    traces = _with_extremes(_within(traces, window))
    whole = [trace for trace in traces if len(trace.times) > 1 and np.isfinite(trace.values).all()]
    found: dict[int, list[Line]] = {}
    if whole:
        times, heights = whole[0].times, place(np.stack([trace.values for trace in whole]))
        if len(times) < FEW:
            x = window.x(times)
            found = {
                t.element: [cut(x, y, window.left, window.right)] for t, y in zip(whole, heights, strict=True)
            }
        else:
            lines = thin(times, heights, window.per_pixel)
            found = {t.element: _in_sight([line], window) for t, line in zip(whole, lines, strict=True)}
    for trace in traces:
        if trace.element not in found:
            parts = [
                line
                for times, values in runs(trace.times, trace.values)
                for line in thin(times, place(values)[None, :], window.per_pixel)
            ]
            found[trace.element] = _in_sight(parts, window)
    return [found[trace.element] for trace in traces]


def _within(traces: Sequence[Trace], window: Window) -> Sequence[Trace]:
    """The rows of traces that a window needs: those in it, two before, which no line keeps both, and one after."""
    if not traces:
        return traces
    times = traces[0].times
    begin = max(0, int(np.searchsorted(times, window.t0)) - 2)
    end = int(np.searchsorted(times, window.t1)) + 1
    if begin == 0 and end >= len(times):
        return traces
    return [trace.rows(slice(begin, end)) for trace in traces]


def _with_extremes(traces: Sequence[Trace]) -> Sequence[Trace]:
    """Traces through the extremes of the rows that the recording left out."""
    low = [trace.low for trace in traces if trace.low is not None]
    high = [trace.high for trace in traces if trace.high is not None]
    if not low or not high or len(traces[0].times) < 2:
        return traces
    values = np.stack([trace.values for trace in traces])
    times, values = extremes(traces[0].times, values, np.stack(low), np.stack(high))
    return [Trace(trace.element, times, row) for trace, row in zip(traces, values, strict=True)]


def _in_sight(lines: list[Line], window: Window) -> list[Line]:
    cut_lines = (cut(*simplify(window.x(times), y), window.left, window.right) for times, y in lines)
    return [line for line in cut_lines if len(line[0]) > 1]


def read_all(recording: Recording, variable: str, elements: Sequence[int], window: Window) -> list[Trace]:
    """Read traces with a little more than the window, so that lines reach its edges."""
    margin = 2 * window.per_pixel
    course = recording.course(variable, elements, window.t0 - margin, window.t1 + margin)
    rows = range(len(elements))
    if course.low is None or course.high is None:
        return [Trace(elements[k], course.t, course.values[k]) for k in rows]
    return [Trace(elements[k], course.t, course.values[k], course.low[k], course.high[k]) for k in rows]
