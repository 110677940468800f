"""Many copies of small pictures in one call of the painter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.widgets.memory import Fragments

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter, QPixmap

    Floats = NDArray[np.float64]


class Stamps:
    """Keeps the memory of the copies between frames."""

    def __init__(self) -> None:
        self._fragments = Fragments()

    def paint(
        self,
        p: QPainter,
        sheet: QPixmap,
        ratio: float,
        at: Floats,
        cells: Floats,
        size: Floats | float,
        opacity: Floats | float,
    ) -> None:
        """Draw copies of cells of a sheet.

        Args:
            p: Painter.
            sheet: Picture with all cells.
            ratio: Pixels of the sheet per px of the view.
            at: float64[k, 2], centres of the copies.
            cells: float64[k, 2] or float64[2], upper left corner of each cell, in px of the view.
            size: Edge of all cells, or float64[k, 2], width and height of each, in px of the view.
            opacity: float64[k] or one for all, 0 to 1.
        """
        if not len(at):
            return
        rows = self._fragments.resize(len(at))
        rows[:, 0:2] = at
        rows[:, 2:4] = cells * ratio
        rows[:, 4:6] = size * ratio
        rows[:, 6:8] = 1 / ratio
        rows[:, 8] = 0.0
        rows[:, 9] = opacity
        p.drawPixmapFragments(self._fragments.first(), self._fragments.count, sheet)
