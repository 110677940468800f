"""A small circuit in a real document, and a canvas that shows it at 100 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF

from circuitsim.app import theme
from circuitsim.app.canvas.camera import Camera
from circuitsim.app.canvas.view import CanvasView
from circuitsim.app.document.document import Document
from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.engine.report import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.circuit.circuit import Changed

SIZE = (800, 600)


def small_circuit() -> Circuit:
    """Two neurons 192 apart that excite and inhibit each other, a button, a slider, an output, a note."""
    circuit = Circuit(title="small")
    a = new_neuron(circuit, "A", position=(160.0, 160.0))
    b = new_neuron(circuit, "B", position=(352.0, 160.0), role="motor")
    tap = new_input(circuit, "tap", "button", key="t", position=(64.0, 320.0))
    drive = new_input(circuit, "drive", "slider", position=(64.0, 416.0))
    out = new_output(circuit, "y0", b.id, gain=2.0, offset=1.0, position=(544.0, 160.0))
    note = new_note(circuit, "Try", "Hold the button.", (480.0, 320.0))
    lines = (
        new_synapse(circuit, a.id, b.id, reversal_potential=1.0),
        new_synapse(circuit, b.id, a.id, reversal_potential=-1.0),
        new_synapse(circuit, tap.id, a.id),
        new_synapse(circuit, drive.id, a.id),
    )
    circuit.apply(Add((a, b, tap, drive, out, note, *lines)))
    return circuit


class StillEngine:
    """An engine that never runs: what the canvas does to a circuit does not depend on it."""

    recording = None

    def __init__(self, circuit: Circuit) -> None:
        pass

    def update(self, changed: Changed) -> None:
        pass

    def set_speed(self, speed: float | None) -> None:
        pass

    def latest(self) -> None:
        return None

    def status(self) -> Status:
        return Status(
            playing=False, t=0.0, speed=None, achieved=0.0, steps_per_second=0.0, solver="rk4", dt=0.01,
            compiling=False, failure=None, warnings=(), serial=0,
        )  # fmt: skip

    def close(self, timeout: float = 5.0) -> None:
        pass


@pytest.fixture
def document(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Document]:  # noqa: ARG001  (a document needs an application)
    monkeypatch.setattr("circuitsim.app.document.document.Simulator", StillEngine)
    result = Document(small_circuit())
    yield result
    result.close()


@pytest.fixture
def hands(document: Document, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """What was pressed and moved by hand, by name; the engine does not hear of it."""
    record: list[tuple[str, float]] = []

    def hand(input_id: int, value: float) -> None:
        record.append((document.circuit.elements[input_id].name, value))

    monkeypatch.setattr(document, "hand", hand)
    return record


@pytest.fixture
def canvas(document: Document, qtbot: object) -> Iterator[CanvasView]:
    view = CanvasView(document)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show()
    qtbot.waitExposed(view)
    view.look(Camera(1.0, 0.0, 0.0))
    view.setFocus()
    view.grab()
    while view._picture.unfinished:  # lines come after the first frame
        view.grab()
    yield view
    theme.set_theme("light")


@pytest.fixture
def place(canvas: CanvasView, document: Document):
    """Where something is seen, by its name."""

    def find(name: str, dx: float = 0.0, dy: float = 0.0):
        x, y = document.circuit[name].position
        return canvas.camera.to_view(QPointF(x + dx, y + dy)).toPoint()

    return find
