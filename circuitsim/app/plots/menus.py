"""Menus of the scope: what may be done to a lane, to a trace, and which lanes may be added."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from circuitsim.app.plots import lane_edits
from circuitsim.app.plots.hover import value_text
from circuitsim.app.plots.variables import has, offered
from circuitsim.circuit.elements import Neuron

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QAction

    from circuitsim.app.document.document import Document
    from circuitsim.app.plots.lane import Lane
    from circuitsim.app.plots.scope import Scope
    from circuitsim.app.plots.variables import Variable


def _add(menu: QMenu, title: str, run: Callable[[], object], *, enabled: bool = True) -> QAction:
    action = menu.addAction(title)
    action.triggered.connect(lambda _checked=False: run())
    action.setEnabled(enabled)
    return action


def _add_check(menu: QMenu, title: str, on: bool, run: Callable[[], object]) -> None:
    action = _add(menu, title, run)
    action.setCheckable(True)
    action.setChecked(on)


def fill_add_menu(menu: QMenu, document: Document) -> None:
    """Offer a lane of every variable: of everything that has it, and of what is selected."""
    menu.clear()
    for variable in offered(document.circuit):
        what = "all traced" if variable.of_neurons else "all"
        _add(menu, f"{_title(variable)}, {what}", partial(lane_edits.add_lane, document, variable.id))
    elements = document.circuit.elements
    chosen = {
        variable: found
        for variable in offered(document.circuit)
        if (
            found := tuple(
                sorted(i for i in document.selection if has(document.circuit, elements[i], variable))
            )
        )
    }
    if chosen:
        menu.addSeparator()
    for variable, found in chosen.items():
        title = f"{_title(variable)} of {_names(document, found)}"
        _add(menu, title, partial(lane_edits.add_lane, document, variable.id, found))


def _title(variable: Variable) -> str:
    return variable.title[:1].upper() + variable.title[1:]


def _names(document: Document, elements: tuple[int, ...]) -> str:
    name = getattr(document.circuit.elements[elements[0]], "name", "")
    return name if len(elements) == 1 else f"the {len(elements)} selected"


def menu_at(scope: Scope, at: QPointF) -> QMenu:
    """The menu of the trace, or of the lane, at a place of the scope."""
    menu = QMenu(scope)
    place = scope.lanes.at(at.y())
    neuron = scope.neuron_at(at)
    if place is not None and neuron is not None:
        fill_trace_menu(menu, scope, neuron, scope.lanes[place], scope.time_at(at.x()))
        menu.addSeparator()
    if place is not None:
        _fill_lane_menu(menu, scope, place)
        menu.addSeparator()
    fill_add_menu(menu.addMenu("Add lane"), scope.document)
    if scope.exports_figures:
        _add(menu, "Export figure…", scope.figure_wanted.emit)
    return menu


def fill_trace_menu(
    menu: QMenu, scope: Scope, neuron: int, lane: Lane | None = None, t: float | None = None
) -> None:
    """What may be done to the trace of a neuron; in a lane also its value at an instant can be copied."""
    document = scope.document
    name = document.circuit.get(neuron, Neuron).name
    verb = "Show" if neuron in scope.hidden else "Hide"
    _add(menu, f"{verb} {name}", lambda: scope.toggle_hidden(neuron))
    _add(menu, f"Show {name} alone", lambda: scope.solo(neuron))
    if scope.hidden:
        _add(menu, "Show all traces", scope.show_all)
    _add(menu, f"Take {name} off the scope", lambda: lane_edits.take_out(document, neuron))
    if lane is None or t is None:
        return
    values = [s.trace.at(t) for s in lane.strokes if s.trace.element == neuron]
    value = values[0] if values else None
    if value is not None:
        text = value_text(lane, value, document.circuit.unit_system)
        plain = repr(value)
        _add(menu, f"Copy value {text}", lambda: QGuiApplication.clipboard().setText(plain))


def _fill_lane_menu(menu: QMenu, scope: Scope, place: int) -> None:
    lane, document, last = scope.lanes[place], scope.document, len(scope.lanes) - 1

    def flip_lock() -> None:
        lane.scale.locked ^= True

    _add_check(menu, "Hold the scale", lane.scale.locked, flip_lock)
    _add(menu, "Fit the scale", lane.scale.forget)
    if lane.may_be_map:
        _add_check(menu, "Map of colours", lane.heat is not None, lane.flip_map)
    if lane.may_be_log:
        _add_check(menu, "Logarithmic scale", lane.log, lane.flip_log)
    menu.addSeparator()
    _add(menu, "Move up", lambda: lane_edits.move_lane(document, place, place - 1), enabled=place > 0)
    _add(menu, "Move down", lambda: lane_edits.move_lane(document, place, place + 1), enabled=place < last)
    _add(menu, "Remove lane", lambda: lane_edits.remove_lane(document, place))
