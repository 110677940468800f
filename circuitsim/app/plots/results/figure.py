"""A result as a figure: its sentences above, its pieces side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtWidgets import QLabel, QWidget

from circuitsim.app import theme
from circuitsim.app.document.figure import Figure
from circuitsim.app.document.quantity import typeset
from circuitsim.app.plots.results.pieces import view_of
from circuitsim.app.widgets.boxes import column, row
from circuitsim.spec.result import Matrix, Table

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.plots.results.view import PieceView
    from circuitsim.spec.result import Piece, Result

WIDTH, HEIGHT = 1200, 320  # px; a table takes what its rows need
ROW = 20  # px of a row of a table
CELL, AROUND = 28, 110  # px of a row of a matrix, and of what stands around the cells
ACROSS = 3  # pieces side by side


def result_figure(result: Result, title: str) -> Figure:
    """A result in the colours of the theme in force.

    Args:
        result: What was found.
        title: What stands above it.
    """
    sheet, views = _sheet(result, title)
    size = QSizeF(sheet.size())

    def paint(painter: QPainter, *, ground: bool) -> None:
        flags = QWidget.RenderFlag.DrawChildren
        if ground:
            flags |= QWidget.RenderFlag.DrawWindowBackground
        for view in views:
            view.for_paper(painter.transform().m11())
        sheet.render(painter, QPoint(), renderFlags=flags)

    return Figure(title, size, paint)


def _sheet(result: Result, title: str) -> tuple[QWidget, list[PieceView]]:
    """Everything on a widget that is never shown, and its views."""
    sheet = QWidget()
    head = QLabel(title)
    head.setFont(theme.named("display"))
    sentences = QLabel("\n".join(typeset(finding.text) for finding in result.findings))
    sentences.setFont(theme.named("body"))
    sentences.setProperty("dim", "1")
    sentences.setWordWrap(True)
    views = [view_of(piece) for piece in result.pieces]
    lines = []
    for begin in range(0, len(views), ACROSS):
        line = row(spacing=16)
        for view, piece in zip(
            views[begin : begin + ACROSS], result.pieces[begin : begin + ACROSS], strict=True
        ):
            view.setFixedHeight(_height(piece))
            line.addWidget(view, view.sizeHint().width(), Qt.AlignmentFlag.AlignTop)
        lines.append(line)
    sheet.setLayout(column(head, sentences, *lines, spacing=12, margins=(20, 16, 20, 16)))
    sheet.setFixedWidth(WIDTH)
    sheet.ensurePolished()
    sheet.adjustSize()
    return sheet, views


def _height(piece: Piece) -> int:
    """Height that a piece needs."""
    if isinstance(piece, Table):
        return 40 + ROW * len(piece.rows)
    if isinstance(piece, Matrix):
        return min(HEIGHT, AROUND + CELL * len(piece.rows))
    return HEIGHT
