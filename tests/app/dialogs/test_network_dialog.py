"""Insert > Network…: a network is chosen, seen, inserted while the run goes on, taken back and brought back."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenuBar, QToolButton

from circuitsim.api import network
from circuitsim.app.dialogs._network_place import insert
from circuitsim.app.dialogs.network import NetworkDialog
from circuitsim.app.widgets.choice import Choice
from circuitsim.app.widgets.field import Field
from circuitsim.app.widgets.tick import Tick
from circuitsim.app.window.main_window import LEAST
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Named, Placed
from circuitsim.circuit.families import families
from circuitsim.circuit.plan import plan_of
from circuitsim.circuit.validate import validate
from circuitsim.circuit.wirings import wirings

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def asked(qtbot):
    """Opens the dialog over a window by the menu, and waits for its first picture."""

    def go(window):
        menu = next(a.menu() for a in window.findChild(QMenuBar).actions() if a.menu().title() == "Insert")
        menu.popup(window.pos())
        action = next(a for a in menu.actions() if a.text().startswith("Network…"))
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        dialog = window.findChild(NetworkDialog)
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        settled(qtbot, dialog)
        return dialog

    return go


def settled(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.at_work, timeout=60_000)


def pick(qtbot, dialog, name, title):
    """Open a list with the mouse and click a name in it."""
    choice = dialog.findChild(Choice, f"size:{name}")
    menu = choice.menu()
    menu.popup(choice.mapToGlobal(choice.rect().bottomLeft()))
    action = next(a for a in menu.actions() if a.text() == title)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    settled(qtbot, dialog)


def enter(qtbot, dialog, name, text, key=Qt.Key.Key_Tab):
    field = dialog.findChild(Field, f"size:{name}")
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    settled(qtbot, dialog)


def arrived(window, qtbot):
    """Wait until the network stands on the canvas, selected and in view."""
    qtbot.waitUntil(lambda: window.document.stack.undoText().startswith("Insert "), timeout=60_000)
    qtbot.waitUntil(lambda: bool(window.document.selection))
    QTest.qWait(1)


def problem(dialog, name):
    label = dialog.findChild(QLabel, f"problem:{name}")
    return label.text() if label.isVisible() else ""


def test_a_network_is_inserted_taken_back_and_brought_back(window, asked, qtbot):
    document = window.document
    before, then = dict(document.circuit.elements), document.status().t
    dialog = asked(window)
    assert not dialog.isModal()
    enter(qtbot, dialog, "units", "12")
    enter(qtbot, dialog, "output_size", "2")
    enter(qtbot, dialog, "inputs", "3", Qt.Key.Key_Return)
    expected = network("auto_ncp", units=12, output_size=2, inputs=3)
    excitatory = sum(s.parameters["reversal_potential"] > 0 for s in expected.synapses)
    assert f"12 neurons · {len(expected.synapses)} synapses" in dialog.counts.text()
    assert (
        f"{excitatory} excitatory, {len(expected.synapses) - excitatory} inhibitory" in dialog.counts.text()
    )
    QTest.mouseClick(dialog.insert, LEFT)
    arrived(window, qtbot)
    circuit = document.circuit
    new = [e for i, e in circuit.elements.items() if i not in before]
    assert len(circuit.neurons) - sum(type(e).__name__ == "Neuron" for e in before.values()) == 12
    assert {e.id for e in new if isinstance(e, Placed)} == set(document.selection)
    assert document.stack.undoText() == "Insert LTC neurons, AutoNCP"
    scene = window.canvas.scene
    boxes = [scene.box(e) for e in scene.placed()]
    fresh = [scene.box(e) for e in new if isinstance(e, Placed)]
    assert not any(a.intersects(b) for a in fresh for b in boxes if a != b)
    view = window.canvas.rect().toRectF()
    assert all(view.contains(window.canvas.camera.to_view(box.center())) for box in fresh)
    qtbot.waitUntil(lambda: document.status().t > then and document.status().playing)
    inserted = dict(circuit.elements)
    document.stack.undo()
    assert dict(circuit.elements) == before
    document.stack.redo()
    assert dict(circuit.elements) == inserted
    now = document.status().t
    qtbot.waitUntil(lambda: document.status().t > now, timeout=60_000)
    document.stack.undo()


def test_an_empty_circuit_shows_the_read_outs_on_the_scope(opened_empty, asked, qtbot):
    dialog = asked(opened_empty)
    QTest.mouseClick(dialog.insert, LEFT)
    arrived(opened_empty, qtbot)
    circuit = opened_empty.document.circuit
    assert [circuit.elements[i].name for i in circuit.document.traced] == ["n0"]
    assert [n.name for n in circuit.neurons] == [f"n{k}" for k in range(19)]
    opened_empty.document.stack.undo()
    assert not circuit.neurons
    assert not circuit.document.traced


@pytest.fixture
def opened_empty(qtbot, launch):
    window = launch()
    window.new()
    qtbot.waitUntil(lambda: not window.document.circuit.neurons)
    return window


def test_every_family_has_its_fields_and_is_inserted(window, asked, qtbot):
    before = len(window.document.circuit.elements)
    for family in families().values():
        dialog = asked(window)
        pick(qtbot, dialog, "family", family.title)
        plan = plan_of("auto_ncp", family.id) if family.wired else plan_of(family.id)
        shown = [w.objectName() for kind in (Field, Choice, Tick) for w in dialog.findChildren(kind)]
        assert {f"size:{size.name}" for size in plan.sizes} | {"size:seed"} <= set(shown)
        assert not dialog.picture.geometry().intersects(dialog.counts.geometry())
        assert dialog.about.height() >= dialog.about.heightForWidth(dialog.about.width())
        QTest.mouseClick(dialog.insert, LEFT)
        arrived(window, qtbot)
        assert len(window.document.circuit.elements) > before
        window.document.stack.undo()
        assert len(window.document.circuit.elements) == before
        qtbot.waitUntil(lambda: window.findChild(NetworkDialog) is None)


def test_wirings_bring_their_fields_and_seed_and_shared_numbers_stay(window, asked, qtbot):
    dialog = asked(window)
    enter(qtbot, dialog, "inputs", "5")
    for wiring in wirings().values():
        pick(qtbot, dialog, "wiring", wiring.title)
        assert dialog.findChild(Field, "size:seed").text() == str(wiring.seed)
        assert dialog.findChild(Field, "size:inputs").text() == "5"
        assert dialog.insert.isEnabled()
    QTest.mouseClick(dialog.findChildren(QToolButton, "die")[-1], LEFT)
    settled(qtbot, dialog)
    seed = dialog.findChild(Field, "size:seed").text()
    pick(qtbot, dialog, "wiring", "NCP")
    assert dialog.findChild(Field, "size:seed").text() == seed == str(dialog.seed)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


BAD = [
    ("units", "many", "not a number", "19"),
    ("units", "2.5", "Give a whole number from 4 to 302.", "19"),
    ("sparsity_level", "0", "Give a number from 0.1 to 1.", "0.5"),
    ("output_size", "17", "17 motor neurons leave 19 units too few", "1"),
]


def test_bad_numbers_get_a_sentence_at_their_field(window, asked, qtbot):
    dialog = asked(window)
    good = dialog.counts.text()
    for name, text, said, right in BAD:
        enter(qtbot, dialog, name, text, Qt.Key.Key_Return)
        assert said in problem(dialog, name)
        assert dialog.findChild(Field, f"size:{name}").property("invalid") == "1"
        QTest.mouseClick(dialog.insert, LEFT)
        assert dialog.isVisible()
        enter(qtbot, dialog, name, right)
        assert problem(dialog, name) == ""
        assert dialog.findChild(Field, f"size:{name}").property("invalid") != "1"
        assert dialog.insert.isEnabled()
        assert dialog.counts.text() == good
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_keys_alone_suffice(window, asked, qtbot):
    dialog = asked(window)
    seen = []
    for _ in range(16):
        widget = dialog.focusWidget()
        seen.append(widget.objectName() or widget.text())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    start = seen.index("size:family")
    order = [
        "size:family", "size:wiring", "size:units", "size:output_size", "size:sparsity_level", "size:inputs",
        "size:stimulus", "size:constraints", "size:seed", "die", "Cancel", "primary",
    ]  # fmt: skip
    assert (seen[start:] + seen[:start])[: len(order)] == order
    field = dialog.findChild(Field, "size:units")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    settled(qtbot, dialog)
    assert "20 neurons" in dialog.counts.text()
    dialog.insert.setFocus()
    QTest.keyClick(dialog.insert, Qt.Key.Key_Space)
    arrived(window, qtbot)
    assert window.document.stack.undoText().startswith("Insert ")
    window.document.stack.undo()


def test_what_is_typed_is_drawn_before_it_is_confirmed(window, asked, qtbot):
    dialog = asked(window)
    field = dialog.findChild(Field, "size:units")
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, "30")
    settled(qtbot, dialog)
    assert "30 neurons" in dialog.counts.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settled(qtbot, dialog)
    assert "19 neurons" in dialog.counts.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_asking_again_brings_the_same_dialog_to_the_front(window, asked, press):
    dialog = asked(window)
    press(window, Qt.Key.Key_N, CTRL, SHIFT)
    assert window.findChildren(NetworkDialog) == [dialog]
    dialog.close()


def test_pure_numbers_are_refused_where_units_are_physiological(opened, asked, qtbot):
    circuit = Circuit(unit_system="physiological")
    circuit.add_neuron("cell")
    window = opened(circuit)
    dialog = asked(window)
    assert "liquid units" in dialog.problem.text()
    assert not dialog.insert.isEnabled()
    pick(qtbot, dialog, "family", "CfC network")
    assert dialog.insert.isEnabled()
    QTest.mouseClick(dialog.insert, LEFT)
    arrived(window, qtbot)
    (cell,) = window.document.circuit.cells
    assert cell.parameters["period"] == 50.0


def test_the_longest_form_fits_the_smallest_window(window, asked, qtbot):
    window.resize(LEAST)
    dialog = asked(window)
    pick(qtbot, dialog, "wiring", "NCP")
    enter(qtbot, dialog, "motor_fanin", "9")
    enter(qtbot, dialog, "sensory_fanout", "99", Qt.Key.Key_Return)
    assert dialog.sizeHint().height() <= LEAST.height()
    assert dialog.sizeHint().width() <= LEAST.width()
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap() and label.text():
            widest = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().split("\n"))
            assert widest <= label.width() + 1, label.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_closing_while_it_works_leaves_nothing_behind(window, asked, qtbot):
    dialog = asked(window)
    field = dialog.findChild(Field, "size:units")
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, "200")
    dialog.close()
    qtbot.waitUntil(lambda: not window.document.bridge.busy, timeout=60_000)
    assert window.findChild(NetworkDialog) is None or not window.findChild(NetworkDialog).isVisible()


def test_what_is_drawn_while_a_network_is_made_stays_and_names_stay_free(window, qtbot):
    document, part = window.document, network("auto_ncp", units=12, output_size=2, inputs=3)
    insert(document, window.canvas, part, "test")
    assert document.bridge.shown is not None
    assert document.bridge.shown.title == "Inserting test"
    document.push(Add((new_neuron(document.circuit, "n3"),)))
    arrived(window, qtbot)
    own = document.circuit["n3"]
    names = [e.name for e in document.circuit.elements.values() if isinstance(e, Named)]
    assert len(set(names)) == len(names)
    document.stack.undo()
    assert document.circuit["n3"] == own
    document.stack.undo()


def test_a_network_of_302_neurons_is_checked_away_from_the_window(window, qtbot, monkeypatch):
    where = []
    legal = Circuit._require_legal
    monkeypatch.setattr(
        Circuit, "_require_legal", lambda *a: where.append(threading.current_thread()) or legal(*a)
    )
    document = window.document
    before = document.circuit.copy()
    part = network("auto_ncp", units=302, output_size=8, inputs=4, sparsity_level=0.95)
    where.clear()
    insert(document, window.canvas, part, "worm")
    arrived(window, qtbot)
    assert where
    assert threading.main_thread() not in where
    assert len(document.circuit.neurons) == len(before.neurons) + 302
    assert validate(document.circuit) == validate(before)
    document.stack.undo()
    assert document.circuit == before
