"""Questions about files: which to open, where to save, what about unsaved changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from circuitsim.io.dispatch import circuit_formats
from circuitsim.io.run_log import SUFFIX as RUN

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton, QWidget

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
    return ask_path(parent, "Save circuit as", suggestion, "Circuits", SUFFIX)


def ask_save_run(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the log of a run."""
    return ask_path(parent, "Save run as", suggestion, "Runs", RUN)


def ask_path(parent: QWidget, title: str, suggestion: Path, kind: str, suffix: str) -> Path | None:
    """Ask where to write; the name gets its suffix, and a file that it only then names is not lost unasked.

    Args:
        parent: The window.
        title: Of the dialog.
        suggestion: What it proposes.
        kind: What is written, in the plural.
        suffix: With its dot.
    """
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), f"{kind} (*{suffix})")
    if not name:
        return None
    path = with_suffix(Path(name), suffix)
    unseen = path != Path(name) and path.exists()
    return path if not unseen or _may_replace(parent, path) else None


def with_suffix(path: Path, suffix: str) -> Path:
    """The path with a suffix, of which it may already have the end."""
    if path.name.lower().endswith(suffix):
        return path
    return path.with_name(path.name.removesuffix(Path(suffix).suffix) + suffix)


def _may_replace(parent: QWidget, path: Path) -> bool:
    box = _question(parent, "Replace", f"{path.name} exists already.")
    replace = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
    replace.setObjectName("answer:replace")
    return _asked(box) is replace


def ask_unsaved(parent: QWidget, name: str, *, may_keep: bool = False) -> Answer:
    """Ask what to do with unsaved changes.

    Args:
        parent: The window.
        name: Of the circuit.
        may_keep: Offer to keep them for the next start.
    """
    box = _question(parent, "Unsaved changes", f"{name} has changes that are not saved.")
    role = QMessageBox.ButtonRole
    texts = [("Save", role.AcceptRole, Answer.SAVE), ("Discard", role.DestructiveRole, Answer.DISCARD)]
    if may_keep:
        texts.insert(1, ("Keep for the next start", role.AcceptRole, Answer.KEEP))
    answers = {box.addButton(text, kind): answer for text, kind, answer in texts}
    for button, answer in answers.items():
        button.setObjectName(f"answer:{answer.value}")
        button.setAutoDefault(answer is Answer.SAVE)
    box.setDefaultButton(next(button for button, answer in answers.items() if answer is Answer.SAVE))
    clicked = _asked(box)
    return next((answer for button, answer in answers.items() if button is clicked), Answer.CANCEL)


def _question(parent: QWidget, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(title)
    box.setText(text)
    return box


def _asked(box: QMessageBox) -> QAbstractButton | None:
    """Ask, with a way out; the button that was clicked."""
    cancel = box.addButton(
        "Cancel", QMessageBox.ButtonRole.RejectRole
    )  # a standard one has an icon of its own
    cancel.setAutoDefault(False)
    box.setEscapeButton(cancel)
    box.exec()
    box.deleteLater()
    return box.clickedButton()
