"""NumPy points as Qt polygons, without a Python object per point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyqtgraph.functions import arrayToQPolygonF

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPolygonF

    Floats = NDArray[np.float64]


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """A polygon through float64[k] and float64[k], in px."""
    result: QPolygonF = arrayToQPolygonF(x, y)
    return result
