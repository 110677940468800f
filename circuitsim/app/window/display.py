"""Whether a window can be seen. Asked before Qt is, which ends the program with a page of text if there is no display."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from circuitsim.spec.issue import InputError, Issue

REMEDY = "draw into a file with: circuitsim shot FILE OUT.png"


def require_display() -> None:
    """Make sure that a window can be opened.

    Raises:
        InputError: If there is no display, or none that answers.
    """
    if has_display():
        return
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if named:
        raise InputError(Issue("", f"the display {named} does not answer", f"name another one, or {REMEDY}"))
    raise InputError(Issue("", "there is no display to open a window on", REMEDY))


def has_display() -> bool:
    """Whether Qt will find something to draw on."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or platform not in ("", "xcb"):
        return True
    return (platform == "" and _wayland_answers()) or _x_answers()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    import socket

    try:
        with socket.socket(socket.AF_UNIX) as compositor:
            compositor.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    """Connect as Qt will: by the library that knows about remote displays and permissions."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt says what is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
