"""Pages of the inspector: several elements at once, start states, synapse lists, inputs and their tables."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from circuitsim.app.document.incoming import load_table
from circuitsim.app.document.start import take_present
from circuitsim.app.panels._rows import Prose
from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output, new_synapse
from circuitsim.circuit.edits import Add, Compound, Delete, Replace, SetKind
from circuitsim.circuit.elements import Neuron, Role, Synapse, Table

LEFT = Qt.MouseButton.LeftButton


def page(window):
    return window.panels["inspector"].page


def find(window, name):
    found = page(window).findChild(object, name)
    assert found is not None, name
    return found


def synapses(window):
    return [s.id for s in window.document.circuit.synapses]


# several ------------------------------------------------------------------------------------------


def test_different_values_show_as_a_range_and_are_set_in_one_step(hands):
    hands.select("A", "B", "C")
    row = hands.row("leak_conductance")

    def leaks():
        return [hands.value(name, "leak_conductance") for name in "ABC"]

    assert row.field.text() == "1…3"
    hands.type(row.field, "4 nS")
    hands.undone_and_redone(leaks, [2.0, 3.0, 1.0], [4.0, 4.0, 4.0])
    hands.document.stack.undo()
    hands.type(row.field, "*1.5")
    hands.undone_and_redone(leaks, [2.0, 3.0, 1.0], [3.0, 4.5, 1.5])
    hands.type(row.field, "-=500 pS")
    assert leaks() == [2.5, 4.0, 1.0]
    hands.drag(row.slider, row.slider.knob().toPoint(), row.slider.knob().toPoint() + QPoint(30, 0))
    assert len(set(leaks())) == 1
    hands.document.stack.undo()
    assert leaks() == [2.5, 4.0, 1.0]
    QTest.mouseClick(row.dot, LEFT, pos=QPoint(3, 8))
    hands.undone_and_redone(leaks, [2.5, 4.0, 1.0], [1.0, 1.0, 1.0])


def test_a_relative_change_that_one_refuses_changes_none(hands):
    hands.select("A", "B")
    row = hands.row("leak_conductance")
    hands.type(row.field, "-=2.5")
    assert "at least 0" in row.problem.text()
    assert (hands.value("A", "leak_conductance"), hands.value("B", "leak_conductance")) == (2.0, 3.0)


def test_synapses_of_different_kinds_share_what_both_have(window, hands):
    document = window.document
    document.select(synapses(window)[:3])  # two chemical ones and a gap junction
    row = hands.row("conductance")
    hands.type(row.field, "1/4")
    values = [document.circuit.elements[i].parameters["conductance"] for i in synapses(window)[:3]]
    assert values == [0.25] * 3
    assert page(window).findChild(object, "parameter:reversal_potential") is None
    QTest.mouseClick(row.dot, LEFT, pos=QPoint(3, 8))
    values = [document.circuit.elements[i].parameters["conductance"] for i in synapses(window)[:3]]
    assert values == [1.0, 1.0, 0.5]  # each the default of its kind


def test_a_mixed_selection_has_a_section_for_each_family(window, hands):
    document = window.document
    document.select({*(n.id for n in document.circuit.neurons), *synapses(window)[:2]})
    hands.type(hands.row("leak_potential").field, "-55")
    hands.type(hands.row("midpoint").field, "-30")
    assert {n.parameters["leak_potential"] for n in document.circuit.neurons} == {-55.0}
    assert document.circuit.elements[synapses(window)[0]].parameters["midpoint"] == -30.0


def test_what_shares_nothing_says_so(window, hands):
    document = window.document
    hands.select("drive")
    document.push(Add((new_input(document.circuit, "u", "sine"),)))
    hands.select("drive", "u")
    texts = [label.text() for label in page(window).findChildren(QLabel)]
    assert "no parameter in common" in texts
    assert find(window, "choice:stimulus").choice.text() == "several"


def test_role_and_kind_of_several_are_chosen_at_once(window, hands):
    document = window.document
    hands.select("A", "C")
    find(window, "choice:role").choice.chosen.emit(Role.MOTOR)
    assert document.circuit["A"].role is document.circuit["C"].role is Role.MOTOR
    document.stack.undo()
    assert document.circuit["A"].role is document.circuit["C"].role is Role.INTER
    drives = tuple(new_input(document.circuit, f"u{k}", "constant") for k in range(2))
    document.push(Add(drives))
    hands.select("u0", "u1")
    find(window, "choice:stimulus").choice.chosen.emit("sine")
    assert {document.circuit[name].stimulus for name in ("u0", "u1")} == {"sine"}
    assert hands.row("frequency")
    document.stack.undo()
    assert {document.circuit[name].stimulus for name in ("u0", "u1")} == {"constant"}


# start states -------------------------------------------------------------------------------------


def starts(document):
    return {n.name: n.start for n in document.circuit.neurons}


def test_the_present_is_taken_as_start_state(running, hands, qtbot):
    document = running.document
    before = starts(document)
    document.simulator.pause()
    qtbot.waitUntil(lambda: not document.status().playing)
    snapshot = document.snapshot()
    now = {
        document.circuit.get(i, Neuron).name: float(f"{v:.6g}")
        for i, v in zip(snapshot.ids, snapshot.v, strict=True)
    }
    hands.select("A")
    QTest.mouseClick(find(running, "take-present"), LEFT)
    assert starts(document) == {**before, "A": now["A"]}
    document.stack.undo()
    assert starts(document) == before
    hands.select("A", "B")
    QTest.mouseClick(find(running, "take-present"), LEFT)
    assert starts(document) == {**before, "A": now["A"], "B": now["B"]}
    running.commands.trigger("take_present")
    assert starts(document) == now
    document.stack.undo()
    document.stack.undo()
    assert starts(document) == before
    assert document.snapshot().t == snapshot.t


def test_a_neuron_without_memory_has_no_start_state(running, hands, qtbot):
    document = running.document
    document.push(Delete(frozenset(synapses(running))))
    document.push(SetKind(document.circuit["A"].id, "static"))
    document.simulator.pause()
    qtbot.waitUntil(lambda: document.snapshot().tau[0] == 0.0 and not document.status().playing)
    qtbot.waitUntil(lambda: document.bands().tau_high[0] == 0.0)
    hands.select("A")
    assert page(running).findChild(object, "text:start state") is None
    running.refresh()
    texts = [label.text() for label in page(running).findChildren(QLabel)]
    assert "instant" in texts
    before = starts(document)
    running.commands.trigger("take_present")
    assert starts(document)["A"] == before["A"]
    hands.select("A", "B")
    QTest.mouseClick(find(running, "take-present"), LEFT)
    assert starts(document)["A"] == before["A"]
    hands.type(find(running, "text:start state").field, "-50")
    assert starts(document) == {**starts(document), "A": before["A"], "B": -50.0}


def test_a_closed_form_neuron_says_what_it_approximates_and_follows_its_start_state(running, hands, qtbot):
    document = running.document
    document.push(Delete(frozenset(synapses(running))))
    document.push(SetKind(document.circuit["A"].id, "closed_form"))
    document.simulator.pause()
    hands.select("A")
    (label,) = [w for w in page(running).findChildren(QLabel) if w.text().startswith("Approximates")]
    assert label.isVisible()
    assert "not the LTC" in label.text()
    assert page(running).findChild(object, "take-present") is None
    qtbot.waitUntil(  # kernels may be cold
        lambda: not document.status().playing and not document.status().compiling, timeout=120_000
    )
    assert math.isfinite(document.snapshot().vinf[0])
    refused, before = [], document.snapshot().v[0]
    document.refused.connect(refused.append)
    take_present(document, {document.circuit["A"].id})
    assert "no state to begin from" in refused[-1].sentence
    hands.type(find(running, "text:start state").field, "-5e6")
    qtbot.waitUntil(lambda: document.snapshot().v[0] != before)
    document.stack.undo()
    qtbot.waitUntil(lambda: document.snapshot().v[0] == before)


def test_turning_a_ring_static_is_refused_with_its_members(window, hands):
    document, refused = window.document, []
    document.push(Delete(frozenset(synapses(window))))
    document.push(Compound(tuple(SetKind(document.circuit[name].id, "ct_rnn") for name in "AB"), "CT-RNN"))
    ids = {name: document.circuit[name].id for name in "AB"}
    ends = ((ids["A"], ids["B"]), (ids["B"], ids["A"]))
    document.push(Add(tuple(new_synapse(document.circuit, pre, post, "weight") for pre, post in ends)))
    document.refused.connect(refused.append)
    hands.select("A", "B")
    find(window, "choice:kind").choice.chosen.emit("static")
    assert refused[-1].where == "neurons A and B"
    assert {document.circuit[name].kind for name in "AB"} == {"ct_rnn"}


def test_a_start_state_is_typed_with_names(running, hands):
    hands.select("A")
    row = find(running, "text:start state")
    hands.type(row.field, "B.leak_potential + 5 mV")
    hands.undone_and_redone(lambda: hands.document.circuit["A"].start, -60.0, -55.0)
    hands.type(row.field, "5 nS")
    assert "use mV" in row.problem.text()


# synapses -----------------------------------------------------------------------------------------


def test_incoming_and_outgoing_synapses_are_listed_and_a_click_selects_one(window, hands):
    hands.select("A")
    incoming, outgoing = find(window, "incoming"), find(window, "outgoing")
    assert set(incoming.ids) == {synapses(window)[1], synapses(window)[2], synapses(window)[3]}
    assert outgoing.ids == (synapses(window)[0],)
    QTest.mouseClick(outgoing, LEFT, pos=QPoint(60, 12))
    assert window.document.selection == {synapses(window)[0]}


def test_the_row_under_the_pointer_lights_its_synapse_on_the_canvas(window, hands, qtbot):
    hands.select("A")
    outgoing, document = find(window, "outgoing"), window.document
    before = window.canvas.grab().toImage()
    QTest.mouseMove(outgoing, QPoint(60, 12))
    assert document.pointing.at == synapses(window)[0]
    qtbot.waitUntil(lambda: window.canvas.grab().toImage() != before)
    QTest.mouseMove(window.canvas, QPoint(300, 500))
    qtbot.waitUntil(lambda: document.pointing.at is None)
    QTest.mouseMove(outgoing, QPoint(60, 12))
    QTest.mouseClick(outgoing, LEFT, pos=QPoint(60, 12))
    assert document.pointing.at is None


def test_the_bars_show_what_is_open_now(running, hands, qtbot):
    hands.select("B")
    incoming = find(running, "incoming")
    (synapse,) = incoming.ids
    qtbot.waitUntil(lambda: 0 < incoming._acting.get(synapse, 0.0) < 1.0)
    running.document.select({synapse})
    live = page(running)._live
    qtbot.waitUntil(lambda: live.strength.text not in ("", "0.000"))
    assert float(live.current.text) > 0


# inputs -------------------------------------------------------------------------------------------


def test_an_input_shows_its_value_its_waveform_and_what_it_drives(running, hands, qtbot):
    document = running.document
    hands.select("drive")
    live = page(running)._live
    assert not live.wave.isVisible()
    document.hand(document.circuit["drive"].id, 1.5)
    qtbot.waitUntil(lambda: live.value.text == "1.50")
    qtbot.waitUntil(lambda: hands.row("value").field.text() == "1.5")
    assert find(running, "outgoing").ids == (synapses(running)[3],)
    document.push(SetKind(document.circuit["drive"].id, "sine"))
    assert page(running)._live.wave.isVisible()


def test_an_output_shows_what_it_reads(running, hands, qtbot):
    document = running.document
    document.push(Add((new_output(document.circuit, "y0", document.circuit["A"].id, gain=0.0, offset=7.0),)))
    hands.select("y0")
    qtbot.waitUntil(lambda: page(running)._live.value.text == "7.00")


def test_the_lines_of_a_note_survive_and_are_changed_in_one_step(window):
    document = window.document
    note = new_note(document.circuit, "Try", "one\ntwo", (0.0, 300.0))
    document.push(Add((note,)))
    document.select({note.id})
    area = page(window).area
    assert area.toPlainText() == "one\ntwo"
    QTest.mouseClick(area.viewport(), LEFT)
    area.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(area, "!")
    QTest.keyClick(area, Qt.Key.Key_Escape)
    assert document.circuit.elements[note.id].text == "one\ntwo"
    QTest.mouseClick(area.viewport(), LEFT)
    area.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClicks(area, "three")
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert document.circuit.elements[note.id].text == "one\ntwo\nthree"
    document.stack.undo()
    assert document.circuit.elements[note.id].text == area.toPlainText() == "one\ntwo"


@pytest.fixture
def table(window, hands):
    document = window.document
    document.push(Add((new_input(document.circuit, "seen", "table", table=Table((0.0,), (0.0,))),)))
    hands.select("seen")
    return document.circuit["seen"].id


def test_a_table_is_loaded_away_from_the_window_and_undone(window, table, tmp_path, qtbot):
    document = window.document
    path = tmp_path / "u.csv"
    path.write_text("t,u\n0,0\n5,1\n20,0.5\n")
    before = document.circuit["seen"].table
    load_table(document, table, path)
    qtbot.waitUntil(lambda: document.circuit["seen"].table != before)
    assert document.circuit["seen"].table.times == (0.0, 5.0, 20.0)
    texts = [label.text() for label in page(window).findChildren(QLabel)]
    assert "3" in texts
    assert "0 to 20 ms" in texts
    document.stack.undo()
    assert document.circuit["seen"].table == before


def test_a_bad_table_is_told_in_a_sentence_and_nothing_changes(window, table, tmp_path, qtbot):
    path = tmp_path / "u.csv"
    path.write_text("t,u\n0,0\n0,1\n")
    before = window.document.circuit["seen"].table
    with qtbot.waitSignal(window.document.refused) as refused:
        load_table(window.document, table, path)
    assert "does not come after" in refused.args[0].problem
    assert window.document.circuit["seen"].table == before


@pytest.mark.usefixtures("table")
def test_the_link_opens_a_file_dialog_that_does_not_block(window):
    QTest.mouseClick(find(window, "link:load CSV…"), LEFT)
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


# size ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1024, 1440])
def test_nothing_reaches_beyond_the_panel(running, hands, width):
    running.resize(width, 900)
    document = running.document
    for chosen in (("A",), ("A", "B"), ("drive",), ()):
        hands.select(*chosen)
        for widget in page(running).findChildren(QWidget):
            if widget.isVisible() and not widget.isWindow():
                right = widget.mapTo(page(running), QPoint(widget.width(), 0)).x()
                assert right <= page(running).width(), (chosen, widget)
    document.select({synapses(running)[0]})
    assert isinstance(document.circuit.elements[synapses(running)[0]], Synapse)
    assert page(running).minimumSizeHint().width() <= page(running).width()


def test_a_neuron_without_synapses_has_empty_lists(window, hands):
    document = window.document
    document.push(Add((new_neuron(document.circuit, "alone"),)))
    hands.select("alone")
    assert find(window, "incoming").ids == find(window, "outgoing").ids == ()


# the circuit as a whole ---------------------------------------------------------------------------


def test_notes_are_told_in_full_and_follow_their_edits(window, hands):
    document = window.document

    def told():
        return [prose.text() for prose in page(window).findChildren(Prose)]

    assert told() == []
    note = new_note(document.circuit, "Try", "Hold the button.\nLet go.", (0.0, 480.0))
    document.push(Add((note,)))
    hands.select()
    assert told() == ["Hold the button.\nLet go."]
    assert "Try" in [label.text() for label in page(window).findChildren(QLabel)]
    document.push(Replace((replace(note, title="Now", text="Wait."),), "Edit note"))
    assert told() == ["Wait."]
    document.stack.undo()
    assert told() == ["Hold the button.\nLet go."]
    document.stack.undo()
    assert told() == []


@pytest.mark.parametrize("stimulus", ["constant", "sine"])
def test_what_an_input_sends_is_set_beside_its_stimulus(window, hands, stimulus):
    """Also where the stimulus has an offset of its own."""
    document = window.document
    document.push(SetKind(document.circuit["drive"].id, stimulus))
    hands.select("drive")

    def sent():
        return document.circuit["drive"].gain, document.circuit["drive"].offset

    before = document.circuit["drive"].parameters
    hands.type(find(window, "text:gain").field, "-2.5")
    hands.undone_and_redone(sent, (1.0, 0.0), (-2.5, 0.0))
    hands.type(find(window, "text:offset").field, "1/4")
    hands.undone_and_redone(sent, (-2.5, 0.0), (-2.5, 0.25))
    hands.type(find(window, "text:offset").field, "1e12")
    assert sent() == (-2.5, 0.25)
    assert document.circuit["drive"].parameters == before
