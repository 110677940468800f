"""The camera that shows everything, with nothing of it under what stands on the canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.app.canvas.camera import FIT_MOST, LEAST, Camera

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.app.canvas.extent import Extent
    from circuitsim.spec.bounds import Floats

    Bools = NDArray[np.bool_]
    Size = tuple[float, float]

MARGIN = 24.0  # px free around a fitted circuit
CLEAR = 8.0  # px between it and what stands on the canvas
HALVINGS = 11  # of the range of zooms, until a large view is right to a pixel
SHARES = np.array(
    sorted(
        ((x / 4, y / 4) for x in range(5) for y in range(5)),
        key=lambda at: (at[0] - 0.5) ** 2 + (at[1] - 0.5) ** 2,
    )
)  # float64[s, 2], where in the free room the circuit may stand, from left to right and top to bottom; the middle first


@dataclass(frozen=True)
class Room:
    """What of a view is free.

    Attributes:
        view: Its width and height, px.
        head: What is taken along the whole upper edge, px.
        foot: What is taken along the whole lower edge, px.
        chip: Width and height of what is taken in the upper right corner, px; 0 if nothing is.
        card: The same in the lower left corner.
        sign: The same in the middle of the upper edge.
        margin: What stays free on all sides, px.
    """

    view: Size
    head: float = 0.0
    foot: float = 0.0
    chip: Size = (0.0, 0.0)
    card: Size = (0.0, 0.0)
    sign: Size = (0.0, 0.0)
    margin: float = MARGIN


def fit(extent: Extent, room: Room) -> Camera:
    """The largest view of a drawing for which there is room."""
    if extent.empty:
        return Camera(1.0, room.view[0] / 2, (room.head + room.view[1] - room.foot) / 2)
    best = _placed(extent, FIT_MOST, room)
    if best is not None:
        return best
    low, high = LEAST, max(LEAST, min(FIT_MOST, _most(extent, room)))
    for _ in range(HALVINGS):
        zoom = (low + high) / 2
        found = _placed(extent, zoom, room)
        low, high, best = (low, zoom, best) if found is None else (zoom, high, found)
    return best or _centred(extent, LEAST, room)


def _space(room: Room) -> list[float]:
    """Width and height that a drawing may take."""
    return [edge - 2 * room.margin for edge in (room.view[0], room.view[1] - room.head - room.foot)]


def _most(extent: Extent, room: Room) -> float:
    """A zoom beyond which there is no room, whatever the texts take."""
    return min(space / max(1e-9, least) for space, least in zip(_space(room), extent.least(1.0), strict=True))


def _centred(extent: Extent, zoom: float, room: Room) -> Camera:
    away = (room.view[0] / 2, (room.head + room.view[1] - room.foot) / 2)
    middle = extent.whole(zoom).center()
    return Camera(zoom, away[0] - middle.x(), away[1] - middle.y())


def _placed(extent: Extent, zoom: float, room: Room) -> Camera | None:
    """The camera of a zoom at which everything is clear, as near to the middle as can be; None if there is none."""
    space = _space(room)
    if zoom > _most(extent, room):
        return None
    boxes = extent.at(zoom)
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    free_x, free_y = space[0] - (right - left), space[1] - (bottom - top)
    if free_x < 0 or free_y < 0:
        return None
    chip, card, (head, foot, margin) = room.chip, room.card, (room.head, room.foot, room.margin)
    near_chip = _within(right - boxes[:, 2], chip[0] - margin) & _within(
        boxes[:, 1] - top, chip[1] - head - margin
    )
    near_card = _within(boxes[:, 0] - left, card[0] - margin) & _within(
        bottom - boxes[:, 3], card[1] - foot - margin
    )
    upper_right, lower_left = boxes[near_chip][:, (2, 1)], boxes[near_card][:, (0, 3)]
    uppermost = boxes[boxes[:, 1] < top + room.sign[1]]
    at = SHARES * (free_x, free_y) + (room.margin - left, room.head + room.margin - top)
    way = at[:, None]
    clear = _clear(upper_right + way, lower_left + way, room) & _below_sign(uppermost[:, :3], way, room)
    if not clear.any():
        return None
    x, y = at[clear.argmax()].tolist()
    return Camera(zoom, x, y)


def _within(away: Floats, reach: float) -> Bools:
    """Which boxes may come under what stands in a corner, by how far inside the drawing they begin, bool[n]."""
    result: Bools = away < reach + CLEAR
    return result


def _below_sign(boxes: Floats, way: Floats, room: Room) -> Bools:
    """For which ways, float64[s, 1, 2], boxes keep out of the middle of the upper edge, bool[s].

    Boxes are float64[k, 3] of left, top and right in px.
    """
    left, top, right = np.moveaxis(boxes + way[..., [0, 1, 0]], -1, 0)
    middle, half = room.view[0] / 2, room.sign[0] / 2 + CLEAR
    under = (right > middle - half) & (left < middle + half) & (top < room.sign[1] + CLEAR)
    result: Bools = ~(under.any(axis=1) & any(room.sign))
    return result


def _clear(upper_right: Floats, lower_left: Floats, room: Room) -> Bools:
    """Which corners of boxes, float64[s, k, 2] in px of the view, keep out of the two corners that are taken, bool[s]."""
    (width, height), chip, card = room.view, room.chip, room.card
    right, top = np.moveaxis(upper_right, -1, 0)
    left, bottom = np.moveaxis(lower_left, -1, 0)
    under_chip = (right > width - chip[0] - CLEAR) & (top < chip[1] + CLEAR)
    under_card = (left < card[0] + CLEAR) & (bottom > height - card[1] - CLEAR)
    result: Bools = ~((under_chip.any(axis=1) & any(chip)) | (under_card.any(axis=1) & any(card)))
    return result
