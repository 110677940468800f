"""What a person finds at the next start, what is asked when they leave, and the strip of the first run."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton

from circuitsim.api import load, save
from circuitsim.app.window.session import opening
from circuitsim.circuit.edits import Rename
from circuitsim.spec.issue import InputError
from circuitsim.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from circuitsim.app.document.document import Document
    from circuitsim.app.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def half(example: Callable[[str], Path], tmp_path: Path) -> Path:
    """A circuit of the person's own, in a file."""
    path = tmp_path / "half.circuit.json"
    save(load(example("half-centre")), path)
    return path


def answer(name: str) -> list[str]:
    """Click a button of the question that comes, and note what was asked."""
    asked: list[str] = []
    tries: list[int] = []

    def click() -> None:
        box = QApplication.activeModalWidget()
        tries.append(1)
        if not isinstance(box, QMessageBox):
            if len(tries) < 300:
                QTimer.singleShot(10, click)
            return
        asked.append(box.text())
        button = next(b for b in box.buttons() if b.objectName() == f"answer:{name}" or b.text() == name)
        QTest.mouseClick(button, LEFT)

    QTimer.singleShot(10, click)
    return asked


def rename(document: Document, old: str, new: str) -> None:
    assert document.push(Rename(document.circuit[old].id, new))


def button(window: MainWindow, text: str) -> QToolButton:
    return next(b for b in window.strip.findChildren(QToolButton) if b.text() == text)


def test_the_first_start_shows_the_liquid_circuit_running_and_asks_nothing(
    launch: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = launch()
    assert QApplication.activeModalWidget() is None
    assert window.document.circuit.document.title == "Liquid neuron"
    assert window.document.path is None
    assert window.strip.isVisible()
    qtbot.waitUntil(lambda: window.document.status().t > 0, timeout=120_000)


def test_the_strip_offers_what_there_is_and_stays_closed(launch: Callable[..., MainWindow]) -> None:
    window = launch()
    texts = [b.text() for b in window.strip.findChildren(QToolButton) if b.text()]
    offered = {"Tutorial": "tutorial", "Examples": "gallery", "Blank": "new"}
    assert texts == [t for t, name in offered.items() if name in window.commands.actions] + ["Open recent"]
    middle = window.strip.geometry().center().x()
    assert abs(middle - window.canvas.rect().center().x()) <= 1
    QTest.mouseClick(window.strip.close_button, LEFT)
    assert not window.strip.isVisible()
    window.close()
    assert not launch().strip.isVisible()


def test_blank_begins_an_empty_circuit(launch: Callable[..., MainWindow]) -> None:
    window = launch()
    QTest.mouseClick(button(window, "Blank"), LEFT)
    assert not window.document.circuit.neurons


def test_the_last_file_comes_back_with_place_and_panels(
    launch: Callable[..., MainWindow], half: Path, press: Callable[..., None]
) -> None:
    window = launch(half)
    window.setGeometry(20, 30, 1100, 720)
    press(window, Qt.Key.Key_F11)
    assert window.bottom.isHidden()
    window.close()
    again = launch()
    assert again.document.path == half
    assert again.document.circuit == load(half)
    assert not again.document.dirty
    assert again.geometry().getRect() == (20, 30, 1100, 720)
    assert again.bottom.isHidden()
    assert not again.panels["inspector"].isHidden()


def test_a_window_that_stood_on_a_screen_that_is_gone_is_seen(
    launch: Callable[..., MainWindow], half: Path
) -> None:
    window = launch(half)
    window.setGeometry(9000, 9000, 1100, 720)
    window.close()
    again = launch()
    assert again.screen().availableGeometry().contains(again.geometry().topLeft())
    assert again.width() == 1100


def test_a_lost_file_gives_a_sentence_and_the_first_example(
    launch: Callable[..., MainWindow], half: Path
) -> None:
    launch(half).close()
    half.unlink()
    again = launch()
    assert "no such file" in again.status.message.whole
    assert again.document.circuit.document.title == "Liquid neuron"


def test_an_example_that_was_not_changed_comes_back_without_a_question(
    launch: Callable[..., MainWindow], example: Callable[[str], Path], qtbot: QtBot
) -> None:
    window = launch()
    window.files.open_example(example("half-centre"))
    qtbot.waitUntil(lambda: window.document.circuit == load(example("half-centre")))
    window.close()
    again = launch()
    assert again.document.circuit == load(example("half-centre"))
    assert again.document.path is None
    assert not again.document.dirty


def test_an_unsaved_circuit_can_wait_for_the_next_start(launch: Callable[..., MainWindow]) -> None:
    window = launch()
    rename(window.document, "still", "calm")
    edited = window.document.circuit.copy()
    asked = answer("keep")
    assert window.close()
    assert "not saved" in asked[0]
    again = launch()
    assert again.document.circuit == edited
    assert again.document.dirty
    assert "as you left it" in again.status.message.whole
    answer("discard")
    assert again.close()
    assert launch().document.circuit.document.title == "Liquid neuron"


def test_what_waits_survives_a_start_with_another_file(launch: Callable[..., MainWindow], half: Path) -> None:
    window = launch()
    rename(window.document, "still", "calm")
    edited = window.document.circuit.copy()
    answer("keep")
    window.close()
    other = launch(half)
    rename(other.document, "left", "west")
    other.leave_at_once()
    assert launch().document.circuit == edited


def test_cancel_keeps_the_window_and_save_saves_before_it_closes(
    launch: Callable[..., MainWindow], half: Path, qtbot: QtBot
) -> None:
    window = launch(half)
    rename(window.document, "left", "west")
    asked = answer("Cancel")
    assert not window.close()
    assert asked
    assert window.isVisible()
    answer("save")
    window.close()
    qtbot.waitUntil(lambda: load(half).named("west") is not None)
    qtbot.waitUntil(lambda: not any(w.isVisible() for w in QApplication.topLevelWidgets()))


def test_discard_leaves_the_file_as_it_was(launch: Callable[..., MainWindow], half: Path) -> None:
    window = launch(half)
    rename(window.document, "left", "west")
    answer("discard")
    assert window.close()
    assert load(half).named("west") is None
    again = launch()
    assert again.document.path == half
    assert not again.document.dirty


def test_opening_another_circuit_asks_too(
    launch: Callable[..., MainWindow], half: Path, press: Callable[..., None]
) -> None:
    window = launch(half)
    rename(window.document, "left", "west")
    answer("Cancel")
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.document.circuit.named("west") is not None
    answer("discard")
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not window.document.circuit.neurons


def test_a_program_that_is_ended_from_outside_loses_nothing(
    launch: Callable[..., MainWindow], half: Path
) -> None:
    window = launch(half)
    rename(window.document, "left", "west")
    edited = window.document.circuit.copy()
    window.leave_at_once()
    assert load(half).named("west") is None
    again = launch()
    assert again.document.circuit == edited
    assert again.document.dirty
    assert again.document.path == half
    assert "half.circuit.json" in again.status.message.whole


def test_recent_files_open_from_the_menu(
    launch: Callable[..., MainWindow], half: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.circuit.json"
    save(load(half), other)
    launch(half).close()
    window = launch(other)
    menu = button(window, "Open recent").menu()
    menu.fill()
    assert [a.text() for a in menu.actions()[:2]] == ["&1  other", "&2  half"]
    menu.popup(window.pos())
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[1]).center())
    qtbot.waitUntil(lambda: window.document.path == half)
    other.unlink()
    menu.fill()
    assert [a.text() for a in menu.actions()[:2]] == ["&1  half", ""]


def test_a_named_file_that_cannot_be_read_is_told_before_the_window_opens(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        opening(tmp_path / "none.circuit.json", Store(None))


CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from circuitsim.app.window.start import application, start
from circuitsim.circuit.edits import Rename
from circuitsim.store.store import Store

app = application()
window = start(Path(sys.argv[2]), Store(Path(sys.argv[1])))
for name in ("west", "north"):
    window.document.push(Rename(window.document.circuit.neurons[0].id, name))
kept = Path(sys.argv[1]) / "session" / "unsaved.circuit.json"

def die():
    if kept.exists() and "north" in kept.read_text():
        os.kill(os.getpid(), signal.SIGKILL)

timer = QTimer(interval=20)
timer.timeout.connect(die)
timer.start()
app.exec()
"""


@pytest.mark.parametrize("named", [False, True], ids=["plain start", "start with the file"])
def test_a_crash_loses_nothing(
    launch: Callable[..., MainWindow], half: Path, config: Path, *, named: bool
) -> None:
    """The program is killed while it runs; the next start has the circuit and knows its file."""
    died = subprocess.run([sys.executable, "-c", CRASH, str(config), str(half)], timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL
    again = launch(half if named else None)
    assert again.document.circuit.named("north") is not None
    assert again.document.path == half
    assert again.document.dirty
    assert "half.circuit.json are here as you left them" in again.status.message.whole
    assert load(half).named("north") is None


def test_a_file_opened_before_a_crash_is_the_last_one(
    launch: Callable[..., MainWindow], half: Path, config: Path, qtbot: QtBot
) -> None:
    window = launch()
    window.files.open_known(half)
    qtbot.waitUntil(lambda: Store(config).settings.last == str(half))


def kept_files(config: Path) -> list[str]:
    return sorted(p.name for p in (config / "session").glob("unsaved*") if p.suffix != ".lock")


def test_what_is_kept_against_a_crash_goes_with_undo_and_with_saving(
    launch: Callable[..., MainWindow], half: Path, config: Path, press: Callable[..., None], qtbot: QtBot
) -> None:
    window = launch(half)
    both = ["unsaved.circuit.json", "unsaved.origin.txt"]
    rename(window.document, "left", "west")
    qtbot.waitUntil(lambda: kept_files(config) == both)
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not kept_files(config))
    press(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kept_files(config) == both)
    press(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not kept_files(config))
    window.close()
    assert not list((config / "session").glob("unsaved*"))


def test_two_windows_keep_their_changes_apart(
    launch: Callable[..., MainWindow], half: Path, config: Path, qtbot: QtBot
) -> None:
    first, second = launch(), launch(half)
    rename(first.document, "still", "calm")
    rename(second.document, "left", "west")
    qtbot.waitUntil(lambda: len(kept_files(config)) == 3)
    third = launch()
    assert not third.document.dirty
    for window in (first, second, third):
        window.leave_at_once()
    assert launch().document.circuit.named("calm") is not None
    assert launch().document.circuit.named("west") is not None


def test_changes_that_cannot_be_kept_are_told_once(
    launch: Callable[..., MainWindow], half: Path, config: Path, qtbot: QtBot
) -> None:
    window = launch(half)
    told: list[str] = []
    window.document.noticed.connect(told.append)
    (config / "session").chmod(0o500)
    for name in ("west", "north", "east"):
        rename(window.document, window.document.circuit.neurons[0].name, name)
        qtbot.wait(500)
    assert len([text for text in told if "read-only" in text]) == 1
    (config / "session").chmod(0o700)
    rename(window.document, "east", "south")
    qtbot.waitUntil(lambda: bool(kept_files(config)))
