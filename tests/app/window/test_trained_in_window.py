"""Trained networks in the window: dropped, imported or opened, asked about, run, and written nowhere unasked."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from dropping import drop, empty
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from circuitsim.api import load
from circuitsim.app.dialogs.import_ import ImportDialog
from circuitsim.app.window.session import opening
from circuitsim.io.weights import safetensors
from circuitsim.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
DATA = Path(__file__).parents[2] / "data" / "ncps"


def asked(window: MainWindow, qtbot: QtBot) -> ImportDialog:
    """The dialog, once the file has been looked into."""
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None)
    dialog = window.findChild(ImportDialog)
    assert QTest.qWaitForWindowExposed(dialog)
    return dialog


def hints(dialog: ImportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("suffix", ["pt", "safetensors"])
def test_a_dropped_network_is_asked_about_and_runs(
    launch: Callable[..., MainWindow], qtbot: QtBot, suffix: str
) -> None:
    window = launch()
    drop(window, empty(window), DATA / f"ltc_autoncp8_1.{suffix}")
    dialog = asked(window, qtbot)
    assert set(dialog.values) == {"constraints", "unfolds", "epsilon"}
    assert "No number is negative, so both are possible; LTC has implicit ones" in hints(dialog)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.document.circuit.named("n7") is not None)
    document = window.document
    assert document.circuit == load(DATA / "ltc_autoncp8_1.pt")
    assert document.path is None
    assert document.dirty
    assert "98 of 430 parameters act" in window.files.report.text.text()
    assert "Not in the file" not in window.files.report.text.text()
    canvas, card = window.canvas, window.files.report
    feet = [canvas.camera.to_view(canvas.scene.box(n).bottomLeft()).y() for n in document.circuit.neurons]
    assert max(feet) < card.y()  # everything is shown above the card
    QTest.mouseClick(card.close_button, LEFT)
    assert max(
        canvas.camera.to_view(canvas.scene.box(n).bottomLeft()).y() for n in document.circuit.neurons
    ) > max(feet)
    qtbot.waitUntil(lambda: document.status().t > 2.0, timeout=120_000)


def test_numbers_of_the_dialog_are_those_of_the_circuit(
    launch: Callable[..., MainWindow],
    press: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = launch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(DATA / "ltc_full4.pt"), ""))
    press(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = asked(window, qtbot)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    choice = dialog.findChild(object, "option:constraints")
    next(action for action in choice.menu().actions() if action.text() == "explicit").trigger()
    field = dialog.findChild(object, "option:unfolds")
    QTest.mouseClick(field, LEFT)
    for text, refused in (("0", True), ("12", False)):
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.mouseClick(dialog.take, LEFT)
        assert ("cannot be used" in dialog._problem.whole) == refused
    qtbot.waitUntil(lambda: window.document.circuit.named("y3") is not None)
    assert window.document.circuit == load(DATA / "ltc_full4.pt", constraints="explicit", unfolds=12)


def test_only_what_a_file_leaves_open_is_asked(
    launch: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = launch()
    arrays, _ = safetensors.read(DATA / "ltc_full4.safetensors")
    path = tmp_path / "net.safetensors"
    safetensors.write(path, arrays | {"rnn_cell.w": -np.abs(arrays["rnn_cell.w"])}, {})
    drop(window, empty(window), path)
    dialog = asked(window, qtbot)
    assert "Numbers of w are negative, so they must be implicit." in hints(dialog)
    assert dialog.values["constraints"] == "implicit"
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is None)
    drop(window, empty(window), DATA / "cfc_default8.pt")
    dialog = asked(window, qtbot)
    assert set(dialog.values) == {"cfc_mode", "time_sign", "activation"}
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: bool(window.document.circuit.cells))
    assert window.document.circuit == load(DATA / "cfc_default8.pt")


def test_what_is_no_network_gets_one_sentence(
    launch: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = launch()
    circuit = window.document.circuit
    path = tmp_path / "net.pt"
    path.write_bytes(b"\x80\x02cposix\nsystem\n.")
    drop(window, empty(window), path)
    qtbot.waitUntil(
        lambda: "save the state_dict of the model with safetensors" in window.status.message.whole
    )
    assert window.document.circuit is circuit
    assert window.findChild(ImportDialog) is None


def test_a_network_that_is_named_at_the_start_is_in_no_file_yet(tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    shutil.copy(DATA / "ltc_autoncp8_1.pt", path)
    first = opening(path, Store(None))
    assert first.circuit == load(path)
    assert first.path is None
    assert first.unsaved
    assert "98 of 430 parameters act" in first.notice
