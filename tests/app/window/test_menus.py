"""Menus: every entry shows its key, every menu has one, and no key means two things."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from circuitsim.app.actions import ACTIONS, MENUS
from circuitsim.app.widgets.popup import Ask
from circuitsim.app.window.stops import StopCard

LISTS = ("Open recent", "Examples", "Neurons", "Inputs")  # what they hold changes; a figure chooses
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def entries(menu):
    for action in menu.actions():
        if action.menu() is not None and action.text() not in LISTS:
            yield from entries(action.menu())
        elif action.menu() is None and not action.isSeparator():
            yield action


def test_every_entry_of_every_menu_shows_its_key(window):
    bar = window.findChild(QMenuBar)
    menus = [action.menu() for action in bar.actions()]
    assert [menu.title() for menu in menus] == list(MENUS)
    bare = [
        action.text()
        for menu in menus
        for action in entries(menu)
        if action.shortcut().isEmpty() and "\t" not in action.text()
    ]
    assert not bare


def test_no_key_means_two_things(window):
    keys = [key for entry in ACTIONS for key in entry.keys]
    keys += [action.shortcut().toString() for action in window.panel_actions.values()]
    keys += [f"Alt+{title[0]}" for title in MENUS]
    assert not [key for key, count in Counter(keys).items() if count > 1]


def test_lists_are_chosen_by_figures(window):
    """The first nine lines of every list of what there is; kinds are grouped, and none is missing."""
    bar = window.findChild(QMenuBar)
    lists = {m.title(): m for m in bar.findChildren(QMenu) if m.title() in LISTS}
    assert set(lists) == set(LISTS)
    kinds = window.document.circuit.kinds
    for title, expected in (("Neurons", kinds.neurons), ("Inputs", kinds.stimuli)):
        texts = [a.text() for a in lists[title].actions()]
        assert [t.split("  ")[-1] for t in texts] == [k.title for k in expected.values()]
        assert [t[:2] for t in texts[:9]] == [f"&{k}" for k in range(1, 1 + min(9, len(texts)))]
    assert lists["Examples"].actions()[0].text().startswith("&1  ")


def test_the_menu_inserts_every_kind_and_undo_takes_it_back(window):
    bar, document = window.findChild(QMenuBar), window.document
    for title, of in (("Neurons", "neurons"), ("Inputs", "inputs")):
        (home,) = (m for m in bar.findChildren(QMenu) if m.title() == title)
        for action in home.actions():
            before = len(getattr(document.circuit, of))
            action.trigger()
            added = document.circuit.elements[next(iter(document.selection))]
            kind = (
                document.circuit.kinds.neurons[added.kind]
                if of == "neurons"
                else document.circuit.kinds.stimuli[added.stimulus]
            )
            assert action.text().endswith(kind.title)
            assert len(getattr(document.circuit, of)) == before + 1
            document.stack.undo()
            assert len(getattr(document.circuit, of)) == before


@pytest.mark.parametrize("title", MENUS)
def test_alt_and_its_initial_opens_a_menu_for_the_arrows(window, press, qtbot, title):
    press(window, Qt.Key(ord(title[0])), ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.title() == title
    first = next(action for action in menu.actions() if action.isEnabled() and not action.isSeparator())
    if menu.activeAction() is not first:
        QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is first
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


@pytest.mark.parametrize(("key", "card"), [(Qt.Key.Key_R, Ask), (Qt.Key.Key_T, StopCard)])
def test_running_for_a_while_and_stopping_are_asked_for_by_key(window, press, qtbot, key, card):
    press(window, key, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), card))
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_the_tutorial_begins_by_key(window, press, qtbot):
    press(window, Qt.Key.Key_F1, CTRL)
    qtbot.waitUntil(window.tour.isVisible, timeout=60_000)


def test_the_menu_of_empty_canvas_shows_the_keys_that_do_the_same(window, qtbot):
    place = (
        window.canvas.rect().bottomLeft()
        + (window.canvas.rect().topRight() - window.canvas.rect().bottomLeft()) * 0.02
    )
    window.document.select(())
    QApplication.sendEvent(
        window.canvas,
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.canvas.mapToGlobal(place)),
    )
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    texts = [action.text() for action in menu.actions()]
    assert "Paste here\tCtrl+V" in texts
    assert "Add here…\tCtrl+Space" in texts
    menu.close()
