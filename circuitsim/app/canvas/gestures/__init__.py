"""What the mouse does on the canvas: one class per gesture, asked in this order.

A gesture is added by writing its class and putting it in the list.
"""

from __future__ import annotations

from circuitsim.app.canvas.gestures.amplify import Amplify
from circuitsim.app.canvas.gestures.band import Band
from circuitsim.app.canvas.gestures.connect import Connect
from circuitsim.app.canvas.gestures.gesture import Gesture, Host, Pointer
from circuitsim.app.canvas.gestures.hold import Hold
from circuitsim.app.canvas.gestures.move import Move
from circuitsim.app.canvas.gestures.pan import Pan
from circuitsim.app.canvas.gestures.pick import Pick
from circuitsim.app.canvas.gestures.place import Place
from circuitsim.app.canvas.gestures.slide import Slide

GESTURES: tuple[type[Gesture], ...] = (Pan, Place, Connect, Hold, Slide, Amplify, Move, Pick, Band)

__all__ = ["GESTURES", "Gesture", "Host", "Pointer"]
