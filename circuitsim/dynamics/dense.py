"""Solving small dense linear systems inside kernels: LU decomposition with partial pivoting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats


def factor(a: Floats, n: int, pivots: Floats) -> None:
    """Replace the leading n x n block of a by its factors L (below the diagonal, with ones on it) and U.

    Multipliers that are zero are skipped, so that the sparse rows of a circuit cost little.

    Args:
        a: float64[n, w], w at least n.
        n: Size of the system.
        pivots: float64[n], filled with the row that each row was exchanged with.
    """
    for k in range(n):
        best = k
        for i in range(k + 1, n):
            if abs(a[i, k]) > abs(a[best, k]):
                best = i
        pivots[k] = best
        if best != k:
            for j in range(n):
                a[k, j], a[best, j] = a[best, j], a[k, j]
        top = a[k]
        for i in range(k + 1, n):
            row = a[i]
            if row[k] != 0.0:
                multiplier = row[k] / top[k]
                row[k] = multiplier
                for j in range(k + 1, n):
                    row[j] -= multiplier * top[j]


def solve(a: Floats, n: int, pivots: Floats, v: Floats) -> None:
    """Replace v, float64[n] or longer, by the solution of the system that was factored."""
    for k in range(n):
        other = int(pivots[k])
        v[k], v[other] = v[other], v[k]
    for i in range(1, n):
        total = v[i]
        for j in range(i):
            total -= a[i, j] * v[j]
        v[i] = total
    for back in range(n):
        i = n - 1 - back
        total = v[i]
        for j in range(i + 1, n):
            total -= a[i, j] * v[j]
        v[i] = total / a[i, i]
