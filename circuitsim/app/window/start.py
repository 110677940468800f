"""Starting the window from the command line."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.app.window.display import require_display

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QApplication

    from circuitsim.app.window.main_window import MainWindow

FIRST = "liquid"  # the example that is shown when no file is named


def main(words: Sequence[str]) -> int:
    """Open the window with a file, or with the first example, and let it run.

    Raises:
        InputError: If there is no display or the file cannot be read.
    """
    require_display()
    path = Path(words[0]) if words else None
    if path is not None:
        from circuitsim.api import load

        circuit = load(path)
    else:
        from circuitsim.api import load
        from circuitsim.io.examples import example

        circuit = load(example(FIRST).path)
    app = application()
    window = build(circuit, path)
    window.show()
    window.frames.start()
    window.document.play()
    with _ended_by_signal(app):
        status = int(app.exec())
    if status:  # ended from outside: nobody is there to be asked about changes
        window.document.stack.setClean()
        window.close()
    return status


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


def application() -> QApplication:
    """The one application, in the theme of the desktop."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from circuitsim.app import theme

    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(["circuitsim"])
    app.setApplicationName("circuitsim")
    app.setApplicationDisplayName("circuitsim")
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    theme.set_theme("dark" if dark else "light")
    return app


def build(circuit: object, path: Path | None) -> MainWindow:
    """A window with a circuit in it, not yet shown."""
    from circuitsim.app.document.document import Document
    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit

    assert isinstance(circuit, Circuit)  # noqa: S101  (the import waits until Qt is needed)
    document = Document(circuit)
    document.path = path
    return MainWindow(document)
