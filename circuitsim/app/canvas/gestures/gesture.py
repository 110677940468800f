"""The shape of a gesture, and what it may do to the canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.camera import Camera
    from circuitsim.app.canvas.paint.preview import Mark
    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.document.tools import Tool
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.wiring import Effect

SLACK = 4.0  # px a press may move and still be a click
ADD = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Pointer:
    """The mouse at one instant.

    Attributes:
        view: Where it is in the view, px.
        at: Where it is on the canvas.
        button: The button that was pressed or released.
        modifiers: Keys that are held.
        hit: Id of the element under it when it was pressed; None for empty canvas and while it moves.
    """

    view: QPointF
    at: QPointF
    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier
    hit: int | None = None

    @property
    def adds(self) -> bool:
        """Whether a click adds to the selection or takes from it."""
        return bool(self.modifiers & ADD)


class Host(Protocol):
    """The canvas, as gestures see it."""

    @property
    def document(self) -> Document:
        """What is open."""

    @property
    def scene(self) -> Scene:
        """What is drawn."""

    @property
    def camera(self) -> Camera:
        """Which part is seen."""

    @property
    def space_held(self) -> bool:
        """Whether the space bar is down."""

    def look(self, camera: Camera) -> None:
        """Show another part."""

    def hold(self, input_id: int, holder: str) -> None:
        """Press a button tile; it is released when its last holder lets go."""

    def let_go(self, input_id: int, holder: str) -> None:
        """Release a button tile."""

    def slide(self, input_id: int, value: float) -> None:
        """Move a slider tile."""

    def value_of(self, input_id: int) -> float:
        """What an input is at now."""

    def add(self, tool: Tool, at: QPointF) -> bool:
        """Add what a tool stands for; False if it was refused."""

    def offer(self, source: int, effect: Effect, at: QPointF) -> None:
        """List what may follow a line that ended on empty canvas."""

    def mapToGlobal(self, at: QPointF, /) -> QPointF:
        """A place of the view on the screen."""

    def update(self) -> None:
        """Repaint."""


class Gesture(ABC):
    """One press of a mouse button, until it is released or cancelled."""

    cursor = Qt.CursorShape.ArrowCursor

    @classmethod
    @abstractmethod
    def begin(cls, host: Host, pointer: Pointer) -> Self | None:
        """Begin at a press, or None if it is not for this gesture."""

    @abstractmethod
    def move(self, pointer: Pointer) -> None:
        """Follow the mouse."""

    @abstractmethod
    def release(self, pointer: Pointer) -> None:
        """Finish."""

    @abstractmethod
    def cancel(self) -> None:
        """Leave everything as it was before."""

    @property
    def goes_on(self) -> bool:
        """Whether it wants to follow the mouse after the button was released."""
        return False

    def keys(self, modifiers: Qt.KeyboardModifier) -> None:  # noqa: B027  (most gestures look at moves only)
        """Shift, Ctrl or Alt went down or up; usually nothing."""

    def marks(self) -> Mapping[int, Mark]:
        """Neurons that stand out or step back because of the gesture; usually none."""
        return {}

    def paint(self, p: QPainter, theme: Theme) -> None:  # noqa: B027  (most gestures draw nothing)
        """Draw what belongs to the gesture itself, in px of the view; usually nothing."""


def toggled(selection: frozenset[int], element: int) -> frozenset[int]:
    """A selection with an element added, or taken out if it was in."""
    return selection ^ {element}
