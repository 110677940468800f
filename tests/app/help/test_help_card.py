"""What a kind is, asked by button, key, menu, palette and search in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from circuitsim.app.document.quantity import duration
from circuitsim.app.equations.view import EquationView
from circuitsim.app.help.signs import filled
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, SetParameter
from circuitsim.spec.notation import Value

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


def title_of(window):
    return window.panels["inspector"].title


def numbers(window):
    """The texts of the numbers that are put into the equation on the card."""
    found = []

    def visit(part):
        if isinstance(part, Value):
            found.append(part.text)
        elif isinstance(part, tuple):
            for each in part:
                visit(each)
        else:
            for slot in getattr(part, "__slots__", ()):
                visit(getattr(part, slot))

    visit(filled(window.document, window.help.subject))
    return found


def texts(window):
    return [label.text() for label in window.help.page.findChildren(QLabel)]


def test_the_button_explains_the_selected_neuron_and_follows_edits(window):
    document = window.document
    neuron = document.circuit.named("AVAL")
    document.select({neuron.id})
    QTest.mouseClick(title_of(window).help, LEFT)
    assert window.help.isVisible()
    kind = document.circuit.kinds.neurons["ltc"]
    assert window.help.title.whole == kind.title
    assert {kind.doc, kind.avoid, kind.reference, "with the numbers of AVAL"} <= set(texts(window))
    assert numbers(window).count("0.5") == 2  # c dv/dt and tau = c / …
    shown = window.help.page.numbers
    before = shown.grab().toImage()

    document.push(SetParameter((neuron.id,), "capacitance", 0.625))
    assert numbers(window).count("0.625") == 2
    assert "0.625 s" in texts(window)
    assert shown.grab().toImage() != before
    document.stack.undo()
    assert numbers(window).count("0.5") == 2
    assert "0.625 s" not in texts(window)
    document.stack.redo()
    assert numbers(window).count("0.625") == 2
    QTest.mouseClick(title_of(window).help, LEFT)
    assert window.help.isHidden()
    assert document.status().playing


def test_the_key_explains_what_is_selected_or_the_solver(window, press):
    document = window.document
    synapse = document.circuit.synapses[0]
    document.select({synapse.id})
    press(window, Qt.Key.Key_F1, SHIFT)
    assert window.help.subject.kind is document.circuit.kinds.synapses[synapse.kind]
    document.select({document.circuit.inputs[0].id})
    assert window.help.subject.kind.id == document.circuit.inputs[0].stimulus
    press(window, Qt.Key.Key_Escape)
    assert window.help.isHidden()
    assert document.selection  # one step back at a time

    document.select(())
    press(window, Qt.Key.Key_F1, SHIFT)
    assert window.help.subject.kind is document.circuit.kinds.solvers[document.status().solver]
    assert set(numbers(window)) == {duration(document.status().dt, document.circuit.unit_system)[0]}  # each h


def test_what_is_deleted_leaves_the_kind(window):
    document = window.document
    neuron = document.circuit.named("AVAL")
    document.select({neuron.id})
    document.tools.help_asked.emit(None)
    document.push(Delete(frozenset({neuron.id})))
    assert window.help.isVisible()
    assert window.help.subject.kind.id == "ltc"
    assert numbers(window) == []


def test_several_show_the_numbers_they_share(window):
    document = window.document
    ids = frozenset(n.id for n in document.circuit.neurons)
    one = next(iter(ids))
    document.push(SetParameter(tuple(ids), "capacitance", 0.25))
    document.push(SetParameter(tuple(ids), "leak_conductance", 2.0))
    document.push(SetParameter((one,), "leak_conductance", 3.0))
    document.select(ids)
    document.tools.help_asked.emit(None)
    assert "0.25" in numbers(window)
    assert not {"2", "3"} & set(numbers(window))


def test_it_does_not_cover_what_it_explains(window):
    document, canvas = window.document, window.canvas
    for neuron in document.circuit.neurons:
        document.select({neuron.id})
        if window.help.isHidden():
            document.tools.help_asked.emit(None)
        at = canvas.camera.to_view(canvas.scene.box(neuron).center()).toPoint()
        assert not window.help.geometry().contains(at)
        assert canvas.rect().contains(window.help.geometry())


def test_it_never_covers_more_of_a_box_than_it_would_at_the_other_side(window):
    document, canvas = window.document, window.canvas
    to_view, sides = canvas.camera.to_view, set()
    for neuron in document.circuit.neurons:
        document.select({neuron.id})
        if window.help.isHidden():
            document.tools.help_asked.emit(None)
        box, card = canvas.scene.box(neuron), window.help.geometry()
        left, right = to_view(box.topLeft()).x(), to_view(box.bottomRight()).x()
        begins = canvas.width() - card.right()  # as far from its edge as the card from the other
        covered = max(0.0, min(right, card.right()) - max(left, card.left()))
        elsewhere = max(0.0, min(right, begins + card.width()) - max(left, begins))
        if card.left() < canvas.width() / 4:
            sides.add("left")
            elsewhere = max(0.0, right - (canvas.width() - card.right()))
        assert covered <= elsewhere or covered <= 1.0
    assert sides == {"left"}  # some lie under the right corner


def test_a_factor_of_one_is_not_put_in(opened):
    circuit = Circuit()
    circuit.add_neuron("a", "ltc_paper")
    circuit.add_input("u", "constant")
    weight = circuit.connect("u", "a", "weight", weight=1.0)
    window = opened(circuit)
    document = window.document
    document.select({weight.id})
    document.tools.help_asked.emit(None)
    assert not window.help.page.numbers.isVisible()
    document.push(SetParameter((weight.id,), "weight", 2.0))
    assert window.help.page.numbers.isVisible()
    document.stack.undo()
    assert not window.help.page.numbers.isVisible()
    document.stack.redo()
    assert window.help.page.numbers.isVisible()


def test_the_palette_says_what_its_kinds_are(window):
    palette = window.panels["palette"]
    tile = palette.tiles["Input"]
    QTest.mouseClick(tile, LEFT)
    for kind, button in palette.variants.rows.items():
        assert window.document.circuit.kinds.stimuli[kind].avoid in one_line(button.toolTip())
    palette.variants.rows["chirp"].customContextMenuRequested.emit(QPoint(4, 4))
    choose(palette, "What is Chirp?")
    assert window.help.subject.kind.id == "chirp"
    assert numbers(window) == []
    palette.tiles["Neuron"].customContextMenuRequested.emit(QPoint(4, 4))
    choose(palette, "What is LTC neuron?")
    assert window.help.subject.kind.id == "ltc"


def one_line(text):
    return " ".join(text.split())


def choose(parent, text):
    menu = parent.findChildren(QMenu)[-1]
    action = next(a for a in menu.actions() if a.text() == text)
    action.trigger()
    menu.close()


def test_the_choice_of_a_solver_says_what_it_is(window):
    method = window.transport.method
    method.solver.click()
    menu = method.findChildren(QMenu)[-1]
    solvers = window.document.circuit.kinds.solvers
    tips = {a.text(): a.toolTip() for a in menu.actions()}
    assert all(s.avoid in one_line(tips[s.title]) for s in solvers.values())
    used = solvers[window.document.status().solver]
    choose(method, f"What is {used.title}?")
    assert window.help.subject.kind is used


def all_kinds(window):
    k = window.document.circuit.kinds
    return [*k.neurons.values(), *k.synapses.values(), *k.stimuli.values(), *k.solvers.values()]


def test_the_search_explains_every_kind(window):
    for kind in all_kinds(window):
        for typed in (f"what is {kind.title}", kind.id):
            found = [row.value for row in window.search.rows() if row.rank(typed) is not None]
            assert kind in found


def test_every_kind_has_its_page(window):
    for kind in all_kinds(window):
        window.document.tools.help_asked.emit(kind)
        assert window.help.isVisible()
        assert kind.avoid in texts(window)
        assert window.help.page.findChildren(EquationView)


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_it_fits_the_canvas(window, size):
    window.resize(*size)
    window.document.tools.help_asked.emit(window.document.circuit.kinds.neurons["ltc"])
    assert window.canvas.rect().contains(window.help.geometry())
