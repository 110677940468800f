"""A lane places one value where it places it among many."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from circuitsim.app.plots.lane import Lane
from circuitsim.circuit.elements import ScopeLane

VALUES = [-math.inf, -2.0, -0.0, 0.0, 1e-300, 0.02, 0.5, 3.0, 1e300, math.inf, math.nan]


@pytest.mark.parametrize("variable", ["v", "tau"])
def test_one_height_is_that_of_the_same_value_among_many(variable: str) -> None:
    lane = Lane(ScopeLane(variable, ()), 1.0, variable == "tau")
    lane.box = QRectF(92.0, 30.0, 1000.0, 60.0)
    many = lane.heights(np.array(VALUES))
    one = np.array([lane.height(value) for value in VALUES])
    np.testing.assert_allclose(one, many, rtol=1e-12)
