"""The public cases of ncps go through the window: imported, fed with their table, run, exported, equal to what ncps gave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from dropping import drop, empty
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

import circuitsim as cs
from circuitsim.app.dialogs.export import ExportDialog
from circuitsim.app.dialogs.import_ import ImportDialog
from circuitsim.circuit.edits import SetStart
from circuitsim.circuit.elements import Input
from circuitsim.circuit.lesions import lesions
from circuitsim.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from circuitsim.app.window.main_window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
DATA = Path(__file__).parents[2] / "data" / "ncps"
CASES = ("cfc_default8", "ltc_autoncp8_1", "ltc_full4")


def table_of(stored: dict[str, np.ndarray], path: Path) -> Path:
    """The inputs of a case as a CSV file."""
    times = np.cumsum(stored["timespans"]) - stored["timespans"]
    rows = np.c_[times, stored["input"]]
    header = ",".join(["t", *(f"u{k}" for k in range(rows.shape[1] - 1))])
    lines = [header, *(",".join(repr(float(x)) for x in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def imported(window: MainWindow, qtbot: QtBot, case: str) -> None:
    """Drop the weights of a case and answer what is asked."""
    drop(window, empty(window), DATA / f"{case}.safetensors")
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None)
    dialog = window.findChild(ImportDialog)
    assert QTest.qWaitForWindowExposed(dialog)
    if case == "ltc_full4":
        choice = dialog.findChild(object, "option:constraints")
        next(action for action in choice.menu().actions() if action.text() == "explicit").trigger()
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: window.document.circuit.document.title == case)


def exported(
    window: MainWindow,
    press: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    end: float,
) -> np.ndarray:
    """Run from the beginning up to a time and export everything; the table that was written."""
    document = window.document
    document.simulator.pause()
    qtbot.waitUntil(lambda: not document.status().playing, timeout=120_000)  # kernels may be cold
    document.restart()
    qtbot.waitUntil(lambda: document.status().t == 0.0)
    document.simulator.set_speed(None)
    document.play()
    qtbot.waitUntil(lambda: document.status().t > end, timeout=120_000)
    document.simulator.pause()
    press(window, Qt.Key.Key_E, CTRL)
    dialog = window.findChild(ExportDialog)
    QTest.mouseClick(dialog.findChild(object, "variable:output"), LEFT)
    action = next(a for a in dialog.neurons.menu().actions() if a.text().startswith("All"))
    action.trigger()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.export, LEFT)
    qtbot.waitUntil(path.exists, timeout=20_000)
    return np.genfromtxt(path, delimiter=",", names=True)


def columns(table: np.ndarray, names: list[str], times: np.ndarray) -> np.ndarray:
    """Some columns at some times, which must all be there."""
    rows = np.searchsorted(table["t"], times)
    assert np.array_equal(table["t"][rows], times)
    return np.stack([table[name][rows] for name in names], axis=1)


@pytest.mark.parametrize("case", CASES)
def test_a_public_case_gives_the_numbers_of_ncps(
    launch: Callable[..., MainWindow],
    press: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    case: str,
) -> None:
    stored = dict(np.load(DATA / f"{case}.npz"))
    window = launch()
    imported(window, qtbot, case)
    document = window.document
    before = document.circuit.copy()
    drop(window, empty(window), table_of(stored, tmp_path / "in.csv"))
    qtbot.waitUntil(document.stack.canUndo)
    fed = document.circuit.copy()
    assert {source.stimulus for source in fed.inputs} == {"table"}
    document.stack.undo()
    assert document.circuit == before
    document.stack.redo()
    assert document.circuit == fed
    document.push(SetStart({fed[f"n{k}"].id: float(h) for k, h in enumerate(stored["h0"])}))
    assert document.proposal().solver == "ncps"
    times = np.cumsum(stored["timespans"])
    found = exported(window, press, qtbot, monkeypatch, tmp_path / "out.csv", float(times[-1]))
    for sort, prefix in (("hidden", "v_n"), ("output", "output_y")):
        values = columns(found, [f"{prefix}{k}" for k in range(stored[sort].shape[1])], times)
        assert np.abs(values - stored[f"{sort}_f64"]).max() < 1e-12
        assert np.abs(values - stored[sort]).max() < 1e-6


def test_a_lesion_gives_the_same_numbers_in_window_command_line_and_python(
    launch: Callable[..., MainWindow],
    press: Callable[..., None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    case = "ltc_autoncp8_1"
    stored = dict(np.load(DATA / f"{case}.npz"))
    given = table_of(stored, tmp_path / "in.csv")
    window = launch()
    imported(window, qtbot, case)
    drop(window, empty(window), given)
    document = window.document
    qtbot.waitUntil(document.stack.canUndo)
    circuit = cs.load(DATA / f"{case}.safetensors")
    cs.save(circuit, tmp_path / "net.circuit.json")
    lost = next(s for s in circuit.synapses if isinstance(circuit.elements[s.pre], Input))
    name = ":".join(circuit.elements[i].name for i in (lost.pre, lost.post))
    document.select({document.circuit["n2"].id, lost.id})
    press(window, Qt.Key.Key_M)
    assert lesions(document.circuit) == tuple(sorted((circuit["n2"].id, lost.id)))
    end = float(stored["timespans"].sum())
    seen = exported(window, press, qtbot, monkeypatch, tmp_path / "seen.csv", end)
    words = ["run", str(tmp_path / "net.circuit.json"), "--input", str(given), "--duration", repr(end)]
    words += ["--mute", "n2", "--mute", name, "--out", str(tmp_path / "told.csv")]
    assert main(words) == 0
    told = np.genfromtxt(tmp_path / "told.csv", delimiter=",", names=True)
    inputs = {f"u{k}": (np.arange(end), column) for k, column in enumerate(stored["input"].T)}
    after = cs.lesion(circuit, "n2", name, inputs=inputs, duration=end).after
    times = np.cumsum(stored["timespans"])
    names = [*(f"v_n{k}" for k in range(8)), "output_y0"]
    np.testing.assert_array_equal(columns(seen, names, times), columns(told, names, times))
    rows = np.searchsorted(after.t, times)
    np.testing.assert_array_equal(columns(told, names[:8], times), after.samples.v[rows])
    assert np.abs(columns(told, ["output_y0"], times) - stored["output_f64"]).max() > 1e-2
