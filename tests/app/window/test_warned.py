"""The ring of a warning: around the neuron that it names, until the trouble is gone."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from circuitsim.app import theme
from circuitsim.app.canvas.paint.preview import HALO
from circuitsim.app.canvas.paint.warning import AWAY
from circuitsim.app.canvas.sizes import NEURON
from circuitsim.circuit.edits import SetSettings
from circuitsim.circuit.elements import Settings


def ringed(window, neuron):
    """Whether the ring of a warning is seen around a neuron."""
    canvas, t = window.canvas, theme.current()
    x, y = canvas.scene.place(window.document.circuit.elements[neuron])
    middle = canvas.camera.to_view(QPointF(x, y))
    image = canvas.grab().toImage()
    reach = NEURON * canvas.camera.zoom * HALO + AWAY
    sides = [middle + QPointF(dx * reach, dy * reach) for dx, dy in ((0.6, 0.8), (-0.6, 0.8), (0.8, -0.6))]
    return all(near(image, at.toPoint(), QColor(t.warn)) for at in sides)


def near(image, at, colour):
    """Whether a colour is seen within two px of a place."""
    around = [
        QColor(image.pixel(at.x() + dx, at.y() + dy)).getRgb() for dx in range(-2, 3) for dy in range(-2, 3)
    ]
    return min(sum(abs(a - b) for a, b in zip(seen, colour.getRgb(), strict=True)) for seen in around) < 40


def test_a_warning_rings_its_culprit_until_the_trouble_is_gone(window, qtbot):
    document = window.document
    fastest = document.proposal().fastest
    assert not ringed(window, fastest)
    document.push(SetSettings(Settings(solver="rk4", dt=0.02)))
    qtbot.waitUntil(lambda: bool(document.status().warnings), timeout=20_000)
    assert document.status().warnings[0].element == fastest
    window.refresh()
    assert ringed(window, fastest)
    assert [n.id for n in document.circuit.neurons if ringed(window, n.id)] == [fastest]
    document.select({fastest})
    assert ringed(window, fastest)
    document.stack.undo()
    qtbot.waitUntil(lambda: not document.status().warnings, timeout=20_000)
    window.refresh()
    assert not ringed(window, fastest)


def test_a_state_that_leaves_its_interval_is_ringed_and_told_of_until_the_remedy(window, qtbot):
    """The step is too large only for what the run does: the button takes a solver for which none is."""
    document, trouble = window.document, window.status.trouble
    document.push(SetSettings(Settings(solver="rk4", dt=0.5)))
    qtbot.waitUntil(lambda: document.status().dt == 0.5, timeout=20_000)
    document.simulator.step(2)
    left = lambda: [i for i in document.status().warnings if "left" in i.problem]  # noqa: E731
    qtbot.waitUntil(lambda: bool(left()) or document.status().failure is not None, timeout=20_000)
    assert document.status().failure is None
    window.refresh()
    assert ringed(window, left()[0].element)
    assert "where its equation keeps it" in trouble.text.whole
    fused = next(b for b in trouble.buttons if "fused" in b.text())
    fused.click()
    assert document.circuit.document.settings.solver == "fused"
    qtbot.waitUntil(
        lambda: document.status().solver == "fused" and not document.status().warnings, timeout=20_000
    )
    document.simulator.step(20)
    qtbot.waitUntil(lambda: document.status().t > 5.0, timeout=20_000)
    window.refresh()
    assert not left()
    assert not any(ringed(window, n.id) for n in document.circuit.neurons)
