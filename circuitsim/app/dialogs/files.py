"""Questions about files: which to open, where to save, what about unsaved changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SUFFIX = ".circuit.json"
CIRCUITS = f"Circuits (*{SUFFIX})"


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


def ask_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a circuit to open."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open circuit", str(folder), f"{CIRCUITS};;All files (*)")
    return Path(name) if name else None


def ask_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save a circuit; the name gets its suffix."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save circuit as", str(suggestion), CIRCUITS)
    return with_suffix(Path(name)) if name else None


def ask_save_run(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the log of a run."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save run as", str(suggestion), "Runs (*.run.json)")
    return Path(name) if name else None


def with_suffix(path: Path) -> Path:
    """The path with the suffix of circuits."""
    if path.name.lower().endswith(SUFFIX):
        return path
    return path.with_name(path.name.removesuffix(".json") + SUFFIX)


def ask_unsaved(parent: QWidget, name: str) -> Answer:
    """Ask what to do with unsaved changes."""
    button = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle("Unsaved changes")
    box.setText(f"{name} has changes that are not saved.")
    box.setStandardButtons(button.Save | button.Discard | button.Cancel)
    box.setDefaultButton(button.Save)
    answers = {button.Save.value: Answer.SAVE, button.Discard.value: Answer.DISCARD}
    answer = answers.get(box.exec(), Answer.CANCEL)
    box.deleteLater()
    return answer
