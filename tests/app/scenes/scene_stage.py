"""The real window with everything held still that depends on the clock of the wall, so that a picture can be drawn again."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app import theme
from circuitsim.app.theme.tokens import THEMES
from circuitsim.app.window.frames import SPAN
from circuitsim.app.window.start import application, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.report import Status

PATIENCE = 240.0  # s, on a machine that compiles kernels and has other things to do
STEPS_PER_SECOND = 3.2e4  # what the status line says in every picture
ERROR = 2e-5  # likewise
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Stage:
    """A window in which model time passes by counted steps, and wall time does not.

    Steps are recorded one by one, so traces do not depend on the speed of the machine. Dots stand still as they do
    for people who want little motion. Rates are those of a run that goes well.
    """

    def __init__(
        self, circuit: Circuit, path: Path | None, size: tuple[int, int], theme_id: str = "light"
    ) -> None:
        self._app = application()
        self._app.setCursorFlashTime(0)
        theme.set_theme(theme_id)  # before the first widget asks for a font
        theme.set_reduced_motion(on=True)
        QCursor.setPos(QPoint(0, 0))
        self.window = build(circuit, path)
        self.document, self.canvas = self.window.document, self.window.canvas
        self._running = False
        self._status = self.document.status
        self.document.status = self._shown_status  # type: ignore[method-assign]
        self.window.frames._stamps.extend(k / 60 for k in range(SPAN))
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.let_settle()

    def _shown_status(self) -> Status:
        status = self._status()
        if not self._running:
            return status
        rate = status.speed if status.speed is not None else 1.0
        return replace(status, playing=True, achieved=rate, steps_per_second=STEPS_PER_SECOND, error=ERROR)

    # time ---------------------------------------------------------------------------------------

    def run(self, seconds: float) -> None:
        """Let some model time pass, or what passes until the run stops by itself."""
        simulator, dt = self.document.simulator, self.document.proposal().dt
        before = simulator.status()
        simulator.step(round(seconds / dt))
        self.wait(
            lambda: simulator.status().t >= before.t + seconds - 1.5 * dt or bool(simulator.status().failure)
        )
        self.let_settle()

    def seem_to_run(self) -> None:
        """Look as while the run goes on."""
        self._running = True

    def let_settle(self) -> None:
        """Let bands arrive, layouts come to rest and every view take over the newest state."""
        for _ in range(2):
            QCoreApplication.sendPostedEvents()
            QCoreApplication.processEvents()
            self.wait(lambda: not self.document.bridge.busy and not self.document._follows._timer.isActive())
            self.wait(lambda: not self.canvas._moving)
        self.window.status._frame = self.window.transport._frame = (
            0  # read-outs that are made now and then are due
        )
        self.window.panels["inspector"].page.refresh()  # made to the end where it is not yet
        self.window.refresh()
        QCoreApplication.processEvents()
        self.wait(self._drawn)

    def _drawn(self) -> bool:
        """Whether the layers of the canvas are, once it has had another frame."""
        self.canvas.repaint()
        return not (self.canvas._to_fit or self.canvas._moving or self.canvas._picture.unfinished)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let events be handled until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            QCoreApplication.processEvents()
            if time.monotonic() > end:
                raise TimeoutError("the scene did not come to rest")
            time.sleep(0.002)

    # hands --------------------------------------------------------------------------------------

    def select(self, *names: str) -> None:
        """Select elements by name."""
        self.document.select({self.document.circuit[name].id for name in names})

    def place(self, name: str, dx: float = 0.0, dy: float = 0.0) -> QPoint:
        """Where an element is seen, or a place beside it in canvas units."""
        centre = self.canvas.scene.box(self.document.circuit[name]).center()
        return self.canvas.camera.to_view(centre + QPointF(dx, dy)).toPoint()

    def drag(self, start: QPoint, stop: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press the left button and move, without letting go."""
        QTest.mousePress(self.canvas, LEFT, NONE, start)
        for part in (0.3, 0.7, 1.0):
            at = QPointF(start) + part * QPointF(stop - start)
            QApplication.sendEvent(
                self.canvas,
                QMouseEvent(
                    QEvent.Type.MouseMove,
                    at,
                    self.canvas.mapToGlobal(at),
                    Qt.MouseButton.NoButton,
                    LEFT,
                    keys,
                ),
            )

    # the end ------------------------------------------------------------------------------------

    def picture(self, theme_id: str) -> QImage:
        """What a person sees, in a theme."""
        if theme.current() != THEMES[theme_id]:
            theme.set_theme(theme_id)
        self.let_settle()
        return self.window.grab().toImage()

    def close(self) -> None:
        """Take the window away."""
        self.canvas.step_back()
        self.document.stack.setClean()
        self.window.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        theme.set_theme("light")
        theme.set_reduced_motion(on=False)
