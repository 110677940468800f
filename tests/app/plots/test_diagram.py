"""Diagrams of results: axes that tell the numbers that are drawn, and lines that end where their frame does."""

from __future__ import annotations

import numpy as np
import pytest

from circuitsim.app.plots.results.diagram import DiagramView, within
from circuitsim.spec.result import Course, Diagram


def diagram(title: str, size: float) -> Diagram:
    t = np.linspace(0.0, 1.0, 5)
    return Diagram("Step", "", "t", title, (Course("x", t, size * t),))


def test_an_axis_tells_what_is_drawn_after_another_diagram_too(qtbot):
    view = DiagramView(diagram("a", 0.76))
    qtbot.addWidget(view)
    view.show()
    for title, size in (("b", 0.76e-3), ("c", 0.76)):
        view.show_piece(diagram(title, size))
        axis = view._plot.getAxis("left")
        told = axis.tickStrings([0.5 * size], axis.autoSIPrefixScale, 0.01 * size)
        assert float(told[0]) == pytest.approx(0.5 * size, rel=0.1)


def test_a_line_that_leaves_its_frame_ends_at_the_edge():
    x, y = within(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 4.0, 4.0, 0.0]), -1.0, 1.0)
    np.testing.assert_allclose(x, [0.0, 0.25, 1.0, 2.0, 2.75, 3.0])
    np.testing.assert_allclose(y, [0.0, 1.0, np.nan, np.nan, 1.0, 0.0])
