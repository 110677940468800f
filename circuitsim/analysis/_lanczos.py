"""The largest singular value of a linear map that is given by products alone: from below, and for nonnegative maps from above."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.spec.bounds import Floats

    Gram = Callable[[Floats], Floats]

ROUNDS = 60
RESIDUAL = 1e-6  # of the largest eigenvalue; what that misses of it is about the square
GAP = 1e-4  # between a bound from above and one from below, as a part of them


def strongest(gram: Gram, shape: tuple[int, int], report: Callable[[float], bool]) -> tuple[float, Floats]:
    """Largest singular value of a map and what it stretches most, by Lanczos' iteration with all directions kept apart.

    Args:
        gram: A product with the transposed map times the map.
        shape: Of what it takes.
        report: Called with the fraction done; returns False to cancel.

    Returns:
        The value, and a direction of length 1.

    Raises:
        RunError: If it was cancelled.
    """
    size = math.prod(shape)
    if size == 0:
        return 0.0, np.zeros(shape)
    way = np.random.default_rng(0).normal(size=size)
    way /= np.linalg.norm(way)
    basis, diagonal, beside = np.empty((0, size)), np.empty(0), np.empty(0)
    rounds = min(ROUNDS, size)
    for k in range(rounds):
        basis = np.vstack([basis, way])
        after = gram(way.reshape(shape)).ravel()
        diagonal = np.append(diagonal, way @ after)
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        for _ in range(2):  # twice is enough
            after = after - basis.T @ (basis @ after)
        left = float(np.linalg.norm(after))
        if left * abs(vectors[-1, -1]) <= RESIDUAL * values[-1] or left == 0.0:
            break
        if report((k + 1) / rounds) is False:
            raise RunError(Issue("the analysis", "it was cancelled"))
        beside, way = np.append(beside, left), after / left
    found = vectors[:, -1] @ basis
    return math.sqrt(max(0.0, float(values[-1]))), (found / np.linalg.norm(found)).reshape(shape)


def bounded(gram: Gram, shape: tuple[int, int], rounds: int = ROUNDS) -> float:
    """A number that the largest singular value of a nonnegative map does not pass (Collatz and Wielandt's bound).

    For a nonnegative matrix G and any positive x no eigenvalue of G is larger than the largest of (G x)_i / x_i; x is what
    repeated products lead to, and the bound holds wherever they end.

    Args:
        gram: A product with the transposed map times the map, all of whose numbers are not negative.
        shape: Of what it takes.
        rounds: Products at most.
    """
    x, found = np.ones(shape), math.inf
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for _ in range(rounds):
            after = gram(x)
            ratio = after / x
            if not np.isfinite(ratio).all():
                return math.inf
            low, high = float((x * after).sum() / (x * x).sum()), float(ratio.max(initial=0.0))
            found = min(found, high)
            if found <= (1.0 + GAP) * low or not after.any():
                break
            x = np.maximum(after / after.max(), 1e-280)  # positive, wherever nothing arrives
    return math.sqrt(found) * (1.0 + 1e-12)  # rounding
