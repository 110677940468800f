"""In a large circuit no name lies on a neuron or on another name."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.app.canvas.naming import Room, box_of_name
from circuitsim.app.canvas.paint.neuron import name_place

RADIUS = 16.0


def below(x: float, y: float):
    return name_place(x, y, RADIUS, "b", "inter", haloed=False, numbers=False)


@pytest.mark.usefixtures("qapp")
def test_a_name_alone_has_room() -> None:
    room = Room(np.array([[100.0, 100.0]]), RADIUS)
    assert room.take(below(100.0, 100.0), "AVAL")


@pytest.mark.usefixtures("qapp")
def test_a_name_on_a_neuron_has_none() -> None:
    room = Room(np.array([[100.0, 100.0], [100.0, 130.0]]), RADIUS)
    assert not room.take(below(100.0, 100.0), "AVAL")
    assert room.take(below(100.0, 130.0), "AVAR")


@pytest.mark.usefixtures("qapp")
def test_the_first_of_two_names_in_one_place_has_it() -> None:
    room = Room(np.array([[100.0, 100.0], [110.0, 100.0]]), RADIUS)
    first, second = below(100.0, 100.0), below(110.0, 100.0)
    assert box_of_name(first, "first name").intersects(box_of_name(second, "second name"))
    assert room.take(first, "first name")
    assert not room.take(second, "second name")
