"""The table of actions; menus, bars, shortcuts and the list of shortcuts read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from circuitsim.analysis import analyses
from circuitsim.app.canvas import arrange
from circuitsim.app.canvas.offers import (
    ELECTRODE_KEY,
    INPUT_KEY,
    NETWORK_KEY,
    NEURON_KEY,
    NOTE_KEY,
    OUTPUT_KEY,
    SYNAPSE_KEY,
    USUAL_INPUT,
    USUAL_NETWORK,
    USUAL_NEURON,
)
from circuitsim.app.document import clipboard
from circuitsim.app.document.lesion import can_mute, toggle_muted
from circuitsim.app.document.start import TAKE, take_present
from circuitsim.app.document.tools import Family
from circuitsim.circuit.edits import Delete, SetTraced
from circuitsim.circuit.elements import DOCUMENT_ID, Neuron

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.document import Document


class Desk(Protocol):
    """What actions work on: the window, seen from below."""

    @property
    def document(self) -> Document:
        """What is open."""

    @property
    def canvas(self) -> CanvasView:
        """The drawing."""

    def new(self) -> None:
        """An empty circuit."""

    def open(self) -> None:
        """Ask for a file and open it."""

    def save(self) -> None:
        """Save, under a name that is asked for if there is none."""

    def save_as(self) -> None:
        """Ask for a name and save."""

    def export_traces(self) -> None:
        """Ask what to export and do it."""

    def save_run(self) -> None:
        """Ask for a name and write the log of the run."""

    def import_file(self) -> None:
        """Ask for a file of another kind and make a circuit of it."""

    def export_picture(self) -> None:
        """Ask which picture to write and write it."""

    def copy_script(self) -> None:
        """Put a Python script that computes the run again on the clipboard."""

    def run_for(self) -> None:
        """Ask how long and run."""

    def stop_when(self) -> None:
        """Ask for a condition at which the run stops."""

    def show_laboratory(self, name: str) -> None:
        """Bring a laboratory to the front."""

    def compare_unfolds(self) -> None:
        """Show what integrating exactly would make of the network."""

    def show_gallery(self) -> None:
        """Show the examples."""

    def show_tutorial(self) -> None:
        """Lead through the first steps."""

    def go_to_pane(self, way: int) -> None:
        """Give the focus to the next pane (1), or to the one before (-1)."""

    def show_search(self) -> None:
        """Search for commands and elements."""

    def show_shortcuts(self) -> None:
        """List the keys."""

    def show_settings(self) -> None:
        """Show the settings of the program."""

    def switch_theme(self) -> None:
        """Light to dark and back."""

    def close(self) -> bool:
        """Leave."""


@dataclass(frozen=True)
class Action:
    """One thing a user can do.

    Attributes:
        id: Name in code.
        title: Name for people; three dots if it asks something first.
        menu: Menu it stands in; a line stands before it if its group differs from that of its neighbour.
        group: Number of its group in the menu.
        run: Does it.
        keys: Shortcuts; the first one is shown.
        icon: Icon in bars; empty for none.
        enabled: When it can be done.
        detail: What stands behind the title in menus, for instance what would be undone.
        held: True if the key is not a shortcut, because the window or the canvas listens for its release.
        submenu: Title of the menu within the menu in which it stands; empty for none.
    """

    id: str
    title: str
    menu: str
    group: int
    run: Callable[[Desk], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    enabled: Callable[[Desk], bool] = lambda _desk: True
    held: bool = False
    detail: Callable[[Desk], str] | None = None
    submenu: str = ""


MENUS = ("File", "Edit", "View", "Insert", "Run", "Analyse", "Help")


def _play(desk: Desk) -> None:
    simulator = desk.document.simulator
    if simulator.status().playing:
        simulator.pause()
    elif simulator.status().failure is None:
        desk.document.play()


def _delete(desk: Desk) -> None:
    desk.document.push(Delete(desk.document.selection), select=())


def _select_all(desk: Desk) -> None:
    desk.document.select(i for i in desk.document.circuit.elements if i != DOCUMENT_ID)


def _toggle_traces(desk: Desk) -> None:
    """Show all selected neurons on the scope; if they are there already, take them off it."""
    document = desk.document
    elements, traced = document.circuit.elements, document.traced
    chosen = [i for i in sorted(document.selection) if isinstance(elements.get(i), Neuron)]
    missing = tuple(i for i in chosen if i not in traced)
    ids = (*traced, *missing) if missing else tuple(i for i in traced if i not in chosen)
    document.push(SetTraced(ids))


def _paste(desk: Desk) -> None:
    clipboard.paste(desk.document, desk.canvas.pointer_at)


def _tidy(desk: Desk) -> None:
    whole = not _several(desk)
    arrange.tidy(desk.document, desk.canvas.fit if whole else None)


def _align(side: str) -> Callable[[Desk], None]:
    return lambda desk: arrange.align(desk.document, side)


def _add_anything(desk: Desk) -> None:
    desk.canvas.quick.add(desk.canvas.tooling.place())


def _ask_network(desk: Desk) -> None:
    from circuitsim.app.dialogs.network import ask_network  # with it come wirings, which nothing else needs

    ask_network(desk.document, desk.canvas)


def _add(family: Family, kind: str = "") -> Callable[[Desk], None]:
    return lambda desk: desk.canvas.tooling.add(family, kind)


def _one(desk: Desk) -> bool:
    return arrange.at_least(desk.document, 1) and not _several(desk)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _some(desk: Desk) -> bool:
    return bool(desk.document.selection)


def _several(desk: Desk) -> bool:
    return arrange.at_least(desk.document, 2)


def _has_neurons(desk: Desk) -> bool:
    return bool(desk.document.circuit.neurons)


def _can_run(desk: Desk) -> bool:
    return _has_neurons(desk) and desk.document.status().failure is None


def _can_play(desk: Desk) -> bool:  # what runs can be paused, though its last neuron may be gone
    return desk.document.status().playing or _can_run(desk)


def _some_mutable(desk: Desk) -> bool:
    return can_mute(desk.document)


def _calls_cell(desk: Desk) -> bool:
    """Whether the solver is one that calls a cell instead of following the equation."""
    solver = desk.document.status().solver
    return bool(solver) and desk.document.circuit.kinds.solvers[solver].calls


def _open(laboratory: str) -> Callable[[Desk], object]:
    return lambda desk: desk.show_laboratory(laboratory)


def _some_neuron(desk: Desk) -> bool:
    return desk.document.chosen.count(Neuron) > 0


ACTIONS: tuple[Action, ...] = (
    Action("new", "New", "File", 0, lambda d: d.new(), ("Ctrl+N",), "plus"),
    Action("open", "Open…", "File", 0, lambda d: d.open(), ("Ctrl+O",), "folder"),
    Action("gallery", "Example gallery…", "File", 0, lambda d: d.show_gallery(), ("Ctrl+Shift+O",)),
    Action("import", "Import…", "File", 0, lambda d: d.import_file(), ("Ctrl+I",), "import"),
    Action("save", "Save", "File", 1, lambda d: d.save(), ("Ctrl+S",), "save"),
    Action("save_as", "Save as…", "File", 1, lambda d: d.save_as(), ("Ctrl+Shift+S",)),
    Action(
        "export", "Export traces…", "File", 2, lambda d: d.export_traces(), ("Ctrl+E",), "export", _has_neurons
    ),
    Action(
        "save_run", "Save run…", "File", 2, lambda d: d.save_run(), ("Ctrl+Alt+S",), "", _has_neurons
    ),
    Action("export_picture", "Export picture…", "File", 2, lambda d: d.export_picture(), ("Ctrl+Shift+E",), "camera"),
    Action(
        "copy_script", "Copy as Python", "File", 2, lambda d: d.copy_script(), ("Ctrl+Shift+P",), "", _has_neurons
    ),
    Action("quit", "Quit", "File", 3, lambda d: d.close(), ("Ctrl+Q",)),
    Action(
        "undo", "Undo", "Edit", 0, lambda d: d.document.stack.undo(), ("Ctrl+Z",), "undo",
        lambda d: d.document.stack.canUndo(), detail=lambda d: _small(d.document.stack.undoText()),
    ),
    Action(
        "redo", "Redo", "Edit", 0, lambda d: d.document.stack.redo(), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo",
        lambda d: d.document.stack.canRedo(), detail=lambda d: _small(d.document.stack.redoText()),
    ),
    Action("cut", "Cut", "Edit", 1, lambda d: clipboard.cut(d.document), ("Ctrl+X",), "", _some),
    Action("copy", "Copy", "Edit", 1, lambda d: clipboard.copy(d.document), ("Ctrl+C",), "copy", _some),
    Action("paste", "Paste", "Edit", 1, _paste, ("Ctrl+V",)),
    Action(
        "duplicate", "Duplicate", "Edit", 1, lambda d: clipboard.duplicate(d.document), ("Ctrl+D",), "", _some
    ),
    Action("delete", "Delete", "Edit", 1, _delete, ("Del", "Backspace"), "trash", _some),
    Action("select_all", "Select all", "Edit", 1, _select_all, ("Ctrl+A",)),
    Action("trace", "Show or hide on the scope", "Edit", 2, _toggle_traces, ("V",), "eye", _some_neuron),
    Action("mute", "Mute or let act again", "Edit", 2, lambda d: toggle_muted(d.document), ("M",), "mute", _some_mutable),
    Action("tidy", "Tidy", "Edit", 3, _tidy, ("Ctrl+L",), "layout", _has_neurons),
    *(
        Action(
            f"align_{side}", title, "Edit", 3, _align(side), (keys,), icon, _several,
            submenu="Align",
        )
        for side, title, keys, icon in (
            ("left", "Left sides", "Ctrl+Shift+Left", "align-left"),
            ("right", "Right sides", "Ctrl+Shift+Right", "align-right"),
            ("top", "Tops", "Ctrl+Shift+Up", "align-top"),
            ("bottom", "Bottoms", "Ctrl+Shift+Down", "align-bottom"),
            ("centre", "One above the other", "Ctrl+Shift+C", "align-h-center"),
            ("middle", "Side by side", "Ctrl+Shift+M", "align-v-center"),
        )
    ),
    Action("rename", "Edit name or note", "Edit", 4, lambda d: d.canvas.tooling.rename(), ("F2",), "", _one),
    Action("find", "Find…", "Edit", 4, lambda d: d.canvas.quick.find(), ("Ctrl+F", "/"), "search"),
    Action("settings", "Settings…", "Edit", 9, lambda d: d.show_settings(), ("Ctrl+,",), "settings"),
    Action("fit", "Fit to view", "View", 0, lambda d: d.canvas.fit(), ("F",), "zoom-fit"),
    Action("actual", "Actual size", "View", 0, lambda d: d.canvas.zoom_to(1.0), ("1",)),
    Action("next_pane", "Next pane", "View", 1, lambda d: d.go_to_pane(1), ("F6",)),
    Action("last_pane", "Pane before", "View", 1, lambda d: d.go_to_pane(-1), ("Shift+F6",)),
    Action("theme", "Switch theme", "View", 2, lambda d: d.switch_theme(), ("Ctrl+Shift+L",), "theme"),
    Action("add", "Anything…", "Insert", 0, _add_anything, ("Ctrl+Space",), "plus"),
    Action(
        "insert_network", "Network…", "Insert", 0, _ask_network,
        ("Ctrl+Shift+N",), "layout",
    ),
    Action("add_neuron", "Neuron", "Insert", 1, _add(Family.NEURON, USUAL_NEURON), (NEURON_KEY,), "neuron"),
    Action("add_input", "Input", "Insert", 1, _add(Family.INPUT, USUAL_INPUT), (INPUT_KEY,), "input"),
    Action(
        "add_network", "Network with memory", "Insert", 1, _add(Family.NETWORK, USUAL_NETWORK), (NETWORK_KEY,), "block"
    ),
    Action("add_output", "Output", "Insert", 1, _add(Family.OUTPUT), (OUTPUT_KEY,), "probe", _has_neurons),
    Action(
        "add_electrode", "Electrode: voltage clamp", "Insert", 1, lambda d: d.canvas.tooling.electrode(), (ELECTRODE_KEY,),
        "electrode", _has_neurons,
    ),
    Action("add_note", "Note", "Insert", 1, _add(Family.NOTE), (NOTE_KEY,), "note"),
    Action(
        "wire", "Synapse, then its next kind", "Insert", 1, lambda d: d.canvas.tooling.wire(), (SYNAPSE_KEY,),
        "synapse", _has_neurons,
    ),
    Action("play", "Play or pause", "Run", 0, _play, ("Space",), "play", _can_play, held=True),
    Action(
        "step_back", "One step back", "Run", 0, lambda d: d.document.step(-1), (",",), "step-back",
        lambda d: d.document.can_step(-1),
    ),
    Action(
        "step", "One step on", "Run", 0, lambda d: d.document.step(1), (".",), "step",
        lambda d: d.document.can_step(1),
    ),
    Action("run_for", "Run for…", "Run", 0, lambda d: d.run_for(), ("Ctrl+R",), "run", _can_run),
    Action("stop_when", "Stop when…", "Run", 0, lambda d: d.stop_when(), ("Ctrl+T",), "trigger", _has_neurons),
    Action(
        "look_start", "Look at the start", "Run", 0, lambda d: d.document.look_at(0.0), ("Home",), "",
        lambda d: d.document.can_step(-1),
    ),
    Action(
        "live", "Follow the present", "Run", 0, lambda d: d.document.look_at(None), ("End",), "live",
    ),
    Action("reset", "Back to the start", "Run", 1, lambda d: d.document.restart(), ("R",), "to-start"),
    Action(
        "revert", "Back to the start, parameters as in the file", "Run", 1, lambda d: d.document.revert(),
        ("Shift+R",), "reset",
    ),
    Action(
        "take_present", TAKE, "Run", 1, lambda d: take_present(d.document), ("Ctrl+Shift+T",), "camera",
        lambda d: d.document.snapshot() is not None and _has_neurons(d),
    ),
    *(
        Action(
            f"laboratory_{laboratory.id}", laboratory.title, "Analyse", 0, _open(laboratory.id), (f"Alt+{k}",)
        )
        for k, laboratory in enumerate(analyses().values(), 1)
    ),
    Action(
        "unfolds", "If it were integrated exactly…", "Analyse", 1, lambda d: d.compare_unfolds(), ("Ctrl+U",), "", _calls_cell
    ),
    Action("tutorial", "Tutorial", "Help", 0, lambda d: d.show_tutorial(), ("Ctrl+F1",)),
    Action(
        "what_is", "What is this?", "Help", 0, lambda d: d.document.tools.help_asked.emit(None), ("Shift+F1",)
    ),
    Action("search", "Search commands…", "Help", 0, lambda d: d.show_search(), ("Ctrl+K",), "search"),
    Action("shortcuts", "Keys", "Help", 0, lambda d: d.show_shortcuts(), ("F1", "?")),
)  # fmt: skip
