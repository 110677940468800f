"""The picture of a stimulus: its time course, sampled from its own declaration."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.engine.groups import stimulus_numbers
from circuitsim.engine.span import last_edge, period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.circuit.elements import Input
    from circuitsim.spec.kind import Function, StimulusKind

SAMPLES = 121
MARGIN = 0.25  # shown behind the last edge, of the time before it


def wave_points(kind: StimulusKind, element: Input, seed: int) -> list[tuple[float, float]]:
    """The time course scaled to a unit square; a value that never changes lies in the middle."""
    row = stimulus_numbers(kind, element, seed)
    return list(_course(kind.value, _span(kind, element, row), row.tobytes()))


@lru_cache(maxsize=512)
def _course(value: Function, span: float, numbers: bytes) -> tuple[tuple[float, float], ...]:
    """Points of a time course; noise takes some milliseconds, and pictures are painted again and again."""
    row, times = np.frombuffer(numbers), np.linspace(0.0, span, SAMPLES)
    values = np.array([float(value(row, t)) for t in times.tolist()])
    values = np.where(np.isfinite(values), values, 0.0)
    low, high = float(values.min()), float(values.max())
    heights = (values - low) / (high - low) if high > low else np.full(SAMPLES, 0.5)
    return tuple(zip((times / span).tolist(), heights.tolist(), strict=True))


def wave_span(kind: StimulusKind, element: Input) -> float:
    """The model time that the picture shows."""
    return _span(kind, element, stimulus_numbers(kind, element, 0))


def _span(kind: StimulusKind, element: Input, row: NDArray[np.float64]) -> float:
    """The time shown: as declared, or two periods, or all edges and a little more."""
    if kind.glimpse is not None:
        return float(kind.glimpse(row))
    if element.table is not None and kind.table and element.table.times[-1] > 0:
        return element.table.times[-1] * (1 + MARGIN / 2)
    if period(element) > 0:
        return 2.0 * period(element)
    last = last_edge(kind, row)
    return last * (1 + MARGIN) if last > 0 else 1.0
