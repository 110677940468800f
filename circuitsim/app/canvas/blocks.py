"""Networks with memory on the canvas: what their blocks say, where lines end, and the frame around their units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from circuitsim.app.canvas.paint.block import BlockLook, paint_block, paint_frame
from circuitsim.app.canvas.paint.preview import Mark, paint_lit_tile
from circuitsim.app.canvas.sizes import NAMED_BELOW, NEURON
from circuitsim.app.document.quantity import duration
from circuitsim.circuit.elements import NOTHING, Neuron

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.looks import Looks
    from circuitsim.app.canvas.part import Part
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Cell

ROOM = 14.0  # canvas units between a frame and what it encloses


def look_of(circuit: Circuit, cell: Cell, selection: frozenset[int]) -> BlockLook:
    """What the block of a network says."""
    kind = circuit.kinds.cells[cell.kind]
    sizes = kind.sizes(cell.shapes, len(cell.reads), len(cell.units))
    backbone = (sizes.backbone_units,) * sizes.backbone_layers
    samples = kind.parameters[1].choices[int(cell.parameters["clock"])] == "samples"
    period = " ".join(duration(cell.parameters["period"], circuit.unit_system))
    return BlockLook(
        name=cell.label or cell.name,
        kind=kind.short,
        layers=(len(cell.reads), *backbone, *sizes.layers),
        detail="samples" if samples else period,
        reads=tuple(reading.source != NOTHING for reading in cell.reads),
        mixed=sizes.mixed,
        selected=cell.id in selection,
    )


def frame_of(scene: Scene, cell: Cell) -> QRectF:
    """The box around a block and its units, in canvas units."""
    box = scene.box(cell).adjusted(-ROOM, -ROOM - 4, ROOM + 4, ROOM)
    reach = NEURON + ROOM
    for i in cell.units:
        x, y = scene.place(scene.circuit.get(i, Neuron))
        box = box.united(QRectF(x - reach, y - reach, 2 * reach, 2 * reach + NAMED_BELOW))
    return box


def paint_frames(
    p: QPainter, scene: Scene, zoom: float, selection: frozenset[int], theme: Theme, part: Part
) -> None:
    """The frames around blocks and their units."""
    for cell in scene.circuit.cells:
        if not part.takes((cell.id, *cell.units)):
            continue
        p.save()
        p.scale(zoom, zoom)
        paint_frame(p, frame_of(scene, cell), theme, selected=cell.id in selection)
        p.restore()


def paint_blocks(
    p: QPainter, scene: Scene, zoom: float, selection: frozenset[int], theme: Theme, part: Part
) -> None:
    """The blocks of a part."""
    for cell in part.of(scene.circuit.cells):
        p.save()
        p.scale(zoom, zoom)
        paint_block(p, scene.box(cell), look_of(scene.circuit, cell, selection), theme)
        p.restore()


def paint_lit_blocks(p: QPainter, scene: Scene, zoom: float, looks: Looks, theme: Theme) -> None:
    """What lights up around the blocks where a line may end."""
    for cell in scene.circuit.cells:
        if looks.marks.get(cell.id) is Mark.LEGAL:
            box = scene.box(cell)
            paint_lit_tile(p, QRectF(box.topLeft() * zoom, box.size() * zoom), theme, beat=looks.beat)
