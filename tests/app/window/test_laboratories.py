"""The laboratories in the real window: opened, read, linked with the canvas, and asked again."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from circuitsim.analysis import analyses
from circuitsim.app.panels import _laboratory
from circuitsim.app.plots.results.matrix import MatrixView
from circuitsim.app.plots.results.table import ROW, TableView
from circuitsim.circuit.edits import Delete, SetParameter
from circuitsim.spec.issue import Issue, RunError


def turned(window, qtbot, name):
    """The panel of a laboratory, opened by its tab, with its first answer."""
    QTest.mouseClick(window.bottom.tabs[name], Qt.MouseButton.LeftButton)
    panel = window.bottom.view
    assert panel.analysis.id == name
    qtbot.waitUntil(lambda: panel.result is not None, timeout=120_000)  # kernels may be cold
    return panel


@pytest.mark.parametrize("name", list(analyses()))
def test_every_laboratory_answers_about_the_worm_by_tab_and_key(window, qtbot, name):
    scope_height = window.bottom.height()
    panel = turned(window, qtbot, name)
    assert panel.result.findings
    assert window.bottom.height() >= scope_height
    QTest.mouseClick(window.bottom.tabs["scope"], Qt.MouseButton.LeftButton)
    assert window.bottom.front == "scope"
    assert window.bottom.height() == scope_height
    key = Qt.Key(Qt.Key.Key_1 + list(analyses()).index(name))
    QTest.keyClick(window.canvas, key, Qt.KeyboardModifier.AltModifier)
    assert window.bottom.front == name


def test_a_row_lights_up_its_neuron_and_the_neuron_its_row(window, qtbot):
    panel = turned(window, qtbot, "bounds")
    table = panel.findChild(TableView)
    qtbot.waitUntil(table._body.isVisible)
    QApplication.processEvents()  # it has its place
    place = QPoint(40, round(3.5 * ROW))
    QTest.mouseMove(table._body, place)
    qtbot.waitUntil(lambda: window.document.pointing.at == panel.result.pieces[0].elements[3])
    ends = {panel.result[f"{end}_synapse"][3] for end in ("tau_low", "state_low", "state_high")} - {None}
    assert ends
    assert set(window.document.pointing.all[1:]) == ends
    QTest.mouseClick(table._body, Qt.MouseButton.LeftButton, pos=place)
    assert window.document.selection == {panel.result.pieces[0].elements[3]}
    neuron = window.document.circuit["AVAL"]
    spot = window.canvas.camera.to_view(window.canvas.scene.box(neuron).center()).toPoint()
    QTest.mouseMove(window.canvas, spot)
    qtbot.waitUntil(lambda: neuron.id in table.lit)


def test_a_cell_that_names_a_synapse_lights_it_up_and_picks_it_and_the_synapse_its_row(window, qtbot):
    panel = turned(window, qtbot, "bounds")
    QTest.keyClick(window.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing, timeout=10_000)
    qtbot.waitUntil(
        lambda: (
            panel._job is None
            and panel._found[panel.analysis.parts[0]].key == panel._key(panel.analysis.parts[0])
        )
    )
    table = panel.findChild(TableView)
    qtbot.waitUntil(table._body.isVisible)
    QApplication.processEvents()  # it has its place
    neuron, synapse = panel.result.pieces[0].elements[2], panel.result["tau_low_synapse"][2]
    left, wide = table._columns(table._body.width())[3]
    place = QPoint(round(left + wide / 2), round(2.5 * ROW))
    dark = window.canvas.grab().toImage()
    QTest.mouseMove(table._body, place)
    qtbot.waitUntil(lambda: window.document.pointing.all == (neuron, synapse))
    both = window.canvas.grab().toImage()
    window.document.pointing.to(neuron)
    assert both not in (dark, window.canvas.grab().toImage())  # the line glows too
    window.document.pointing.to(neuron, synapse)
    QTest.mouseClick(table._body, Qt.MouseButton.LeftButton, pos=place)
    assert window.document.selection == {synapse}
    QTest.mouseMove(window.canvas, QPoint(3, 3))
    qtbot.waitUntil(lambda: not window.document.pointing.all)
    assert synapse in table.lit


def test_bounds_follow_the_run_and_edits(window, qtbot):
    panel = turned(window, qtbot, "bounds")
    first = panel.result
    qtbot.waitUntil(lambda: panel.result is not first, timeout=120_000)
    neuron = window.document.circuit["AVM"]
    window.document.push(Delete(frozenset({neuron.id})))
    qtbot.waitUntil(lambda: "AVM" not in panel.result["neurons"], timeout=120_000)
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "AVM" in panel.result["neurons"], timeout=120_000)
    assert window.document.status().playing


def test_the_causal_model_follows_the_run_and_an_option_and_is_taken_anew_by_its_button(
    window, qtbot, monkeypatch
):
    panel = turned(window, qtbot, "dcm")
    first = panel.result
    qtbot.waitUntil(lambda: not np.array_equal(panel.result["A"], first["A"]), timeout=120_000)
    assert [piece.title for piece in panel.result.pieces] == [piece.title for piece in first.pieces]
    before = panel.result
    panel.options.findChild(object, "size:at").chosen.emit(0.0)
    qtbot.waitUntil(lambda: panel.result is not before, timeout=120_000)  # kernels may be cold
    assert np.array_equal(panel.result["states"], np.zeros(16))
    a = panel.findChildren(MatrixView)[0]
    assert a.accessibleName().startswith("A")
    assert not panel.again.isVisible()
    with monkeypatch.context() as slow:  # as on a machine on which it takes too long to be taken by itself
        slow.setattr(_laboratory, "CHEAP", 0.0)
        slow.setattr(_laboratory, "COLD", 0.0)
        window.document.push(Delete(frozenset({window.document.circuit["AVM"].id})))
        qtbot.waitUntil(panel.again.isVisible)
        QTest.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(panel.result["neurons"]) == 15, timeout=120_000)  # kernels may be cold
    qtbot.waitUntil(lambda: not panel.again.isVisible())


def test_a_cheap_laboratory_follows_an_edit_by_itself(opened, qtbot):
    window = opened("closed-form")
    panel = turned(window, qtbot, "closed-form")
    QTest.mouseClick(panel.options.findChild(object, "size:cost"), Qt.MouseButton.LeftButton)
    before = panel.result
    equation = window.document.circuit["equation"]
    qtbot.waitUntil(lambda: panel.result is not before, timeout=120_000)  # kernels may be cold
    far = panel.result["from_ode"][0]
    window.document.push(SetParameter((equation.id,), "time_constant", 10.0))
    qtbot.waitUntil(lambda: panel.result["from_ode"][0] < 0.9 * far, timeout=120_000)
    window.document.stack.undo()
    qtbot.waitUntil(lambda: panel.result["from_ode"][0] == pytest.approx(far, rel=0.01), timeout=120_000)


@pytest.mark.parametrize("circuit", ["closed-form", "driver", "late-caller"])
def test_what_a_step_costs_is_seen_whole_beside_the_curves(opened, qtbot, circuit):
    window = opened(circuit)
    window.resize(1440, 900)
    panel = turned(window, qtbot, "closed-form")
    distances, cost = panel.findChildren(TableView)
    assert cost.accessibleName() == "Cost of a step"
    rows = len(panel.result["cost"])
    qtbot.waitUntil(lambda: cost._body.visibleRegion().boundingRect().height() >= ROW * rows)
    for table in (distances, cost):
        assert table._head.visibleRegion().boundingRect().size() == table._head.size()
    assert distances.geometry().bottom() < cost.geometry().top()
    equation = panel.result.pieces[-2].elements[0]
    QTest.mouseClick(distances._body, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    assert window.document.selection == {equation}


def test_what_is_refused_is_asked_once_and_again_after_an_edit(opened, qtbot):
    window = opened("closed-form")
    panel = turned(window, qtbot, "bounds")
    asked = []

    def refused(*_arguments, **_words):
        asked.append(1)
        raise RunError(Issue("bounds", "it cannot be asked now"))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_laboratory, "_answered", refused)
        qtbot.waitUntil(lambda: "cannot be asked" in panel._problem.text(), timeout=120_000)
        qtbot.wait(1000)
        assert len(asked) == 1
        assert panel.again.isVisible()
    equation = window.document.circuit["equation"]
    window.document.push(SetParameter((equation.id,), "time_constant", 2.0))
    qtbot.waitUntil(lambda: not panel._problem.text(), timeout=120_000)
    qtbot.waitUntil(lambda: not panel.again.isVisible())


def test_a_twin_goes_beside_the_run_while_robustness_is_looked_at(window, qtbot):
    panel = turned(window, qtbot, "robustness")
    first = panel.result
    assert first["beside_t"][0] == 0.0  # both from the start, until the twin has gone a little way
    qtbot.waitUntil(lambda: panel.result["beside_t"][0] > 0.0, timeout=120_000)
    assert panel.result["beside_t"][0] >= window.document.simulator.beside.begun
    last = panel.result["beside_t"][-1]
    qtbot.waitUntil(lambda: panel.result["beside_t"][-1] > last, timeout=120_000)
    assert panel.result["lipschitz"] == first["lipschitz"]  # of the data, which no instant changes
    QTest.mouseClick(window.bottom.tabs["scope"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.document.simulator.beside is None)


def test_what_cannot_be_asked_is_said_in_a_sentence(opened, qtbot):
    window = opened("late-caller")
    QTest.mouseClick(window.bottom.tabs["dcm"], Qt.MouseButton.LeftButton)
    panel = window.bottom.view
    qtbot.waitUntil(
        lambda: "computed in calls" in panel._problem.text(), timeout=120_000
    )  # kernels may be cold
    assert panel.result is None


def test_a_small_window_keeps_three_tabs_and_the_one_in_front_beside_figures_and_legend(window, qtbot):
    bottom, scope = window.bottom, window.panels["scope"]
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: all(tab.isVisible() for tab in bottom.tabs.values()))
    assert not bottom.more.isVisible()
    window.resize(1024, 700)
    qtbot.waitUntil(bottom.more.isVisible)
    names = list(bottom.tabs)
    assert [name for name in names if bottom.tabs[name].isVisible()] == names[:3]
    for button in scope.cursors.values():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: scope.figures.text.count("Δ") == 2)
    qtbot.waitUntil(lambda: scope.figures.width() >= scope.figures.sizeHint().width())  # nothing left out
    first = window.document.traced[0]
    qtbot.waitUntil(lambda: scope.legend.place_of(first) is not None)

    chosen = names[-1]
    QTest.mouseClick(bottom.more, Qt.MouseButton.LeftButton)
    menu = bottom.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert [a.text() for a in menu.actions()] == [bottom.tabs[name].text() for name in names[3:]]
    assert all(a.shortcut().toString().startswith("Alt+") for a in menu.actions())
    place = menu.actionGeometry(menu.actions()[-1]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert bottom.front == chosen
    assert [name for name in names if bottom.tabs[name].isVisible()] == [*names[:3], chosen]
    QTest.mouseClick(bottom.tabs["scope"], Qt.MouseButton.LeftButton)
    assert not bottom.tabs[chosen].isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert bottom.tabs[names[4]].isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not bottom.more.isVisible())
    assert bottom.tabs[chosen].isVisible()


def test_a_tab_takes_no_keys_from_the_run(window, qtbot):
    """Space still pauses when a laboratory takes the place of a scope that had the keys."""
    window.panels["scope"].lanes.setFocus()
    QTest.mouseClick(window.bottom.tabs["compare"], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is window.bottom.view
    assert window.document.status().playing
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.document.status().playing, timeout=10_000)


def test_a_laboratory_that_was_cancelled_can_be_asked_again(window, qtbot):
    panel = turned(window, qtbot, "compare")
    before = panel.result
    panel.options.findChild(object, "size:network").chosen.emit(1.0)
    panel._job.cancel()  # as its card does
    qtbot.waitUntil(panel.again.isVisible, timeout=120_000)
    assert panel._problem.text() == "Cancelled."
    assert panel.result is before
    panel.options.findChild(object, "size:network").chosen.emit(0.0)
    qtbot.waitUntil(lambda: panel.result is not before, timeout=120_000)
    assert not panel.again.isVisible()
