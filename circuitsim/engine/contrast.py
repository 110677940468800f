"""What a lesion does to a signal, in two numbers: its mean and its peak, without and with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from circuitsim.spec.bounds import Floats


@dataclass(frozen=True, slots=True)
class Contrast:
    """Mean over time and greatest value of a signal.

    Attributes:
        mean_before: Without lesions.
        mean_after: With them.
        peak_before: Without lesions.
        peak_after: With them.
    """

    mean_before: float
    mean_after: float
    peak_before: float
    peak_after: float


def contrast(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> Contrast:
    """Compare two courses of one signal over the time that both have.

    Args:
        before: float64[k] rising times and float64[k] values without lesions.
        after: float64[m] and float64[m], with them.

    Returns:
        The numbers; NaN where there is no common time.
    """
    found = [course for course in (before, after) if course[0].size]
    if len(found) < 2:
        return Contrast(*[float("nan")] * 4)
    begin, end = max(float(t[0]) for t, _ in found), min(float(t[-1]) for t, _ in found)
    (mean_before, peak_before), (mean_after, peak_after) = (_numbers(*c, begin, end) for c in found)
    return Contrast(mean_before, mean_after, peak_before, peak_after)


def _numbers(t: Floats, values: Floats, begin: float, end: float) -> tuple[float, float]:
    """Mean and greatest value between two times; the course is straight between its rows."""
    if not begin <= end:
        return float("nan"), float("nan")
    inside = t[(t > begin) & (t < end)]
    times = np.concatenate([[begin], inside, [end]])
    course = np.interp(times, t, values)
    mean = float(np.trapezoid(course, times)) / (end - begin) if end > begin else float(course[0])
    return mean, float(course.max())
