"""Qt's colours and pens from tokens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


def colour(token: str, alpha: float = 1.0) -> QColor:
    """A token as a colour, with an opacity from 0 to 1."""
    result = QColor(token)
    result.setAlphaF(alpha)
    return result


def pen(
    ink: str | QColor,
    width: float = 1.0,
    *,
    round_cap: bool = True,
    dash: tuple[float, ...] = (),
) -> QPen:
    """A solid or dashed pen with round joins; dashes are in units of its width."""
    cap = Qt.PenCapStyle.RoundCap if round_cap else Qt.PenCapStyle.FlatCap
    result = QPen(QColor(ink), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if dash:
        result.setDashPattern(dash)
    return result
