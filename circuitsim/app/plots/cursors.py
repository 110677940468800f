"""The cursors A and B: two instants that somebody compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt

from circuitsim.app import theme
from circuitsim.app.theme.ink import colour, pen
from circuitsim.app.theme.tokens import ink_on

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.traces import Window

HANDLE = 14.0  # px
NAMES = ("A", "B")


class Cursors:
    """Where A and B stand; None while one is not set."""

    def __init__(self) -> None:
        self._at: dict[str, float | None] = dict.fromkeys(NAMES)
        self.last = "A"

    def __getitem__(self, name: str) -> float | None:
        return self._at[name]

    def put(self, name: str, t: float | None) -> None:
        """Set a cursor to an instant, or take it away; then keys mean the other one, if that is set."""
        self._at[name] = t
        other = NAMES[1 - NAMES.index(name)]
        self.last = other if t is None and self._at[other] is not None else name

    def taken(self) -> Cursors:
        """Cursors that stay where these are now."""
        result = Cursors()
        result._at, result.last = dict(self._at), self.last
        return result

    def clear(self) -> bool:
        """Take both away; False if there was none."""
        some = any(t is not None for t in self._at.values())
        self._at = dict.fromkeys(NAMES)
        return some

    @property
    def pair(self) -> tuple[float, float] | None:
        """Both instants, if both are set."""
        a, b = self._at["A"], self._at["B"]
        return None if a is None or b is None else (a, b)

    def handles(self, window: Window, y: float) -> dict[str, QRectF]:
        """Handles of the cursors in sight, below a height in px; two that would touch stand side by side."""
        places = {
            name: window.place(t)
            for name, t in self._at.items()
            if t is not None and window.t0 <= t <= window.t1
        }
        if len(places) == 2 and abs(places["B"] - places["A"]) < HANDLE + 1:
            middle, way = (places["A"] + places["B"]) / 2, (HANDLE + 1) / 2
            sign = 1.0 if places["B"] >= places["A"] else -1.0
            places = {"A": middle - sign * way, "B": middle + sign * way}
        return {name: QRectF(x - HANDLE / 2, y, HANDLE, HANDLE) for name, x in places.items()}

    def paint(self, painter: QPainter, window: Window, area: QRectF) -> None:
        """The stretch between them, their lines, and their handles on the axis below the area."""
        t = theme.current()
        inks = {"A": t.cursor_a, "B": t.cursor_b}
        if self.pair is not None:
            ends = sorted(min(max(window.place(at), area.left()), area.right()) for at in self.pair)
            painter.fillRect(
                QRectF(ends[0], area.top(), ends[1] - ends[0], area.height()), colour(t.accent, 0.08)
            )
        painter.setFont(theme.font(10, 600))
        for name, box in self.handles(window, area.bottom() + 1).items():
            at = self._at[name]
            if at is None:
                continue
            x = window.place(at)
            painter.setPen(pen(inks[name], 1.25, round_cap=False))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.drawLine(QLineF(QPointF(x, area.bottom()), QPointF(box.center().x(), box.top())))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(inks[name]))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(colour(ink_on(inks[name])))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
