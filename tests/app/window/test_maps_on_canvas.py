"""What enters and leaves a trained network is told on the canvas: maps under tiles, heads of layers, cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest

from circuitsim.api import load
from circuitsim.app.canvas.facts import facts
from circuitsim.app.canvas.layers import heads
from circuitsim.app.canvas.still import map_under
from circuitsim.app.document.document import Document
from circuitsim.app.document.maps import Map, read_in
from circuitsim.circuit.edits import Move, Replace
from circuitsim.circuit.elements import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from circuitsim.app.canvas.card import Facts
    from circuitsim.app.window.main_window import MainWindow
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Placed

DATA = Path(__file__).parents[2] / "data" / "ncps"


@pytest.fixture
def policy() -> Circuit:
    """The trained neural circuit policy, with maps that are easy to read."""
    circuit = load(DATA / "ltc_autoncp8_1.safetensors")
    u, y = circuit["u0"], circuit["y0"]
    made = replace(u, gain=0.8, offset=0.1), replace(y, gain=1.2, offset=-0.3)
    circuit.apply(Replace(made, "Set maps"))
    return circuit


def card(window: MainWindow, qtbot: QtBot, element: Placed) -> Facts:
    """What is told where the mouse rests on an element."""
    canvas = window.canvas
    QTest.mouseMove(canvas, QPoint(3, canvas.height() - 3))
    QTest.mouseMove(canvas, canvas.camera.to_view(QPointF(*element.position)).toPoint())
    qtbot.waitUntil(canvas.peek.isVisible)
    assert canvas.rect().contains(canvas.peek.geometry())
    assert canvas.peek.facts is not None
    return canvas.peek.facts


def test_input_motor_neuron_and_output_tell_what_enters_and_leaves(
    opened: Callable[[Circuit], MainWindow], qtbot: QtBot, policy: Circuit
) -> None:
    window = opened(policy)
    mask = np.load(DATA / "ltc_autoncp8_1.npz")["param.rnn_cell.sensory_sparsity_mask"]
    circuit = window.document.circuit
    told = card(window, qtbot, circuit["u0"])
    assert (told.title, told.kind) == ("u0", "slider")
    assert [r.symbol for r in told.readings] == ["u", "sent"]
    assert [r.value for r in told.readings] == ["0.000", "0.100"]
    assert (told.lines[0].name, told.lines[0].value) == ("sends", "0.8 u + 0.1")
    assert {line.name for line in told.lines[1:]} == {f"n{k}" for k in np.flatnonzero(mask[0])}
    assert told.remark == f"read by {int(mask[0].sum())} neurons"
    motor = card(window, qtbot, circuit["n0"])
    assert motor.kind == "motor"
    assert motor.lines[-1].name == "y0 = 1.2 v − 0.3"
    reader = card(window, qtbot, circuit[f"n{np.flatnonzero(mask[0])[0]}"])
    assert "0.8 u0 + 0.1" in [line.name for line in reader.lines]
    told = card(window, qtbot, circuit["y0"])
    assert (told.title, told.kind, told.remark) == ("y0", "output", "v is that of n0, motor neuron")
    assert [line.name for line in told.lines] == ["y = 1.2 v − 0.3"]


def test_who_reads_an_input_is_told_before_there_is_a_run(policy: Circuit) -> None:
    document = Document(policy)
    told = facts(document, policy["u0"])
    document.close()
    assert told is not None
    readers = {policy.elements[s.post].name for s in policy.synapses if s.pre == policy["u0"].id}
    assert {line.name for line in told.lines} == {"sends", *readers}
    assert {line.value for line in told.lines} == {"0.8 u + 0.1", "–"}


def test_a_network_with_memory_tells_its_columns_and_layers(
    opened: Callable[[Circuit], MainWindow], qtbot: QtBot
) -> None:
    window = opened(load(DATA / "cfc_default8.safetensors"))
    circuit = window.document.circuit
    told = card(window, qtbot, circuit["cfc"])
    assert [(line.name, line.value) for line in told.lines] == [("column 0", "u0"), ("column 1", "u1")]
    assert told.remark == "2 → 128 → 8"
    cell = circuit.cells[0]
    reads = (replace(cell.reads[0], gain=-2.0, offset=0.5), replace(cell.reads[1], source=0, offset=3.0))
    circuit.apply(Replace((replace(circuit["u0"], offset=0.25),), "Set offset"))
    circuit.apply(Replace((replace(cell, reads=reads),), "Set columns"))
    cell = circuit.cells[0]
    assert [read_in(circuit, cell, k) for k in (0, 1)] == ["−2 u0", "3"]
    told = card(window, qtbot, circuit["u0"])
    assert [(line.name, line.value) for line in told.lines] == [("cfc, column 0", "−2 u0")]
    assert card(window, qtbot, circuit["u1"]).remark == "nothing reads it"
    assert [line.name for line in card(window, qtbot, circuit["n3"]).lines] == ["y3 = h"]


def test_maps_and_heads_follow_the_drawing_and_its_scale(
    opened: Callable[[Circuit], MainWindow], policy: Circuit
) -> None:
    window = opened(policy)
    document, scene = window.document, window.canvas.scene
    circuit = document.circuit
    u, y = circuit["u0"], circuit["y0"]
    assert [map_under(circuit, tile, 1.0) for tile in (u, y)] == ["→ 0.8 u + 0.1", "1.2 v − 0.3"]
    assert [map_under(circuit, tile, 0.5) for tile in (u, y)] == ["", ""]
    assert [head.text for head in heads(scene, 1.0)] == ["5 inter", "2 command", "1 motor"]
    assert heads(scene, 0.3) == []
    for head, role in zip(heads(scene, 2.0), (Role.INTER, Role.COMMAND, Role.MOTOR), strict=True):
        xs = [n.position[0] for n in circuit.neurons if n.role is role]
        assert 2 * min(xs) <= head.x <= 2 * max(xs)
        assert head.baseline < 2 * min(n.position[1] for n in circuit.neurons)
    document.push(Replace((replace(y, gain=1.0, offset=0.0),), "Set map"))
    document.push(Move({circuit["n0"].id: circuit["n3"].position}))
    assert map_under(circuit, circuit["y0"], 1.0) == ""
    assert heads(scene, 1.0) == []
    document.stack.undo()
    assert len(heads(scene, 1.0)) == 3
    document.stack.undo()
    assert map_under(circuit, circuit["y0"], 1.0) == "1.2 v − 0.3"


ROUND = st.integers(-9999, 9999).map(lambda k: k / 100)


@given(gain=ROUND, offset=ROUND, value=ROUND)
def test_a_map_in_words_is_the_map(gain: float, offset: float, value: float) -> None:
    text = Map(gain, offset).of("v").replace("−", "-").replace("- ", "-").replace("+ ", "+")
    parts = [part for part in text.split(" ") if part]
    slope = 0.0
    if "v" in text:
        head = parts[: next(k for k, part in enumerate(parts) if part.endswith("v")) + 1]
        parts = parts[len(head) :]
        factor = "".join(head).removesuffix("v")
        slope = {"": 1.0, "-": -1.0}.get(factor) or float(factor)
    rest = float(parts[0]) if parts else 0.0
    assert slope * value + rest == pytest.approx(gain * value + offset, rel=1e-12, abs=1e-9)
