"""Curves through knots: monotone piecewise cubic Hermite interpolation, as kernels and in numpy.

Between two knots the curve never leaves the interval of their values, and its derivative is continuous everywhere.
Inner slopes are the weighted harmonic means of Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300, which
keep the condition of Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238, eq. 4. Where a curve goes on in
straight lines, the end slopes are those of the parabola through three knots, limited by the same condition; where it
is held, they are 0.

A curve is a column of `ROWS` numbers: MOST breaks, infinite beyond the last knot, then the coefficients c0 to c3 of
PIECES cubics c0 + d (c1 + d (c2 + d c3)). The first piece lies before the first knot, the last one behind the last;
d is counted from the knot before, in the first piece from the first knot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.curve import MOST

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats, Ints
    from circuitsim.spec.curve import Knots

PIECES = MOST + 1
ROWS = MOST + 4 * PIECES
FAR = 1e150  # squares of larger numbers are beyond floating point


def piece(table: Floats, length: int, j: int, v: float) -> int:
    """The piece of curve j of `length` in which v lies: the number of knots at or below it."""
    low, high = 0, MOST
    while low < high:
        middle = (low + high) // 2
        if table[middle * length + j] <= v:
            low = middle + 1
        else:
            high = middle
    return low


def spline(table: Floats, length: int, j: int, v: float) -> float:
    """The value of curve j of `length` at v; `table` holds their rows one after the other."""
    k = piece(table, length, j, v)
    d = v - table[max(k - 1, 0) * length + j]
    first, step = (MOST + k) * length + j, PIECES * length
    value: float = table[first] + d * (
        table[first + step] + d * (table[first + 2 * step] + d * table[first + 3 * step])
    )
    return value


def spline_slope(table: Floats, length: int, j: int, v: float) -> float:
    """The derivative of `spline` with respect to v."""
    k = piece(table, length, j, v)
    d = v - table[max(k - 1, 0) * length + j]
    first, step = (MOST + k) * length + j, PIECES * length
    value: float = table[first + step] + d * (
        2.0 * table[first + 2 * step] + 3.0 * d * table[first + 3 * step]
    )
    return value


def rows_of(knots: Knots) -> list[float]:
    """Knots as 2 MOST numbers, x before y; the last knot stands in all places that are left."""
    more = MOST - len(knots)
    return [*knots.x, *knots.x[-1:] * more, *knots.y, *knots.y[-1:] * more]


def curves(knots: Floats, *, held: bool) -> Floats:
    """The columns of curves, float64[ROWS, s].

    Args:
        knots: float64[2 MOST, s], as `rows_of` makes them.
        held: Whether they keep their end values outside the knots, or go on in straight lines.
    """
    x, y = knots[:MOST], knots[MOST:]
    h = np.diff(x, axis=0)
    rise = np.divide(np.diff(y, axis=0), h, out=np.zeros_like(h), where=h > 0.0)
    last = np.count_nonzero(h, axis=0)
    m = _slopes(h, rise, last, held=held)
    width = np.where(h > 0.0, h, 1.0)
    rows = np.zeros((ROWS, x.shape[1]))
    index = np.arange(MOST)[:, None]
    rows[:MOST] = np.where(index <= last, x, np.inf)
    c0, c1, c2, c3 = (rows[MOST + k * PIECES : MOST + (k + 1) * PIECES] for k in range(4))
    c0[0], c0[1:] = y[0], np.where(index <= last, y, 0.0)
    c1[0], c1[1:] = m[0], m
    inside = h > 0.0
    c2[1:-1] = np.where(inside, (3.0 * rise - 2.0 * m[:-1] - m[1:]) / width, 0.0)
    c3[1:-1] = np.where(inside, (m[:-1] + m[1:] - 2.0 * rise) / width**2, 0.0)
    return rows


def _slopes(h: Floats, rise: Floats, last: Ints, *, held: bool) -> Floats:
    """Slope at every knot, float64[MOST, s]; 0 beyond the last one."""
    m = np.zeros((MOST, h.shape[1]))
    a, b = rise[:-1], rise[1:]
    one, other = 2.0 * h[1:] + h[:-1], h[1:] + 2.0 * h[:-1]
    alike = (np.sign(a) == np.sign(b)) & (a != 0.0)
    a, b = np.where(alike, a, 1.0), np.where(alike, b, 1.0)
    with np.errstate(over="ignore"):  # beside a rise of almost nothing the slope is 0
        m[1:-1] = np.where(alike, (one + other) / np.where(alike, one / a + other / b, 1.0), 0.0)
    column = np.arange(h.shape[1])
    end, before = last - 1, np.maximum(last - 2, 0)
    m[0], m[last, column] = 0.0, 0.0
    if not held:
        second = np.minimum(1, end)
        m[0] = _end_slope(h[0], h[second, column], rise[0], rise[second, column])
        m[last, column] = _end_slope(
            h[end, column], h[before, column], rise[end, column], rise[before, column]
        )
    return m


def _end_slope(h: Floats, next_h: Floats, rise: Floats, next_rise: Floats) -> Floats:
    """Slope at an end of the parabola through three knots, limited so that the curve stays monotone."""
    m = ((2.0 * h + next_h) * rise - h * next_rise) / (h + next_h)
    m = np.where(np.sign(m) == np.sign(rise), m, 0.0)
    turns = np.sign(rise) != np.sign(next_rise)
    return np.where(turns & (np.abs(m) > 3.0 * np.abs(rise)), 3.0 * rise, m)


def evaluate(rows: Floats, v: Floats) -> Floats:
    """Values of curves, float64[s], each at its own v; v may be infinite."""
    near = np.clip(v, -FAR, FAR)
    k = np.count_nonzero(rows[:MOST] <= near, axis=0)
    column = np.arange(rows.shape[1])
    c0, c1, c2, c3 = (rows[MOST + n * PIECES + k, column] for n in range(4))
    d = near - rows[np.maximum(k - 1, 0), column]
    value: Floats = c0 + d * (c1 + d * (c2 + d * c3))
    endless = np.isinf(v) & (c1 != 0.0)
    return np.where(endless, np.copysign(np.inf, c1 * np.sign(v)), value)


def extremes(rows: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Least and greatest value of each curve over its own interval, float64[s] each.

    Between two knots it rises or falls throughout, so only the ends and the knots inside count.
    """
    ends = np.stack([evaluate(rows, low), evaluate(rows, high)])
    inside = np.isfinite(rows[:MOST]) & (rows[:MOST] >= low) & (rows[:MOST] <= high)
    at_knots = rows[MOST + 1 : MOST + PIECES]
    least = np.where(inside, at_knots, np.inf).min(axis=0)
    most = np.where(inside, at_knots, -np.inf).max(axis=0)
    return np.minimum(ends.min(axis=0), least), np.maximum(ends.max(axis=0), most)


def steepest(rows: Floats) -> Floats:
    """Greatest |derivative| of each curve anywhere, float64[s].

    Within a piece it is a parabola in d, so that only the knots and its vertex count.
    """
    _, c1, c2, c3 = (rows[MOST + n * PIECES : MOST + (n + 1) * PIECES] for n in range(4))
    with np.errstate(over="ignore"):
        vertex = np.divide(-c2, 3.0 * c3, out=np.zeros_like(c3), where=c3 != 0.0)
        end = np.zeros_like(vertex)
        end[1:-1] = np.diff(np.where(np.isfinite(rows[:MOST]), rows[:MOST], 0.0), axis=0)
        inside = (vertex > 0.0) & (vertex < end)
        turned = np.where(inside, c1 + c2 * vertex, 0.0)
    steep: Floats = np.maximum(np.abs(c1), np.abs(turned)).max(axis=0)
    return steep


def course(knots: Knots, x: Floats, *, held: bool) -> Floats:
    """One curve at many places, float64[n]."""
    column = curves(np.array(rows_of(knots))[:, None], held=held)
    return evaluate(np.broadcast_to(column, (ROWS, x.size)), x)
