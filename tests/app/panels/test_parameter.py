"""Every number of the selection is changed by typing, sliding, scrubbing, stepping and turning; undo leads back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.app.widgets import wheel
from circuitsim.circuit.elements import Pin


def leak(hands, name="A"):
    return hands.value(name, "leak_conductance")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5 nS", 1.5),
        ("1500 pS", 1.5),
        ("1/0.4", 2.5),
        ("x*2", 4.0),
        ("*1.5", 3.0),
        ("+=0.5", 2.5),
        ("B.leak_conductance/2", 1.5),
        ("2*default", 2.0),
        ("0,25", 0.25),
    ],
)
def test_what_is_typed_is_worked_out(hands, text, value):
    hands.select("A")
    hands.type(hands.row("leak_conductance").field, text)
    hands.undone_and_redone(lambda: leak(hands), 2.0, pytest.approx(value))
    assert hands.row("leak_conductance").field.text() == f"{value:.4g}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5 ms", "use nS"),
        ("1/0", "divides by zero"),
        ("-1", "at least 0"),
        ("lots", "not a number"),
        ("nobody.leak_conductance", "not a number"),
        ("*", "does not fit"),
        ("1e999", "too large"),
    ],
)
def test_a_refusal_is_a_sentence_at_the_field_and_escape_takes_it_back(hands, text, said):
    hands.select("A")
    row = hands.row("leak_conductance")
    hands.type(row.field, text)
    assert leak(hands) == 2.0
    assert row.problem.isVisible()
    assert said in row.problem.text()
    assert row.problem.text().endswith(".")
    assert not row.problem.text()[0].islower()
    assert row.field.text() == text
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.field.text() == "2"
    assert not row.problem.isVisible()
    assert not hands.document.stack.canUndo()


def test_leaving_a_field_with_nonsense_keeps_the_reason_in_sight_until_it_is_come_back_to(hands):
    hands.select("A")
    row = hands.row("leak_conductance")
    hands.type(row.field, "lots", Qt.Key.Key_Tab)
    assert row.field.text() == "2"
    assert "not a number" in row.problem.text()
    assert row.problem.isVisible()
    row.field.setFocus()
    assert not row.problem.isVisible()


def test_a_drag_of_the_slider_is_one_step_of_undo_and_the_run_goes_on(running, hands, qtbot):
    hands.select("A")
    slider = hands.row("leak_conductance").slider
    t = running.document.status().t
    hands.drag(slider, slider.knob().toPoint(), slider.knob().toPoint() + QPoint(40, 0))
    after = leak(hands)
    assert after > 4.0
    assert running.document.stack.count() == 1
    hands.undone_and_redone(lambda: leak(hands), 2.0, after)
    qtbot.waitUntil(lambda: running.document.status().t > t)
    assert running.document.status().playing


def test_a_name_is_scrubbed_and_a_click_on_it_leads_to_the_field(hands):
    hands.select("A")
    row = hands.row("leak_conductance")
    hands.drag(row.name, QPoint(10, 8), QPoint(50, 8))
    after = leak(hands)
    assert after > 2.0
    assert hands.document.stack.count() == 1
    hands.undone_and_redone(lambda: leak(hands), 2.0, after)
    QTest.mouseClick(row.name, Qt.MouseButton.LeftButton)
    assert row.field.hasFocus()


def test_undo_in_a_field_takes_the_change_back_but_only_letters_while_one_types(running, hands):
    control = Qt.KeyboardModifier.ControlModifier
    hands.select("A")
    field = hands.row("leak_conductance").field
    hands.type(field, "5")
    assert leak(hands) == 5.0
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, control)
    assert (leak(hands), field.text()) == (2.0, "2")
    QTest.keyClick(field, Qt.Key.Key_Y, control)
    assert (leak(hands), field.text()) == (5.0, "5")
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Z, control)
    assert leak(hands) == 5.0
    assert running.document.stack.canUndo()


def test_arrows_step_by_one_two_five(hands):
    hands.select("A")
    field = hands.row("leak_conductance").field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(field, key)
        seen.append(leak(hands))
    assert seen == [5.0, 10.0, 5.0, 2.0, 1.0]
    QTest.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert leak(hands) == 10.0
    potential = hands.row("leak_potential").field
    QTest.mouseClick(potential, Qt.MouseButton.LeftButton)
    QTest.keyClick(potential, Qt.Key.Key_Up)
    assert hands.value("A", "leak_potential") == -59.0


def test_the_wheel_turns_a_value_but_not_while_something_scrolls(hands):
    hands.select("A")
    field = hands.row("leak_conductance").field
    hands.wheel(field, 1)
    hands.wheel(field, 1)
    after = leak(hands)
    assert 2.0 < after < 3.0
    assert hands.document.stack.count() == 1
    hands.undone_and_redone(lambda: leak(hands), 2.0, after)
    hands.wheel(hands.window.canvas, 1)
    hands.wheel(field, 5)
    assert leak(hands) == after
    wheel.forget()
    hands.wheel(field, -1)
    assert leak(hands) < after


def test_the_dot_resets_one_and_the_link_resets_all(hands):
    hands.select("A")
    hands.type(hands.row("capacitance").field, "77")
    row = hands.row("leak_conductance")
    QTest.mouseClick(row.dot, Qt.MouseButton.LeftButton, pos=QPoint(3, 8))
    hands.undone_and_redone(lambda: leak(hands), 2.0, 1.0)
    assert hands.value("A", "capacitance") == 77.0
    hands.type(row.field, "9")
    QTest.mouseClick(hands.window.findChild(object, "link:reset all"), Qt.MouseButton.LeftButton)
    hands.undone_and_redone(lambda: (leak(hands), hands.value("A", "capacitance")), (9.0, 77.0), (1.0, 50.0))


def test_the_tab_key_goes_from_field_to_field_and_hands_over_what_was_typed(hands):
    hands.select("A")
    field = hands.row("capacitance").field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    QTest.keyClicks(field, "20")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert hands.value("A", "capacitance") == 20.0
    assert hands.row("leak_conductance").field.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert hands.row("leak_potential").field.hasFocus()


def choose(row, begins):
    """Open the context menu of a field and choose an entry."""
    row.field.customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(m for m in row.field.findChildren(QMenu) if m.isVisible())
    action = next(a for a in menu.actions() if a.text().startswith(begins))
    at = menu.actionGeometry(action).center()
    QTest.mouseMove(menu, at)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=at)


def test_values_are_copied_and_pasted_by_the_context_menu(hands):
    hands.select("B")
    choose(hands.row("leak_conductance"), "Copy 3 nS")
    assert QApplication.clipboard().text() == "3 nS"
    hands.select("A")
    choose(hands.row("leak_conductance"), "Paste")
    hands.undone_and_redone(lambda: leak(hands), 2.0, 3.0)
    choose(hands.row("leak_conductance"), "Reset to 1 nS")
    assert leak(hands) == 1.0
    hands.select("B")
    choose(hands.row("leak_conductance"), "Copy as B.leak_conductance")
    hands.select("A")
    choose(hands.row("leak_conductance"), "Paste")
    assert leak(hands) == 3.0
    choose(hands.row("leak_conductance"), "Pin")
    assert hands.document.circuit.document.pins == (Pin(hands.document.circuit["A"].id, "leak_conductance"),)


def test_the_pin_button_puts_a_slider_on_the_canvas_and_takes_it_off(hands):
    hands.select("A")
    row, a = hands.row("leak_conductance"), hands.document.circuit["A"].id

    def pins():
        return hands.document.circuit.document.pins

    QTest.mouseClick(row.pin, Qt.MouseButton.LeftButton)
    hands.undone_and_redone(pins, (), (Pin(a, "leak_conductance"),))
    assert row.pin.isChecked()
    QTest.mouseClick(row.pin, Qt.MouseButton.LeftButton)
    assert pins() == ()
    assert not row.pin.isChecked()


def test_a_tooltip_says_meaning_default_and_bounds(hands):
    hands.select("A")
    tip = hands.row("leak_conductance").toolTip()
    assert "time constant" in tip
    assert "Default 1 nS" in tip
    assert "Must be at least 0 nS" in tip
