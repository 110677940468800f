"""The tours of the laboratories: every step is done by what its text says, and not before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from circuitsim.analysis import analyses
from circuitsim.api import load
from circuitsim.app.window.tours import tours
from circuitsim.circuit.edits import SetParameter
from circuitsim.io.examples import example

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 120_000  # ms: kernels may be cold


@pytest.fixture
def touring(window, qtbot):
    """Begins a tour by the button of its laboratory, and opens the laboratory again on the example."""

    def begin(name):
        window.document.stack.setClean()
        QTest.mouseClick(window.bottom.tabs[name], LEFT)
        QTest.mouseClick(window.bottom.view.tour, LEFT)
        wanted = load(example(tours()[name].example).path).document.title
        qtbot.waitUntil(lambda: window.tour.progress is not None, timeout=PATIENCE)
        assert window.document.circuit.document.title == wanted
        qtbot.waitUntil(lambda: window.document.status().t > 0.05, timeout=PATIENCE)
        return window

    return begin


def done(window, qtbot, index):
    """The step of an index comes to be done, or has already been left."""
    progress = window.tour.progress
    qtbot.waitUntil(
        lambda: progress.index > index or (progress.index == index and progress.done), timeout=PATIENCE
    )


def to_step(window, index):
    while window.tour.progress.index < index:
        QTest.mouseClick(window.tour.next, LEFT)


def choose(window, name, value):
    """Pick a value of an option as its list or field does."""
    panel = window.bottom.view
    control = panel.options.findChild(object, f"size:{name}")
    if hasattr(control, "chosen"):
        control.chosen.emit(value)
        return
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, f"{value:g}")
    QTest.keyClick(control, Qt.Key.Key_Return)


def test_every_laboratory_has_a_tour_of_three_to_five_steps_on_an_example():
    assert set(tours()) == set(analyses())
    for tour in tours().values():
        assert 3 <= len(tour.steps) <= 5
        assert example(tour.example).path.exists()


def test_bounds(touring, qtbot):
    window = touring("bounds")
    done(window, qtbot, 0)
    to_step(window, 1)
    assert not window.tour.progress.done
    QTest.keyPress(window.canvas, Qt.Key.Key_P)
    done(window, qtbot, 1)
    QTest.keyRelease(window.canvas, Qt.Key.Key_P)
    to_step(window, 2)
    window.document.select([window.document.circuit["liquid"].id])
    done(window, qtbot, 2)
    to_step(window, 3)
    assert not window.tour.progress.done
    window.document.push(SetParameter((window.document.circuit["liquid"].id,), "capacitance", 2.0))
    done(window, qtbot, 3)


def test_causal_model(touring, qtbot):
    window = touring("dcm")
    done(window, qtbot, 0)
    to_step(window, 1)
    choose(window, "at", 2.0)
    done(window, qtbot, 1)
    to_step(window, 2)
    choose(window, "input", "pour")
    choose(window, "step", 0.05)
    done(window, qtbot, 2)
    to_step(window, 3)
    assert not window.tour.progress.done
    choose(window, "step", -0.5)
    done(window, qtbot, 3)


def test_closed_form(touring, qtbot):
    window = touring("closed-form")
    done(window, qtbot, 0)
    to_step(window, 1)
    window.document.select([window.document.circuit["equation"].id])
    done(window, qtbot, 1)
    to_step(window, 2)
    assert not window.tour.progress.done
    window.document.push(SetParameter((window.document.circuit["equation"].id,), "time_constant", 10.0))
    done(window, qtbot, 2)


def test_liquid_or_standard(touring, qtbot):
    window = touring("compare")
    done(window, qtbot, 0)
    to_step(window, 1)
    choose(window, "neuron", "go_A")
    done(window, qtbot, 1)
    to_step(window, 2)
    choose(window, "width", 10)
    choose(window, "seeds", 1)
    assert not window.tour.progress.done
    choose(window, "network", 1.0)
    done(window, qtbot, 2)


def test_robustness(touring, qtbot):
    window = touring("robustness")
    done(window, qtbot, 0)
    to_step(window, 1)
    choose(window, "epsilon", 0.1)
    done(window, qtbot, 1)
    to_step(window, 2)
    assert not window.tour.progress.done
    choose(window, "calls", 80)
    done(window, qtbot, 2)
    QTest.mouseClick(window.tour.next, LEFT)
    assert window.tour.progress.step is None
