"""How long the path of a network is, and how many points an adaptive solver needs for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.spec.bounds import Floats

    Rate = Callable[[float, Floats], Floats]

LOOSE, LOOSE_ABSOLUTE = 1e-2, 1e-4  # tolerances of the authors' solver, where points are counted
REFINED = 4  # points that it gives for each of its steps
SAMPLES = 100  # of the input, to which points are related


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The path of all states over time.

    Attributes:
        seen: float64[s, 2], its first two principal components.
        length: Sum of the chords of these.
        diameter: Largest distance of two of their points.
    """

    seen: Floats
    length: float
    diameter: float

    @property
    def shape(self) -> float:
        """Length over diameter: how long it is whatever its scale; NaN of a path that does not move."""
        return self.length / self.diameter if self.diameter > 0.0 else np.nan


def path_of(states: Floats) -> Path:
    """The path of float64[s, n] states (Hasani et al., AAAI 2021, section 5; principal components of centred columns)."""
    from scipy.linalg import eigh

    centred, n = states - states.mean(axis=0), states.shape[1]
    axes = eigh(centred.T @ centred, subset_by_index=(max(0, n - 2), n - 1))[1][:, ::-1]
    seen = centred @ axes
    if seen.shape[1] < 2:
        seen = np.column_stack([seen, np.zeros(seen.shape[0])])
    length = float(np.linalg.norm(np.diff(seen, axis=0), axis=1).sum())
    return Path(seen, length, _diameter(seen))


def _diameter(points: Floats) -> float:
    """Largest distance of two of float64[s, 2] points: of two corners of what they span."""
    from scipy.spatial import ConvexHull, QhullError

    try:
        corners = points[ConvexHull(points).vertices]
    except (QhullError, ValueError):  # they are few or lie on a line, that of the first component
        corners = points[[points[:, 0].argmin(), points[:, 0].argmax()]]
    return float(max(np.linalg.norm(corners - corner, axis=1).max() for corner in corners))


def depth(rate: Rate, start: Floats, end: float) -> float:
    """Points of an adaptive solver for each sample of the input: the authors' measure of depth.

    Counted as theirs: Dormand-Prince 5(4) at the tolerances of their code, four points a step, 100 samples.
    """
    from scipy.integrate import solve_ivp

    found = solve_ivp(rate, (0.0, end), start, "RK45", rtol=LOOSE, atol=LOOSE_ABSOLUTE)
    return float(REFINED * (found.t.size - 1) / SAMPLES)
