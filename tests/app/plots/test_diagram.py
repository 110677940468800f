"""Diagrams of results: axes that tell the numbers that are drawn, and lines that end where their frame does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from circuitsim.app.plots.results.diagram import FINE, FLAT, WIDTH, DiagramView, within
from circuitsim.app.plots.scale import log_ticks
from circuitsim.spec.result import Course, Diagram, Ink


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


def test_what_all_but_stands_still_is_drawn_as_standing_still(qtbot):
    t = np.linspace(0.0, 1.0, 50)
    view = DiagramView(Diagram("flat", "", "t", "x", (Course("x", t, 0.84 + 1e-10 * np.sin(t)),)))
    qtbot.addWidget(view)
    view.show()
    low, high = view._plot.getViewBox().viewRange()[1]
    assert high - low >= 0.84 * FLAT
    assert low < 0.84 < high


@given(low=st.floats(1e-12, 1e6), decades=st.floats(0.02, 12.0), count=st.integers(2, 9))
def test_a_logarithmic_axis_tells_its_scale_wherever_it_lies(low, decades, count):
    high = low * 10.0**decades
    found = log_ticks(low, high, count)
    assert len(found) >= 2 or count <= 3
    assert len(found) <= count + 1
    assert all(low * (1 - 1e-6) <= tick <= high * (1 + 1e-6) for tick in found)
    assert list(found) == sorted(found)


def test_of_many_powers_of_ten_the_greatest_is_told():
    assert log_ticks(0.009, 29.0, 3) == (0.1, 10.0)


def test_a_line_that_leaves_its_frame_ends_at_the_edge():
    x, y = within(np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 4.0, 4.0, 0.0]), -1.0, 1.0)
    np.testing.assert_allclose(x, [0.0, 0.25, 1.0, 2.0, 2.75, 3.0])
    np.testing.assert_allclose(y, [0.0, 1.0, np.nan, np.nan, 1.0, 0.0])


def test_lines_are_as_wide_on_a_screen_with_smaller_pixels(qtbot, monkeypatch):
    t = np.linspace(0.0, 1.0, 5)
    courses = Course("main", t, t), Course("other", t, -t, Ink.OTHER)
    view = DiagramView(Diagram("two", "", "t", "x", courses))
    qtbot.addWidget(view)

    def widths():
        return [line.opts["pen"].widthF() for line in view._lines]

    ratio = view.devicePixelRatioF()
    assert widths() == pytest.approx([WIDTH * ratio, FINE * ratio])
    monkeypatch.setattr(DiagramView, "devicePixelRatioF", lambda _view: 2.0 * ratio)
    QApplication.sendEvent(view, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert widths() == pytest.approx([2.0 * WIDTH * ratio, 2.0 * FINE * ratio])
