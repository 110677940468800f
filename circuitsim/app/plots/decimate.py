"""Long recordings as few points: the least and the greatest value of every pixel column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FLAT = 0.75  # px: a column that varies less is one point
MISSED = 0.25  # px by which a chord may miss a point that was left out
ROUNDS = 8  # of looking for such points
GROUP = 4  # points of hairlines of which one is enough where they are straight
FEW = 32  # points that are drawn sooner than thought about


def runs(good: Bools) -> Iterator[slice]:
    """The stretches of bool[k] that hold; those of one point are dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], good, [False])).astype(np.int8)))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if stop - start > 1:
            yield slice(start, stop)


def extremes(times: Floats, values: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Lines that reach the extremes of what was left out between their points.

    Only where they lie beyond both neighbours: a slope that was thinned stays a slope.

    Args:
        times: float64[k].
        values: float64[n, k], NaN at breaks.
        low: float64[n, k], least value from a point up to the next one.
        high: float64[n, k], greatest value.

    Returns:
        Times and values, float64[m] and float64[n, m]: the points, and two more halfway between those that need them.
    """
    left, right = values[:, :-1], values[:, 1:]
    dips, peaks = low[:, :-1] < np.minimum(left, right), high[:, :-1] > np.maximum(left, right)
    gaps = np.flatnonzero((dips | peaks).any(axis=0))
    middle = (left[:, gaps] + right[:, gaps]) / 2
    down = np.where(dips[:, gaps], low[:, gaps], middle)
    up = np.where(peaks[:, gaps], high[:, gaps], middle)
    rising = right[:, gaps] >= left[:, gaps]
    pairs = np.stack((np.where(rising, down, up), np.where(rising, up, down)), axis=2)
    at = np.repeat(gaps + 1, 2)
    between = np.repeat((times[gaps] + times[gaps + 1]) / 2, 2)
    return np.insert(times, at, between), np.insert(values, at, pairs.reshape(len(values), -1), axis=1)


def thin(times: Floats, pixels: Floats, width: float) -> list[tuple[Floats, Floats]]:
    """Points that draw the same pictures.

    Columns stand at multiples of their width in time, not in the window, so that the picture does not
    flicker while it scrolls.

    Args:
        times: float64[k], increasing.
        pixels: float64[n, k], heights of n lines in px.
        width: Width of a column, in units of time.

    Returns:
        Times and heights of each line: of a column that varies, first, least, greatest and last; else its first.
    """
    whole = [(times, row) for row in pixels]
    if len(times) < 3 or width <= 0:
        return whole
    column = np.floor(times / width)
    starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    if len(starts) > len(times) // 4:
        return whole
    low = np.minimum.reduceat(pixels, starts, axis=1)
    high = np.maximum.reduceat(pixels, starts, axis=1)
    busy = high - low > FLAT
    few = np.append(starts, len(times) - 1)
    few_times = times[few]
    return [
        _with_extremes(times, row, starts, busy[k], (low[k], high[k]))
        if busy[k].any()
        else (few_times, row[few])
        for k, row in enumerate(pixels)
    ]


def _with_extremes(
    times: Floats, pixels: Floats, starts: Ints, busy: Bools, ends: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """The first point of every column, and of busy ones also least, greatest and last."""
    low, high = ends
    last = np.append(starts[1:], len(times)) - 1
    offset = np.concatenate(([0], np.cumsum(np.where(busy, 4, 1))))
    out_t = np.empty(offset[-1] + 1)
    out_y = np.empty(offset[-1] + 1)
    first = offset[:-1]
    out_t[first], out_y[first] = times[starts], pixels[starts]
    at, begin, end = first[busy], starts[busy], last[busy]
    middle = (times[begin] + times[end]) / 2
    rising = pixels[end] >= pixels[begin]
    out_t[at + 1], out_y[at + 1] = middle, np.where(rising, low[busy], high[busy])
    out_t[at + 2], out_y[at + 2] = middle, np.where(rising, high[busy], low[busy])
    out_t[at + 3], out_y[at + 3] = times[end], pixels[end]
    out_t[-1], out_y[-1] = times[-1], pixels[-1]
    return out_t, out_y


def simplify(x: Floats, y: Floats, tolerance: float = 0.08) -> tuple[Floats, Floats]:
    """Leave out points of float64[k] whose absence moves the line by less than a tolerance, all in px.

    A chord over m points of curvature c misses the curve by c m^2 / 8, so points are kept at the density
    sqrt(c / (8 tolerance)): few where the line is straight, all at a corner. Thick antialiased lines cost by the point.
    """
    if len(x) < FEW:
        return x, y
    share = (x[1:-1] - x[:-2]) / np.maximum(x[2:] - x[:-2], 1e-12)
    bend = 2.0 * np.abs(y[:-2] + share * (y[2:] - y[:-2]) - y[1:-1])
    amount = np.cumsum(np.sqrt(bend / (8.0 * tolerance)))
    kept = np.empty(len(x), dtype=bool)
    kept[0] = kept[-1] = kept[1] = True
    kept[2:-1] = np.diff(np.floor(amount)) > 0
    _keep_corners(x, y, kept)
    return x[kept], y[kept]


def sparse(x: Floats, y: Floats) -> list[tuple[Floats, Floats]]:
    """Leave out three of four points wherever a chord misses none of them by much; in one go for many lines.

    Args:
        x: float64[k], in px.
        y: float64[n, k], heights of n lines in px.
    """
    whole = (len(x) - 1) // GROUP * GROUP
    left, right = y[:, :whole:GROUP], y[:, GROUP : whole + 1 : GROUP]
    way = right - left
    misses = np.zeros(left.shape, dtype=bool)
    for k in range(1, GROUP):
        share = (x[k:whole:GROUP] - x[:whole:GROUP]) / (x[GROUP : whole + 1 : GROUP] - x[:whole:GROUP])
        misses |= np.abs(left + share * way - y[:, k:whole:GROUP]) > MISSED
    kept = np.ones(y.shape, dtype=bool)
    for k in range(1, GROUP):
        kept[:, k:whole:GROUP] = misses
    ends = np.cumsum(kept.sum(axis=1)).tolist()
    all_x, all_y = np.broadcast_to(x, y.shape)[kept], y[kept]
    return [(all_x[begin:end], all_y[begin:end]) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def _keep_corners(x: Floats, y: Floats, kept: Bools) -> None:
    """Keep the points that chords miss: where a long straight stretch ends, curvature is not that of its chord."""
    for _ in range(ROUNDS):
        ends = np.flatnonzero(kept)
        off = np.abs(y - np.interp(x, x[ends], y[ends]))
        off[ends] = 0.0
        missing = np.flatnonzero(np.maximum.reduceat(off, ends[:-1]) > MISSED)
        if not len(missing):
            return
        for k in missing.tolist():
            kept[ends[k] + int(np.argmax(off[ends[k] : ends[k + 1]]))] = True


def cut(x: Floats, y: Floats, left: float, right: float) -> tuple[Floats, Floats]:
    """The part of a line through float64[k] points between two places; vector files know no clipping."""
    if len(x) == 0 or x[-1] < left or x[0] > right:
        return x[:0], y[:0]
    if x[0] >= left and x[-1] <= right:
        return x, y
    ends = np.array([max(x[0], left), min(x[-1], right)])
    edges = np.interp(ends, x, y)
    inside = (x > ends[0]) & (x < ends[1])
    return (
        np.concatenate((ends[:1], x[inside], ends[1:])),
        np.concatenate((edges[:1], y[inside], edges[1:])),
    )


def dashes(x: Floats, y: Floats, drawn: float, left_out: float, shift: float) -> tuple[Floats, Floats]:
    """The drawn pieces of a dashed line through float64[k] points, all in px.

    Dashes stand at multiples of their length along x plus a shift, so that they move with the data and
    do not crawl along them.

    Returns:
        Starts and ends of straight pieces, both float64[n, 2].
    """
    period = drawn + left_out
    first, last = np.floor((x[0] + shift) / period), np.floor((x[-1] + shift) / period)
    begins = np.arange(first, last + 1) * period - shift
    edges = np.concatenate((begins, begins + drawn))
    all_x = np.sort(np.concatenate((x, edges[(edges > x[0]) & (edges < x[-1])])))
    points = np.column_stack((all_x, np.interp(all_x, x, y)))
    middle = (all_x[:-1] + all_x[1:]) / 2
    on = (middle + shift) % period < drawn
    return points[:-1][on], points[1:][on]
