"""The lanes on a screen: their ground, drawn when it changes, and the course of time on it, of which only the new is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPixmap

from circuitsim.app import theme
from circuitsim.app.plots.picture import paint_ground, paint_maps, paint_newest
from circuitsim.app.plots.roll import Roll
from circuitsim.app.theme.ink import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from circuitsim.app.plots.lane import Lane, Lanes
    from circuitsim.app.plots.traces import Window


class Paper:
    """Paints lanes on a screen, from what it keeps wherever that still holds."""

    def __init__(self) -> None:
        self._ground = QPixmap()
        self._ground_look: tuple[object, ...] = ()
        self._roll = Roll()

    @property
    def unfinished(self) -> bool:
        """Whether a part of the past is still to be drawn."""
        return self._roll.unfinished

    def forget(self) -> None:
        """Draw everything anew."""
        self._ground_look = ()
        self._roll.forget()

    def paint(
        self,
        painter: QPainter,
        lanes: Lanes,
        window: Window,
        edition: object,
        unit: str,
        taken: Sequence[float],
    ) -> None:
        """Draw filled lanes and the axis below them.

        Args:
            painter: Of the widget.
            lanes: What they show was read before.
            window: The stretch of time they show, snapped to pixels.
            edition: Of what they show.
            unit: Unit of time.
            taken: Places on the axis, px, where no number may stand.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, lanes)
        paint_maps(painter, lanes, window)
        if len(lanes):
            paper = (edition, theme.current(), *map(_paper_of_course, lanes))
            self._roll.paint(painter, lanes, window, paper, tuple(map(_look_of_course, lanes)))
        else:
            self._roll.forget()
        paint_newest(painter, lanes, window, unit, taken)

    def _paint_ground(self, painter: QPainter, lanes: Lanes) -> None:
        size, ratio = painter.viewport().size(), painter.device().devicePixelRatio()
        look = (size.toTuple(), ratio, theme.current(), theme.named("micro"), *map(_look_of_ground, lanes))
        if look != self._ground_look:
            self._ground, self._ground_look = QPixmap(size * ratio), look
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(colour(theme.current().panel))
            ground = QPainter(self._ground)
            ground.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(ground, lanes)
            ground.end()
        painter.drawPixmap(0, 0, self._ground)


def _look_of_ground(lane: Lane) -> tuple[object, ...]:
    """What the ground of a lane depends on."""
    empty = not lane.strokes and lane.heat is None
    return (
        lane.spec, _look_of_scale(lane), lane.unit, tuple(lane.marks), lane.band, lane.hovered, lane.scale.locked, empty,
    )  # fmt: skip


def _paper_of_course(lane: Lane) -> tuple[object, ...]:
    """What the traces of a lane depend on, beside the recording: what they show, and where."""
    return lane.spec, lane.box.getRect(), lane.log, lane.heat is None


def _look_of_course(lane: Lane) -> tuple[object, ...]:
    """What they depend on besides, of which an edit may change all at once."""
    inks = tuple(stroke.look for stroke in (*lane.ghosts, *lane.strokes))
    return lane.scale.low, lane.scale.high, tuple(lane.marks), inks


def _look_of_scale(lane: Lane) -> tuple[object, ...]:
    return lane.box.getRect(), lane.scale.low, lane.scale.high, lane.log
