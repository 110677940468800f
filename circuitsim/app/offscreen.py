"""The real window without a display: `shot` draws it into a picture, `demo` drives it for a few seconds."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.spec.arguments import Parser
from circuitsim.spec.issue import InputError, Issue, RunError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.spec.result import Result

SECONDS = 4.0  # of wall time that a shot shows when it is not told how much model time
PATIENCE = 120.0  # seconds until kernels must be ready and the run done
SETTLE = 0.3  # seconds in which layouts and cached layers come to rest
SHARP = 2.0  # px of a PNG for each px of a result
SMALLEST, LARGEST = 200, 8000  # px of a side


def main(words: Sequence[str]) -> int:
    """Do what the command line says.

    Raises:
        InputError: If the arguments or the file cannot be used.
        RunError: If the run fails.
    """
    return _shot(words[1:]) if words[0] == "shot" else _demo(words[1:])


# shot -------------------------------------------------------------------------------------------


def _shot(words: Sequence[str]) -> int:
    given = _shot_arguments(words)
    shot(given.file, given.out, given.seconds, _size(given.size), given.theme, given.scale)
    return 0


def _shot_arguments(words: Sequence[str]) -> Namespace:
    parser = Parser(prog="circuitsim shot", description="Draw the window into a picture, without a display.")
    parser.add_argument("file", metavar="FILE", type=Path, help="a circuit")
    parser.add_argument("out", metavar="OUT.png", type=Path, help="the picture")
    parser.add_argument(
        "--seconds", metavar="T", type=float, help="model time that has passed in the picture"
    )
    parser.add_argument(
        "--size", metavar="WxH", default="1440x900", help="in logical pixels (default 1440x900)"
    )
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--scale", metavar="S", type=float, default=1.0, help="picture = size x scale")
    return parser.parse_args(list(words))


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise InputError(Issue("--size", f"{text!r} is not a size", "write it like 1440x900"))
    size = int(width), int(height)
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise InputError(
            Issue("--size", f"{text} cannot be drawn", f"use sides from {SMALLEST} to {LARGEST}")
        )
    return size


def shot(
    file: Path, out: Path, seconds: float | None, size: tuple[int, int], theme: str, scale: float
) -> None:
    """Draw the window with a circuit that has run for a while.

    Args:
        file: A circuit.
        out: The picture, a PNG of size times scale pixels.
        seconds: Model time that has passed; None for what a person would have seen after a few seconds.
        size: Width and height of the window, in logical pixels.
        theme: ``light`` or ``dark``.
        scale: Device pixels per logical pixel.

    Raises:
        InputError: If an argument or the file cannot be used.
        RunError: If the run fails.
    """
    from circuitsim.api import load
    from circuitsim.spec.atomic import check

    if not 0.5 <= scale <= 4.0:
        raise InputError(Issue("--scale", f"{scale:g} cannot be drawn", "use a number from 0.5 to 4"))
    if seconds is not None and not 0.0 <= seconds < 1e9:
        raise InputError(Issue("--seconds", f"{seconds:g} is no time", "use a finite number from 0 on"))
    if out.suffix.lower() != ".png":
        raise InputError(Issue(str(out), "a picture is written as PNG", "let its name end in .png"))
    check(out)
    circuit = load(file)
    window = _window(circuit, file, size, theme, scale)
    try:
        _run(window, seconds)
        _settle(window)
        _save(window, out)
    finally:
        _end(window)


def _run(window: MainWindow, seconds: float | None) -> None:
    """Let some model time pass; as fast as possible, then at the speed a person would see."""
    document = window.document
    speed = document.proposal().speed
    duration = SECONDS * speed if seconds is None else seconds
    if duration == 0.0 or not document.circuit.neurons:
        document.simulator.prepare()
        _until(window, lambda: document.snapshot() is not None)
        return
    document.simulator.set_speed(None)
    document.simulator.run_for(duration)
    _until(window, lambda: document.status().t > 0.0 and not document.status().playing)
    failure = document.status().failure
    if failure is not None and failure.element is None:
        raise RunError(failure)
    document.simulator.set_speed(speed)


# demo -------------------------------------------------------------------------------------------


def _demo(words: Sequence[str]) -> int:
    parser = Parser(
        prog="circuitsim demo", description="Drive the window for a few seconds without a display."
    )
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", default=Path("circuitsim-demo"))
    folder: Path = parser.parse_args(list(words)).folder
    for path in demo(folder):
        print(path)  # noqa: T201  (the paths are what the caller wants)
    return 0


def demo(folder: Path) -> tuple[Path, Path]:
    """Run the tap-withdrawal example in the real window, tap the worm with the mouse, save picture and traces.

    Returns:
        The paths of the picture and of the traces.

    Raises:
        InputError: If the folder cannot be written.
        RunError: If the run fails.
    """
    from circuitsim.api import load
    from circuitsim.app.document.files import Wanted, export_traces
    from circuitsim.io.columns import VARIABLES
    from circuitsim.io.examples import example

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            Issue(str(folder), f"it cannot be made ({error.strerror})", "name another folder")
        ) from None
    picture, traces = folder / "window.png", folder / "traces.csv"
    path = example("tap-withdrawal").path
    window = _window(load(path), path, (1440, 900), "dark", 1.0)
    document = window.document
    try:
        refusals: list[Issue] = []
        document.refused.connect(refusals.append)
        window.frames.start()
        document.play()
        _until(window, lambda: document.status().t > 0.0)
        _pass(window, 1.5)
        _press_tap(window, 2.5, lambda: _save(window, picture))
        _pass(window, 1.0)
        document.simulator.pause()
        finished: list[bool] = []
        export_traces(document, traces, Wanted(tuple(VARIABLES)), lambda: finished.append(True))
        _until(window, lambda: bool(finished or refusals))
        if refusals:
            raise RunError(refusals[0])
    finally:
        _end(window)
    return picture, traces


def _press_tap(window: MainWindow, seconds: float, then: Callable[[], None]) -> None:
    """Hold the tap button with the left mouse button for a while, do something, let go."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    canvas = window.canvas
    tile = window.document.circuit["tap"]
    place = canvas.camera.to_view(canvas.scene.box(tile).center()).toPoint()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
    _pass(window, seconds)
    then()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place)


# results ----------------------------------------------------------------------------------------


def draw_result(result: Result, title: str, out: Path, scheme: str = "light") -> None:
    """Draw what an analysis found into a picture.

    Args:
        result: What was found.
        title: What stands above it.
        out: The picture, an SVG or PNG file.
        scheme: ``light`` or ``dark``.

    Raises:
        InputError: If the file cannot be written.
    """
    _off_screen(1.0)
    from circuitsim.app import theme as themes
    from circuitsim.app.document.figure import png, svg
    from circuitsim.app.plots.results.figure import result_figure
    from circuitsim.app.window.start import application
    from circuitsim.spec.atomic import write_bytes

    application()
    themes.set_theme(scheme)
    figure = result_figure(result, title)
    vector = out.suffix.lower() == ".svg"
    write_bytes(out, svg(figure, transparent=False) if vector else png(figure, SHARP, transparent=False))


# the window -------------------------------------------------------------------------------------


def _window(circuit: object, path: Path, size: tuple[int, int], theme: str, scale: float) -> MainWindow:
    """The real window on the off-screen platform; at once larger than a screen if need be."""
    _off_screen(scale)
    from circuitsim.app import theme as themes
    from circuitsim.app.window.start import application, build

    application()
    themes.set_theme(theme)
    window = build(circuit, path)
    window.setMinimumSize(SMALLEST, SMALLEST)
    window.resize(*size)
    window.show()
    _pass(window, 0.05)
    window.canvas.fit()
    return window


def _off_screen(scale: float) -> None:
    """Have Qt draw without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")


def _pass(window: MainWindow, seconds: float) -> None:
    """Let some wall time pass, as the event loop of a person's window would."""
    end = time.monotonic() + seconds
    _until(window, lambda: time.monotonic() >= end)


def _until(window: MainWindow, condition: Callable[[], bool]) -> None:
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + PATIENCE
    while not condition():
        QCoreApplication.processEvents()
        window.refresh()
        if time.monotonic() > end:
            raise RunError(
                Issue("the window", f"the run was not done after {PATIENCE:g} s", "show less model time")
            )
        time.sleep(0.004)


def _settle(window: MainWindow) -> None:
    """Let bands arrive and layers be drawn at their final size."""
    _pass(window, SETTLE)
    _until(window, lambda: not window.document.bridge.busy)


def _save(window: MainWindow, path: Path) -> None:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageWriter

    from circuitsim.spec.atomic import write_bytes

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(window.grab().toImage())
    write_bytes(path, bytes(data.data()))


def _end(window: MainWindow) -> None:
    """Close without asking about changes, and stop the engine."""
    window.document.stack.setClean()
    window.close()
    sys.stdout.flush()
