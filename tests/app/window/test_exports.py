"""Take it away: traces, runs and scripts leave the window and give the same numbers elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from circuitsim.app.dialogs.export import ExportDialog
from circuitsim.circuit.edits import SetParameter
from circuitsim.engine.replay import replay
from circuitsim.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def running(launch: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    window = launch()
    qtbot.waitUntil(lambda: window.document.status().t > 0.5, timeout=120_000)
    return window


@pytest.fixture
def name_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """Answers the question for a file name, and notes what was suggested."""

    def go(path: Path) -> list[str]:
        suggested: list[str] = []

        def ask(_parent: object, _title: str, suggestion: str, _filter: str) -> tuple[str, str]:
            suggested.append(suggestion)
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return suggested

    return go


def place(window: MainWindow, name: str) -> QPoint:
    canvas = window.canvas
    return canvas.camera.to_view(canvas.scene.box(window.document.circuit[name]).center()).toPoint()


def pick(dialog: ExportDialog, choice: str, title: str) -> None:
    menu = getattr(dialog, choice).menu()
    menu.popup(dialog.pos())
    action = next(a for a in menu.actions() if a.text() == title)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def type_time(dialog: ExportDialog, name: str, text: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    assert QTest.qWaitForWindowExposed(dialog)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    field = dialog.findChild(object, f"time:{name}")
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def test_selected_neurons_of_an_interval_go_to_a_table(
    running: MainWindow,
    press: Callable[..., None],
    name_file: Callable[[Path], list[str]],
    tmp_path: Path,
    config: Path,
    qtbot: QtBot,
) -> None:
    document = running.document
    press(running, Qt.Key.Key_E, CTRL)
    dialog = running.findChild(ExportDialog)
    assert not dialog.isModal()
    QTest.mouseClick(running.canvas, LEFT, NONE, place(running, "up"))
    pick(dialog, "neurons", "Selected (1)")
    type_time(dialog, "start", "100 ms")
    type_time(dialog, "end", "0.4")
    QTest.mouseClick(dialog.findChild(object, "variable:input"), LEFT)
    suggested = name_file(tmp_path / "part")
    running.document.simulator.pause()
    QTest.mouseClick(dialog.export, LEFT)
    assert suggested[0].endswith("liquid-neuron.csv")
    path = tmp_path / "part.csv"
    qtbot.waitUntil(path.exists, timeout=20_000)
    table = np.genfromtxt(path, delimiter=",", names=True)
    assert table.dtype.names == ("t", "v_up", "tau_up")
    whole = replay(document.simulator.log())
    inside = (whole.t >= 0.1) & (whole.t <= 0.4)
    np.testing.assert_array_equal(table["t"], whole.t[inside])
    np.testing.assert_array_equal(table["v_up"], whole.v[inside, whole.neuron_names.index("up")])
    qtbot.waitUntil(lambda: Store(config).settings.export_folder == str(tmp_path))
    press(running, Qt.Key.Key_E, CTRL)
    suggested = name_file(tmp_path / "again.csv")
    QTest.mouseClick(running.findChildren(ExportDialog)[-1].export, LEFT)
    assert Path(suggested[0]).parent == tmp_path
    qtbot.waitUntil((tmp_path / "again.csv").exists, timeout=20_000)


@pytest.mark.parametrize(("start", "end", "said"), [("3", "2", "after"), ("soon", "", "not a number")])
def test_an_interval_that_makes_no_sense_is_refused(
    name_file: Callable[[Path], list[str]],
    tmp_path: Path,
    running: MainWindow,
    press: Callable[..., None],
    start: str,
    end: str,
    said: str,
) -> None:
    press(running, Qt.Key.Key_E, CTRL)
    dialog = running.findChild(ExportDialog)
    suggested = name_file(tmp_path / "never.csv")
    if end:
        type_time(dialog, "end", end)
    type_time(dialog, "start", start, Qt.Key.Key_Return)
    assert said in dialog._problem.whole
    QTest.mouseClick(dialog.export, LEFT)
    assert not suggested  # it is to be mended first
    assert said in dialog._problem.whole
    assert dialog.wanted.start is None
    QTest.keyClick(dialog.findChild(object, "time:start"), Qt.Key.Key_Escape)
    assert dialog._problem.whole == ""


def test_a_time_that_is_left_by_tab_says_why_it_was_not_taken(
    running: MainWindow, press: Callable[..., None]
) -> None:
    press(running, Qt.Key.Key_E, CTRL)
    dialog = running.findChild(ExportDialog)
    for text, said in (("soon", "not a number"), ("1e999", "too large")):
        type_time(dialog, "every", text)
        assert said in dialog._problem.whole
        assert dialog.wanted.every is None


@pytest.mark.parametrize("answer", ["answer:replace", "Cancel"])
def test_a_file_that_gets_its_suffix_only_here_is_not_replaced_unasked(
    running: MainWindow,
    press: Callable[..., None],
    name_file: Callable[[Path], list[str]],
    tmp_path: Path,
    qtbot: QtBot,
    answer: str,
) -> None:
    precious = tmp_path / "there.csv"
    precious.write_text("precious")
    press(running, Qt.Key.Key_E, CTRL)
    dialog = running.findChild(ExportDialog)
    name_file(tmp_path / "there")
    asked: list[str] = []

    def click() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(10, click)
            return
        asked.append(box.text())
        QTest.mouseClick(next(b for b in box.buttons() if answer in (b.objectName(), b.text())), LEFT)

    QTimer.singleShot(10, click)
    QTest.mouseClick(dialog.export, LEFT)
    assert asked == ["there.csv exists already."]
    if answer == "Cancel":
        assert precious.read_text() == "precious"
        assert dialog.isVisible()
    else:
        qtbot.waitUntil(lambda: precious.read_text().startswith("t,"), timeout=20_000)


@pytest.mark.parametrize("touched", [False, True])
def test_the_copied_script_computes_the_run_again(
    running: MainWindow, press: Callable[..., None], tmp_path: Path, qtbot: QtBot, *, touched: bool
) -> None:
    document = running.document
    if touched:
        running.canvas.setFocus()
        QTest.mousePress(running.canvas, LEFT, NONE, place(running, "pour"))
        t = document.status().t
        qtbot.waitUntil(lambda: document.status().t > t + 0.3)
        QTest.mouseRelease(running.canvas, LEFT, NONE, place(running, "pour"))
        document.push(SetParameter((document.circuit["up"].id,), "capacitance", 0.4))
        qtbot.waitUntil(lambda: document.status().t > t + 0.8)
    document.simulator.pause()
    qtbot.waitUntil(lambda: not document.status().playing)
    QApplication.clipboard().clear()
    press(running, Qt.Key.Key_P, CTRL, SHIFT)
    qtbot.waitUntil(lambda: "import circuitsim" in QApplication.clipboard().text())
    text = QApplication.clipboard().text()
    assert ("cs.replays" in text) is touched
    file, out = tmp_path / "script.py", tmp_path / "out.npz"
    file.write_text(f"{text}\ntrace.save({str(out)!r})\n", encoding="utf-8")
    subprocess.run([sys.executable, file], check=True, capture_output=True, timeout=200)
    with np.load(out) as arrays:
        t, v, names = arrays["t"], arrays["v"], list(arrays["neuron_names"])
    assert t[-1] == document.status().t
    for neuron in document.circuit.neurons:
        times, values = document.simulator.recording.read("v", neuron.id, 0.0, t[-1])
        rows = np.searchsorted(t, times)
        np.testing.assert_array_equal(t[rows], times)
        np.testing.assert_array_equal(v[rows, names.index(neuron.name)], values)
