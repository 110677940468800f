"""Colours, fonts, icons and sizes: the only place that knows a colour."""

from __future__ import annotations

from circuitsim.app.theme.holder import (
    changed,
    coming,
    current,
    desktop_theme,
    reduced_motion,
    set_reduced_motion,
    set_theme,
    turn_to,
    turning,
)
from circuitsim.app.theme.icons import icon
from circuitsim.app.theme.tokens import DARK, LIGHT, THEMES, Theme
from circuitsim.app.theme.type import font, named

__all__ = [
    "DARK", "LIGHT", "THEMES", "Theme", "changed", "coming", "current", "desktop_theme", "font", "icon", "named", "reduced_motion",
    "set_reduced_motion", "set_theme", "turn_to", "turning",
]  # fmt: skip
