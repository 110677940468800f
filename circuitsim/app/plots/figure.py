"""The lanes as a figure, on any painter: a picture, a page or a vector file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from circuitsim.app import theme
from circuitsim.app.plots.fill import ink_of
from circuitsim.app.plots.picture import AXIS, GUTTER, RIGHT, paint_lanes
from circuitsim.app.theme.ink import colour
from circuitsim.app.theme.tokens import ink_on
from circuitsim.circuit.elements import Neuron
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.scope import Scope

HEAD = 24.0  # px above the lanes, for the names of the traces
OVERSHOOT = 3.5  # px outside a lane
BADGE = 7.0
GAP = 14.0  # between names


def render_figure(scope: Scope, painter: QPainter, size: QSizeF, *, ground: bool = True) -> None:
    """Draw the lanes as they are now, with the names of their traces above and without the pointer.

    Lines and texts reach the painter as such, so a vector file stays one; only a heat map is a picture in it.

    Args:
        scope: The lanes and the stretch of time.
        painter: Where to; its origin is the upper left corner of the figure.
        size: Size of the figure, in px.
        ground: Whether to fill what lies around the lanes.
    """
    document = scope.document
    if ground:
        painter.fillRect(QRectF(QPointF(0, 0), size), colour(theme.current().panel))
    area = QRectF(GUTTER, HEAD, size.width() - GUTTER - RIGHT, size.height() - HEAD - AXIS - 4.0)
    window = scope.prepare(area)
    for lane in scope.lanes:
        lane.hovered = False
    handles = scope.cursors.handles(window, area.bottom() + 1)
    unit = document.circuit.unit_system.unit(Dimension.TIME)
    taken = [box.center().x() for box in handles.values()]
    paint_lanes(painter, scope.lanes, window, unit, taken)
    if ground:
        _cover_overshoot(painter, scope)
    scope.cursors.paint(painter, window, area)
    _paint_names(scope, painter, area)
    scope.prepare(scope.area)
    scope.update()


def _cover_overshoot(painter: QPainter, scope: Scope) -> None:
    """Hide what runs along the outside of a lane whose scale is held: vector files know no clipping."""
    ground = colour(theme.current().panel)
    for lane in scope.lanes:
        box = lane.box
        painter.fillRect(QRectF(box.left(), box.top() - OVERSHOOT, box.width(), OVERSHOOT), ground)
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), OVERSHOOT), ground)


def _paint_names(scope: Scope, painter: QPainter, area: QRectF) -> None:
    """Number and name of every trace that is shown, from the left; what does not fit is counted."""
    document, align = scope.document, Qt.AlignmentFlag
    measure = QFontMetricsF(theme.named("label"))
    shown = [i for i in document.traced if i not in scope.hidden]
    x, y = area.left(), HEAD / 2
    for k, neuron in enumerate(shown):
        name = document.circuit.get(neuron, Neuron).name
        width = 2 * BADGE + 5 + measure.horizontalAdvance(name)
        painter.setFont(theme.named("label"))
        if x + width > area.right() - 40:
            painter.setPen(colour(theme.current().text3))
            painter.drawText(QRectF(x, 0, 40, HEAD), align.AlignVCenter, f"+{len(shown) - k}")
            return
        ink, _ = ink_of(document, neuron)
        painter.setPen(colour(theme.current().text))
        painter.drawText(QRectF(x + 2 * BADGE + 5, 0, width, HEAD), align.AlignVCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ink))
        painter.drawEllipse(QPointF(x + BADGE, y), BADGE, BADGE)
        painter.setPen(colour(ink_on(ink)))
        painter.setFont(theme.font(10, 600))
        number = document.circuit.document.trace_numbers[neuron]
        painter.drawText(QRectF(x, y - BADGE, 2 * BADGE, 2 * BADGE), align.AlignCenter, str(number))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x += width + GAP
