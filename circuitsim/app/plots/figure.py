"""The lanes as a figure, on any painter: a picture, a page or a vector file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF

from circuitsim.app import theme
from circuitsim.app.document.figure import Figure
from circuitsim.app.plots.fill import ink_of
from circuitsim.app.plots.picture import AXIS, GUTTER, RIGHT, paint_lanes
from circuitsim.app.theme.ink import colour
from circuitsim.app.theme.tokens import ink_on
from circuitsim.app.theme.type import shortened
from circuitsim.circuit.elements import Neuron
from circuitsim.spec.unit import Dimension

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.lane import Lanes
    from circuitsim.app.plots.scope import Scope

    Name = tuple[int, str, str]

HEAD = 24.0  # px above the lanes, for the names of the traces
OVERSHOOT = 3.5  # px outside a lane
BADGE = 7.0
GAP = 14.0  # between names
LONGEST = 140.0  # px of a name; a longer one is cut short


def lanes_figure(scope: Scope, size: QSizeF) -> Figure:
    """The lanes as they are now, with the names of their traces above and without the pointer.

    Taking it reads the recording once, as a frame does; painting it looks at nothing that the window may change, and
    may be done in another thread. Lines and texts reach the painter as such, so a vector file stays one; only a heat
    map is a picture in it.

    Args:
        scope: The lanes and the stretch of time.
        size: Size of the figure, in px.
    """
    document = scope.document
    area = QRectF(GUTTER, HEAD, size.width() - GUTTER - RIGHT, size.height() - HEAD - AXIS - 4.0)
    window = scope.prepare(area)
    lanes, cursors, names = scope.lanes.taken(), scope.cursors.taken(), _names(scope)
    unit = document.circuit.unit_system.unit(Dimension.TIME)
    scope.prepare(scope.area)
    scope.update()

    def paint(painter: QPainter, *, ground: bool) -> None:
        if ground:
            painter.fillRect(QRectF(QPointF(0, 0), size), colour(theme.current().panel))
        handles = cursors.handles(window, area.bottom() + 1)
        taken = [box.center().x() for box in handles.values()]
        paint_lanes(painter, lanes, window, unit, taken)
        if ground:
            _cover_overshoot(painter, lanes)
        cursors.paint(painter, window, area)
        _paint_names(painter, names, area)

    return Figure(f"{document.name}, traces", size, paint)


def _cover_overshoot(painter: QPainter, lanes: Lanes) -> None:
    """Hide what runs along the outside of a lane whose scale is held: vector files know no clipping."""
    ground = colour(theme.current().panel)
    for lane in lanes:
        box = lane.box
        painter.fillRect(QRectF(box.left(), box.top() - OVERSHOOT, box.width(), OVERSHOOT), ground)
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), OVERSHOOT), ground)


def _names(scope: Scope) -> list[Name]:
    """Number, name and colour of every trace that is shown."""
    document = scope.document
    numbers = document.circuit.document.trace_numbers
    shown = [(i, number) for i, number in numbers.items() if i not in scope.hidden]
    found = [(i, number, document.circuit.get(i, Neuron)) for i, number in shown]
    return [(number, neuron.label or neuron.name, ink_of(numbers, i)[0]) for i, number, neuron in found]


def _paint_names(painter: QPainter, names: list[Name], area: QRectF) -> None:
    """Number and name of every trace, from the left; what does not fit is counted."""
    align = Qt.AlignmentFlag
    measure = QFontMetricsF(theme.named("label"))
    x, y = area.left(), HEAD / 2
    for k, (number, whole, ink) in enumerate(names):
        name = shortened(whole, theme.named("label"), LONGEST)
        width = 2 * BADGE + 5 + measure.horizontalAdvance(name)
        painter.setFont(theme.named("label"))
        if x + width > area.right() - 40:
            painter.setPen(colour(theme.current().text3))
            painter.drawText(QRectF(x, 0, 40, HEAD), align.AlignVCenter, f"+{len(names) - k}")
            return
        painter.setPen(colour(theme.current().text))
        painter.drawText(QRectF(x + 2 * BADGE + 5, 0, width, HEAD), align.AlignVCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ink))
        painter.drawEllipse(QPointF(x + BADGE, y), BADGE, BADGE)
        painter.setPen(colour(ink_on(ink)))
        painter.setFont(theme.font(10, 600))
        painter.drawText(QRectF(x, y - BADGE, 2 * BADGE, 2 * BADGE), align.AlignCenter, str(number))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x += width + GAP
