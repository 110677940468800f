"""Context menus on everything, by the right button and by the Menu key, while the circuit runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.api import load
from circuitsim.app.canvas.connections import sign_of
from circuitsim.app.canvas.paint.synapse import Sign
from circuitsim.circuit.build import new_note, new_output
from circuitsim.circuit.edits import Add
from circuitsim.io.examples import example


@pytest.fixture
def window(opened, qtbot):
    circuit = load(example("liquid").path)
    out = new_output(circuit, "read", circuit.neurons[0].id, position=(900.0, -120.0))
    circuit.apply(Add((out, new_note(circuit, "Note", "text", (500.0, -200.0)))))
    made = opened(circuit)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def ask(window, at, reason=QContextMenuEvent.Reason.Mouse):
    canvas = window.canvas
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, at, canvas.mapToGlobal(at)))
    menus = canvas.findChildren(QMenu, "context")
    return menus[-1]


def place(window, element):
    canvas = window.canvas
    return canvas.camera.to_view(canvas.scene.box(element).center()).toPoint()


def on_line(window, synapse):
    canvas = window.canvas
    at = canvas.scene.curves(canvas.camera.zoom)[synapse.id].at(0.5)
    return (at + canvas.camera.origin).toPoint()


def texts(menu):
    return [a.text() for a in menu.actions() if not a.isSeparator()]


def choose(menu, *path):
    """Click an action, or one in a submenu; then the menu is gone."""
    home = menu
    for title in path[:-1]:
        home = next(a.menu() for a in home.actions() if a.text() == title)
    action = next(a for a in home.actions() if a.text().partition("\t")[0] == path[-1])
    assert action.isEnabled()
    action.trigger()
    menu.close()


def shut(menu):
    menu.close()


def test_every_thing_has_a_menu(window):
    circuit = window.document.circuit
    neuron, source, read = circuit.neurons[0], circuit.inputs[0], circuit["read"]
    expected = (
        (place(window, neuron), ["Connect to", "Change kind to", "Role", "Duplicate", "Delete"]),
        (on_line(window, circuit.synapses[0]), ["Turn direction", "Make inhibitory", "Change kind to", "Delete"]),
        (place(window, source), ["Connect to", "Change stimulus to", "Copy", "Delete"]),
        (place(window, read), ["Delete"]),
        (place(window, circuit.notes[0]), ["Cut", "Copy", "Duplicate", "Delete"]),
    )  # fmt: skip
    for at, wanted in expected:
        menu = ask(window, at)
        assert set(wanted) <= set(texts(menu)), texts(menu)
        assert len(window.document.selection) == 1
        shut(menu)


@pytest.mark.parametrize("name", ["neuron", "input", "output", "note"])
def test_the_menu_edits_names_and_notes(window, name):
    circuit = window.document.circuit
    found = {
        "neuron": circuit.neurons[0], "input": circuit.inputs[0], "output": circuit["read"], "note": circuit.notes[0],
    }[name]  # fmt: skip
    choose(ask(window, place(window, found)), "Edit name or note")
    assert window.canvas.inline.editor is not None
    QTest.keyClicks(window.canvas.inline.editor.first, "other")
    QTest.keyClick(window.canvas.inline.editor.first, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    changed = window.document.circuit.elements[found.id]
    assert "other" in (getattr(changed, "name", ""), getattr(changed, "title", ""))


def test_the_menu_key_asks_for_the_selection(window):
    first = window.document.circuit.neurons[1]
    window.document.select({first.id})
    menu = ask(window, QPoint(3, 3), QContextMenuEvent.Reason.Keyboard)
    assert window.document.selection == {first.id}
    assert "Role" in texts(menu)
    assert menu.isVisible()
    shut(menu)


def test_empty_canvas_pastes_where_it_was_asked(window):
    document = window.document
    first = document.circuit.neurons[0]
    document.select({first.id})
    QTest.keyClick(window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    at = QPoint(window.canvas.width() - 40, window.canvas.height() - 40)
    menu = ask(window, at)
    assert not document.selection
    choose(menu, "Paste here")
    pasted = [document.circuit.elements[i].position for i in document.selection]
    there = window.canvas.camera.to_canvas(at.toPointF())
    for k, wanted in enumerate((there.x(), there.y())):
        ends = [place[k] for place in pasted]
        assert abs((min(ends) + max(ends)) / 2 - wanted) <= 8


def test_role_and_start_state(window, qtbot):
    document = window.document
    first = document.circuit.neurons[1]
    t = document.status().t
    choose(ask(window, place(window, first)), "Role", "Motor")
    assert document.circuit.elements[first.id].role == "motor"
    document.stack.undo()
    assert document.circuit.elements[first.id] == first
    menu = ask(window, place(window, first))
    role = next(a.menu() for a in menu.actions() if a.text() == "Role")
    assert [a.text() for a in role.actions() if a.isChecked()] == [first.role.capitalize()]
    shut(menu)
    choose(ask(window, place(window, first)), "Take present state as start state")
    assert document.circuit.elements[first.id].start != first.start
    document.stack.undo()
    qtbot.waitUntil(lambda: document.status().t > t)


def test_a_synapse_turns_and_changes_its_effect(window):
    document = window.document
    circuit = document.circuit
    neurons = {n.id for n in circuit.neurons}
    synapse = next(s for s in circuit.synapses if s.pre in neurons and sign_of(circuit, s) is Sign.EXCITATORY)
    choose(ask(window, on_line(window, synapse)), "Make inhibitory")
    assert sign_of(circuit, circuit.elements[synapse.id]) is Sign.INHIBITORY
    document.stack.undo()
    choose(ask(window, on_line(window, synapse)), "Turn direction")
    now = circuit.elements[synapse.id]
    assert (now.pre, now.post) == (synapse.post, synapse.pre)
    document.stack.undo()
    assert circuit.elements[synapse.id] == synapse
    document.stack.redo()
    assert circuit.elements[synapse.id] == now


def test_connecting_by_the_menu(window):
    document = window.document
    circuit = document.circuit
    a, b = circuit.neurons[:2]
    before = len(circuit.synapses)
    choose(ask(window, place(window, a)), "Connect to", b.label or b.name)
    assert len(circuit.synapses) == before + 1
    made = circuit.synapses[-1]
    assert (made.pre, made.post) == (a.id, b.id)
    assert document.selection == {made.id}
    document.stack.undo()
    document.select({a.id, b.id})
    choose(ask(window, place(window, a)), f"Connect {b.name} to {a.name}")
    made = circuit.synapses[-1]
    assert (made.pre, made.post) == (b.id, a.id)


def test_several_are_aligned_and_changed_together(window):
    document = window.document
    chosen = document.circuit.neurons[:3]
    document.select({n.id for n in chosen})
    menu = ask(window, place(window, chosen[0]))
    assert {"Align", "Tidy", "Role"} <= set(texts(menu))
    choose(menu, "Align", "Tops")
    assert len({document.circuit.elements[n.id].position[1] for n in chosen}) == 1
    choose(ask(window, place(window, document.circuit.elements[chosen[0].id])), "Role", "Command")
    assert {document.circuit.elements[n.id].role for n in chosen} == {"command"}
    assert document.stack.count() == 2


def test_an_input_becomes_another_stimulus(window):
    document = window.document
    source = document.circuit.inputs[0]
    choose(ask(window, place(window, source)), "Change stimulus to", "Sine")
    assert document.circuit.elements[source.id].stimulus == "sine"
    document.stack.undo()
    assert document.circuit.elements[source.id] == source
