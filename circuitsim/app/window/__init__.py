"""The main window: menus, bars, canvas, panels and status, and how a person starts it."""

from __future__ import annotations

from circuitsim.app.window.start import main

__all__ = ["main"]
