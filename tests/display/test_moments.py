"""The moments of the first quarter of an hour, each as a person lives it, with mouse and keys of a real display."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from circuitsim.api import save
from circuitsim.app import theme
from circuitsim.app.dialogs.export import ExportDialog
from circuitsim.app.dialogs.figure import FigureDialog
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import SetTraced
from circuitsim.engine.run import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hand import Hand
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.display


def state(hand: Hand, name: str, what: str = "v") -> float:
    """A number of a neuron now."""
    latest = hand.window.document.simulator.latest()
    found: float = getattr(latest, what)[latest.ids.index(hand.window.document.circuit[name].id)]
    return float(found)


def ring(hand: Hand, name: str) -> int:
    """How many px of the ring of a neuron are full on the screen: those that stand out from its track."""
    from hand import on_screen

    place = hand.window.mapFromGlobal(hand.at(name))
    box = hand.window.canvas.scene.box(hand.window.document.circuit[name])
    radius = hand.window.canvas.camera.zoom * box.width() / 2
    shown = on_screen(hand.window)
    angles = np.linspace(0.0, 2.0 * np.pi, 720, endpoint=False)
    columns = np.rint(place.x() + 0.885 * radius * np.sin(angles)).astype(int)
    rows = np.rint(place.y() - 0.885 * radius * np.cos(angles)).astype(int)
    inks = shown[rows, columns].view(np.uint8).reshape(-1, 4)[:, :3].astype(int).mean(axis=1)
    ground, track = theme.current().canvas, theme.current().track
    limit = (
        2 * np.mean(QColor(track).getRgb()[:3]) + np.mean(QColor(theme.current().ring_slow).getRgb()[:3])
    ) / 3
    return int((inks > limit).sum() if QColor(ground).lightness() < 128 else (inks < limit).sum())


def trace(hand: Hand, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Times and potentials of a neuron since the start."""
    document = hand.window.document
    end = document.simulator.recording.span()[1]
    return document.simulator.recording.read("v", document.circuit[name].id, 0.0, end)


def time_of(hand: Hand) -> float:
    return hand.window.document.status().t


def runs(hand: Hand, qtbot: QtBot) -> bool:
    """Whether time goes on."""
    before = time_of(hand)
    qtbot.waitUntil(lambda: time_of(hand) > before)
    return hand.window.document.status().playing


def untouched(hand: Hand, plain: Circuit, names: tuple[str, ...]) -> bool:
    """Whether traces are, row by row, those of a run in which nobody did anything."""
    status = hand.window.document.status()
    alone = run(plain, duration=status.t + status.dt, solver=status.solver, dt=status.dt)
    for name in names:
        t, v = trace(hand, name)
        rows = np.searchsorted(alone.t, t - status.dt / 2)
        if not np.allclose(alone.v[rows, alone.neuron_names.index(name)], v, rtol=0.0, atol=1e-12):
            return False
    return True


def test_launch(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """A circuit is already moving, with sliders, a button and a strip, and nothing asks anything."""
    from hand import on_screen
    from PySide6.QtWidgets import QApplication

    hand = launched()
    window = hand.window
    assert QApplication.activeModalWidget() is None
    assert len(window.document.circuit.neurons) == 5
    assert len(window.pins.rows) == 3
    assert any(i.stimulus == "button" for i in window.document.circuit.inputs)
    assert window.strip.isVisible()
    hand.shot("1-launch")
    before = on_screen(window)
    assert runs(hand, qtbot)
    qtbot.waitUntil(lambda: bool((on_screen(window) != before).any()))


def test_poke_it(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """The button on the canvas moves cell, ring and trace."""
    hand = launched()
    pour = hand.at("pour")
    qtbot.waitUntil(lambda: state(hand, "liquid", "tau") > 0.5, timeout=60_000)
    level, tau = state(hand, "tide"), state(hand, "liquid", "tau")
    full = ring(hand, "liquid")
    hand.move(pour)
    pressed = time_of(hand)  # before: a busy machine may be late to say when
    hand.down()
    qtbot.waitUntil(lambda: state(hand, "tide") > level + 0.3, timeout=20_000)
    qtbot.waitUntil(lambda: state(hand, "liquid", "tau") < 0.2 * tau, timeout=20_000)
    qtbot.waitUntil(lambda: 0 < ring(hand, "liquid") < 0.9 * full)
    hand.shot("3-poke")
    hand.up()
    t, v = trace(hand, "tide")
    assert v[t > pressed].max() > v[t <= pressed][-1] + 0.2
    assert hand.window.document.status().playing


def test_turn_a_knob(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """A pinned slider from end to end: the run never stands still; undo takes the value back and nothing else."""
    hand = launched()
    document = hand.window.document
    pin, row = next((p, r) for p, r in hand.window.pins.rows.items() if p.parameter == "capacitance")
    before = document.circuit.elements[pin.element].parameters["capacitance"]
    slider = row.slider
    left, right = (hand.on(slider, slider.rect().center()) for _ in range(2))
    left.setX(hand.on(slider).x() - slider.width() // 2 + 4)
    right.setX(hand.on(slider).x() + slider.width() // 2 - 4)
    steps, since = document.stack.count(), time_of(hand)
    plain = document.circuit.copy()
    values, ran = [], []

    def note(_changed: object) -> None:
        values.append(document.circuit.elements[pin.element].parameters["capacitance"])
        ran.append(document.status().playing)

    document.changed.connect(note)
    hand.drag(left, right, steps=20)
    assert max(values) > 20 * min(values)
    assert document.stack.count() == steps + 1
    assert runs(hand, qtbot)
    t = np.unique(trace(hand, "liquid")[0])
    assert (
        np.diff(t[t >= since]).max() < 0.5
    )  # a row at least every quarter of a second on the wall, at 2 s/s
    hand.shot("4-knob")
    then = time_of(hand)
    hand.key("ctrl+z")
    qtbot.waitUntil(lambda: document.circuit.elements[pin.element].parameters["capacitance"] == before)
    assert time_of(hand) >= then
    assert runs(hand, qtbot)
    hand.key("ctrl+y")
    qtbot.waitUntil(lambda: document.circuit.elements[pin.element].parameters["capacitance"] == values[-1])
    assert all(ran)
    hand.key("space")
    qtbot.waitUntil(lambda: not document.status().playing)
    assert untouched(hand, plain, ("tide", "up", "down", "still"))


def test_build_from_nothing(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """Two neurons, an input, an excitatory and an inhibitory synapse and a probe, without a menu."""
    hand = launched()
    window = hand.window
    begun = time.monotonic()
    hand.key("ctrl+n")
    qtbot.waitUntil(lambda: not window.document.circuit.neurons)
    canvas = hand.on(window.canvas)
    spots = [canvas + type(canvas)(dx, 0) for dx in (-220, -20, 180)]
    hand.move(spots[1])
    hand.key("n")
    hand.move(spots[2])
    hand.key("n")
    hand.double_click(spots[0])
    hand.type("sine")
    hand.key("Return")
    circuit = window.document.circuit
    qtbot.waitUntil(lambda: (len(circuit.neurons), len(circuit.inputs)) == (2, 1))
    first, second = (n.name for n in circuit.neurons)
    given = circuit.inputs[0].name
    assert circuit.inputs[0].stimulus == "sine"
    hand.drag(hand.rim(given, hand.at(first)), hand.at(first))
    hand.drag(hand.rim(first, hand.at(second)), hand.at(second), "shift")
    qtbot.waitUntil(lambda: len(circuit.synapses) == 2)
    inhibitory = next(s for s in circuit.synapses if s.pre == circuit[first].id)
    post = circuit[second].parameters
    assert inhibitory.parameters["reversal_potential"] < post["leak_potential"]
    below = hand.at(second) + type(canvas)(0, 120)
    hand.drag(hand.rim(second, below), below)
    hand.type("output")
    hand.key("Return")
    qtbot.waitUntil(lambda: len(circuit.outputs) == 1)
    assert circuit.outputs[0].source == circuit[second].id
    assert not circuit.document.traced or circuit[second].id in circuit.document.traced
    assert time.monotonic() - begun < 60.0
    hand.shot("5-build")
    whole = circuit.copy()
    illegal = hand.at(given)
    hand.move(hand.rim(first, illegal))
    hand.down()
    hand.move(illegal + QPoint(8, 8))
    hand.move(illegal)
    qtbot.waitUntil(lambda: "input" in window.status.message.whole)  # the hint says why it cannot be
    hand.shot("5-illegal")
    hand.up()
    qtbot.wait(200)
    assert circuit == whole
    assert runs(hand, qtbot)


def test_wire_by_dropping_on_empty(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """A list of what may follow; what is chosen is made and connected in one step of undo."""
    hand = launched()
    document = hand.window.document
    neurons, synapses, steps = (
        len(document.circuit.neurons),
        len(document.circuit.synapses),
        document.stack.count(),
    )
    start = hand.at("liquid")
    empty = start + type(start)(-70, 120)
    hand.drag(hand.rim("liquid", empty), empty)
    hand.shot("6-drop-on-empty")
    hand.type("ltc")
    hand.key("Return")
    qtbot.waitUntil(lambda: len(document.circuit.neurons) == neurons + 1)
    assert len(document.circuit.synapses) == synapses + 1
    assert document.circuit.synapses[-1].pre == document.circuit["liquid"].id
    assert document.stack.count() == steps + 1
    hand.key("ctrl+z")
    qtbot.waitUntil(lambda: len(document.circuit.neurons) == neurons)
    assert len(document.circuit.synapses) == synapses
    assert runs(hand, qtbot)


def test_edit_while_it_runs(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """A synapse is deleted, another is drawn, both are undone; time goes on and the other traces show no jump."""
    hand = launched()
    document = hand.window.document
    qtbot.waitUntil(lambda: time_of(hand) > 1.0, timeout=60_000)
    plain = document.circuit.copy()
    doomed = next(
        s
        for s in document.circuit.synapses
        if (s.pre, s.post) == (document.circuit["up"].id, document.circuit["liquid"].id)
    )
    count = len(document.circuit.synapses)
    canvas = hand.window.canvas
    curve = canvas.scene.curves(canvas.camera.zoom)[doomed.id].samples
    x, y = curve[len(curve) // 2]
    origin = canvas.camera.origin
    hand.click(hand.on(canvas, type(hand.at("up"))(round(x + origin.x()), round(y + origin.y()))))
    assert document.selection == {doomed.id}
    hand.key("Delete")
    qtbot.waitUntil(lambda: len(document.circuit.synapses) == count - 1)
    hand.drag(hand.rim("still", hand.at("liquid")), hand.at("liquid"))
    qtbot.waitUntil(lambda: len(document.circuit.synapses) == count)
    hand.key("ctrl+z", "ctrl+z")
    qtbot.waitUntil(lambda: doomed.id in document.circuit.elements)
    assert len(document.circuit.synapses) == count
    hand.shot("7-edit")
    assert runs(hand, qtbot)
    hand.key("space")
    qtbot.waitUntil(lambda: not document.status().playing)
    assert untouched(hand, plain, ("tide", "up", "down", "still"))


def test_understand_one_cell(launched: Callable[[], Hand], qtbot: QtBot) -> None:
    """Rest on a neuron: its card tells name, potential, time constant, band and inputs; the line below, what a drag does."""
    hand = launched()
    window = hand.window
    hand.move(hand.at("liquid"))
    peek = window.canvas.findChild(QWidget, "peek")
    qtbot.waitUntil(peek.isVisible)
    facts = peek.facts
    assert facts.title == "liquid"
    assert {"v", "v∞", "τ"} == {reading.symbol for reading in facts.readings}
    assert "band of τ" in facts.remark
    assert {line.name for line in facts.lines} >= {"up", "down"}
    before = facts.readings
    qtbot.waitUntil(lambda: peek.facts.readings != before)  # it follows the run
    qtbot.waitUntil(lambda: "move" in window.status.message.text())
    hand.move(hand.rim("liquid", hand.at("still")))
    qtbot.waitUntil(lambda: "drag to a neuron" in window.status.message.text())
    hand.move(hand.at("liquid"))
    qtbot.waitUntil(peek.isVisible)
    hand.shot("2-understand")


def test_see_time_constants(launched: Callable[..., Hand], qtbot: QtBot, tmp_path: Path) -> None:
    """Change an input, measure the time constant with the cursors: it is what the inspector says, inside its band."""
    circuit = Circuit("One")
    circuit.add_neuron("cell", position=(400.0, 200.0), capacitance=0.5)
    circuit.add_input("push", "button", key="P", position=(160.0, 200.0))
    circuit.connect("push", "cell", "chemical", conductance=3.0, reversal_potential=1.0)
    circuit.apply(SetTraced((circuit["cell"].id,)))
    path = tmp_path / "one.circuit.json"
    save(circuit, path)
    hand = launched(path)
    window = hand.window
    scope = window.panels["scope"].lanes
    hand.click(hand.at("cell"))
    slow = state(hand, "cell", "tau")
    hand.hold("p")
    begun = time_of(hand)
    qtbot.waitUntil(lambda: time_of(hand) > begun + 0.8, timeout=60_000)
    tau = state(hand, "cell", "tau")
    hand.key("space")
    qtbot.waitUntil(lambda: not window.document.status().playing)
    hand.let_go("p")
    assert tau < 0.5 * slow
    cell = window.document.circuit["cell"].id

    def stands_still() -> bool:
        """Whether the lanes show all that was recorded before the pause: then no place moves any more."""
        seen, last = scope.window_of_time, scope.timeline.window(scope.area.left(), scope.area.right())
        return abs(seen.t1 - last.t1) < seen.per_pixel

    qtbot.waitUntil(stands_still)
    t, taus = window.document.simulator.recording.read("tau", cell, 0.0, 1e9)
    pressed = float(t[taus < 0.5 * slow][0])
    held = taus[(t > pressed) & (t < t[-1])]  # between the instants at which it was pressed and let go
    assert held.max() < 0.5 * slow  # no repetition of the key releases it
    lane = scope.lanes[0].box
    times = [pressed + 0.04, pressed + 0.45]
    a, b = (
        hand.on(scope, QPoint(round(scope.window_of_time.place(t)), round(lane.center().y()))) for t in times
    )
    hand.drag(a + QPoint(30, 0), a)
    hand.drag(b - QPoint(20, 0), b, "shift")
    qtbot.waitUntil(lambda: scope.measurement is not None and scope.measurement.fit is not None)
    hand.shot("8-time-constants")
    assert min(scope.cursors.pair) > pressed
    assert scope.measurement.fit.good
    assert scope.measurement.fit.tau == pytest.approx(tau, rel=0.01)
    assert "fit τ" in window.panels["scope"].figures.text
    bands = window.document.bands()
    assert bands.tau_low[0] <= taus.min() < taus.max() <= bands.tau_high[0] * (1 + 1e-12)
    tau_lane = next(each for each in scope.lanes if each.spec.variable == "tau")
    assert tau_lane.band == pytest.approx((bands.tau_low[0], bands.tau_high[0]))


def test_take_it_away(launched: Callable[[], Hand], qtbot: QtBot, tmp_path: Path) -> None:
    """Traces as CSV, pictures as PNG and SVG, and a script that computes the same run again."""
    hand = launched()
    document = hand.window.document
    hand.hold("p")
    qtbot.waitUntil(lambda: time_of(hand) > 1.5, timeout=60_000)
    hand.let_go("p")
    hand.key("space")
    qtbot.waitUntil(lambda: not document.status().playing)
    table = tmp_path / "traces.csv"
    answer_file_dialog(hand, table)
    hand.key("ctrl+e")
    dialog = hand.window.findChild(ExportDialog)
    hand.shot("11-take-away")
    hand.click(hand.on(dialog.export))
    qtbot.waitUntil(table.exists, timeout=60_000)
    found = np.genfromtxt(table, delimiter=",", names=True)
    assert {"t", "v_liquid", "tau_liquid", "input_pour"} <= set(found.dtype.names)
    assert found["input_pour"].max() == 1.0
    assert found["t"][-1] == pytest.approx(time_of(hand))
    units = json.loads(table.with_name("traces.csv.json").read_text())["units"]
    assert units

    hand.come_back()
    hand.key("ctrl+shift+p")
    qtbot.waitUntil(lambda: "circuitsim" in QGuiApplication.clipboard().text(), timeout=60_000)
    script = tmp_path / "again.py"
    check = f"""
import numpy as np
found = np.genfromtxt({str(table)!r}, delimiter=",", names=True)
print(max(np.abs(np.interp(found["t"], trace.t, trace["liquid"].v) - found["v_liquid"])))
"""
    script.write_text(QGuiApplication.clipboard().text() + check, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=True
    )
    assert float(done.stdout.split()[-1]) <= 1e-9


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_take_the_picture_away(
    launched: Callable[[], Hand], qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    hand = launched()
    picture = tmp_path / f"picture{suffix}"
    answer_file_dialog(hand, picture)
    hand.key("ctrl+shift+e")
    dialog = hand.window.findChild(FigureDialog)
    dialog._take("format", suffix)
    hand.click(hand.on(dialog.export))
    qtbot.waitUntil(picture.exists, timeout=60_000)
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")
    assert len(content) > 5_000


def answer_file_dialog(hand: Hand, path: Path) -> None:
    """Type a path into the file dialog as soon as it is there."""

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if asked is None:
            QTimer.singleShot(100, answer)
            return
        hand.key("ctrl+a")
        hand.type(str(path))
        hand.key("Return")

    QTimer.singleShot(300, answer)
