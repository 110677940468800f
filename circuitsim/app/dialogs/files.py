"""Questions about files: which to open, where to save, what about unsaved changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from circuitsim.io.dispatch import circuit_formats

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SUFFIX = ".circuit.json"
CIRCUITS = f"Circuits (*{SUFFIX})"


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = "save"
    DISCARD = "discard"
    KEEP = "keep"
    CANCEL = "cancel"


def ask_open(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a circuit to open."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open circuit", str(folder), f"{CIRCUITS};;All files (*)")
    return Path(name) if name else None


def ask_import(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a file that can become a circuit."""
    forms = [form for form in circuit_formats().values() if form.options]
    kinds = [f"{form.title} ({' '.join(f'*{suffix}' for suffix in form.suffixes)})" for form in forms]
    name, _ = QFileDialog.getOpenFileName(parent, "Import", str(folder), ";;".join([*kinds, "All files (*)"]))
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


def ask_unsaved(parent: QWidget, name: str, *, may_keep: bool = False) -> Answer:
    """Ask what to do with unsaved changes.

    Args:
        parent: The window.
        name: Of the circuit.
        may_keep: Offer to keep them for the next start.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle("Unsaved changes")
    box.setText(f"{name} has changes that are not saved.")
    role = QMessageBox.ButtonRole
    texts = [("Save", role.AcceptRole, Answer.SAVE), ("Discard", role.DestructiveRole, Answer.DISCARD)]
    if may_keep:
        texts.insert(1, ("Keep for the next start", role.AcceptRole, Answer.KEEP))
    answers = {box.addButton(text, kind): answer for text, kind, answer in texts}
    for button, answer in answers.items():
        button.setObjectName(f"answer:{answer.value}")
        button.setAutoDefault(answer is Answer.SAVE)
    box.setDefaultButton(next(button for button, answer in answers.items() if answer is Answer.SAVE))
    box.addButton(QMessageBox.StandardButton.Cancel).setAutoDefault(False)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((answer for button, answer in answers.items() if button is clicked), Answer.CANCEL)
