"""Which view shows which piece of a result."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from circuitsim.app.plots.results.matrix import MatrixView
from circuitsim.app.plots.results.table import TableView
from circuitsim.app.widgets.boxes import column
from circuitsim.spec.result import Matrix, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.app.plots.results.view import PieceView
    from circuitsim.spec.result import Piece


BETWEEN = 10  # px
MANY = 100  # times as much as nothing


def view_of(piece: Piece) -> PieceView:
    """A view of a piece."""
    if isinstance(piece, Table):
        return TableView(piece)
    if isinstance(piece, Matrix):
        return MatrixView(piece)
    from circuitsim.app.plots.results.diagram import DiagramView  # its library takes a moment to load

    return DiagramView(piece)


def side_by_side(views: Sequence[PieceView]) -> Iterator[QWidget]:
    """Views as they stand beside each other; tables that follow each other stand one below the other."""
    for _, some in groupby(views, lambda view: isinstance(view, TableView)):
        several = list(some)
        tables = [view for view in several if isinstance(view, TableView)]
        if len(tables) < 2:
            yield from several
            continue
        lines, pile = column(spacing=BETWEEN), QWidget()
        for table in tables:
            table.stack()
            lines.addWidget(table, stretch=MANY)
        lines.addStretch(1)  # has what they do not need
        pile.setLayout(lines)
        yield pile


def shape(piece: Piece) -> tuple[object, ...]:
    """What decides whether a view can show another piece."""
    return type(piece), piece.title
