"""Laboratories in a small window: what is needed is in sight, what is named can be read, what is empty says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from circuitsim.app.plots.results.matrix import MatrixView, _some
from circuitsim.app.plots.results.table import TableView
from circuitsim.circuit.build import new_synapse
from circuitsim.circuit.edits import Add

SMALL = (1024, 700)


def shown(window, qtbot, name, size=SMALL):
    window.resize(*size)
    window.show_laboratory(name)
    panel = window.bottom.view
    qtbot.waitUntil(lambda: panel.result is not None, timeout=120_000)  # kernels may be cold
    QApplication.processEvents()  # all has its place
    return panel


def matrices(panel):
    return {view._piece.title[0]: view for view in panel.findChildren(MatrixView)}


def test_options_are_in_sight_in_a_small_window(window, qtbot):
    panel = shown(window, qtbot, "dcm")
    sight = panel._scroll.viewport()
    for name in ("at", "input", "step", "stimuli", "duration"):
        control = panel.options.findChild(object, f"size:{name}")
        low = control.mapTo(sight, QPoint(0, control.height()))
        assert low.y() <= sight.height(), name
        assert control.mapTo(sight, QPoint(control.width(), 0)).x() <= sight.width(), name


def test_every_row_of_a_small_window_has_a_name_and_stands_at_the_height_of_its_neighbours(window, qtbot):
    panel = shown(window, qtbot, "dcm", (1440, 900))
    views = matrices(panel)
    tops = {name: (view._grid().top(), view._grid().height()) for name, view in views.items()}
    assert tops["A"] == tops["B"]
    small = matrices(shown(window, qtbot, "dcm"))["A"]
    assert small._grid().height() / 16 >= 8.5  # px from which on each has its name
    assert small._grid().bottom() + small.below() <= small.height() + 1  # and what is said below has room


@pytest.mark.parametrize(
    ("count", "step", "always", "expected"),
    [(5, 1, -1, [0, 1, 2, 3, 4]), (7, 3, -1, [0, 3, 6]), (7, 3, 4, [0, 4]), (7, 3, 3, [0, 3, 6]), (1, 9, 0, [0])],
)  # fmt: skip
def test_names_are_thinned_out_and_the_one_under_the_mouse_is_there(count, step, always, expected):
    assert sorted(_some(count, step, always)) == expected


def test_a_matrix_of_zeros_says_why_until_it_is_none(opened, qtbot):
    window = opened("driver")
    panel = shown(window, qtbot, "dcm")
    b = matrices(panel)["B"]
    assert "acts by injected current alone" in b.accessibleDescription()
    QTest.mouseMove(b, QPoint(b.width() // 2, b.height() // 2))
    assert window.document.pointing.at is None
    circuit = window.document.circuit
    source = circuit[b._piece.title.removeprefix("B  by ")]
    line = new_synapse(circuit, source.id, circuit["brake"].id)
    window.document.push(Add((line,)))
    qtbot.waitUntil(lambda: "acts by" not in matrices(panel)["B"].accessibleDescription(), timeout=120_000)
    window.document.stack.undo()
    qtbot.waitUntil(lambda: "acts by" in matrices(panel)["B"].accessibleDescription(), timeout=120_000)
    window.document.stack.redo()
    qtbot.waitUntil(lambda: "acts by" not in matrices(panel)["B"].accessibleDescription(), timeout=120_000)


def test_the_bands_of_the_worm_fit_a_small_window_and_a_shortened_name_is_told_in_full(window, qtbot):
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing, timeout=10_000)
    panel = shown(window, qtbot, "bounds")
    table = panel.findChild(TableView)
    qtbot.waitUntil(table._body.isVisible)
    assert table.mapTo(panel, QPoint(table.width(), 0)).x() <= panel.width()
    columns = table._columns(table._body.width())
    assert sum(columns[-1]) <= table._body.width()
    cut = [(row, k) for row in range(8) for k in (3, 6, 7) if table._left_out(row, k)]
    assert cut
    for row, k in cut:
        place = QPoint(round(columns[k][0] + 5), 20 * row + 10)
        QTest.mouseMove(table._body, place)
        qtbot.waitUntil(lambda text=table._piece.rows[row][k]: table._body.toolTip() == text)
    window.resize(1800, 900)
    QApplication.processEvents()
    assert not any(table._left_out(row, k) for row, k in cut)


def test_a_cell_lights_up_all_synapses_between_two_neurons_and_each_of_them_the_cell(opened, qtbot):
    window = opened("half-centre")
    circuit = window.document.circuit
    one = next(s for s in circuit.synapses if s.pre != s.post and s.pre in {n.id for n in circuit.neurons})
    other = new_synapse(circuit, one.pre, one.post)
    window.document.push(Add((other,)))
    panel = shown(window, qtbot, "dcm", (1440, 900))
    a = matrices(panel)["A"]
    ids = [n.id for n in circuit.neurons]
    cell = ids.index(one.post), ids.index(one.pre)
    QTest.mouseMove(a, a._box(a._grid(), *cell).center().toPoint())
    qtbot.waitUntil(lambda: {one.id, other.id} <= set(window.document.pointing.all))
    QTest.mouseClick(a, Qt.MouseButton.LeftButton, pos=a._box(a._grid(), *cell).center().toPoint())
    assert window.document.selection >= {one.id, other.id}


def test_stimuli_that_go_on_are_an_option_that_is_answered(window, qtbot):
    panel = shown(window, qtbot, "dcm")
    panel.options.findChild(object, "size:stimuli").chosen.emit(1.0)
    qtbot.waitUntil(
        lambda: any("while all stimuli go on" in f.text for f in panel.result.findings), timeout=120_000
    )
    panel.options.findChild(object, "size:stimuli").chosen.emit(0.0)
    qtbot.waitUntil(lambda: any("held as they are" in f.text for f in panel.result.findings), timeout=120_000)


def test_a_response_of_an_instant_that_is_gone_is_taken_anew_by_a_button(window, qtbot):
    panel = shown(window, qtbot, "dcm")
    first = panel.result["t"]
    qtbot.waitUntil(panel.again.isVisible, timeout=120_000)
    said = [f.text for f in panel.result.findings if f.text.startswith("After a step")]
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing, timeout=10_000)
    QTest.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.result["t"] is not first, timeout=120_000)
    assert said != [f.text for f in panel.result.findings if f.text.startswith("After a step")]
    qtbot.waitUntil(lambda: not panel.again.isVisible())
