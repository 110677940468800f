"""Which view shows which piece of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.plots.results.matrix import MatrixView
from circuitsim.app.plots.results.table import TableView
from circuitsim.spec.result import Matrix, Table

if TYPE_CHECKING:
    from circuitsim.app.plots.results.view import PieceView
    from circuitsim.spec.result import Piece


def view_of(piece: Piece) -> PieceView:
    """A view of a piece."""
    if isinstance(piece, Table):
        return TableView(piece)
    if isinstance(piece, Matrix):
        return MatrixView(piece)
    from circuitsim.app.plots.results.diagram import DiagramView  # its library takes a moment to load

    return DiagramView(piece)


def shape(piece: Piece) -> tuple[object, ...]:
    """What decides whether a view can show another piece."""
    return type(piece), piece.title
