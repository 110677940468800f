"""Axes: limits that follow the data without trembling, and round numbers on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLACK = 0.06  # room above and below the data, as a share of their span
SHRINK = 0.55  # limits close in when the data fill less than this share of them
LEAST = 1e-9
KEPT = 256  # ticks and their texts; a frame asks for the same ones as the frame before


def round_step(span: float, count: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides a span into at most so many parts."""
    raw = span / max(1, count)
    if not raw > 0 or not math.isfinite(raw):
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(float(k * power) for k in (1, 2, 5, 10) if k * power >= raw * (1 - 1e-9))


@lru_cache(KEPT)
def ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Multiples of a round step between two limits."""
    step = round_step(high - low, count)
    first = math.ceil(low / step - 1e-9)
    return tuple(k * step for k in range(first, math.floor(high / step + 1e-9) + 1))


@lru_cache(KEPT)
def log_ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Powers of ten between two positive limits; with their 2- and 5-fold where there is room for so many.

    Within less than that, round numbers as on an even scale.
    """
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    choices = [
        tuple(v for d in decades for k in factors if low <= (v := k * 10.0**d) <= high)
        for factors in ((1, 2, 5), (1, 3), (1,))
    ]
    found = next((choice for choice in choices if len(choice) <= count), choices[-1])
    if len(found) < 2:  # one number tells no scale
        found = min(
            (choice for choice in choices if len(choice) >= 2), key=len, default=ticks(low, high, count)
        )
    every = max(1, math.ceil(len(found) / count))
    return found[(len(found) - 1) % every :: every]


@lru_cache(KEPT)
def tick_text(value: float, step: float) -> str:
    """A tick with as many places as its step needs."""
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    text = f"{value:.{places}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


@dataclass
class Scale:
    """Limits of a lane; they widen at once and close in only when the data have become much smaller.

    Attributes:
        low: Lower limit.
        high: Upper limit.
        known: True once it has followed data.
        locked: True while it stays as it is.
    """

    low: float = 0.0
    high: float = 1.0
    known: bool = False
    locked: bool = False

    def follow(self, low: float, high: float) -> None:
        """Take in the least and the greatest value now in sight."""
        if self.locked or not (math.isfinite(low) and math.isfinite(high)):
            return
        size = max(abs(low), abs(high))
        least = max(LEAST, 1e-4 * size) if high > low else 0.1 * (size or 1.0)  # flat is not tiny
        if high - low < least:
            low, high = (low + high - least) / 2, (low + high + least) / 2
        fits = self.known and low >= self.low and high <= self.high
        if fits and high - low > SHRINK * (self.high - self.low) * (1 - 2 * SLACK):
            return
        step = round_step((high - low) * (1 + 2 * SLACK), 8)
        self.low = math.floor((low - SLACK * (high - low)) / step) * step
        self.high = math.ceil((high + SLACK * (high - low)) / step) * step
        self.known = True

    def forget(self) -> None:
        """Start anew with the next data."""
        self.known = self.locked = False

    def shift(self, way: float) -> None:
        """Move both limits by a share of their distance, and hold them."""
        way *= self.high - self.low
        self.low, self.high, self.locked = self.low + way, self.high + way, True

    def stretch(self, factor: float, share: float) -> None:
        """Widen the limits by a factor about a place between them, from 0 to 1, and hold them."""
        span = self.high - self.low
        wide = min(max(span * factor, LEAST), 1.0 / LEAST)
        self.low += share * (span - wide)
        self.high, self.locked = self.low + wide, True

    def place(self, values: NDArray[np.float64], top: float, bottom: float) -> NDArray[np.float64]:
        """Heights in px of float64[k]."""
        result = values - self.low
        result *= (top - bottom) / (self.high - self.low)
        result += bottom
        return result

    def height(self, value: float, top: float, bottom: float) -> float:
        """Height in px of one value."""
        return bottom - (value - self.low) / (self.high - self.low) * (bottom - top)
