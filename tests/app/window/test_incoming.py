"""Files that come in: dropped, imported, and changed by another program while they are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from dropping import drop, empty
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from circuitsim.api import load, save
from circuitsim.app.dialogs.import_ import ImportDialog
from circuitsim.app.document.files import save_file
from circuitsim.circuit.edits import Rename
from circuitsim.circuit.elements import Input

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
EDGES = "source,target,weight,type\nA,B,3,chemical\nA,B,1,chemical\nB,C,2,chemical\nA,C,1,electrical\n"


@pytest.fixture
def half(example: Callable[[str], Path], tmp_path: Path) -> Path:
    path = tmp_path / "half.circuit.json"
    save(load(example("half-centre")), path)
    return path


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)
    return path


def over(window: MainWindow, name: str) -> QPoint:
    canvas = window.canvas
    middle = canvas.scene.box(window.document.circuit[name]).center()
    return canvas.mapTo(window, canvas.camera.to_view(middle).toPoint())


# dropping ---------------------------------------------------------------------------------------


def test_a_dropped_circuit_opens(launch: Callable[..., MainWindow], half: Path, qtbot: QtBot) -> None:
    window = launch()
    assert drop(window, empty(window), half)
    qtbot.waitUntil(lambda: window.document.path == half)


def test_a_dropped_edge_list_becomes_a_circuit_with_a_report(
    launch: Callable[..., MainWindow], edges: Path, qtbot: QtBot
) -> None:
    window = launch()
    drop(window, empty(window), edges)
    qtbot.waitUntil(lambda: window.document.circuit.named("C") is not None)
    document = window.document
    assert (len(document.circuit.neurons), len(document.circuit.synapses)) == (3, 3)
    assert document.dirty
    assert document.path is None
    assert window.files.report.isVisible()
    assert "the weights were added" in window.files.report.text.text()
    assert window.canvas.rect().contains(window.files.report.geometry())
    QTest.mouseClick(window.files.report.close_button, LEFT)
    assert not window.files.report.isVisible()


def test_a_table_dropped_on_an_input_is_its_table(
    launch: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = launch()
    document = window.document
    path = tmp_path / "wave.csv"
    path.write_text("t,input_pour,v_up\n0,0,9\n1,2,9\n2,0,9\n")
    before = document.circuit.copy()
    drop(window, over(window, "pour"), path)
    qtbot.waitUntil(document.stack.canUndo)
    source = document.circuit["pour"]
    assert isinstance(source, Input)
    assert source.stimulus == "table"
    assert source.table is not None
    assert source.table.values == (0.0, 2.0, 0.0)
    document.stack.undo()
    assert document.circuit == before
    document.stack.redo()
    assert document.circuit["pour"] == source


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("wave.csv", "t,a,b\n0,1,2\n", "3 columns"),
        ("wave.csv", "a,b\n0,1\n", "first column"),
    ],
)
def test_a_table_that_does_not_fit_says_why(
    launch: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot, name: str, content: str, said: str
) -> None:
    window = launch()
    (tmp_path / name).write_text(content)
    drop(window, over(window, "pour"), tmp_path / name)
    qtbot.waitUntil(lambda: said in window.status.message.whole)
    assert not window.document.stack.canUndo()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("picture.png", "", "neither a circuit, a table nor a network"),
        ("x.run.json", "{}", "saved run"),
        ("wave.csv", "t,a\n0,1\n", "drop it on an input"),
        ("odd.csv", "x,y\n0,1\n", "no column source"),
    ],
)
def test_anything_else_gets_one_sentence_and_changes_nothing(
    launch: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot, name: str, content: str, said: str
) -> None:
    window = launch()
    circuit = window.document.circuit
    (tmp_path / name).write_text(content)
    drop(window, empty(window), tmp_path / name)
    qtbot.waitUntil(lambda: said in window.status.message.whole)
    assert window.document.circuit is circuit


def test_a_file_that_cannot_be_taken_is_told_while_it_is_over_the_window(
    launch: Callable[..., MainWindow], tmp_path: Path, half: Path
) -> None:
    window = launch()
    for path, said in (
        (tmp_path / "picture.png", "neither a circuit, a table nor a network"),
        (half, "Open half"),
    ):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QApplication.sendEvent(
            window, QDragEnterEvent(empty(window), Qt.DropAction.CopyAction, data, LEFT, NONE)
        )
        assert said in window.status.message.whole


def test_several_files_at_once_are_too_many(
    launch: Callable[..., MainWindow], half: Path, edges: Path
) -> None:
    window = launch()
    drop(window, empty(window), half, edges)
    assert "one at a time" in window.status.message.whole


# importing --------------------------------------------------------------------------------------


def test_an_import_with_options(
    launch: Callable[..., MainWindow],
    press: Callable[..., None],
    edges: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    signs = tmp_path / "signs.csv"
    signs.write_text("neuron,sign\nA,inhibitory\nB,excitatory\n")
    window = launch()
    answers = iter([str(edges), str(signs)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(answers), ""))
    press(window, Qt.Key.Key_I, CTRL)
    dialog = window.findChild(ImportDialog)
    assert not dialog.isModal()
    assert QTest.qWaitForWindowExposed(dialog)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    field = dialog.findChild(object, "option:weight_scale")
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, "-1")
    QTest.mouseClick(dialog.take, LEFT)
    assert "cannot be used" in dialog._problem.whole
    field.selectAll()
    QTest.keyClicks(field, "0.5")
    QTest.mouseClick(dialog.findChild(object, "option:signs"), LEFT)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.document.circuit.named("C") is not None)
    circuit = window.document.circuit
    first = next(s for s in circuit.synapses if s.pre == circuit["A"].id and s.kind == "chemical")
    assert first.parameters["conductance"] == 2.0
    assert first.parameters["reversal_potential"] == -1.0


# changed on disk --------------------------------------------------------------------------------


def rename_on_disk(path: Path, old: str, new: str) -> None:
    circuit = load(path)
    circuit.apply(Rename(circuit[old].id, new))
    save(circuit, path)


@pytest.fixture
def watched(launch: Callable[..., MainWindow], half: Path, qtbot: QtBot) -> MainWindow:
    window = launch(half)
    qtbot.waitUntil(lambda: window.watch._known is not None)
    return window


def test_a_change_by_another_program_is_offered_and_reloading_can_be_undone(
    watched: MainWindow, half: Path, qtbot: QtBot
) -> None:
    document, card = watched.document, watched.changed_card
    mine = document.circuit.copy()
    qtbot.waitUntil(lambda: document.status().t > 0, timeout=120_000)
    rename_on_disk(half, "left", "west")
    qtbot.waitUntil(card.isVisible, timeout=10_000)
    assert "half.circuit.json" in card.text.text()
    t = document.status().t
    QTest.mouseClick(card.reload, LEFT)
    qtbot.waitUntil(lambda: document.circuit.named("west") is not None)
    assert not card.isVisible()
    assert not document.dirty
    assert document.status().t >= t  # the run went on
    document.stack.undo()
    assert document.circuit == mine
    assert document.dirty
    document.stack.redo()
    assert document.circuit == load(half)
    rename_on_disk(half, "west", "east")
    qtbot.waitUntil(card.isVisible, timeout=10_000)


def test_mine_is_kept_and_counts_as_unsaved(watched: MainWindow, half: Path, qtbot: QtBot) -> None:
    rename_on_disk(half, "left", "west")
    qtbot.waitUntil(watched.changed_card.isVisible, timeout=10_000)
    QTest.mouseClick(watched.changed_card.keep, LEFT)
    assert not watched.changed_card.isVisible()
    assert watched.document.circuit.named("left") is not None
    assert watched.document.dirty


def test_our_own_saving_is_no_change(watched: MainWindow, half: Path, qtbot: QtBot) -> None:
    document = watched.document
    document.push(Rename(document.circuit["left"].id, "west"))
    save_file(document, half)
    qtbot.waitUntil(lambda: not document.dirty)
    half.touch()
    qtbot.wait(900)
    assert not watched.changed_card.isVisible()
    assert not document.dirty


def test_a_file_that_is_gone_is_told(watched: MainWindow, half: Path, qtbot: QtBot) -> None:
    half.unlink()
    qtbot.waitUntil(lambda: "no longer on the disk" in watched.status.message.whole, timeout=10_000)
    assert watched.document.dirty
