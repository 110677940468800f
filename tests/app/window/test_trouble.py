"""Trouble: what the status bar and the banner say, and what their buttons do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings

LEFT = Qt.MouseButton.LeftButton


def explode(window, qtbot):
    document = window.document
    document.push(SetSettings(Settings(solver="rk4", dt=1.0)))
    document.simulator.set_speed(None)
    qtbot.waitUntil(lambda: document.status().failure is not None, timeout=20_000)
    qtbot.waitUntil(window.banner.isVisible)
    qtbot.waitUntil(window.status.trouble.isVisible)


def test_a_warning_offers_remedies_that_can_be_undone(window, qtbot):
    document, trouble = window.document, window.status.trouble
    assert not trouble.isVisible()
    document.push(SetSettings(Settings(solver="rk4", dt=0.02)))
    qtbot.waitUntil(trouble.isVisible, timeout=20_000)
    assert "larger than the time constant" in trouble.text.whole
    assert [b.text() for b in trouble.buttons] == ["Take a step of 0.005 s", "Use the fused solver"]
    QTest.mouseClick(trouble.buttons[0], LEFT)
    assert document.circuit.document.settings.dt == 0.005
    qtbot.waitUntil(lambda: not trouble.isVisible(), timeout=20_000)
    assert document.status().playing
    document.stack.undo()
    assert document.circuit.document.settings.dt == 0.02
    qtbot.waitUntil(trouble.isVisible, timeout=20_000)
    QTest.mouseClick(trouble.buttons[1], LEFT)
    assert document.circuit.document.settings.solver == "fused"
    qtbot.waitUntil(lambda: not trouble.isVisible(), timeout=120_000)  # kernels may be cold


def test_a_tolerance_too_fine_for_single_precision_offers_double(window, qtbot):
    document, trouble = window.document, window.status.trouble
    fine = Settings(solver="dormand_prince", parameters={"tolerance": 1e-9}, precision="single")
    document.push(SetSettings(fine))
    qtbot.waitUntil(trouble.isVisible, timeout=120_000)
    assert "too coarse for a tolerance of 1e-09" in trouble.text.whole
    assert [b.text() for b in trouble.buttons if b.isVisible()] == ["Use double precision"]
    QTest.mouseClick(trouble.buttons[0], LEFT)
    assert document.circuit.document.settings.precision == "double"
    qtbot.waitUntil(lambda: not trouble.isVisible(), timeout=120_000)
    document.stack.undo()
    assert document.circuit.document.settings == fine
    qtbot.waitUntil(trouble.isVisible, timeout=120_000)


def test_the_sentence_goes_to_the_culprit(window, qtbot):
    window.document.push(SetSettings(Settings(solver="rk4", dt=0.02)))
    trouble = window.status.trouble
    qtbot.waitUntil(trouble.isVisible, timeout=20_000)
    culprit = window.document.status().warnings[0].element
    QTest.mouseClick(trouble.text, LEFT)
    assert window.document.selection == {culprit}


def test_a_failed_run_is_mended_from_the_banner(window, qtbot):
    explode(window, qtbot)
    assert window.transport.live.state == "stopped"
    assert window.banner.remedy.text() == "Take a step of 0.005 s and restart"
    assert window.banner.other.text() == "Undo last edit"
    window.document.simulator.set_speed(1.0)
    QTest.mouseClick(window.banner.other, LEFT)
    qtbot.waitUntil(lambda: window.document.status().playing)
    assert window.document.circuit.document.settings.dt == 0.01
    qtbot.waitUntil(lambda: not window.banner.isVisible())


def test_a_failed_run_is_mended_from_the_status_bar(window, qtbot):
    explode(window, qtbot)
    window.document.simulator.set_speed(1.0)
    trouble = window.status.trouble
    assert [b.text() for b in trouble.buttons] == ["Use the fused solver and restart", "Back to the start"]
    QTest.mouseClick(trouble.buttons[0], LEFT)
    qtbot.waitUntil(lambda: window.document.status().playing and window.document.status().solver == "fused")
    assert window.document.circuit.document.settings.solver == "fused"


def test_the_banner_fits_a_small_window(window, qtbot):
    explode(window, qtbot)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: window.banner.x() + window.banner.width() <= window.canvas.width())
    assert window.banner.x() >= 0
    texts = window.banner.cause
    assert texts.x() + texts.width() <= window.banner.remedy.x()
    children = window.canvas.children()
    assert children.index(window.pins) < children.index(window.banner)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_the_banner_covers_no_neuron_of_a_circuit_in_full_view(window, qtbot, size):
    window.resize(*size)
    window.canvas.fit()
    explode(window, qtbot)
    camera, scene = window.canvas.camera, window.canvas.scene
    banner = QRectF(window.banner.geometry())
    for neuron in window.document.circuit.neurons:
        box = scene.box(neuron)
        seen = QRectF(camera.to_view(box.topLeft()), camera.to_view(box.bottomRight()))
        assert not seen.intersects(banner), neuron.name
    zoom = camera.zoom
    QTest.mouseClick(window.banner.other, LEFT)
    qtbot.waitUntil(lambda: not window.banner.isVisible())
    assert window.canvas.camera.zoom >= zoom


def test_what_stands_in_the_status_bar_stays_where_it_is_when_the_run_stops(window, qtbot):
    status = window.status
    qtbot.waitUntil(lambda: "fps" in status.rates.text(), timeout=20_000)
    qtbot.wait(50)
    before = status.counts.geometry()
    window.document.simulator.pause()
    qtbot.waitUntil(lambda: status.rates.text() == "paused", timeout=20_000)
    qtbot.wait(50)
    assert status.counts.geometry() == before
