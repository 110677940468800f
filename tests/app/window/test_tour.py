"""The tutorial: every step is done by what a person would do, and not by anything less."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from circuitsim.app.canvas.chip import ZoomChip
from circuitsim.app.dialogs.gallery import Gallery
from circuitsim.app.document.files import Wanted, export_traces
from circuitsim.circuit.build import new_synapse
from circuitsim.circuit.edits import Add

LEFT, NONE, SHIFT = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def touring(window, qtbot):
    window.commands.trigger("tutorial")
    qtbot.waitUntil(lambda: window.tour.progress is not None, timeout=60_000)
    qtbot.waitUntil(lambda: window.document.status().t > 0.05, timeout=60_000)
    return window


def place(window, name):
    canvas = window.canvas
    return canvas.camera.to_view(canvas.scene.box(window.document.circuit[name]).center()).toPoint()


def go_on(window, step):
    """Begin with a later step."""
    for _ in range(step):
        QTest.mouseClick(window.tour.next, LEFT)
    assert window.tour.progress.index == step


def is_done(window):
    return window.tour.progress.done


def test_pouring_drains_the_ring(touring, qtbot):
    assert touring.tour.isVisible()
    qtbot.wait(300)
    assert not is_done(touring)
    QTest.keyPress(touring.canvas, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: is_done(touring), timeout=20_000)
    QTest.keyRelease(touring.canvas, Qt.Key.Key_P)
    assert touring.tour.next.text() == "Done, go on"
    qtbot.waitUntil(lambda: touring.tour.progress.index == 1, timeout=10_000)


def test_reading_tau_wants_a_stop_and_a_selection(touring, qtbot):
    go_on(touring, 1)
    QTest.mouseClick(touring.canvas, LEFT, NONE, place(touring, "liquid"))
    QTest.keyPress(touring.canvas, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: touring.tour._watch.tau("liquid") < 0.2, timeout=20_000)
    assert not is_done(touring)
    QTest.keyClick(touring.canvas, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: is_done(touring))
    QTest.keyRelease(touring.canvas, Qt.Key.Key_P)


def test_only_an_inhibitory_synapse_will_do(touring, qtbot):
    go_on(touring, 2)
    start, end = place(touring, "still"), place(touring, "liquid")
    radius = (
        touring.canvas.scene.box(touring.document.circuit["still"]).width() / 2 * touring.canvas.camera.zoom
    )
    rim = start - QPoint(0, round(0.9 * radius))
    for modifier, wanted in ((NONE, False), (SHIFT, True)):
        QTest.mouseMove(touring.canvas, rim)
        QTest.mousePress(touring.canvas, LEFT, modifier, rim)
        for k in range(1, 6):
            QTest.mouseMove(touring.canvas, rim + (end - rim) * k / 5)
            qtbot.wait(20)
        QTest.mouseRelease(touring.canvas, LEFT, modifier, end)
        qtbot.wait(200)
        assert is_done(touring) is wanted


def test_breaking_alone_is_not_mending(touring, qtbot):
    go_on(touring, 3)
    QTest.mouseClick(touring.canvas, LEFT, NONE, place(touring, "up"))
    QTest.keyClick(touring.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: touring.tour.progress._phase == 1)
    assert not is_done(touring)
    QTest.keyClick(touring, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: is_done(touring))


def test_the_last_step_is_an_export_and_the_end_shows_the_examples(touring, qtbot, tmp_path):
    go_on(touring, 4)
    export_traces(touring.document, tmp_path / "traces.csv", Wanted(("v",)))
    qtbot.waitUntil(lambda: is_done(touring), timeout=30_000)
    QTest.mouseClick(touring.tour.next, LEFT)
    assert touring.tour.progress.step is None
    QTest.mouseClick(touring.tour.next, LEFT)
    qtbot.waitUntil(lambda: touring.findChild(Gallery) is not None)
    assert not touring.tour.isVisible()
    touring.findChild(Gallery).close()


def test_what_is_gone_is_asked_back_and_another_circuit_ends_the_tour(touring, qtbot):
    QTest.mouseClick(touring.canvas, LEFT, NONE, place(touring, "liquid"))
    QTest.keyClick(touring.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: touring.tour.reading.text() == "liquid is gone: Ctrl+Z brings it back")
    touring.document.stack.undo()
    touring.document.stack.setClean()
    touring.commands.trigger("new")
    assert not touring.tour.isVisible()
    assert touring.tour.progress is None


def test_a_step_that_is_done_leaves_the_card_as_large_as_it_was_and_clear_of_the_zoom(touring, qtbot):
    touring.resize(1024, 700)
    document, card, chip = touring.document, touring.tour, touring.canvas.findChild(ZoomChip)
    go_on(touring, 2)
    qtbot.wait(200)
    size = card.size()
    ends = document.circuit["still"].id, document.circuit["liquid"].id
    document.push(Add((new_synapse(document.circuit, *ends, reversal_potential=-1.0),)))
    qtbot.waitUntil(lambda: is_done(touring))
    assert card.size() == size
    assert not card.geometry().intersects(chip.geometry())


def test_no_step_leaves_an_empty_line(touring, qtbot):
    card = touring.tour
    for _ in touring.tour.progress.tour.steps:
        qtbot.wait(50)
        assert not card.reading.isVisible() or card.reading.text() or card.progress.step.needs
        QTest.mouseClick(card.next, LEFT)
