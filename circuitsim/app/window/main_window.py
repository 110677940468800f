"""The main window: where everything stands; no logic of its own. What it opens is imported when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.view import CanvasView
from circuitsim.app.help.card import HelpCard
from circuitsim.app.panels._panel import Panel, PanelView
from circuitsim.app.plots.scope import Scope
from circuitsim.app.theme.measures import INSPECTOR, INSPECTOR_NARROW, NARROW, RAIL, RAIL_NARROW
from circuitsim.app.widgets.boxes import column, row
from circuitsim.app.window.bottom import bottom_of
from circuitsim.app.window.cards import Banner, Progress
from circuitsim.app.window.commands import Commands
from circuitsim.app.window.context_menu import ContextMenus
from circuitsim.app.window.drops import Drops
from circuitsim.app.window.exports import Exports
from circuitsim.app.window.files import Files
from circuitsim.app.window.frames import Frames
from circuitsim.app.window.keys import HeldKeys
from circuitsim.app.window.lesion_card import LesionCard
from circuitsim.app.window.lists import add_examples, add_kinds
from circuitsim.app.window.menu_row import MenuRow
from circuitsim.app.window.panes import Panes
from circuitsim.app.window.pins import PinCard
from circuitsim.app.window.recent import RecentMenu
from circuitsim.app.window.scope_height import ScopeHeight
from circuitsim.app.window.search import Search
from circuitsim.app.window.session import Session, keep_place
from circuitsim.app.window.side import Side
from circuitsim.app.window.status import StatusBar
from circuitsim.app.window.strip import Strip
from circuitsim.app.window.tour_card import TourCard
from circuitsim.app.window.tours import tours
from circuitsim.app.window.transport import Transport
from circuitsim.app.window.tutorial import TUTORIAL
from circuitsim.app.window.watch import ChangedCard, Watch
from circuitsim.io.examples import example
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from circuitsim.app.document.document import Document
    from circuitsim.app.document.preferences import Preferences
    from circuitsim.app.window.frame_log import FrameLog
    from circuitsim.app.window.journal import Slot
    from circuitsim.app.window.tour import Tour

LEAST = QSize(1024, 700)
USUAL = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Menus, transport, canvas, inspector, scope, status."""

    def __init__(self, document: Document, preferences: Preferences, slot: Slot | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(LEAST)
        self.resize(USUAL)
        self.document, self.preferences = document, preferences
        for part in (document, preferences):
            part.setParent(self)  # Qt deletes them with the window; Python might, in the thread of a run
        self.canvas = CanvasView(document)
        self.session = Session(document, preferences.store, slot)
        self.files = Files(document, self, preferences, self.session, self.canvas)
        self._leaving = False
        self.commands = Commands(self, self)
        self.panels: dict[str, PanelView] = {}
        self.panel_actions: dict[str, QAction] = {}
        for panel in collect("circuitsim.app.panels", "PANEL", Panel).values():
            self._add_panel(panel)
        scope = self.panels["scope"].findChild(Scope)
        assert scope is not None  # noqa: S101  (its panel holds it)
        self.exports = Exports(document, self, preferences, scope)
        self.menus = ContextMenus(self, self.commands)
        self.transport = Transport(document, self.commands)
        self.status = StatusBar(document)
        self.status.issues_asked.connect(lambda: self._turn_to("issues"))
        self.bottom = bottom_of(document, self.panels["scope"], self.commands.actions)
        self._lay_out()
        self.pins, self.banner = PinCard(document, self.canvas), Banner(document, self.canvas)
        self.banner.keep_beside(self.pins)
        self.strip = Strip(self.canvas, self.commands, preferences, self.files.open_known)
        self.watch = Watch(document)
        self.watch.setParent(self)
        self.changed_card = ChangedCard(document, self.watch, self.canvas)
        self.lesions, self.progress = LesionCard(document, self.canvas), Progress(document, self.canvas)
        self.lesions.keep_beside(self.pins)
        self.drops = Drops(self)
        preferences.due.connect(self._keep_settings)
        self.help = HelpCard(document, self.canvas)
        self.tour = TourCard(document, self.canvas, self.bottom.laboratory)
        self.tour.finished.connect(self.show_gallery)
        self.bottom.toured.connect(lambda name: self.show_tour(tours()[name]))
        self.keys = HeldKeys(self.canvas, self, lambda: self.commands.trigger("play"))
        self.frames = Frames(self, self.refresh)
        self.frame_log: FrameLog | None = None
        self.panes = Panes(
            self,
            [
                *(lambda view=view: (view, view) for view in self._panels_at("left")),
                lambda: (self.canvas, self.canvas),
                lambda: (self.side, self.side.view),
                lambda: (self.bottom, self.bottom.view),
                lambda: (self.transport, self.transport.play),
            ],
        )
        self._listen(document)
        self.canvas.setFocus()

    def _listen(self, document: Document) -> None:
        for signal in (document.state_changed, document.replaced, document.changed):
            signal.connect(self._sync_title)
        edits = document.changed, document.replaced, document.selection_changed, document.state_changed
        for signal in (*edits, document.looked):
            signal.connect(self.commands.refresh)
        for signal in (document.derived, document.replaced):
            signal.connect(self._count_issues)
        document.selection_changed.connect(self._on_selection)
        document.pointed_at.connect(self.canvas.show_element)
        self.canvas.acted.connect(self.status.settle)
        self._count_issues()
        self._sync_title()

    # what stands where --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """From the outside in: a widget that is given a parent is dressed anew, with everything in it."""
        root, middle = QWidget(), QWidget()
        self.setCentralWidget(root)
        body = column(self.transport, middle, self.bottom, self.status)
        body.setStretch(1, 1)
        root.setLayout(body)
        right = [
            (name, self.panel_actions[name].text(), view)
            for name, view in self.panels.items()
            if view in self._panels_at("right")
        ]
        self.side = Side(right, middle)
        line = row(*self._panels_at("left"), self.canvas, self.side, spacing=0)
        line.setStretchFactor(self.canvas, 1)
        middle.setLayout(line)
        self._scope_height = ScopeHeight(self, self.bottom, self.document, middle)
        self._head = self._menu_row()
        self.setMenuWidget(self._head)

    def _panels_at(self, side: str) -> list[PanelView]:
        return [view for view in self.panels.values() if view.property("side") == side]

    def _add_panel(self, panel: Panel) -> None:
        view = panel.build(self.document)
        view.setProperty("side", panel.side)
        self.panels[panel.id] = view
        action = QAction(panel.title, self)
        action.setShortcut(QKeySequence(panel.shortcut))
        if panel.side == "right" and len(self._panels_at("right")) > 1:
            action.triggered.connect(lambda: self._turn_to(panel.id))
        else:
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(lambda on: self._show_panel(view, on=on))
        self.addAction(action)
        self.panel_actions[panel.id] = action

    def _show_panel(self, view: PanelView, *, on: bool) -> None:
        place = next((p for p in (self.side, self.bottom) if p.isAncestorOf(view)), view)
        place.setVisible(on)

    def _turn_to(self, panel: str) -> None:
        """Bring a panel behind the inspector to the front, or the inspector back."""
        shown = self.side.isVisible() and self.side.front == panel
        self.panel_actions["inspector"].setChecked(True)
        self.side.turn_to("inspector" if shown else panel)

    def _on_selection(self) -> None:
        """What is selected anywhere but in the list of issues is there to be inspected."""
        if not self.panels["issues"].isAncestorOf(QApplication.focusWidget() or self):
            self.side.turn_to("inspector")

    def _count_issues(self) -> None:
        self.side.show_count("issues", len(self.document.problems()))

    def _menu_row(self) -> MenuRow:
        extra = {
            "File": self._add_files,
            "View": self._add_panels,
            "Insert": lambda menu: add_kinds(menu, self),
        }
        bar = self.commands.menu_bar(extra)
        self.search = Search(self, self.document, self.commands)
        self.search.offer((*self.panel_actions.values(), *self._examples.actions()))
        return MenuRow(self.document, bar, self.search)

    def _add_panels(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addActions(list(self.panel_actions.values()))

    def _add_files(self, menu: QMenu) -> None:
        menu.addMenu(RecentMenu(menu, self.preferences, self.files.open_known))
        self._examples = add_examples(menu, self.files.open_example)

    def _sync_title(self) -> None:
        self._head.sync()
        self.setWindowTitle(f"{self.document.name}{'*' if self.document.dirty else ''} – circuitsim")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panels are smaller in a small window."""
        super().resizeEvent(event)
        for view in self._panels_at("left"):
            view.setFixedWidth(RAIL_NARROW if self.width() < NARROW else RAIL)
        self.search.field.fold(narrow=self.width() < NARROW)
        self.side.setFixedWidth(INSPECTOR_NARROW if self.width() < NARROW else INSPECTOR)
        self._scope_height.adjust()

    # frames -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the newest state everywhere."""
        parts = self._parts()
        if self.frame_log is not None:
            self.frame_log.draw(parts)
            return
        for _, draw in parts:
            draw()

    def _parts(self) -> list[tuple[str, Callable[[], object]]]:
        """What a frame consists of, by name."""
        return [
            ("canvas", self.canvas.refresh),
            *((name, view.refresh if view.isVisible() else _nothing) for name, view in self.panels.items()),
            ("laboratory", self.bottom.refresh),
            ("transport", self.transport.refresh),
            ("cards", self._refresh_cards),
            ("status", lambda: self.status.refresh(self.frames.rate, self.frames.dropped)),
        ]

    def _refresh_cards(self) -> None:
        for card in (self.pins, self.help, self.banner, self.tour, self.lesions, self.progress):
            card.refresh()

    def log_frames(self, path: Path) -> None:
        """Write down how long every frame takes.

        Raises:
            InputError: If the file cannot be written.
        """
        from circuitsim.app.window.frame_log import FrameLog

        self.frame_log = FrameLog(path, self.document, self)

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
        self.exports.traces()

    def save_run(self) -> None:
        """Ask for a name and write the log of the run."""
        self.exports.run()

    def import_file(self) -> None:
        """Ask for a file of another kind and make a circuit of it."""
        self.files.ask_import()

    def export_picture(self) -> None:
        """Ask which picture to write and write it."""
        self.exports.picture()

    def copy_script(self) -> None:
        """Put a Python script that computes the run again on the clipboard."""
        self.exports.script()

    def run_for(self) -> None:
        """Ask how long and run."""
        self.transport.ask_run_for()

    def stop_when(self) -> None:
        """Ask for a condition at which the run stops."""
        self.transport.ask_stop_when()

    def switch_theme(self) -> None:
        """Light to dark and back."""
        self.preferences.set(theme="light" if theme.coming().is_dark else "dark")

    def show_settings(self) -> None:
        """Show the settings, or bring them to the front."""
        from circuitsim.app.window import dialogs

        dialogs.show_settings(self)

    def show_tutorial(self) -> None:
        """Lead through the first steps."""
        self.show_tour(TUTORIAL)

    def show_tour(self, tour: Tour) -> None:
        """Lead through some steps, on the example they are made for."""
        self.strip.hide()
        self.files.open_example(example(tour.example).path, lambda: self.tour.begin(tour))

    def show_laboratory(self, name: str) -> None:
        """Bring a laboratory to the front, below the canvas."""
        self.panel_actions["scope"].setChecked(True)
        self.bottom.turn_to(name)

    def compare_unfolds(self) -> None:
        """Show what integrating exactly would make of the network."""
        from circuitsim.app.dialogs.unfolds import compare_unfolds

        compare_unfolds(self, self.document)

    def show_gallery(self) -> None:
        """Show the examples as live pictures; one that is opened takes the place of the circuit."""
        from circuitsim.app.window import dialogs

        dialogs.show_gallery(self)

    def go_to_pane(self, way: int) -> None:
        """Give the focus to the next pane, or to the one before."""
        self.panes.go(way)

    def show_search(self) -> None:
        """Search for commands and elements."""
        self.search.ask()

    def show_shortcuts(self) -> None:
        """List the keys."""
        from circuitsim.app.window import dialogs

        dialogs.show_shortcuts(self)

    # the end ------------------------------------------------------------------------------------

    def _keep_settings(self) -> None:
        """Write the settings away from this thread."""
        self.document.bridge.run(
            "",
            lambda _job: self.preferences.store.write(),
            failed=lambda e: self.document.refuse(e.issues[0]),
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then stop everything."""
        if not self._leaving and not self.files.may_leave(self.leave_at_once):
            event.ignore()
            return
        self.session.keep(given_up=self.files.given_up)
        keep_place(self, self.preferences.store)
        self.frames.stop()
        if self.frame_log is not None:
            self.frame_log.close()
        self.panes.stop()
        self.status.stop()
        self.watch.stop()
        self.keys.stop()
        self.hide()  # the run may have to finish something
        self.document.close()
        self.preferences.finish()
        super().closeEvent(event)

    def leave_at_once(self) -> None:
        """Close without asking; what is not saved waits for the next start."""
        self._leaving = True
        self.close()


def _nothing() -> None:
    """What a part draws that is hidden."""
