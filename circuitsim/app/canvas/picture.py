"""One frame of the canvas: two cached layers of what stands still, and between them what moves."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from circuitsim.app.canvas.blocks import paint_blocks, paint_frames, paint_lit_blocks
from circuitsim.app.canvas.flow import Flow, Lane, strongest
from circuitsim.app.canvas.islands import Islands
from circuitsim.app.canvas.kept import Kept
from circuitsim.app.canvas.layers import paint_heads
from circuitsim.app.canvas.line_looks import LineLooks
from circuitsim.app.canvas.line_painting import DETAIL_FROM, MovedLines, paint_still_lines
from circuitsim.app.canvas.moving import paint_inputs, paint_lit_outputs, paint_outputs
from circuitsim.app.canvas.naming import MANY, Room, box_of_name
from circuitsim.app.canvas.paint.grid import paint_grid
from circuitsim.app.canvas.paint.neuron import (
    BESIDE_NUMBERS,
    NAME_FROM,
    NamePlace,
    name_place,
    name_room,
    numbers_shown,
    paint_name,
    paint_neuron,
    paint_numbers,
)
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.app.canvas.paint.warning import paint_warning
from circuitsim.app.canvas.part import Part
from circuitsim.app.canvas.shot import layer, same_paper
from circuitsim.app.canvas.sizes import DOTS, NEURON
from circuitsim.app.canvas.still import paint_notes, paint_tile_bodies, paint_tile_names

if TYPE_CHECKING:
    from collections.abc import Generator

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.canvas.shot import Frame, Shot
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.elements import Neuron
    from circuitsim.spec.bounds import Ints

T = TypeVar("T")

DOTS_FROM = 36.0  # and from which they have dots without being selected
AT_ONCE = 400  # neurons and lines up to which a drawing is small: drawn in one go in another theme, else in larger slices
NUMBERED = 40  # selected neurons up to which each shows v and tau before it is large
FEW = 60  # neurons and lines up to which lines show in the frame of a click that they are selected
SLICE = 0.005  # s of a frame in which larger ones are drawn
SLICE_LIFTED = 0.003  # s, while lines are drawn in every frame besides, since something is dragged
SLICE_SMALL = 0.012  # s of a frame in which those of smaller ones are
CHEAP = 0.006  # s; a layer that takes longer is stretched while the view moves
GAP, GAP_CROWDED = 38.0, 72.0  # px between dots


class Picture:
    """Paints frames and keeps the layers between them.

    Attributes:
        fresh: Whether nothing has been painted as yet.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.flow = Flow()
        self._kept = Kept()
        self._ahead: Kept | None = None  # in the theme that comes
        self._islands = Islands()
        self._edition = -1
        self._lifted = False  # whether something was, in the frame before
        self.fresh = True
        self._moved_lines = MovedLines()
        self._seen: tuple[Shot, Frame] | None = None

    def paint(self, p: QPainter, shot: Shot, frame: Frame, *, moving: bool) -> bool:
        """Paint a frame; False if layers of an older one were used, since the view moves or others are being drawn."""
        self._seen = shot, frame
        exact = self._prepare(shot, moving=moving)
        kept = self._kept
        if kept.under is None:  # the first frame: the paper alone
            p.fillRect(QRectF(QPointF(), shot.size.toSizeF()), QColor(shot.theme.canvas))
        else:
            self._blit(p, kept.under, shot, exact=exact)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.translate(shot.camera.origin)
        aloft = Part(kept.aloft)
        if aloft.ids:
            _to_the_end(self._ground(p, shot, None, aloft))
        self._dots(p, shot, exact=exact)
        self._neurons(p, shot, frame, moving=moving and not exact)
        paint_inputs(p, self.scene, shot.camera.zoom, frame.values, shot.theme)
        paint_outputs(p, self.scene, shot.camera.zoom, frame.values, shot.theme)
        if frame.looks is not None:
            paint_lit_outputs(p, self.scene, shot.camera.zoom, frame.looks, shot.theme)
            paint_lit_blocks(p, self.scene, shot.camera.zoom, frame.looks, shot.theme)
        p.restore()
        if kept.over is not None:
            self._blit(p, kept.over, shot, exact=exact)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.save()
        p.translate(shot.camera.origin)
        if aloft.ids:
            _to_the_end(self._names(p, shot, aloft))
        named = kept.shot if kept.shot is not None and self._is_picked(shot) else shot
        self._numbers(p, named, frame)  # under the names as they stand in the layer, until they have moved
        p.restore()
        return exact

    def paint_vectors(self, p: QPainter, shot: Shot, frame: Frame) -> None:
        """Paint a frame of a figure on whatever is there: no layers, no sprites, no grid, and no dots, which move."""
        zoom, theme = shot.camera.zoom, shot.theme
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.translate(shot.camera.origin)
        still = Part(self.scene.lifted, others=True)
        _to_the_end(self._ground(p, shot, LineLooks(self.scene, shot), still))
        for neuron in self.scene.circuit.neurons:
            x, y = self.scene.place(neuron)
            look = None if frame.looks is None else frame.looks.get(neuron.id)
            if look is not None:
                paint_neuron(p, x * zoom, y * zoom, NEURON * zoom, look, theme)
        paint_inputs(p, self.scene, zoom, frame.values, theme)
        paint_outputs(p, self.scene, zoom, frame.values, theme)
        _to_the_end(self._names(p, shot, still))
        self._numbers(p, shot, frame)

    # what stands still --------------------------------------------------------------------------

    @property
    def unfinished(self) -> bool:
        """Whether layers, or pictures of neurons, are being drawn, a slice at every frame."""
        return self._kept.job is not None or self._kept.sprites.unfinished

    def _prepare(self, shot: Shot, *, moving: bool) -> bool:
        """Bring the layers up to date; False if they are as they were, until the view rests or all slices are done."""
        if self._kept.shot is not None and self._kept.shot.theme is not shot.theme:
            self._change_theme(shot)
        kept = self._kept
        kept.aloft |= self.scene.lifted
        empty = kept.shot is None
        if kept.shot is None:
            kept.shot = replace(shot, revision=-1)
            fresh, self.fresh = self.fresh, False
            if fresh:
                kept.begin(self._render(shot, kept), shot)
                return False  # the first frame of a circuit has enough to do: lines are seen in the next one
        if shot == kept.shot:
            kept.drop_job()
            return True
        if moving and kept.shot is not None and kept.cost > CHEAP and same_paper(kept.shot, shot):
            kept.drop_job()
            return False
        # layers begin anew with what is lifted or put down; until they are there it is drawn besides them
        lifted, self._lifted = self._lifted or bool(self.scene.lifted), bool(self.scene.lifted)
        picked = self._is_picked(shot)
        if kept.job_of != shot and (lifted or not _goes_on(kept.job_of, shot)):
            kept.begin(self._render(shot, kept), shot)
            if picked and self._size > FEW:
                return False  # the frame of the click has enough to do: neurons show at once that they are selected
            edition, self._edition = self._edition, self.scene.edition
            if edition != self._edition and self.large:
                return False  # so has that of an edit: it may let the scope draw all anew, and lines come later anyway
        done = kept.draw_on(self._room(whole=empty))
        if done and kept.shot != shot:
            kept.begin(self._render(shot, kept), shot)
        return done

    def _room(self, *, whole: bool) -> float:
        """Seconds of this frame for the layers."""
        if self.large:
            return SLICE_LIFTED if self.scene.lifted else SLICE
        if whole:
            return math.inf
        return SLICE_SMALL

    def draw_ahead(self, theme: Theme, room: float) -> bool:
        """Draw layers, then neurons, in a theme that comes, for so many seconds; True once all are there."""
        if self._seen is None:
            return False  # another circuit was opened just now
        shot, looks = replace(self._seen[0], theme=theme), self._seen[1].looks
        kept = self._ahead = self._ahead or Kept()
        if kept.shot != shot:
            if kept.job is None or kept.job_of != shot:
                kept.begin(self._render(shot, kept), shot)
            kept.draw_on(room)
            return False
        kept.sprites.begin(NEURON * shot.camera.zoom, shot.ratio, theme)
        return looks is None or kept.sprites.make(looks, self._in_view(shot), room)

    def _change_theme(self, shot: Shot) -> None:
        """Go on with what was drawn ahead, as far as it came; dots run where they ran."""
        before, self._kept, self._ahead = self._kept, self._ahead or Kept(), None
        before.drop_job()
        kept = self._kept.shot
        if kept is not None and kept.theme is not shot.theme:
            self._kept = Kept()  # somebody has changed his mind
        elif kept is not None and (before.shot is None or kept != replace(before.shot, theme=kept.theme)):
            self._lay_flow(kept, LineLooks(self.scene, kept))

    @property
    def large(self) -> bool:
        """Whether all that can be is done over some frames."""
        return self._size > AT_ONCE

    @property
    def _size(self) -> int:
        """Lines and neurons, without looking for the lines."""
        circuit = self.scene.circuit
        reading = sum(len(cell.reads) for cell in circuit.cells)
        return len(circuit.synapses) + len(circuit.outputs) + reading + len(circuit.neurons)

    def _is_picked(self, shot: Shot) -> bool:
        """Whether only the selection is another one than in the layers."""
        return self._kept.shot is not None and shot == replace(self._kept.shot, selection=shot.selection)

    def _blit(self, p: QPainter, layer: QPixmap, shot: Shot, *, exact: bool) -> None:
        kept = self._kept
        if exact or kept.shot is None:
            if layer is kept.over:
                self._islands.paint(p, layer)
            else:
                p.drawPixmap(0, 0, layer)
            return
        then, now = kept.shot.camera, shot.camera
        k = now.zoom / then.zoom
        place = QRectF(QPointF(now.x - then.x * k, now.y - then.y * k), kept.shot.size.toSizeF() * k)
        if layer is kept.under:
            p.fillRect(QRectF(QPointF(), shot.size.toSizeF()), QColor(shot.theme.canvas))
        p.drawPixmap(place, layer, QRectF(layer.rect()))

    def _render(self, shot: Shot, kept: Kept) -> Generator[None, None, None]:
        """Draw both layers, pausing between the parts, and put them where they are kept, in the place of old ones."""
        camera, theme = shot.camera, shot.theme
        yield from self.scene.find_lines(camera.zoom)
        # of the lines as they are now: there may be edits before this is done
        looks, still = LineLooks(self.scene, shot), Part(self.scene.lifted, others=True)
        yield
        under, p = layer(shot, QColor(theme.canvas))
        try:
            paint_grid(
                p, shot.size.width(), shot.size.height(), camera.origin, DOTS * camera.zoom, theme, shot.ratio
            )
            p.translate(camera.origin)
            yield from self._ground(p, shot, looks, still)
        finally:
            p.end()
        over, p = layer(shot, QColor(Qt.GlobalColor.transparent))
        try:
            p.translate(camera.origin)
            yield from self._names(p, shot, still)
        finally:
            p.end()
        kept.under, kept.over, kept.aloft = under, over, still.ids
        if kept is self._kept:
            self._lay_flow(shot, looks)

    def _ground(
        self, p: QPainter, shot: Shot, looks: LineLooks | None, part: Part
    ) -> Generator[None, None, None]:
        """What lies under the neurons: notes, lines, tiles; lines that stand still with these looks, else those in the air."""
        scene, zoom, chosen = self.scene, shot.camera.zoom, shot.selection
        paint_notes(p, scene, zoom, chosen, shot.theme, part)
        paint_frames(p, scene, zoom, chosen, shot.theme, part)
        if looks is None:
            self._moved_lines.paint(p, scene, shot, part.ids)
        else:
            yield from paint_still_lines(p, shot, looks)
        paint_tile_bodies(p, scene, zoom, chosen, shot.theme, part)
        paint_blocks(p, scene, zoom, chosen, shot.theme, part)

    def _names(self, p: QPainter, shot: Shot, part: Part) -> Generator[None, None, None]:
        zoom, there = shot.camera.zoom, self.scene.circuit.elements
        if not shot.named:
            return
        paint_tile_names(p, self.scene, zoom, shot.theme, part)
        if part.others:
            paint_heads(p, self.scene, zoom, shot.theme)
        radius = NEURON * zoom
        neurons = part.of(self.scene.circuit.neurons)
        if not part.others and len(neurons) > MANY:
            return  # they would be drawn in every frame
        if 2 * radius < NAME_FROM:
            neurons = [neuron for neuron in neurons if neuron.id in shot.selection]
        many = len(self.scene.circuit.neurons) > MANY
        room = Room(self.scene.centres() * zoom, radius) if many else None
        for neuron in sorted(neurons, key=lambda n: n.id not in shot.selection):
            if neuron.id not in there:
                continue  # it has been deleted meanwhile
            place, name = self._name_place(shot, neuron), neuron.label or neuron.name
            selected = neuron.id in shot.selection
            if room is None or room.take(place, name) or selected:
                paint_name(p, place, name, shot.theme, selected=selected, dimmed=neuron.id in shot.dimmed)
            yield

    def _numbers(self, p: QPainter, shot: Shot, frame: Frame) -> None:
        """Live v and tau of the neurons that are large enough, or among few selected ones."""
        diameter, neurons = 2 * NEURON * shot.camera.zoom, self.scene.circuit.neurons
        if frame.looks is None or not numbers_shown(diameter, selected=True):
            return
        wanted = None if numbers_shown(diameter, selected=False) else shot.selection & {n.id for n in neurons}
        if wanted is not None and len(wanted) > NUMBERED:
            return
        for neuron in map(neurons.__getitem__, self._in_view(shot, BESIDE_NUMBERS).tolist()):
            text = frame.numbers(neuron.id) if wanted is None or neuron.id in wanted else ""
            if text:
                paint_numbers(p, self._name_place(shot, neuron), text, shot.theme)

    def _name_place(self, shot: Shot, neuron: Neuron) -> NamePlace:
        """Where a name stands: on the freest side, but below where it would leave the view."""
        zoom, (x, y) = shot.camera.zoom, self.scene.place(neuron)
        radius, selected = NEURON * zoom, neuron.id in shot.selection
        numbers = numbers_shown(2 * radius, selected=selected)
        haloed, side = selected or neuron.id in shot.lit, self.scene.sides()[neuron.id]
        place = name_place(x * zoom, y * zoom, radius, side, neuron.role, haloed=haloed, numbers=numbers)
        box = box_of_name(place, neuron.label or neuron.name)
        reach = max(abs(box.left() - x * zoom), abs(box.right() - x * zoom))
        if numbers:
            reach = max(reach, name_room(radius, numbers=True))
        middle = shot.camera.x + x * zoom
        if (side == "r" and middle + reach > shot.size.width()) or (side == "l" and middle < reach):
            return name_place(x * zoom, y * zoom, radius, "b", neuron.role, haloed=haloed, numbers=numbers)
        return place

    def _lay_flow(self, shot: Shot, looks: LineLooks) -> None:
        """Let dots run along some lines: in a crowd along the strong ones, with a selection along its own."""
        d, crowded = 2 * NEURON * shot.camera.zoom, self.scene.crowded
        curves, strength = looks.curves, looks.lines.strength
        shown = np.full(len(strength), d >= DETAIL_FROM)
        if crowded or d < DOTS_FROM:
            shown &= looks.touched & (strength > 0.3) if shot.selection else strength > 0.45
        if d < DOTS_FROM:
            shown &= looks.touched
        shown &= ~looks.lifted
        gap, rows = GAP_CROWDED if crowded else GAP, looks.ordered(shown)
        rows = strongest(rows, strength[rows], curves.lengths(rows) / (gap * looks.scale))
        curves.measure(rows)
        lanes = [
            Lane(line, curves[line], look)
            for line, look in ((curves.ids[row], looks[row]) for row in rows.tolist())
            if look.sign is not Sign.READING
        ]
        self.flow.lay(lanes, gap)

    # what moves ---------------------------------------------------------------------------------

    def _dots(self, p: QPainter, shot: Shot, *, exact: bool) -> None:
        p.save()
        if not exact and self._kept.shot is not None:  # they were laid out at the zoom of the layer
            k = shot.camera.zoom / self._kept.shot.camera.zoom
            p.scale(k, k)
        self.flow.paint(p, shot.theme, shot.ratio)
        p.restore()

    def _neurons(self, p: QPainter, shot: Shot, frame: Frame, *, moving: bool) -> None:
        zoom = shot.camera.zoom
        self._kept.sprites.begin(NEURON * zoom, shot.ratio, shot.theme, moving=moving, whole=not self.large)
        if frame.looks is None or not len(frame.looks):
            return
        at = self.scene.centres() * zoom
        self._kept.sprites.paint(p, at, frame.looks, self._in_view(shot))
        for neuron in self.scene.circuit.neurons if frame.warned else ():
            if neuron.id in frame.warned:
                x, y = self.scene.place(neuron)
                paint_warning(p, x * zoom, y * zoom, NEURON * zoom, shot.theme)

    def _in_view(self, shot: Shot, beside: float = 0.0) -> Ints:
        """Indices of the neurons of which something may be seen, with so many px beside them, int64[k]."""
        zoom = shot.camera.zoom
        view = QRectF(-shot.camera.origin, shot.size.toSizeF())
        reach = NEURON * zoom * 1.5 + beside
        view.adjust(-reach, -reach, reach, reach)
        at = self.scene.centres() * zoom
        low, high = (view.left(), view.top()), (view.right(), view.bottom())
        return np.flatnonzero((at >= low).all(axis=1) & (at <= high).all(axis=1))


def _goes_on(drawn: Shot | None, wanted: Shot) -> bool:
    """Whether layers that are being drawn are finished first, since edits in every frame would have them begun for ever."""
    return drawn is not None and wanted == replace(
        drawn, revision=wanted.revision, dimmed=wanted.dimmed, lit=wanted.lit
    )


def _to_the_end(parts: Generator[None, None, T]) -> T:
    """Do all parts at once; returns what comes out in the end."""
    while True:
        try:
            next(parts)
        except StopIteration as end:
            result: T = end.value
            return result
