"""Keeps a wheel that scrolls or zooms from changing a value that comes to lie under the pointer."""

from __future__ import annotations

from time import monotonic

REST = 1.0  # s

_last = float("-inf")


def note() -> None:
    """Something was scrolled or zoomed just now."""
    global _last
    _last = monotonic()


def just_scrolled() -> bool:
    """True for a moment after a scroll or zoom; as long as the wheel goes on, that moment goes on."""
    if monotonic() - _last >= REST:
        return False
    note()
    return True


def forget() -> None:
    """Forget the last scroll."""
    global _last
    _last = float("-inf")
