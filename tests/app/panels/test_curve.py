"""The curve of a spline is drawn by hand, by keys, by typing and from the clipboard; undo leads back in one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.app import theme
from circuitsim.app.panels._curve import CurveSection
from circuitsim.app.panels._curve_plot import CurvePlot
from circuitsim.circuit.edits import SetKind
from circuitsim.circuit.elements import Synapse
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.curve import Knots

LEFT = Qt.MouseButton.LeftButton
USUAL = Knots((-60.0, -40.0, -20.0), (0.0, 0.5, 1.0))


class Pen:
    """What a person does to a curve in the inspector."""

    def __init__(self, window) -> None:
        self.document = window.document
        self.synapse = self.document.circuit.synapses[0].id
        self.document.push(SetKind(self.synapse, "spline_conductance"))
        self.document.select({self.synapse})
        QApplication.processEvents()
        self.section = window.panels["inspector"].page.findChild(CurveSection)
        self.plot = self.section.plot
        self.plot.setFocus()

    @property
    def knots(self) -> Knots:
        return self.document.circuit.get(self.synapse, Synapse).knots

    def place(self, x: float, y: float):
        return self.plot.at(x, y).toPoint()

    def knot(self, k: int):
        return self.place(self.knots.x[k], self.knots.y[k])

    def key(self, *keys, shift: bool = False) -> None:
        for key in keys:
            mod = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(self.plot, key, mod)

    def undone_and_redone(self, before: Knots, after: Knots) -> None:
        """One step of undo leads back, one of redo forth, and the plot follows."""
        assert self.knots == after
        self.document.stack.undo()
        assert self.knots == before
        assert self.plot._knots == before
        self.document.stack.redo()
        assert self.knots == after
        assert self.plot._knots == after


@pytest.fixture
def pen(window) -> Pen:
    return Pen(window)


def test_a_knot_is_dragged_in_one_step_of_undo(pen, hands):
    assert pen.knots == USUAL
    hands.drag(pen.plot, pen.knot(1), pen.place(-50.0, 0.8))
    assert pen.plot.choice == 1
    assert pen.knots.x[1] == pytest.approx(-50.0, abs=0.5)
    assert pen.knots.y[1] == pytest.approx(0.8, abs=0.02)
    assert len(f"{pen.knots.x[1]:g}") <= 5  # a number that can be read
    pen.undone_and_redone(USUAL, pen.knots)


def test_a_knot_stays_between_its_neighbours_and_within_what_is_allowed(pen, hands):
    hands.drag(pen.plot, pen.knot(1), pen.place(0.0, 3.0))
    assert -21.0 < pen.knots.x[1] < -20.0
    assert pen.knots.y[1] == 1.0
    hands.drag(pen.plot, pen.knot(1), pen.place(-90.0, -3.0))
    assert -60.0 < pen.knots.x[1] < -59.0
    assert pen.knots.y[1] == 0.0


def test_a_double_click_adds_a_knot_and_holds_it(pen):
    at = pen.place(-30.0, 0.2)
    QTest.mouseClick(pen.plot, LEFT, pos=at)
    QTest.mouseDClick(pen.plot, LEFT, pos=at)
    assert len(pen.knots) == 4
    assert pen.plot.choice == 2
    pen.undone_and_redone(USUAL, pen.knots)


def test_an_added_knot_that_is_dragged_on_is_one_step(pen):
    at, on = pen.place(-30.0, 0.2), pen.place(-30.0, 0.6)
    QTest.mousePress(pen.plot, LEFT, pos=at)
    QTest.mouseRelease(pen.plot, LEFT, pos=at)
    QTest.mouseDClick(pen.plot, LEFT, pos=at)
    QTest.mouseMove(pen.plot, on)
    QTest.mouseRelease(pen.plot, LEFT, pos=on)
    steps = pen.document.stack.index()
    pen.document.stack.undo()
    assert pen.knots == USUAL
    assert steps == pen.document.stack.index() + 1


def test_delete_removes_the_knot_and_never_the_synapse(pen):
    pen.key(Qt.Key.Key_End)
    assert pen.plot.choice == 2
    pen.key(Qt.Key.Key_Delete)
    after = Knots((-60.0, -40.0), (0.0, 0.5))
    pen.undone_and_redone(USUAL, after)
    told = []
    pen.document.refused.connect(told.append)
    pen.key(Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
    assert pen.knots == after
    assert [issue.problem for issue in told] == ["a curve needs 2 knots"] * 2


def test_keys_choose_and_move_a_knot(pen):
    pen.key(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert pen.plot.choice == 1
    assert pen.section.which.text() == "knot 2 of 3"
    pen.key(Qt.Key.Key_Right)
    moved = pen.knots
    assert -40.0 < moved.x[1] < -39.0
    assert moved.y[1] == 0.5
    pen.undone_and_redone(USUAL, moved)
    pen.key(Qt.Key.Key_Up, shift=True)
    assert 0.52 < pen.knots.y[1] < 0.7
    pen.key(Qt.Key.Key_Insert)
    assert len(pen.knots) == 4
    assert pen.plot.choice == 2


def test_numbers_of_a_knot_are_typed(pen, hands):
    pen.plot.choose(1)
    assert pen.section.x_field.text() == "−40"
    hands.type(pen.section.x_field, "-0.035 V")
    after = Knots((-60.0, -35.0, -20.0), (0.0, 0.5, 1.0))
    pen.undone_and_redone(USUAL, after)
    hands.type(pen.section.y_field, "1/4")
    assert pen.knots.y[1] == 0.25


@pytest.mark.parametrize(
    ("text", "said"), [("-70", "increasing x"), ("lots", "not a number"), ("5 ms", "use mV")]
)
def test_a_refusal_is_a_sentence_below_the_field(pen, hands, text, said):
    pen.plot.choose(1)
    hands.type(pen.section.x_field, text)
    assert pen.knots == USUAL
    assert said in pen.section.problem.text()
    assert pen.section.problem.text().endswith(".")
    QTest.keyClick(pen.section.x_field, Qt.Key.Key_Escape)
    assert pen.section.x_field.text() == "−40"


def test_knots_go_to_the_clipboard_and_come_back(pen):
    menu = pen.section.open_menu(pen.plot.mapToGlobal(pen.place(-50.0, 0.5)), -50.0, 0.5)
    assert isinstance(menu, QMenu)
    entries = {action.text(): action for action in menu.actions()}
    entries["Copy knots"].trigger()
    assert QGuiApplication.clipboard().text() == "-60.0\t0.0\n-40.0\t0.5\n-20.0\t1.0\n"
    entries["Add knot here"].trigger()
    assert (len(pen.knots), pen.plot.choice) == (4, 1)
    menu.close()
    pen.section.paste("v; open\n-30; 1\n-50; 0.1\n")
    assert pen.knots == Knots((-50.0, -30.0), (0.1, 1.0))
    told = []
    pen.document.refused.connect(told.append)
    pen.section.paste("1, 2\n3")
    pen.section.paste("0 0\n1 7")
    assert [issue.where for issue in told] == ["the clipboard, line 2", "synapse A to B"]
    assert pen.knots == Knots((-50.0, -30.0), (0.1, 1.0))
    pen.section.reset()
    assert pen.knots == USUAL


def test_the_present_value_is_marked_and_the_run_follows_the_curve(pen, qtbot):
    document = pen.document
    document.play()
    qtbot.waitUntil(lambda: pen.section.yields.text().startswith("now φ("), timeout=120_000)
    live = pen.plot._live
    assert live == pytest.approx(-60.0, abs=20.0)

    def acts():
        snapshot = document.snapshot()
        b = document.circuit["B"].id
        return snapshot.tau[snapshot.ids.index(b)]

    before = acts()
    pen.section._push(Knots((-90.0, 0.0), (1.0, 1.0)), "Open")
    qtbot.waitUntil(lambda: acts() < 0.9 * before)
    assert document.status().playing


@pytest.mark.parametrize("name", ["light", "dark"])
def test_it_is_drawn_in_both_themes(pen, name):
    theme.set_theme(name)
    QApplication.processEvents()
    seen = pen.plot.grab().toImage()
    inks = {seen.pixelColor(x, y).name() for x in range(0, seen.width(), 2) for y in range(seen.height())}
    t = theme.current()
    assert {t.lane.lower(), t.text.lower(), t.accent.lower()} <= inks


def test_another_spline_is_shown_by_the_same_page(pen, window):
    other = window.document.circuit.synapses[1].id
    window.document.push(SetKind(other, "spline_conductance"))
    pen.section._push(Knots((-70.0, -10.0), (0.0, 1.0)), "Draw")
    window.document.select({other})
    QApplication.processEvents()
    assert window.panels["inspector"].page.findChild(CurveSection) is pen.section
    assert pen.plot._knots == USUAL
    pen.key(Qt.Key.Key_Home, Qt.Key.Key_Up)
    assert window.document.circuit.get(other, Synapse).knots != USUAL
    assert pen.knots == Knots((-70.0, -10.0), (0.0, 1.0))


def test_a_line_that_goes_on_beyond_the_knots_keeps_away_from_the_corners(qtbot):
    curve = kinds().synapses["spline_drive"].curve
    plot = CurvePlot(curve, Knots((-1.0, 0.0, 1.0), (-1.0, 0.0, 4.0)))
    qtbot.addWidget(plot)
    plot.resize(300, plot.height())
    low, high = plot._y
    drawn = [y for _, y in plot._line]
    room = 0.1 * (max(drawn) - min(drawn))
    assert max(drawn) > 4.0
    assert low <= min(drawn) - room
    assert high >= max(drawn) + room
