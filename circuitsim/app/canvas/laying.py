"""Where lines run, from what they begin at to what they end at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.blocks import frame_of
from circuitsim.app.canvas.curves import Ends, bows
from circuitsim.app.canvas.geometry import SAMPLES, End, loop, sampled
from circuitsim.app.canvas.reading_lines import line_end
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.circuit.elements import Cell, Input, Named, Neuron, Output, Placed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF

    from circuitsim.app.canvas.scene import Scene
    from circuitsim.circuit.elements import Point
    from circuitsim.spec.bounds import Floats, Ints

    Bools = NDArray[np.bool_]

ROUTED = 300  # up to so many lines keep clear of other neurons
CLEAR = 1.15  # by so many radii
DETOURS = (0.0, 0.07, -0.05, 0.14, 0.21)  # added to a bend until the line is clear


def lay(scene: Scene, zoom: float, rows: Ints) -> Floats:
    """The control points of some lines of a drawing, float64[k, 4, 2] in px relative to the origin of the canvas."""
    lines = scene.lines
    result = np.zeros((len(rows), 4, 2))
    loops = lines.loop[rows]
    for k in np.flatnonzero(loops).tolist():
        line = lines[rows[k]]
        curve = loop(end_of(scene, line.source, zoom), line.bend)
        result[k] = curve.a, curve.b, curve.c, curve.d
    others = rows[~loops]
    if others.size:
        source, target = _ends(scene, others, zoom)
        if len(lines) <= ROUTED:
            result[~loops] = _clear_points(scene, others, source, target, zoom)
        else:
            result[~loops] = bows(source, target, lines.bend[others])
    return result


def _ends(scene: Scene, rows: Ints, zoom: float) -> tuple[Ends, Ends]:
    """Where some lines begin and where they end."""
    lines, elements = scene.lines, scene.circuit.elements
    ids, place = np.unique(np.concatenate((lines.source[rows], lines.target[rows])), return_inverse=True)
    there = [end_of(scene, i, zoom) for i in ids.tolist()]
    ends = Ends.of(there)
    source, target = ends.at(place[: len(rows)]), ends.at(place[len(rows) :])
    for k in np.flatnonzero(lines.id[rows] < 0).tolist():  # a network is read column by column
        line = lines[rows[k]]
        target.put(k, column(scene, line.target, line.id, zoom))
    tiles = np.array([i for i in ids.tolist() if isinstance(elements[i], Input)], dtype=np.int64)
    for k in np.flatnonzero(np.isin(lines.source[rows], tiles)).tolist():
        source.put(k, port(scene, int(lines.source[rows[k]]), target.end(k), zoom))
    return source, target


def _clear_points(scene: Scene, rows: Ints, source: Ends, target: Ends, zoom: float) -> Floats:
    """Control points of lines, each with the first of several bends that keeps clear of other neurons, else with the first of all."""
    lines, centres = scene.lines, scene.centres() * zoom
    ids = np.array([n.id for n in scene.circuit.neurons], dtype=np.int64)
    own = (ids == lines.source[rows][:, None]) | (ids == lines.target[rows][:, None])
    result, left = bows(source, target, lines.bend[rows]), np.arange(len(rows))
    for more in DETOURS:
        points = bows(source.at(left), target.at(left), lines.bend[rows[left]] + more)
        clear = _distances(points, centres, own[left]) >= NEURON * zoom * CLEAR
        result[left[clear]] = points[clear]
        left = left[~clear]
        if not left.size:
            break
    return result


def _distances(points: Floats, centres: Floats, left_out: Bools) -> Floats:
    """From lines with control points float64[k, 4, 2] to the next of some centres, those left out aside, float64[k]."""
    nearest = np.full(left_out.shape, np.inf)
    for x, y in sampled(points, SAMPLES - 1).transpose(1, 2, 0):
        away = (x[:, None] - centres[:, 0]) ** 2 + (y[:, None] - centres[:, 1]) ** 2
        np.minimum(nearest, away, out=nearest)
    nearest[left_out] = np.inf
    result: Floats = np.sqrt(nearest.min(axis=1, initial=np.inf))
    return result


def end_of(scene: Scene, element: int, zoom: float) -> End:
    """What lines at an element begin or end at."""
    found = scene.circuit.elements[element]
    assert isinstance(found, Named)  # noqa: S101  (held by validation)
    x, y = scene.place(found)
    if isinstance(found, Neuron):
        return End(x * zoom, y * zoom, NEURON * zoom, found.role)
    if isinstance(found, Output):
        source = scene.circuit.elements.get(found.source)
        beside = reading_end(scene.box(found), scene.place(source) if isinstance(source, Placed) else (x, y))
        return End(beside[0] * zoom, beside[1] * zoom)
    if isinstance(found, Cell):  # what reads a network reads what comes out of its frame
        frame = frame_of(scene, found)
        return End(frame.right() * zoom, frame.center().y() * zoom)
    return End(x * zoom, y * zoom)


def column(scene: Scene, network: int, line: int, zoom: float) -> End:
    """Where a line of a network ends; number 0 stands for one that is not there yet."""
    cell = scene.circuit.get(network, Cell)
    at = line_end(scene.box(cell), cell, line)
    return End(at.x() * zoom, at.y() * zoom)


def port(scene: Scene, source: int, target: End, zoom: float) -> End:
    """Where a line leaves a tile towards its target."""
    box = scene.box(scene.circuit.get(source, Input))
    return End(port_x(box, target.x / zoom) * zoom, box.center().y() * zoom)


def port_x(box: QRectF, target: float) -> float:
    """The edge of a tile at which a line leaves towards a target: right, unless it lies to the left."""
    return box.left() if target < box.left() else box.right()


def reading_end(box: QRectF, source: Point) -> Point:
    """The place on the rim of an output at which its line ends: on the side of what it reads."""
    x, round_end = source[0], box.height() / 2
    if not box.left() < x < box.right():
        return port_x(box, x), box.center().y()
    x = min(box.right() - round_end, max(box.left() + round_end, x))
    return x, box.top() if source[1] < box.center().y() else box.bottom()
