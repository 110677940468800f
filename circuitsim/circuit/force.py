"""Positions from forces: joined neurons attract, all others repel; for circuits without an order of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.circuit.graph import Wiring

_ROUNDS = 120


def spread(joined: Wiring) -> NDArray[np.float64]:
    """Positions after Fruchterman and Reingold (1991), begun on a circle, so that they are always the same.

    Returns:
        float64[n_neurons, 2], with a typical distance of 1 between neighbours.
    """
    n = joined.size
    if n == 0:
        return np.zeros((0, 2))
    angle = 2 * np.pi * np.arange(n) / n
    at = np.sqrt(n) / 2 * np.column_stack([np.cos(angle), np.sin(angle)])
    for heat in np.linspace(0.25 * np.sqrt(n), 0.02, _ROUNDS):
        between = at[:, None, :] - at[None, :, :]
        square = np.maximum((between**2).sum(axis=2), 1e-6)
        push = (between / square[:, :, None]).sum(axis=1)
        along = at[joined.pre] - at[joined.post]
        pull = along * np.hypot(along[:, 0], along[:, 1])[:, None]
        np.add.at(push, joined.pre, -pull)
        np.add.at(push, joined.post, pull)
        push -= 0.05 * np.sqrt(n) * (at - at.mean(axis=0))  # keeps parts that are not joined together
        length = np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9)
        at = at + push * (np.minimum(length, heat) / length)[:, None]
    centred: NDArray[np.float64] = at - at.mean(axis=0)
    return centred


def onto_grid(at: NDArray[np.float64], pitch: tuple[float, float]) -> NDArray[np.float64]:
    """Move every point to a free crossing of a grid near it, the innermost first.

    Args:
        at: float64[n, 2], about 1 apart.
        pitch: Width and height of a cell of the grid.

    Returns:
        float64[n, 2], all different.
    """
    wanted = np.rint(at * 1.3).astype(int)
    taken: set[tuple[int, int]] = set()
    result = np.empty(at.shape)
    for k in np.argsort((at**2).sum(axis=1), kind="stable"):
        cell = _nearest_free((int(wanted[k, 0]), int(wanted[k, 1])), at[k] * 1.3, taken)
        taken.add(cell)
        result[k] = (pitch[0] * cell[0], pitch[1] * cell[1])
    return result


def _nearest_free(
    start: tuple[int, int], wish: NDArray[np.float64], taken: set[tuple[int, int]]
) -> tuple[int, int]:
    """The free cell nearest to a wish in the first square ring around the start that has one."""
    if start not in taken:
        return start
    ring = 1
    while True:
        span = range(-ring, ring + 1)
        free = [
            cell
            for dx in span
            for dy in span
            if max(abs(dx), abs(dy)) == ring and (cell := (start[0] + dx, start[1] + dy)) not in taken
        ]
        if free:
            return min(free, key=lambda c: ((c[0] - wish[0]) ** 2 + (c[1] - wish[1]) ** 2, c))
        ring += 1
