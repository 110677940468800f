"""Starting the window from the command line."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.app.window.display import require_display
from circuitsim.spec.arguments import Parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QApplication

    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.journal import Slot
    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.store.store import Store

TURN = 0.0003  # s after which a thread lets another one have the interpreter; the engine asks for it a thousand times a second
TURNS = 6  # after the first paint, in which lines are drawn, while nothing moves yet
EVERY = 15  # ms from one of them to the next; after the last one the run begins
LOADED = 140  # ms from then until frames begin: kernels are loaded, which would hold up the first frames
AHEAD = 200  # ms from then until pages are made ahead: the first frames have enough to do
SETTLED = 2000  # ms after which all is made that a window keeps


def main(words: Sequence[str]) -> int:
    """Open the window with a file, else with what was open last, and let it run.

    Raises:
        InputError: If there is no display or the file cannot be read.
    """
    from circuitsim.store.store import Store

    parser = Parser(prog="circuitsim")
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--frame-log", metavar="LOG.csv", type=Path)
    given = parser.parse_args(list(words))
    require_display()
    from circuitsim.app.window import garbage, plain_imports

    garbage.keep_to_this_thread()
    plain_imports.keep_plain()
    from PySide6.QtCore import QTimer

    _compile_meanwhile()
    store = Store.of_user()
    app = application(store.settings.scale)
    window = start(given.file, store)
    if given.frame_log is not None:
        window.log_frames(given.frame_log)
    log = window.frame_log
    QTimer.singleShot(SETTLED, window, garbage.settle)
    with _ended_by_signal(app):
        status = int(app.exec())
    if status:  # ended from outside: nobody is there to be asked about changes
        window.leave_at_once()
    if log is not None:
        print(log.text)  # noqa: T201  (who asks for the log wants to know)
    return status


def _compile_meanwhile() -> None:
    """Where nothing has ever been compiled, begin with what every circuit needs while the window is made."""
    from circuitsim.dynamics import code_store

    if not code_store.root().exists():
        from circuitsim.dynamics import build

        build.compile_in_processes(begin=True)


def start(named: Path | None, store: Store) -> MainWindow:
    """Show the window of a person: with what was open, where it stood, and running.

    Raises:
        InputError: If a file was named and cannot be read.
    """
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.session import opening, restore_place

    first = opening(named, store)
    preferences = Preferences(store)
    preferences.apply()
    window = build(first.circuit, first.path, preferences, first.slot)
    if first.path is not None:
        preferences.remember(first.path)
        window.watch.begin()
    if first.unsaved:
        window.document.not_saved()
    restore_place(window, store)
    run_when_seen(window)
    kept = store.settings.geometry
    window.showMaximized() if kept is not None and kept.maximized else window.show()
    window.strip.welcome()
    for notice in (*store.notices, first.notice):
        if notice:
            window.document.set_notice(notice)
    return window


def run_when_seen(window: MainWindow) -> None:
    """Let the circuit of a window run once it is on the screen, and then prepare what may be looked at next."""
    from circuitsim.app.panels.inspector import Inspector
    from circuitsim.app.window import garbage
    from circuitsim.app.window.first_paint import FirstPaint

    def settle() -> None:
        garbage.keep()
        document.simulator.compile_in_processes()

    inspector, document = window.panels["inspector"], window.document
    assert isinstance(inspector, Inspector)  # noqa: S101  (its panel makes it)
    first = document.simulator

    def run() -> None:
        # a circuit that was opened meanwhile may stand still again; views show the present, and are not painted for that
        if document.simulator is first and document.circuit.neurons:
            first.play()

    canvas, draw, prepare = window.canvas.refresh, window.frames.start, inspector.prepare
    lines = ((EVERY, canvas),) * TURNS
    # the first frame of all would be the longest: the canvas has one before the scope
    FirstPaint(window, (0, settle), *lines, (0, run), (LOADED, canvas), (EVERY, draw), (AHEAD, prepare))


@contextlib.contextmanager
def _ended_by_signal(app: QApplication) -> Iterator[None]:
    """Let Ctrl+C and the request to end leave the event loop instead of breaking into the drawing."""

    def leave(number: int, _frame: object) -> None:
        app.exit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def application(scale: float | None = None) -> QApplication:
    """The one application, in the theme of the desktop.

    Args:
        scale: Size of everything in it; None leaves it to the desktop. It holds from the first call on.
    """
    from PySide6.QtWidgets import QApplication

    from circuitsim.app import theme
    from circuitsim.app.window.repeats import keep_keys_held

    running = QApplication.instance()
    if isinstance(running, QApplication):
        keep_keys_held(running)
        return running
    if scale is not None:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{scale:g}")
    # Qt hands fills of a hundred lines to threads and waits for them, which costs more than the fills of a frame
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    sys.setswitchinterval(TURN)
    app = QApplication(["circuitsim"])
    app.setApplicationName("circuitsim")
    app.setApplicationDisplayName("circuitsim")
    theme.set_theme(theme.desktop_theme())
    keep_keys_held(app)
    return app


def build(
    circuit: object, path: Path | None, preferences: Preferences | None = None, slot: Slot | None = None
) -> MainWindow:
    """A window with a circuit in it, not yet shown.

    Args:
        circuit: The circuit.
        path: Its file; None if it has none.
        preferences: What the person has chosen; None for a window that keeps nothing.
        slot: Where its unsaved changes are kept; None keeps none.
    """
    from circuitsim.app.document.document import Document
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.store.store import Store

    assert isinstance(circuit, Circuit)  # noqa: S101  (the import waits until Qt is needed)
    document = Document(circuit)
    document.path = path
    return MainWindow(document, preferences or Preferences(Store(None)), slot)
