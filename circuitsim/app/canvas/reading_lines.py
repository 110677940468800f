"""Lines along which networks read: they belong to no element of their own, so their numbers lie below 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.paint.block import port_heights, port_of
from circuitsim.circuit.elements import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPointF, QRectF

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell

LINES = 1 << 16  # this many for each network


def reading_lines(circuit: Circuit) -> Iterator[tuple[int, int, int]]:
    """Number, source and network of every line along which a network reads; the number is below 0."""
    for cell in circuit.cells:
        for column, reading in enumerate(cell.reads):
            if reading.source != NOTHING:
                yield -(cell.id * LINES + column), reading.source, cell.id


def network_and_column(line: int) -> tuple[int, int]:
    """Id of the network of a line, and its column."""
    return divmod(-line, LINES)


def line_end(box: QRectF, cell: Cell, line: int) -> QPointF:
    """Where a line of a network ends at its block; one that is not there yet ends at the first free column."""
    free = [k for k, reading in enumerate(cell.reads) if reading.source == NOTHING]
    column = network_and_column(line)[1] if line < 0 else (free or [0])[0]
    return port_of(box, port_heights(box, len(cell.reads)), column)
