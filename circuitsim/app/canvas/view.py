"""The canvas: shows the circuit alive, and turns mouse and keys into edits."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QNativeGestureEvent, QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.asking import asked
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.chip import ZoomChip
from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.fitting import Room, fit
from circuitsim.app.canvas.hands import Hands
from circuitsim.app.canvas.hover import Hover
from circuitsim.app.canvas.inline import Inline
from circuitsim.app.canvas.keyboard import Keyboard
from circuitsim.app.canvas.live import Live
from circuitsim.app.canvas.mouse import Mouse
from circuitsim.app.canvas.offers import taken_keys
from circuitsim.app.canvas.paint.preview import Mark, marked
from circuitsim.app.canvas.peek import Peek
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.pulse import Pulse
from circuitsim.app.canvas.quick import Quick
from circuitsim.app.canvas.scene import Scene
from circuitsim.app.canvas.shot import Shot
from circuitsim.app.canvas.steps import step_sliders
from circuitsim.app.canvas.tooling import Tooling
from circuitsim.app.canvas.uncovered import uncovered
from circuitsim.app.canvas.wheel import pinched, wheeled
from circuitsim.app.canvas.whole import Whole
from circuitsim.app.theme.turn import DrawsAhead
from circuitsim.app.widgets import wheel

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from circuitsim.app.canvas.gestures import Gesture
    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.document.tools import Tool
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.wiring import Effect

REST = 90  # ms without motion after which stretched layers are drawn anew
CHIP = 10, 8  # px between the zoom chip and the right and upper edge
LONGEST = 0.05  # s of wall time that one frame may advance the dots


class CanvasView(DrawsAhead, QWidget):
    """Draws a document and edits it by gestures; `refresh` is called by the clock of the window."""

    menu_asked = Signal(QPointF, QPoint)  # of the selection: for a canvas point, at a point of the screen
    acted = Signal()  # somebody goes on: a gesture moves, a tool is taken up, a list or an editor opens

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName("Circuit")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 150)
        self._document = document
        self._camera = Camera()
        self._room = Room((0.0, 0.0))
        self._fitted = True  # until the user moves the camera, it shows everything
        self._to_fit = True
        self._painting = self._moving = False
        self._keys = Keyboard(self)
        self._mouse = Mouse(self, self._keys)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._at_rest)
        self._clock, self._pulse = perf_counter(), Pulse()
        self.peek = Peek(self)
        self._adopt()
        self.quick = Quick(self)
        self.inline = Inline(self)
        self.tooling = Tooling(self)
        self.chip = ZoomChip(self)
        self.chip.factor.connect(self._zoom_by)
        self.chip.actual.connect(lambda: self.zoom_to(1.0))
        self.chip.fit.connect(self.fit)
        document.replaced.connect(self._on_replaced)
        document.selection_changed.connect(self._stale)
        theme.changed.connect(self._stale)

    def _adopt(self) -> None:
        self._scene = Scene(self._document.circuit, self._stale)
        self._whole = Whole(self._scene)
        self._picture = Picture(self._scene)
        self._live = Live(self._document, self._scene, self._picture.flow)
        self._hands = Hands(self._document)
        self._hover = Hover(self, self.peek)

    def _on_replaced(self) -> None:
        self._mouse.drop()
        self.peek.dismiss()
        self.quick.list.dismiss()
        self.inline.close()
        self._scene.close()
        self._adopt()
        self._fitted = True
        self._fit_again()

    # what gestures see --------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """What is open."""
        return self._document

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        return self._scene

    @property
    def camera(self) -> Camera:
        """Which part is seen; everything is fitted into the view when somebody asks, but for a picture of it, which can wait."""
        if self._to_fit and not self._painting:
            self._fit(self._whole.now())
        return self._camera

    @property
    def pointer_at(self) -> tuple[float, float] | None:
        """Where the mouse is, in canvas units; None if it is elsewhere."""
        return self._mouse.at

    @property
    def space_held(self) -> bool:
        """Whether the space bar is down."""
        return self._keys.space_held

    def look(self, camera: Camera) -> None:
        """Show another part."""
        self._fitted = self._to_fit = False
        self._set_camera(camera)

    def hold(self, input_id: int, holder: str) -> None:
        """Press a button tile; it is released when its last holder lets go."""
        self._hands.hold(input_id, holder)
        self.update()

    def let_go(self, input_id: int, holder: str) -> None:
        """Release a button tile."""
        self._hands.let_go(input_id, holder)
        self.update()

    def slide(self, input_id: int, value: float) -> None:
        """Move a slider tile."""
        self._hands.slide(input_id, value, self._live.serial)
        self.update()

    def value_of(self, input_id: int) -> float:
        """What an input is at now."""
        return self._live.input_values(self._hands).get(input_id, 0.0)

    def add(self, tool: Tool, at: QPointF) -> bool:
        """Add what a tool stands for; False if it was refused."""
        return self.quick.adder.add(tool, at) is not None

    def offer(self, source: int, effect: Effect, at: QPointF) -> None:
        """List what may follow a line that ended on empty canvas; one that ended beside the canvas is given up."""
        if self.rect().toRectF().contains(self.camera.to_view(at)):
            self.quick.offer(source, effect, at)

    @property
    def gesture(self) -> Gesture | None:
        """What the mouse is about."""
        return self._mouse.gesture

    @property
    def hover(self) -> Hover:
        """Where the mouse is between gestures."""
        return self._hover

    # camera -------------------------------------------------------------------------------------

    def _set_camera(self, camera: Camera) -> None:
        if camera == self._camera:
            return
        self._camera = camera
        self._moving = True
        self._rest.start()
        self.chip.show_zoom(camera.zoom)
        self.inline.follow()
        self._place_chip()
        self.update()

    def _at_rest(self) -> None:
        self._moving = False
        self.update()

    def fit(self, ids: Iterable[int] | None = None) -> None:
        """Show everything, or some elements."""
        self._fit(self._whole.now() if ids is None else Extent(self._scene, ids))
        self._fitted = ids is None
        self._at_rest()

    def _fit(self, extent: Extent) -> None:
        self._to_fit = False
        chip = self.chip.size() + QSize(*CHIP)
        room = replace(self._room, view=(self.width(), self.height()), chip=chip.toTuple())
        self._set_camera(fit(extent, room))
        self._mouse.look_again()

    def _fit_again(self) -> None:
        """What is to be seen, or the room for it, has changed, and may do so again at once, as while a window is resized."""
        self._to_fit = True
        self.update()

    def keep_clear(self, **taken: Any) -> None:
        """Keep room for a card, whose place is in fields of `Room`, when everything is fitted into the view."""
        room = replace(self._room, **taken)
        if room != self._room:
            self._room = room
            if self._fitted:
                self._fit_again()

    def zoom_to(self, zoom: float) -> None:
        """Zoom about the middle of the view; 1 is 100 %."""
        self.look(self.camera.zoomed(zoom, self.rect().toRectF().center()))

    def show_element(self, element: int) -> None:
        """Select an element and bring it to the middle."""
        self._document.select({element})
        extent = Extent(self._scene, {element})
        if extent.empty:
            return
        middle = extent.whole(self.camera.zoom).center() + QPointF(self.camera.x, self.camera.y)
        away = self.rect().toRectF().center() - middle
        self.look(self.camera.moved(away.x(), away.y()))

    def _zoom_by(self, factor: float) -> None:
        self.zoom_to(self.camera.zoom * factor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle in the middle, or everything in view."""
        if self._fitted:
            self._fit_again()
        elif event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self._set_camera(self._camera.moved(grown.width() / 2, grown.height() / 2))
        self._place_chip()

    def _place_chip(self) -> None:
        self.chip.move(self.width() - self.chip.width() - CHIP[0], CHIP[1])

    # painting -----------------------------------------------------------------------------------

    def _stale(self) -> None:
        self.inline.follow()
        self._live.stale()
        if not self._to_fit:
            self._mouse.look_again()
        self.update()

    def refresh(self) -> None:
        """Take over the latest state of the run, and repaint if it is another one."""
        now = perf_counter()
        seconds, self._clock = min(LONGEST, now - self._clock), now
        beats = self._pulse.advance(seconds, (self.gesture or self._hover).marks())
        if self._to_fit:
            self._whole.step()
        if self._live.pull(seconds) or beats or self._picture.unfinished or self._to_fit:
            self.update(uncovered(self))
        self.peek.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """One frame."""
        if self._to_fit and (self._whole.known or not self._picture.large):
            self._fit(self._whole.now())
        self._painting = True
        p = QPainter(self)
        if self._to_fit and self._picture.fresh:  # nobody knows where it will stand
            p.fillRect(self.rect(), theme.current().canvas)
        else:
            self._paint(p, theme.current())
        p.end()
        self._painting = False

    def _paint(self, p: QPainter, t: Theme) -> None:
        over = self.gesture or self._hover
        marks = over.marks()
        size, ratio, chosen = self.size(), self.devicePixelRatioF(), self._document.selection
        dimmed, lit = marked(marks, Mark.ILLEGAL), marked(marks, Mark.LEGAL)
        shot = Shot(self.camera, size, ratio, t, chosen, self._scene.revision, dimmed, lit)
        frame = self._live.frame(t, self._hands, marks, self._pulse.beat)
        self._picture.paint(p, shot, frame, moving=self._moving)
        over.paint(p, t)
        self.quick.paint(p, t)

    def draw_ahead(self, theme: Theme, room: float) -> bool:
        """Layers and neurons."""
        return self._picture.draw_ahead(theme, room)

    # mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._mouse.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add or edit."""
        self._mouse.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow."""
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the gesture."""
        self._mouse.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is there and ask for its menu."""
        if self.gesture is None:
            self._hover.leave()
            self.menu_asked.emit(*asked(self, event))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Nothing to say any more."""
        self._mouse.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom or pan."""
        wheel.note()
        self.peek.dismiss()
        self.look(wheeled(self.camera, event))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms."""
        pinch = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == pinch:
            self.look(pinched(self.camera, event, self))
            return True
        return super().event(event)

    # keys ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act, or pass the key on."""
        self._keys.press(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Act, or pass the key on."""
        self._keys.release(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is held is let go, since nobody would see its release."""
        self._mouse.drop()
        self._hands.let_all_go()
        self._keys.let_go()
        super().focusOutEvent(event)

    def step_back(self) -> bool:
        """Give up the gesture, else the tool, else the selection; False if there is none of them."""
        if self._mouse.drop():
            return True
        if self._document.tools.armed is not None:
            self._document.tools.disarm()
        elif self._document.selection:
            self._document.select(())
        else:
            return False
        return True

    @property
    def key_letters(self) -> Container[str]:
        """Letters that press a button of the circuit."""
        return taken_keys(self._document.circuit)

    def press_key(self, key: str) -> bool:
        """Press the buttons and step the sliders of a key letter; False if there is none."""
        self.update()
        stepped = step_sliders(self, key)
        return self._hands.press(key) or stepped

    def release_key(self, key: str) -> bool:
        """Release the buttons of a key letter; False if there is none."""
        self.update()
        return self._hands.release(key)
