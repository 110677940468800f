"""Keys of the scope while it has the focus: A and B set cursors, arrows move the one used last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from circuitsim.app.plots.scope import Scope

NAMES: dict[int, str] = {Qt.Key.Key_A: "A", Qt.Key.Key_B: "B"}
WAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
GONE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
FAST = 10  # times as far with Shift


def wants(event: QEvent) -> bool:
    """Whether a key is one of the scope's, so that the window does not take it for a shortcut."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    shift = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    known = event.key() in (*NAMES, *WAYS, *GONE) and shift in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
    )
    if known:
        event.accept()
    return known


def press_key(scope: Scope, event: QKeyEvent) -> bool:
    """Do what a key says; False if it says nothing here."""
    key = event.key()
    if key in NAMES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        _set(scope, NAMES[key])
    elif key in WAYS and scope.cursors[scope.cursors.last] is not None:
        fast = FAST if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        _move(scope, WAYS[key] * fast)
    elif key in GONE and scope.cursors[scope.cursors.last] is not None:
        scope.put_cursor(scope.cursors.last, None)
    elif key == Qt.Key.Key_Escape:
        return scope.cancel()
    else:
        return False
    return True


def _set(scope: Scope, name: str) -> None:
    """Set a cursor under the pointer; without a pointer, set it somewhere in sight or take it away."""
    if scope.pointer is not None and scope.area.contains(scope.pointer):
        scope.put_cursor(name, scope.time_at(scope.pointer.x()))
    else:
        scope.flip_cursor(name)


def _move(scope: Scope, pixels: int) -> None:
    name = scope.cursors.last
    at = scope.cursors[name]
    if at is not None:
        window = scope.window_of_time
        scope.put_cursor(name, scope.time_at(window.place(at) + pixels))
