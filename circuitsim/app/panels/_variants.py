"""The kinds of the tool in hand, on a card beside the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.offers import INPUT_ICONS
from circuitsim.app.document.tools import Family
from circuitsim.app.widgets.boxes import clear, column
from circuitsim.circuit.wiring import Effect, has_effect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from circuitsim.spec.kind import Declaration, Kinds

ROW = 28  # px
EFFECT_ICONS = {
    Effect.EXCITATORY: "synapse",
    Effect.INHIBITORY: "inhibit",
    Effect.ELECTRICAL: "gap",
    Effect.DIRECTED: "gap-directed",
    Effect.CLAMP: "electrode",
}
EFFECT_KEYS = {
    Effect.EXCITATORY: "",
    Effect.INHIBITORY: "Shift",
    Effect.ELECTRICAL: "Ctrl",
    Effect.DIRECTED: "Ctrl+Shift",
    Effect.CLAMP: "",
}

Variant = tuple[str, str, str]  # id, title, icon


def variants_of(kinds: Kinds, family: Family) -> list[Variant]:
    """Id, title and icon of every kind of a family; of synapses their effects."""
    match family:
        case Family.NEURON:
            return [(k.id, k.title, "neuron") for k in kinds.neurons.values()]
        case Family.INPUT:
            return [(k.id, k.title, INPUT_ICONS.get(k.id, "wave")) for k in kinds.stimuli.values()]
        case Family.NETWORK:
            return [(k.id, k.title, "block") for k in kinds.cells.values()]
        case Family.SYNAPSE:
            return [(e, e.capitalize(), EFFECT_ICONS[e]) for e in Effect]
    return []


def declared(kinds: Kinds, family: Family, kind: str) -> Declaration | None:
    """The declaration of a kind; of an effect that of the first synapse that has it."""
    match family:
        case Family.NEURON:
            return kinds.neurons[kind]
        case Family.INPUT:
            return kinds.stimuli[kind]
        case Family.NETWORK:
            return kinds.cells[kind]
        case Family.SYNAPSE:
            return next((k for k in kinds.synapses.values() if has_effect(k, Effect(kind))), None)
    return None


class Variants(QFrame):
    """One row per kind; it shows while the tool is in hand.

    Signals:
        chosen: Id of the kind that was clicked.
        menu_asked: Id of the kind whose menu is wanted, and where (QPoint on the screen).
    """

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, beside: QWidget) -> None:
        super().__init__(beside)
        self.setObjectName("picker")
        self._beside = beside
        self._box = column(spacing=1, margins=(4, 4, 4, 4))
        self.setLayout(self._box)
        self.rows: dict[str, QToolButton] = {}
        self.hide()

    def explain(self, tips: Mapping[str, str]) -> None:
        """Say in tooltips what kinds are."""
        for kind, button in self.rows.items():
            button.setToolTip(tips.get(kind, ""))

    def offer(self, rows: Sequence[Variant], current: str, tile: QWidget, gap: int) -> None:
        """Show the kinds of a tile at its right."""
        if [row[0] for row in rows] != list(self.rows):
            self._fill(rows)
        for kind, button in self.rows.items():
            button.setChecked(kind == current)
        window = self._beside.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.adjustSize()
        self.move(tile.mapTo(window, QPoint(tile.width() + gap + 4, 0)))
        self.show()
        self.raise_()

    def _fill(self, rows: Sequence[Variant]) -> None:
        clear(self._box)
        self.rows = {}
        for kind, title, icon in rows:
            button = QToolButton()
            button.setObjectName("variant")
            button.setText(f"  {title}")
            button.setIcon(theme.icon(icon, 18))
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setFixedSize(168, ROW)
            button.clicked.connect(lambda _checked=False, k=kind: self.chosen.emit(k))
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(
                lambda at, k=kind, b=button: self.menu_asked.emit(k, b.mapToGlobal(at))
            )
            self._box.addWidget(button)
            self.rows[kind] = button
