"""Painting of what stands still: notes, bodies of tiles, names of tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.app.canvas.paint.note import paint_note
from circuitsim.app.canvas.paint.text import halo_text
from circuitsim.app.canvas.paint.tiles import paint_port, paint_tile, paint_wave
from circuitsim.app.canvas.scene import ports_of
from circuitsim.app.canvas.sizes import is_slider, is_wave
from circuitsim.app.canvas.wave import wave_points
from circuitsim.app.document.maps import made_by, sent_by
from circuitsim.app.theme.type import font
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

    from circuitsim.app.canvas.part import Part
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.app.theme.tokens import Theme
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Output, Point

NAMES_FROM = 0.34  # zoom from which tiles have names
MAPS_FROM = 0.6  # and from which they have their affine maps
MAP_SIZE = 10  # of the letters of these


def paint_notes(
    p: QPainter, scene: Scene, zoom: float, selection: frozenset[int], theme: Theme, part: Part
) -> None:
    """The notes of a part."""
    for note in part.of(scene.circuit.notes):
        box = scene.box(note)
        p.save()
        p.translate(box.topLeft() * zoom)
        p.scale(zoom, zoom)
        box.moveTo(0, 0)
        paint_note(p, box, theme, note.title, note.text, selected=note.id in selection, zoom=zoom)
        p.restore()


def paint_tile_bodies(
    p: QPainter, scene: Scene, zoom: float, selection: frozenset[int], theme: Theme, part: Part
) -> None:
    """Body and ports of every tile of a part, and the time course on those that have one."""
    for output in part.of(scene.circuit.outputs):
        box = scene.box(output)
        p.save()
        p.scale(zoom, zoom)
        paint_tile(p, box, theme, selected=output.id in selection, radius=box.height() / 2)
        p.restore()
    for element in part.of(scene.circuit.inputs):
        box = scene.box(element)
        p.save()
        p.scale(zoom, zoom)
        paint_tile(p, box, theme, selected=element.id in selection)
        if is_wave(element):
            kind, seed = scene.circuit.kinds.stimuli[element.stimulus], scene.circuit.document.settings.seed
            paint_wave(p, box, theme, wave_points(kind, element, seed), element.key)
        for x in ports_of(scene, element):
            paint_port(p, x, box.center().y(), theme)
        p.restore()


def paint_tile_names(p: QPainter, scene: Scene, zoom: float, theme: Theme, part: Part) -> None:
    """The name under every input that does not carry it inside, and what inputs send and outputs make."""
    if zoom < NAMES_FROM:
        return
    tiles: tuple[Input | Output, ...] = (*scene.circuit.inputs, *scene.circuit.outputs)
    for tile in part.of(tiles):
        if text := map_under(scene.circuit, tile, zoom):
            x, baseline = map_place(scene.box(tile), zoom, below_name=is_named_below(tile))
            halo_text(p, x, baseline, text, font(MAP_SIZE, 500), theme.text3, theme)
    for element in part.of(scene.circuit.inputs):
        if is_named_below(element):
            (x, baseline), size = tile_name(scene.box(element), zoom)
            halo_text(p, x, baseline, element.label or element.name, font(size, 500), theme.text, theme)


def tile_name(box: QRectF, zoom: float) -> tuple[Point, int]:
    """Where the name under a tile stands, the middle of its base line in px, and its size."""
    return (box.center().x() * zoom, box.bottom() * zoom + 15), 11 if zoom < 1.13 else 13


def is_named_below(tile: Input | Output) -> bool:
    """Whether the name of a tile stands under it, not inside."""
    return isinstance(tile, Input) and not is_slider(tile)


def map_under(circuit: Circuit, tile: Input | Output, zoom: float) -> str:
    """The affine map of a tile in words; empty if it changes nothing, or the tile is too small."""
    if zoom < MAPS_FROM:
        return ""
    if isinstance(tile, Input):
        made = sent_by(tile)
        return "" if made.plain or not circuit.attached(tile.id) else f"→ {made.of('u')}"
    return "" if tile.gain == 1.0 and tile.offset == 0.0 else made_by(circuit, tile)


def map_place(box: QRectF, zoom: float, *, below_name: bool) -> Point:
    """Where the map of a tile stands, the middle of its base line in px."""
    return box.center().x() * zoom, box.bottom() * zoom + (29 if below_name else 14)
