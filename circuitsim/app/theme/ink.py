"""Qt's colours and pens from tokens.

A frame asks for hundreds of both, nearly always the same: each is made once, and copied, since Qt lets its owner change it.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

KEPT = 2048  # colours, and pens


def colour(token: str, alpha: float = 1.0) -> QColor:
    """A token as a colour, with an opacity from 0 to 1."""
    return QColor(_colour(token, alpha))


def pen(
    ink: str | QColor,
    width: float = 1.0,
    *,
    round_cap: bool = True,
    dash: tuple[float, ...] = (),
) -> QPen:
    """A solid or dashed pen with round joins; dashes are in units of its width."""
    if isinstance(ink, QColor):
        return _make_pen(ink, width, round_cap=round_cap, dash=dash)
    return QPen(_pen(ink, width, round_cap, dash))


@lru_cache(KEPT)
def _colour(token: str, alpha: float) -> QColor:
    result = QColor(token)
    result.setAlphaF(alpha)
    return result


@lru_cache(KEPT)
def _pen(ink: str, width: float, round_cap: bool, dash: tuple[float, ...]) -> QPen:
    return _make_pen(QColor(ink), width, round_cap=round_cap, dash=dash)


def _make_pen(ink: QColor, width: float, *, round_cap: bool, dash: tuple[float, ...]) -> QPen:
    cap = Qt.PenCapStyle.RoundCap if round_cap else Qt.PenCapStyle.FlatCap
    result = QPen(ink, width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if dash:
        result.setDashPattern(dash)
    return result
