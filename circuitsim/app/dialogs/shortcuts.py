"""The list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from circuitsim.app import theme
from circuitsim.app.widgets.boxes import column, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Entry = tuple[str, tuple[str, ...]]

COLUMNS = 3
MOUSE: tuple[tuple[str, list[Entry]], ...] = (
    (
        "Mouse on the canvas",
        [
            ("Select", ("click",)),
            ("Add to or take from the selection", ("Shift or Ctrl click",)),
            ("Select an area", ("drag on empty",)),
            ("Move; Alt without grid", ("drag",)),
            ("Connect", ("drag from the rim",)),
            ("Add something here", ("double-click on empty",)),
            ("Press a button, move a slider", ("hold or drag on it",)),
            ("Zoom at the pointer", ("wheel",)),
            ("Pan", ("middle drag", "Space drag")),
            ("Values of a neuron", ("rest on it",)),
            ("What can be done here", ("right click",)),
            ("Step back one level", ("Esc",)),
        ],
    ),
)


class Shortcuts(QDialog):
    """Titles and keys, grouped as in the menus."""

    def __init__(self, parent: QWidget, groups: Iterable[tuple[str, list[Entry]]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        lists = [key_list(title, entries) for title, entries in groups]
        lists += [key_list(title, entries, str) for title, entries in MOUSE]
        inside = QWidget()
        inside.setLayout(row(*_columns(lists), spacing=36, margins=(24, 20, 24, 22)))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.setLayout(column(scroll))
        room = parent.window().size()
        wanted = inside.sizeHint()
        self.resize(min(wanted.width() + 16, room.width() - 40), min(wanted.height() + 4, room.height() - 60))


def _columns(lists: list[QWidget]) -> list[QBoxLayout]:
    """The lists one below another, in columns of about the same height."""
    heights = [0] * COLUMNS
    filled: list[list[QWidget]] = [[] for _ in range(COLUMNS)]
    for each in sorted(lists, key=lambda one: -one.sizeHint().height()):
        k = heights.index(min(heights))
        heights[k] += each.sizeHint().height()
        filled[k].append(each)
    return [column(*part, None, spacing=18) for part in filled]


def key_list(title: str, entries: Sequence[Entry], written: Callable[[str], str] | None = None) -> QWidget:
    """The keys of one menu below its title; `written` says how a key is spelled."""
    written = written or native
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    head = QLabel(title)
    head.setProperty("head", "1")
    grid.addWidget(head, 0, 0)
    for line, (name, keys) in enumerate(entries, 1):
        grid.addWidget(QLabel(name), line, 0)
        shown = QLabel("  ".join(written(k) for k in keys))
        shown.setFont(theme.named("field"))
        shown.setProperty("dim", "1")
        grid.addWidget(shown, line, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowStretch(len(entries) + 1, 1)
    result = QWidget()
    result.setLayout(grid)
    return result


def native(keys: str) -> str:
    """A shortcut as the platform writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
