"""The palette: what can be added, to drag onto the canvas or to take in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from circuitsim.app import theme
from circuitsim.app.canvas.offers import (
    INPUT_KEY,
    NETWORK_KEY,
    NEURON_KEY,
    NOTE_KEY,
    OUTPUT_KEY,
    SYNAPSE_KEY,
    USUAL_INPUT,
    USUAL_NETWORK,
    USUAL_NEURON,
    taken_keys,
)
from circuitsim.app.canvas.sizes import is_button
from circuitsim.app.document.names import told
from circuitsim.app.document.tools import Family, Tool
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.panels._variants import Variants, declared, variants_of
from circuitsim.app.theme.measures import RAIL
from circuitsim.app.widgets.boxes import Line, column
from circuitsim.circuit.wiring import Effect

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QEnterEvent, QMouseEvent, QResizeEvent

    from circuitsim.app.document.document import Document

TALL, LOW = 46, 34  # px, of a tile with its name and without
ICON = 20
BESIDE = 4  # px between the rail and the card of kinds


@dataclass(frozen=True, slots=True)
class Part:
    """One tile of the palette.

    Attributes:
        title: Its name.
        icon: Name of its icon.
        family: What it adds; None for the tiles that add nothing.
        kind: Kind it begins with.
        key: Key that does the same.
        use: What to do with it, for the hint line.
    """

    title: str
    icon: str
    family: Family | None
    kind: str
    key: str
    use: str


DRAG = "drag onto the canvas, or click here and then there"
PARTS = (
    Part("Neuron", "neuron", Family.NEURON, USUAL_NEURON, NEURON_KEY, DRAG),
    Part(
        "Synapse", "synapse", Family.SYNAPSE, Effect.EXCITATORY, SYNAPSE_KEY,
        "click, then drag from a neuron or an input to a neuron",
    ),
    Part("Input", "input", Family.INPUT, USUAL_INPUT, INPUT_KEY, DRAG),
    Part("Network", "block", Family.NETWORK, USUAL_NETWORK, NETWORK_KEY, DRAG),
    Part("Output", "probe", Family.OUTPUT, "", OUTPUT_KEY, "drag onto the neuron that it shall read, or click both"),
    Part("Note", "note", Family.NOTE, "", NOTE_KEY, DRAG),
)  # fmt: skip
SELECT = Part("Select", "select", None, "", "Esc", "select, move and connect with the mouse")
FIND = Part("Find", "search", None, "", "Ctrl+F", "find what is there by its name")


class Tile(QToolButton):
    """A button that can be dragged away.

    Signals:
        carried: The mouse drags it over a point of the screen.
        let_go: And lets it go there.
        pointed: The mouse is over it, or no longer.
    """

    carried = Signal(object)
    let_go = Signal(object)
    pointed = Signal(bool)

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self._away = False
        self.setObjectName("railbtn")
        self.setText(part.title)
        self.setAccessibleName(part.title)
        self.setIconSize(QSize(ICON, ICON))
        self.setCheckable(part.title != FIND.title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag or a click begins."""
        self._away = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragged beside the tile it becomes what it stands for."""
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if held and self.part.family is not None and not self.rect().contains(event.position().toPoint()):
            self._away = True
        if self._away:
            self.carried.emit(event.globalPosition().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it, or click it."""
        if self._away:
            self._away = False
            self.setDown(False)
            self.let_go.emit(event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what it is for."""
        super().enterEvent(event)
        self.pointed.emit(True)  # noqa: FBT003  (Qt's signals have no keywords)

    def leaveEvent(self, event: QEvent) -> None:
        """Say nothing more."""
        super().leaveEvent(event)
        self.pointed.emit(False)  # noqa: FBT003


class Palette(PanelView):
    """Tiles from top to bottom, and beside them the kinds of the tool in hand."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Palette")
        self._document = document
        self._kinds: dict[Family, str] = {part.family: part.kind for part in PARTS if part.family}
        self._carrying = False
        self.tiles = {part.title: self._tile(part) for part in (SELECT, *PARTS, FIND)}
        parts = [self.tiles[part.title] for part in PARTS]
        self.setLayout(
            column(
                self.tiles["Select"], 3, Line(), 3, *parts, 3, Line(), 3, self.tiles["Find"], None,
                spacing=2, margins=(4, 6, 4, 6),
            )
        )  # fmt: skip
        self.variants = Variants(self)
        self.variants.chosen.connect(self._choose)
        self.variants.menu_asked.connect(self._offer_help)
        self.tiles["Select"].clicked.connect(document.tools.disarm)
        self.tiles["Find"].clicked.connect(document.tools.find_asked)
        document.tools.changed.connect(self._sync)
        for signal in (document.changed, document.replaced):
            signal.connect(self._name)
        theme.changed.connect(self._dress)
        self._dress()
        self._name()
        self._sync()

    def _tile(self, part: Part) -> Tile:
        tile = Tile(part)
        tile.carried.connect(lambda at, t=tile: self._carry(t, at))
        tile.let_go.connect(lambda at, t=tile: self._drop(t, at))
        tile.pointed.connect(lambda over, p=part: self._document.set_hint(self._hint(p) if over else ""))
        if part.family is not None:
            tile.clicked.connect(lambda _checked=False, t=tile: self._toggle(t))
        if part.kind:
            tile.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            tile.customContextMenuRequested.connect(
                lambda at, t=tile, f=part.family: self._open_menu(f, self._kinds[f], t.mapToGlobal(at))
            )
        return tile

    # what it does -------------------------------------------------------------------------------

    def _tool(self, family: Family) -> Tool:
        return Tool(family, self._kinds[family])

    def _toggle(self, tile: Tile) -> None:
        """Take the tool of a tile in hand, or lay it down."""
        tools, family = self._document.tools, tile.part.family
        assert family is not None  # noqa: S101  (others are not connected)
        if tools.armed is not None and tools.armed.family is family:
            tools.disarm()
        else:
            tools.arm(self._tool(family))
        self._sync()

    def _carry(self, tile: Tile, at: object) -> None:
        """A tile is dragged; a synapse cannot be, but is drawn."""
        tools, family = self._document.tools, tile.part.family
        if family is None or family is Family.SYNAPSE:
            return
        if not self._carrying:
            self._carrying = True
            tools.arm(self._tool(family))
        if tools.armed is not None:  # Escape may have laid it down on the way
            tools.carried.emit(at)

    def _drop(self, tile: Tile, at: object) -> None:
        tools = self._document.tools
        carrying, self._carrying = self._carrying, False
        if carrying and tools.armed is not None:
            tools.dropped.emit(at)
        elif tile.part.family is Family.SYNAPSE:
            tools.arm(self._tool(Family.SYNAPSE))

    def _choose(self, kind: str) -> None:
        armed = self._document.tools.armed
        if armed is not None:
            self._kinds[armed.family] = kind
            self._document.tools.arm(Tool(armed.family, kind))

    def _offer_help(self, kind: str, at: QPoint) -> None:
        armed = self._document.tools.armed
        if armed is not None:
            self._open_menu(armed.family, kind, at)

    def _open_menu(self, family: Family, kind: str, at: QPoint) -> None:
        """Offer to say what a kind is."""
        found = declared(self._document.circuit.kinds, family, kind)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if found is not None:
            menu.addAction(f"What is {found.title}?", lambda: self._document.tools.help_asked.emit(found))
        menu.popup(at)

    # how it looks -------------------------------------------------------------------------------

    def _sync(self) -> None:
        """Show which tool is in hand, and its kinds beside it."""
        armed = self._document.tools.armed
        for tile in self.tiles.values():
            mine = armed.family if armed is not None else None
            tile.setChecked(tile.isCheckable() and tile.part.family is mine)
        if armed is None:
            self.variants.hide()
            return
        rows = variants_of(self._document.circuit.kinds, armed.family)
        tile = next(t for t in self.tiles.values() if t.part.family is armed.family)
        if len(rows) > 1 and not self._carrying:
            self.variants.offer(rows, armed.kind, tile, BESIDE)
            kinds = {k: declared(self._document.circuit.kinds, armed.family, k) for k, _, _ in rows}
            self.variants.explain({k: told(found) for k, found in kinds.items() if found is not None})

    def _hint(self, part: Part) -> str:
        worked = taken_keys(self._document.circuit).get(part.key)
        if worked is not None:
            act = "presses" if is_button(worked) else "works"
            return f"{part.use} · {part.key} {act} {worked.name} here"
        return f"{part.use} · {part.key}"

    def _name(self) -> None:
        """Name the keys that work in this circuit."""
        taken = taken_keys(self._document.circuit)
        for tile in self.tiles.values():
            part = tile.part
            tile.setToolTip(part.title if part.key in taken else f"{part.title} ({part.key})")

    def _dress(self) -> None:
        for tile in self.tiles.values():
            tile.setIcon(theme.icon(tile.part.icon, ICON))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < RAIL
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        )
        for tile in self.tiles.values():
            tile.setToolButtonStyle(style)
            tile.setFixedHeight(LOW if narrow else TALL)


def _build(document: Document) -> PanelView:
    return Palette(document)


PANEL = Panel("palette", "Palette", "left", "F9", _build)
