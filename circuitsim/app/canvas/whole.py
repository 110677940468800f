"""How far everything reaches, which is found over some frames where there is much: 5 000 lines take 20 ms, and more beside a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.extent import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.app.canvas.scene import Scene


class Whole:
    """Finds the extent of a scene, and keeps it until the drawing is another one.

    Args:
        scene: What is drawn.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._edition = -1
        self._extent: Extent | None = None
        self._steps: Iterator[None] = iter(())

    @property
    def known(self) -> bool:
        """Whether it has been found for the drawing as it is."""
        return self._extent is not None and self._edition == self._scene.edition

    def step(self) -> None:
        """Do what a frame has time for."""
        if self._edition != self._scene.edition:
            self._edition, self._extent, self._steps = self._scene.edition, None, self._find()
        next(self._steps, None)

    def now(self) -> Extent:
        """The extent, found at once if need be."""
        while not self.known:
            self.step()
        assert self._extent is not None  # noqa: S101  (known)
        return self._extent

    def _find(self) -> Iterator[None]:
        """Lay the lines, then find room for names; the scene keeps both, and the extent needs them."""
        self._scene.usual_points()
        yield
        self._scene.sides()
        yield
        self._extent = Extent(self._scene)
