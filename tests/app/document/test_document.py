"""The document: edits, undo, gestures, selection, and jobs that never reach the screen half done."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from circuitsim.api import load
from circuitsim.app.document.bridge import Bridge
from circuitsim.app.document.derived import derive
from circuitsim.app.document.document import Document
from circuitsim.app.document.files import Wanted, export_traces, open_file, save_file, save_run
from circuitsim.circuit.build import new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, Delete, SetParameter
from circuitsim.circuit.elements import Neuron
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def document(qtbot: QtBot, example: Callable[[str], Path]) -> Iterator[Document]:
    made = Document(load(example("half-centre")))
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.bridge.busy)


def capacitance(document: Document, name: str) -> float:
    found = document.circuit[name]
    assert isinstance(found, Neuron)
    return found.parameters["capacitance"]


def test_an_edit_its_undo_and_its_redo(document: Document) -> None:
    left = document.circuit["left"].id
    before = capacitance(document, "left")
    assert document.push(SetParameter((left,), "capacitance", 2.0))
    assert capacitance(document, "left") == 2.0
    assert document.dirty
    document.stack.undo()
    assert capacitance(document, "left") == before
    assert not document.dirty
    document.stack.redo()
    assert capacitance(document, "left") == 2.0


def test_edits_of_one_gesture_are_one_step_and_of_two_are_two(document: Document) -> None:
    left = document.circuit["left"].id
    before = capacitance(document, "left")
    for gesture in ((1.0, 1.1, 1.2), (1.3, 1.4)):
        with document.gesture():
            for value in gesture:
                document.push(SetParameter((left,), "capacitance", value))
    assert document.stack.count() == 2
    document.stack.undo()
    assert capacitance(document, "left") == 1.2
    document.stack.undo()
    assert capacitance(document, "left") == before
    document.stack.redo()
    assert capacitance(document, "left") == 1.2


def test_the_same_number_typed_twice_is_two_steps(document: Document) -> None:
    left = document.circuit["left"].id
    document.push(SetParameter((left,), "capacitance", 1.0))
    document.push(SetParameter((left,), "capacitance", 2.0))
    assert document.stack.count() == 2


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    left = document.circuit["left"].id
    assert document.push(SetParameter((left,), "capacitance", capacitance(document, "left")))
    assert document.stack.count() == 0


def test_a_refused_edit_says_why_and_changes_nothing(document: Document) -> None:
    refused: list[Issue] = []
    document.refused.connect(refused.append)
    before = document.circuit.copy()
    assert not document.push(SetParameter((document.circuit["left"].id,), "capacitance", -1.0))
    assert "neuron left" in refused[0].sentence
    assert document.circuit == before
    assert document.stack.count() == 0


def test_what_is_deleted_is_no_longer_selected(document: Document) -> None:
    left, right = document.circuit["left"].id, document.circuit["right"].id
    document.select({left, right})
    document.push(Delete(frozenset({left})))
    assert document.selection == {right}
    document.stack.undo()
    assert document.selection == {right}


def test_traces_keep_their_order_and_come_back(document: Document) -> None:
    tired = document.circuit["tire_left"].id
    before = document.traced
    document.toggle_trace(tired)
    assert document.traced == (*before, tired)
    document.toggle_trace(tired)
    assert document.traced == before
    document.stack.undo()
    assert document.traced == (*before, tired)


def test_the_focus_is_the_selected_trace(document: Document) -> None:
    first, second = document.traced[:2]
    assert document.focus == first
    document.select({second})
    assert document.focus == second


def test_bands_follow_an_edit_away_from_the_gui_thread(document: Document, qtbot: QtBot) -> None:
    left = document.circuit["left"].id
    at = document.bands().ids.index(left)
    before = float(document.bands().tau_high[at])
    with qtbot.waitSignal(document.derived, timeout=5000):
        document.push(SetParameter((left,), "capacitance", 10 * capacitance(document, "left")))
    assert float(document.bands().tau_high[at]) == pytest.approx(10 * before)


def test_another_circuit_starts_without_past(document: Document, qtbot: QtBot) -> None:
    document.push(SetParameter((document.circuit["left"].id,), "capacitance", 2.0))
    document.select({document.circuit["left"].id})
    circuit = Circuit(title="An empty one")
    document.replace(circuit, None, derive(circuit))
    assert not document.stack.canUndo()
    assert not document.selection
    assert document.name == "An empty one"
    assert document.file_stem == "an-empty-one"
    qtbot.waitUntil(lambda: not document.bridge.busy)


def test_what_is_edited_while_it_is_saved_stays_unsaved(
    document: Document, qtbot: QtBot, tmp_path: Path
) -> None:
    left = document.circuit["left"].id
    document.push(SetParameter((left,), "capacitance", 2.0))
    path = tmp_path / "x.circuit.json"
    saved: list[bool] = []
    save_file(document, path, lambda: saved.append(True))
    document.push(SetParameter((left,), "capacitance", 3.0))
    qtbot.waitUntil(lambda: bool(saved))
    assert document.dirty
    found = load(path)["left"]
    assert isinstance(found, Neuron)
    assert found.parameters["capacitance"] == 2.0


def test_an_opened_example_is_a_copy(
    document: Document, qtbot: QtBot, example: Callable[[str], Path]
) -> None:
    with qtbot.waitSignal(document.replaced):
        open_file(document, example("liquid"), as_copy=True)
    assert document.path is None
    assert document.circuit.named("liquid") is not None
    qtbot.waitUntil(lambda: not document.bridge.busy)


def test_a_cancelled_export_leaves_no_file(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    document.simulator.set_speed(None)
    document.simulator.run_for(500.0)  # long enough that it is not written before it can be cancelled
    qtbot.waitUntil(lambda: document.status().t >= 500.0, timeout=120_000)
    refused: list[Issue] = []
    document.refused.connect(refused.append)
    job = export_traces(document, tmp_path / "traces.csv", Wanted(("v",)))
    job.cancel()
    qtbot.waitUntil(lambda: not document.bridge.busy)
    assert not list(tmp_path.iterdir())
    assert not refused


def test_an_export_to_nowhere_says_so(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    refused: list[Issue] = []
    document.refused.connect(refused.append)
    document.simulator.step()
    export_traces(document, tmp_path / "nowhere" / "traces.csv", Wanted(("v",)))
    qtbot.waitUntil(lambda: bool(refused), timeout=120_000)
    assert "folder does not exist" in refused[0].sentence


def test_a_saved_run_is_there(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    document.simulator.step(5)
    path = tmp_path / "x.run.json"
    save_run(document, path)
    qtbot.waitUntil(lambda: not document.bridge.busy, timeout=120_000)
    assert path.stat().st_size > 0


# jobs -------------------------------------------------------------------------------------------


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    seen: list[tuple[str, str]] = []
    bridge.run("work", lambda _job: threading.current_thread().name, lambda name: seen.append((name, here())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("circuitsim job work", "MainThread")]
    assert bridge.shown is None


def here() -> str:
    return threading.current_thread().name


@pytest.mark.parametrize("error", [InputError(Issue("x", "it is bad", "mend it")), ZeroDivisionError("oh")])
def test_a_failure_arrives_as_a_sentence(qtbot: QtBot, error: Exception) -> None:
    bridge = Bridge()
    sentences: list[str] = []

    def work(_job: object) -> None:
        raise error

    bridge.run("work", work, failed=lambda problem: sentences.append(problem.sentence))
    qtbot.waitUntil(lambda: bool(sentences))
    assert "it is bad" in sentences[0] or "ZeroDivisionError" in sentences[0]


def test_a_cancelled_job_calls_nobody(qtbot: QtBot) -> None:
    bridge = Bridge()
    go, called = threading.Event(), list[object]()
    job = bridge.run("work", lambda _job: go.wait(5), called.append)
    assert bridge.shown is job
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: not bridge.busy)
    assert not called
    assert not job.report(0.5)


@pytest.mark.usefixtures("qapp")
def test_closing_waits_for_the_work() -> None:
    bridge = Bridge()
    called: list[object] = []
    bridge.run("work", lambda job: [job.report(0.1)], called.append)
    bridge.close()
    QApplication.processEvents()
    assert not bridge.busy
    assert not called


def test_views_can_look_back_at_every_recorded_instant(document: Document, qtbot: QtBot) -> None:
    looks: list[float | None] = []
    document.looked.connect(lambda: looks.append(document.looking_at))
    document.simulator.run_for(2.0)
    qtbot.waitUntil(lambda: document.simulator.status().t >= 2.0, timeout=60_000)
    latest = document.snapshot()
    assert latest is not None
    times, values = document.simulator.recording.read("v", latest.ids[0], 0.0, 2.0)
    middle = len(times) // 2
    document.look_at(float(times[middle]))
    past = document.snapshot()
    assert past is not None
    assert (past.t, past.v[0]) == (times[middle], values[middle])
    assert past.serial < 0
    document.look_at(99.0)
    assert document.looking_at == times[-1]
    document.look_at(-1.0)
    first = document.snapshot()
    assert first is not None
    assert first.t == 0.0
    document.play()
    assert document.looking_at is None
    assert looks == [times[middle], times[-1], 0.0, None]


def test_an_empty_circuit_comes_alive_with_its_first_neuron(qtbot: QtBot) -> None:
    made = Document(Circuit("new"))
    first = new_neuron(made.circuit, "A")
    made.push(Add((first,)))
    qtbot.waitUntil(lambda: made.status().t > 0.0, timeout=120_000)
    made.simulator.pause()
    qtbot.waitUntil(lambda: not made.status().playing)
    made.push(Delete(frozenset({first.id})))
    made.stack.undo()
    qtbot.wait(100)
    assert not made.status().playing  # it has run before: who paused it wants it to stand still
    made.close()
    qtbot.waitUntil(lambda: not made.bridge.busy)
