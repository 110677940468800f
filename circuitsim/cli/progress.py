"""A progress bar on standard error, for runs that take a while and are watched."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 0.5  # seconds before anything is shown
BETWEEN = 0.1  # seconds between two pictures
WIDTH = 32


class Progress:
    """Shows how much is done; only on a terminal, only if it takes long, and leaves nothing behind."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self._begin = time.monotonic()
        watched = self._stream is not None and self._stream.isatty()
        self._next = self._begin + PATIENCE if watched else float("inf")
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def __call__(self, fraction: float) -> bool:
        """Show a fraction; the run goes on."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + BETWEEN
            self._draw(min(max(fraction, 0.0), 1.0), now - self._begin)
        return True

    def _draw(self, fraction: float, spent: float) -> None:
        full = round(WIDTH * fraction)
        left = f", {_duration(spent / fraction - spent)} left" if fraction > 0.0 else ""
        bar = "\u2588" * full + "\u2591" * (WIDTH - full)
        self._stream.write(f"\r{bar} {100 * fraction:3.0f} %{left}\x1b[K")
        self._stream.flush()
        self._shown = True


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
