"""How the lines of a drawing look, and in which order they are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.paint.synapse import SynapseLook

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.canvas.shot import Shot
    from circuitsim.spec.bounds import Ints

    Bools = NDArray[np.bool_]

FAINT, FADED, PLAIN, PALE = 0.16, 0.30, 0.30, 0.60  # ink of lines among many: least, and what strength adds


class LineLooks:
    """The looks of all lines of a scene in a shot; single ones become objects only when they are painted.

    Attributes:
        lines: The lines.
        curves: Their curves.
        lifted: bool[n], those that follow the mouse.
        touched: bool[n], lines that are selected, or begin or end at something selected.
        scale: Factor on their widths and ends.
        order: int64[n], rows in the order of painting: weak ones first, those of the selection last.
    """

    def __init__(self, scene: Scene, shot: Shot) -> None:
        self.lines, self.curves = scene.lines, scene.curves(shot.camera.zoom)
        self._chosen, self._crowded = shot.selection, scene.crowded
        self.scale = min(1.25, max(0.55, shot.camera.zoom**0.5)) * (0.8 if self._crowded else 1.0)
        self._made: dict[int, SynapseLook] = {}
        self.touched: Bools = self.lines.touching(shot.selection)
        self.lifted: Bools = self.lines.touching(scene.lifted)
        self.order: Ints = np.lexsort((self.lines.strength, self.touched))

    def ordered(self, which: Bools) -> Ints:
        """Rows of some lines, bool[n], in the order of painting, int64[k]."""
        result: Ints = self.order[which[self.order]]
        return result

    def __getitem__(self, row: int) -> SynapseLook:
        look = self._made.get(row)
        if look is None:
            line = self.lines[row]
            look = self._made[row] = SynapseLook(
                line.sign,
                line.strength,
                self._ink(row, line.strength),
                line.id in self._chosen,
                self.scale,
                line.silent,
                line.cut,
                line.leaves,
            )
        return look

    def _ink(self, row: int, strength: float) -> float:
        """How much a line stands out: in a crowd weak ones less, and with a selection others much less."""
        if not self._crowded or (self._chosen and self.touched[row]):
            return 1.0
        return FAINT + FADED * strength if self._chosen else PLAIN + PALE * strength
