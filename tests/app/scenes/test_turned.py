"""After a change of theme everything looks as if the program had been started in it, whatever was open then, or is opened later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from scene_list import LABORATORIES, laboratory
from scene_stage import Stage

from circuitsim.api import load
from circuitsim.app import theme
from circuitsim.circuit.elements import DOCUMENT_ID
from circuitsim.io.examples import example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

SIZE = (1440, 900)
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Pictures = dict[str, "QImage"]


def opened(theme_id: str) -> Stage:
    """The circuit of the first start, in a theme from the beginning, with all that it may show made once."""
    path = example("liquid").path
    stage = Stage(load(path), path, SIZE, theme_id)
    stage.window.preferences.set(theme=theme_id, reduced_motion=True)
    stage.run(3.0)
    for name in LABORATORIES:
        laboratory(stage, name)
    pictures(stage)
    return stage


def turn(stage: Stage, theme_id: str) -> None:
    """Change the theme by its keys, and wait until all is done."""
    stage.window.activateWindow()
    stage.wait(stage.window.isActiveWindow)
    stage.canvas.setFocus()
    QTest.keyClick(stage.canvas, Qt.Key.Key_L, KEYS)
    assert theme.coming().name == theme_id
    stage.wait(lambda: not theme.turning())
    assert theme.current().name == theme_id
    stage.let_settle()


def pictures(stage: Stage) -> Pictures:
    """What a person sees who opens everything, one after the other."""
    return dict(everything(stage))


def everything(stage: Stage) -> Iterator[tuple[str, QImage]]:
    """Opens everything, one after the other; with names."""
    window, document = stage.window, stage.document

    def shown(widget: QWidget = window) -> QImage:
        stage.let_settle()
        return widget.grab().toImage()

    window.bottom.turn_to("scope")
    yield "nothing selected", shown()
    for kind, element in {
        type(e): e for i, e in document.circuit.elements.items() if i != DOCUMENT_ID
    }.items():
        document.select({element.id})
        yield kind.__name__, shown()
    document.select({e.id for e in document.circuit.neurons})
    yield "several", shown()
    document.select(())
    window.side.turn_to("issues")
    yield "issues", shown()
    window.side.turn_to("inspector")
    for name in LABORATORIES:
        window.bottom.turn_to(name)
        yield name, shown()
    window.bottom.turn_to("scope")
    window.help.ask(document.circuit.kinds.neurons["ltc"])
    yield "help", shown()
    window.help.hide()
    window.strip.show()
    yield "strip", shown()
    window.strip.hide()
    for menu in window.findChildren(QMenu):
        if menu.actions() and menu.menuAction().text():
            menu.popup(window.mapToGlobal(QPoint(80, 80)))
            yield f"menu {menu.menuAction().text()}", shown(menu)
            menu.close()
    for ask in (window.show_settings, window.show_shortcuts):
        ask()
        (dialog,) = [found for found in window.findChildren(QDialog) if found.isVisible()]
        yield f"dialog {dialog.windowTitle()}", shown(dialog)
        dialog.close()
        stage.let_settle()


def unlike(one: Pictures, other: Pictures) -> list[str]:
    """Names of pictures that are not the same, pixel by pixel."""
    assert one.keys() == other.keys()
    return [name for name in one if one[name] != other[name]]


@pytest.mark.slow
def test_everything_looks_as_if_started_in_that_theme(qapp: object) -> None:  # noqa: ARG001  (for windows)
    stage = opened("light")
    try:
        light = pictures(stage)
        turn(stage, "dark")
        dark = pictures(stage)
        turn(stage, "light")
        assert not unlike(light, pictures(stage))
    finally:
        stage.close()
    assert set(unlike(light, dark)) == set(light)
    stage = opened("dark")
    try:
        assert not unlike(dark, pictures(stage))
    finally:
        stage.close()
