"""How strongly a waveform acts: the gain of its tile, which a track on the tile and a key letter change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.canvas.sizes import is_wave
from circuitsim.circuit.edits import Replace
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from circuitsim.app.canvas.ports import Document
    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.elements import Element

MOST = 2.0  # gain at the right end of the track; the left end is 0
STEP = 0.05  # of the gain
ENDS, BELOW = 12.0, 7.0  # canvas units of the track from the sides and from the lower edge of the tile
REACH = 7.0  # canvas units from the track that still take hold of it
LEAST_ZOOM = 0.5  # below it, a tile is too small to hold a track


def track(scene: Scene, wave: Input) -> tuple[float, float, float]:
    """Left end, right end and height of the track of a waveform, in canvas units."""
    box = scene.box(wave)
    return box.left() + ENDS, box.right() - ENDS, box.bottom() - BELOW


def has_track(element: Element | None, zoom: float) -> bool:
    """Whether there is a track on an element, for the mouse that is on it."""
    return isinstance(element, Input) and is_wave(element) and zoom >= LEAST_ZOOM


def on_track(scene: Scene, wave: Input, at: QPointF) -> bool:
    """Whether a canvas point is on the track of a waveform, or so near that it takes hold of it."""
    left, right, y = track(scene, wave)
    return left - REACH <= at.x() <= right + REACH and abs(at.y() - y) <= REACH


def gain_at(scene: Scene, wave: Input, x: float) -> float:
    """The gain that stands at a place of the track."""
    left, right, _ = track(scene, wave)
    share = min(1.0, max(0.0, (x - left) / (right - left)))
    return round(round(MOST * share / STEP) * STEP, 2)


def set_gain(document: Document, wave: int, gain: float) -> None:
    """Let a waveform act so strongly from now on; within a gesture all of it is one step of undo."""
    element = document.circuit.elements.get(wave)
    if isinstance(element, Input) and element.gain != gain:
        changed = replace(element, gain=gain)
        document.push(Replace((changed,), f"Set gain of {element.name}", merge_key=f"gain:{wave}"))


class Switches:
    """Waveforms by their key: each press switches them off, or on again as strong as they were."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._strong: dict[int, float] = {}

    def press(self, key: str) -> bool:
        """Switch the waveforms of a key letter; False if there is none."""
        waves = self._document.circuit.inputs
        found = [e for e in waves if is_wave(e) and e.key and e.key.lower() == key.lower()]
        for wave in found:
            if wave.gain:
                self._strong[wave.id] = wave.gain
            set_gain(self._document, wave.id, 0.0 if wave.gain else self._strong.get(wave.id, 1.0))
        return bool(found)
