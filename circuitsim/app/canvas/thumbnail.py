"""A small live picture of a circuit, played from a stretch of its run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.extent import Extent
from circuitsim.app.canvas.fitting import Room, fit
from circuitsim.app.canvas.looks import Scales, neuron_looks
from circuitsim.app.canvas.moving import Values
from circuitsim.app.canvas.picture import Picture
from circuitsim.app.canvas.scene import Scene
from circuitsim.app.canvas.shot import Frame, Shot
from circuitsim.circuit.edits import Delete
from circuitsim.engine.currents import CurrentMeter

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPaintEvent

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.preview import Preview
    from circuitsim.engine.report import Snapshot

RATE = 15.0  # frames per second
MARGIN = 12.0
BOWS = 40.0  # canvas units


class Thumbnail(QWidget):
    """Empty until it is given something to play; then it plays it again and again."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.setFixedSize(size)
        self._preview: Preview | None = None
        self._scene: Scene | None = None
        self._frame = 0

    @property
    def frame(self) -> int:
        """Number of the frame that is shown."""
        return self._frame

    @property
    def plays(self) -> bool:
        """True once it has something to play."""
        return self._preview is not None

    def play(self, preview: Preview) -> None:
        """Play this from now on; notes and names are left out, they cannot be read at this size."""
        self._preview = preview
        drawn = preview.circuit.copy()
        if drawn.notes:
            drawn.apply(Delete(frozenset(note.id for note in drawn.notes)))
        self._scene = Scene(drawn, self.update)
        self._picture = Picture(self._scene)
        self._camera = fit(Extent(self._scene), Room((self.width(), self.height()), margin=MARGIN))
        self._scales = Scales(preview.bands)
        self._meter = CurrentMeter(preview.circuit)
        self.update()

    def show_still(self, circuit: Circuit | None) -> None:
        """Show a circuit at its start, or nothing."""
        self._preview = None
        self._scene = None if circuit is None else Scene(circuit, self.update)
        if self._scene is not None:
            self._picture = Picture(self._scene)
            self._camera = _around(self._scene, self.width(), self.height())
            self._scales = Scales(None)
        self.update()

    def advance(self) -> None:
        """Go on to the next frame."""
        if self._preview is None:
            return
        self._frame = (self._frame + 1) % self._preview.frames
        snapshot = self._preview.snapshot(self._frame)
        self._picture.flow.set_currents(self._meter.flowing(snapshot), self._meter.directed)
        self._picture.flow.advance(1.0 / RATE)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """The present frame."""
        t = theme.current()
        p = QPainter(self)
        if self._scene is None:
            p.fillRect(self.rect(), QColor(t.canvas))
            p.end()
            return
        snapshot = None if self._preview is None else self._preview.snapshot(self._frame)
        shot = Shot(
            self._camera,
            self.size(),
            self.devicePixelRatioF(),
            t,
            frozenset(),
            self._scene.revision,
            named=False,
        )
        looks = neuron_looks(self._scene.circuit, snapshot, self._scales, frozenset(), None, t)
        values = Values() if snapshot is None else self._values(snapshot)
        self._picture.paint(p, shot, Frame(looks, values=values), moving=False)
        p.end()
        if self._picture.unfinished:  # a large circuit is drawn in slices
            self.update()

    def _values(self, snapshot: Snapshot) -> Values:
        """Values of the tiles; a button that is down is drawn pressed."""
        assert self._preview is not None  # noqa: S101  (painted only when it plays)
        values = dict(zip(snapshot.input_ids, map(float, snapshot.inputs), strict=True))
        held = {
            i.id
            for i in self._preview.circuit.inputs
            if i.stimulus == "button" and values[i.id] != i.parameters["released"]
        }
        return Values(inputs=values, pressed=frozenset(held))


def _around(scene: Scene, width: int, height: int) -> Camera:
    """The camera that shows all bodies with some room for the bows of lines, without measuring these."""
    whole = QRectF()
    for element in scene.placed():
        whole = whole.united(scene.box(element))
    whole.adjust(-BOWS, -BOWS, BOWS, BOWS)
    zoom = min(1.0, (width - MARGIN) / whole.width(), (height - MARGIN) / whole.height())
    middle = whole.center() * zoom
    return Camera(zoom, width / 2 - middle.x(), height / 2 - middle.y())
