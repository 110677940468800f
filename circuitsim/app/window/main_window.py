"""The main window: where everything stands; no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QMenu, QWidget

from circuitsim.app import theme
from circuitsim.app.actions import ACTIONS, MENUS
from circuitsim.app.canvas.view import CanvasView
from circuitsim.app.dialogs.gallery import Gallery
from circuitsim.app.dialogs.shortcuts import Shortcuts
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.theme.measures import (
    INSPECTOR,
    INSPECTOR_NARROW,
    LOW,
    MENU,
    NARROW,
    SCOPE,
    SCOPE_NARROW,
)
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.cards import Banner, Progress
from circuitsim.app.window.commands import Commands
from circuitsim.app.window.files import Files
from circuitsim.app.window.frames import Frames
from circuitsim.app.window.keys import HeldKeys
from circuitsim.app.window.status import StatusBar
from circuitsim.app.window.transport import Transport
from circuitsim.io.examples import examples
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from circuitsim.app.document.document import Document

LEAST = QSize(1024, 700)
USUAL = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Menus, transport, canvas, inspector, scope, status."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(LEAST)
        self.resize(USUAL)
        self.document = document
        self.canvas = CanvasView(document)
        self.files = Files(document, self)
        self._leaving = False
        self.commands = Commands(self, self)
        self.panels: dict[str, PanelView] = {}
        self._panel_actions: list[QAction] = []
        for panel in collect("circuitsim.app.panels", "PANEL", Panel).values():
            self._add_panel(panel)
        self.transport = Transport(document, self.commands)
        self.status = StatusBar(document)
        self._lay_out()
        self.banner = Banner(document, self.canvas)
        self.progress = Progress(document, self.canvas)
        self.keys = HeldKeys(self.canvas, self, lambda: self.commands.trigger("play"))
        self.frames = Frames(self, self.refresh)
        for signal in (document.state_changed, document.replaced, document.changed):
            signal.connect(self._sync_title)
        for signal in (
            document.changed,
            document.replaced,
            document.selection_changed,
            document.state_changed,
            document.looked,
        ):
            signal.connect(self.commands.refresh)
        self._sync_title()
        self.canvas.setFocus()

    # what stands where --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setLayout(row(self.canvas, *self._panels_at("right"), spacing=0))
        layout = middle.layout()
        assert layout is not None  # noqa: S101  (set above)
        layout.setStretch(0, 1)  # type: ignore[attr-defined]
        root = QWidget()
        body = column(self.transport, middle, *self._panels_at("bottom"), self.status)
        body.setStretch(1, 1)
        root.setLayout(body)
        self.setCentralWidget(root)
        self.setMenuWidget(self._menu_row())

    def _panels_at(self, side: str) -> list[PanelView]:
        return [view for view in self.panels.values() if view.property("side") == side]

    def _add_panel(self, panel: Panel) -> None:
        view = panel.build(self.document)
        view.setProperty("side", panel.side)
        self.panels[panel.id] = view
        action = QAction(panel.title, self)
        action.setCheckable(True)
        action.setChecked(True)
        action.setShortcut(QKeySequence(panel.shortcut))
        action.toggled.connect(view.setVisible)
        self.addAction(action)
        self._panel_actions.append(action)

    def _menu_row(self) -> QFrame:
        top = QFrame()
        top.setObjectName("menurow")
        top.setFixedHeight(MENU)
        top.setAutoFillBackground(True)
        bar = self.commands.menu_bar({"File": self._add_examples, "View": self._add_panels})
        self._name, self._mark = QLabel(), QLabel()
        self._name.setFont(theme.named("field"))
        self._mark.setProperty("dim", "2")
        name = QWidget()
        name.setLayout(row(self._name, self._mark, spacing=0))
        left, right = QWidget(), QWidget()
        left.setLayout(row(bar, None))
        line = row(left, name, right, spacing=0)
        line.setStretch(0, 1)
        line.setStretch(2, 1)
        top.setLayout(line)
        return top

    def _add_panels(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addActions(self._panel_actions)

    def _add_examples(self, menu: QMenu) -> None:
        self._examples = menu.addMenu("Examples")
        for example in examples():
            action = self._examples.addAction(example.title)
            action.setObjectName(f"example:{example.id}")
            action.triggered.connect(lambda _checked=False, e=example: self.files.open_example(e.path))

    def _sync_title(self) -> None:
        doc = self.document
        self._name.setText(doc.name)
        suffix = ".circuit.json" if doc.path is not None else ""
        self._mark.setText(f"{suffix}  •" if doc.dirty else suffix)
        self._mark.setToolTip("Changes are not saved" if doc.dirty else "")
        self.setWindowTitle(f"{doc.name}{'*' if doc.dirty else ''} – circuitsim")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panels are smaller in a small window."""
        super().resizeEvent(event)
        for view in self._panels_at("right"):
            view.setFixedWidth(INSPECTOR_NARROW if self.width() < NARROW else INSPECTOR)
        for view in self._panels_at("bottom"):
            view.setFixedHeight(SCOPE_NARROW if self.height() < LOW else SCOPE)

    # frames -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the newest state everywhere."""
        self.canvas.refresh()
        for view in self.panels.values():
            if view.isVisible():
                view.refresh()
        self.transport.refresh()
        self.banner.refresh()
        self.progress.refresh()
        self.status.refresh(self.frames.rate)

    # what actions ask for -----------------------------------------------------------------------

    def new(self) -> None:
        """An empty circuit."""
        self.files.new()

    def open(self) -> None:
        """Ask for a circuit and open it."""
        self.files.open()

    def save(self) -> None:
        """Save."""
        self.files.save()

    def save_as(self) -> None:
        """Ask for a name and save."""
        self.files.save_as()

    def export_traces(self) -> None:
        """Ask what to export and write it."""
        self.files.export()

    def save_run(self) -> None:
        """Ask for a name and write the log of the run."""
        self.files.save_run()

    def run_for(self) -> None:
        """Ask how long and run."""
        self.transport.ask_run_for()

    def switch_theme(self) -> None:
        """Light to dark and back."""
        theme.set_theme("light" if theme.current().is_dark else "dark")

    def show_gallery(self) -> None:
        """Show the examples as live pictures; one that is opened takes the place of the circuit."""
        gallery = Gallery(self, self.document.bridge)
        gallery.opened.connect(lambda example: self.files.open_example(example.path))
        gallery.show()

    def show_shortcuts(self) -> None:
        """List the keys."""
        groups = [
            (menu, [(a.title.removesuffix("…"), a.keys) for a in ACTIONS if a.menu == menu and a.keys])
            for menu in MENUS
        ]
        panels: list[tuple[str, tuple[str, ...]]] = [
            (a.text(), (a.shortcut().toString(),)) for a in self._panel_actions
        ]
        Shortcuts(self, [(m, e + panels if m == "View" else e) for m, e in groups]).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then stop everything."""
        if not self._leaving and not self.files.may_leave(self._leave):
            event.ignore()
            return
        self.frames.stop()
        self.status.stop()
        self.keys.stop()
        self.document.close()
        super().closeEvent(event)

    def _leave(self) -> None:
        self._leaving = True
        self.close()
